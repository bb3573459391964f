"""Structural echoes: what is announced and then used as a heading is no repeat."""

from collections.abc import Sequence

from detector.model.alignment import Alignment
from detector.model.section import Section
from detector.model.span import Span

_MOSTLY = 0.8


def is_echo(alignment: Alignment, outline: Sequence[Section]) -> bool:
    """Return whether a repeat inside a document is part of its structure.

    It is where most of one side is the heading of a section: items that a preamble
    announces, a heading that its summary line takes up, a title that a table repeats.
    """
    headings = [section.heading for section in outline if section.heading]
    return any(
        _covered(side, headings) >= _MOSTLY * len(side)
        for side in (alignment.draft, alignment.source)
    )


def _covered(side: Span, headings: Sequence[Span]) -> int:
    return sum(
        max(min(side.end, heading.end) - max(side.start, heading.start), 0)
        for heading in headings
    )
