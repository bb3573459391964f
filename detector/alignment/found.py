"""The passages of one draft and one source, or of a draft and itself."""

from collections.abc import Iterator
from itertools import pairwise
from math import inf, log2

import numpy as np
from numpy.typing import NDArray

from detector.alignment.bounds import promising
from detector.alignment.ends import Ends
from detector.alignment.evidence import (
    Found,
    best_first,
    cut,
    place_costs,
    without_loose_ends,
)
from detector.alignment.options import AlignmentOptions
from detector.alignment.regions import regions
from detector.alignment.related import find_rest
from detector.alignment.runs import BitRuns, shared_runs, unit_bits
from detector.alignment.scattered import find_scattered
from detector.alignment.swapped import join_swapped
from detector.alignment.tiling import lay_tiles
from detector.alignment.weighed import Weighed
from detector.kernels.join import expanded

_MOST_RUNS = 200_000
"""Runs of one region; a page has some hundred."""
_ROUNDS = 16
"""Copies of one place in the source that are looked for next to each other."""
_AGAIN = 20.0
"""Bits of a run that may repeat what another one repeats, too."""


def find_passages(
    draft: Weighed, source: Weighed, options: AlignmentOptions
) -> list[Found]:
    """Return the passages that carry enough evidence, best first.

    Of two objects: those of a text and itself are found by `find_repeats`.
    No passage has more than half of its equal units in better ones. Takes about half a
    microsecond a unit for unrelated texts, and memory in proportion to the texts and to
    at most four million pairs of seeds, whatever repeats.
    """
    options = options.fitted(to_words=draft.of_words)
    runs, sums = _weighed_runs(draft, source, options)
    found = _best(list(_in_regions(runs, sums, draft, options)), len(draft))
    if draft.of_words:
        found = find_scattered(runs, sums, (draft, source), found, options)
        found = _best(found, len(draft))
    found = [*found, *find_rest(runs, (draft, source), found, options)]
    found = Ends(draft, source, sums, options).moved(found)
    return found if draft.of_words else join_swapped(found, draft, sums, options)


def find_repeats(draft: Weighed, options: AlignmentOptions) -> list[Found]:
    """Return the passages of `draft` that stand in it earlier, too; best first.

    The later occurrence is the draft side, and begins after the earlier one has ended.
    """
    options = options.fitted(to_words=draft.of_words, within=True)
    runs, sums = _weighed_runs(draft, draft, options)
    # A run that reaches into itself (A A A) is as long as what repeats.
    length = np.minimum(runs.length, runs.first - runs.second)
    bits = sums[runs.first + length] - sums[runs.first]
    runs = BitRuns(runs.first, runs.second, length, bits)
    found = [
        part
        for one in _in_regions(runs, sums, draft, options, again=_AGAIN)
        for part in _apart(one, draft, options)
    ]
    return Ends(draft, draft, sums, options).moved(_best(found, len(draft)))


def _weighed_runs(
    draft: Weighed, source: Weighed, options: AlignmentOptions
) -> tuple[BitRuns, NDArray[np.float64]]:
    sums = np.zeros(len(draft) + 1)
    np.cumsum(unit_bits(draft, source, options.strongest_unit), out=sums[1:])
    frequent = min(options.frequent, max(8, len(source) // options.tile))
    return shared_runs(draft, source, sums, frequent), sums


def _in_regions(
    runs: BitRuns,
    sums: NDArray[np.float64],
    draft: Weighed,
    options: AlignmentOptions,
    *,
    again: float = inf,
) -> Iterator[Found]:
    """Yield the passages of each region; a run may stand anywhere in three tiles."""
    far = log2(3 * options.tile)
    worth = runs.bits - far
    groups = list(regions(runs, worth, options.tile, of_words=draft.of_words))
    for group in promising(runs, groups, far, options):
        left = _strongest(runs.chosen(group))
        # Where a source was copied twice, each round finds one of the copies.
        for _ in range(_ROUNDS):
            most = np.maximum(left.bits - options.nearby, 0.0).sum()
            if most < options.evidence:  # whatever is made of them
                break
            costs = place_costs(left, far, options.nearby)
            tiles = lay_tiles(left, costs, sums, again=again)
            parts = (without_loose_ends(part, options) for part in cut(tiles, options))
            found = [Found.of(part, draft, options, sums) for part in parts]
            found = [one for one in found if one.suffices(options)]
            yield from found
            left = _outside(left, found)
            if not found:
                break


def _strongest(runs: BitRuns) -> BitRuns:
    """Return those that say most: of one sign, a million times, all go together."""
    if len(runs.first) <= _MOST_RUNS:
        return runs
    best = np.argsort(-runs.bits, kind="stable")[:_MOST_RUNS]
    return runs.chosen(np.sort(best))


def _outside(runs: BitRuns, found: list[Found]) -> BitRuns:
    """Return the runs that lie in the draft wholly outside of all passages."""
    kept = np.ones(len(runs.first), dtype=np.bool_)
    for one in found:
        start, stop = one.tiles.hull(0)
        kept &= (runs.first >= stop) | (runs.first + runs.length <= start)
    return runs.chosen(kept)


def _apart(found: Found, draft: Weighed, options: AlignmentOptions) -> Iterator[Found]:
    """Cut a passage (A A A) where its source reaches its draft, or comes again."""
    tiles = found.tiles
    columns = (tiles.first, tiles.second, tiles.second + tiles.length)
    cuts = [0]
    start, low, high = int(tiles.first[0]), inf, 0.0
    rows = zip(*(column.tolist() for column in columns), strict=True)
    for at, (first, second, end) in enumerate(rows):
        again = low < end and second < high
        if at and (end > start or again):
            cuts.append(at)
            start, low, high = first, second, end
        low, high = min(low, second), max(high, end)
    for begin, stop in pairwise([*cuts, len(tiles.first)]):
        part = Found.of(tiles.chosen(slice(begin, stop)), draft, options)
        if part.suffices(options):
            yield part


def _best(found: list[Found], size: int) -> list[Found]:
    """Return the passages, best first, whose units are not mostly in better ones.

    What was put into the middle of a passage is one of its own. `size` is the number of
    the draft's units.
    """
    kept: list[Found] = []
    taken = np.zeros(size, dtype=np.bool_)
    for one in best_first(found):
        _, units = expanded(one.tiles.first, one.tiles.length)
        if 2 * int(taken[units].sum()) <= len(units):
            kept.append(one)
            taken[units] = True
    return kept
