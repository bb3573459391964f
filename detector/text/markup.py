"""Signs of Markdown and HTML within a line that a reader of the page does not see."""

import html
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from detector.model.document import Document
from detector.model.span import Span, merge

_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden"
    r"|(?:font-size|(?<!-)opacity)\s*:\s*0(?![.\d]{0,99}[1-9])"
    r"|(?<!-)color\s*:\s*transparent|(?<!-)(?:left|top|text-indent)\s*:\s*-\d{3}",
    re.IGNORECASE,
)
"""Styles by which a page shows an element to nobody."""
_NO_TEXT = {"script", "style", "title"}
_NEVER_SHOWN = {"template", *_NO_TEXT}
_NAME = r"[A-Za-z_:][A-Za-z0-9_.:-]{0,60}"
_VALUE = r"""(?:"[^"]{0,5000}"|'[^']{0,5000}'|[^\s"'=<>`]{1,500})"""
_TAG = (
    rf"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]{{0,30}})"
    rf"(?P<attributes>(?:\s++{_NAME}(?:\s{{0,9}}=\s{{0,9}}{_VALUE})?){{0,50}}+)\s*+/?>"
)
_ATTRIBUTE = re.compile(rf"({_NAME})(?:\s*+=\s*+({_VALUE}))?")
_PROGRAM = re.compile(rf"<(?:{'|'.join(sorted(_NO_TEXT))})\b", re.IGNORECASE)
_SAID = {"alt", "value", "placeholder", "label"}
"""Attributes that a page shows, if they say more than the name of a picture."""
_SHORT = 10
_EMPTY = {"br", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
_NEVER = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_TICKS = re.compile("`+")
_STRUCK = re.compile("<[^<>]*>")
_MARK = re.compile(r"\d{1,3}")
_ENDS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>", "<!": ">"}
_UNSEEN = r"(?P<unseen><!--|<\?|<!\[CDATA\[|<!(?=[A-Za-z]))"
_ESCAPED = r"\\[!-/:-@\[-`{-~]"
_SIGN = r"(?:[^()\s\\]|\\.)"
_TITLE = (
    r"""(?:\s++(?:"(?:[^"\\]|\\.){0,1000}+"|'(?:[^'\\]|\\.){0,1000}+'"""
    r"|\((?:[^()\\]|\\.){0,1000}+\)))?"
)
_PLACE = (
    r"(?:<(?:[^<>\r\n\\]|\\.){0,2000}+>"
    rf"|(?!<)(?:{_SIGN}|\((?:{_SIGN}|\({_SIGN}{{0,500}}+\)){{0,1000}}+\)){{0,2000}}+)"
)
"""Where a link leads, in <> or with balanced brackets."""
_LINE_END = r"[ \t]*+(?=[\r\n]|\Z)"
_CONTAINER = r"^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t]){0,30}+"
_NO_HAN = r"[^<>\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff]"
_INLINE = re.compile(
    r"(?=[\\`<:&\[\]]|!\[)(?:"
    + "|".join(
        [
            rf"(?P<escaped>{_ESCAPED})",
            r"(?P<code>`++)",
            _UNSEEN,
            rf"(?P<reading><rt>{_NO_HAN}{{0,10}}</rt>|<rp>[^<>\w]{{0,3}}</rp>)",
            r"(?P<aside><(?P<struck>del|s|strike)>[^<>]{0,10}</(?P=struck)>"
            r"|:[a-z][a-z0-9_+-]{0,30}:)",
            r"(?P<mark>(?<!\d)<sup>\W?\d{1,3}\W?</sup>)",
            rf"(?P<tag>{_TAG})",
            r"(?P<note>\[\^(?P<label>[^\]\s]{1,60})\](?!:))",
            r"(?P<open>!?\[)",
            rf"(?P<link>\]\(\s*+{_PLACE}{_TITLE}\s*+\))",
            r"(?P<full>\]\[(?P<to>(?:[^\[\]\\]|\\.){1,999}+)\])",
            r"(?P<close>\])",
            r"(?P<sign>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});)",
            r"(?P<command>\\[A-Za-z]{2,20}(?=\{))",
        ]
    )
    + ")",
    re.DOTALL,
)
_BETWEEN_BLOCKS = re.compile(
    "|".join(
        [
            _UNSEEN,
            rf"(?P<fence>{_CONTAINER}(?P<ticks>`{{3,}}+|~{{3,}}+)(?P<info>[^\r\n]*+))",
            r"(?P<defined>^[ \t>]{0,30}+\[(?!\^)(?:[^\[\]\\]|\\.){1,999}+\]:"
            rf"\s*+\S{{1,2000}}+{_TITLE}{_LINE_END})",
            rf"(?P<tag>{_TAG})",
            r"(?P<loose></?[A-Za-z][^<>]{0,5000}+>)",
        ]
    ),
    re.DOTALL | re.MULTILINE,
)
_DEFINED = re.compile(r"^[ \t>]{0,30}+\[([^\[\]\r\n]{1,999}+)\]:", re.MULTILINE)
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_MAY_MARK = re.compile(r"[<\[&:\\`~]")
_LETTER = re.compile(r"[^\W_]")


def find_markup(document: Document) -> Iterator[Span]:
    """Yield what nobody sees of a document, and where links in Markdown lead.

    Of Markdown tags, comments and hidden elements, definitions, references to signs
    that are no letters, marks of footnotes; of other files what their readers know.
    """
    yield from (span for _, span in document.unseen)
    if document.origin.reader == "md":
        yield from _Page(document).markup()


def find_hidden_elements(document: Document) -> Iterator[Span]:
    """Yield the elements of a page in Markdown whose text is marked as hidden."""
    page = _Page(document)
    deque(page.markup(), maxlen=0)
    for span in page.hidden:
        if not _PROGRAM.match(document.text, span.start):
            yield span


class _Hiding(NamedTuple):
    name: str
    start: int
    depth: int
    sure: bool
    inline: bool


class _Page:
    """A page in Markdown, read once from its begin to its end."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._blocks = document.blocks
        self._hiding: _Hiding | None = None
        self._missing: set[str] = set()
        self._opened: list[bool] = []
        self._linked = 0
        self._ticks: dict[int, list[int]] | None = None
        self.hidden: list[Span] = []

    def markup(self) -> Iterator[Span]:
        if not _MAY_MARK.search(self._text):
            return
        at = 0
        for span in self._inline_blocks():
            if self._blocks:
                yield from self._between(at, span.start)
            yield from self._block(span)
            if self._hiding and self._hiding.inline:
                self._hiding = None
            at = span.end
        if self._blocks:
            yield from self._between(at, len(self._text))
        yield from self.hidden

    def _inline_blocks(self) -> Iterator[Span]:
        if self._blocks:
            yield from (block.span for block in self._blocks)
            return
        at = 0
        for found in _BLANK_LINE.finditer(self._text):
            yield Span(at, found.start())
            at = found.end()
        yield Span(at, len(self._text))

    def _between(self, at: int, end: int) -> Iterator[Span]:
        """Yield the markup of what is no paragraph: HTML, code, definitions."""
        self._missing = set()
        while found := _BETWEEN_BLOCKS.search(self._text, at, end):
            at = found.end()
            kind = found.lastgroup or ""
            if kind == "fence":
                yield Span(*found.span("info"))
                at = self._end_of_code(found, end)
            elif kind == "unseen":
                at = self._end_of_unseen(found, end)
                yield Span(found.start(), at)
            elif kind == "tag":
                yield from self._tag(found, inline=False)
            else:
                yield Span(*found.span())

    def _end_of_code(self, fence: re.Match[str], end: int) -> int:
        ticks = fence["ticks"]
        close = re.compile(rf"^[ \t>]*+{ticks[0]}{{{len(ticks)},}}+{_LINE_END}", re.M)
        found = close.search(self._text, fence.end(), end)
        return found.end() if found else end

    def _end_of_unseen(self, begin: re.Match[str], end: int) -> int:
        """Return where a comment ends; what is not ended is none."""
        close = _ENDS[begin["unseen"]]
        # The end is looked for once; many begins would take the square.
        at = -1
        if close not in self._missing:
            start = begin.end() - 2 * (close == "-->")
            at = self._text.find(close, start, end)
        if at < 0:
            self._missing.add(close)
            return begin.end()
        return at + len(close)

    def _block(self, span: Span) -> Iterator[Span]:
        """Yield the markup of a paragraph, a heading or a cell."""
        if not _MAY_MARK.search(self._text, span.start, span.end):
            return
        self._missing, self._opened, self._ticks = set(), [], None
        self._linked = 0
        asides: list[Span] = []
        dropped: list[Span] = []
        at = span.start
        while found := _INLINE.search(self._text, at, span.end):
            kind = found.lastgroup or ""
            at = found.end()
            if kind == "code":
                at = self._end_of_span(found, span)
            elif kind == "unseen":
                at = self._end_of_unseen(found, span.end)
                dropped.append(Span(found.start(), at))
            elif kind == "aside":
                asides.append(Span(*found.span()))
            elif kind == "tag":
                dropped += self._tag(found, inline=True)
            else:
                at = self._sign(kind, found, dropped)
        yield from dropped
        yield from self._few(asides, span, dropped)

    def _end_of_span(self, begin: re.Match[str], span: Span) -> int:
        """Return where a span of code ends, which is all shown."""
        if self._ticks is None:
            self._ticks = {}
            for run in _TICKS.finditer(self._text, span.start, span.end):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        runs = self._ticks.get(len(begin[0]), [])
        at = bisect_left(runs, begin.end())
        return runs[at] + len(begin[0]) if at < len(runs) else begin.end()

    def _sign(self, kind: str, found: re.Match[str], dropped: list[Span]) -> int:
        """Take a bracket, a mark or a reference; return where to go on."""
        if kind == "open" or (kind == "note" and not self._is_note(found["label"])):
            self._opened.append(found[0].startswith("!"))
            return found.start() + found[0].index("[") + 1
        if kind in {"link", "full", "close"}:
            return self._close(kind, found, dropped)
        if kind != "escaped" and (kind != "sign" or _is_sign(found[0])):
            dropped.append(Span(*found.span()))
        return found.end()

    def _close(self, kind: str, found: re.Match[str], dropped: list[Span]) -> int:
        image = self._opened.pop() if self._opened else None
        leads = kind == "link" or (
            kind == "full" and _plain(found["to"]) in self._names
        )
        # No link is within another.
        dead = image is None or (not image and len(self._opened) < self._linked)
        if dead or not leads:
            return found.start() + 1
        dropped.append(Span(found.start() + 1, found.end()))
        if not image:
            self._linked = len(self._opened)
        return found.end()

    def _is_note(self, label: str) -> bool:
        return _MARK.fullmatch(label) is not None or _plain(f"^{label}") in self._names

    @cached_property
    def _names(self) -> set[str]:
        """Labels of definitions."""
        return {_plain(found[1]) for found in _DEFINED.finditer(self._text)}

    def _tag(self, found: re.Match[str], *, inline: bool) -> Iterator[Span]:
        """Yield a tag, but for what it says; note whether what follows is hidden."""
        at = found.start()
        begin = found.start("attributes")
        attributes = list(_ATTRIBUTE.finditer(found["attributes"]))
        for one in attributes:
            if one[1].lower() in _SAID and len(one[2] or "") > _SHORT:
                yield Span(at, begin + one.start(2))
                at = begin + one.end(2)
        yield Span(at, found.end())
        name = found["name"].lower()
        said = {one[1].lower(): one[2] or "" for one in attributes}
        if self._hiding:
            self._within_hidden(found, name, said)
        elif not found["end"] and name not in _EMPTY and _hides(name, said):
            sure = "hidden" in said or bool(_NEVER.search(said.get("style", "")))
            sure = sure or name in _NEVER_SHOWN
            self._hiding = _Hiding(name, found.start(), 1, sure, inline)

    def _within_hidden(
        self, found: re.Match[str], name: str, said: dict[str, str]
    ) -> None:
        hiding = self._hiding
        if hiding is None or (not hiding.sure and "style" in said):
            self._hiding = None  # it may be shown again
        elif name == hiding.name:
            depth = hiding.depth + (-1 if found["end"] else 1)
            self._hiding = hiding._replace(depth=depth) if depth else None
            if not depth:
                self.hidden.append(Span(hiding.start, found.end()))

    def _few(
        self, asides: list[Span], span: Span, dropped: list[Span]
    ) -> Iterator[Span]:
        """Yield what is struck out and the like, or its tags if it is the most."""
        if not asides:
            return
        tags = [
            Span(aside.start + one.start(), aside.start + one.end())
            for aside in asides
            for one in _STRUCK.finditer(aside.of(self._text))
        ]
        struck = sum(map(self._letters, asides)) - sum(map(self._letters, tags))
        gone = merge([*dropped, *asides])
        rest = self._letters(span) - sum(map(self._letters, gone))
        yield from asides if struck <= rest else tags

    def _letters(self, span: Span) -> int:
        return sum(1 for _ in _LETTER.finditer(self._text, span.start, span.end))


def _hides(name: str, said: dict[str, str]) -> bool:
    style = said.get("style", "")
    return name in _NEVER_SHOWN or "hidden" in said or bool(_HIDES.search(style))


def _is_sign(reference: str) -> bool:
    meant = html.unescape(reference)
    return meant != reference and not any(map(str.isalnum, meant))


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()
