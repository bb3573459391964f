"""Maximal runs along diagonals: from single equal places to stretches."""

import numpy as np
from numpy.typing import NDArray

from detector.kernels.join import SharedRuns

_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


def diagonal_runs(first: NDArray[np.int64], second: NDArray[np.int64]) -> SharedRuns:
    """Join pairs of places that follow each other on one diagonal.

    Parameters
    ----------
    first, second : int64 arrays of shape (p,)
        Places below 2**31; a pair may come more than once.

    Returns
    -------
    SharedRuns
        Of lengths in places, sorted by diagonal, then place. Takes O(p log p) time.
    """
    if not len(first):
        return SharedRuns(first, second, first)
    # One sort of packed words is several times faster than sorting by two keys.
    packed = np.sort(_packed(first, second))
    if len(packed) > 1:
        packed = packed[np.diff(packed, prepend=packed[0] - np.uint64(1)) != 0]
    begins = np.flatnonzero(np.diff(packed, prepend=packed[0] - np.uint64(2)) != 1)
    counts = np.diff(begins, append=len(packed))
    start = (packed[begins] & _LOW).astype(np.int64)
    offset = (packed[begins] >> _HALF).astype(np.int64) - (1 << 31)
    return SharedRuns(start, start + offset, counts)


def grown_runs(
    a: NDArray[np.uint64], b: NDArray[np.uint64], runs: SharedRuns, most: int
) -> SharedRuns:
    """Return runs grown at both ends while they are equal; what then meets is one run.

    Parameters
    ----------
    runs : SharedRuns
        ``a[i:i+n]`` equals ``b[j:j+n]`` for each; sorted by diagonal, then place, as
        `diagonal_runs` returns them.
    most : int
        Units that a run grows at each end, at the most: where everything repeats, all
        runs would grow over all of the text.

    Returns
    -------
    SharedRuns
        Disjoint on each diagonal; sorted by diagonal, then place.
    """
    if not len(runs.first):
        return runs
    ends = len(a) - runs.first, len(b) - runs.second
    back = _reach(a[::-1], b[::-1], *ends, most)
    ends = runs.first + runs.length, runs.second + runs.length
    length = back + runs.length + _reach(a, b, *ends, most)
    del ends  # of ten million characters each of these takes as much as the text
    first, second = runs.first - back, runs.second - back
    # Still in order: where one grows back past another, that one grows as far.
    begins = _packed(first, second)
    reached = np.maximum.accumulate(begins + length.astype(np.uint64))
    new = np.ones(len(begins), dtype=np.bool_)
    new[1:] = begins[1:] > reached[:-1]
    last = np.append(np.flatnonzero(new)[1:], len(begins)) - 1
    length = (reached[last] - begins[new]).astype(np.int64)
    return SharedRuns(first[new], second[new], length)


def _packed(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.uint64]:
    diagonal = (second - first + (1 << 31)).astype(np.uint64)
    return diagonal << _HALF | first.astype(np.uint64)


def _reach(
    a: NDArray[np.uint64],
    b: NDArray[np.uint64],
    i: NDArray[np.int64],
    j: NDArray[np.int64],
    most: int,
) -> NDArray[np.int64]:
    """Return how many places from ``a[i]`` and ``b[j]`` on are equal, up to `most`."""
    reach = np.zeros(len(i), dtype=np.int64)
    left = np.minimum(np.minimum(len(a) - i, len(b) - j), most)
    alive = np.flatnonzero(left > 0)
    while len(alive):
        equal = a[i[alive] + reach[alive]] == b[j[alive] + reach[alive]]
        alive = alive[equal]
        reach[alive] += 1
        alive = alive[reach[alive] < left[alive]]
    return reach
