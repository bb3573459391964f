"""What a passage says, in bits, and where it ends."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from detector.alignment.options import AlignmentOptions
from detector.alignment.rows import Row, find_rows
from detector.alignment.runs import BitRuns
from detector.alignment.tiling import Tiles, stretches
from detector.alignment.weighed import Weighed

_STRONG = 8.0
"""Bits beyond its place from which a run vouches for its neighbours."""
_ASIDE = 8
"""Units by which a neighbour may lie off the diagonal of a strong run."""
AHEAD = 40
"""Units between a strong run and a neighbour, at most."""
_EXACT = 5.0
"""Bits that an unmatched unit costs at the most, in a passage that has hardly any."""
_PIECE = 0.5
"""Share of `evidence` from which a part of a passage stands for itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A passage before it is spelt out.

    Attributes
    ----------
    tiles : Tiles
        In the order of the draft.
    bits : float
    size : int
        Equal units that are no figures, as `Weighed.size_sums` counts them: a column of
        numbers is no passage.
    toll : float
        Bits that do not count, as these units may be formulas.
    rows : tuple of Row
        Its long rows, if one of them says enough whatever the toll is.
    """

    tiles: Tiles
    bits: float
    size: int
    toll: float
    rows: tuple[Row, ...] = ()

    @classmethod
    def of(
        cls,
        tiles: Tiles,
        draft: Weighed,
        options: AlignmentOptions,
        sums: NDArray[np.float64] | None = None,
    ) -> "Found":
        """Return the passage of `tiles`; what lies between them in the draft costs.

        Parameters
        ----------
        sums : float64 array of shape (n + 1,), optional
            Bits up to each unit, where long rows are to be looked at.
        """
        start, stop = tiles.hull(0)
        between = stop - start - int(tiles.length.sum())
        bits = float(tiles.worth.sum()) - options.unmatched * between
        stops = tiles.first + tiles.length
        size, plain = (
            int((up_to[stops] - up_to[tiles.first]).sum())
            for up_to in (draft.size_sums, draft.plain_sums)
        )
        rows: tuple[Row, ...] = ()
        if sums is not None and options.toll and bits >= options.evidence:
            rows = find_rows(tiles, sums, options)
        return cls(tiles, bits, size, options.toll * plain, rows)

    def suffices(self, options: AlignmentOptions) -> bool:
        """Return whether the passage says enough to be one."""
        toll = 0.0 if self.rows else self.toll
        enough = self.bits - toll >= options.evidence
        return enough and self.size >= options.shortest


def best_first(found: Iterable[Found]) -> list[Found]:
    """Return the passages that say most first; equal ones as the draft has them."""
    return sorted(found, key=lambda one: (-one.bits, one.tiles.hull(0)))


def place_costs(runs: BitRuns, far: float, near: float) -> NDArray[np.float64]:
    """Return the bits it takes to say where each run stands: less beside a strong one.

    Parameters
    ----------
    far, near : float
        What it takes for a run anywhere, and for one that follows another.
    """
    costs = np.full(len(runs.first), far)
    strong = np.flatnonzero(runs.bits >= far + _STRONG)
    if not len(strong):
        return costs
    strong = strong[np.argsort(runs.first[strong], kind="stable")]
    starts, ends = runs.first[strong], (runs.first + runs.length)[strong]
    diagonals = (runs.second - runs.first)[strong]
    after = np.searchsorted(starts, runs.first)
    for step in (-2, -1, 0, 1):
        at = np.clip(after + step, 0, len(strong) - 1)
        beside = np.abs(diagonals[at] - (runs.second - runs.first)) <= _ASIDE
        beside &= runs.first - ends[at] <= AHEAD
        beside &= starts[at] - runs.first - runs.length <= AHEAD
        costs[beside] = near
    return costs


def cut(
    tiles: Tiles, options: AlignmentOptions, sides: tuple[int, ...] = (0, 1, 0)
) -> Iterator[Tiles]:
    """Yield the parts of `tiles` that hold together on each of `sides` in turn."""
    if not sides:
        yield tiles
        return
    for part in stretches(tiles, sides[0], options.unmatched, options.bridge):
        if part.bits >= options.evidence:
            chosen = tiles.inside(sides[0], part.start, part.stop)
            yield from cut(chosen, options, sides[1:])


def cost_of_differing(tiles: Tiles, side: int) -> float:
    """Return the bits that a unit of the draft (0) or source (1) costs that differs.

    In a passage that hardly differs it says more: where the share s of the units is
    equal, -log2(1 - s) bits.
    """
    start, stop = tiles.hull(side)
    differing = max(1 - tiles.length.sum() / (stop - start), 0.0)
    return min(-log2(differing + 0.02), _EXACT)


def without_loose_ends(tiles: Tiles, options: AlignmentOptions) -> Tiles:
    """Cut off what hangs loosely at the ends of a passage that is otherwise exact."""
    for side in (0, 1):
        cost = cost_of_differing(tiles, side)
        if cost <= options.unmatched:
            continue
        parts = stretches(tiles, side, cost, options.bridge)
        kept = [part for part in parts if part.bits >= _PIECE * options.evidence]
        if kept:
            tiles = tiles.inside(side, kept[0].start, kept[-1].stop)
    return tiles
