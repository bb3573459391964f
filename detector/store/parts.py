"""The files of a part: a segment of seeds, and the documents it is made of.

<name>.seeds   starts, holders, and the postings
<name>.about   ids, digests of files and paths, what is known about each
<name>.texts   texts and layouts, each compressed by itself
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.errors import DamagedIndexError
from detector.fingerprints.seeds import Seeds, seeds_of
from detector.index.segment import Segment, merged
from detector.kernels.intervals import runs_of
from detector.kernels.postings import Postings
from detector.model.document import Document, Origin
from detector.store.container import ArrayFile, Columns, digest_of, write_arrays
from detector.store.manifest import Part
from detector.store.records import (
    pack_about,
    pack_layout,
    pack_text,
    unpack_about,
    unpack_document,
)

KINDS = ("seeds", "about", "texts")
_NO_SEEDS = seeds_of(np.zeros(0, dtype=np.uint64))
_BLOBS = {"records": "about", "texts": "texts", "layouts": "texts"}


class Entry(NamedTuple):
    """A document that is to be added.

    Attributes
    ----------
    identity : bytes
        Its id, or what stands for it in an index that is hidden.
    file : bytes
        SHA-256 of the file it was read from, or what stands for it.
    holder : int
        Whose it is, as `Segment.holders` has it.
    seeds : Seeds or None
        None for the twin of a document, whose text is kept with that.
    units : int
    """

    document: Document
    identity: bytes
    file: bytes
    holder: int
    seeds: Seeds | None = None
    units: int = 0


@dataclass(frozen=True)
class OpenPart:
    """A part as it lies on the disk; its arrays are mapped, not read."""

    folder: Path
    part: Part
    files: Mapping[str, ArrayFile]

    @classmethod
    def open(cls, folder: Path, part: Part) -> "OpenPart":
        """Map the files of `part`.

        Raises
        ------
        FileNotFoundError
            If it has been replaced in the meantime.
        DamagedIndexError
        """
        opened = {
            kind: ArrayFile(folder / f"{part.name}.{kind}", written)
            for kind, written in part.files.items()
        }
        for kind, file in opened.items():
            if not _is_formed(kind, file, part.documents):
                name = f"{part.name}.{kind}"
                raise DamagedIndexError(path=str(folder), reason=name)
        if not {"seeds", "about"} <= opened.keys():
            raise DamagedIndexError(path=str(folder), reason=part.name)
        return cls(folder, part, opened)

    @cached_property
    def segment(self) -> Segment:
        """Its seeds."""
        seeds = self.files["seeds"]
        table = Postings(seeds["directory"], seeds.rows("pairs"))
        return Segment(seeds["starts"], seeds["holders"], table)

    @property
    def ids(self) -> NDArray[np.uint8]:
        """Ids of its documents: shape (d, 32)."""
        return self.files["about"]["ids"]

    @property
    def marks(self) -> NDArray[np.uint64]:
        """What `marks_of` says of each: shape (d, 3)."""
        return self.files["about"]["marks"]

    def about(self, row: int) -> tuple[Origin, Mapping[str, Any]]:
        """Return where document `row` comes from, and all that is known about it."""
        try:
            return unpack_about(self._blob("records", row))
        except ValueError as error:
            raise self._damaged("about") from error

    def text(self, row: int) -> bytes:
        """Return the text of document `row` as it was packed."""
        return self._blob("texts", row)

    def document(self, row: int, text: bytes) -> Document:
        """Return document `row` with a packed text: its own, or that of its twin."""
        blobs = text, self._blob("layouts", row)
        try:
            return unpack_document(self._blob("records", row), *blobs)
        except ValueError as error:
            raise self._damaged("texts") from error

    def found(self) -> Part:
        """Return what there is to say of it, with the times of its files as they are.

        They were found whole when they were opened; next time they need not be read.
        """
        files = {
            kind: written._replace(modified=self.files[kind].modified)
            for kind, written in self.part.files.items()
        }
        return replace(self.part, files=files)

    def check(self) -> None:
        """Refuse to go on with files that are not as they were written.

        Raises
        ------
        DamagedIndexError
        """
        for kind, written in self.part.files.items():
            path = self.folder / f"{self.part.name}.{kind}"
            if digest_of(path) != written.sha256:
                raise self._damaged(kind)

    def _damaged(self, kind: str) -> DamagedIndexError:
        name = f"{self.part.name}.{kind}"
        return DamagedIndexError(path=str(self.folder), reason=name)

    def _blob(self, name: str, row: int) -> bytes:
        arrays = self.files[_BLOBS[name]]
        ends = arrays[f"{name}_ends"]
        start = int(ends[row - 1]) if row else 0
        return arrays[name][start : int(ends[row])].tobytes()


_SHAPES: Mapping[str, Mapping[str, tuple[str, tuple[int | str, ...]]]] = {
    "seeds": {
        "starts": ("<i8", ("d+1",)),
        "holders": ("<i4", ("d",)),
        "directory": ("<u4", ("n",)),
        "pairs": ("<u2", ("n", "k")),
    },
    "about": {
        "ids": ("|u1", ("d", 32)),
        "marks": ("<u8", ("d", 3)),
        "records": ("|u1", ("n",)),
        "records_ends": ("<u8", ("d",)),
    },
    "texts": {
        "texts": ("|u1", ("n",)),
        "texts_ends": ("<u8", ("d",)),
        "layouts": ("|u1", ("n",)),
        "layouts_ends": ("<u8", ("d",)),
    },
}
"""Type and shape of each array of d documents; n is any number, k three or four."""


def _is_formed(kind: str, file: ArrayFile, documents: int) -> bool:
    """Tell whether a file has the arrays it must have; none of them is read."""
    wanted = _SHAPES.get(kind)
    if wanted is None or wanted.keys() != file.arrays.keys():
        return False
    sizes = {"d": {documents}, "d+1": {documents + 1}, "k": {3, 4}}
    for name, (kind_of, shape) in wanted.items():
        array = file.arrays[name]
        if np.dtype(kind_of) != array.dtype or array.ndim != len(shape):
            return False
        for size, asked in zip(array.shape, shape, strict=True):
            allowed = sizes.get(asked) if isinstance(asked, str) else {asked}
            if allowed and size not in allowed:
                return False
    return True


def marks_of(entry: Entry) -> tuple[int, int, int]:
    """Return by what a document is looked up: 64 bits of its id, file and path."""
    path = path_mark(entry.document.origin.path)
    return number_of(entry.identity), number_of(entry.file), path


def path_mark(path: str) -> int:
    """Return by what a path is looked up."""
    return number_of(sha256(path.encode("utf-8", "surrogatepass")).digest())


def number_of(digest: bytes) -> int:
    """Return the first 64 bits of a digest."""
    return int.from_bytes(digest[:8], "little")


def write_part(
    folder: Path, name: str, entries: Sequence[Entry], *, with_texts: bool
) -> Part:
    """Write a part of new documents."""
    segment = Segment.of(
        [entry.seeds or _NO_SEEDS for entry in entries],
        [entry.units for entry in entries],
        [entry.holder for entry in entries],
    )
    documents = [entry.document for entry in entries]
    ids = b"".join(entry.identity for entry in entries)
    marks = [marks_of(entry) for entry in entries]
    # A twin has no text of its own.
    own = [entry.seeds is not None for entry in entries]
    pairs = list(zip(documents, own, strict=True))
    columns: dict[str, Columns] = {
        "about": {
            "ids": np.frombuffer(ids, np.uint8).reshape(-1, 32),
            "marks": np.array(marks, np.uint64).reshape(-1, 3),
            **_blobs("records", [pack_about(document) for document in documents]),
        },
    }
    if with_texts:
        columns["texts"] = {
            **_blobs("texts", [pack_text(d) if kept else b"" for d, kept in pairs]),
            **_blobs("layouts", [pack_layout(document) for document in documents]),
        }
    characters = sum(len(d.text) for d, kept in pairs if kept)
    return _write(folder, name, segment, columns, characters)


def merge_parts(folder: Path, name: str, parts: Sequence[OpenPart]) -> Part:
    """Write one part of all documents of several."""
    columns: dict[str, Columns] = {}
    for kind in _kinds_beside_seeds(parts[0]):
        arrays = [part.files[kind].arrays for part in parts]
        columns[kind] = {
            column: _joined(column, [one[column] for one in arrays])
            for column in arrays[0]
        }
    segment = merged([part.segment for part in parts])
    characters = sum(part.part.characters for part in parts)
    return _write(folder, name, segment, columns, characters)


def without(
    folder: Path, name: str, part: OpenPart, rows: Sequence[int], characters: int
) -> Part:
    """Write a part of the other documents; no trace of `rows` is in it."""
    kept = np.ones(part.part.documents, dtype=np.bool_)
    kept[list(rows)] = False
    columns: dict[str, Columns] = {}
    for kind in _kinds_beside_seeds(part):
        arrays = part.files[kind].arrays
        columns[kind] = {column: _kept(column, arrays, kept) for column in arrays}
    segment = part.segment.without(rows)
    return _write(folder, name, segment, columns, characters)


def _kinds_beside_seeds(part: OpenPart) -> list[str]:
    return [kind for kind in KINDS[1:] if kind in part.files]


def _write(
    folder: Path,
    name: str,
    segment: Segment,
    columns: Mapping[str, Columns],
    characters: int,
) -> Part:
    table = segment.postings
    seeds: Columns = {
        "starts": segment.starts,
        "holders": segment.holders,
        "directory": table.directory,
        "pairs": table.pairs.all(),
    }
    files = {
        kind: write_arrays(folder / f"{name}.{kind}", arrays)
        for kind, arrays in {"seeds": seeds, **columns}.items()
    }
    return Part(name, segment.documents, segment.units, characters, files)


def _blobs(name: str, packed: Sequence[bytes]) -> dict[str, NDArray[Any]]:
    ends = np.cumsum([0, *map(len, packed)])[1:].astype(np.uint64)
    return {name: np.frombuffer(b"".join(packed), np.uint8), f"{name}_ends": ends}


def _joined(column: str, arrays: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
    if not column.endswith("_ends"):
        return list(arrays)
    moved, size = [], 0
    for ends in arrays:
        moved.append(ends + np.uint64(size))
        size = int(moved[-1][-1]) if len(ends) else size
    return moved


def _kept(
    column: str, arrays: Mapping[str, NDArray[Any]], kept: NDArray[np.bool_]
) -> list[NDArray[Any]]:
    """Return what is left of a column, in pieces."""
    name = column.removesuffix("_ends")
    if f"{name}_ends" not in arrays:
        return [arrays[column][kept]]
    ends = arrays[f"{name}_ends"].astype(np.int64)
    starts = np.concatenate([[0], ends[:-1]])
    if column != name:
        return [np.cumsum((ends - starts)[kept]).astype(np.uint64)]
    # Neighbours that stay are copied as one piece.
    pieces = [
        arrays[column][starts[first] : ends[stop - 1]]
        for first, stop in runs_of(kept).tolist()
    ]
    return pieces or [arrays[column][:0]]
