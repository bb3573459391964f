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

_COMMON = 2.0
"""Times its toll that a row must say if some of it is known to be common."""


class Row(NamedTuple):
    """Units of a draft that are equal, one after the other.

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
        """Return whether part of it would still be enough if units said less.

        Parameters
        ----------
        lost : float array
            What each unit of the draft says less, being common.
        """
        less = lost[self.start : self.start + len(self.bits)]
        left = np.maximum(self.bits - less, 0.0)
        sums = np.concatenate([[0.0], np.cumsum(left)])
        return has_telling_part(sums, _COMMON * options.toll, options)


def find_rows(
    tiles: Tiles, sums: NDArray[np.float64], options: AlignmentOptions
) -> tuple[Row, ...]:
    """Return all rows that are long enough, if part of one of them says enough.

    Parameters
    ----------
    sums : float64 array of shape (n + 1,)
        Bits of the draft's units up to each unit.
    """
    long = np.flatnonzero(tiles.length >= options.exact)
    ends = zip(
        tiles.first[long].tolist(),
        (tiles.first + tiles.length)[long].tolist(),
        strict=True,
    )
    rows = [(start, sums[start : stop + 1]) for start, stop in ends]
    if not any(has_telling_part(row, options.toll, options) for _, row in rows):
        return ()
    return tuple(Row(start, np.diff(row)) for start, row in rows)


def has_telling_part(
    sums: NDArray[np.float64], each: float, options: AlignmentOptions
) -> bool:
    """Return whether part of a row of equal units says enough.

    It has `options.exact` units and more, and says `options.evidence` bits and more,
    and `each` bits a unit. Takes O(n log n) time.

    Parameters
    ----------
    sums : float64 array of shape (n + 1,), ascending
        Bits up to each unit of the row.
    """
    stops = np.arange(options.exact, len(sums))
    if not len(stops):
        return False
    besides = sums - each * np.arange(len(sums))
    latest = np.searchsorted(sums, sums[stops] - options.evidence, side="right") - 1
    latest = np.minimum(latest, stops - options.exact)
    least = np.minimum.accumulate(besides)
    enough = (latest >= 0) & (least[np.maximum(latest, 0)] <= besides[stops])
    return bool(enough.any())
