"""Where a person looks a passage up: a line of a text, a paragraph of a file."""

from collections.abc import Iterator

from detector.messages import Language, say
from detector.model.document import HASH, Document, Place
from detector.model.span import Span

_BY_LINE = frozenset({"txt", "md"})
"""Readers of files that people open in an editor, which counts lines."""


def place(document: Document, offset: int, language: Language) -> str:
    r"""Return what to look up to find `offset` of `document`.

    Texts give ``path:line:column``, which terminals and editors open on a click; other
    files give page, paragraph, table cell or footnote, without the name of the file.

    >>> place(Document.from_text("甲\n乙丙", path="总结.txt"), 3, "zh")
    '总结.txt:2:2'
    """
    if found := block_place(document, offset):
        gap = say("R-place-gap", language)
        if worded := gap.join(_words(found, language)):
            return worded
    if document.origin.reader == HASH:  # its lines are nobody's
        return document.origin.path
    line, column = document.line_and_column(offset)
    return f"{document.origin.path}:{line}:{column}"


def place_in_file(document: Document, offset: int, language: Language) -> str:
    """Return `place` with the name of the file, where it would lack it."""
    where = place(document, offset, language)
    path = document.origin.path
    whole = where == path or where.startswith(f"{path}:")
    return where if whole else f"{path} {where}"


def place_within(document: Document, span: Span, language: Language) -> str:
    """Return where a span is, without the name of the file; empty: the whole of it."""
    if not span:
        return say("R-place-whole", language)
    where = place(document, span.start, language)
    return where.removeprefix(f"{document.origin.path}:")


def has_lines(document: Document) -> bool:
    """Tell whether lines of the text are lines of the file: not of a Word file."""
    return document.origin.reader in _BY_LINE or block_place(document, 0) is None


def in_place(document: Document, offset: int, said: str, language: Language) -> str:
    """Return what is said of a place, after the place if no line tells it."""
    if has_lines(document):
        return said
    return f"{place(document, offset, language)}: {said}"


def block_place(document: Document, offset: int) -> Place | None:
    """Return the place of the block that holds `offset`; None where lines serve."""
    if document.origin.reader in _BY_LINE:
        return None
    block = document.block_at(offset)
    return block.place if block else None


def _words(found: Place, language: Language) -> Iterator[str]:
    """Yield the parts of a place, the largest first."""
    if found.page is not None:
        yield say("R-place-page", language, n=found.page)
    if found.part != "body":
        yield say(f"R-place-{found.part}", language)
    if found.table is None:
        if found.paragraph is not None:
            yield say("R-place-paragraph", language, n=found.paragraph)
        return
    yield say("R-place-table", language, n=found.table)
    if found.row is not None:
        yield say("R-place-row", language, n=found.row)
    if found.column is not None:
        yield say("R-place-column", language, n=found.column)
