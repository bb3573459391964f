"""Where two sequences share k-grams, and the maximal runs these make."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class SharedRuns(NamedTuple):
    """Maximal equal runs of two sequences, as int64 arrays of shape (m,).

    ``a[first[i] : first[i] + length[i]] == b[second[i] : second[i] + length[i]]``.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    length: NDArray[np.int64]


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
    first, at = expanded(left, counts)
    return first, places[at].astype(np.int64), int(frequent.sum())


def expanded(
    left: NDArray[np.intp], counts: NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pair place i with each of ``left[i]:left[i] + counts[i]``, for all i."""
    first = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    ramp = np.arange(len(first), dtype=np.int64) - np.repeat(
        np.cumsum(counts) - counts, counts
    )
    return first, np.repeat(left, counts) + ramp
