"""Looking at WordprocessingML by local names: both namespaces of the standard do."""

import re
from collections.abc import Iterator, Mapping
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

    None in properties, or in what is deleted.
    """
    for inner in children(element):
        name = name_of(inner)
        if name in names:
            yield inner
        elif name not in _DELETED and not name.endswith("Pr"):
            yield from outermost(inner, names)


def keep_shown(root: Element) -> Element:
    """Take out alternatives but those that Word shows: the first it knows, or the last.

    It knows those that ask for nothing but what Office has made.
    """
    alternatives = list(root.iter("{*}AlternateContent"))
    known = set(_known_choices(root) if alternatives else ())
    for both in alternatives:
        choices = list(both)
        shown = [one for one in choices if one in known][:1] or choices[-1:]
        for choice in choices:
            if choice not in shown:
                both.remove(choice)
    return root


def _known_choices(root: Element) -> Iterator[Element]:
    """Yield the choices of which Word knows the namespaces, in one walk."""
    from lxml.etree import iterwalk

    names: dict[str, str] = {}
    outer: list[tuple[str, str]] = []
    events = ("start", "start-ns", "end-ns")
    for event, said in iterwalk(root, events, tag="{*}Choice"):
        if event == "start-ns":
            prefix, space = said
            outer.append((prefix, names.get(prefix, "")))
            names[prefix] = space
        elif event == "end-ns":
            prefix, names[prefix] = outer.pop()
        elif _is_known(value(said, "Requires") or "", names):
            yield said


def _is_known(asked: str, names: Mapping[str, str]) -> bool:
    spaces = (names.get(prefix) for prefix in asked.split())
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
