"""Long rows of equal units that say enough by themselves, formulas or not.

The formulas of this year are in no model, so that a passage pays a toll for each equal
unit (`AlignmentOptions.toll`). Formulas are short, or say little. So a row that is long
and says more than its toll needs none; what is copied besides it takes nothing away.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.alignment.options import AlignmentOptions
from detector.alignment.tiling import Tiles


class Row(NamedTuple):
    """Units of a draft that are equal, one after the other, and say enough.

    Attributes
    ----------
    start : int
        The first of them.
    bits : float64 array
        What each of them says.
    """

    start: int
    bits: NDArray[np.float64]

    def is_enough(self, lost: NDArray[np.float32], options: AlignmentOptions) -> bool:
        """Return whether some of it still would be enough if units said less.

        Parameters
        ----------
        lost : float array
            What each unit of the draft says less.
        """
        less = lost[self.start : self.start + len(self.bits)]
        left = np.maximum(self.bits - less, 0.0)
        sums = np.concatenate([[0.0], np.cumsum(left)])
        return telling_part(sums, options) is not None


def find_row(
    tiles: Tiles, sums: NDArray[np.float64], options: AlignmentOptions
) -> Row | None:
    """Return the row of the tile that is worth most, of those that have one.

    Parameters
    ----------
    sums : float64 array of shape (n + 1,)
        Bits of the draft's units up to each unit.
    """
    long = np.flatnonzero(tiles.length >= options.exact)
    for at in long[np.argsort(-tiles.worth[long], kind="stable")].tolist():
        first, length = int(tiles.first[at]), int(tiles.length[at])
        here = sums[first : first + length + 1]
        part = telling_part(here, options)
        if part:
            bits = np.diff(here[part.start : part.stop + 1])
            return Row(first + part.start, bits)
    return None


def telling_part(sums: NDArray[np.float64], options: AlignmentOptions) -> slice | None:
    """Return a part of a row of equal units that says enough, as long as it can be.

    It has `options.exact` units and more, and says `options.evidence` bits and more,
    and no less than its toll. Takes O(n log n) time.

    Parameters
    ----------
    sums : float64 array of shape (n + 1,), ascending
        Bits up to each unit of the row.
    """
    stops = np.arange(options.exact, len(sums))
    if not len(stops):
        return None
    besides = sums - options.toll * np.arange(len(sums))
    latest = np.searchsorted(sums, sums[stops] - options.evidence, side="right") - 1
    latest = np.minimum(latest, stops - options.exact)
    least = np.minimum.accumulate(besides)
    enough = (latest >= 0) & (least[np.maximum(latest, 0)] <= besides[stops])
    if not enough.any():
        return None
    last = int(np.flatnonzero(enough)[-1])
    stop = int(stops[last])
    start = int(np.argmax(besides[: int(latest[last]) + 1] <= besides[stop]))
    return slice(start, stop)
