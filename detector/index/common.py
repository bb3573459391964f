"""What is common in an index: wording that several organisations share."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.index.search import Runs, Shared
from detector.index.segment import UNKNOWN, Segment

_COMMON_RUN = 10
"""Units of a run from which it is wording, and no coincidence."""
_HOLDERS = 3
"""Organisations (documents, where none is known) from which wording is common."""
_SHARE, _MANY = 0.05, 100
"""Share of them, and number, from which even a run of four units is."""
_COMMON_BITS = np.float32(2.5)
"""Bits that a unit of common wording still says: a formula makes no match, but a
sentence that everybody copies does, and is counted as boilerplate."""


class Common(NamedTuple):
    """How common the wording of a draft is among the holders of an index.

    Attributes
    ----------
    holders : int64 array of shape (n,)
        How many of them have a run of ten units and more in which each unit stands.
    is_common : bool array of shape (n,)
        Whether so many do that it says little, in a run of ten units or of four.
    """

    holders: NDArray[np.int64]
    is_common: NDArray[np.bool_]

    @classmethod
    def nothing(cls, units: int) -> "Common":
        """Return what is known where there are not several to have it in common."""
        return cls(np.zeros(units, dtype=np.int64), np.zeros(units, dtype=np.bool_))

    def less(self, bits: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what each unit says less because it is common wording.

        `bits` is what each says as far as a background model knows.
        """
        lost: NDArray[np.float32] = np.maximum(bits - _COMMON_BITS, 0)
        return np.where(self.is_common, lost, np.float32(0))


def common(
    shared: Shared,
    holders: NDArray[np.int64],
    units: int,
    besides: NDArray[np.bool_] | None = None,
) -> Common:
    """Return how common each unit of a draft is in an index.

    Parameters
    ----------
    holders : int64 array of shape (d,)
        Whose each document of the index is; different numbers, different holders.
    besides : bool array of shape (d,), optional
        The documents that count: not those of the draft's own organisation.
    """
    if besides is None:
        besides = np.ones(len(holders), dtype=np.bool_)
    among = len(np.unique(holders[besides]))
    least = min(max(among * _SHARE, _HOLDERS), _MANY)
    long = _depth(shared.runs, holders, units, _COMMON_RUN, besides)
    is_common = long >= _HOLDERS
    is_common |= _depth(shared.runs, holders, units, 1, besides) >= least
    return Common(long, is_common)


def numbered_holders(
    segments: Sequence[Segment],
) -> NDArray[np.int64]:
    """Return whose each document is; one that nobody is known for is its own."""
    holders = np.concatenate([[], *(s.holders for s in segments)]).astype(np.int64)
    unknown = np.flatnonzero(holders == UNKNOWN)
    holders[unknown] = -2 - unknown
    return holders


def _depth(
    runs: Runs,
    holders: NDArray[np.int64],
    size: int,
    shortest: int,
    besides: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Return how many holders share a run that each of a draft's units stands in."""
    begins, stops = runs.extent
    document = runs.document[runs.begins[:-1]]
    long = (stops - begins >= shortest) & besides[document]
    begins, stops = begins[long], stops[long]
    owner = holders[document[long]]
    order = np.lexsort((begins, owner))
    begins, stops, owner = begins[order], stops[order], owner[order]
    # The union of each holder's runs: a run begins where none before it has reached.
    lane = np.cumsum(np.diff(owner, prepend=owner[:1]) != 0) * (size + 1)
    reach = np.maximum.accumulate(stops + lane) if len(stops) else stops
    begins, stops = begins + lane, stops + lane
    begins[1:] = np.maximum(begins[1:], np.minimum(reach[:-1], stops[1:]))
    depth = np.zeros(size + 1, dtype=np.int64)
    np.add.at(depth, begins - lane, 1)
    np.add.at(depth, stops - lane, -1)
    return np.cumsum(depth)[:size]
