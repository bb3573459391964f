"""Structural echoes: what is announced and then used as a heading is no repeat."""

import re
from collections.abc import Sequence

from detector.model.alignment import Alignment
from detector.model.section import Section
from detector.model.span import Span

_MOSTLY = 0.8
_LONGEST = 30
"""Characters of a heading inside a paragraph beyond which it is a sentence."""
_LONGEST_ALONE = 40
"""The same of a heading that has a line of its own."""
_LINE_END = re.compile(r"[。；;.，,：:]?[ \t　]*(?:[\r\n]|\Z)")


def is_echo(alignment: Alignment, outline: Sequence[Section], text: str) -> bool:
    """Return whether a repeat inside a document is part of its structure.

    It is where most of one side is the heading of a section, and the other is not: an
    item that a preamble announces, a heading that its summary line takes up. Where
    both are headings it is, if they are short: a numbered sentence that stands twice
    is a repeat.

    Parameters
    ----------
    text : str
        Raw text of the document, to tell a heading on a line of its own.
    """
    headings = [section.heading for section in outline if _is_short(section, text)]
    sides = (alignment.draft, alignment.source)
    covered = [_covered(side, headings) >= _MOSTLY * len(side) for side in sides]
    if all(covered):
        return max(map(len, sides)) <= _LONGEST
    return any(covered)


def _is_short(section: Section, text: str) -> bool:
    alone = _LINE_END.match(text, section.heading.end) and not section.inline
    longest = _LONGEST_ALONE if alone else _LONGEST
    return 0 < len(section.heading) <= longest


def _covered(side: Span, headings: Sequence[Span]) -> int:
    return sum(len(side & heading) for heading in headings)
