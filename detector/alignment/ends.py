"""Where a passage goes on beyond the runs that prove it.

A word that was changed near the end of a sentence leaves a few units behind it that
prove nothing by themselves, and yet were copied with the rest. So each end is moved on
by a local alignment of what follows there on both sides, as long as it earns more than
it costs: an extension with a drop-off, as in S. Altschul et al., "Gapped BLAST and
PSI-BLAST", Nucleic Acids Research 25 (1997), https://doi.org/10.1093/nar/25.17.3389.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.alignment.evidence import Found, cost_of_differing
from detector.alignment.options import AlignmentOptions
from detector.alignment.tiling import Tiles
from detector.alignment.weighed import Weighed

_REACH = 48
"""Units on either side that an end may move by."""
_MOST, _LEAST, _PAUSE, _DROP = 6.0, 1.5, 6.0, 16.0
"""In what an unmatched unit costs (`AlignmentOptions.unmatched`): what an equal one
earns at the most, so that one rare character by chance is not enough; what an end must
earn to be moved; what it is worth that a clause ends on both sides; how far what was
earned may drop. Chosen on passages planted in real reports and notices."""
_AMID = 0.4
"""Of what a differing unit costs, where the passage would end amid a clause on both
sides: nobody copies half of one, so that it is likely to go on."""


class _Step(NamedTuple):
    """An end moved on by units of the draft and the source.

    Attributes
    ----------
    equal : int
        How many of them are equal at last.
    earned : float
        What they say, less what lies between them, in bits.
    """

    ours: int
    theirs: int
    equal: int
    earned: float


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Two texts whose passages may have more at their ends.

    Attributes
    ----------
    draft, source : Weighed
        One and the same for what repeats within a text.
    sums : float array of shape (n + 1,)
        Bits of the draft's units up to each unit.
    options : AlignmentOptions
        Fitted to the units of the texts.
    """

    draft: Weighed
    source: Weighed
    sums: NDArray[np.float64]
    options: AlignmentOptions

    def moved(self, found: Sequence[Found]) -> list[Found]:
        """Return the passages in their order, each as long as it goes on.

        None runs into one that lies before or behind it in the draft.
        """
        hulls = [one.tiles.hull(0) for one in found]
        starts = sorted(start for start, _ in hulls)
        stops = sorted(stop for _, stop in hulls)
        reached: dict[int, int] = {}
        moved = list(found)
        for which in sorted(range(len(found)), key=hulls.__getitem__):
            start, stop = hulls[which]
            after = bisect_left(starts, stop)
            until = starts[after] if after < len(starts) else len(self.draft)
            before = bisect_right(stops, start)
            since = reached[stops[before - 1]] if before else 0
            moved[which] = self._moved(found[which], since, until)
            reached[stop] = max(reached.get(stop, 0), moved[which].tiles.hull(0)[1])
        return moved

    def _moved(self, found: Found, since: int, until: int) -> Found:
        """Move both ends, but neither of them where parts changed their places."""
        tiles = found.tiles
        start, stop = tiles.hull(0)
        first, last = tiles.hull(1)
        cost = min(cost_of_differing(tiles, side) for side in (0, 1))
        ceiling = len(self.source)
        if self.draft is self.source:  # neither side may reach into the other
            since, ceiling = max(since, last), start
        added = []
        if int(tiles.second[0]) == first:
            step = self._step(
                slice(max(since, start - _REACH), start),
                slice(max(0, first - _REACH), first),
                cost,
                back=True,
            )
            if step.equal:
                added.append((start - step.ours, first - step.theirs, step))
                if self.draft is self.source:
                    ceiling = start - step.ours
        if int(tiles.second[-1] + tiles.length[-1]) == last:
            step = self._step(
                slice(stop, min(until, stop + _REACH)),
                slice(last, min(ceiling, last + _REACH)),
                cost,
            )
            if step.equal:
                ours, theirs = stop + step.ours, last + step.theirs
                added.append((ours - step.equal, theirs - step.equal, step))
        return self._with(found, added) if added else found

    def _step(
        self, ours: slice, theirs: slice, cost: float, *, back: bool = False
    ) -> _Step:
        """Return how far an end moves into what follows it, or, back, precedes it."""
        way = -1 if back else 1
        worth = np.diff(self.sums[ours.start : ours.stop + 1])[::way]
        cheap = self.options.unmatched
        mine = _Stretch.of(self.draft, ours, way)
        its = _Stretch.of(self.source, theirs, way)
        if not (mine.pauses[0] or its.pauses[0]):
            cost *= _AMID
        return _extended(
            mine,
            its,
            np.clip(worth, min(self.options.toll, cheap), _MOST * cheap),
            _Bits(max(cost, cheap), _LEAST * cheap, _PAUSE * cheap, _DROP * cheap),
        )

    def _with(self, found: Found, added: list[tuple[int, int, _Step]]) -> Found:
        """Return the passage with the last equal units of what was added, as tiles.

        What lies before them is spelt out by the letter, as all between two tiles is.
        """
        cost, toll = self.options.unmatched, self.options.toll
        rows = []
        for first, second, step in added:
            # As much as is asked for its equal units: no passage says less for them.
            earned = max(step.earned, toll * min(step.ours, step.theirs))
            between = cost * (step.ours - step.equal)
            rows.append((first, second, step.equal, earned + between))
        more = Tiles(*(np.array(column) for column in zip(*rows, strict=True)))
        both = Tiles(
            *(np.concatenate(pair) for pair in zip(found.tiles, more, strict=True))
        )
        tiles = both.chosen(np.argsort(both.first, kind="stable"))
        moved = Found.of(tiles, self.draft, self.options)
        return replace(moved, rows=found.rows)


