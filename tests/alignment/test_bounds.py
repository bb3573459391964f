"""Bounds of what a region can earn: never less than what is found in it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detector.alignment.bounds import most_of_stretches, promising
from detector.alignment.evidence import place_costs
from detector.alignment.options import AlignmentOptions
from detector.alignment.runs import BitRuns
from detector.alignment.tiling import lay_tiles, stretches

OPTIONS = AlignmentOptions(evidence=30.0)
FAR = 6.0
SIZE = 200

places = st.integers(0, SIZE - 20)
rows = st.lists(
    st.tuples(places, places, st.integers(1, 20)), min_size=1, max_size=40, unique=True
)
unit_bits = st.lists(st.floats(0, 9), min_size=SIZE, max_size=SIZE)


def runs_of(table, bits):
    first, second, length = np.array(table, dtype=np.int64).T
    sums = np.concatenate([[0.0], np.cumsum(bits)])
    return BitRuns(first, second, length, sums[first + length] - sums[first]), sums


@given(rows, unit_bits, st.sampled_from([float("inf"), 20.0]))
def test_no_stretch_of_tiles_earns_more_than_the_bound(table, bits, again):
    runs, sums = runs_of(table, bits)
    costs = place_costs(runs, FAR, OPTIONS.nearby)
    number = np.zeros(len(table), dtype=np.int64)

    (most,) = most_of_stretches(runs, costs, number, OPTIONS.unmatched)

    tiles = lay_tiles(runs, costs, sums, again=again)
    parts = stretches(tiles, 0, OPTIONS.unmatched, OPTIONS.bridge)
    assert all(part.bits <= most for part in parts)


@given(rows, unit_bits, st.integers(1, 5))
def test_regions_do_not_change_each_others_bounds(table, bits, count):
    runs, _ = runs_of(table, bits)
    groups = [
        part for part in np.array_split(np.arange(len(table)), count) if len(part)
    ]

    together = promising(runs, groups, FAR, OPTIONS)

    alone = [one for one in groups if promising(runs, [one], FAR, OPTIONS)]
    assert [part.tolist() for part in together] == [part.tolist() for part in alone]


def test_a_strong_run_vouches_for_none_of_another_region():
    runs, _ = runs_of([(0, 0, 2), (100, 100, 1)], [9.0] * 100 + [7.0] * 100)
    options = AlignmentOptions(evidence=4.0)

    (found,) = promising(runs, [np.array([0]), np.array([1])], FAR, options)

    assert found.tolist() == [0]


def test_equal_words_far_apart_promise_nothing():
    table = [(at, at, 2) for at in range(0, SIZE, 50)]
    runs, _ = runs_of(table, [9.0] * SIZE)

    assert not promising(runs, [np.arange(len(table))], FAR, OPTIONS)
    assert promising(*_side_by_side(), FAR, OPTIONS)


def _side_by_side():
    table = [(at, at, 2) for at in range(0, 20, 4)]
    return runs_of(table, [9.0] * SIZE)[0], [np.arange(len(table))]


def test_of_all_that_repeats_one_unit_the_most_is_counted_once():
    table = [(10, at, 3) for at in range(0, SIZE - 3, 3)]
    runs, _ = runs_of(table, [9.0] * SIZE)
    costs = np.full(len(table), FAR)

    (most,) = most_of_stretches(runs, costs, np.zeros(len(table), dtype=int), 0.7)

    assert 21.0 <= most <= 21.1


def test_of_runs_that_begin_at_one_unit_the_longest_and_the_cheapest_count():
    runs, sums = runs_of([(0, 50, 2), (0, 90, 12), (12, 102, 5)], [9.0] * SIZE)
    costs = np.array([10.0, 2.0, 2.0])

    (most,) = most_of_stretches(runs, costs, np.zeros(3, dtype=int), 0.7)

    tiles = lay_tiles(runs, costs, sums)
    (whole,) = stretches(tiles, 0, 0.7, 60.0)
    assert whole.bits == 17 * 9 - 4
    assert whole.bits <= most <= whole.bits + 0.1
