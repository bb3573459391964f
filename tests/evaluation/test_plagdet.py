"""Plagdet can be computed by hand."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.evaluation.plagdet import Located, covers, plagdet

CASE = Located("d", 10, 30, "s", 50, 70)


@pytest.mark.parametrize(
    ("found", "figures"),
    [
        pytest.param([CASE], (1, 1, 1), id="exact"),
        pytest.param([], (0, 0, 1), id="nothing"),
        pytest.param([Located("d", 10, 20, "s", 50, 60)], (1, 0.5, 1), id="half"),
        pytest.param([Located("d", 10, 30, "t", 50, 70)], (0, 0, 1), id="other source"),
        pytest.param(
            [Located("d", 10, 20, "s", 50, 60), Located("d", 20, 30, "s", 60, 70)],
            (1, 1, 2),
            id="in two pieces",
        ),
        pytest.param(
            [Located("d", 10, 30, "s", 0, 20)], (0, 0, 1), id="elsewhere in the source"
        ),
    ],
)
def test_plagdet_by_hand(found, figures):
    assert tuple(plagdet([CASE], found)) == figures


def test_pieces_cost():
    halves = [Located("d", 10, 20, "s", 50, 60), Located("d", 20, 30, "s", 60, 70)]

    assert plagdet([CASE], halves).score == pytest.approx(0.631, abs=1e-3)


def test_a_side_is_covered_by_what_meets_both():
    found = [Located("d", 5, 20, "s", 60, 90), Located("d", 15, 25, "s", 0, 50)]

    (cover,) = covers([CASE], found)

    assert cover == (10, 10, 1)
    assert cover.shares(CASE) == (0.5, 0.5)


class Twin:
    """The definition to the letter: sets of characters."""

    def __init__(self, passage):
        self.draft = {(passage[0], at) for at in range(*passage[1:3])}
        self.source = {(passage[3], at) for at in range(*passage[4:6])}

    def meets(self, other):
        return bool(self.draft & other.draft and self.source & other.source)

    def share(self, others):
        met = [other for other in others if self.meets(other)]
        draft = self.draft & {at for other in met for at in other.draft}
        source = self.source & {at for other in met for at in other.source}
        return (len(draft) + len(source)) / (len(self.draft) + len(self.source))


def mean(values):
    return sum(values) / len(values) if values else 0.0


def by_sets(true, found):
    true, found = list(map(Twin, true)), list(map(Twin, found))
    hits = [sum(one.meets(other) for other in found) for one in true]
    return (
        mean([one.share(true) for one in found]),
        mean([one.share(found) for one in true]),
        mean([count for count in hits if count]) or 1.0,
    )


sides = st.tuples(st.integers(0, 25), st.integers(1, 12)).map(lambda s: (s[0], sum(s)))
passages = st.builds(
    lambda draft, one, source, other: Located(draft, *one, source, *other),
    st.sampled_from("de"),
    sides,
    st.sampled_from("st"),
    sides,
)


@given(st.lists(passages, max_size=6), st.lists(passages, max_size=8))
def test_it_is_what_the_definition_says(true, found):
    figures = plagdet(true, found)

    assert tuple(figures) == pytest.approx(by_sets(true, found))
    total = figures.precision + figures.recall
    f1 = 2 * figures.precision * figures.recall / total if total else 0
    assert figures.score == pytest.approx(f1 / log2(1 + figures.granularity))
