"""The text of one paragraph of a Word document, run by run."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from detector.formats.builder import DELETED, HIDDEN
from detector.formats.docx_styles import Styles
from detector.formats.docx_xml import (
    Element,
    alternative,
    child,
    children,
    name_of,
    value,
)
from detector.model.document import Unseen
from detector.model.span import Span

_DELETED = frozenset({"del", "moveFrom"})
_DRAWN = frozenset({"drawing", "pict", "object"})
_FIXED = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011"}
_SILENT_BREAKS = frozenset({"page", "column"})
# Properties, reading aids and field codes; a run of them says nothing by itself.
_SKIPPED = frozenset({"pPr", "rPr", "rt", "instrText", "delText", "sdtPr", "fldData"})


class RunReader:
    """Reads paragraphs; a field may begin in one of them and end in another.

    Parameters
    ----------
    left_out : Counter of message code
        Where characters that are hidden or deleted are counted.
    note : callable
        Takes the text of each comment that the document to this tool has.
    comments : mapping of str to str
        Those comments by their ids.

    Attributes
    ----------
    unseen : list of (Unseen, Span)
        What of the text last read is not seen.
    """

    def __init__(
        self,
        styles: Styles,
        left_out: Counter[str],
        note: Callable[[str], None] = lambda text: None,
        comments: Mapping[str, str] | None = None,
    ) -> None:
        self._styles = styles
        self._left_out = left_out
        self._note = note
        self._comments = comments or {}
        self._why: Unseen | None = None
        self.unseen: list[tuple[Unseen, Span]] = []
        self._fields: list[bool] = []  # open fields; True while in the code of one
        self._boxes: list[Element] = []

    def read(self, paragraph: Element) -> tuple[str, list[Element]]:
        """Return the text of a paragraph, and the text boxes that hang on it."""
        self._boxes = []
        self.unseen = []
        pieces: list[str] = []
        at = 0
        for piece in self._inside(paragraph, paragraph):
            if self._why and piece.strip():
                self._add_unseen(self._why, Span(at, at + len(piece)))
            pieces.append(piece)
            at += len(piece)
        return "".join(pieces), self._boxes

    def _add_unseen(self, why: Unseen, span: Span) -> None:
        last = self.unseen[-1] if self.unseen else None
        if last and last[0] is why and last[1].end == span.start:
            self.unseen[-1] = why, Span(last[1].start, span.end)
        else:
            self.unseen.append((why, span))

    def _inside(self, element: Element, paragraph: Element) -> Iterator[str]:
        for inner in children(element):
            yield from self._read(inner, paragraph)

    def _read(self, element: Element, paragraph: Element) -> Iterator[str]:
        name = name_of(element)
        if name in _DELETED:
            self._left_out[DELETED] += characters(element)
        elif name == "AlternateContent":
            yield from self._inside(alternative(element), paragraph)
        elif name in _DRAWN:
            self._boxes += _text_boxes(element)
        elif name == "r" and self._styles.is_hidden(child(element, "rPr"), paragraph):
            self._left_out[HIDDEN] += characters(element)
            for inner in children(element):
                self._field(inner)
        elif name not in _SKIPPED:
            yield from self._shown(element, name, paragraph)

    def _shown(self, element: Element, name: str, paragraph: Element) -> Iterator[str]:
        """Yield the text of an element, and keep in mind why nobody sees it."""
        self._field(element)
        if said := self._comment(element, name):
            self._note(said)
        if not any(self._fields):
            yield _text(element, name)
        outer = self._why
        if name == "r":
            self._why = self._styles.unseen(child(element, "rPr"), paragraph)
        yield from self._inside(element, paragraph)
        self._why = outer

    def _comment(self, element: Element, name: str) -> str | None:
        if name != "commentReference":
            return None
        return self._comments.get(value(element, "id") or "")

    def _field(self, element: Element) -> None:
        if name_of(element) != "fldChar":
            return
        match value(element, "fldCharType"):
            case "begin":
                self._fields.append(True)
            case "separate" if self._fields:
                self._fields[-1] = False
            case "end" if self._fields:
                self._fields.pop()


def characters(element: Element) -> int:
    """Count the characters of an element, deleted ones too, without white space."""
    texts = (e.text or "" for e in element.iter() if name_of(e) in ("t", "delText"))
    return sum(len("".join(text.split())) for text in texts)


def _text(element: Element, name: str) -> str:
    if name == "t":
        return element.text or ""
    if name == "br":
        return "" if value(element, "type") in _SILENT_BREAKS else "\n"
    if name == "sym":
        return _symbol(value(element, "char") or "")
    return _FIXED.get(name, "")


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _text_boxes(element: Element) -> Iterator[Element]:
    """Yield the outermost text boxes of a drawing."""
    name = name_of(element)
    if name == "txbxContent":
        yield element
        return
    inner = alternative(element) if name == "AlternateContent" else element
    for part in children(inner):
        yield from _text_boxes(part)
