"""Passages that changed places: one after the other here, in another order there.

Paragraphs that were swapped lie far apart in the dot plot, and are found one by one. A
reader sees one passage where they touch on both sides.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.alignment.evidence import Found, best_first
from detector.alignment.options import AlignmentOptions
from detector.alignment.runs import BitRuns
from detector.alignment.tiling import Tiles, lay_tiles
from detector.alignment.weighed import Weighed

_BESIDE = 3
"""Units between two passages that touch, at most."""
_TWICE = 8
"""Units that both may have from the same place: chance in the gaps of one of them."""
_LEAST = 1e-6
"""Bits that a tile counts besides: what was added to an end says nothing, and stays."""


class _Group(NamedTuple):
    """Passages that are read as one, and where they begin and end on each side."""

    found: list[Found]
    hulls: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, one: Found) -> "_Group":
        return cls([one], (one.tiles.hull(0), one.tiles.hull(1)))

    def beside(self, other: "_Group") -> bool:
        """Return whether both touch, on both sides, or lie in each other."""
        pairs = zip(self.hulls, other.hulls, strict=True)
        return all(max(c - b, a - d) <= _BESIDE for (a, b), (c, d) in pairs)

    def with_(self, other: "_Group") -> "_Group":
        pairs = zip(self.hulls, other.hulls, strict=True)
        hulls = tuple((min(a, c), max(b, d)) for (a, b), (c, d) in pairs)
        return _Group([*self.found, *other.found], hulls)

    def intervals(self, side: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the tiles of all begin and end on a side, in order."""
        places = np.concatenate([one.tiles.place(side) for one in self.found])
        lengths = np.concatenate([one.tiles.length for one in self.found])
        order = np.argsort(places, kind="stable")
        return places[order], (places + lengths)[order]


def join_swapped(
    found: list[Found],
    draft: Weighed,
    sums: NDArray[np.float64],
    options: AlignmentOptions,
) -> list[Found]:
    """Return `found`, best first, those as one that touch on both sides.

    In whatever order; what was copied twice stays two. Takes half a second for a
    thousand that are all one.

    Parameters
    ----------
    sums : float array of shape (n + 1,)
        Bits of the draft's units up to each unit.
    """
    groups: list[_Group] = []
    for one in sorted(found, key=lambda passage: passage.tiles.hull(0)):
        last = _Group.of(one)
        while groups and groups[-1].beside(last) and _are_others(groups[-1], last):
            last = groups.pop().with_(last)
        groups.append(last)
    return best_first(
        group.found[0]
        if len(group.found) == 1
        else Found.of(_as_one(group, sums), draft, options, sums)
        for group in groups
    )


def _as_one(group: _Group, sums: NDArray[np.float64]) -> Tiles:
    """Return the tiles of all: what two of them have is cut off the lesser one."""
    columns = zip(*(one.tiles for one in group.found), strict=True)
    runs = BitRuns(*(np.concatenate(column) for column in columns))
    return lay_tiles(runs, np.full(len(runs.first), -_LEAST), sums)


def _are_others(one: _Group, other: _Group) -> bool:
    """Return whether two groups have hardly a unit in common, on either side."""
    for side in (0, 1):
        ours, (starts, ends) = one.intervals(side), other.intervals(side)
        twice = _units_before(ours, ends) - _units_before(ours, starts)
        if twice.sum() > _TWICE:
            return False
    return True


def _units_before(
    intervals: tuple[NDArray[np.int64], NDArray[np.int64]], places: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return how many units of some intervals lie before each of `places`."""
    starts, ends = intervals
    sizes = np.append(0, np.cumsum(ends - starts))
    at = np.searchsorted(starts, places)
    beyond = np.maximum(ends[at - 1] - places, 0)  # of the last that begins before
    return sizes[at] - np.where(at > 0, beyond, 0)
