"""A document as bytes, and back: what is known about it, its text, its layout."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from detector.errors import SpanError
from detector.model.document import (
    Block,
    BlockKind,
    Document,
    Omission,
    Origin,
    Place,
)
from detector.model.span import Span

_FAST = 1
_MOST = 1 << 29
"""Bytes of one text; files that are read are an eighth of it at the most."""
_ORIGIN = tuple(field.name for field in fields(Origin))


def pack_about(document: Document) -> bytes:
    """Return what is known about a document, without its text."""
    about = asdict(document.origin) | {"characters": len(document.text)}
    if document.omissions:
        about["omissions"] = [asdict(omission) for omission in document.omissions]
    return _packed(about)


def unpack_about(data: bytes) -> tuple[Origin, Mapping[str, Any]]:
    """Return where a document comes from, and all that `pack_about` kept.

    Raises ValueError for other bytes.
    """
    try:
        about: dict[str, Any] = json.loads(_unpacked(data))
        known = {name: str(about.get(name, "")) for name in _ORIGIN}
    except (zlib.error, AttributeError, RecursionError) as error:
        raise ValueError from error
    return Origin(**known), about


def pack_text(document: Document) -> bytes:
    """Return the text of a document."""
    return zlib.compress(document.text.encode("utf-8", "surrogatepass"), _FAST)


def pack_layout(document: Document) -> bytes:
    """Return where the blocks of a document stand; nothing if it has none."""
    if not document.blocks:
        return b""
    places = tuple(field.name for field in fields(Place))
    return _packed(
        [
            [
                *(block.span.start, block.span.end, block.kind.value, block.level),
                *(getattr(block.place, name) for name in places),
            ]
            for block in document.blocks
        ]
    )


def unpack_document(about: bytes, text: bytes, layout: bytes) -> Document:
    """Return the document that was packed; raises ValueError for other bytes."""
    try:
        origin, facts = unpack_about(about)
        rows = json.loads(_unpacked(layout)) if layout else []
        return Document(
            _unpacked(text).decode("utf-8", "surrogatepass"),
            origin,
            tuple(
                Block(Span(start, end), Place(*place), BlockKind(kind), level)
                for start, end, kind, level, *place in rows
            ),
            tuple(Omission(**omission) for omission in facts.get("omissions", ())),
        )
    except (zlib.error, TypeError, KeyError, RecursionError, SpanError) as error:
        raise ValueError from error


def _unpacked(data: bytes) -> bytes:
    """Return what was compressed; nobody's index takes all memory there is."""
    stream = zlib.decompressobj()
    unpacked = stream.decompress(data, _MOST)
    if not stream.eof:
        raise ValueError
    return unpacked


def _packed(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _FAST)
