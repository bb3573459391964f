"""What no passage of a region can exceed: most regions need no closer look.

Tiles do not meet in the draft. So of all that begins at one unit, no more is earned
than by the run that says most there, and no stretch earns more than the best one of
these; that takes a few passes over all regions at once, laying tiles a loop for each.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detector.alignment.evidence import AHEAD, place_costs
from detector.alignment.options import AlignmentOptions
from detector.alignment.runs import BitRuns
from detector.kernels.distinct import is_new

_ROUNDING = 1e-3
"""Bits that sums of many runs may be off."""


def promising(
    runs: BitRuns,
    groups: Sequence[NDArray[np.intp]],
    far: float,
    options: AlignmentOptions,
) -> list[NDArray[np.intp]]:
    """Return those of `groups` whose runs could make a passage.

    Parameters
    ----------
    groups : sequence of int arrays
        Places in `runs`, none of them empty.
    far : float
        Bits that it takes to say where a run stands which follows no other one.
    """
    if not groups:
        return []
    sizes = np.array(list(map(len, groups)))
    number = np.repeat(np.arange(len(groups)), sizes)
    chosen = runs.chosen(np.concatenate(groups))
    moved = _moved(chosen, np.cumsum(sizes) - sizes, options.unmatched)
    chosen = chosen._replace(first=chosen.first + moved[number])
    costs = place_costs(chosen, far, options.nearby)
    most = most_of_stretches(chosen, costs, number, options.unmatched)
    return [groups[at] for at in np.flatnonzero(most >= options.evidence).tolist()]


def most_of_stretches(
    runs: BitRuns,
    costs: NDArray[np.float64],
    number: NDArray[np.int64],
    unmatched: float,
) -> NDArray[np.float64]:
    """Return the bits that no stretch of the draft exceeds, whatever tiles are laid.

    Parameters
    ----------
    costs : float array of shape (m,)
        Bits that it takes to say where each run stands.
    number : int array of shape (m,)
        To which group each run belongs; every group lies behind the one before it, by
        more than its runs could pay for.
    unmatched : float
        Bits that each unit between two tiles costs.

    Returns
    -------
    float array, as long as there are groups
    """
    most = np.zeros(int(number[-1]) + 1 if len(number) else 0)
    laid = np.flatnonzero(runs.bits > costs)
    if not len(laid):
        return most
    laid = laid[np.argsort(runs.first[laid])]
    here = np.flatnonzero(is_new(runs.first[laid]))
    start, group = runs.first[laid[here]], number[laid[here]]
    length = np.maximum.reduceat(runs.length[laid], here)
    worth = np.maximum.reduceat(runs.bits[laid], here)
    worth -= np.minimum.reduceat(costs[laid], here)
    # What is between a first and a last tile costs: their hull less what they cover.
    earned = worth + unmatched * length
    total = np.cumsum(earned)
    before = np.minimum.accumulate(total - earned - unmatched * start)
    best = total - unmatched * (start + length) - before
    begins = np.flatnonzero(is_new(group))
    most[group[begins]] = np.maximum.reduceat(best, begins) + _ROUNDING
    return most


def _moved(
    runs: BitRuns, begins: NDArray[np.int64], unmatched: float
) -> NDArray[np.int64]:
    """Return how far to move each group in the draft: one lies behind the other then.

    What is between two of them no stretch bridges, and no runs are beside across it.

    Parameters
    ----------
    begins : int array of shape (g,)
        Where each group begins among `runs`.
    """
    low = np.minimum.reduceat(runs.first, begins)
    high = np.maximum.reduceat(runs.first + runs.length, begins)
    bridged = np.add.reduceat(runs.bits / unmatched + runs.length, begins)
    size = high - low + AHEAD + bridged.astype(np.int64) + 2
    moved: NDArray[np.int64] = np.cumsum(size) - size - low
    return moved
