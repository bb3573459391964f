"""Passages that changed places: one after the other here, in another order there.

Paragraphs that were swapped lie far apart in the dot plot, and are found one by one. A
reader sees one passage where they touch on both sides.
"""

import numpy as np
from numpy.typing import NDArray

from detector.alignment.evidence import Found
from detector.alignment.options import AlignmentOptions
from detector.alignment.tiling import disjoint, joined
from detector.alignment.weighed import Weighed
from detector.kernels.distinct import distinct
from detector.kernels.join import expanded

_BESIDE = 3
"""Units between two passages that touch, at most."""
_TWICE = 0.25
"""Share of the smaller one's units that both may have from the same place."""


def join_swapped(
    found: list[Found],
    draft: Weighed,
    sums: NDArray[np.float64],
    options: AlignmentOptions,
) -> list[Found]:
    """Return `found`, those as one that touch on both sides, in whatever order.

    What was copied twice stays two passages.

    Parameters
    ----------
    sums : float array of shape (n + 1,)
        Bits of the draft's units up to each unit.
    """
    whole: list[Found] = []
    for one in sorted(found, key=lambda passage: passage.tiles.hull(0)):
        last = one
        while whole and _touch(whole[-1], last):
            tiles = disjoint(joined([whole.pop().tiles, last.tiles]))
            last = Found.of(tiles, draft, options, sums)
        whole.append(last)
    return whole


def _touch(one: Found, other: Found) -> bool:
    """Return whether two passages lie beside or in each other, with other units."""
    for side in (0, 1):
        (start, stop), (begin, end) = one.tiles.hull(side), other.tiles.hull(side)
        if max(begin - stop, start - end) > _BESIDE:
            return False
    return all(_are_others(one, other, side) for side in (0, 1))


def _are_others(one: Found, other: Found, side: int) -> bool:
    units = [
        expanded(tiles.place(side), tiles.length)[1]
        for tiles in (one.tiles, other.tiles)
    ]
    both = np.concatenate(units)
    twice = len(both) - len(distinct(both))
    return twice <= _TWICE * min(map(len, units))
