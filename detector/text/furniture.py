"""What stands around the running text: title block, signature, table of contents."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from detector.model.span import Span
from detector.text.scripts import NUMERAL

Furniture: TypeAlias = tuple[tuple[str, Span], ...]
"""Reason codes of `detector.messages`, each with the raw span that is not counted."""

TITLE, SIGNATURE, CONTENTS, FRONT_MATTER = "N101", "N102", "N103", "N104"

_LONGEST_LINE = 40
_MOST_TITLE_LINES = 5
_MOST_SIGNATURE_LINES = 4
_LINE = re.compile(r"[^\r\n]+")
_PROSE = re.compile(r"[;!?:,]\s*$|[。；！？：，]")
_NUMBERED = re.compile(
    rf"\s*(?:[{NUMERAL}]+[、是]|[（(][{NUMERAL}\d]+[）)]|\d+[、.．]|第[{NUMERAL}\d]+[条章节])"
)
_DATE = re.compile(
    rf"\s*[（(]?(?:\d{{4}}|[{NUMERAL}]{{4}}|[xX×]+)年(?:[{NUMERAL}\dxX×]+月)?(?:[{NUMERAL}\dxX×]+日)?[）)]?\s*$"
)
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|\t)\s*[\dIVXivx]{1,4}\s*$")
_FRONT_MATTER = re.compile(r"\A---\r?\n.*?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def find_furniture(text: str) -> Furniture:
    """Return the parts of a raw `text` that no figure counts, in order, disjoint.

    The title block is short lines without a sentence before the first prose or heading;
    the signature is short lines at the end of which one is a date. Text without both
    prose and a blank or numbered line is taken for running text as it is.
    """
    front = _FRONT_MATTER.match(text)
    begin = front.end() if front else 0
    lines = [m for m in _LINE.finditer(text, begin) if m[0].strip()]
    found = [(FRONT_MATTER, Span(0, begin))] if front else []
    title = list(_title_lines(lines))
    body = lines[len(title) :]
    if not body:  # nothing but short lines: a list or a heading is running text, too
        title, body = [], lines
    found += _joined(TITLE, title)
    found += [(CONTENTS, Span(*m.span())) for m in body if _LEADERS.search(m[0])]
    found += _joined(SIGNATURE, _signature_lines(body))
    return tuple(found)


def _title_lines(lines: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    for line in lines[: _MOST_TITLE_LINES + 1]:
        short = len(line[0].strip()) <= _LONGEST_LINE
        if not short or _PROSE.search(line[0]) or _NUMBERED.match(line[0]):
            return
        yield line


def _signature_lines(lines: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    tail: list[re.Match[str]] = []
    for line in reversed(lines[1:][-_MOST_SIGNATURE_LINES:]):
        if len(line[0].strip()) > _LONGEST_LINE or _PROSE.search(line[0]):
            break
        if _NUMBERED.match(line[0]) and not _DATE.match(line[0]):
            break
        tail.insert(0, line)
    return tail if any(_DATE.match(line[0]) for line in tail) else []


def _joined(reason: str, lines: Sequence[re.Match[str]]) -> Iterator[tuple[str, Span]]:
    if lines:
        yield reason, Span(lines[0].start(), lines[-1].end())
