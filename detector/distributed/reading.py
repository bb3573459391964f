"""Documents of files, indexes and tables, as rows: read where the work is done."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from detector import errors
from detector.errors import DetectorError, EmptyFileError, NothingToReadError
from detector.executors.spark import Spark, Table
from detector.formats import READERS, load_bytes
from detector.formats.folder import Found, find_files, has_name_of_document, read_found
from detector.kernels.columns import Columns, objects
from detector.model.document import Document, Origin
from detector.prepared import Prepared
from detector.store.index import Index, is_index, path_in
from detector.store.records import pack_about, pack_layout, pack_text, unpack_document
from detector.text.provenance import described

READ = (
    "source int, at string, file binary, error string, path binary, id binary, "
    "organisation string, year string, units int, "
    "about binary, text binary, layout binary"
)
"""A document, or what is wrong with one: `source` and `at` tell their order."""
PACKED = ("about", "text", "layout")
"""Columns of a document, as an index packs it."""
_ORDER = ("source", "at")
_TABLES = {".parquet": "parquet", ".jsonl": "json", ".ndjson": "json"}
_TOLD = ("organisation", "title", "year", "genre")
_COLUMNS = ("path", "text", *_TOLD)
_FILES = 32
"""Files of a part at the least; a part has a process to itself."""


class Source(NamedTuple):
    """Documents that are to be read.

    Attributes
    ----------
    table : Table
        By `READ`.
    missing : tuple of DetectorError
        What there is not.
    marks : tuple of str
        What tells whether it is the same as at another time.
    """

    table: Table
    missing: tuple[DetectorError, ...]
    marks: tuple[str, ...]


def source_of(spark: Spark, paths: Sequence[str], index: Path | None = None) -> Source:
    """Return the documents of files, folders, patterns, indexes and tables.

    Parameters
    ----------
    paths : sequence of str
        Of the file system that driver and workers share; or, as Spark reads them, URLs
        and tables: ``.parquet`` and ``.jsonl`` with columns ``text``, ``path`` and, as
        far as they are known, ``organisation``, ``title``, ``year`` and ``genre``.
    index : Path, optional
        Files have the path that this index keeps of them.

    Raises
    ------
    DetectorError
        If there is nothing to read, or a table lacks a column.
    """
    indexes = [path for path in paths if is_index(Path(path))]
    tables = [path for path in paths if path not in indexes and _form(path)]
    files = [path for path in paths if path not in (*indexes, *tables)]
    found, missing = find_files(files)
    parts = [
        *(_of_index(spark, n, path) for n, path in enumerate(indexes)),
        *([_of_files(spark, len(indexes), found, index)] if found else []),
        *(_of_table(spark, len(indexes) + n, one) for n, one in enumerate(tables, 1)),
    ]
    if not parts:
        if missing:
            raise missing[0]
        raise NothingToReadError(path=", ".join(paths), known=" ".join(READERS))
    whole = parts[0][0]
    for part, _ in parts[1:]:
        whole = whole.with_rows(part)
    marks = (mark for _, some in parts for mark in some)
    return Source(whole, tuple(missing), tuple(marks))


class Read(NamedTuple):
    """What has been read.

    Attributes
    ----------
    documents : Table
        By `READ`, with a column ``number``, from 0 in their order.
    errors : tuple of DetectorError
        What there is not, and what cannot be read.
    """

    documents: Table
    errors: tuple[DetectorError, ...]


def read(spark: Spark, source: Source, *, empty: bool) -> Read:
    """Read documents, in stages of a job.

    Parameters
    ----------
    empty : bool
        Whether one without a character that counts is a document, and no error.
    """
    everything = spark.stage("read", lambda: source.table)
    fine = "error = ''" if empty else "units > 0"
    documents = everything.where(fine).ordered(_ORDER, "documents")
    failed = everything.where(f"not ({fine})").select(*_ORDER, "error", "path")
    told = (
        error_of(said) if said else EmptyFileError(path=path_of(path))
        for *_, said, path in sorted(failed.rows())
    )
    return Read(documents, (*source.missing, *told))


def document_of(batch: Columns, row: int) -> Document:
    """Return the document of a row that has its `PACKED` columns."""
    return unpack_document(*(bytes(batch[name][row]) for name in PACKED))


def _form(path: str) -> str:
    """Return how Spark reads a path; empty: as files of this system."""
    suffix = PurePosixPath(path).suffix.lower()
    return _TABLES.get(suffix) or ("binaryFile" if "://" in path else "")


_Part: TypeAlias = tuple[Table, list[str]]
"""Documents, and what tells whether they are the same."""


def _of_index(spark: Spark, source: int, path: str) -> _Part:
    folder = Path(path).resolve()
    index = Index.open(folder)
    marks = [path, index.manifest.digest, str(index.manifest.generation)]
    read = partial(_read_index, source=source, folder=folder)
    return spark.numbers(len(index)).mapped(read, READ), marks


def _of_files(
    spark: Spark, source: int, found: Sequence[Found], index: Path | None
) -> _Part:
    stats = [file.path.stat() for file in found]
    marks = [
        f"{file.shown} {stat.st_size} {stat.st_mtime_ns}"
        for file, stat in zip(found, stats, strict=True)
    ]
    rows = [
        (
            n,
            path_bytes(str(file.path.absolute())),
            path_bytes(file.shown),
            path_bytes(path_in(index, file.path) if index else file.shown),
        )
        for n, file in enumerate(found)
    ]
    table = spark.table(rows, "number bigint, file binary, shown binary, kept binary")
    return table.mapped(partial(_read_files, source=source), READ), marks


def _of_table(spark: Spark, source: int, path: str) -> _Part:
    form = _form(path)
    is_folder = form == "binaryFile"
    options = {"recursiveFileLookup": True} if is_folder else {}
    table = spark.read(path, form, **options)
    marks = list(spark.marks(path, table))
    if is_folder:
        contents = table.select("path", "content")
        return contents.mapped(partial(_read_contents, source=source), READ), marks
    there = set(table.frame.columns)
    if lacking := {"text", "path"} - there:
        reason = f"no column {' '.join(sorted(lacking))}"
        raise errors.DamagedFileError(path=path, reason=reason)
    told = [
        f"coalesce(cast({name} as string), '') as {name}"
        if name in there
        else f"'' as {name}"
        for name in _COLUMNS
    ]
    return table.select(*told).mapped(partial(_read_rows, source=source), READ), marks


def _read_index(
    batches: Iterable[Columns], source: int, folder: Path
) -> Iterator[Columns]:
    """Read documents of an index by number."""
    index = Index.open(folder)
    for batch in batches:
        yield from _batched(
            _row(source, number, index.document(number), b"")
            for number in batch["number"].tolist()
        )


def _read_files(batches: Iterable[Columns], source: int) -> Iterator[Columns]:
    """Read files that driver and workers see, under the paths that are kept of them."""
    for batch in batches:
        columns = (batch[name].tolist() for name in ("file", "shown", "kept"))
        files, shown, kept = (list(map(path_of, column)) for column in columns)
        found = list(map(Found, map(Path, files), shown))
        names = zip(batch["number"].tolist(), kept, strict=True)
        at = dict(zip(shown, names, strict=True))
        yield from _batched(
            _row(source, at[file.shown][0], _under(one, at[file.shown][1]), digest)
            for file, digest, one in read_found(found)
            if one is not None
        )


def _under(one: Document | DetectorError, path: str) -> Document | DetectorError:
    """Return a document under the path that is kept of it."""
    if isinstance(one, Document):
        return replace(one, origin=replace(one.origin, path=path))
    return one


def _read_contents(batches: Iterable[Columns], source: int) -> Iterator[Columns]:
    """Read the contents of files, as Spark has them."""
    for batch in batches:
        rows = zip(batch["path"].tolist(), batch["content"].tolist(), strict=True)
        yield from _batched(
            _row(source, path, _loaded(path, content), _digest(content))
            for path, content in rows
            if has_name_of_document(PurePosixPath(path))
        )


def _loaded(path: str, content: bytes) -> Document | DetectorError:
    suffix = PurePosixPath(path).suffix.lower()
    try:
        document = load_bytes(bytes(content), path, suffix)
    except DetectorError as error:
        return error
    return replace(document, origin=described(document))


def _read_rows(batches: Iterable[Columns], source: int) -> Iterator[Columns]:
    """Take the rows of a table for documents."""
    for batch in batches:
        rows = zip(*(batch[name].tolist() for name in _COLUMNS), strict=True)
        yield from _batched(
            _row(source, row[0], _document(*row), _digest(*row)) for row in rows
        )


def _document(path: str, text: str, *told: str) -> Document:
    document = Document(text, Origin(path, **dict(zip(_TOLD, told, strict=True))))
    return replace(document, origin=described(document))


def _digest(*parts: str | bytes) -> bytes:
    """Return by what it is known again that nothing has changed."""
    digest = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.digest()


def path_bytes(path: str) -> bytes:
    """Return a path as a column has it: it may be no text."""
    return path.encode("utf-8", "surrogateescape")


def path_of(data: bytes) -> str:
    """Return a path that a column has."""
    return bytes(data).decode("utf-8", "surrogateescape")


def _row(
    source: int, at: int | str, one: Document | DetectorError, file: bytes
) -> dict[str, Any]:
    """Return a row of `READ`."""
    order = f"{at:012d}" if isinstance(at, int) else at
    where = {"source": source, "at": order, "file": file}
    if isinstance(one, DetectorError):
        path = str(one.facts.get("path", ""))
        said = json.dumps([type(one).__name__, one.facts], default=str)
        nothing = dict.fromkeys(("id", *PACKED), b"")
        empty = {"organisation": "", "year": "", "units": 0}
        return {**where, "error": said, "path": path_bytes(path), **nothing, **empty}
    return {
        **where,
        "error": "",
        "path": path_bytes(one.origin.path),
        "id": bytes.fromhex(one.id),
        "organisation": one.origin.organisation,
        "year": one.origin.year,
        "units": len(Prepared(one).units),
        "about": pack_about(one),
        "text": pack_text(one),
        "layout": pack_layout(one),
    }


def error_of(said: str) -> DetectorError:
    """Return what was wrong with a document."""
    name, facts = json.loads(said)
    made: DetectorError = getattr(errors, name)(**facts)
    return made


def _batched(rows: Iterable[dict[str, Any]]) -> Iterator[Columns]:
    held: list[dict[str, Any]] = []
    for row in rows:
        held.append(row)
        if len(held) == _FILES:
            yield _columns(held)
            held = []
    if held:
        yield _columns(held)


def _columns(rows: Sequence[dict[str, Any]]) -> Columns:
    numbers = {"source", "units"}
    return {
        name: np.array([row[name] for row in rows], dtype=np.int32)
        if name in numbers
        else objects(row[name] for row in rows)
        for name in rows[0]
    }
