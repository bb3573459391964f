"""Which documents of an index are worth aligning with a draft.

What the runs of one place say is added up, in squares of the draft laid against the
index. A place counts if it says more than log2(n) bits: else among n places one would
do so by chance. Documents are then chosen greedily, each for what it explains that
others do not, so that a rare sentence with one source is not crowded out by a paragraph
with a thousand: weighted coverage, after G. Nemhauser, L. Wolsey and M. Fisher, "An
analysis of approximations for maximizing submodular set functions", 1978.
"""

from heapq import heapify, heappop, heapreplace

import numpy as np
from numpy.typing import NDArray

from detector.index.search import Runs, Shared
from detector.kernels.distinct import is_among
from detector.kernels.squares import dense_squares

_TILE = 64
"""Side of the squares in which runs are added up, in units."""
_MOST_A_RUN = 120.0
_AGAIN = 0.5
"""What a seed is still worth for each document that has been chosen for it."""
_LEAST = 12.0
"""Bits that a document must explain to be chosen."""
_EVIDENT = 10.0
"""Bits of evidence that a place must have besides."""


def choose(
    shared: Shared, most: int, says: NDArray[np.float64] | None = None
) -> list[int]:
    """Return the documents worth aligning, by their number in the index, best first.

    Parameters
    ----------
    most : int
        Documents, at the most.
    says : float array of shape (n + 1,), optional
        Bits of evidence of the draft's units up to each unit. Where next to none are
        shared there is no passage, however rare the seeds are in the index.
    """
    runs = shared.runs
    inside = _dense(runs, shared.units, says)
    if not inside.any():
        return []
    hits = np.flatnonzero(np.repeat(inside, np.diff(runs.begins)))
    seed_count = int(runs.first.max()) + 1
    pair = runs.document[hits] * seed_count + runs.first[hits]
    _, once = np.unique(pair, return_index=True)
    hits = hits[once]  # in the order of documents, each seed once
    document, first, bits = runs.document[hits], runs.first[hits], runs.bits[hits]
    cuts = np.flatnonzero(np.diff(document, prepend=-1))
    return _covering(document[cuts], np.append(cuts, len(hits)), first, bits, most)


def _dense(
    runs: Runs, units: int, says: NDArray[np.float64] | None
) -> NDArray[np.bool_]:
    """Return which runs lie where a document says enough: shape (m,)."""
    starts, stops = runs.extent
    if not len(starts):
        return np.zeros(0, dtype=np.bool_)
    worth = np.minimum(np.add.reduceat(runs.bits, runs.begins[:-1]), _MOST_A_RUN)
    middle = (stops - starts) // 2
    column = (runs.places[runs.begins[:-1]] + middle) // _TILE
    stride = int(column.max()) + 3
    square = (starts + middle) // _TILE * stride + column
    demands = [(worth, float(np.log2(max(units, 2))))]
    if says is not None:
        demands.append((says[stops] - says[starts], _EVIDENT))
    return is_among(square, dense_squares(square, starts, stride, demands))


def _covering(
    documents: NDArray[np.int64],
    cuts: NDArray[np.int64],
    first: NDArray[np.int64],
    bits: NDArray[np.float64],
    most: int,
) -> list[int]:
    """Return documents that together explain the draft, best first.

    Document i has the seeds ``first[cuts[i]:cuts[i + 1]]``. What it says can only sink
    when others are chosen, so that the best of the queue is looked at again before it
    is taken (M. Minoux, "Accelerated greedy algorithms", 1978).
    """
    left = np.ones(int(first.max()) + 1)
    said = np.add.reduceat(bits, cuts[:-1])
    enough = np.flatnonzero(said >= _LEAST)
    queue = list(zip((-said[enough]).tolist(), enough.tolist(), strict=True))
    heapify(queue)
    chosen: list[int] = []
    while queue and len(chosen) < most:
        at = queue[0][1]
        mine = slice(cuts[at], cuts[at + 1])
        says = float((bits[mine] * left[first[mine]]).sum())
        if says < _LEAST:
            heappop(queue)
        elif len(queue) > 1 and -says > min(queue[1:3])[0]:
            heapreplace(queue, (-says, at))
        else:
            heappop(queue)
            chosen.append(int(documents[at]))
            left[first[mine]] *= _AGAIN
    return chosen
