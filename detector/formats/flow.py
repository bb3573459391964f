"""HTML tags and texts as they come, gathered into blocks as a browser lays them out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detector.formats.builder import HIDDEN, TextBuilder
from detector.formats.seen import Seen, judged
from detector.model.document import BlockKind, Place, Unseen
from detector.model.span import Span

_INLINE = re.compile(
    r"(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label"
    r"|input|mark|nobr|o:p|q|rp|rt|ruby|s|samp|small|span|strike|strong|sub|sup|textpath"
    r"|time|tspan|tt|u|var|wbr)\Z"
)
_HEADING = re.compile(r"h([1-6])\Z")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
# A line break in the source between two Chinese characters is no space.
_BROKEN = re.compile(rf"(?<={_WIDE})[ \t\f]*[\r\n][ \t\r\n\f]*(?={_WIDE})")
_AROUND_BREAK = re.compile(r" ?\n ?")


LAYOUT = 0
"""For the columns of a cell that only lays out the page: its text is running text."""


@dataclass(slots=True)
class _Table:
    number: int
    row: int = 0
    column: int = 0
    next_column: int = 1
    in_cell: bool = False


class Flow:
    """Turns tags and texts into blocks of `builder`."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._pieces: list[tuple[str, Seen]] = []
        self._level = 0
        self._paragraph = 0
        self._numbered = 0
        self._preformatted = 0
        self._tables: list[_Table] = []
        self._all_tables = 0

    def text(self, text: str, seen: Seen = Seen.YES) -> None:
        """Add a text node, and whether a reader sees it."""
        text = text if self._preformatted else _collapsed(text)
        self._pieces.append((text, seen))

    def enter(self, tag: str, columns: int = 1) -> None:
        """Begin an element; a cell may span several `columns`, or be `LAYOUT`."""
        if tag == "br":
            self._break()
        if tag == "br" or _INLINE.match(tag):
            return
        self._flush()
        if heading := _HEADING.match(tag):
            self._level = int(heading[1])
        self._paragraph += tag == "p"
        self._preformatted += tag == "pre"
        if tag == "table":
            self._all_tables += 1
            self._tables.append(_Table(self._all_tables))
        elif self._tables:
            _enter_table(self._tables[-1], tag, columns)

    def leave(self, tag: str) -> None:
        """End an element."""
        if tag == "br" or _INLINE.match(tag):
            return
        self._flush()
        if _HEADING.match(tag):
            self._level = 0
        self._paragraph -= tag == "p"
        self._preformatted -= tag == "pre"
        if tag == "table" and self._tables:
            self._tables.pop()
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].in_cell = False

    def end(self) -> None:
        """Take what is left as the last block."""
        self._flush()

    def _break(self) -> None:
        """Break the line in a paragraph; in bare text, or twice, begin another."""
        twice = (
            "".join(text for text, _ in self._pieces[-2:]).rstrip(" ").endswith("\n")
        )
        if (self._paragraph or self._level) and not twice:
            self._pieces.append(("\n", Seen.YES))
        else:
            self._flush()

    def _flush(self) -> None:
        pieces, left_out = judged(self._pieces)
        self._builder.left_out[HIDDEN] += left_out
        self._pieces.clear()
        text, unseen = self._laid_out(pieces)
        if not text:
            return
        table = self._tables[-1] if self._tables else None
        if table and table.in_cell and not self._level:
            place = Place(table=table.number, row=table.row, column=table.column)
            self._builder.add(text, place, BlockKind.CELL, unseen=unseen)
            return
        self._numbered += 1
        kind = BlockKind.HEADING if self._level else BlockKind.PARAGRAPH
        place = Place(paragraph=self._numbered)
        self._builder.add(text, place, kind, self._level, unseen)

    def _laid_out(
        self, pieces: Sequence[tuple[str, Unseen | None]]
    ) -> tuple[str, list[tuple[Unseen, Span]]]:
        """Return the text of a block, and the parts of it that nobody sees."""
        if not any(why for _, why in pieces):
            return self._trimmed("".join(text for text, _ in pieces)), []
        laid: list[str] = []
        unseen = []
        length = 0
        for text, why in pieces:
            trimmed = self._trimmed(text) if why else text
            if why and trimmed:
                unseen.append((why, Span(length, length + len(trimmed))))
            laid.append(trimmed if why or length else text.lstrip(" \n"))
            length += len(laid[-1])
        return "".join(laid).rstrip(" \n"), unseen

    def _trimmed(self, text: str) -> str:
        if not self._preformatted:
            text = _AROUND_BREAK.sub("\n", re.sub(" +", " ", text))
        return text.strip(" \n")


def is_inline(tag: str) -> bool:
    """Tell whether an element stands in a line, and not in a block of its own."""
    return bool(_INLINE.match(tag))


def _enter_table(table: _Table, tag: str, columns: int) -> None:
    if tag == "tr":
        table.row, table.next_column = table.row + 1, 1
    elif tag in ("td", "th"):
        table.column = table.next_column
        table.next_column += max(columns, 1)
        table.in_cell = columns != LAYOUT


def _collapsed(text: str) -> str:
    return _SPACE.sub(" ", _BROKEN.sub("", text))
