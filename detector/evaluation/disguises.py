"""Disguises of a copied passage: a person reads it as it is, and a tool may not."""

import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from itertools import cycle
from typing import NamedTuple, TypeAlias

from detector.evaluation.edits.signs import in_traditional_forms

Piece: TypeAlias = tuple[str, bool]
"""Some text, and whether nobody is to see it."""
Write: TypeAlias = Callable[[Sequence[Piece]], bytes]

_FILLER = "枣"
_DUST = "ʼˌˈːˊˋ"
_RADICALS = {
    unicodedata.normalize("NFKC", chr(point)): chr(point)
    for point in range(0x2F00, 0x2FD6)
}
_LOOK_ALIKES = str.maketrans("aceopxyABCEHKMOPTXY", "асеорхуАВСЕНКМОРТХУ")
_WIDER = {point: point + 0xFEE0 for point in range(0x21, 0x7F)}
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxml'
    'formats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


class Disguise(NamedTuple):
    """A way to disguise a passage.

    Attributes
    ----------
    dress : callable
        Returns the passage in pieces; joined, those that are seen look like it.
    write : callable
        Returns a document of pieces as bytes.
    suffix : str
        The format of these.
    chinese : bool or None
        Of which passages it makes something else: Chinese, English, or any.
    """

    dress: Callable[[str], Sequence[Piece]]
    write: Write
    suffix: str
    chinese: bool | None = None


def as_text(pieces: Sequence[Piece]) -> bytes:
    """Return a plain text of all pieces."""
    return "".join(text for text, _ in pieces).encode("utf-8", "replace")


def page_with(style: str) -> Write:
    """Return what writes a page in which some pieces have a style."""

    def write(pieces: Sequence[Piece]) -> bytes:
        body = "".join(
            f'<span style="{style}">{escape(text)}</span>'
            if hidden
            else escape(text).replace("\n", "</p>\n<p>")
            for text, hidden in pieces
        )
        page = f"<!DOCTYPE html><meta charset=utf-8><body><p>{body}</p></body>"
        return page.encode("utf-8", "replace")

    return write


def word_with(properties: str) -> Write:
    """Return what writes a Word file in which some pieces have properties."""

    def write(pieces: Sequence[Piece]) -> bytes:
        body = "".join(_runs(pieces, properties))
        document = (
            f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_WORD}">'
            f"<w:body><w:p>{body}</w:p></w:body></w:document>"
        )
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _TYPES)
            archive.writestr("_rels/.rels", _RELATIONS)
            archive.writestr("word/document.xml", document.encode("utf-8", "replace"))
        return file.getvalue()

    return write


def _runs(pieces: Sequence[Piece], properties: str) -> Iterator[str]:
    for text, hidden in pieces:
        for number, line in enumerate(text.split("\n")):
            if number:
                yield "</w:p><w:p>"
            said = escape("".join(c for c in line if c == "\t" or c.isprintable()))
            looks = f"<w:rPr>{properties}</w:rPr>" if hidden else ""
            yield f'<w:r>{looks}<w:t xml:space="preserve">{said}</w:t></w:r>'


def _seen(change: Callable[[str], str]) -> Callable[[str], Sequence[Piece]]:
    return lambda passage: [(change(passage), False)]


def _between(signs: str) -> Callable[[str], Sequence[Piece]]:
    """Return what puts one sign after the other behind each letter."""

    def change(passage: str) -> str:
        following = cycle(signs)
        return "".join(c + next(following) if c.isalnum() else c for c in passage)

    return _seen(change)


def _filled(passage: str) -> Sequence[Piece]:
    """Return a passage with a letter that is not seen behind each of its own."""
    return [
        piece
        for char in passage
        for piece in ((char, False), (_FILLER, True))[: 1 + char.isalnum()]
    ]


def _turned(passage: str) -> str:
    """Return the letters backwards, in signs that turn them round again."""
    lines = passage.split("\n")
    return "\n".join(f"\u202e{line[::-1]}\u202c" for line in lines)


DISGUISES: Mapping[str, Disguise] = {
    "zero_width": Disguise(_between("\u200b\u2060\u200d"), as_text, ".txt"),
    "blanks": Disguise(_between(" "), as_text, ".txt", chinese=True),
    "thin_blanks": Disguise(_between("\u200a"), as_text, ".txt", chinese=False),
    "signs": Disguise(_between("·"), as_text, ".txt"),
    "dust": Disguise(_between(_DUST), as_text, ".txt"),
    "full_width": Disguise(_seen(lambda t: t.translate(_WIDER)), as_text, ".txt"),
    "traditional_forms": Disguise(
        _seen(in_traditional_forms), as_text, ".txt", chinese=True
    ),
    "radicals": Disguise(
        _seen(lambda t: "".join(_RADICALS.get(c, c) for c in t)),
        as_text,
        ".txt",
        chinese=True,
    ),
    "look_alikes": Disguise(
        _seen(lambda t: t.translate(_LOOK_ALIKES)), as_text, ".txt", chinese=False
    ),
    "turned": Disguise(_seen(_turned), as_text, ".txt"),
    "page_hidden": Disguise(_filled, page_with("display:none"), ".html"),
    "page_small": Disguise(_filled, page_with("font-size:0"), ".html"),
    "page_white": Disguise(_filled, page_with("color:#fff"), ".html"),
    "word_hidden": Disguise(_filled, word_with("<w:vanish/>"), ".docx"),
    "word_white": Disguise(_filled, word_with('<w:color w:val="FFFFFF"/>'), ".docx"),
    "word_small": Disguise(_filled, word_with('<w:sz w:val="1"/>'), ".docx"),
}
