"""Chains of equal runs: what a reader would see as one passage.

A chain goes forward on both sides. What lies between two runs costs: a stretch that
stands on one side only (something was inserted or left out) less than a stretch that
stands on both and differs. Where the cost exceeds what a chain has earned, it ends.

Method: sparse dynamic programming over maximal matches with gap costs, after
M. Abouelhoda and E. Ohlebusch, "Chaining algorithms for multiple genome comparison",
J. Discrete Algorithms 3 (2005), https://doi.org/10.1016/j.jda.2004.08.011.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detector.errors import OptionError
from detector.kernels.join import SharedRuns

Chain: TypeAlias = tuple[tuple[int, int, int], ...]
"""Runs (first, second, length), ascending and disjoint on both sides."""


_MOST = 1000


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
            if not 0 <= getattr(self, name) <= _MOST:
                allowed = f"0–{_MOST}"
                raise OptionError(name=name, value=getattr(self, name), allowed=allowed)
        for name in ("look_back", "alone"):
            if not 1 <= getattr(self, name) <= _MOST:
                allowed = f"1–{_MOST}"
                raise OptionError(name=name, value=getattr(self, name), allowed=allowed)

    @property
    def reach(self) -> int:
        """Longest gap that a chain can bridge, in units."""
        return int((self.most - self.opening) / max(self.one_sided, 0.01))

    def costs(
        self, first_gaps: NDArray[np.int64], second_gaps: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return what gaps of these lengths, from 0, cost; no gap costs nothing."""
        both = np.minimum(first_gaps, second_gaps)
        rest = np.maximum(first_gaps, second_gaps) - both
        opened = self.opening * (both + rest > 0)
        cost: NDArray[np.float64]
        cost = opened + self.differing * both + self.one_sided * rest
        return cost


def chain_runs(runs: SharedRuns, options: ChainingOptions) -> list[Chain]:
    """Return the chains that `runs` make, best first; each run is in one at most.

    Parameters
    ----------
    runs : SharedRuns
        Of one draft with one source, in any order.
    """
    order = np.lexsort((runs.second, runs.first))
    kept = order[_neighboured(runs, order, options)]
    runs = runs.chosen(kept)
    scores, links = _best_links(runs, options)
    table = list(zip(*(column.tolist() for column in runs), strict=True))
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
    runs: SharedRuns, options: ChainingOptions
) -> tuple[list[float], list[int]]:
    """Return the score of the best chain that ends with each run, and its last link."""
    scores: list[float] = runs.length.astype(np.float64).tolist()
    links = [-1] * len(scores)
    for later, earlier, gain in _links(runs, options):
        if (score := scores[earlier] + gain) > scores[later]:
            scores[later], links[later] = score, earlier
    return scores, links


def _links(
    runs: SharedRuns, options: ChainingOptions
) -> Iterable[tuple[int, int, float]]:
    """Return (later, earlier, gain) of all pairs of runs that can follow each other.

    Sorted by the later one; `gain` is what it adds to a chain that ends with the
    earlier one. Computed for all runs at once: there are far more pairs than links.
    """
    nothing = np.zeros(0, dtype=np.int64)
    laters, earliers, gains = [nothing], [nothing], [nothing.astype(np.float64)]
    for back in range(1, min(options.look_back, len(runs.first) - 1) + 1):
        one, other = runs.chosen(slice(None, -back)), runs.chosen(slice(back, None))
        first_gap = other.first - one.first - one.length
        second_gap = other.second - one.second - one.length
        overlap = np.maximum(np.maximum(-first_gap, -second_gap), 0)
        length = other.length - overlap
        cost = options.costs(first_gap + overlap, second_gap + overlap)
        forward = (other.first > one.first) & (other.second > one.second)
        at = np.flatnonzero(forward & (length >= 1) & (cost <= options.most))
        laters.append(at + back)
        earliers.append(at)
        gains.append(length[at] - cost[at])
    later, earlier = np.concatenate(laters), np.concatenate(earliers)
    order = np.lexsort((-earlier, later))
    gain = np.concatenate(gains)[order].tolist()
    return zip(later[order].tolist(), earlier[order].tolist(), gain, strict=True)


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
