"""Plagdet can be computed by hand."""

import pytest

from detector.evaluation.plagdet import Located, plagdet

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
    ],
)
def test_plagdet_by_hand(found, figures):
    assert tuple(plagdet([CASE], found)) == figures


def test_pieces_cost():
    halves = [Located("d", 10, 20, "s", 50, 60), Located("d", 20, 30, "s", 60, 70)]

    assert plagdet([CASE], halves).score == pytest.approx(0.631, abs=1e-3)
