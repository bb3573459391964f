"""Which declarations hold for an element of a page."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache
from math import comb
from typing import TYPE_CHECKING

from detector.formats.css import Declarations, Rule, declarations, rules

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SIMPLE = re.compile(r"(?:[A-Za-z][\w-]*|\*)?(?:[.#][\w-]+)?\Z")
_TAG_NAME = re.compile(r"[A-Za-z][\w-]*")
_DESCENDS = re.compile(r"[^\s>+~,]\s+(?![\s>+~,])")
_FOLLOWS = re.compile(r"~(?!=)")
_COUNTS = re.compile(r":nth-")
_SEARCHES = re.compile(r":has\(|contains\(")
_MOST_STEPS = 300_000_000
"""Of the parser looking for selectors: a few seconds."""
_OF_NO_QUERY = re.compile(r"[^\w\s().,:<>=-]")
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
        sheets = list(_sheets(page))
        elsewhere = page.css_first('link[rel~="stylesheet" i]') is not None
        self.are_known = not (elsewhere or any("@import" in one for one in sheets))
        scripts = page.css_first("script") is not None
        self.may_change = scripts or any(map(_ANSWERS.search, sheets))
        self._simple: dict[str, _Found] = defaultdict(list)
        self._picked: dict[int, _Found] = defaultdict(list)
        self._page = page
        self._steps = 0
        self._judged: dict[tuple[object, ...], dict[str, str]] = {}
        for order, rule in enumerate(rules(sheets)):
            self._add(order, rule)

    def _add(self, order: int, rule: Rule) -> None:
        from selectolax.lexbor import SelectolaxError

        if _SIMPLE.match(rule.selector):
            name = _TAG_NAME.sub(lambda tag: tag[0].lower(), rule.selector, 1)
            if rule.selector[0] in ".#*":
                name = rule.selector
            self._simple[name.removeprefix("*") or "*"].append((order, rule.said))
            return
        if not self._may_look_for(rule.selector):
            self.are_known = False
            return
        try:
            for node in self._page.css(rule.selector):
                self._picked[node.mem_id].append((order, rule.said))
        except SelectolaxError:  # no selector: browsers pass over it
            return

    def _may_look_for(self, selector: str) -> bool:
        """Tell whether the parser finds all that a selector means in fair time.

        It tries every way in which the elements around one may be those of a selector,
        and counts all before one again and again.
        """
        nodes, depth, siblings = self._extent
        above = len(_DESCENDS.findall(selector))
        beside = len(_FOLLOWS.findall(selector)) + bool(_COUNTS.search(selector))
        steps = nodes * comb(depth + above, above) * comb(siblings + beside, beside)
        if _SEARCHES.search(selector) or self._steps + steps > _MOST_STEPS:
            return False
        self._steps += steps
        return True

    @cached_property
    def _extent(self) -> tuple[int, int, int]:
        """How many elements there are, at most in each other, at most in one."""
        depths: dict[int, int] = {}
        within: Counter[int] = Counter()
        for node in self._page.css("*"):
            parent = node.parent.mem_id if node.parent else 0
            depths[node.mem_id] = depths.get(parent, 0) + 1
            within[parent] += 1
        return len(depths), max(depths.values()), max(within.values())

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


def _sheets(page: "LexborHTMLParser") -> Iterator[str]:
    """Yield the style sheets in a page, each under the media that it is for."""
    for sheet in page.css("style"):
        if sheet.parent is None or sheet.parent.tag != "noscript":
            media = _OF_NO_QUERY.sub("?", sheet.attributes.get("media") or "")
            yield f"@media {media} {{{sheet.text()}}}" if media else sheet.text()


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
