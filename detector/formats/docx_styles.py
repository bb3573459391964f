"""What the styles of a Word document say: which are headings, which hide text."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from detector.formats.docx_looks import Look, ground_of, is_flat, look_of
from detector.formats.docx_xml import (
    Element,
    child,
    children,
    name_of,
    number,
    value,
)

_NAMED = re.compile(r"(?:heading|标题)\s*([1-9])\Z", re.IGNORECASE)
_DEEPEST = 9
_INHERITED = 10
"""Styles in a row that are followed upwards; a circle ends here, too."""
_KEPT = 1 << 12
"""Combinations of styles of which it is kept what they say together."""


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str
    level: int | None
    numbered: bool
    look: Look
    ground: str | None
    flat: bool | None
    shades: bool
    """Whether it puts a colour behind all or some of the cells of a table."""


class Paragraph(NamedTuple):
    """What the properties and the style of a paragraph say of it.

    Attributes
    ----------
    style : str
        Its style, or that of all that have none.
    level : int
        Its level as a heading, from 1; 0 if it is none.
    is_numbered : bool
        Whether the word processor puts a number or a bullet before it.
    ground : str or None
        The colour behind it, if it has one of its own.
    is_flat : bool
        Whether its lines are cut off so that nobody reads them.
    """

    style: str
    level: int = 0
    is_numbered: bool = False
    ground: str | None = None
    is_flat: bool = False


class Styles:
    """The styles part of a document; without one nothing is styled."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._defaults: dict[str, str] = {}
        for style in children(root):
            name = value(style, "styleId")
            if not name:
                continue
            self._styles[name] = _style(style)
            if value(style, "default") in ("1", "true", "on"):
                self._defaults[value(style, "type") or ""] = name
        self._default = look_of(child(root, "docDefaults", "rPrDefault", "rPr"))
        self._together = lru_cache(_KEPT)(self._look)
        self._styled = lru_cache(_KEPT)(self._paragraph)

    def paragraph(self, properties: Element | None) -> Paragraph:
        """Return what is said of a paragraph: by its `properties`, or its style."""
        if properties is None:
            return self._styled(self._known(None, "paragraph"))
        own = {name_of(one): one for one in properties}
        styled = self._styled(self._known(value(own.get("pStyle")), "paragraph"))
        level, numbers = number(own.get("outlineLvl")), own.get("numPr")
        ground, flat = ground_of(own.get("shd")), _flat(own.get("spacing"))
        return Paragraph(
            styled.style,
            styled.level if level is None else _from_one(level),
            styled.is_numbered if numbers is None else _has_number(numbers),
            styled.ground if ground is None else ground,
            styled.is_flat if flat is None else flat,
        )

    def table(self, properties: Element | None) -> str:
        """Return the style of a table: its own, or that of all that have none."""
        return self._known(value(child(properties, "tblStyle")), "table")

    def shades(self, style: str) -> bool:
        """Tell whether a style of tables puts a colour behind cells."""
        return any(one.shades for one in self._chain(style))

    def look(self, own: Look, paragraph: str, table: str) -> Look:
        """Return how a run looks: as it says, or its styles, or the document."""
        run = own.get("rStyle", "")
        styled = self._together(run if run in self._styles else "", paragraph, table)
        return {**styled, **own} if own else styled

    def _look(self, run: str, paragraph: str, table: str) -> Look:
        look = dict(self._default)
        for name in (table, paragraph, run):
            for style in reversed(self._chain(name)):
                look.update(style.look)
        return look

    def _paragraph(self, name: str) -> Paragraph:
        chain = self._chain(name)
        levels = (one.level for one in chain if one.level is not None)
        grounds = (one.ground for one in chain if one.ground is not None)
        flats = (one.flat for one in chain if one.flat is not None)
        return Paragraph(
            name,
            next(levels, 0),
            any(one.numbered for one in chain),
            next(grounds, None),
            next(flats, False),
        )

    def _known(self, name: str | None, kind: str) -> str:
        return name if name and name in self._styles else self._defaults.get(kind, "")

    def _chain(self, name: str) -> list[_Style]:
        found: list[_Style] = []
        style = self._styles.get(name)
        while style and len(found) < _INHERITED:
            found.append(style)
            style = self._styles.get(style.based_on)
        return found


def _style(style: Element) -> _Style:
    properties = child(style, "pPr")
    return _Style(
        value(child(style, "basedOn")) or "",
        _level(style),
        child(properties, "numPr") is not None,
        look_of(child(style, "rPr")),
        ground_of(child(properties, "shd")),
        _flat(child(properties, "spacing")),
        any(
            ground_of(child(cells, "shd")) is not None
            for cells in style.iter("{*}tcPr", "{*}tblPr")
        ),
    )


def _flat(spacing: Element | None) -> bool | None:
    """Tell whether lines are cut off; None if nothing is said of their height."""
    if value(spacing, "line") is None:
        return None
    return is_flat(spacing, "line", "lineRule")


def _level(style: Element) -> int | None:
    named = _NAMED.match((value(child(style, "name")) or "").strip())
    if named:
        return int(named[1])
    outline = number(child(style, "pPr", "outlineLvl"))
    return None if outline is None else _from_one(outline)


def _from_one(outline: int) -> int:
    return outline + 1 if outline < _DEEPEST else 0


def _has_number(properties: Element) -> bool:
    return value(child(properties, "numId")) != "0"
