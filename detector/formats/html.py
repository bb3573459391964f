"""HTML: what a browser would show of a page, block by block."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from detector.formats.builder import HIDDEN, TextBuilder
from detector.formats.encodings import declared, decode, decode_as
from detector.formats.flow import LAYOUT, Flow
from detector.formats.limits import ReadLimits
from detector.model.document import Document, Origin
from detector.text.markup import HIDING, NOT_SHOWN

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CHARSET = re.compile(
    rb"""<meta\b[^<>]{0,400}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]+)""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096
_NEVER_SHOWN = re.compile(
    r"(?:script|style|noscript|template|head|title|desc|metadata|defs|rp)\Z"
)
_ATTRIBUTE = (
    r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+"""
    r"""(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?+)?+"""
)
# On to the next ">", which ends whatever a tag may stand in; its attributes by the
# rules of the parser, in which a value in quotes may be as long as it likes.
_TAG = re.compile(
    rf"<(/?)([a-zA-Z][a-zA-Z0-9-]*+)(?=((?:[\s/]++|{_ATTRIBUTE})*+))[^>]*+"
)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_MOST_SCANNED = 4
"""Times that a page is looked through for attributes: tags stand in values of others."""
_CLOSING_THEMSELVES = re.compile(
    r"(?:area|base|br|col|d[dt]|embed|hr|img|input|li|link|meta|option|p|param|source"
    r"|t[dhr]|t(?:body|foot|head)|track|wbr)\Z"
)
_TYPED = re.compile(r"(?:text|search|button|submit|reset|url|email|tel)?\Z")
"""Kinds of form controls whose value is shown."""
_HAN = re.compile("[\u3400-\u9fff]")
_LAID_OUT = "h1, h2, h3, h4, h5, h6, table, p ~ p ~ p"
_NOT_SHOWN = re.compile(NOT_SHOWN, re.IGNORECASE)
_HIDING = re.compile(HIDING, re.IGNORECASE)
_OF_WHITE = (
    r"(?:white(?:smoke)?|#f{3}|#(?:f[5-9a-f]){3}"
    r"|rgba?\(\s*2(?:4[5-9]|5\d)(?:\s*,?\s*2(?:4[5-9]|5\d)){2}[^)]{0,20}\)"
    r"|rgba\([^)]{0,40},\s*0?\.?0+\s*\)|hsla?\([^)]{0,40}\s100%\s*[^)]{0,9}\))"
)
_WHITE = re.compile(_OF_WHITE, re.IGNORECASE)
_FAINT = re.compile(
    rf"(?<!-)color\s*:\s*{_OF_WHITE}(?![\w])"
    r"|font-size\s*:\s*(?:(?:[012]|[01]?\.\d{1,3})px|(?:[01]|[01]?\.\d{1,3})pt"
    r"|0?\.[01]\d{0,2}r?em"
    r"|[0-9](?:\.\d+)?%)|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?<![\w-])width\s*:\s*0(?![.\d])|scale\(\s*0\s*\)",
    re.IGNORECASE,
)
"""Styles that show letters to nobody where they stand within a word."""
_FILLER = 10
"""Characters up to which an element that styles hide comes between others: what is
longer, a script may show."""
_BRACE = re.compile("[{};]")
_LONGEST_STYLE = 1000
_MOST_RULES = 200
_DEEPEST = 3
"""Pages within pages that are read."""
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
    _check_shape(text, path, limits)
    page = LexborHTMLParser(text)
    builder = TextBuilder(path, limits)
    flow = Flow(builder)
    _Walk(flow, builder).read(page)
    flow.end()
    title = page.css_first("head title")
    origin = Origin(
        path,
        reader="html",
        encoding=encoding,
        title=_SPACE.sub(" ", title.text()).strip() if title else "",
    )
    return builder.document(origin, tuple(omissions))


def _check_shape(text: str, path: str, limits: ReadLimits) -> None:
    """Refuse what takes the parser the square of its length.

    That is elements in elements, and attributes of one element.
    """
    if len(text) <= min(limits.max_depth, limits.max_attributes):
        return
    depth = scanned = 0
    opened: Counter[str] = Counter()
    for found in _TAG.finditer(text):
        ends, name, attributes = found.groups()
        name = name.lower()
        if ends and opened[name]:  # others end nothing
            depth, opened[name] = depth - 1, opened[name] - 1
        elif not ends and not _CLOSING_THEMSELVES.match(name):
            depth, opened[name] = depth + 1, opened[name] + 1
            limits.check(path, "max_depth", depth)
        scanned += len(attributes)
        _check_attributes(attributes, path, limits)
        if scanned > _MOST_SCANNED * len(text):  # quotes in quotes, over and over
            limits.check(path, "max_attributes", scanned)


def _check_attributes(attributes: str, path: str, limits: ReadLimits) -> None:
    if len(attributes) > limits.max_attributes:
        count = sum(1 for _ in _ATTRIBUTES.finditer(attributes))
        limits.check(path, "max_attributes", count)


class _Walk:
    """Gives what a browser shows of a page, and of the pages in it, to a flow."""

    def __init__(self, flow: Flow, builder: TextBuilder, depth: int = 0) -> None:
        self._flow = flow
        self._builder = builder
        self._depth = depth
        self._hidden: frozenset[int] = frozenset()

    def read(self, page: "LexborHTMLParser") -> None:
        """Visit the nodes in order.

        With a stack, because pages nest as deep as they like.
        """
        if page.root is None:
            return
        self._hidden = frozenset(_hidden_by_class(page))
        document = page.root.parent  # comments may stand beside <html>
        root = page.root if document is None else document
        stack: list[tuple[LexborNode, bool]] = [(root, True)]
        while stack:
            node, entering = stack.pop()
            if not entering:
                self._flow.leave(node.tag or "")
            elif self._enters(node):
                stack.append((node, False))
                stack += [(child, True) for child in reversed(list(_children(node)))]

    def _enters(self, node: "LexborNode") -> bool:
        """Take what a node says itself; tell whether what is in it is shown."""
        tag = node.tag or ""
        if node.is_text_node:
            self._flow.text(node.text_content or "")
        elif node.is_comment_node:
            self._builder.note(node.comment_content or "")
        elif tag == "-document":
            return True
        elif node.is_element_node and not _NEVER_SHOWN.match(tag):
            return self._enters_element(node, tag)
        return False

    def _enters_element(self, node: "LexborNode", tag: str) -> bool:
        if _is_hidden(node) or self._is_filler(node):
            self._builder.left_out[HIDDEN] += len(_SPACE.sub("", node.text()))
            return False
        if tag == "rt" and not _HAN.search(node.text()):
            return False  # how the character before is read
        self._flow.enter(tag, _columns(node))
        if tag == "input" and _TYPED.match(node.attributes.get("type") or ""):
            self._flow.text(node.attributes.get("value") or "")
        inner = node.attributes.get("srcdoc") if tag == "iframe" else None
        if inner and self._depth < _DEEPEST:
            from selectolax.lexbor import LexborHTMLParser

            walk = _Walk(self._flow, self._builder, self._depth + 1)
            walk.read(LexborHTMLParser(inner))
        return True

    def _is_filler(self, node: "LexborNode") -> bool:
        """Tell whether a few characters are hidden by a style of whatever kind."""
        style = (node.attributes.get("style") or "")[:_LONGEST_STYLE]
        hidden = node.mem_id in self._hidden or _HIDING.search(style)
        if not hidden and not _is_faint(node, style):
            return False
        length = 0
        for child in _children(node):
            if child.is_element_node:
                return False
            length += len((child.text_content or "").strip())
        return length <= _FILLER


def _is_faint(node: "LexborNode", style: str) -> bool:
    """Tell whether letters within a word are white, or too small to be read.

    A white word may stand on a dark ground.
    """
    colour = node.attributes.get("color") or "" if node.tag == "font" else ""
    faint = _FAINT.search(style) or (colour and _WHITE.fullmatch(colour.strip()))
    if not faint or "background" in style:
        return False
    before, after = node.prev, node.next
    return (
        before is not None
        and after is not None
        and before.is_text_node
        and after.is_text_node
        and (before.text_content or " ")[-1].isalnum()
        and (after.text_content or " ")[0].isalnum()
    )


def _hidden_by_class(page: "LexborHTMLParser") -> Iterator[int]:
    """Yield the elements that plain rules of the page's style sheets hide."""
    from selectolax.lexbor import SelectolaxError

    sheets = "".join(sheet.text() for sheet in page.css("style"))
    hiding = [selector for selector, said in _rules(sheets) if _HIDING.search(said)]
    for selector in hiding[:_MOST_RULES]:
        try:
            yield from (node.mem_id for node in page.css(selector.strip()))
        except SelectolaxError:  # no selector: browsers pass over it
            continue


def _rules(sheets: str) -> Iterator[tuple[str, str]]:
    """Yield selector and declarations of the rules that hold always, in one pass."""
    start = depth = opened = 0
    nested = False
    for found in _BRACE.finditer(sheets):
        sign = found[0]
        if sign == "{":
            nested = depth > 0
            opened = opened if nested else found.end()
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
            selector = sheets[start : opened - 1].strip()
            if not depth and not nested and not set("@:") & set(selector):
                yield selector, sheets[opened : found.start()][:_LONGEST_STYLE]
        if not depth:
            start = found.end()


def _children(node: "LexborNode") -> Iterator["LexborNode"]:
    return node.iter(include_text=True)


def _is_hidden(node: "LexborNode") -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(
        _NOT_SHOWN.search((attributes.get("style") or "")[:_LONGEST_STYLE])
    )


def _columns(node: "LexborNode") -> int:
    if node.tag not in ("td", "th"):
        return 1
    if node.css_first(_LAID_OUT):
        return LAYOUT
    said = (node.attributes.get("colspan") or "").strip()
    return min(int(said), 1000) if said.isascii() and said.isdigit() else 1
