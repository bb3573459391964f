"""What is planted stands where the truth says."""

import hashlib
import os
import subprocess
import sys
from collections import Counter

import pytest

from detector.evaluation.pieces import LONGEST, SHORTEST
from detector.evaluation.simulator import CLEAN, KINDS, simulate
from detector.formats.shipped import shipped_folder
from detector.model.document import Document
from detector.pipeline import open_corpus

DEMO = shipped_folder() / "demo"
PAIRS = 4
ENGLISH = (
    "The committee met in March and agreed, after a long debate, on several points. "
    "Its chair spoke first; the members listened. A vote was taken at noon. "
)


@pytest.fixture(scope="module")
def documents():
    return open_corpus([str(DEMO)]).documents


@pytest.fixture(scope="module")
def cases(documents):
    return list(simulate(documents, pairs=PAIRS, seed=1))


def sides(case):
    _, start, end, _, first, last = case.truth
    return case.draft.text[start:end], case.source.text[first:last]


def test_every_kind_has_its_pairs(cases):
    assert Counter(case.kind for case in cases) == dict.fromkeys(KINDS, PAIRS)


def test_the_truth_names_its_documents_and_clean_pairs_have_none(cases):
    for case in cases:
        assert (case.truth is None) is (case.kind == CLEAN)
        if case.truth:
            assert case.truth.draft == case.draft.id
            assert case.truth.source == case.source.id


def test_verbatim_is_the_same_text_at_both_places(cases):
    planted = [sides(case) for case in cases if case.kind == "verbatim"]

    assert all(draft == source for draft, source in planted)


def test_a_passage_is_one_that_a_person_would_copy(cases):
    for case in cases:
        if case.truth:
            _, passage = sides(case)
            assert SHORTEST <= len(passage) <= LONGEST
            assert passage == passage.strip()
            assert sum(map(str.isalnum, passage)) >= 0.7 * len(passage)


def test_it_is_planted_between_two_sentences_of_the_host(cases, documents):
    hosts = {document.text for document in documents}
    for case in cases:
        if case.truth is None:
            continue
        before = case.draft.text[: case.truth.draft_start]
        after = case.draft.text[case.truth.draft_end :]
        assert before.endswith(tuple("。！？”）\n"))
        # A full stop and a line break may come with it.
        assert any(before + after[cut:] in hosts for cut in range(3))


def test_documents_of_a_pair_are_of_a_genre_and_of_two_organisations(cases):
    for case in cases:
        host, source = case.draft.origin, case.source.origin
        assert host.genre == source.genre
        assert host.organisation != source.organisation


def test_a_case_does_not_depend_on_the_others(cases, documents):
    alone = list(simulate(documents, kinds=["names"], pairs=2, seed=1))

    assert alone == [case for case in cases if case.kind == "names"][:2]


def test_another_seed_plants_something_else(cases, documents):
    other = list(simulate(documents, kinds=["verbatim"], pairs=PAIRS, seed=2))

    assert other != [case for case in cases if case.kind == "verbatim"]


def test_long_documents_are_cut_to_windows():
    texts = [
        f"第{n}号报告。"
        + "".join(f"这是第{n}份的第{m}句话，说明情况。" for m in range(900))
        for n in (1, 2)
    ]
    documents = [Document.from_text(text) for text in texts]

    for case in simulate(documents, kinds=["verbatim", CLEAN], pairs=5):
        assert len(case.source.text) <= 8000
        assert len(case.draft.text) <= 8000 + LONGEST + 2


def test_english_documents_have_no_chinese_edits():
    documents = [Document.from_text(f"Report {n}. {ENGLISH * 9}") for n in range(3)]

    found = list(simulate(documents, pairs=1))

    kinds = {case.kind for case in found}
    assert {"verbatim", "words_20", "reordered", CLEAN} <= kinds
    assert not {"traditional", "synonyms_all", "characters_20"} & kinds


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([], id="none"),
        pytest.param(["一句话，说明情况。" * 30], id="one"),
        pytest.param(["一句话，说明情况。" * 30] * 2, id="one twice"),
        pytest.param(["短。", "也短。"], id="short"),
        pytest.param(["一句话，说明情况。" * 30, ENGLISH * 3], id="two languages"),
    ],
)
def test_without_two_documents_there_is_no_case(texts):
    assert not list(simulate([Document.from_text(text) for text in texts], pairs=3))


DIGEST = """
from hashlib import sha256
from detector.evaluation.simulator import simulate
from detector.pipeline import open_corpus
import sys
documents = open_corpus([sys.argv[1]]).documents
digest = sha256()
for case in simulate(documents, pairs=1, seed=7):
    digest.update(f"{case.kind} {case.draft.id} {case.source.id} {case.truth}".encode())
print(digest.hexdigest())
"""


def test_every_process_plants_the_same(documents):
    runs = {
        subprocess.run(
            [sys.executable, "-c", DIGEST, str(DEMO)],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in "12"
    }
    digest = hashlib.sha256()
    for case in simulate(documents, pairs=1, seed=7):
        line = f"{case.kind} {case.draft.id} {case.source.id} {case.truth}"
        digest.update(line.encode())

    assert runs == {digest.hexdigest().encode()}
