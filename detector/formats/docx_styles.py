"""What the styles of a Word document say: which are headings, which hide text."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from detector.formats.docx_xml import (
    Element,
    child,
    children,
    is_on,
    name_of,
    number,
    value,
)
from detector.model.document import Unseen

_NAMED = re.compile(r"(?:heading|标题)\s*([1-9])\Z", re.IGNORECASE)
_DEEPEST = 9
_TINY = 6
"""Half points of a letter that nobody reads."""
_NARROW = 10
"""Percent of its width, likewise."""
_LIGHTEST = re.compile(r"(?:F[5-9A-F]){3}\Z|WHITE\Z")
_OF_PAPER = frozenset({"background1", "light1"})
"""Colours of a theme: that of the page."""
_NO_GROUND = frozenset({"AUTO", "NONE", "CLEAR"})
_HIGHLIGHTS = {
    "YELLOW": "FFFF00",
    "BLACK": "000000",
    "RED": "FF0000",
    "BLUE": "0000FF",
    "GREEN": "00FF00",
    "CYAN": "00FFFF",
    "MAGENTA": "FF00FF",
    "LIGHTGRAY": "C0C0C0",
    "DARKGRAY": "808080",
}
_INHERITED = 10
"""Styles in a row that are followed upwards; a circle ends here, too."""


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str
    level: int | None
    hidden: Element | None
    numbered: bool
    run: Element | None = None


class Styles:
    """The styles part of a document; without one nothing is styled."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {
            value(style, "styleId") or "": _Style(
                value(child(style, "basedOn")) or "",
                _level(style),
                child(style, "rPr", "vanish"),
                child(style, "pPr", "numPr") is not None,
                child(style, "rPr"),
            )
            for style in children(root)
        }
        self._default = child(root, "docDefaults", "rPrDefault", "rPr")

    def level(self, paragraph: Element) -> int:
        """Return the heading level of a paragraph, from 1; 0 if it is none."""
        properties = child(paragraph, "pPr")
        own = number(child(properties, "outlineLvl"))
        if own is not None:
            return _from_one(own)
        styles = self._chain(value(child(properties, "pStyle")))
        return next((s.level for s in styles if s.level is not None), 0)

    def is_hidden(self, properties: Element | None, paragraph: Element) -> bool:
        """Tell whether a run with these `properties` is hidden text."""
        own = child(properties, "vanish")
        if own is not None:
            return is_on(own)
        ids = (
            value(child(properties, "rStyle")),
            value(child(paragraph, "pPr", "pStyle")),
        )
        styles = (style for name in ids for style in self._chain(name))
        return is_on(next((s.hidden for s in styles if s.hidden is not None), None))

    def unseen(self, properties: Element | None, paragraph: Element) -> Unseen | None:
        """Tell why a reader does not see a run: no contrast, or tiny letters.

        What its properties do not say, its styles do, and those of the document.
        """
        looks = self._looks(properties, paragraph)
        size, width = number(looks("sz")), number(looks("w"))
        if size is not None and 0 < size <= _TINY:
            return Unseen.TINY
        if width is not None and 0 < width <= _NARROW:
            return Unseen.TINY
        colour = _colour(looks("color"))
        shades = (
            value(looks("highlight")),
            value(looks("shd"), "fill"),
            value(child(paragraph, "pPr", "shd"), "fill"),
        )
        named = [shade.upper() for shade in shades if shade]
        behind = [_HIGHLIGHTS.get(one, one) for one in named if one not in _NO_GROUND]
        if behind:
            light = _LIGHTEST.match(colour) and _LIGHTEST.match(behind[0])
            return Unseen.WHITE if light or colour == behind[0] else None
        seen = not _LIGHTEST.match(colour) or _is_in_a_cell(paragraph)
        return None if seen else Unseen.WHITE

    def _looks(
        self, properties: Element | None, paragraph: Element
    ) -> Callable[[str], Element | None]:
        """Return what says how a run looks, by the name of a property."""
        ids = (
            value(child(properties, "rStyle")),
            value(child(paragraph, "pPr", "pStyle")),
        )
        chain = [style.run for name in ids for style in self._chain(name)]

        def look(name: str) -> Element | None:
            said = (child(one, name) for one in (properties, *chain, self._default))
            return next((one for one in said if one is not None), None)

        return look

    def is_numbered(self, paragraph: Element) -> bool:
        """Tell whether the word processor puts a number or a bullet before it."""
        own = child(paragraph, "pPr", "numPr")
        if own is not None:
            return value(child(own, "numId")) != "0"
        return any(
            s.numbered for s in self._chain(value(child(paragraph, "pPr", "pStyle")))
        )

    def _chain(self, name: str | None) -> list[_Style]:
        found: list[_Style] = []
        style = self._styles.get(name or "")
        while style and len(found) < _INHERITED:
            found.append(style)
            style = self._styles.get(style.based_on)
        return found


def _colour(said: Element | None) -> str:
    """Return six hexadecimal digits, or what else is said of a colour."""
    shaded = value(said, "themeShade") or value(said, "themeTint")
    if value(said, "themeColor") in _OF_PAPER and not shaded:
        return "FFFFFF"
    return (value(said) or "").upper()


def _is_in_a_cell(paragraph: Element) -> bool:
    """Tell whether a table may put a colour behind a paragraph."""
    parent = paragraph.getparent()
    while parent is not None and name_of(parent) != "tc":
        parent = parent.getparent()
    return parent is not None


def _level(style: Element) -> int | None:
    named = _NAMED.match((value(child(style, "name")) or "").strip())
    if named:
        return int(named[1])
    outline = number(child(style, "pPr", "outlineLvl"))
    return None if outline is None else _from_one(outline)


def _from_one(outline: int) -> int:
    return outline + 1 if outline < _DEEPEST else 0
