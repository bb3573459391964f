"""Documents of files, indexes and tables, as rows: read where the work is done."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from detector import errors
from detector.errors import (
    DamagedFileError,
    DetectorError,
    EmptyFileError,
    MissingFileError,
    NothingToReadError,
)
from detector.executors.spark import Spark, Table, is_url
from detector.formats import READERS, ReadLimits
from detector.formats.folder import Found, find_files, has_name_of_document, read_found
from detector.formats.layout import LAYOUT_FILE, described_folder
from detector.kernels.columns import Columns, batched, names_of
from detector.loading import Loader
from detector.model.document import Document, Origin
from detector.pipeline import apart, opened_index
from detector.prepared import Prepared
from detector.store.index import Index, path_in
from detector.store.records import pack_about, pack_layout, pack_text, unpack_document
from detector.text.provenance import described

READ = (
    "source int, at string, file binary, error string, path binary, id binary, "
    "organisation binary, year binary, units int, "
    "about binary, text binary, layout binary"
)
"""A document, or what is wrong with one: `source` and `at` tell their order."""
PACKED = ("about", "text", "layout")
"""Columns of a document, as an index packs it."""
_DEFAULT = ReadLimits()
_ORDER = ("source", "at", "id")
_TABLES = {".parquet": "parquet", ".jsonl": "json", ".ndjson": "json"}
_TOLD = ("organisation", "title", "year", "genre")
_BROKEN = "_corrupt_record"
"""Where Spark puts a line that is no object of JSON."""
_COLUMNS = (_BROKEN, "path", "text", *_TOLD)
_NAMES = "{{{}}}".format(
    ",".join(
        "*." + "".join(f"[{one}{one.upper()}]" for one in suffix[1:])
        for suffix in sorted(READERS)
    )
)
"""Pattern of the names of documents, for Spark not to read what else there is."""
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
    named : str
        What is not an index.
    indexes : int
        These are the first sources.
    marks : tuple of str
        What tells whether it is the same as at another time.
    """

    table: Table
    named: str
    indexes: int
    missing: tuple[DetectorError, ...]
    marks: tuple[str, ...]


def source_of(
    spark: Spark,
    paths: Sequence[str],
    index: Path | None = None,
    limits: ReadLimits = _DEFAULT,
) -> Source:
    """Return the documents of files, folders, patterns, indexes and tables.

    Parameters
    ----------
    paths : sequence of str
        Of the file system that driver and workers share; or, as Spark reads them, URLs
        and tables: ``.parquet`` and ``.jsonl`` with columns ``text``, ``path`` and, as
        far as they are known, ``organisation``, ``title``, ``year`` and ``genre``.
    index : Path, optional
        Files have the path that this index keeps of them.
    limits : ReadLimits
        Of each file, in the worker that reads it.

    Raises
    ------
    DetectorError
        If there is nothing to read, or a table lacks a column.
    """
    indexes, rest = apart(paths)
    tables = [path for path in rest if _form(path)]
    found, missing = find_files([path for path in rest if not _form(path)])
    absent = [path for path in tables if not _is_there(spark, path)]
    missing += (MissingFileError(path=path) for path in absent)
    tables = [path for path in tables if path not in absent]
    parts = [
        *(_of_index(spark, n, path) for n, path in enumerate(indexes)),
        *([_of_files(spark, len(indexes), found, index, limits)] if found else []),
        *(
            _of_table(spark, len(indexes) + n, one, limits)
            for n, one in enumerate(tables, 1)
        ),
    ]
    if not parts:
        if missing:
            raise missing[0]
        raise _nothing(", ".join(rest))
    whole = parts[0].table
    for part in parts[1:]:
        whole = whole.with_rows(part.table)
    marks = (repr(limits), *(mark for part in parts for mark in part.marks))
    missing += (EmptyFileError(path=path) for part in parts for path in part.empty)
    return Source(whole, ", ".join(rest), len(indexes), tuple(missing), tuple(marks))


