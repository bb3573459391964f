"""What ships in `corpora/` is what its README files say."""

import json
import re
from collections import Counter, defaultdict
from itertools import combinations

import numpy as np
import pytest

from detector.formats.background import load_background
from detector.formats.folder import find_files, load_found
from detector.formats.shipped import read_phrases, shipped_folder
from detector.text.rules import normalize
from detector.text.stems import find_stems
from detector.text.units import count_units

DEMO = shipped_folder() / "demo"
LISTS = {
    name: sorted((shipped_folder() / name).glob("*.txt"))
    for name in ("set_phrases", "wording")
}
EVERY_LIST = [file for files in LISTS.values() for file in files]
LONGEST_CHANCE = 19
EDITS = {
    "boilerplate",
    "deletions",
    "insertions",
    "mixed",
    "names_and_figures",
    "reordered_clauses",
    "self_repeat",
    "verbatim",
    "words",
    "year_on_year",
}


def read_texts():
    files = [*DEMO.glob("*/*.txt"), *DEMO.glob("*/*.md")]
    return {
        path.relative_to(DEMO).as_posix(): path.read_bytes().decode("utf-8")
        for path in sorted(files)
    }


def read_truth():
    lines = (DEMO / "truth.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


TEXTS = read_texts()
TRUTH = read_truth()
each_passage = pytest.mark.parametrize(
    "case", TRUTH, ids=[f"{at}-{case['edit']}" for at, case in enumerate(TRUTH, 1)]
)


def sides(case):
    return [
        (TEXTS[case[side]], case[f"{side}_start"], case[f"{side}_end"])
        for side in ("draft", "source")
    ]


def year_of(path):
    return re.findall(r"/(\d{4})-", path)[0]


def organisation_of(path):
    return path.partition("/")[0]


def test_there_are_four_organisations_three_years_and_three_genres():
    found, errors = find_files([str(DEMO)])
    documents, failed = load_found(found)
    origins = [document.origin for document in documents]

    assert not errors
    assert not failed
    assert len(documents) == len(TEXTS) == 36
    assert len({(o.organisation, o.year, o.genre) for o in origins}) == 36
    assert len({origin.organisation for origin in origins}) == 4
    assert {origin.year for origin in origins} == {"2022", "2023", "2024"}
    assert {o.genre for o in origins} == {"工作总结", "述职报告", "对照检查材料"}


@pytest.mark.parametrize("path", TEXTS)
def test_a_report_is_a_text_of_its_genre(path):
    text = TEXTS[path]

    assert 900 <= len(text) <= 1800
    assert "\r" not in text
    assert re.search(r"\n(## )?一、", text)
    assert re.search(r"(20\d\d)年\d+月\d+日\n$", text)
    assert "抄袭" not in text


@each_passage
def test_a_planted_passage_lies_in_both_texts(case):
    for text, start, end in sides(case):
        assert 0 <= start < end <= len(text)
        assert 20 <= end - start <= 240
        assert text[start] == text[start].strip()
        assert text[end - 1] == text[end - 1].strip()
    assert case["edit"] in EDITS
    assert case["note"]


@each_passage
def test_its_boundaries_are_exact(case):
    (draft, *draft_span), (source, *source_span) = sides(case)

    assert neighbours(draft, *draft_span)[0] != neighbours(source, *source_span)[0]
    assert neighbours(draft, *draft_span)[1] != neighbours(source, *source_span)[1]


def neighbours(text, start, end):
    """Return the last word character before `start` and the first from `end` on."""
    before = [char for char in text[:start] if char.isalnum()]
    after = [char for char in text[end:] if char.isalnum()]
    return before[-1] if before else None, after[0] if after else None


@each_passage
def test_it_is_edited_as_the_truth_says(case):
    passage, original = (text[start:end] for text, start, end in sides(case))

    if case["edit"] in {"verbatim", "self_repeat"}:
        assert passage == original
    elif case["edit"] == "reordered_clauses":
        assert passage != original
        assert Counter(passage) == Counter(original)
    elif case["edit"] != "boilerplate":
        assert passage != original
    if case["edit"] == "deletions":
        assert len(passage) < len(original)
    if case["edit"] == "insertions":
        assert len(passage) > len(original)


@each_passage
def test_the_source_was_there_first(case):
    assert year_of(case["source"]) <= year_of(case["draft"])
    if case["edit"] == "year_on_year":
        assert organisation_of(case["source"]) == organisation_of(case["draft"])
        assert year_of(case["source"]) < year_of(case["draft"])
    if case["edit"] == "self_repeat":
        assert case["source_end"] <= case["draft_start"]
    assert (case["edit"] == "self_repeat") == (case["source"] == case["draft"])


def test_every_edit_occurs_and_the_readme_counts_them():
    counts = Counter(case["edit"] for case in TRUTH)
    readme = (DEMO / "README.md").read_text("utf-8")
    table = dict(re.findall(r"^\| `?(\w+)`? \| (\d+) \|", readme, re.MULTILINE))

    assert counts.keys() == EDITS
    assert table == {edit: str(n) for edit, n in counts.items()} | {
        "all": str(len(TRUTH))
    }


def test_two_paragraphs_of_boilerplate_stand_in_all_organisations():
    holders = defaultdict(set)
    for case in TRUTH:
        if case["edit"] == "boilerplate":
            holders[case["source"]] |= {
                organisation_of(case[side]) for side in ("draft", "source")
            }

    assert [len(organisations) for organisations in holders.values()] == [4, 4]


def test_nothing_else_is_shared():
    places = defaultdict(list)
    families = planted_families()
    for path, text in TEXTS.items():
        for start, end, words in grams(text, LONGEST_CHANCE + 1):
            inside = {name for a, b, name in families[path] if a <= start and end <= b}
            places[words].append((path, start, inside))
    unplanned = [
        (words, one[0], other[0])
        for words, found in places.items()
        for one, other in combinations(found, 2)
        if not one[2] & other[2]
    ]

    assert unplanned == []


def grams(text, size):
    """Yield start, end and word characters of each run of `size` of them."""
    at = [offset for offset, char in enumerate(text) if char.isalnum()]
    for first, last in zip(at, at[size - 1 :], strict=False):
        words = "".join(char for char in text[first : last + 1] if char.isalnum())
        yield first, last + 1, words


def planted_families():
    """Return, for each report, the planted spans with the place they come from.

    Passages whose sources overlap come from one place.
    """
    spans = defaultdict(list)
    roots = []
    by_source = sorted(TRUTH, key=lambda c: (c["source"], c["source_start"]))
    for case in by_source:
        path, start, end = case["source"], case["source_start"], case["source_end"]
        if roots and roots[-1][0] == path and start < roots[-1][1]:
            roots[-1] = (path, max(roots[-1][1], end))
        else:
            roots.append((path, end))
        spans[path].append((start, end, len(roots)))
        spans[case["draft"]].append(
            (case["draft_start"], case["draft_end"], len(roots))
        )
    return spans


@pytest.mark.parametrize("file", EVERY_LIST, ids=lambda file: file.stem)
def test_a_list_holds_pieces_of_sentences(file):
    for phrase in read_phrases([file]):
        assert 4 <= len(phrase) <= 30
        assert not re.search(r"[。！？；“”\s]", phrase)


def test_the_lists_name_no_phrase_twice():
    phrases = read_phrases(EVERY_LIST)
    folded = Counter(count_units(normalize(phrase)).text for phrase in phrases)

    assert len(phrases) > 1000
    assert [phrase for phrase, times in folded.items() if times > 1] == []


@pytest.mark.parametrize("name", LISTS)
def test_the_readme_counts_the_phrases(name):
    readme = (shipped_folder() / name / "README.md").read_text("utf-8")
    table = dict(re.findall(r"^\| `(\w+\.txt)` \| (\d+) \|", readme, re.MULTILINE))

    assert table == {file.name: str(len(read_phrases([file]))) for file in LISTS[name]}


def test_the_readme_of_all_counts_each_list():
    readme = (shipped_folder() / "README.md").read_text("utf-8")

    for name, files in LISTS.items():
        row = re.findall(rf"^\| \[`{name}/`\].*? \| ([\d,]+) ", readme, re.MULTILINE)
        assert row == [f"{len(read_phrases(files)):,}"]


def test_the_shipped_model_knows_the_common_wording():
    # Of each piece what three units lead to: the model is to be made again with it.
    background = load_background("shipped")
    bits = [
        background.surprisal(find_stems(count_units(normalize(piece)), piece))[3:]
        for piece in read_phrases(LISTS["wording"])
    ]

    assert np.concatenate(bits).mean() < 0.5
