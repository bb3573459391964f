"""Which runs make a passage: each unit once, and the stretch that earns most.

Tiles are laid best first, as in greedy string tiling (M. Wise, "String Similarity via
Greedy String Tiling and Running Karp-Rabin Matching", 1993), but weighed by bits.
Stretches are all maximal scoring subsequences (W. Ruzzo and M. Tompa, "A Linear Time
Algorithm for Finding All Maximal Scoring Subsequences", ISMB 1999).
"""

from collections.abc import Iterable
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.alignment.runs import BitRuns


class Tiles(NamedTuple):
    """Equal runs of which no two meet on either side: arrays of shape (t,).

    `worth` is what each says, in bits, less what it costs to say where it stands.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    length: NDArray[np.int64]
    worth: NDArray[np.float64]

    def chosen(self, which: NDArray[np.intp] | NDArray[np.bool_] | slice) -> "Tiles":
        """Return some of the tiles."""
        return Tiles(
            self.first[which], self.second[which], self.length[which], self.worth[which]
        )

    def inside(self, side: int, start: int, stop: int) -> "Tiles":
        """Return the tiles that lie in a stretch of the draft (0) or source (1)."""
        place = self.place(side)
        return self.chosen((place >= start) & (place + self.length <= stop))

    def hull(self, side: int) -> tuple[int, int]:
        """Return where the tiles begin and end in the draft (0) or source (1)."""
        place = self.place(side)
        return int(place.min()), int((place + self.length).max())

    def place(self, side: int) -> NDArray[np.int64]:
        """Return where the tiles begin in the draft (0) or source (1)."""
        return self.second if side else self.first


class Stretch(NamedTuple):
    """A part of one side that earns `bits`: tiles less what lies between them."""

    start: int
    stop: int
    bits: float


def lay_tiles(
    runs: BitRuns,
    costs: NDArray[np.float64],
    sums: NDArray[np.float64],
    *,
    again: float = inf,
) -> Tiles:
    """Lay the runs down, the one that is worth most first; what is covered is cut off.

    Parameters
    ----------
    costs : float array of shape (m,)
        Bits that it takes to say where each run stands.
    sums : float array
        Bits of the draft's units up to each unit, those of `runs` summed up.
    again : float
        Bits from which a run may use units of the source that another one has used.
    """
    worth = runs.bits - costs
    order = np.argsort(-worth, kind="stable")
    order = order[worth[order] > 0]
    low = [int(side[order].min()) if len(order) else 0 for side in runs[:2]]
    high = [
        int((side + runs.length)[order].max()) if len(order) else 0 for side in runs[:2]
    ]
    ours, theirs = (bytearray(h - w) for h, w in zip(high, low, strict=True))
    blank = bytearray(len(theirs))
    rows = zip(
        (runs.first[order] - low[0]).tolist(),
        (runs.second[order] - low[1]).tolist(),
        runs.length[order].tolist(),
        runs.bits[order].tolist(),
        costs[order].tolist(),
        strict=True,
    )
    laid: list[tuple[int, int, int, float]] = []
    for start, other, length, bits, cost in rows:
        used = blank if bits >= again else theirs
        lead, stop = _free(ours, used, start, other, length)
        if lead >= stop:
            continue
        one, two = start + lead, other + lead
        size = stop - lead
        value = bits - cost
        if size < length:
            value = float(sums[low[0] + one + size] - sums[low[0] + one]) - cost
        if value <= 0:
            continue
        ours[one : one + size] = theirs[two : two + size] = b"\1" * size
        laid.append((low[0] + one, low[1] + two, size, value))
    table = np.array(sorted(laid), dtype=np.float64).reshape(-1, 4)
    places = table[:, :3].astype(np.int64)
    return Tiles(places[:, 0], places[:, 1], places[:, 2], table[:, 3])


def _free(
    ours: bytearray, theirs: bytearray, start: int, other: int, length: int
) -> tuple[int, int]:
    """Return the first longest part of a run that no tile covers, from its start."""
    free = ours.find(1, start, start + length) < 0
    if free and theirs.find(1, other, other + length) < 0:
        return 0, length
    mine, its = ours[start : start + length], theirs[other : other + length]
    best, begin = (0, 0), 0
    for at, (a, b) in enumerate(zip(mine, its, strict=True)):
        if a or b:
            begin = at + 1
        elif at + 1 - begin > best[1] - best[0]:
            best = begin, at + 1
    return best


def stretches(
    tiles: Tiles, side: int, unmatched: float, bridge: float
) -> list[Stretch]:
    """Return the parts of the draft (0) or source (1) that earn most, in order.

    Parameters
    ----------
    unmatched : float
        Bits that each unit between two tiles costs.
    bridge : float
        Tiles that more than this lies between are never in one stretch.
    """
    place = tiles.place(side)
    order = np.argsort(place, kind="stable")
    rows = zip(
        place[order].tolist(),
        tiles.length[order].tolist(),
        tiles.worth[order].tolist(),
        strict=True,
    )
    return list(_maximal(rows, unmatched, bridge))


def _maximal(
    rows: Iterable[tuple[int, int, float]], unmatched: float, bridge: float
) -> Iterable[Stretch]:
    found: list[Stretch] = []
    open_: list[tuple[float, float, int, int]] = []  # sums before and after, place
    total, peak, last = 0.0, 0.0, None
    for start, length, worth in rows:
        gap = unmatched * max(start - last, 0) if last is not None else 0.0
        if peak - total + gap > bridge:
            found += [Stretch(a, b, high - low) for low, high, a, b in open_]
            open_, total, peak, gap = [], 0.0, 0.0, 0.0
        total -= gap
        low, total = total, total + worth
        peak = max(peak, total)
        # Where a source may be used again, tiles overlap on its side.
        high, begin, end = total, start, max(start + length, last or 0)
        while True:
            at = len(open_) - 1
            while at >= 0 and open_[at][0] >= low:
                at -= 1
            if at < 0 or open_[at][1] >= high:
                break
            low, begin = open_[at][0], open_[at][2]
            del open_[at:]
        open_.append((low, high, begin, end))
        last = end
    return [*found, *(Stretch(a, b, high - low) for low, high, a, b in open_)]


def joined(parts: Iterable[Tiles]) -> Tiles:
    """Return the tiles of all `parts`, by the draft.

    Where two of them meet in the source, the one that is worth more stays.
    """
    tiles = Tiles(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    order = np.argsort(tiles.second, kind="stable")
    kept: list[int] = []
    for at in order.tolist():
        while (
            kept and tiles.second[kept[-1]] + tiles.length[kept[-1]] > tiles.second[at]
        ):
            if tiles.worth[kept[-1]] >= tiles.worth[at]:
                break
            kept.pop()
        else:
            kept.append(at)
    chosen = np.array(kept, dtype=np.intp)
    return tiles.chosen(chosen[np.argsort(tiles.first[chosen], kind="stable")])
