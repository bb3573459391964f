"""HTML: what a browser would show of a page, block by block."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from detector.formats.builder import HIDDEN, TextBuilder
from detector.formats.encodings import declared, decode, decode_as
from detector.formats.flow import LAYOUT, Flow
from detector.formats.limits import ReadLimits
from detector.model.document import Document, Origin

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_CHARSET = re.compile(
    rb"""<meta\b[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_DECLARED_WITHIN = 4096
_NEVER_SHOWN = re.compile(
    r"(?:script|style|noscript|template|head|object|iframe|svg|select|textarea)\Z"
)
_LAID_OUT = "h1, h2, h3, h4, h5, h6, table, p ~ p ~ p"
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def read(data: bytes, path: str, limits: ReadLimits) -> Document:
    """Return the visible text of a page, one line a block.

    Raises
    ------
    EmptyFileError, BinaryFileError, LimitError
        If there is no text, it is none, or there is too much of it.
    """
    from selectolax.lexbor import LexborHTMLParser

    said = _CHARSET.search(data[:_DECLARED_WITHIN])
    known = declared(data, said[1].decode("ascii", "replace")) if said else None
    # The parser would ignore the declaration, and cut the text at the first character
    # that gb2312 lacks: it gets a str.
    text, encoding, omissions = (
        decode_as(data, known, path) if known else decode(data, path)
    )
    page = LexborHTMLParser(text)
    builder = TextBuilder(path, limits)
    flow = Flow(builder)
    if page.root is not None:
        document = page.root.parent  # comments may stand beside <html>
        _walk(page.root if document is None else document, flow, builder)
    title = page.css_first("head title")
    origin = Origin(
        path,
        reader="html",
        encoding=encoding,
        title=_SPACE.sub(" ", title.text()).strip() if title else "",
    )
    return builder.document(origin, tuple(omissions))


def _walk(root: "LexborNode", flow: Flow, builder: TextBuilder) -> None:
    """Visit the nodes in order; a stack, because pages nest as deep as they like."""
    stack: list[tuple[LexborNode, bool]] = [(root, True)]
    while stack:
        node, entering = stack.pop()
        tag = node.tag or ""
        if not entering:
            flow.leave(tag)
        elif node.is_text_node:
            flow.text(node.text_content or "")
        elif node.is_comment_node:
            builder.note(node.comment_content or "")
        elif tag == "-document":
            stack += [(child, True) for child in reversed(list(_children(node)))]
        elif not node.is_element_node or _NEVER_SHOWN.match(tag):
            continue
        elif _is_hidden(node):
            builder.left_out[HIDDEN] += len(_SPACE.sub("", node.text()))
        else:
            flow.enter(tag, _columns(node))
            stack.append((node, False))
            stack += [(child, True) for child in reversed(list(_children(node)))]
    flow.end()


def _children(node: "LexborNode") -> Iterator["LexborNode"]:
    return node.iter(include_text=True)


def _is_hidden(node: "LexborNode") -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDING.search(attributes.get("style") or ""))


def _columns(node: "LexborNode") -> int:
    if node.tag not in ("td", "th"):
        return 1
    if node.css_first(_LAID_OUT):
        return LAYOUT
    said = (node.attributes.get("colspan") or "").strip()
    return min(int(said), 1000) if said.isascii() and said.isdigit() else 1
