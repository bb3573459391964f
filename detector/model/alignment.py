"""How one passage follows another, run by run."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from detector.errors import AlignmentError
from detector.model.span import Span

Change = Literal["equal", "replace", "insert", "delete"]


class Run(NamedTuple):
    """A stretch of an alignment in which one thing happens; either span may be empty.

    ``equal`` means equal once normalized: the raw characters may still differ.
    ``insert`` stands only in the draft, ``delete`` only in the source. `units` is the
    number of counted characters on the longer side.
    """

    change: Change
    draft: Span
    source: Span
    units: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a passage follows its source; coordinates only, no text.

    Attributes
    ----------
    runs : tuple of Run
        Ascending in the draft; in the source, too, unless its parts changed places.
        The first and the last are ``equal``, no part of either side is in two of them.
        What lies between the spans of neighbours is not counted (punctuation, white
        space, and what the source has where the draft goes on elsewhere).

    Raises
    ------
    AlignmentError
        If there is no run, an end is not ``equal``, or runs meet or go backwards.
    """

    runs: tuple[Run, ...]

    def __post_init__(self) -> None:
        ends = {run.change for run in (*self.runs[:1], *self.runs[-1:])}
        forward = all(a.draft.end <= b.draft.start for a, b in pairwise(self.runs))
        taken = sorted(run.source for run in self.runs if run.source)
        apart = all(a.end <= b.start for a, b in pairwise(taken))
        if ends != {"equal"} or not forward or not apart:
            raise AlignmentError

    @property
    def reordered(self) -> bool:
        """Whether parts of the source stand in another order in the draft."""
        placed = [run.source for run in self.runs if run.source]
        return any(a.start > b.start for a, b in pairwise(placed))

    @property
    def equal(self) -> int:
        """Counted characters that stand on both sides."""
        return sum(run.units for run in self.runs if run.change == "equal")

    @property
    def identity(self) -> float:
        """Equal share of all columns of the alignment, above 0, at most 1."""
        return self.equal / sum(run.units for run in self.runs)

    @property
    def draft(self) -> Span:
        """The aligned passage of the draft."""
        return Span(self.runs[0].draft.start, self.runs[-1].draft.end)

    @property
    def source(self) -> Span:
        """The aligned passage of the source, from its first to its last part."""
        placed = [run.source for run in self.runs if run.source]
        return Span(min(one.start for one in placed), max(one.end for one in placed))

    def equal_spans(self) -> Iterable[Span]:
        """Yield the parts of the draft that also stand in the source."""
        return (run.draft for run in self.runs if run.change == "equal")

    def equal_sources(self) -> Iterable[Span]:
        """Yield the parts of the source that also stand in the draft."""
        return (run.source for run in self.runs if run.change == "equal")

    def readable(self, shortest: int = 2) -> tuple[Run, ...]:
        """Return the runs without islands shorter than `shortest` between changes.

        经济发展 → 全社区发展 reads better as one replacement than as the chance
        agreement of a single character between two of them. A word is no island, nor
        is what stands next to a part that changed its place.
        """
        merged: list[Run] = []
        for at, run in enumerate(self.runs):
            shown = (
                run._replace(change="replace") if self._island(at, shortest) else run
            )
            changed = "equal" not in (shown.change, *(m.change for m in merged[-1:]))
            if merged and changed and _follows(merged[-1], shown):
                merged[-1] = _joined(merged[-1], shown)
            else:
                merged.append(shown)
        return tuple(merged)

    def _island(self, at: int, shortest: int) -> bool:
        """Return whether run `at` is a chance agreement between two changes."""
        near = self.runs[max(at - 1, 0) : at + 2]
        run = self.runs[at]
        short = run.change == "equal" and run.units < shortest
        inside = len(near) == 3 and len(run.draft) <= _ISLAND  # noqa: PLR2004
        return short and inside and all(map(_follows, near, near[1:]))

    def substitutions(self, draft: str, source: str) -> Counter[tuple[str, str]]:
        """Count what was replaced by what, as pairs (source wording, draft wording)."""
        return Counter(
            (run.source.of(source), run.draft.of(draft))
            for run in self.readable()
            if run.change == "replace" and len(run.draft) and len(run.source)
        )


_ISLAND = 3
"""Characters of the longest island."""
_NEAR = 3
"""Characters (signs, spaces) between runs that follow each other in the source."""


def _follows(first: Run, second: Run) -> bool:
    """Return whether a run goes on where another one ended, in the source, too."""
    return 0 <= second.source.start - first.source.end <= _NEAR


def _joined(first: Run, second: Run) -> Run:
    draft = _hull(first.draft, second.draft)
    source = _hull(first.source, second.source)
    change: Change = "replace"
    if not draft:
        change = "delete"
    elif not source:
        change = "insert"
    return Run(change, draft, source, first.units + second.units)


def _hull(first: Span, second: Span) -> Span:
    """Return the span from one to the other; an empty one says nothing."""
    if not first or not second:
        return first or second
    return Span(first.start, max(first.end, second.end))
