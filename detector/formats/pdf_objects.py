"""What a PDF page shows beside its text: pictures, and notes written upon it."""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

from detector.formats.pdf_looks import Box, Glyph, common, placed

_NOTICED, _LARGE = 0.05, 0.5
"""Shares of the page that a picture takes."""
_LETTERS = 10
"""Letters upon a picture that are its text."""
_MOST = 20
"""Pictures of a page that are looked at, the largest first."""
_UNSHOWN = 1 << 1 | 1 << 5
"""Flags of annotations that are hidden or not viewed: ISO 32000, 12.5.3."""
_WRITTEN = ("Tx", "Ch")
"""Fields of forms whose value is text."""


def outermost(page: Any) -> list[Any]:  # noqa: ANN401 - published without types
    """Return the objects of the page that are in no form, as PDFium has them."""
    from pypdfium2 import raw

    count = max(0, raw.FPDFPage_CountObjects(page))
    return [raw.FPDFPage_GetObject(page, at) for at in range(count)]


def has_pictures(objects: Sequence[Any]) -> bool:
    """Tell whether there is any picture, also within forms."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return next(placed(objects, FPDF_PAGEOBJ_IMAGE), None) is not None


def unread_pictures(
    objects: Sequence[Any], page_box: Box, glyphs: Sequence[Glyph]
) -> tuple[int, bool]:
    """Return how many pictures of some size bear no text, and whether one is large."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    whole = _area(page_box)
    pictures = placed(objects, FPDF_PAGEOBJ_IMAGE)
    inside = (common(box, page_box) for _, box in pictures)
    noticed = sorted(
        (box for box in inside if _area(box) > _NOTICED * whole), key=_area
    )
    unread = [box for box in noticed[-_MOST:] if _letters(glyphs, box) < _LETTERS]
    return len(unread), any(_area(box) > _LARGE * whole for box in unread)


def _area(box: Box) -> float:
    left, bottom, right, top = box
    return max(0.0, right - left) * max(0.0, top - bottom)


def _letters(glyphs: Sequence[Glyph], box: Box) -> int:
    left, bottom, right, top = box
    return sum(
        left < (one.left + one.right) / 2 < right
        and bottom < (one.bottom + one.top) / 2 < top
        for one in glyphs
        if not one.char.isspace()
    )


def notes(page: Any, most: int) -> Iterator[str]:  # noqa: ANN401
    """Yield what is written upon the page, or into the fields of its form.

    Many may share one text: what comes after `most` characters is not read.
    """
    from pypdfium2 import raw

    found = 0
    for at in range(max(0, raw.FPDFPage_GetAnnotCount(page))):
        note = raw.FPDFPage_GetAnnot(page, at)
        if not note:
            continue
        text = _written(note)
        raw.FPDFPage_CloseAnnot(note)
        found += len(text)
        if text.strip():
            yield text
        if found > most:
            return


def _written(note: Any) -> str:  # noqa: ANN401
    from pypdfium2 import raw

    if raw.FPDFAnnot_GetFlags(note) & _UNSHOWN:
        return ""
    kind = raw.FPDFAnnot_GetSubtype(note)
    if kind == raw.FPDF_ANNOT_FREETEXT:
        return _value(note, b"Contents")
    if kind == raw.FPDF_ANNOT_WIDGET and _value(note, b"FT") in _WRITTEN:
        return _value(note, b"V")
    return ""


def _value(note: Any, key: bytes) -> str:  # noqa: ANN401
    from pypdfium2 import raw

    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    into = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
    raw.FPDFAnnot_GetStringValue(note, key, into, size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
