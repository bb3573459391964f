"""How a run of a Word document looks, and whether a reader sees it."""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from detector.formats.docx_xml import (
    Element,
    child,
    children,
    is_on,
    name_of,
    value,
)
from detector.model.document import Unseen

Look: TypeAlias = Mapping[str, str]
"""What is said of a run, by the name of the property; colours as six digits."""

PAGE = "FFFFFF"
ANY = ""
"""A ground of which the colour is not known: every colour may be seen on it."""
_TINY = 8
"""Half points of a letter that nobody reads."""
_NARROW = 20
"""Percent of its width, likewise."""
_FLAT = 40
"""Twentieths of a point of a line or row that is cut off there."""
_ALIKE = 24
"""Levels of red, green and blue, of 255, by which two colours are told apart."""
_HEX = re.compile(r"[0-9A-F]{6}\Z")
_OF_PAPER = frozenset({"background1", "light1", "bg1", "lt1"})
"""Colours of a theme: that of the page."""
_CLEAR = re.compile(r"9[0-9]{4}\Z|100000\Z|(?:9[0-9]|100)%\Z")
"""Transparency of a colour that nobody sees: 90,000 and more of 100,000."""
_DRAWN = ("{*}srgbClr", "{*}schemeClr")
_NOTHING = "none"
_HIGHLIGHTS = {
    "yellow": "FFFF00",
    "black": "000000",
    "red": "FF0000",
    "blue": "0000FF",
    "green": "00FF00",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "lightGray": "C0C0C0",
    "darkGray": "808080",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "white": "FFFFFF",
}


def look_of(properties: Element | None) -> Look:
    """Return what the properties of a run say of how it looks."""
    look: dict[str, str] = {}
    for one in children(properties):
        name = name_of(one)
        if name in _SAID and (said := _SAID[name](one)) is not None:
            look[name] = said
    return look


def is_hidden(look: Look) -> bool:
    """Tell whether a run is hidden text."""
    return look.get("vanish") == "on"


def unseen(look: Look, ground: str) -> Unseen | None:
    """Tell why a reader does not see a run: tiny letters, or no contrast."""
    if not look:
        return None
    if _is_at_most(look.get("sz"), _TINY) or _is_at_most(look.get("w"), _NARROW):
        return Unseen.TINY
    if look.get("specVanish") == "on":
        return Unseen.WHITE
    colour = look.get("textFill") or look.get("color", ANY)
    behind = look.get("highlight", look.get("shd", ground))
    seen = "textOutline" in look or not _are_alike(colour, behind)
    return None if seen else Unseen.WHITE


def colour_of(said: Element, name: str = "val") -> str:
    """Return the colour that an attribute names; `ANY` if it names none."""
    colour = (value(said, name) or "").upper()
    return colour if _HEX.match(colour) else ANY


def is_flat(height: Element | None, size: str, rule: str) -> bool:
    """Tell whether the height of a line or row is fixed so that all is cut off."""
    if height is None or value(height, rule) != "exact":
        return False
    return _is_at_most(value(height, size), _FLAT)


def ground_of(shade: Element | None) -> str | None:
    """Return the colour of a shading; None if there is none."""
    if shade is None:
        return None
    pattern = value(shade) or "clear"
    if pattern == "solid":
        return _themed(shade, "color", "themeColor")
    if pattern not in ("clear", "nil", "pct5"):
        return ANY
    if colour := _themed(shade, "fill", "themeFill"):
        return colour
    return ANY if value(shade, "themeFill") else None


def ground_of_box(box: Element) -> str:
    """Return the colour that a text box is filled with, as far as it is said."""
    for outer in box.iterancestors():
        name = name_of(outer)
        if name == "wsp":
            filled = child(outer, "spPr", "solidFill")
            drawn = next(children(filled), None)
            return ANY if drawn is None or len(drawn) else _drawn(drawn)
        if (said := value(outer, "fillcolor")) is not None:
            if not _is_plain(outer):
                return ANY
            colour = said.partition(" ")[0].lstrip("#").upper()
            return {"WHITE": PAGE}.get(colour, colour if _HEX.match(colour) else ANY)
        if name in ("drawing", "pict", "object"):
            break
    return ANY


def _is_at_most(said: str | None, most: int) -> bool:
    digits = (said or "").removesuffix("%")[:9]
    return digits.isdecimal() and 0 < int(digits) <= most


def _are_alike(colour: str, other: str) -> bool:
    if colour == _NOTHING:
        return True
    if not (colour and other):
        return False
    both = zip(bytes.fromhex(colour), bytes.fromhex(other), strict=True)
    return all(abs(one - two) <= _ALIKE for one, two in both)


def _is_plain(shape: Element) -> bool:
    """Tell whether a shape is filled with one colour that is not seen through."""
    fill = child(shape, "fill")
    switches = {value(shape, "filled"), value(fill, "on")}
    if switches & {"f", "false"} or value(fill, "opacity") is not None:
        return False
    return value(fill, "type") in (None, "solid")


def _themed(said: Element, name: str, theme: str) -> str:
    """Return the colour of the page if a theme gives it, else what `name` says."""
    stem = theme.removesuffix("Color")
    changed = value(said, f"{stem}Shade") or value(said, f"{stem}Tint")
    if value(said, theme) in _OF_PAPER and not changed:
        return PAGE
    return colour_of(said, name)


def _colour(said: Element) -> str:
    return _themed(said, "val", "themeColor")


def _highlight(said: Element) -> str | None:
    name = value(said) or "none"
    return None if name == "none" else _HIGHLIGHTS.get(name, ANY)


def _fill(said: Element) -> str | None:
    """Return the colour that letters are filled with, instead of that of the run."""
    if child(said, "noFill") is not None:
        return _NOTHING
    colours = [_drawn(one) for one in said.iter(*_DRAWN)]
    # Letters that run from white to another colour are seen.
    return next((one for one in colours if one != PAGE), PAGE) if colours else None


def _outline(said: Element) -> str | None:
    """Return whether a line is drawn around letters that is seen."""
    return None if _fill(said) in (None, _NOTHING, PAGE) else "on"


def _drawn(colour: Element) -> str:
    if _CLEAR.match(value(child(colour, "alpha")) or ""):
        return _NOTHING
    if name_of(colour) == "srgbClr":
        return colour_of(colour)
    return PAGE if value(colour) in _OF_PAPER and not len(colour) else ANY


def _switch(said: Element) -> str:
    return "on" if is_on(said) else "off"


_SAID: Mapping[str, Callable[[Element], str | None]] = {
    "rStyle": value,
    "vanish": _switch,
    "specVanish": _switch,
    "sz": value,
    "w": value,
    "color": _colour,
    "highlight": _highlight,
    "shd": ground_of,
    "textFill": _fill,
    "textOutline": _outline,
}
