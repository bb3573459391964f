"""The self-test counts what it finds of what it planted."""

from dataclasses import replace
from random import Random

import pytest

from detector.config import Config
from detector.errors import TooFewDocumentsError
from detector.evaluation.disguises import DISGUISES
from detector.evaluation.selftest import Evasion, Plan, Share, selftest
from detector.evaluation.selftest_json import as_dict
from detector.evaluation.selftest_page import page
from detector.evaluation.simulator import CLEAN, EDITS, KINDS
from detector.formats.shipped import shipped_folder
from detector.messages import LANGUAGES, say
from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.pipeline import open_corpus

KINDS_HERE = ("verbatim", "width", "words_10", "heavy", CLEAN)


@pytest.fixture(scope="module")
def corpus():
    return open_corpus([str(shipped_folder() / "demo")])


@pytest.fixture(scope="module")
def outcome(corpus):
    return selftest(corpus, Config(), Plan(pairs=6, kinds=KINDS_HERE, disguises=()))


def test_copies_as_they_stand_are_found(outcome):
    rows = {row.name: row for row in outcome.kinds}

    assert list(rows) == ["verbatim", "width", "words_10", "heavy", "all"]
    assert rows["verbatim"].found == Share(6, 6)
    assert rows["verbatim"].plagdet.recall > 0.95
    assert rows["width"].found == Share(6, 6)
    assert rows["words_10"].found.value > 0.5


def test_the_rows_add_up(outcome):
    *kinds, everything = outcome.kinds

    for table in (kinds, outcome.lengths):
        assert sum(row.found.total for row in table) == everything.found.total == 24
        assert sum(row.found.hits for row in table) == everything.found.hits
    assert len(outcome.clean) == 6


def test_progress_is_told(corpus):
    told = []

    selftest(
        corpus,
        Config(),
        Plan(2, kinds=("verbatim", CLEAN), disguises=("signs",)),
        told.append,
    )

    assert told == [1, 2, 3, 4, 5, 6]


def test_two_documents_are_needed(corpus):
    alone = Corpus("alone", (corpus.documents[0], Document.from_text("短。")))

    with pytest.raises(TooFewDocumentsError, match="D312 alone holds 2 documents"):
        selftest(alone, Config(), Plan(pairs=1))


def test_shares_have_wilson_intervals():
    assert Share(0, 0).interval == (0, 1)
    assert Share(0, 10).interval == pytest.approx((0, 0.278), abs=1e-3)
    assert Share(5, 10).interval == pytest.approx((0.237, 0.763), abs=1e-3)
    assert Share(10, 10).interval == pytest.approx((0.722, 1), abs=1e-3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_every_row_and_fits(outcome, language):
    shown = page(outcome, language).splitlines()

    for row in outcome.kinds:
        name = say(f"T-kind-{row.name}", language)
        (line,) = (line for line in shown if line.startswith(name))
        assert f"{row.found.value:.0%}" in line
    assert any("27-49" in line for line in shown)
    assert all(len(line) <= 85 for line in shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_heads_of_columns_stand_apart(outcome, language):
    disguised = replace(outcome, disguises=(Evasion("dust", *[Share(1, 2)] * 3, 1.5),))
    title = say("T-disguises", language)

    (head,) = (x for x in page(disguised, language).splitlines() if title in x)

    for column in ("n", "found", "told", "escaped", "gain"):
        assert say(f"T-column-{column}", language) in head.split()


def test_very_many_files_are_named_in_one_line(outcome):
    paths = ", ".join(f"archive/report-{n}.docx" for n in range(99))
    many = replace(outcome, corpus=replace(outcome.corpus, path=paths))

    title = page(many, "en").splitlines()[0]

    assert title.startswith("self-test: archive/report-0.docx")
    assert len(title) <= 120


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*EDITS, *DISGUISES])
def test_every_kind_has_a_name(kind, language):
    assert say(f"T-kind-{kind}", language)


def test_json_says_the_same(outcome):
    found = as_dict(outcome, "en")

    assert found["schema"] == "detector/selftest/1"
    assert [row["kind"] for row in found["kinds"]][-1] == "all"
    assert found["kinds"][0]["planted"] == found["kinds"][0]["found"] == 6
    assert found["clean"] == {"pairs": 6, "matches": sum(outcome.clean)}
    assert sum(row["planted"] for row in found["lengths"]) == 24


def test_a_kind_that_nothing_fits_has_no_figures():
    text = "The committee met in March and agreed, after a debate, on two points. "
    documents = tuple(Document.from_text(f"Report {n}. {text * 9}") for n in range(2))

    outcome = selftest(
        Corpus("en", documents),
        Config(),
        Plan(2, kinds=("traditional",), disguises=("blanks",)),
    )

    told = as_dict(outcome, "en")
    row = told["kinds"][0]
    assert (row["planted"], row["share"], row["plagdet"]) == (0, None, None)
    assert told["disguises"][0]["gain"] is None
    assert "  -" in page(outcome, "en")


def test_all_kinds_are_the_default():
    assert (Plan(1).kinds, Plan(1).disguises) == (KINDS, tuple(DISGUISES))


@pytest.fixture(scope="module")
def disguised(corpus):
    return selftest(corpus, Config(), Plan(3, kinds=()))


def test_no_disguise_gives_a_better_score_without_a_word(disguised):
    rows = {row.name: row for row in disguised.disguises}

    for row in rows.values():
        assert row.escaped.hits == 0, row.name
        assert row.found.hits == row.found.total or row.told.hits == row.told.total
    tried = {name for name, row in rows.items() if row.found.total}
    assert tried == {
        name for name, disguise in DISGUISES.items() if disguise.chinese is not False
    }
    for name in ("zero_width", "radicals", "page_hidden", "word_white", "dust"):
        assert rows[name].told.hits == rows[name].told.total


def test_a_disguise_that_nobody_knows_escapes(corpus, monkeypatch):
    from detector.evaluation import evasion

    monkeypatch.setattr(evasion, "_TELLING", frozenset())
    outcome = selftest(corpus, Config(), Plan(2, kinds=(), disguises=("turned",)))

    (row,) = outcome.disguises
    assert (row.escaped, row.found.hits) == (Share(2, 2), 0)
    assert row.gain > 1


VOCABULARY = """
harbour bridge willow market orchard ferry mill parish school meadow village winter
council repaired counted painted opened measured planted carried closed watered slowly
early together quietly before across under beyond stone wooden narrow broad
"""


def _english(seed):
    chance = Random(seed)
    sentences = (" ".join(chance.choices(VOCABULARY.split(), k=11)) for _ in range(90))
    return Document.from_text("".join(f"The {sentence}. " for sentence in sentences))


def test_english_words_are_disguised_too():
    wanted = ("thin_blanks", "look_alikes", "blanks")
    corpus = Corpus("en", (_english(1), _english(2)))

    outcome = selftest(corpus, Config(), Plan(3, kinds=(), disguises=wanted))

    rows = {row.name: row for row in outcome.disguises}
    assert rows["blanks"].found.total == 0
    for name in ("look_alikes", "thin_blanks"):
        assert rows[name].told.hits == rows[name].told.total > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_every_disguise_and_fits(disguised, language):
    shown = page(disguised, language).splitlines()

    for row in disguised.disguises:
        name = say(f"T-kind-{row.name}", language)
        assert any(line.startswith(name) for line in shown)
    assert all(len(line) <= 85 for line in shown)
    assert len(as_dict(disguised, language)["disguises"]) == len(DISGUISES)
    assert len(disguised.frame("disguises")) == len(DISGUISES)
