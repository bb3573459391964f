"""Looking at WordprocessingML by local names: both namespaces of the standard do."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element: TypeAlias = _Element
else:
    Element = object

_OF_OFFICE = re.compile(
    r"https?://(?:schemas\.microsoft\.com/office|schemas\.openxmlformats\.org|purl\.oclc\.org)/"
)
_FIRST = 8
"""Children among which properties are: others may put something before them."""
_DIGITS = re.compile(r"[0-9]{1,4}\Z")
# Around blocks, rows, cells and runs alike; what is inside counts as if they were not.
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})


def name_of(element: Element) -> str:
    """Return the name without its namespace; empty for entities and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None) -> Iterator[Element]:
    """Yield the child elements; none of no element."""
    yield from () if element is None else element


def unwrapped(element: Element) -> Iterator[Element]:
    """Yield the children, those of wrappers and of the newer alternative in place."""
    for child in children(element):
        name = name_of(child)
        if name in _WRAPPERS:
            yield from unwrapped(child)
        elif name == "AlternateContent":
            yield from unwrapped(alternative(child))
        else:
            yield child


def alternative(element: Element) -> Element:
    """Return the alternative that Word shows: the first that it knows, or the last."""
    choices = list(children(element)) or [element]
    known = (c for c in choices if name_of(c) == "Choice" and _is_known(c))
    return next(known, choices[-1])


def _is_known(choice: Element) -> bool:
    """Tell whether a choice asks for nothing but what Office has made."""
    asked = (value(choice, "Requires") or "").split()
    spaces = (choice.nsmap.get(prefix) for prefix in asked)
    return all(_OF_OFFICE.match(space) for space in spaces if space)


def child(element: Element | None, *names: str) -> Element | None:
    """Return the descendant along a path of names, or None.

    Properties come first, by the schema, and are looked for there only: what they are
    of may have a hundred thousand children.
    """
    for name in names:
        inside = children(element)
        if name.endswith("Pr"):
            inside = islice(inside, _FIRST)
        found = (c for c in inside if name_of(c) == name)
        element = next(found, None)
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute by its name without namespace, or None."""
    if element is None:
        return None
    for key, text in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(text)
    return None


def number(element: Element | None, name: str = "val") -> int | None:
    """Return an attribute as a number of at most four digits, or None."""
    found = _DIGITS.match(value(element, name) or "")
    return int(found[0]) if found else None


def is_on(element: Element | None) -> bool:
    """Tell whether a switch is there and not switched off."""
    return element is not None and value(element) not in ("0", "false", "off")
