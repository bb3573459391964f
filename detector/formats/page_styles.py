"""Which declarations hold for an element of a page."""

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from detector.formats.css import Declarations, Rule, declarations, rules

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SIMPLE = re.compile(r"(?:[A-Za-z][\w-]*|\*)?(?:[.#][\w-]+)?\Z")
_TAG_NAME = re.compile(r"[A-Za-z][\w-]*")
_MOST_RULES = 200
"""Rules with other selectors than of an element, class or id that are looked for."""
_ANSWERS = re.compile(r":(?:hover|focus|active|target|checked)")
_AS_STYLES = ("display", "visibility", "opacity", "fill", "font-size", "color")
"""Attributes that say what a style of the same name says."""

_Found = list[tuple[int, Declarations]]


class PageStyles:
    """The style sheets of a page, and the styles of its elements.

    Attributes
    ----------
    are_known : bool
        True if all of them are in the page, and read.
    may_change : bool
        True if a script, or what a reader does, may show what is hidden.
    """

    def __init__(self, page: "LexborHTMLParser") -> None:
        sheets = "\n".join(sheet.text() for sheet in page.css("style"))
        self.are_known = page.css_first('link[rel~="stylesheet" i]') is None
        scripts = page.css_first("script") is not None
        self.may_change = scripts or bool(_ANSWERS.search(sheets))
        self._simple: dict[str, _Found] = defaultdict(list)
        self._picked: dict[int, _Found] = defaultdict(list)
        self._complex = 0
        self._judged: dict[tuple[object, ...], dict[str, str]] = {}
        for order, rule in enumerate(rules(sheets)):
            self._add(page, order, rule)

    def _add(self, page: "LexborHTMLParser", order: int, rule: Rule) -> None:
        from selectolax.lexbor import SelectolaxError

        if _SIMPLE.match(rule.selector):
            name = _TAG_NAME.sub(lambda tag: tag[0].lower(), rule.selector, 1)
            if rule.selector[0] in ".#*":
                name = rule.selector
            self._simple[name.removeprefix("*") or "*"].append((order, rule.said))
            return
        self._complex += 1
        if self._complex > _MOST_RULES:
            self.are_known = False
            return
        try:
            for node in page.css(rule.selector):
                self._picked[node.mem_id].append((order, rule.said))
        except SelectolaxError:  # no selector: browsers pass over it
            return

    def by_sheet(self, node: "LexborNode") -> dict[str, str]:
        """Return what style sheets say of an element."""
        if not self._simple and not self._picked:
            return {}
        attributes = node.attributes
        tag, named = (node.tag or "").lower(), attributes.get("class") or ""
        picked = self._picked.get(node.mem_id, [])
        identity = attributes.get("id")
        key = (tag, named, identity, *(order for order, _ in picked))
        if key not in self._judged:
            self._judged[key] = self._looked_up(tag, named, identity, picked)
        return self._judged[key]

    def _looked_up(
        self, tag: str, named: str, identity: str | None, picked: _Found
    ) -> dict[str, str]:
        names = [f".{one}" for one in sorted(set(named.split()))]
        names += [f"#{identity}"] if identity else []
        names += [tag + name for name in names] + [tag, "*"]
        found = [one for name in names for one in self._simple.get(name, ())]
        found += picked
        found.sort(key=lambda one: one[0])
        whole: dict[str, str] = {}
        for _, said in found:
            whole |= said
        return whole


def by_itself(node: "LexborNode") -> dict[str, str]:
    """Return what the attributes of an element say."""
    attributes = node.attributes
    if not attributes:
        return {}
    said = {
        name: (attributes[name] or "").strip().lower()
        for name in _AS_STYLES
        if name in attributes
    }
    if "fill" in said:
        said["fill"] = said["fill"].replace("none", "transparent")
    if ground := attributes.get("bgcolor") or attributes.get("background"):
        said["background"] = ground.strip().lower()
    if "hidden" in attributes or "popover" in attributes:
        said["display"] = "none"
    return said


def by_style(node: "LexborNode") -> dict[str, str]:
    """Return what the style of an element says; important ones have their mark."""
    style = node.attributes.get("style")
    return _declared(style) if style else {}


@lru_cache(maxsize=1024)
def _declared(style: str) -> dict[str, str]:
    return declarations(style)
