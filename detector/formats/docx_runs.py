"""The text of one paragraph of a Word document, run by run."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from detector.formats.builder import DELETED, HIDDEN
from detector.formats.docx_fields import Fields, never_ended, shown_by
from detector.formats.docx_looks import (
    PAGE,
    is_hidden,
    look_of,
    unseen,
)
from detector.formats.docx_styles import Paragraph, Styles
from detector.formats.docx_xml import (
    Element,
    child,
    children,
    name_of,
    outermost,
    value,
)
from detector.model.document import Unseen
from detector.model.span import Span

MORE_THAN_A_LABEL = 20
"""Letters from which an aid to the reader is text by itself."""
_DELETED = frozenset({"del", "moveFrom"})
_TEXTS = frozenset({"t"})
_DRAWN = frozenset({"drawing", "pict", "object"})
_FIXED = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011"}
_SILENT_BREAKS = frozenset({"page", "column"})
# Properties and the like; a run of them says nothing by itself.
_SKIPPED = frozenset({"pPr", "rPr", "delText", "sdtPr", "fldData"})
_TO_LEFT, _AS_BEFORE = "\u202e", "\u202c"
_RUN_TO_LEFT = frozenset({"R", "AL", "AN"})


class Around(NamedTuple):
    """What paragraphs stand in: a page, a cell or a text box.

    Attributes
    ----------
    ground : str
        The colour behind them.
    table : str
        The style of the innermost table.
    why : Unseen or None
        Why nothing in it is seen.
    """

    ground: str = PAGE
    table: str = ""
    why: Unseen | None = None


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
        self._fields = Fields(set())
        self._never_ended: set[Element] = set()
        self._start("", Around())

    def _start(self, style: str, around: Around) -> None:
        self._style, self._around, self._why = style, around, around.why
        self._pieces: list[str] = []
        self._length = 0
        self._boxes: list[Element] = []
        self._is_turned = self._is_above = False
        self.unseen: list[tuple[Unseen, Span]] = []

    @contextmanager
    def part(self, root: Element) -> Iterator[None]:
        """Read a part of the file: a field of it begins and ends in it."""
        self._never_ended = never_ended(root)
        with self.story():
            yield

    @contextmanager
    def story(self) -> Iterator[None]:
        """Read what has fields of its own: a part, a note, a text box."""
        outer, self._fields = self._fields, Fields(self._never_ended)
        yield
        self._fields = outer

    def read(
        self, paragraph: Element, said: Paragraph, around: Around
    ) -> tuple[str, list[Element]]:
        """Return the text of a paragraph, and the text boxes that hang on it.

        Of the paragraph is `said` what its properties say, and its style.
        """
        ground = around.ground if said.ground is None else said.ground
        why = Unseen.TINY if said.is_flat else around.why
        self._start(said.style, Around(ground, around.table, why))
        self._inside(paragraph)
        return "".join(self._pieces), self._boxes

    def _say(self, text: str) -> None:
        if not text or self._fields.in_code:
            return
        start, self._length = self._length, self._length + len(text)
        self._pieces.append(text)
        if self._why and any(map(str.isalnum, text)):  # signs alone say nothing
            self._add_unseen(self._why, Span(start, self._length))

    def _add_unseen(self, why: Unseen, span: Span) -> None:
        last = self.unseen[-1] if self.unseen else None
        if last and last[0] is why and last[1].end == span.start:
            self.unseen[-1] = why, Span(last[1].start, span.end)
        else:
            self.unseen.append((why, span))

    def _inside(self, element: Element) -> None:
        for inner in element:
            self._read(inner, name_of(inner))

    def _read(self, element: Element, name: str) -> None:
        if name == "t":
            self._say(element.text or "")
        elif name == "r":
            self._run(element)
        elif name in _DELETED:
            self._left_out[DELETED] += characters(element)
            self._fields.pass_over(element)
        elif name in _DRAWN:
            self._boxes += _text_boxes(element)
        elif name not in _SKIPPED:
            self._other(element, name)

    def _run(self, run: Element) -> None:
        own = look_of(child(run, "rPr"))
        look = self._styles.look(own, self._style, self._around.table)
        if is_hidden(look):
            self._left_out[HIDDEN] += characters(run)
            self._fields.pass_over(run)
            return
        outer, self._why = (
            self._why,
            self._around.why or unseen(look, self._around.ground),
        )
        self._inside(run)
        self._why = outer

    def _other(self, element: Element, name: str) -> None:
        match name:
            case "fldChar":
                self._say(self._fields.mark(element))
            case "instrText":
                self._fields.add_code(element.text or "")
            case "fldSimple" if not len(element):
                self._say(shown_by(value(element, "instr") or ""))
            case "rt" if not self._is_above:
                self._above(element)
            case "bdo" if not self._is_turned and _turns(element):
                self._turned(element)
            case _:
                self._noted(element, name)
                self._say(_text(element, name))
                self._inside(element)

    def _above(self, element: Element) -> None:
        """Read what stands above letters, unless it says how these are spoken."""
        if not _is_an_aid(element):
            self._is_above = True
            self._inside(element)
            self._is_above = False

    def _turned(self, element: Element) -> None:
        """Say with the characters that do the same that letters run backwards."""
        self._is_turned = True
        self._say(_TO_LEFT)
        self._inside(element)
        self._say(_AS_BEFORE)
        self._is_turned = False

    def _noted(self, element: Element, name: str) -> None:
        if name == "commentReference":
            said = self._comments.get(value(element, "id") or "")
            if said:
                self._note(said)


def characters(element: Element) -> int:
    """Count the characters of an element, deleted ones too, without white space."""
    texts = (e.text or "" for e in element.iter("{*}t", "{*}delText"))
    return sum(len("".join(text.split())) for text in texts)


def said_in(element: Element) -> str:
    """Return all text of an element that is shown, in a row."""
    return "".join(e.text or "" for e in outermost(element, _TEXTS))


def _text(element: Element, name: str) -> str:
    if name == "br":
        return "" if value(element, "type") in _SILENT_BREAKS else "\n"
    if name == "sym":
        return _symbol(value(element, "char") or "")
    return _FIXED.get(name, "")


def _is_an_aid(above: Element) -> bool:
    """Tell whether small letters above others say how these are spoken."""
    said = said_in(above)
    ideographs = any("\u3400" <= char <= "\u9fff" for char in said)
    return not ideographs and len(said) <= MORE_THAN_A_LABEL


def _turns(element: Element) -> bool:
    """Tell whether letters that run to the right are made to run to the left."""
    if value(element) != "rtl":
        return False
    directions = {unicodedata.bidirectional(char) for char in said_in(element)}
    return "L" in directions and not directions & _RUN_TO_LEFT


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _text_boxes(element: Element) -> Iterator[Element]:
    """Yield the outermost text boxes of a drawing, and texts that are drawn."""
    name = name_of(element)
    if name in ("txbxContent", "textpath"):
        yield element
        return
    for part in children(element):
        yield from _text_boxes(part)
