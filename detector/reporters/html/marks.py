"""The text of a draft in pieces: whose each is, and what was found there."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from detector.model.finding import Finding
from detector.model.ledger import SHOWN
from detector.model.match import Label, Match
from detector.model.report import Report
from detector.model.span import Span
from detector.text.visible import visible


class Piece(NamedTuple):
    """A stretch of one line in which nothing begins or ends.

    Attributes
    ----------
    label : str
        Of the match that matters most; empty if there is none.
    matches, findings : tuple of int
        Numbers of those that the piece belongs to.
    begins : tuple of str
        Anchors (``t-3``, ``f-7``) of what begins with the piece.
    level : str
        Of the worst finding; empty if there is none.
    """

    text: str
    label: str
    matches: tuple[int, ...]
    findings: tuple[int, ...]
    begins: tuple[str, ...]
    level: str


class Line(NamedTuple):
    """A line of the text; of a heading the number and level of its section."""

    number: int
    pieces: tuple[Piece, ...]
    section: int
    level: int
    counted: bool


class _Marked(NamedTuple):
    """A span of match (``t``) or finding (``f``); its first place is the anchor."""

    span: Span
    number: int
    anchor: str
    is_first: bool = True


def lines(report: Report) -> Iterator[Line]:
    """Yield the lines of the draft that hold anything, in order."""
    text = report.draft.text
    marks = _Marks(report)
    headings = {
        part.section.heading.start: (number, part.section.level)
        for number, part in enumerate(report.sections)
        if part.section.heading and not part.section.inline
    }
    starts = sorted(headings)
    outside = [span for _, span in report.not_counted]
    start = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        span = Span(start, start + len(line.rstrip("\r\n")))
        start += len(line)
        if not span.of(text).strip():
            continue
        at = bisect_right(starts, span.end) - 1
        here = at >= 0 and starts[at] >= span.start
        section, level = headings[starts[at]] if here else (-1, 0)
        counted = not any(
            one.start <= span.start and span.end <= one.end for one in outside
        )
        pieces = tuple(marks.pieces(span))
        yield Line(number, pieces, section, level, counted)


class _Marks:
    """Cuts lines where passages and findings begin and end."""

    def __init__(self, report: Report) -> None:
        self._text = report.draft.text
        self._matches = report.matches
        self._findings = report.findings
        self._marked = sorted(_marked(report.matches, report.findings))
        self._open: list[_Marked] = []
        self._next = 0

    def pieces(self, line: Span) -> Iterator[Piece]:
        """Yield the pieces of a line; lines have to come in order."""
        while (
            self._next < len(self._marked)
            and self._marked[self._next].span.start < line.end
        ):
            self._open.append(self._marked[self._next])
            self._next += 1
        self._open = [one for one in self._open if one.span.end > line.start]
        cuts = {line.start, line.end}
        for one in self._open:
            ends = one.span.start, one.span.end
            cuts |= {at for at in ends if line.start < at < line.end}
        for start, end in pairwise(sorted(cuts)):
            yield self._piece(Span(start, end))

    def _piece(self, span: Span) -> Piece:
        over = [one for one in self._open if one.span.overlaps(span)]
        matches = [one.number for one in over if one.anchor == "t"]
        findings = [one.number for one in over if one.anchor == "f"]
        labels = {self._matches[number].label for number in matches}
        label = next((one.value for one in SHOWN if one in labels), "")
        levels = [self._findings[number].level for number in findings]
        worst = max(levels, key=lambda level: level.rank, default=None)
        begins = tuple(
            f"{one.anchor}-{one.number}"
            for one in over
            if one.is_first and one.span.start == span.start
        )
        return Piece(
            visible(span.of(self._text)),
            label,
            tuple(sorted(matches, key=self._credit)),
            tuple(findings),
            begins,
            worst.value if worst else "",
        )

    def _credit(self, number: int) -> tuple[bool, int]:
        match = self._matches[number]
        return match.label is not Label.COPIED, -match.credit


def _marked(matches: Sequence[Match], findings: Sequence[Finding]) -> Iterator[_Marked]:
    for number, match in enumerate(matches):
        yield _Marked(match.draft.span, number, "t")
    for number, finding in enumerate(findings):
        if finding.matches and finding.span:
            continue  # its passage is marked
        for place, span in enumerate(finding.places or (finding.span,)):
            if span:
                yield _Marked(span, number, "f", is_first=not place)
