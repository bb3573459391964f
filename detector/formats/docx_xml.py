"""Looking at WordprocessingML by local names: both namespaces of the standard do."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element: TypeAlias = _Element
else:
    Element = object

_OF_OFFICE = re.compile(
    r"https?://(?:schemas\.microsoft\.com/office|schemas\.openxmlformats\.org|purl\.oclc\.org)/"
)
_DIGITS = re.compile(r"[0-9]{1,4}\Z")
_DELETED = frozenset({"del", "moveFrom"})


def name_of(element: Element) -> str:
    """Return the name without its namespace; empty for entities and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None) -> Iterator[Element]:
    """Yield the child elements; none of no element."""
    yield from () if element is None else element


def outermost(element: Element, names: frozenset[str]) -> Iterator[Element]:
    """Yield the outermost elements of these names, whatever is wrapped around them.

    Of alternatives the one that is shown; none in properties, or in what is deleted.
    """
    for inner in children(element):
        name = name_of(inner)
        if name in names:
            yield inner
        elif name == "AlternateContent":
            yield from outermost(alternative(inner), names)
        elif name not in _DELETED and not name.endswith("Pr"):
            yield from outermost(inner, names)


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
    """Return the descendant along a path of names, or None."""
    for name in names:
        if element is None:
            return None
        element = next(element.iterchildren("{*}" + name), None)
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute by its name without namespace, or None."""
    if element is None:
        return None
    for key, text in element.items():
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
