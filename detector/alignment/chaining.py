"""Chains of equal runs: what a reader would see as one passage.

A chain goes forward on both sides. What lies between two runs costs: a stretch that
stands on one side only (something was inserted or left out) less than a stretch that
stands on both and differs. Where the cost exceeds what a chain has earned, it ends.

Method: sparse dynamic programming over maximal matches with gap costs, after
M. Abouelhoda and E. Ohlebusch, "Chaining algorithms for multiple genome comparison",
J. Discrete Algorithms 3 (2005), https://doi.org/10.1016/j.jda.2004.08.011.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detector.errors import OptionError
from detector.kernels.join import SharedRuns

Chain: TypeAlias = tuple[tuple[int, int, int], ...]
"""Runs (first, second, length), ascending and disjoint on both sides."""


@dataclass(frozen=True, slots=True)
class ChainingOptions:
    """What a gap costs, in equal units.

    Attributes
    ----------
    opening : float
        Cost of any gap.
    differing : float
        Cost of each unit that stands on both sides of a gap and differs.
    one_sided : float
        Cost of each unit that stands on one side only.
    most : float
        A gap that costs more than this ends a chain.
    look_back : int
        How many runs before a run are tried as its predecessor.
    alone : int
        Units of a run that may stand without a neighbour.
    """

    opening: float = 1.5
    differing: float = 0.75
    one_sided: float = 0.25
    most: float = 16.0
    look_back: int = 24
    alone: int = 10

    def __post_init__(self) -> None:
        for name in ("opening", "differing", "one_sided", "most"):
            if getattr(self, name) < 0:
                raise OptionError(name=name, value=getattr(self, name), allowed=">= 0")
        for name in ("look_back", "alone"):
            if getattr(self, name) < 1:
                raise OptionError(name=name, value=getattr(self, name), allowed=">= 1")

    @property
    def reach(self) -> int:
        """Longest gap that a chain can bridge, in units."""
        return int((self.most - self.opening) / max(self.one_sided, 0.01))

    def cost(self, first_gap: int, second_gap: int) -> float:
        """Return what a gap of these lengths costs; 0 if there is none."""
        if not first_gap and not second_gap:
            return 0.0
        both = min(first_gap, second_gap)
        rest = max(first_gap, second_gap) - both
        return self.opening + self.differing * both + self.one_sided * rest


def chain_runs(runs: SharedRuns, options: ChainingOptions) -> list[Chain]:
    """Return the chains that `runs` make, best first; each run is in one at most.

    Parameters
    ----------
    runs : SharedRuns
        Of one draft with one source, in any order.
    """
    order = np.lexsort((runs.second, runs.first))
    kept = order[_neighboured(runs, order, options)]
    table = [
        tuple(row) for row in np.stack([column[kept] for column in runs], 1).tolist()
    ]
    scores, links = _best_links(table, options)
    used = [False] * len(table)
    chains: list[Chain] = []
    for at in sorted(range(len(table)), key=lambda t: (-scores[t], t)):
        if not used[at]:
            chains.append(_walk_back(at, table, links, used))
    return chains


def _neighboured(
    runs: SharedRuns, order: NDArray[np.intp], options: ChainingOptions
) -> NDArray[np.bool_]:
    """Tell which runs are long, or have another within reach on both sides."""
    first, second, length = (column[order] for column in runs)
    kept = length >= options.alone
    for back in range(1, min(options.look_back, len(order) - 1) + 1):
        near = first[back:] - (first + length)[:-back] <= options.reach
        apart = second[back:] - (second + length)[:-back]
        near &= (apart <= options.reach) & (second[back:] > second[:-back])
        kept[back:] |= near
        kept[:-back] |= near
    return kept


def _best_links(
    table: list[tuple[int, int, int]], options: ChainingOptions
) -> tuple[list[float], list[int]]:
    scores: list[float] = []
    links: list[int] = []
    for at, run in enumerate(table):
        best, link = float(run[2]), -1
        for earlier in range(at - 1, max(at - options.look_back, 0) - 1, -1):
            gain = _gain(table[earlier], run, options)
            if gain is not None and scores[earlier] + gain > best:
                best, link = scores[earlier] + gain, earlier
        scores.append(best)
        links.append(link)
    return scores, links


def _gain(
    earlier: tuple[int, int, int], later: tuple[int, int, int], options: ChainingOptions
) -> float | None:
    """Return what `later` adds to a chain that ends with `earlier`; None if nothing."""
    first_gap = later[0] - earlier[0] - earlier[2]
    second_gap = later[1] - earlier[1] - earlier[2]
    overlap = max(-first_gap, -second_gap, 0)
    length = later[2] - overlap
    if length < 1 or later[0] <= earlier[0] or later[1] <= earlier[1]:
        return None
    cost = options.cost(first_gap + overlap, second_gap + overlap)
    return length - cost if cost <= options.most else None


def _walk_back(
    at: int, table: list[tuple[int, int, int]], links: list[int], used: list[bool]
) -> Chain:
    chain: list[tuple[int, int, int]] = []
    while at >= 0 and not used[at]:
        used[at] = True
        first, second, length = table[at]
        if chain:  # shorten this run to what the later one leaves of it
            over = max(first + length - chain[-1][0], second + length - chain[-1][1], 0)
            length -= over
        if length > 0:
            chain.append((first, second, length))
        at = links[at]
    return tuple(reversed(chain))
