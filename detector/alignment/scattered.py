"""Passages whose source lies scattered: a summary follows a text here and there.

Part of the draft is dense with what the source says, but in the source it stands far
apart. The whole source is then one place, so that a run must say more to count.
"""

from math import log2

import numpy as np
from numpy.typing import NDArray

from detector.alignment.bounds import most_of_stretches
from detector.alignment.evidence import Found, place_costs
from detector.alignment.options import AlignmentOptions
from detector.alignment.runs import BitRuns
from detector.alignment.tiling import Tiles, joined, lay_tiles, stretches
from detector.alignment.weighed import Weighed

_EVIDENCE, _SHORTEST = 1.5, 2
"""How much more of evidence and of equal units it takes than in one place."""
_NEW = 0.8
"""Share of `evidence` that must lie outside of a passage found before."""
_NEAR = 60
"""Units within which a passage found before is taken for a part."""
_SOLID, _DENSE = 4.0, 0.75
"""Times `evidence`, and share of equal units, from which one stands for itself."""
_EXACT, _BESIDE = 0.97, 3
"""Share of equal units up to which it is read as one with another passage even so, if
there are no more units between the two."""


def find_scattered(
    runs: BitRuns,
    sums: NDArray[np.float64],
    texts: tuple[Weighed, Weighed],
    found: list[Found],
    options: AlignmentOptions,
) -> list[Found]:
    """Return `found` with passages that have no one place in the source.

    A passage found before that is part of one of them goes into it: one that is long
    and nearly exact never is.

    Parameters
    ----------
    sums : float array
        Bits of the draft's units up to each unit.
    texts : (draft, source)
    """
    draft, source = texts
    costs = place_costs(runs, log2(max(len(source), 2)), options.nearby)
    number = np.zeros(len(runs.first), dtype=np.int64)
    most = most_of_stretches(runs, costs, number, options.unmatched)
    if most.max(initial=0.0) < _EVIDENCE * options.evidence:
        return found
    tiles = lay_tiles(runs, costs, sums)
    for part in stretches(tiles, 0, options.unmatched, options.bridge):
        mine = tiles.inside(0, part.start, part.stop)
        near = [one for one in found if _gap(one, part.start, part.stop) < _NEAR]
        enough = part.bits >= _EVIDENCE * options.evidence
        enough &= mine.length.sum() >= _SHORTEST * options.shortest
        enough &= not any(_stands_alone(one, near, options) for one in near)
        # Two passages side by side are one; of a single one there must be more.
        more = len(near) > 1 or _outside(mine, near) >= _NEW * options.evidence
        if enough and more:
            found = [one for one in found if one not in near]
            whole = _disjoint(joined(_parts(mine, near)), (len(draft), len(source)))
            found.append(Found.of(whole, draft, options, sums))
    return found


def _stands_alone(found: Found, near: list[Found], options: AlignmentOptions) -> bool:
    """Return whether a passage is one of its own.

    It is long and nearly exact; and it is word for word, or none of `near` follows it
    or goes before it at once.
    """
    equal = int(found.tiles.length.sum())
    lengths = [stop - start for start, stop in map(found.tiles.hull, (0, 1))]
    share = equal / max(lengths)
    if share < _DENSE or found.bits < _SOLID * options.evidence:
        return False
    if share > _EXACT:
        return True
    start, stop = found.tiles.hull(0)
    others = (one for one in near if one is not found)
    return all(_gap(other, start, stop) > _BESIDE for other in others)


def _gap(found: Found, start: int, stop: int) -> int:
    """Return the units between a passage and a part of the draft, negative inside."""
    begin, end = found.tiles.hull(0)
    return max(begin - stop, start - end)


def _outside(tiles: Tiles, found: list[Found]) -> float:
    """Return the bits of the tiles that begin in none of the passages."""
    inside = np.zeros(len(tiles.first), dtype=np.bool_)
    for one in found:
        start, stop = one.tiles.hull(0)
        inside |= (tiles.first >= start) & (tiles.first < stop)
    return float(tiles.worth[~inside].sum())


def _parts(tiles: Tiles, near: list[Found]) -> list[Tiles]:
    """Return `tiles`, and what `near` has before and after them."""
    start, stop = tiles.hull(0)
    parts = [tiles]
    for one in near:
        ends = one.tiles.first + one.tiles.length
        parts.append(one.tiles.chosen((ends <= start) | (one.tiles.first >= stop)))
    return parts


def _disjoint(tiles: Tiles, sizes: tuple[int, int]) -> Tiles:
    """Return tiles of which no two share a unit, on either side; the best stay.

    Passages found before may reach into one another, or follow one place of the source.
    """
    ours, theirs = (np.zeros(size, dtype=np.bool_) for size in sizes)
    kept = np.zeros(len(tiles.first), dtype=np.bool_)
    for at in np.argsort(-tiles.worth, kind="stable").tolist():
        length = int(tiles.length[at])
        here = slice(int(tiles.first[at]), int(tiles.first[at]) + length)
        there = slice(int(tiles.second[at]), int(tiles.second[at]) + length)
        if not (ours[here].any() or theirs[there].any()):
            ours[here] = theirs[there] = kept[at] = True
    return tiles.chosen(kept)
