"""The lines of a PDF page, in the order of its content, with their places."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from statistics import median
from typing import Any, NamedTuple

_LINE_BREAKS = frozenset("\r\n")
# What PDFium gives for a hyphen that divides a word; it joins the lines around it.
_HYPHENS = frozenset("\x02\ufffe")
_PICTURES_DEEP = 3
_OF_A_SCAN = 0.9
"""Share of invisible characters from which they are the text of a scan."""
_TINY = 1.5
"""Points of a character that nobody reads."""
_OFTEN, _SHORT = 4, 3
"""White parts of a line, and their characters on average, that come between others."""
_NO_COLOUR = (3, 7)
"""Rendering modes of text, neither filled nor drawn: ISO 32000, 9.3.6."""
_LIGHT, _CLEAR = 245, 8
"""Of 255: from which on a colour is white, and below which it is none."""
_FIRST_WIDE = "\u2e80"


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
        return max(self.text, default="") >= _FIRST_WIDE


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
        As PDFium counts them, line breaks included.
    has_pictures : bool
        Known only for pages without text, where it matters.
    hidden : int
        Characters that nobody sees between others; they are in no line.
    """

    number: int
    height: float
    lines: tuple[Line, ...]
    characters: int = 0
    has_pictures: bool = False
    hidden: int = 0

    @property
    def text(self) -> str:
        """All lines, without what separates them."""
        return "".join(line.text for line in self.lines)


class _Look(Enum):
    SEEN = "seen"
    WHITE = "white"
    NEVER = "never"
    """Drawn in no colour, or too small to be read."""


class _Glyph(NamedTuple):
    char: str
    left: float
    right: float
    bottom: float
    size: float
    look: _Look = _Look.SEEN


def read_page(page: Any, number: int, most: int) -> Page:  # noqa: ANN401 - published without types
    """Return the lines of a pypdfium2 page, the `number`-th of its document.

    A page of more than `most` characters is counted and not read.
    """
    height = float(page.get_height())
    layer = page.get_textpage()
    try:
        characters = int(layer.count_chars())
        glyphs = list(_glyphs(layer, characters)) if characters <= most else []
    finally:
        layer.close()
    shown = _shown(glyphs)
    lines = tuple(_lines(shown))
    pictures = not any(line.text.strip() for line in lines) and _has_pictures(page)
    page.close()
    hidden = len(glyphs) - len(shown)
    return Page(number, height, lines, characters, pictures, hidden)


def _shown(glyphs: Sequence[_Glyph]) -> list[_Glyph]:
    """Return the characters that a reader of the page sees.

    A page of invisible ones only is a scan with the text that was recognised in it. A
    line in which white ones come between others again and again is on no ground on
    which both are seen; a white word may be on a dark one.
    """
    never = sum(one.look is _Look.NEVER for one in glyphs)
    if never and never < _OF_A_SCAN * len(glyphs):
        glyphs = [one for one in glyphs if one.look is not _Look.NEVER]
    if not any(one.look is _Look.WHITE for one in glyphs):
        return list(glyphs)
    shown: list[_Glyph] = []
    for is_end, group in groupby(glyphs, lambda one: one.char in _LINE_BREAKS):
        line = list(group)
        if not is_end and _is_interspersed(line):
            line = [one for one in line if one.look is not _Look.WHITE]
        shown += line
    return shown


def _is_interspersed(line: Sequence[_Glyph]) -> bool:
    drawn = [one.look is _Look.WHITE for one in line if not one.char.isspace()]
    parts = [sum(1 for _ in group) for white, group in groupby(drawn) if white]
    return len(parts) >= _OFTEN and sum(parts) <= _SHORT * len(parts)


def _has_pictures(page: Any) -> bool:  # noqa: ANN401
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    found = page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=_PICTURES_DEEP)
    return next(iter(found), None) is not None


def _lines(shown: Sequence[_Glyph]) -> Iterator[Line]:
    glyphs: list[_Glyph] = []
    for glyph in shown:
        if glyph.char not in _LINE_BREAKS:
            glyphs.append(glyph)
        elif glyphs:
            yield from _line(glyphs)
            glyphs = []
    yield from _line(glyphs)


def _line(glyphs: list[_Glyph]) -> Iterator[Line]:
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


def _em(drawn: list[_Glyph]) -> float:
    """Estimate the em: Chinese characters are one wide, whatever their font."""
    wide = [glyph.right - glyph.left for glyph in drawn if glyph.char >= _FIRST_WIDE]
    return median(wide or (glyph.size for glyph in drawn)) or 1.0


def _glyphs(layer: Any, characters: int) -> Iterator[_Glyph]:  # noqa: ANN401
    """Yield the characters one by one: PDFium's own text lacks some at line ends."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    here = ctypes.byref(box)
    looks: dict[int | None, _Look] = {}
    for at in range(characters):
        char = chr(raw.FPDFText_GetUnicode(layer, at))
        raw.FPDFText_GetLooseCharBox(layer, at, here)
        size = box.top - box.bottom
        drawn = raw.FPDFText_GetTextObject(layer, at)
        address = ctypes.cast(drawn, ctypes.c_void_p).value
        if address not in looks:
            looks[address] = _look(drawn) if address else _Look.SEEN
        look = _Look.NEVER if 0 < size < _TINY else looks[address]
        shown = "-" if char in _HYPHENS else char
        if char != "\x00":
            yield _Glyph(shown, box.left, box.right, box.bottom, size, look)
        if char in _HYPHENS:
            yield _Glyph("\n", box.right, box.right, box.bottom, size)


def _look(drawn: Any) -> _Look:  # noqa: ANN401
    """Return how a text object of PDFium is seen on white paper."""
    from pypdfium2 import raw

    mode = raw.FPDFTextObj_GetTextRenderMode(drawn)
    if mode in _NO_COLOUR:
        return _Look.NEVER
    parts = [ctypes.c_uint() for _ in range(4)]
    if mode or not raw.FPDFPageObj_GetFillColor(drawn, *map(ctypes.byref, parts)):
        return _Look.SEEN  # drawn in outline
    *colour, alpha = (part.value for part in parts)
    if alpha < _CLEAR:
        return _Look.NEVER
    return _Look.WHITE if min(colour) >= _LIGHT else _Look.SEEN
