"""The lines of a PDF page, in the order of its content, with their places."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median
from typing import Any, NamedTuple

from detector.formats.pdf_looks import (
    FIRST_WIDE,
    LINE_BREAKS,
    Glyph,
    Look,
    Looks,
    shown,
    unsure,
)
from detector.formats.pdf_objects import (
    has_pictures,
    notes,
    outermost,
    unread_pictures,
)

# What PDFium gives for a hyphen that divides a word; it joins the lines around it.
_HYPHENS = frozenset("\x02\ufffe")
_ASTRAY = 20
"""Lines of a page from which on their order is in doubt, if most of them are so."""
_NEAR = 2.0
"""Points; cells of a table are further from each other."""


class Line(NamedTuple):
    """A line of text; edges in points from the lower left corner of the page.

    `size` is the em of most of its characters, in points; `is_wide` tells that it was
    measured on Chinese ones, which is not to be compared with the height of Latin ones.
    """

    text: str
    left: float
    right: float
    bottom: float
    size: float

    @property
    def is_wide(self) -> bool:
        """True if there is a Chinese character, or another wide one."""
        return max(self.text, default="") >= FIRST_WIDE


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page.

    Attributes
    ----------
    number : int
        From 1.
    height : float
        In points.
    characters : int
        As PDFium counts them, line breaks included, and those of notes.
    has_pictures : bool
        Known only for pages without text, where it matters.
    is_picture : bool
        A picture without text takes most of it.
    pictures : int
        Those of some size without text, on a page that has some.
    hidden : int
        Characters that nobody sees between others; they are in no line.
    unsure : int
        Characters that a reader may not see, or sees in another order.
    notes : tuple of str
        What is written upon the page, and in the fields of its form.
    """

    number: int
    height: float
    lines: tuple[Line, ...]
    characters: int = 0
    has_pictures: bool = False
    is_picture: bool = False
    pictures: int = 0
    hidden: int = 0
    unsure: int = 0
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All lines, without what separates them."""
        return "".join(line.text for line in self.lines)


def read_page(page: Any, number: int, most: int) -> Page:  # noqa: ANN401 - published without types
    """Return the lines of a pypdfium2 page, the `number`-th of its document.

    A page of more than `most` characters is counted and not read.
    """
    layer = page.get_textpage()
    try:
        characters = int(layer.count_chars())
        written = tuple(notes(page, most))
        characters += sum(map(len, written))
        if characters > most:
            return Page(number, 0.0, (), characters)
        read = _read(page, layer, number)
    finally:
        layer.close()
        page.close()
    return replace(read, characters=characters, notes=written)


def _read(page: Any, layer: Any, number: int) -> Page:  # noqa: ANN401
    box, objects = page.get_bbox(), outermost(page)
    addresses = (ctypes.cast(one, ctypes.c_void_p).value or 0 for one in objects)
    glyphs = list(_glyphs(layer, Looks(box, frozenset(addresses))))
    is_empty = all(one.char.isspace() for one in glyphs)
    is_asked = is_empty or any(one.look is Look.NEVER for one in glyphs)
    pictured = is_asked and has_pictures(objects)
    seen = shown(glyphs, objects, has_pictures=pictured)
    unread, is_large = unread_pictures(objects, box, seen)
    return Page(
        number,
        float(page.get_height()),
        tuple(_lines(seen)),
        has_pictures=is_empty and pictured,
        is_picture=pictured if is_empty else is_large,
        pictures=unread,
        hidden=len(glyphs) - len(seen),
        unsure=_unsure(seen),
    )


def _unsure(shown: Sequence[Glyph]) -> int:
    """Count what a reader may not see, or sees in another order.

    The latter if it is so with most lines of the page.
    """
    drawn = (
        [one for one in line if not one.char.isspace()] for line in _by_line(shown)
    )
    lines = list(filter(None, drawn))
    astray = _astray(lines)
    if len(astray) < max(_ASTRAY, len(lines) / 2):
        astray = []
    return sum(map(len, astray)) + sum(map(unsure, lines))


def _astray(lines: Sequence[Sequence[Glyph]]) -> list[Sequence[Glyph]]:
    """Return the lines that a reader reads on from, or to, another one than we do.

    They begin where one has ended that is not the line before, or end where one began.
    """
    begun: set[tuple[int, int]] = set()
    ended: set[tuple[int, int]] = set()
    found = []
    before = None
    for line in lines:
        begin, end = (line[0].left, line[0].bottom), (line[-1].right, line[-1].bottom)
        if not (ended.isdisjoint(_near(*begin)) and begun.isdisjoint(_near(*end))):
            found.append(line)
        if before:
            ended.add(_near(*before)[0])
        begun.add(_near(*begin)[0])
        before = end
    return found


def _near(x: float, y: float) -> list[tuple[int, int]]:
    """Return the square of a place, and then those around it."""
    across, up = round(x / _NEAR), round(y / _NEAR)
    steps = (0, 1, -1)
    return [(across + right, up + above) for right in steps for above in steps]


def _by_line(shown: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    for is_end, group in groupby(shown, lambda one: one.char in LINE_BREAKS):
        if not is_end:
            yield list(group)


def _lines(shown: Sequence[Glyph]) -> Iterator[Line]:
    for glyphs in _by_line(shown):
        yield from _line(glyphs)


def _line(glyphs: list[Glyph]) -> Iterator[Line]:
    drawn = [glyph for glyph in glyphs if not glyph.char.isspace()]
    if drawn:
        # Beyond the basic plane PDFium gives the two halves one by one.
        halves = "".join(glyph.char for glyph in glyphs)
        text = halves.encode("utf-16-le", "surrogatepass").decode(
            "utf-16-le", "replace"
        )
        yield Line(
            text.strip(),
            min(glyph.left for glyph in drawn),
            max(glyph.right for glyph in drawn),
            median(glyph.bottom for glyph in drawn),
            _em(drawn),
        )


def _em(drawn: list[Glyph]) -> float:
    """Estimate the em: Chinese characters are one wide, whatever their font."""
    wide = [glyph.right - glyph.left for glyph in drawn if glyph.char >= FIRST_WIDE]
    return median(wide or (glyph.size for glyph in drawn)) or 1.0


def _glyphs(layer: Any, looks: Looks) -> Iterator[Glyph]:  # noqa: ANN401
    """Yield the characters one by one: PDFium's own text lacks some at line ends."""
    from pypdfium2 import raw

    rect = raw.FS_RECTF()
    here = ctypes.byref(rect)
    for at in range(layer.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(layer, at))
        raw.FPDFText_GetLooseCharBox(layer, at, here)
        box = (rect.left, rect.bottom, rect.right, rect.top)
        look = looks.of(raw.FPDFText_GetTextObject(layer, at), box)
        left, bottom, right, top = box
        shown = "-" if char in _HYPHENS else char
        if char != "\x00":
            yield Glyph(shown, left, right, bottom, top, look)
        if char in _HYPHENS:
            yield Glyph("\n", right, right, bottom, top)
