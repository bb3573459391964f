"""What bytes without a name are."""

import io
import re

_HTML = re.compile(
    rb"\s*+(?:<!--(?:(?!-->).)*+-->\s*+|<\?xml(?:(?!\?>).)*+\?>\s*+)*+"
    rb"<(?:!doctype\s+html|html)\b",
    re.DOTALL,
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_WINDOW = 2048


def sniff(data: bytes) -> str:
    """Return the suffix of the format that `data` begins like; ``.txt`` if like none.

    >>> sniff(b"%PDF-1.7"), sniff(b"<!DOCTYPE html>"), sniff(b"1. Summary")
    ('.pdf', '.html', '.txt')
    """
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return ".docx" if _holds_document(data) else ".zip"
    if data.startswith(OLE):
        return ".docx"  # its reader tells an encrypted file from a legacy one
    head = data[:_WINDOW]
    if head.startswith(_MARKS):
        head = head[2:].replace(b"\x00", b"").lstrip(b"\xbf")
    return ".html" if _HTML.match(head.lower()) else ".txt"


def _holds_document(data: bytes) -> bool:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (BadZipFile, ValueError, OSError):
        return True  # broken: let the reader say so
