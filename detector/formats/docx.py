"""Word documents: the text that stands after accepting all changes, block by block.

The package is walked as XML, by local names: the ready-made readers lose tracked
insertions, content controls, text boxes and notes, and repeat merged cells.
"""

from detector.errors import (
    DamagedFileError,
    EncryptedFileError,
    ScannedFileError,
    UnknownFormatError,
)
from detector.formats.archive import Archive
from detector.formats.builder import (
    COMMENTS,
    EMBEDDED,
    PICTURES,
    TextBuilder,
)
from detector.formats.docx_body import Body
from detector.formats.docx_styles import Styles
from detector.formats.docx_xml import children, name_of, value
from detector.formats.limits import ReadLimits
from detector.formats.sniff import OLE
from detector.model.document import Document, Origin

_MAIN = "word/document.xml"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def read(data: bytes, path: str, limits: ReadLimits) -> Document:
    """Return the document: body, text boxes at their anchors, notes at the end.

    Deleted and hidden text, headers and footers (but for those that are longer than a
    line, which come at the end), comments and pictures are left out and counted.

    Raises
    ------
    EncryptedFileError, UnknownFormatError
        If it needs a password, or is of the format before docx.
    DamagedFileError, LimitError, EmptyFileError, ScannedFileError
        If it cannot be read, is too large, or holds no text, or pictures only.
    """
    if data.startswith(OLE):
        if _ENCRYPTED_STREAM in data:
            raise EncryptedFileError(path=path)
        raise UnknownFormatError(path=path, suffix=".doc", known=".docx")
    archive = Archive(data, path, limits)
    main = _main_part(archive)
    root = archive.xml(main)
    if root is None:
        raise DamagedFileError(path=path, reason=f"no {_MAIN}")
    parts = _related(archive, main)
    builder = TextBuilder(path, limits)
    styles = Styles(archive.xml(next(iter(parts.get("styles", [])), "")))
    body = Body(builder, styles, _own_comments(archive, parts))
    body.read_body(root)
    for name in parts.get("diagramData", []):
        body.read_diagram(archive.xml(name))
    for kind in ("footnotes", "endnotes"):
        for name in parts.get(kind, []):
            body.read_notes(archive.xml(name), kind)
    _read_margins(body, archive, parts)
    _count_unread(archive, parts, builder)
    pictures = sum(name_of(e) in ("blip", "imagedata") for e in root.iter())
    builder.left_out[PICTURES] += pictures
    if builder.is_empty and pictures:
        raise ScannedFileError(path=path, pages=pictures)
    return builder.document(Origin(path, reader="docx", title=_title(archive)))


def _main_part(archive: Archive) -> str:
    for relation in children(archive.xml("_rels/.rels")):
        if (value(relation, "Type") or "").endswith("/officeDocument"):
            return (value(relation, "Target") or _MAIN).lstrip("/")
    return _MAIN


def _related(archive: Archive, main: str) -> dict[str, list[str]]:
    """Return the parts that the main part refers to, by the kind of the relation."""
    folder, _, name = main.rpartition("/")
    parts: dict[str, dict[str, None]] = {}
    for relation in children(archive.xml(f"{folder}/_rels/{name}.rels")):
        kind = (value(relation, "Type") or "").rpartition("/")[2]
        target = value(relation, "Target") or ""
        if value(relation, "TargetMode") != "External":
            full = target.lstrip("/") if target[:1] == "/" else f"{folder}/{target}"
            parts.setdefault(kind, {})[full] = None  # named twice, it is there once
    return {kind: list(names) for kind, names in parts.items()}


def _own_comments(archive: Archive, parts: dict[str, list[str]]) -> dict[str, str]:
    """Return the comments that are for this tool, by their ids."""
    found = {}
    for name in parts.get("comments", []):
        for comment in children(archive.xml(name)):
            said = "".join(e.text or "" for e in comment.iter() if name_of(e) == "t")
            if said.strip().startswith("detector:"):
                found[value(comment, "id") or ""] = said.strip()
    return found


def _read_margins(body: Body, archive: Archive, parts: dict[str, list[str]]) -> None:
    for name in parts.get("header", []):
        body.read_margin(archive.xml(name), "header")
    for name in parts.get("footer", []):
        body.read_margin(archive.xml(name), "footer")


def _count_unread(
    archive: Archive, parts: dict[str, list[str]], builder: TextBuilder
) -> None:
    for name in parts.get("comments", []):
        root = archive.xml(name)
        builder.left_out[COMMENTS] += sum(
            name_of(e) == "comment" for e in children(root)
        )
    builder.left_out[EMBEDDED] += len(parts.get("aFChunk", []))


def _title(archive: Archive) -> str:
    for element in children(archive.xml("docProps/core.xml")):
        if name_of(element) == "title":
            return " ".join((element.text or "").split())
    return ""
