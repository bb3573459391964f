"""Comments by which an author keeps a rule silent, in the text or in its file.

    <!-- detector: ignore SLOT001 reason="form for print" until=2027-01 -->

A comment in a line of text is about that paragraph; one that stands alone is about the
next, or the table that comes next. Before any text it is about what is told of the
document as a whole, too. A reason is needed: whoever reads the text after its author
has to know why. In a block of code a comment is an example.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from detector.model.document import Block, Document
from detector.model.span import Span

_COMMENT = re.compile(
    r"<!--\s{0,9}(detector\b(?:\s?[:：])?(?:(?!-->|<!--).){0,500})-->",
    re.DOTALL | re.IGNORECASE,
)
"""Of so many characters at the most, and with no other in it: what nobody closed costs
no more."""
_COMMAND = re.compile(
    r"\s*detector\b\s?[:：]?\s*(ignore\b)?(.*)\Z", re.DOTALL | re.IGNORECASE
)
_RULE = re.compile(r"\b[A-Za-z]{4}\d{3}\b")
_QUOTES = "\"“”'‘’"
_REASON = re.compile(
    rf"(?i)\breason\s*[=＝]\s*(?:[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]|([^\s{_QUOTES}]+))"
)
_UNTIL = re.compile(rf"(?i)\buntil\s*[=＝]\s*[{_QUOTES}]?([^\s{_QUOTES}]*)[{_QUOTES}]?")
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?\Z")
_CODE = re.compile(
    r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1|\Z)|`[^`\r\n]*`", re.DOTALL | re.MULTILINE
)
_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class IgnoreComment:
    """What one comment asks for.

    Attributes
    ----------
    span : Span
        Where the comment stands; empty if it stands in the file and not in its text.
    scope : Span
        The paragraph it is about.
    rules : tuple of str
        Ids as they are written, in upper case.
    reason : str
    until : str
        The last month or day that it holds, as ``2027-01`` or ``2027-01-31``; empty:
        for good.
    unread : str
        What else it says, which means nothing.
    whole : bool
        Whether it is about the document, too.
    """

    span: Span
    scope: Span
    rules: tuple[str, ...]
    reason: str
    until: str
    unread: str
    whole: bool

    @property
    def is_dated_well(self) -> bool:
        """Whether `until` is a month or a day, or nothing."""
        if not self.until:
            return True
        try:
            date.fromisoformat(f"{self.until}-01"[:10])
        except ValueError:
            return False
        return bool(_DATE.match(self.until))

    def is_over(self, today: str) -> bool:
        """Tell whether it no longer holds on a day such as ``2026-11-25``."""
        return bool(self.until) and self.until < today[: len(self.until)]


def comment_spans(text: str) -> Iterator[Span]:
    """Yield where comments to this tool stand in a raw `text`."""
    if not _COMMENT.search(text):
        return
    code = [Span(*match.span()) for match in _CODE.finditer(text)]
    for match in _COMMENT.finditer(text):
        at = bisect_right(code, match.start(), key=lambda one: one.start) - 1
        if at < 0 or code[at].end <= match.start():
            yield Span(*match.span())


def blanked(text: str) -> str:
    """Return a text with spaces where comments to this tool stand, as long as it."""
    pieces, done = [], 0
    for span in comment_spans(text):
        pieces += [text[done : span.start], " " * len(span)]
        done = span.end
    return "".join([*pieces, text[done:]])


def find_ignores(document: Document) -> tuple[IgnoreComment, ...]:
    r"""Return the comments of a document that keep rules silent, in order.

    >>> text = '<!-- detector: ignore SLOT001 reason="a form" -->\nxx镇党委'
    >>> [one.scope.of(text) for one in find_ignores(Document.from_text(text))]
    ['xx镇党委']
    """
    text = document.text
    inside = list(comment_spans(text))
    found = [_read(_COMMENT.sub(r"\1", span.of(text)), span) for span in inside]
    found += [_read(note.text, note.span) for note in document.notes]
    known = [one for one in found if one]
    if not known:
        return ()
    lines = _lines_of_text(document, inside)
    before = document.origin.reader == "html"  # its comments stand before blocks
    blocks = [block.span for block in document.blocks]
    return tuple(
        _about(one, lines, () if before and not one.span else blocks)
        for one in sorted(known, key=lambda c: c.span)
    )


def _read(comment: str, span: Span) -> IgnoreComment | None:
    command = _COMMAND.match(comment)
    if not command:
        return None
    asked = command[2] if command[1] else ""
    reason, until = _REASON.search(asked), _UNTIL.search(asked)
    rest = _UNTIL.sub(" ", _REASON.sub(" ", asked if command[1] else command[2]))
    return IgnoreComment(
        span,
        span,
        tuple(rule.upper() for rule in _RULE.findall(rest)),
        (reason[1] or reason[2] or "").strip() if reason else "",
        until[1] if until else "",
        " ".join(_RULE.sub(" ", rest).replace(",", " ").replace("，", " ").split()),
        whole=False,
    )


def _lines_of_text(document: Document, comments: Sequence[Span]) -> list[Span]:
    """Return the paragraphs and tables that hold anything but comments."""
    text = document.text
    spans = list(_blocks(document.blocks))
    spans = spans or [Span(*line.span()) for line in _LINE.finditer(text)]
    return [span for span in spans if _COMMENT.sub("", span.of(text)).strip()]


def _blocks(blocks: Sequence[Block]) -> Iterator[Span]:
    for table, cells in groupby(blocks, key=lambda block: block.place.table):
        if not table:
            yield from (block.span for block in cells)
            continue
        spans = [block.span for block in cells]
        yield Span(spans[0].start, spans[-1].end)


def _about(
    one: IgnoreComment, lines: Sequence[Span], blocks: Sequence[Span]
) -> IgnoreComment:
    at = one.span.start
    below = bisect_right(lines, at, key=lambda line: line.end)
    scope = lines[below] if below < len(lines) else one.span
    if scope.start <= at:  # in a table it is about its cell
        inside = bisect_right(blocks, at, key=lambda block: block.start) - 1
        if inside >= 0 and at < blocks[inside].end:
            scope = blocks[inside]
    first = not lines or at <= lines[0].start
    return replace(one, scope=scope, whole=first)
