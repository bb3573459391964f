"""HTML: what a browser would show of a page, block by block."""

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from detector.formats.builder import UNREAD, TextBuilder
from detector.formats.css import Colour, Declarations, Style, judge, merged
from detector.formats.encodings import declared, decode, decode_as
from detector.formats.flow import LAYOUT, Flow, is_inline
from detector.formats.limits import ReadLimits
from detector.formats.page_styles import PageStyles, by_itself, by_style
from detector.formats.seen import Seen
from detector.formats.unread import unread
from detector.model.document import Document, Origin

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CHARSET = re.compile(
    rb"""<meta\b[^<>]{0,400}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]+)""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096
_NEVER_SHOWN = re.compile(r"(?:noscript|head|desc|metadata)\Z")
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
"""Times that a page is looked through: tags stand in values of others."""
_CLOSING_THEMSELVES = re.compile(
    r"(?:area|base|br|col|d[dt]|embed|hr|img|input|li|link|meta|option|p|param|source"
    r"|t[dhr]|t(?:body|foot|head)|track|wbr)\Z"
)
_TYPED = re.compile(r"(?:text|search|button|submit|reset|url|email|tel)?\Z")
"""Kinds of form controls whose value is shown."""
_HAN = re.compile("[\u3400-\u9fff]")
_LAID_OUT = "h1, h2, h3, h4, h5, h6, table, p ~ p ~ p"
_FILLER = 10
"""Characters up to which a block that style sheets hide is none a script shows."""
_UNSEEN = re.compile(
    r"(?:canvas|audio|video|iframe|noframes|noembed|datalist|progress|meter|clippath"
    r"|mphantom|annotation(?:-xml)?|area|param)\Z"
)
"""Elements that show something else than the text in them."""
_IS_SOURCE = re.compile(r"(?:script|style|title|rp)\Z", re.IGNORECASE)
"""Elements whose text is not shown unless a style says so."""
_CELLS = {tag: {"display": "table-cell"} for tag in ("td", "th", "tr")}
"""What is as large as what is in it, at least."""
_APPEARED = {"visibility": "visible", "opacity": "1"}
"""What a script says of a block that has its place on the page, but waits there."""
_PLAIN = ("a", "sub", "sup")
"""Inline elements of which there may be many that have a class."""
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MOST_NODES = 100
"""An element with more is none between letters."""
_BESIDE = 4
"""Nodes that are looked at on either side."""
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


_SAYS_NOTHING = Style()


class _Look(NamedTuple):
    """What holds for letters by the elements that they are in."""

    tiny: bool = False
    colour: Colour = Colour.PLAIN
    ground: bool = False
    odd: bool = False
    from_the_right: bool = False
    """Lines run from right to left."""
    turned: bool = False
    """Letters do, whatever they are."""
    kept: bool = False
    """In a block that a script may show."""

    def within(self, style: Style, inline: bool) -> "_Look":
        """Return what holds within an element of that style.

        What a block says in doubt holds for all of it: it parts no words.
        """
        if style == _SAYS_NOTHING and inline >= self.odd:
            return self
        return self._replace(
            tiny=self.tiny if style.tiny is None else style.tiny,
            colour=self.colour if style.colour is None else style.colour,
            ground=self.ground or bool(style.ground),
            odd=inline and (self.odd or style.odd),
        )

    def turning(self, node: "LexborNode", tag: str, said: Declarations) -> "_Look":
        """Return what holds within an element that says where its lines begin."""
        way = said.get("direction") or (node.attributes.get("dir") or "").lower()
        override = "override" in said.get("unicode-bidi", "") or tag == "bdo"
        if not way and not override:
            return self
        inherits = way in ("", "inherit", "unset")
        right = self.from_the_right if inherits else way == "rtl"
        turned = self.turned or (override and right)
        return self._replace(from_the_right=right, turned=turned)

    @property
    def seen(self) -> Seen:
        if self.tiny or self.colour is Colour.CLEAR:
            return Seen.NO
        if self.colour is Colour.WHITE:
            return Seen.DOUBTED if self.ground or self.odd else Seen.WHITE
        return Seen.DOUBTED if self.odd else Seen.YES


class _Walk:
    """Gives what a browser shows of a page, and of the pages in it, to a flow."""

    def __init__(self, flow: Flow, builder: TextBuilder, depth: int = 0) -> None:
        self._flow = flow
        self._builder = builder
        self._depth = depth

    def read(self, page: "LexborHTMLParser") -> None:
        """Visit the nodes in order.

        With a stack, because pages nest as deep as they like.
        """
        if page.root is None:
            return
        self._styles = PageStyles(page)
        self._unknown = _Look(ground=not self._styles.are_known)
        self._builder.left_out[UNREAD] += unread(page)
        self._has_uses = page.css_first("use") is not None
        document = page.root.parent  # comments may stand beside <html>
        root = page.root if document is None else document
        stack: list[tuple[LexborNode, _Look | None]] = [(root, self._unknown)]
        while stack:
            node, look = stack.pop()
            if look is None:
                self._flow.leave(node.tag or "")
                continue
            within = self._enters(node, look)
            if within is not None:
                stack.append((node, None))
                stack += [(c, within) for c in reversed(self._shown_in(node))]

    def _shown_in(self, node: "LexborNode") -> "list[LexborNode]":
        """Return the children; a shadow tree stands in place of all others."""
        children = list(node.iter(include_text=True))
        shadows = [child for child in children if _is_shadow(child)]
        if not shadows or "<slot" in (shadows[0].html or ""):
            return children
        for child in children:
            if child not in shadows:
                self._leave_out(child)
        return shadows

    def _enters(self, node: "LexborNode", look: _Look) -> _Look | None:
        """Take what a node says itself; return how what is in it looks, if it does."""
        tag = (node.tag or "").lower()
        if node.is_text_node:
            self._flow.text(_turned(node, look), look.seen)
        elif node.is_comment_node:
            self._builder.note(node.comment_content or "")
        elif tag == "-document":
            return look
        elif tag == "template":
            self._read_shadow(node)
        elif node.is_element_node and not self._is_never_shown(tag):
            return self._enters_element(node, tag, look)
        return None

    def _is_never_shown(self, tag: str) -> bool:
        if tag in ("defs", "symbol"):
            return not self._has_uses
        return bool(_NEVER_SHOWN.match(tag))

    def _enters_element(
        self, node: "LexborNode", tag: str, look: _Look
    ) -> _Look | None:
        sheet = self._styles.by_sheet(node)
        said = merged([_by_element(node, tag), sheet, by_style(node)])
        if _IS_SOURCE.match(tag) and said.get("display", "none") == "none":
            return None
        judgement = judge(said)
        gone, kept = judgement.gone, look.kept
        if gone and ((kept and not is_inline(tag)) or self._may_show(node, tag, said)):
            gone, kept = False, True
        self._read_inner(node, tag)
        if gone or _is_unseen(node, tag):
            self._leave_out(node)
            return None
        if tag == "rt" and not _HAN.search(node.text()):
            return None  # how the character before is read
        self._flow.enter(tag, _columns(node))
        within = look.within(self._doubted(node, tag, judgement), is_inline(tag))
        within = within.turning(node, tag, said)
        if kept != look.kept:
            within = within._replace(kept=kept)
        if tag == "input" and _TYPED.match(node.attributes.get("type") or ""):
            self._flow.text(node.attributes.get("value") or "", within.seen)
        return within

    def _may_show(self, node: "LexborNode", tag: str, said: Declarations) -> bool:
        """Tell whether a script may show what style sheets hide, or what is faded."""
        if not self._styles.may_change:
            return False
        own = merged([_by_element(node, tag), by_style(node)])
        if judge(own | ({} if "position" in said else _APPEARED)).gone:
            return False
        return not _is_amid(node) and _is_longer(node, _FILLER)

    def _doubted(self, node: "LexborNode", tag: str, style: Style) -> Style:
        """Return the style, in doubt if it may be said where it is not read."""
        if style.tiny and self._resets_sizes(tag):
            style = style._replace(tiny=False)
        if tag in _PLAIN or self._styles.are_known:
            return style
        named = "class" in node.attributes or "id" in node.attributes
        return style._replace(odd=style.odd or (named and is_inline(tag)))

    def _resets_sizes(self, tag: str) -> bool:
        """Tell whether what is in an element has ordinarily a size of its own."""
        return tag in ("html", "body") or not (self._styles.are_known or is_inline(tag))

    def _leave_out(self, node: "LexborNode") -> None:
        for inner in node.traverse(include_text=True):
            source = inner.parent is not None and _IS_SOURCE.match(
                inner.parent.tag or ""
            )
            if inner.is_text_node and not source:
                self._flow.text(inner.text_content or "", Seen.NO)

    def _read_shadow(self, node: "LexborNode") -> None:
        if _is_shadow(node):
            inner = (node.html or "").removeprefix("<template")
            self._read_page(f"<div{inner.removesuffix('</template>')}</div>")

    def _read_inner(self, node: "LexborNode", tag: str) -> None:
        if tag == "iframe":
            self._read_page(node.attributes.get("srcdoc") or "")

    def _read_page(self, inner: str) -> None:
        from selectolax.lexbor import LexborHTMLParser

        if inner and self._depth < _DEEPEST:
            walk = _Walk(self._flow, self._builder, self._depth + 1)
            walk.read(LexborHTMLParser(inner))


def _by_element(node: "LexborNode", tag: str) -> Declarations:
    """Return what an element says without a style: by its name, and by attributes."""
    return _CELLS.get(tag, {}) | by_itself(node)


def _is_shadow(node: "LexborNode") -> bool:
    return node.tag == "template" and "shadowrootmode" in node.attributes


def _turned(node: "LexborNode", look: _Look) -> str:
    """Return a text; if it is turned, between the signs that say so."""
    text = node.text_content or ""
    if look.turned and text.strip() and not _FROM_THE_RIGHT.search(text):
        return f"\u202e{text}\u202c"
    return text


def _is_unseen(node: "LexborNode", tag: str) -> bool:
    """Tell whether browsers show something else in place of what is in an element."""
    if _UNSEEN.match(tag):
        return True
    if tag == "dialog":
        return "open" not in node.attributes
    if tag == "details":  # as a block it is text that a reader opens
        return "open" not in node.attributes and _is_amid(node)
    if tag == "object":
        return "data" in node.attributes and _is_amid(node)
    sizes = [node.attributes.get("width"), node.attributes.get("height")]
    return tag in ("svg", "marquee") and "0" in sizes


def _is_amid(node: "LexborNode") -> bool:
    """Tell whether letters of the same line stand before and after an element."""
    return _is_text(node, "prev") and _is_text(node, "next")


def _is_text(node: "LexborNode", way: str) -> bool:
    beside = getattr(node, way)
    for _ in range(_BESIDE):
        if beside is None:
            return False
        if beside.is_element_node:
            return is_inline(beside.tag or "")
        if beside.is_text_node and (beside.text_content or "").strip():
            return True
        beside = getattr(beside, way)
    return False


def _is_longer(node: "LexborNode", least: int) -> bool:
    length = 0
    for number, inner in enumerate(node.traverse(include_text=True)):
        if inner.is_text_node:
            length += len((inner.text_content or "").strip())
        if length > least or number > _MOST_NODES:
            return True
    return False


def _columns(node: "LexborNode") -> int:
    if node.tag not in ("td", "th"):
        return 1
    if node.css_first(_LAID_OUT):
        return LAYOUT
    said = (node.attributes.get("colspan") or "").strip()
    return min(int(said), 1000) if said.isascii() and said.isdigit() else 1
