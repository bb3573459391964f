"""Codes by value: where each stands, and how often."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.kernels.distinct import is_new
from detector.kernels.join import expanded

_MOST_PAIRS = 4_000_000
_PLACE_BITS = 31


class Indexed(NamedTuple):
    """The n codes of a sequence, grouped by value.

    Attributes
    ----------
    keys : uint64 array of shape (g,), ascending
        The different codes.
    begins, counts : int64 arrays of shape (g,)
        The places of ``keys[i]`` are ``order[begins[i] : begins[i] + counts[i]]``,
        ascending.
    order : int32 array of shape (n,)
    group : int32 array of shape (n,)
        ``keys[group[p]]`` is the code at place p.
    """

    keys: NDArray[np.uint64]
    begins: NDArray[np.int64]
    counts: NDArray[np.int64]
    order: NDArray[np.int32]
    group: NDArray[np.int32]

    @classmethod
    def of(cls, codes: NDArray[np.uint64]) -> "Indexed":
        """Index `codes` in O(n log n) time."""
        # Half of what places take otherwise: a text of ten million characters has
        # dozens of arrays of them, and no text has 2**31.
        by_code = np.argsort(codes)
        ordered = codes[by_code]
        new = is_new(ordered)
        begins = np.flatnonzero(new)
        numbers = np.cumsum(new) - 1
        # The places of a code ascend: to sort twice is faster than a stable sort.
        places = np.sort(numbers << _PLACE_BITS | by_code) & ((1 << _PLACE_BITS) - 1)
        order = places.astype(np.int32)
        group = np.empty(len(codes), dtype=np.int32)
        group[order] = numbers
        counts = np.diff(begins, append=len(codes))
        return cls(ordered[begins], begins, counts, order, group)

    def groups_in(self, other: "Indexed") -> NDArray[np.int64]:
        """Return which group of `other` has each of our keys, -1 for none: shape (g,).

        Asking in order is several times faster than asking for each place.
        """
        if not len(other.keys):
            return np.full(len(self.keys), -1)
        at = np.minimum(np.searchsorted(other.keys, self.keys), len(other.keys) - 1)
        return np.where(other.keys[at] == self.keys, at, -1)


def join_ranked(
    one: Indexed, other: Indexed, most: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs of places with equal codes: all, but of frequent codes some.

    Of a code that stands more often than `most` times in `other`, or so often that
    there would be many millions of pairs, the r-th place here goes with the r-th there
    only. So it costs no more than one pair a place, and texts that are the same are
    still joined along their diagonal. In a sequence and itself each place of such a
    code goes with its first one.

    Returns
    -------
    first, second : int64 arrays of shape (p,)
        Places in `one` and in `other`.
    """
    there = one.groups_in(other)
    known = there >= 0
    counts = np.where(known, other.counts[there], 0) if len(other.keys) else there * 0
    most = _affordable(counts, one.counts, most, len(one.order) + len(other.order))
    rare = (counts <= most)[one.group]
    begins = np.where(known, other.begins[there], 0) if len(other.keys) else counts
    followed = np.where(rare, counts[one.group], 0)
    first, at = expanded(begins[one.group], followed)
    second = other.order[at].astype(np.int64)
    if rare.all():
        return first, second
    often = np.flatnonzero(~rare)
    group = one.group[often]
    rank = np.zeros(len(often), dtype=np.int64)
    if one is not other:
        rank = _ranks(one)[often]
    kept = rank < counts[group]
    ranked = other.order[begins[group[kept]] + rank[kept]].astype(np.int64)
    return np.concatenate([first, often[kept]]), np.concatenate([second, ranked])


def _affordable(
    there: NDArray[np.int64], here: NDArray[np.int64], most: int, size: int
) -> int:
    """Return `most`, or less, so that the pairs are no more than 4 million and `size`.

    Parameters
    ----------
    there, here : int64 arrays of shape (g,)
        How often each code stands in the two sequences.
    """
    if int((there * here).sum()) <= _MOST_PAIRS + size:
        return most
    order = np.argsort(there, kind="stable")
    pairs = np.cumsum((there * here)[order])
    within = int(np.searchsorted(pairs, _MOST_PAIRS + size, side="right"))
    return min(most, int(there[order[within]]) - 1)


def _ranks(one: Indexed) -> NDArray[np.int64]:
    """Return the rank of each place among those of the same code, from 0."""
    ranks = np.empty(len(one.order), dtype=np.int64)
    ordered = one.group[one.order]
    ranks[one.order] = np.arange(len(one.order)) - one.begins[ordered]
    return ranks
