"""Blocks of a Word document: paragraphs, tables cell by cell, text boxes, notes."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Literal

from detector.formats.builder import DELETED, HEADERS, HIDDEN, NUMBERS, TextBuilder
from detector.formats.docx_looks import ANY, PAGE, ground_of, ground_of_box, is_flat
from detector.formats.docx_runs import (
    MORE_THAN_A_LABEL,
    Around,
    RunReader,
    characters,
    said_in,
)
from detector.formats.docx_styles import Styles
from detector.formats.docx_xml import (
    Element,
    child,
    children,
    is_on,
    name_of,
    number,
    outermost,
    value,
)
from detector.model.document import BlockKind, Place, Unseen

_MORE_THAN_A_LINE = 80
"""Characters from which a header is text that somebody has put there to be read."""
_MARGINS = frozenset({"header", "footer"})
_PARAGRAPHS = frozenset({"p"})
_BLOCKS, _ROWS, _CELLS = frozenset({"p", "tbl"}), frozenset({"tr"}), frozenset({"tc"})
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


class Body:
    """Adds the blocks of a document to `builder`, in reading order.

    Attributes
    ----------
    margins : set of str
        Lines of headers and footers that are left out.
    """

    def __init__(
        self,
        builder: TextBuilder,
        styles: Styles,
        comments: Mapping[str, str] | None = None,
    ) -> None:
        self._builder = builder
        self._styles = styles
        self._runs = RunReader(styles, builder.left_out, builder.note, comments)
        self._around = Around()
        self._paragraphs = 0
        self._tables = 0
        self.margins: set[str] = set()

    def read_body(self, root: Element, ground: str | None = None) -> None:
        """Read the main part: what stands in its ``w:body``, on pages of a colour."""
        self._around = Around(PAGE if ground is None else ground)

        def place() -> Place:
            self._paragraphs += 1
            return Place(paragraph=self._paragraphs)

        body = child(root, "body")
        if body is not None:
            with self._runs.part(root):
                self._blocks(body, place, BlockKind.PARAGRAPH)

    def read_notes(
        self, root: Element | None, part: Literal["footnote", "endnote"], ids: set[str]
    ) -> None:
        """Read the notes of a part that the text refers to, by their `ids`.

        Lines that separate notes are text when they say something.
        """
        count = 0
        for note in children(root):
            separates = value(note, "type") in _SEPARATORS
            if separates and characters(note) <= MORE_THAN_A_LABEL:
                continue
            if separates or value(note, "id") in ids:
                count += 1
                place = Place(paragraph=count, part=part)
                with self._runs.part(note):
                    self._blocks(note, _at(place), BlockKind.FOOTNOTE)

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
        lines = [said_in(line) for line in outermost(root, _PARAGRAPHS)]
        count = len("".join("".join(lines).split()))
        if count < _MORE_THAN_A_LINE:
            self._builder.left_out[HEADERS] += count
            self.margins.update(lines)
            return
        with self._runs.part(root):
            self._blocks(root, _at(Place(part=part)), BlockKind.PARAGRAPH)

    def _blocks(
        self, parent: Element, place: Callable[[], Place], kind: BlockKind
    ) -> None:
        for block in outermost(parent, _BLOCKS):
            if name_of(block) == "p":
                self._paragraph(block, place(), kind)
            else:
                self._table(block)

    def _paragraph(self, paragraph: Element, place: Place, kind: BlockKind) -> None:
        said = self._styles.paragraph(child(paragraph, "pPr"))
        text, boxes = self._runs.read(paragraph, said, self._around)
        level = said.level if kind is BlockKind.PARAGRAPH else 0
        if said.is_numbered and text.strip():
            self._builder.left_out[NUMBERS] += 1
        shown = BlockKind.HEADING if level else kind
        self._builder.add(text, place, shown, level, self._runs.unseen)
        for box in boxes:
            self._box(box, place.part in _MARGINS)

    def _box(self, box: Element, in_margin: bool) -> None:
        place = Place(paragraph=self._paragraphs or None, part="textbox")
        if name_of(box) == "txbxContent":
            with self._runs.story(), self._within(Around(ground_of_box(box))):
                self._blocks(box, _at(place), BlockKind.PARAGRAPH)
        elif not in_margin:  # where it is a watermark
            self._builder.add(value(box, "string") or "", place)

    @contextmanager
    def _within(self, around: Around) -> Iterator[None]:
        outer, self._around = self._around, around
        yield
        self._around = outer

    def _table(self, table: Element) -> None:
        self._tables += 1
        own, outer = self._tables, self._around
        properties = child(table, "tblPr")
        style = self._styles.table(properties)
        shaded = self._styles.shades(style)  # cell by cell, over what the table says
        base = Around(ANY if shaded else outer.ground, style, outer.why)
        merged: set[int] = set()
        for at, row in enumerate(outermost(table, _ROWS), 1):
            if self._is_left_out(row):
                continue
            around = base
            for said in () if shaded else (properties, child(row, "tblPrEx")):
                around = _on(child(said, "shd"), around)
            if is_flat(child(row, "trPr", "trHeight"), "val", "hRule"):
                around = around._replace(why=Unseen.TINY)
            cells, merged = _cells(row, merged)
            for column, cell in cells:
                with self._within(_on(child(cell, "tcPr", "shd"), around)):
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

        def inside() -> Place:
            nonlocal count
            count += 1
            return replace(place, paragraph=count)

        self._blocks(cell, inside, BlockKind.CELL)


def _at(place: Place) -> Callable[[], Place]:
    return lambda: place


def _on(shade: Element | None, around: Around) -> Around:
    ground = ground_of(shade)
    return around if ground is None else around._replace(ground=ground)


def _cells(
    row: Element, above: Collection[int]
) -> tuple[list[tuple[int, Element]], set[int]]:
    """Return the cells with their columns, and the columns that are merged downwards.

    Of cells that are merged the first only: what the row `above` goes on with.
    """
    column = 1 + (number(child(row, "trPr", "gridBefore")) or 0)
    cells, merged = [], set()
    for cell in outermost(row, _CELLS):
        properties = child(cell, "tcPr")
        merge = child(properties, "vMerge")
        if merge is not None:
            merged.add(column)
        if merge is None or value(merge) == "restart" or column not in above:
            cells.append((column, cell))
        column += number(child(properties, "gridSpan")) or 1
    return cells, merged
