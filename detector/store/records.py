"""A document as bytes, and back: what is known about it, its text, its layout."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

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
        about: dict[str, Any] = json.loads(zlib.decompress(data))
        known = {name: str(about.get(name, "")) for name in _ORIGIN}
    except (zlib.error, AttributeError) as error:
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
        rows = json.loads(zlib.decompress(layout)) if layout else []
        return Document(
            zlib.decompress(text).decode("utf-8", "surrogatepass"),
            origin,
            tuple(
                Block(Span(start, end), Place(*place), BlockKind(kind), level)
                for start, end, kind, level, *place in rows
            ),
            tuple(Omission(**omission) for omission in facts.get("omissions", ())),
        )
    except (zlib.error, TypeError, KeyError) as error:
        raise ValueError from error


def _packed(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _FAST)
