"""Blocks of a Word document: paragraphs, tables cell by cell, text boxes, notes."""

from collections.abc import Iterator, Mapping
from typing import Literal

from detector.formats.builder import DELETED, HEADERS, HIDDEN, NUMBERS, TextBuilder
from detector.formats.docx_runs import RunReader, characters
from detector.formats.docx_styles import Styles
from detector.formats.docx_xml import (
    Element,
    child,
    is_on,
    name_of,
    number,
    unwrapped,
    value,
)
from detector.model.document import BlockKind, Place

_MORE_THAN_A_LINE = 80
"""Characters from which a header is text that somebody has put there to be read."""
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


class Body:
    """Adds the blocks of a document to `builder`, in reading order."""

    def __init__(
        self,
        builder: TextBuilder,
        styles: Styles,
        comments: Mapping[str, str] | None = None,
    ) -> None:
        self._builder = builder
        self._styles = styles
        self._runs = RunReader(styles, builder.left_out, builder.note, comments)
        self._paragraphs = 0
        self._tables = 0

    def read_body(self, root: Element) -> None:
        """Read the main part: what stands in its ``w:body``."""
        body = child(root, "body")
        for block in [] if body is None else unwrapped(body):
            if name_of(block) == "p":
                self._paragraphs += 1
                place = Place(paragraph=self._paragraphs)
                self._paragraph(block, place, BlockKind.PARAGRAPH)
            elif name_of(block) == "tbl":
                self._table(block)

    def read_notes(self, root: Element | None, kind: str) -> None:
        """Read a part of footnotes or endnotes, except for its separator lines."""
        count = 0
        for note in [] if root is None else root:
            if value(note, "type") in _SEPARATORS:
                continue
            count += 1
            place = Place(
                paragraph=count, part="endnote" if kind == "endnotes" else "footnote"
            )
            self._blocks(note, place, BlockKind.FOOTNOTE)

    def read_diagram(self, root: Element | None) -> None:
        """Read the text of a diagram (SmartArt), a paragraph a block."""
        for paragraph in [] if root is None else root.iter():
            if name_of(paragraph) == "p":
                texts = (e.text or "" for e in paragraph.iter() if name_of(e) == "t")
                self._builder.add("".join(texts), Place(part="textbox"))

    def read_margin(
        self, root: Element | None, part: Literal["header", "footer"]
    ) -> None:
        """Read a header or footer if it is more than a line; else count it."""
        if root is None:
            return
        if (count := characters(root)) < _MORE_THAN_A_LINE:
            self._builder.left_out[HEADERS] += count
        else:
            self._blocks(root, Place(part=part), BlockKind.PARAGRAPH)

    def _blocks(self, parent: Element, place: Place, kind: BlockKind) -> None:
        for block in unwrapped(parent):
            if name_of(block) == "p":
                self._paragraph(block, place, kind)
            elif name_of(block) == "tbl":
                self._table(block)

    def _paragraph(self, paragraph: Element, place: Place, kind: BlockKind) -> None:
        text, boxes = self._runs.read(paragraph)
        level = self._styles.level(paragraph) if kind is BlockKind.PARAGRAPH else 0
        if text.strip() and self._styles.is_numbered(paragraph):
            self._builder.left_out[NUMBERS] += 1
        shown = BlockKind.HEADING if level else kind
        self._builder.add(text, place, shown, level, self._runs.unseen)
        for box in boxes:
            inside = Place(paragraph=self._paragraphs or None, part="textbox")
            self._blocks(box, inside, BlockKind.PARAGRAPH)

    def _table(self, table: Element) -> None:
        self._tables += 1
        own = self._tables
        rows = [row for row in unwrapped(table) if name_of(row) == "tr"]
        for at, row in enumerate(rows, 1):
            if not self._is_left_out(row):
                for column, cell in _cells(row):
                    self._cell(cell, Place(table=own, row=at, column=column))

    def _is_left_out(self, row: Element) -> bool:
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            self._builder.left_out[DELETED] += characters(row)
            return True
        if is_on(child(properties, "hidden")):
            self._builder.left_out[HIDDEN] += characters(row)
            return True
        return False

    def _cell(self, cell: Element, place: Place) -> None:
        count = 0
        for block in unwrapped(cell):
            if name_of(block) == "p":
                count += 1
                inside = Place(
                    paragraph=count,
                    table=place.table,
                    row=place.row,
                    column=place.column,
                )
                self._paragraph(block, inside, BlockKind.CELL)
            elif name_of(block) == "tbl":
                self._table(block)


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    """Yield the cells with their columns; of cells merged downwards the first only."""
    column = 1 + (number(child(row, "trPr", "gridBefore")) or 0)
    for cell in unwrapped(row):
        if name_of(cell) != "tc":
            continue
        properties = child(cell, "tcPr")
        merged = child(properties, "vMerge")
        if merged is None or value(merged) == "restart":
            yield column, cell
        column += number(child(properties, "gridSpan")) or 1
