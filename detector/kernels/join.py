"""Where two sequences share k-grams, and the maximal runs these make."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


class SharedRuns(NamedTuple):
    """Maximal equal runs of two sequences, as int64 arrays of shape (m,).

    ``a[first[i] : first[i] + length[i]] == b[second[i] : second[i] + length[i]]``.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    length: NDArray[np.int64]

    def chosen(self, which: NDArray[np.intp] | slice) -> "SharedRuns":
        """Return some of the runs: at these places, in this order."""
        return SharedRuns(self.first[which], self.second[which], self.length[which])


def sorted_kgrams(
    hashes: NDArray[np.uint64],
) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """Return `hashes` in order, and the place of each; places of equals ascend."""
    order = np.argsort(hashes, kind="stable")
    return hashes[order], order


def join_kgrams(
    hashes: NDArray[np.uint64],
    ordered: NDArray[np.uint64],
    places: NDArray[np.intp],
    most: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Return all pairs of places with equal hashes.

    Parameters
    ----------
    hashes : uint64 array of shape (n,)
    ordered, places : arrays of shape (m,)
        As `sorted_kgrams` returns them for the other sequence.
    most : int
        Of a hash that occurs more often than this in the other sequence, only so many
        places count, the first ones.

    Returns
    -------
    first, second : int64 arrays of shape (p,)
        ``hashes[first[i]]`` equals the other sequence's hash at ``second[i]``.
    frequent : int
        How many of the n hashes occur more often than that.
    """
    left = np.searchsorted(ordered, hashes, side="left")
    counts = np.searchsorted(ordered, hashes, side="right") - left
    frequent = counts > most
    counts = np.minimum(counts, most)
    first = np.repeat(np.arange(len(hashes), dtype=np.int64), counts)
    ramp = np.arange(len(first), dtype=np.int64) - np.repeat(
        np.cumsum(counts) - counts, counts
    )
    second = places[np.repeat(left, counts) + ramp].astype(np.int64)
    return first, second, int(frequent.sum())


def equal_runs(
    first: NDArray[np.int64], second: NDArray[np.int64], k: int
) -> SharedRuns:
    """Join k-grams that follow each other on one diagonal into maximal runs.

    Parameters
    ----------
    first, second : int64 arrays of shape (p,), each pair once
        Places below 2**31 of equal k-grams.
    k : int
        Length of a k-gram.

    Returns
    -------
    SharedRuns
        Sorted by diagonal, then place. Takes O(p log p) time.
    """
    if not len(first):
        empty = np.zeros(0, dtype=np.int64)
        return SharedRuns(empty, empty, empty)
    # One sort of packed words is several times faster than sorting by two keys.
    diagonal = (second - first + (1 << 31)).astype(np.uint64)
    packed = np.sort(diagonal << _HALF | first.astype(np.uint64))
    begins = np.flatnonzero(np.diff(packed, prepend=packed[0] - np.uint64(2)) != 1)
    counts = np.diff(begins, append=len(packed))
    start = (packed[begins] & _LOW).astype(np.int64)
    offset = (packed[begins] >> _HALF).astype(np.int64) - (1 << 31)
    return SharedRuns(start, start + offset, counts + (k - 1))
