"""Documents of files, indexes and tables, as rows: read where the work is done."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from detector import errors
from detector.errors import DetectorError, NothingToReadError
from detector.executors.spark import Spark, Table
from detector.formats import READERS, load_bytes
from detector.formats.folder import Found, find_files, read_found
from detector.kernels.columns import Columns, objects
from detector.model.document import Document, Origin
from detector.prepared import Prepared
from detector.store.index import Index, is_index, path_in
from detector.store.records import pack_about, pack_layout, pack_text
from detector.text.provenance import described

READ = (
    "source int, at string, file binary, error string, path binary, id binary, "
    "organisation string, year string, units int, "
    "about binary, text binary, layout binary"
)
"""A document, or what is wrong with one: `source` and `at` tell their order."""
_TABLES = {".parquet": "parquet", ".jsonl": "json", ".ndjson": "json"}
_TOLD = ("organisation", "title", "year", "genre")
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


def _form(path: str) -> str:
    """Return how Spark reads a path; empty: as files of this system."""
    suffix = path.rstrip("/")[path.rstrip("/").rfind(".") :].lower()
    return _TABLES.get(suffix) or ("binaryFile" if "://" in path else "")


_Part: TypeAlias = tuple[Table, list[str]]
"""Documents, and what tells whether they are the same."""


def _of_index(spark: Spark, source: int, path: str) -> _Part:
    folder = Path(path).resolve()
    index = Index.open(folder)
    marks = [path, index.manifest.digest, str(index.manifest.generation)]
    numbers = spark.numbers(len(index))
    return numbers.mapped(_ReadIndex(source, folder), READ), marks


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
    return table.mapped(_ReadFiles(source), READ), marks


def _of_table(spark: Spark, source: int, path: str) -> _Part:
    form = _form(path)
    if form == "binaryFile":
        table = spark.read(path, form, recursiveFileLookup=True)
        marks = list(spark.marks(path, table))
        contents = table.select("path", "content")
        return contents.mapped(_ReadContents(source), READ), marks
    table = spark.read(path, form)
    marks = list(spark.marks(path, table))
    there = set(table.frame.columns)
    if "text" not in there or "path" not in there:
        lacking = " ".join(sorted({"text", "path"} - there))
        raise errors.DamagedFileError(path=path, reason=f"no column {lacking}")
    told = [
        f"coalesce(cast({name} as string), '') as {name}"
        if name in there
        else f"'' as {name}"
        for name in ("path", "text", *_TOLD)
    ]
    return table.select(*told).mapped(_ReadRows(source), READ), marks


class _ReadIndex:
    """Reads documents of an index by number."""

    def __init__(self, source: int, folder: Path) -> None:
        self._source, self._folder = source, folder

    def __call__(self, batches: Iterable[Columns]) -> Iterator[Columns]:
        index = Index.open(self._folder)
        for batch in batches:
            rows = (
                _row(self._source, number, index.document(number), b"")
                for number in batch["number"].tolist()
            )
            yield from _batched(rows)


class _ReadFiles:
    """Reads files that driver and workers see."""

    def __init__(self, source: int) -> None:
        self._source = source

    def __call__(self, batches: Iterable[Columns]) -> Iterator[Columns]:
        for batch in batches:
            columns = (batch[name].tolist() for name in ("file", "shown", "kept"))
            files, shown, kept = (list(map(path_of, column)) for column in columns)
            pairs = zip(files, shown, strict=True)
            found = [Found(Path(file), name) for file, name in pairs]
            names = zip(batch["number"].tolist(), kept, strict=True)
            at = dict(zip((file.shown for file in found), names, strict=True))
            rows = (
                _row(self._source, at[file.shown][0], one, digest)
                for file, digest, read in read_found(found)
                if (one := _under(read, at[file.shown][1])) is not None
            )
            yield from _batched(rows)


def _under(
    one: Document | DetectorError | None, path: str
) -> Document | DetectorError | None:
    """Return a document under the path that is kept of it."""
    if isinstance(one, Document):
        return replace(one, origin=replace(one.origin, path=path))
    return one


class _ReadContents:
    """Reads the contents of files, as Spark has them."""

    def __init__(self, source: int) -> None:
        self._source = source

    def __call__(self, batches: Iterable[Columns]) -> Iterator[Columns]:
        for batch in batches:
            rows = zip(batch["path"].tolist(), batch["content"].tolist(), strict=True)
            yield from _batched(
                _row(self._source, path, self._read(path, content), _digest(content))
                for path, content in rows
                if self._is_document(path)
            )

    @staticmethod
    def _is_document(path: str) -> bool:
        name = Path(path).name
        hidden = name.startswith((".", "~$")) or Path(name).stem.lower() == "readme"
        return Path(name).suffix.lower() in READERS and not hidden

    @staticmethod
    def _read(path: str, content: bytes) -> Document | DetectorError:
        try:
            document = load_bytes(bytes(content), path, Path(path).suffix.lower())
        except DetectorError as error:
            return error
        return replace(document, origin=described(document))


class _ReadRows:
    """Takes the rows of a table for documents."""

    def __init__(self, source: int) -> None:
        self._source = source

    def __call__(self, batches: Iterable[Columns]) -> Iterator[Columns]:
        names = ("path", "text", *_TOLD)
        for batch in batches:
            columns = (batch[name].tolist() for name in names)
            rows = zip(*columns, strict=True)
            yield from _batched(
                _row(self._source, row[0], self._document(*row), _digest(*row))
                for row in rows
            )

    @staticmethod
    def _document(path: str, text: str, *told: str) -> Document:
        origin = Origin(path, **dict(zip(_TOLD, told, strict=True)))
        document = Document(text, origin)
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
        nothing = dict.fromkeys(("id", "about", "text", "layout"), b"")
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
