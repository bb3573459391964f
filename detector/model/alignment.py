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

    def readable(self, shortest: int = 2) -> tuple[Run, ...]:
        """Return the runs without islands shorter than `shortest` between changes.

        经济发展 → 全社区发展 reads better as one replacement than as the chance
        agreement of a single character between two of them.
        """
        merged: list[Run] = []
        last = len(self.runs) - 1
        for at, run in enumerate(self.runs):
            island = run.change == "equal" and run.units < shortest and 0 < at < last
            changed = "replace" if island else run.change
            if merged and changed != "equal" and merged[-1].change != "equal":
                merged[-1] = _joined(merged[-1], run)
            else:
                merged.append(run._replace(change=changed))
        return tuple(merged)

    def substitutions(self, draft: str, source: str) -> Counter[tuple[str, str]]:
        """Count what was replaced by what, as pairs (source wording, draft wording)."""
        return Counter(
            (run.source.of(source), run.draft.of(draft))
            for run in self.readable()
            if run.change == "replace" and len(run.draft) and len(run.source)
        )


def _joined(first: Run, second: Run) -> Run:
    draft = Span(first.draft.start, max(first.draft.end, second.draft.end))
    source = Span(first.source.start, max(first.source.end, second.source.end))
    change: Change = "replace"
    if not draft:
        change = "delete"
    elif not source:
        change = "insert"
    return Run(change, draft, source, first.units + second.units)
