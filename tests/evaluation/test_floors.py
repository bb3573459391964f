"""Quality does not fall: floors for the simulator on the demonstration corpus.

The figures are those of the day they were written, less a margin of some cases. They
rise with the aligner; one that falls wants a reason in the commit.
"""

import pytest

from detector.config import Config
from detector.evaluation.selftest import Plan, selftest
from detector.evaluation.simulator import KINDS
from detector.formats.shipped import shipped_folder
from detector.pipeline import open_corpus

PAIRS = 6
FLOORS = {
    "verbatim": 1.0,
    "width": 1.0,
    "traditional": 1.0,
    "names": 1.0,
    "words_05": 1.0,
    "words_10": 1.0,
    "words_20": 1.0,
    "words_30": 0.8,
    "words_40": 0.8,
    "characters_20": 1.0,
    "synonyms_half": 0.8,
    "synonyms_all": 0.8,
    "reordered": 1.0,
    "interleaved": 1.0,
    "heavy": 0.8,
}
"""Share of planted passages found, by kind of edit."""


@pytest.fixture(scope="module")
def result():
    corpus = open_corpus([str(shipped_folder() / "demo")])
    return selftest(corpus, Config(), Plan(PAIRS))


def test_every_kind_has_a_floor():
    assert set(FLOORS) == set(KINDS) - {"clean"}


@pytest.mark.parametrize("kind", FLOORS)
def test_as_much_is_found_as_ever(result, kind):
    (figures,) = (one for one in result.kinds if one.name == kind)

    assert figures.found.value >= FLOORS[kind]


def test_passages_are_found_whole_and_nothing_is_found_elsewhere(result):
    (whole,) = (one for one in result.kinds if one.name == "all")

    assert whole.plagdet.recall >= 0.93
    assert whole.plagdet.granularity <= 1.05


def test_short_passages_are_found(result):
    shares = {one.name: one.found.value for one in result.lengths}

    assert shares["27-49"] >= 0.8
    assert min(shares["50-99"], shares["100-199"], shares["200-799"]) >= 0.95
