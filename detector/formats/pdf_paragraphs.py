"""Lines to paragraphs, by the layout of Chinese official prose.

    │　　按照通知要求，社区认真对照检查，│   indented: begins a paragraph
    │深刻查摆问题，形成如下材料，现将有关│   full: the next line goes on
    │情况报告如下：　　　　　　　　　　　│   ends early: ends the paragraph

A line that ends early ends its paragraph; one that is set in, of another size, or
after a gap begins one. Pages and columns do not.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from detector.formats.pdf_lines import Line, Page

_SHORT = 2.5
"""Ems; a line that ends further from the right edge is the last of its paragraph."""
_INDENT = 1.2
_GAP = 1.6
"""Times the usual distance of lines."""
_RESIZED = 1.15
_FULL_SHARE = 0.9
"""The right edge of a column is where this share of its lines has ended."""
_SAME_COLUMN = 3.0
"""Ems; columns that begin no further apart are one, on whatever page."""
_LATIN_WIDTH = 0.5
"""Ems; of a letter, to tell whether a word had still fitted on the line before."""
_INDENTED_DOCUMENT = 0.05
_WORD_END = re.compile(r"[A-Za-z0-9,.;:!?)\]'\"%’”]\Z")
_WORD_START = re.compile(r"[A-Za-z0-9(\['\"‘“$]\S*")
_HYPHENATED = re.compile(r"[a-z]-\Z")
_ITEM = re.compile(
    r"[•●■◆▪·*–-]\s|\(?\d+[.、)]|（[\d一二三四五六七八九十]+）|[一二三四五六七八九十]+、"
)
_SENTENCE_END = re.compile(r"[。！？：:.!?”」]\Z")


class _Set(NamedTuple):
    """A line as it is set: its page, and the edges of its column in points."""

    line: Line
    page: int
    left: float
    right: float

    @property
    def indent(self) -> float:
        """How far it is set in, in ems."""
        return (self.line.left - self.left) / (self.line.size or 1)

    def has_room(self, following: str) -> bool:
        """Tell whether the line ends early though what follows had fitted on it."""
        word = _WORD_START.match(following)
        needed = max(_SHORT, _LATIN_WIDTH * len(word[0]) if word else 0)
        return self.line.right < self.right - needed * self.line.size


def paragraphs(pages: Sequence[Page]) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs with the number of the page where each begins."""
    lines = _set(pages)
    steps = [a.line.bottom - b.line.bottom for a, b in pairwise(lines)]
    step = median([s for s in steps if s > 0] or [0.0])
    set_in = sum(line.indent > _INDENT for line in lines)
    by_item = set_in < _INDENTED_DOCUMENT * len(lines)
    begun: list[_Set] = []
    for line in lines:
        if begun and (
            _breaks(begun[-1], line, step)
            or _is_set_in(begun, line)
            or (by_item and _is_item(begun[-1], line))
        ):
            yield begun[0].page, _joined(begun)
            begun = []
        begun.append(line)
    if begun:
        yield begun[0].page, _joined(begun)


def _set(pages: Sequence[Page]) -> list[_Set]:
    """Find the columns: lines downwards, until one stands higher than the one before.

    The last page of a document may hold one short line, so that the edges are those
    of all columns that begin at the same place.
    """
    runs: list[tuple[int, list[Line]]] = []
    for page in pages:
        above = float("-inf")
        for line in page.lines:
            if line.bottom > above + line.size:
                runs.append((page.number, []))
            runs[-1][1].append(line)
            above = line.bottom
    edges: list[tuple[float, list[float]]] = []
    placed: list[tuple[int, list[Line], int]] = []
    for number, lines in sorted(runs, key=lambda run: min(x.left for x in run[1])):
        left, em = min(x.left for x in lines), median(x.size for x in lines)
        if not edges or left > edges[-1][0] + _SAME_COLUMN * em:
            edges.append((left, []))
        edges[-1][1].extend(line.right for line in lines)
        placed.append((number, lines, len(edges) - 1))
    rights = [sorted(found)[int(_FULL_SHARE * (len(found) - 1))] for _, found in edges]
    column = {id(lines): at for _, lines, at in placed}
    return [
        _Set(line, number, edges[column[id(lines)]][0], rights[column[id(lines)]])
        for number, lines in runs
        for line in lines
    ]


def _breaks(before: _Set, line: _Set, step: float) -> bool:
    alike = before.line.is_wide == line.line.is_wide
    sizes = sorted((before.line.size, line.line.size))
    if alike and sizes[1] > _RESIZED * sizes[0]:
        return True
    if before.has_room(line.line.text):
        return True
    return before.line.bottom - line.line.bottom > _GAP * step > 0


def _is_set_in(begun: Sequence[_Set], line: _Set) -> bool:
    """Tell an indented first line from the set-in lines of a list item or a quote."""
    if line.indent <= _INDENT:
        return False
    before = begun[-1]
    if len(begun) > 1:
        return line.indent > before.indent + _INDENT / 2
    hangs = line.indent > before.indent + _INDENT / 2
    return not (hangs and _ITEM.match(before.line.text))


def _is_item(before: _Set, line: _Set) -> bool:
    ended = _SENTENCE_END.search(before.line.text)
    return bool(ended and _ITEM.match(line.line.text))


def _joined(lines: Sequence[_Set]) -> str:
    text = lines[0].line.text
    for following in lines[1:]:
        more = following.line.text
        if _HYPHENATED.search(text) and more[:1].islower():
            text = text[:-1] + more
        elif _WORD_END.search(text) and _WORD_START.match(more):
            text += f" {more}"
        else:
            text += more
    return text
