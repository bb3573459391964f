"""The lines of a PDF page, in the order of its content, with their places."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

_LINE_BREAKS = frozenset("\r\n")
# What PDFium gives for a hyphen that divides a word; it joins the lines around it.
_HYPHENS = frozenset("\x02\ufffe")
_PICTURES_DEEP = 3
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
    """

    number: int
    height: float
    lines: tuple[Line, ...]
    characters: int = 0
    has_pictures: bool = False

    @property
    def text(self) -> str:
        """All lines, without what separates them."""
        return "".join(line.text for line in self.lines)


class _Glyph(NamedTuple):
    char: str
    left: float
    right: float
    bottom: float
    size: float


def read_page(page: Any, number: int, most: int) -> Page:  # noqa: ANN401 - published without types
    """Return the lines of a pypdfium2 page, the `number`-th of its document.

    A page of more than `most` characters is counted and not read.
    """
    height = float(page.get_height())
    layer = page.get_textpage()
    try:
        characters = int(layer.count_chars())
        lines = tuple(_lines(layer, characters)) if characters <= most else ()
    finally:
        layer.close()
    pictures = not any(line.text.strip() for line in lines) and _has_pictures(page)
    page.close()
    return Page(number, height, lines, characters, pictures)


def _has_pictures(page: Any) -> bool:  # noqa: ANN401
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    found = page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=_PICTURES_DEEP)
    return next(iter(found), None) is not None


def _lines(layer: Any, characters: int) -> Iterator[Line]:  # noqa: ANN401
    glyphs: list[_Glyph] = []
    for glyph in _glyphs(layer, characters):
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
    for at in range(characters):
        char = chr(raw.FPDFText_GetUnicode(layer, at))
        raw.FPDFText_GetLooseCharBox(layer, at, here)
        size = box.top - box.bottom
        shown = "-" if char in _HYPHENS else char
        if char != "\x00":
            yield _Glyph(shown, box.left, box.right, box.bottom, size)
        if char in _HYPHENS:
            yield _Glyph("\n", box.right, box.right, box.bottom, size)
