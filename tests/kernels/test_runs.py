"""Runs are what their definition says, however they were come by."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detector.kernels.join import SharedRuns
from detector.kernels.runs import diagonal_runs, grown_runs

codes = st.lists(st.integers(0, 1), max_size=40).map(lambda v: np.array(v, np.uint64))
places = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30)


def rows(runs):
    return list(zip(*(column.tolist() for column in runs), strict=True))


@given(places)
def test_diagonal_runs_hold_exactly_the_pairs(found):
    first, second = (
        np.array([pair[side] for pair in found], np.int64) for side in (0, 1)
    )

    runs = rows(diagonal_runs(first, second))

    held = [(i + n, j + n) for i, j, length in runs for n in range(length)]
    assert sorted(held) == sorted(set(found))
    assert not {(i - 1, j - 1) for i, j, _ in runs} & set(found)


@given(codes, codes)
def test_grown_runs_are_maximal_equal_and_hold_their_seeds(a, b):
    seeds = [(i, j) for i in range(len(a)) for j in range(len(b)) if a[i] == b[j]]
    seeds.sort(key=lambda seed: (seed[1] - seed[0], seed[0]))  # as `diagonal_runs` does
    columns = np.array(seeds, np.int64).reshape(-1, 2).T
    one = np.ones(len(seeds), np.int64)

    runs = rows(grown_runs(a, b, SharedRuns(columns[0], columns[1], one), 99))

    for i, j, n in runs:
        assert a[i : i + n].tolist() == b[j : j + n].tolist()
        assert min(i, j) == 0 or a[i - 1] != b[j - 1]
        assert i + n == len(a) or j + n == len(b) or a[i + n] != b[j + n]
    held = {(i + k, j + k) for i, j, n in runs for k in range(n)}
    assert held == set(seeds)
    assert len(runs) == len(set(runs))


def test_a_run_grows_no_further_than_it_may():
    many = np.zeros(100, np.uint64)
    seeds = SharedRuns(np.array([50, 55]), np.array([50, 55]), np.array([1, 1]))

    assert rows(grown_runs(many, many, seeds, 10)) == [(40, 40, 26)]
