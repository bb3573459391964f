"""Comments by which an author keeps a rule silent, in the text or in its file.

    <!-- detector: ignore SLOT001 reason="form for print" until=2027-01 -->

A comment in a line of text is about that paragraph; one that stands alone is about the
next. Before any text it is about the document as a whole, too. A reason is needed:
whoever reads the text after its author has to know why.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detector.model.document import Document
from detector.model.span import Span

_COMMENT = re.compile(r"<!--\s*(detector:.*?)-->", re.DOTALL)
_LONGEST = 500
_COMMAND = re.compile(r"\s*detector:\s*ignore\b(.*)\Z", re.DOTALL)
_RULE = re.compile(r"\b[A-Za-z]{4}\d{3}\b")
_QUOTES = "\"“”'‘’"
_REASON = re.compile(rf"reason\s*=\s*[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]")
_UNTIL = re.compile(r"until\s*=\s*[\"']?([^\s\"']+)")
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?\Z")
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
    whole : bool
        Whether it is about the document, too.
    """

    span: Span
    scope: Span
    rules: tuple[str, ...]
    reason: str
    until: str
    whole: bool

    @property
    def is_dated_well(self) -> bool:
        """Whether `until` is a month or a day, or nothing."""
        return not self.until or bool(_DATE.match(self.until))

    def is_over(self, today: str) -> bool:
        """Tell whether it no longer holds on a day such as ``2026-11-25``."""
        return bool(self.until) and self.until < today[: len(self.until)]


def comment_spans(text: str) -> Iterator[Span]:
    """Yield where comments to this tool stand in a raw `text`."""
    if "detector:" in text:
        for match in _COMMENT.finditer(text):
            if len(match[0]) <= _LONGEST:
                yield Span(*match.span())


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
    return tuple(_about(one, lines) for one in sorted(known, key=lambda c: c.span))


def _read(comment: str, span: Span) -> IgnoreComment | None:
    command = _COMMAND.match(comment)
    if not command:
        return None
    reason, until = _REASON.search(command[1]), _UNTIL.search(command[1])
    rest = _REASON.sub(" ", command[1])
    return IgnoreComment(
        span,
        span,
        tuple(rule.upper() for rule in _RULE.findall(_UNTIL.sub(" ", rest))),
        reason[1].strip() if reason else "",
        until[1] if until else "",
        whole=False,
    )


def _lines_of_text(document: Document, comments: Sequence[Span]) -> list[Span]:
    """Return the paragraphs that hold anything but comments."""
    text = document.text
    blocks = [block.span for block in document.blocks]
    spans = blocks or [Span(*line.span()) for line in _LINE.finditer(text)]
    return [span for span in spans if _COMMENT.sub("", span.of(text)).strip()]


def _about(one: IgnoreComment, lines: Sequence[Span]) -> IgnoreComment:
    scope = next((line for line in lines if line.end > one.span.start), one.span)
    first = not lines or one.span.start <= lines[0].start
    return IgnoreComment(one.span, scope, one.rules, one.reason, one.until, first)
