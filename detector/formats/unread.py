"""Letters that browsers show of a page, and that stand where none are read."""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from detector.formats.css import unescaped

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_GENERATED = re.compile(
    r"(?<![\w-])(?:content|symbols|list-style(?:-type)?|prefix|suffix|quotes)\s*+:"
    r"""((?:[^;{}"']|"[^"]*+"?|'[^']*+'?)*+)""",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"""url\(\s*(?:"[^"]*+"?|'[^']*+'?|[^)]*+)\s*\)?""")
_STRING = re.compile(r"""["']([^"']*+)["']""")
_NAMED = re.compile(r"attr\(\s*([a-zA-Z_][\w-]*)")
_TAG = re.compile(r"<[^>]*+>?")
_DRAWN = re.compile("<(?:text|foreignobject)", re.IGNORECASE)
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_OF_A_HAN = 5
"""Letters that say as much as a Chinese character."""
_MUCH = 20 * _OF_A_HAN
"""From this on what style sheets write, or what an address holds, is told."""
_VERY_MUCH = 100 * _OF_A_HAN
"""And what ordinary pages say to those without scripts, and in empty fields."""
_MOST_NAMED = 50
"""Attributes that style sheets show, which are looked at."""
_SOURCES = {"iframe": "src", "object": "data", "embed": "src", "img": "src"}


def unread(page: "LexborHTMLParser") -> int:
    """Return how many places of a page have text that is shown and not read."""
    sheets = [sheet.text() for sheet in page.css("style")]
    sheets += [_style(node) for node in page.css('[style*="list-style" i]')]
    generated = [said for text in sheets for said in _GENERATED.findall(text)]
    named = {name for said in generated for name in _NAMED.findall(said)} - {"href"}
    count = sum(_says(_strings(said)) >= _MUCH for said in generated)
    fields = [("placeholder", "[placeholder]"), ("label", "option[label]")]
    fields += [(name, f"[{name}]") for name in sorted(named)[:_MOST_NAMED]]
    for name, selector in fields:
        values = (node.attributes.get(name) or "" for node in page.css(selector))
        count += sum(_says(value) >= _VERY_MUCH for value in values)
    count += sum(_says(node.text()) >= _VERY_MUCH for node in page.css("noscript"))
    return count + sum(_says(text) >= _MUCH for text in _embedded(page))


def _style(node: "LexborNode") -> str:
    return node.attributes.get("style") or ""


def _strings(said: str) -> str:
    return unescaped("".join(_STRING.findall(_ADDRESS.sub("", said))))


def _says(text: str) -> int:
    return sum(map(str.isalpha, text)) + (_OF_A_HAN - 1) * len(_HAN.findall(text))


def _embedded(page: "LexborHTMLParser") -> Iterator[str]:
    """Yield the text of pages and drawings that are written in an address."""
    for tag, name in _SOURCES.items():
        for node in page.css(f'{tag}[{name}^="data:" i]'):
            head, _, body = (node.attributes.get(name) or "").partition(",")
            head = head.lower()
            if "text/" in head or "xml" in head:
                text = _decoded(head, body)
                if "svg" not in head or _DRAWN.search(text):
                    yield _TAG.sub("", text)


def _decoded(head: str, body: str) -> str:
    body = unquote(body)
    if not head.rstrip().endswith("base64"):
        return body
    try:
        return base64.b64decode(body + "===").decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
