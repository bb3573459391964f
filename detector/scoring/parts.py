"""Passages in parts: what one other has, and what everybody writes, stand apart.

A paragraph that was copied together with the formulas around it is one passage of its
source. Weighed as a whole it would pass for boilerplate, the more of them come along.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from detector.model.alignment import Alignment, Run
from detector.model.span import Span
from detector.text.units import Units

_FEWEST = 24
"""Equal units of a part: fewer say nothing of their own beside the rest."""
_HALF = 0.5


def parts_of(
    alignment: Alignment, units: Units, weight: NDArray[np.float64]
) -> Iterator[Alignment]:
    """Yield the parts of a passage that are mostly copied, or mostly boilerplate.

    Parameters
    ----------
    units : Units
        Those of the draft, n of them.
    weight : float array of shape (n,)
        Share of each that counts as copied, 0–1.

    Yields
    ------
    Alignment
        The passage itself where all of it is of one kind.
    """
    runs = units.within_each(alignment.equal_spans())
    equal = np.concatenate([np.arange(run.start, run.stop) for run in runs])
    cuts = _cuts(weight[equal] >= _HALF)
    if not cuts:
        yield alignment
        return
    starts = [int(units.starts[equal[cut]]) for cut in cuts]
    left = alignment.runs
    for start in starts:
        before, left = _cut(left, start, units)
        yield Alignment(_trimmed(before))
    yield Alignment(_trimmed(left))


def _cuts(copied: NDArray[np.bool_]) -> list[int]:
    """Return where one kind ends and the other begins, if both are long enough.

    What is shorter belongs to what stands around it, the shortest first.
    """
    edges = np.flatnonzero(np.diff(copied.astype(np.int8))) + 1
    bounds = np.concatenate([[0], edges, [len(copied)]])
    while len(bounds) > 2:  # noqa: PLR2004 - one stretch has two
        lengths = np.diff(bounds)
        at = int(lengths.argmin())
        if lengths[at] >= _FEWEST:
            break
        last = len(bounds) - 1
        bounds = np.delete(bounds, [one for one in (at, at + 1) if 0 < one < last])
    cuts: list[int] = bounds[1:-1].tolist()
    return cuts


def _cut(
    runs: tuple[Run, ...], start: int, units: Units
) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return the runs before and from a place of the draft where a unit begins."""
    before: list[Run] = []
    for at, run in enumerate(runs):
        if run.draft.start >= start:
            return tuple(before), runs[at:]
        if run.draft.end > start:
            first, second = _halves(run, start, units)
            return (*before, first), (second, *runs[at + 1 :])
        before.append(run)
    return tuple(before), ()


def _halves(run: Run, start: int, units: Units) -> tuple[Run, Run]:
    """Cut an equal run in two; its source where as much of it stands before."""
    inside = units.within(run.draft)
    count = int(np.searchsorted(units.starts, start)) - inside.start
    end = int(units.ends[inside.start + count - 1])
    ours, theirs = run.draft, run.source
    ahead = min(max(start - ours.start, 1), len(theirs) - 1)
    stop = min(end - ours.start, ahead)
    first = run._replace(
        draft=Span(ours.start, end),
        source=Span(theirs.start, theirs.start + stop),
        units=count,
    )
    second = run._replace(
        draft=Span(start, ours.end),
        source=Span(theirs.start + ahead, theirs.end),
        units=run.units - count,
    )
    return first, second


def _trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return the runs from the first to the last equal one."""
    equal = [at for at, run in enumerate(runs) if run.change == "equal"]
    return runs[equal[0] : equal[-1] + 1]
