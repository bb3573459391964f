"""Regions: squares with enough in them, and what lies no more than three apart."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detector.alignment.regions import regions
from detector.alignment.runs import BitRuns

TILE = 64
squares = st.sets(
    st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=25
)


@given(squares)
def test_squares_near_each_other_are_of_one_region(places):
    ordered = sorted(places)
    rows, columns = np.array(ordered).T
    length = np.full(len(ordered), 10)
    runs = BitRuns(rows * TILE, columns * TILE, length, np.full(len(ordered), 30.0))

    found = regions(runs, runs.bits, TILE, of_words=False)

    groups = {frozenset(ordered[at] for at in one) for one in found}
    assert groups == set(near_each_other(places))


def near_each_other(places):
    """Yield the sets of places that are linked by steps of no more than three."""
    left = set(places)
    while left:
        group, front = set(), {left.pop()}
        while front:
            group |= front
            left -= front
            front = {
                one
                for one in left
                if any(max(abs(one[0] - a), abs(one[1] - b)) <= 3 for a, b in front)
            }
        yield frozenset(group)