def _is_there(spark: Spark, path: str) -> bool:
    """Tell whether there is a table, or a URL."""
    return Path(path).exists() or spark.is_there(path)


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

    Raises
    ------
    DetectorError
        If nothing is read but what indexes have: that is never a pass.
    """
    everything = spark.stage("read", lambda: source.table)
    fine = "error = ''" if empty else "units > 0"
    documents = everything.where(fine).ordered(_ORDER, "documents")
    failed = everything.where(f"not ({fine})").select(*_ORDER, "error", "path")
    told = (
        error_of(said) if said else EmptyFileError(path=text_of(path))
        for *_, said, path in sorted(failed.rows())
    )
    errors = *source.missing, *told
    if source.named and not documents.where(f"source >= {source.indexes}").count():
        raise errors[0] if errors else _nothing(source.named)
    return Read(documents, errors)


def _nothing(named: str) -> NothingToReadError:
    return NothingToReadError(path=named, known=" ".join(READERS))


def document_of(batch: Columns, row: int) -> Document:
    """Return the document of a row that has its `PACKED` columns."""
    return unpack_document(*(bytes(batch[name][row]) for name in PACKED))


def _form(path: str) -> str:
    """Return how Spark reads a path; empty: as files of this system."""
    suffix = PurePosixPath(path).suffix.lower()
    return _TABLES.get(suffix) or ("binaryFile" if is_url(path) else "")


class _Part(NamedTuple):
    """Documents, what tells whether they are the same, and files without a byte."""

    table: Table
    marks: Sequence[str]
    empty: Sequence[str] = ()


def _of_index(spark: Spark, source: int, path: str) -> _Part:
    folder = Path(path).resolve()
    index = opened_index(path)
    marks = [path, index.manifest.digest, str(index.manifest.generation)]
    read = partial(_read_index, source=source, folder=folder)
    return _Part(spark.numbers(len(index)).mapped(read, READ), marks)


def _of_files(
    spark: Spark,
    source: int,
    found: Sequence[Found],
    index: Path | None,
    limits: ReadLimits,
) -> _Part:
    stats = [file.path.stat() for file in found]
    marks = [
        f"{file.shown} {stat.st_size} {stat.st_mtime_ns}"
        for file, stat in zip(found, stats, strict=True)
    ]
    parents = {file.path.parent for file in found}
    layouts = {described_folder(parent / LAYOUT_FILE) for parent in parents}
    files = sorted(folder / LAYOUT_FILE for folder in layouts if folder)
    marks += (f"{file} {_digest(file.read_bytes()).hex()}" for file in files)
    rows = [
        (
            n,
            bytes_of(str(file.path.absolute())),
            bytes_of(file.shown),
            bytes_of(path_in(index, file.path) if index else file.shown),
        )
        for n, file in enumerate(found)
    ]
    table = spark.table(rows, "number bigint, file binary, shown binary, kept binary")
    read = partial(_read_files, source=source, limits=limits)
    return _Part(table.mapped(read, READ), marks)


def _of_table(spark: Spark, source: int, path: str, limits: ReadLimits) -> _Part:
    form = _form(path)
    is_folder = form == "binaryFile"
    options = {"recursiveFileLookup": True, "pathGlobFilter": _NAMES}
    options = options if is_folder else {}
    table = spark.read(path, form, **options)
    files = list(spark.files(table))
    marks = [path, *(" ".join(map(str, file)) for file in files)]
    if is_folder:
        # Of a file without a byte Spark makes no row.
        empty = [name for name, size, _ in files if not size and _is_document(name)]
        contents = table.select("path", "content")
        read = partial(_read_contents, source=source, limits=limits)
        return _Part(contents.mapped(read, READ), marks, empty)
    there = set(table.frame.columns)
    if lacking := {"text", "path"} - there:
        reason = f"no column {' '.join(sorted(lacking))}"
        raise DamagedFileError(path=path, reason=reason)
    known = [
        f"cast({name if name in there else 'null'} as string) as {name}"
        for name in _COLUMNS
    ]
    read = partial(_read_rows, source=source, table=path)
    return _Part(table.select(*known).mapped(read, READ), marks)


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


def _read_files(
    batches: Iterable[Columns], source: int, limits: ReadLimits
) -> Iterator[Columns]:
    """Read files that driver and workers see, under the paths that are kept of them."""
    with Loader(limits) as loader:
        for batch in batches:
            columns = (batch[name].tolist() for name in ("file", "shown", "kept"))
            files, shown, kept = (list(map(text_of, column)) for column in columns)
            found = list(map(Found, map(Path, files), shown))
            names = zip(batch["number"].tolist(), kept, strict=True)
            at = dict(zip(shown, names, strict=True))
            yield from _batched(
                _row(source, at[file.shown][0], _under(one, at[file.shown][1]), digest)
                for file, digest, one in read_found(
                    found, limits, load=loader.load_bytes
                )
                if one is not None
            )


def _under(one: Document | DetectorError, path: str) -> Document | DetectorError:
    """Return a document under the path that is kept of it."""
    if isinstance(one, Document):
        return replace(one, origin=replace(one.origin, path=path))
    return one


def _read_contents(
    batches: Iterable[Columns], source: int, limits: ReadLimits
) -> Iterator[Columns]:
    """Read the contents of files, as Spark has them."""
    with Loader(limits) as loader:
        for batch in batches:
            rows = zip(batch["path"].tolist(), batch["content"].tolist(), strict=True)
            yield from _batched(
                _row(source, path, _loaded(loader, path, content), _digest(content))
                for path, content in rows
                if _is_document(path)
            )


def _is_document(path: str) -> bool:
    return has_name_of_document(PurePosixPath(path))


def _loaded(loader: Loader, path: str, content: bytes) -> Document | DetectorError:
    suffix = PurePosixPath(path).suffix.lower()
    try:
        document = loader.load_bytes(bytes(content), path, suffix)
    except DetectorError as error:
        return error
    return replace(document, origin=described(document))


def _read_rows(
    batches: Iterable[Columns], source: int, table: str
) -> Iterator[Columns]:
    """Take the rows of a table for documents."""
    for batch in batches:
        rows = zip(*(batch[name].tolist() for name in _COLUMNS), strict=True)
        yield from _batched(
            _row(source, path or "", _taken(table, broken, path, *row), digest)
            for broken, path, *row in rows
            for digest in [_digest(path, *row)]
        )


def _taken(
    table: str, broken: str | None, path: str | None, text: str | None, *told: str
) -> Document | DetectorError:
    """Return the document of a row, or what is wrong with it."""
    if broken is not None:
        return DamagedFileError(path=table, reason=f"no JSON: {broken:.40}")
    if path is None:
        return DamagedFileError(path=table, reason="a row without path")
    if text is None:
        return EmptyFileError(path=path)
    known = {name: value or "" for name, value in zip(_TOLD, told, strict=True)}
    document = Document(text, Origin(path, **known))
    return replace(document, origin=described(document))


def _digest(*parts: str | bytes | None) -> bytes:
    """Return by what it is known again that nothing has changed."""
    digest = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        data = data or b""
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.digest()


def bytes_of(text: str) -> bytes:
    """Return a path, or what a path says, as a column has it: it may be no UTF-8."""
    return text.encode("utf-8", "surrogateescape")


def text_of(data: bytes) -> str:
    """Return a text that a column has."""
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
        empty = dict.fromkeys(("id", "organisation", "year", *PACKED), b"")
        return {**where, "error": said, "path": bytes_of(path), **empty, "units": 0}
    return {
        **where,
        "error": "",
        "path": bytes_of(one.origin.path),
        "id": bytes.fromhex(one.id),
        "organisation": bytes_of(one.origin.organisation),
        "year": bytes_of(one.origin.year),
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
    names = names_of(READ)
    return batched(names, (tuple(row[name] for name in names) for row in rows), _FILES)
