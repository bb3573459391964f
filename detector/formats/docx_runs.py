"""The text of one paragraph of a Word document, run by run."""

from collections import Counter
from collections.abc import Iterator

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
    """

    def __init__(self, styles: Styles, left_out: Counter[str]) -> None:
        self._styles = styles
        self._left_out = left_out
        self._fields: list[bool] = []  # open fields; True while in the code of one
        self._boxes: list[Element] = []

    def read(self, paragraph: Element) -> tuple[str, list[Element]]:
        """Return the text of a paragraph, and the text boxes that hang on it."""
        self._boxes = []
        text = "".join(self._inside(paragraph, paragraph))
        return text, self._boxes

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
            self._field(element)
            if not any(self._fields):
                yield _text(element, name)
            yield from self._inside(element, paragraph)

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
