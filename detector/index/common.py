"""What is common in an index: wording that several organisations share."""

from collections.abc import Sequence

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


def refined(
    shared: Shared, holders: NDArray[np.int64], bits: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return what each unit of a draft says: less where several holders write the same.

    Parameters
    ----------
    holders : int64 array
        Whose each document of the index is; different numbers, different holders.
    bits : float32 array of shape (n,)
        What each unit says, as far as a background model knows.
    """
    size = len(bits)
    several = len(np.unique(holders)) * _SHARE
    least = min(max(several, _HOLDERS), _MANY)
    common = _depth(shared.runs, holders, size, _COMMON_RUN) >= _HOLDERS
    common |= _depth(shared.runs, holders, size, 1) >= least
    return np.where(common, np.minimum(bits, _COMMON_BITS), bits)


def numbered_holders(
    segments: Sequence[Segment],
) -> NDArray[np.int64]:
    """Return whose each document is; one that nobody is known for is its own."""
    holders = np.concatenate([[], *(s.holders for s in segments)]).astype(np.int64)
    unknown = np.flatnonzero(holders == UNKNOWN)
    holders[unknown] = -2 - unknown
    return holders


def _depth(
    runs: Runs, holders: NDArray[np.int64], size: int, shortest: int
) -> NDArray[np.int64]:
    """Return how many holders share a run that each of a draft's units stands in."""
    begins, stops = runs.extent
    long = stops - begins >= shortest
    begins, stops = begins[long], stops[long]
    owner = holders[runs.document[runs.begins[:-1][long]]]
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
