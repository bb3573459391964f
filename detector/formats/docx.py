"""Word documents: the text that stands after accepting all changes, block by block.

The package is walked as XML, by local names: the ready-made readers lose tracked
insertions, content controls, text boxes and notes, and repeat merged cells.
"""

import posixpath
from dataclasses import replace

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
    HEADERS,
    NUMBERS,
    PICTURES,
    TextBuilder,
)
from detector.formats.docx_body import Body
from detector.formats.docx_looks import colour_of
from detector.formats.docx_runs import MORE_THAN_A_LABEL
from detector.formats.docx_styles import Styles
from detector.formats.docx_xml import Element, child, children, is_on, name_of, value
from detector.formats.limits import ReadLimits
from detector.formats.sniff import OLE
from detector.model.document import Document, Origin

_MAIN = "word/document.xml"
_REFERENCES = ("{*}headerReference", "{*}footerReference", "{*}relIds")
"""What says of headers, footers and diagrams that they are shown."""
_PLACED = frozenset({"header", "footer", "diagramData"})
_MORE_THAN_MARGINS = 160
"""Letters of headers and footers, a line of each, from which they are no titles."""
_LONG_LABEL = 12
"""Letters of a number or bullet, likewise."""
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
    parts = _related(archive, main, root)
    builder = TextBuilder(path, limits)
    styles = Styles(archive.xml(next(iter(parts.get("styles", [])), "")))
    body = Body(builder, styles, _own_comments(archive, parts))
    body.read_body(root, _colour_of_pages(root, archive, parts))
    for name in parts.get("diagramData", []):
        body.read_diagram(archive.xml(name))
    for name in parts.get("footnotes", []):
        body.read_notes(archive.xml(name), "footnote", _ids(root, "footnoteReference"))
    for name in parts.get("endnotes", []):
        body.read_notes(archive.xml(name), "endnote", _ids(root, "endnoteReference"))
    _read_margins(body, archive, parts)
    _count_unread(archive, parts, builder)
    pictures = sum(1 for _ in root.iter("{*}blip", "{*}imagedata"))
    builder.left_out[PICTURES] += pictures
    if builder.is_empty and pictures:
        raise ScannedFileError(path=path, pages=pictures)
    document = builder.document(Origin(path, reader="docx", title=_title(archive)))
    return _doubted(document, body.margins, _labels(archive, parts))


def _colour_of_pages(
    root: Element, archive: Archive, parts: dict[str, list[str]]
) -> str | None:
    """Return the colour of the pages, if the settings say that it is shown."""
    behind = child(root, "background")
    if behind is None:
        return None
    settings = (archive.xml(name) for name in parts.get("settings", []))
    shown = any(is_on(child(one, "displayBackgroundShape")) for one in settings)
    return colour_of(behind, "color") if shown else None


def _doubted(document: Document, margins: set[str], labels: set[str]) -> Document:
    """Tell as doubtful what is left out and says more than it has to."""
    blocks = {block.span.of(document.text) for block in document.blocks}
    said = sum(_letters(line) for line in margins - blocks)
    long = sum(n for label in labels if (n := _letters(label)) > _LONG_LABEL)
    doubts = {
        HEADERS: said > _MORE_THAN_MARGINS,
        NUMBERS: long > MORE_THAN_A_LABEL,
    }
    omissions = (
        replace(one, doubtful=True) if doubts.get(one.code) else one
        for one in document.omissions
    )
    return replace(document, omissions=tuple(omissions))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _labels(archive: Archive, parts: dict[str, list[str]]) -> set[str]:
    """Return the texts of automatic numbers and bullets."""
    roots = (archive.xml(name) for name in parts.get("numbering", []))
    return {
        value(text) or ""
        for root in roots
        if root is not None
        for text in root.iter("{*}lvlText")
    }


def _ids(root: Element, reference: str) -> set[str]:
    return {value(one, "id") or "" for one in root.iter("{*}" + reference)}


def _main_part(archive: Archive) -> str:
    for relation in children(archive.xml("_rels/.rels")):
        if (value(relation, "Type") or "").endswith("/officeDocument"):
            return (value(relation, "Target") or _MAIN).lstrip("/")
    return _MAIN


def _related(archive: Archive, main: str, root: Element) -> dict[str, list[str]]:
    """Return the parts that the main part refers to, by the kind of the relation.

    Of headers, footers and diagrams those that a place of the text refers to: the
    others may be left over, and are not shown.
    """
    folder, name = posixpath.split(main)
    shown = {said for one in root.iter(*_REFERENCES) for said in one.values()}
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    parts: dict[str, dict[str, None]] = {}
    for relation in children(archive.xml(relations)):
        kind = (value(relation, "Type") or "").rpartition("/")[2]
        if kind in _PLACED and value(relation, "Id") not in shown:
            continue
        target = value(relation, "Target") or ""
        if value(relation, "TargetMode") != "External":
            full = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
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