class _Stretch(NamedTuple):
    """Units from the end of a passage outwards, and the pauses around them."""

    units: NDArray[np.uint64]
    pauses: NDArray[np.bool_]

    @classmethod
    def of(cls, text: Weighed, part: slice, way: int) -> "_Stretch":
        pauses = text.pauses[part.start : part.stop + 1]
        return cls(text.loose[part][::way], pauses[::way])


class _Bits(NamedTuple):
    """What decides where a passage ends, in bits.

    Attributes
    ----------
    differing : float
        What a unit costs that only one side has, or two that differ in one place.
    least : float
        What an end must earn to be moved.
    pause : float
        What it earns where clauses end on both sides.
    drop : float
        By how much what was earned may drop until the search ends.
    """

    differing: float
    least: float
    pause: float
    drop: float


def _extended(
    ours: _Stretch, theirs: _Stretch, worth: NDArray[np.float64], bits: _Bits
) -> _Step:
    """Return the best extension of two stretches that begin at the end of a passage.

    Parameters
    ----------
    worth : float array, as long as `ours`
        What each of our units earns if it is equal.
    """
    here = bits.pause * bool(ours.pauses[0] and theirs.pauses[0])
    best, most = _Step(0, 0, 0, 0.0), here + bits.least
    if not len(ours.units) or not len(theirs.units):
        return best
    along = bits.differing * np.arange(len(theirs.units) + 1)
    pauses = np.where(theirs.pauses[1:], bits.pause, 0.0)
    row, peak = -along, 0.0
    for at, unit in enumerate(ours.units):
        same = theirs.units == unit
        both = row[:-1] + np.where(same, worth[at], -bits.differing)
        row -= bits.differing
        np.maximum(row[1:], both, out=row[1:])
        row = np.maximum.accumulate(row + along) - along
        ends = np.where(same, row[1:], -np.inf)
        if ours.pauses[at + 1]:
            ends += pauses
        place = int(ends.argmax())
        if ends[place] > most:
            most = float(ends[place])
            best = _Step(at + 1, place + 1, 1, float(row[place + 1]))
        highest = float(row.max())
        if highest < peak - bits.drop:
            break
        peak = max(peak, highest)
    if not best.equal:
        return best
    equal = _equal_at_last(ours.units[: best.ours], theirs.units[: best.theirs])
    return best._replace(equal=equal)


def _equal_at_last(ours: NDArray[np.uint64], theirs: NDArray[np.uint64]) -> int:
    """Return how many units at the ends of both are equal."""
    most = min(len(ours), len(theirs))
    differ = np.flatnonzero(ours[-most:][::-1] != theirs[-most:][::-1])
    return int(differ[0]) if len(differ) else most
