"""The maximal equal runs of two texts, and what each of them says."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.alignment.weighed import Weighed, said_by
from detector.kernels.indexed import Indexed, join_ranked
from detector.kernels.join import SharedRuns
from detector.kernels.runs import diagonal_runs, grown_runs

_GROWTH, _GROWTH_WITHIN = 48, 4
"""Units over which a run grows through frequent seeds, at each end; in a text itself
these are paired with their first places, so that it need not grow."""


class BitRuns(NamedTuple):
    """Runs of m equal units with their bits: arrays of shape (m,).

    `first` and `second` are where they begin in draft and source.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    length: NDArray[np.int64]
    bits: NDArray[np.float64]

    def chosen(self, which: NDArray[np.intp] | NDArray[np.bool_]) -> "BitRuns":
        """Return some of the runs."""
        return BitRuns(
            self.first[which], self.second[which], self.length[which], self.bits[which]
        )


def unit_bits(draft: Weighed, source: Weighed, most: float) -> NDArray[np.float64]:
    """Return what each unit of `draft` says, if `source` shares it: shape (n,).

    What stands in several places says no more than it does there. Words count in the
    source, too: topics are made of them.
    """
    if draft.bits is None:
        return np.full(len(draft), most)
    bits = np.minimum(draft.bits.astype(np.float64), most)
    said = draft.said_elsewhere
    if draft.of_words:
        theirs = _uses_in(source, draft.units_indexed)
        said = np.minimum(said, said_by((theirs - 1) / max(len(source), 1)))
    return np.minimum(bits, said)


def shared_runs(
    draft: Weighed, source: Weighed, sums: NDArray[np.float64], frequent: int
) -> BitRuns:
    """Return the maximal runs of equal stems that hold a seed.

    Parameters
    ----------
    sums : float array of shape (n + 1,)
        Bits of the draft's units up to each unit.
    frequent : int
        A seed that occurs more often than this in the source is paired by rank: its
        first place in the draft with its first place there, and so on.

    Of a text and itself, those that stand earlier in the source than in the draft.
    """
    runs = diagonal_runs(*_paired(draft, source, frequent))
    length = runs.length - 1 + draft.widths[runs.first + runs.length - 1]
    inside = np.minimum(len(draft) - runs.first, len(source) - runs.second)
    runs = SharedRuns(runs.first, runs.second, np.minimum(length, inside))
    growth = _GROWTH_WITHIN if draft is source else _GROWTH
    grown = grown_runs(draft.loose, source.loose, runs, growth)
    bits = sums[grown.first + grown.length] - sums[grown.first]
    return BitRuns(*grown, bits)


def _paired(
    draft: Weighed, source: Weighed, frequent: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where seeds begin that both have: pairs of places."""
    first, second = join_ranked(draft.seeds_indexed, source.seeds_indexed, frequent)
    kept = draft.widths[first] > 0
    if draft is source:
        kept &= first > second
    return first[kept], second[kept]


def _uses_in(source: Weighed, units: Indexed) -> NDArray[np.int64]:
    """Return how often `source` uses what stands at each place of `units`."""
    theirs, _ = source.uses
    there = units.groups_in(source.units_indexed)
    found = np.where(there >= 0, theirs[there], 0) if len(theirs) else 0 * there
    return found[units.group]
