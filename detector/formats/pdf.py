"""PDF files with a text layer: characters to lines, lines to paragraphs.

PDFium is not thread-safe, and is asked under a lock.
"""

from collections.abc import Sequence
from threading import Lock
from typing import Any

from detector.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    ScannedFileError,
)
from detector.formats.builder import (
    GARBLED,
    HIDDEN,
    PICTURE_PAGES,
    PICTURES,
    RUNNING_LINES,
    TextBuilder,
)
from detector.formats.limits import ReadLimits
from detector.formats.pdf_lines import Page, read_page
from detector.formats.pdf_paragraphs import paragraphs
from detector.formats.pdf_running import without_running_lines
from detector.model.document import Document, Omission, Origin, Place

_LOCK = Lock()
_SCANNED_BELOW = 10
"""Characters per page, on average, below which a PDF with pictures is a scan."""
_GARBLED_ABOVE = 0.01
_PRIVATE = ("\ue000", "\uf8ff")


def read(data: bytes, path: str, limits: ReadLimits) -> Document:
    """Return the text layer, one line a paragraph; running lines are left out.

    Raises
    ------
    ScannedFileError, EmptyFileError
        If there is no text layer, with and without pictures.
    EncryptedFileError, DamagedFileError, LimitError
        If it needs a password, is no PDF, or is too large.
    """
    with _LOCK:
        pages, title = _read(data, path, limits)
    found = sum(
        len("".join(text.split()))
        for page in pages
        for text in (page.text, *page.notes)
    )
    has_pictures = any(page.has_pictures for page in pages)
    if has_pictures and found < _SCANNED_BELOW * len(pages):
        raise ScannedFileError(path=path, pages=len(pages))
    if not found:
        raise EmptyFileError(path=path)
    builder = TextBuilder(path, limits)
    kept, dropped = without_running_lines(pages)
    page_now, number = 0, 0
    for page, text in paragraphs(kept):
        number = number + 1 if page == page_now else 1
        page_now = page
        builder.add(text, Place(page=page, paragraph=number))
    for one in pages:
        for text in one.notes:
            builder.add(" ".join(text.split()), Place(page=one.number))
    builder.left_out[RUNNING_LINES] += dropped
    builder.left_out[PICTURES] += sum(
        page.pictures for page in pages if not page.is_picture
    )
    builder.left_out[HIDDEN] += sum(page.hidden for page in pages)
    return builder.document(Origin(path, reader="pdf", title=title), _doubts(pages))


def _doubts(pages: Sequence[Page]) -> tuple[Omission, ...]:
    pictures = sum(page.is_picture for page in pages)
    text = "".join("".join(page.text.split()) for page in pages)
    garbled = sum(c == "\ufffd" or _PRIVATE[0] <= c <= _PRIVATE[1] for c in text)
    garbled += sum(page.unsure for page in pages)
    if garbled <= _GARBLED_ABOVE * len(text):
        garbled = 0
    counts = ((PICTURE_PAGES, pictures), (GARBLED, garbled))
    return tuple(
        Omission(code, count, doubtful=True) for code, count in counts if count
    )


def _read(data: bytes, path: str, limits: ReadLimits) -> tuple[list[Page], str]:
    document = _open(data, path)
    try:
        limits.check(path, "max_pages", len(document))
        pages: list[Page] = []
        found = 0
        for at in range(len(document)):
            page = read_page(document[at], at + 1, limits.max_characters - found)
            found += page.characters
            limits.check(path, "max_characters", found)
            pages.append(page)
        title = str(document.get_metadata_value("Title") or "")
        return pages, " ".join(title.split())
    finally:
        document.close()


def _open(data: bytes, path: str) -> Any:  # noqa: ANN401 - published without types
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if getattr(error, "err_code", None) == FPDF_ERR_PASSWORD:
            raise EncryptedFileError(path=path) from error
        reason = " ".join(str(error).split())
        raise DamagedFileError(path=path, reason=reason) from error
