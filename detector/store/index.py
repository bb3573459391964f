"""An index as it lies on the disk, open for reading."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.errors import (
    DamagedIndexError,
    DetectorError,
    KeyNeededError,
    NoTextsError,
    NotInIndexError,
    UnreadableFileError,
    os_reason,
)
from detector.fingerprints.key import Key
from detector.fingerprints.seeds import Seeds, seeds_of
from detector.index.segment import UNKNOWN, Segment
from detector.model.document import Document, Origin
from detector.store.container import digest_of
from detector.store.manifest import NAME, Manifest, read_manifest
from detector.store.parts import OpenPart, path_mark

_TRIES = 20
"""Times that opening is tried again while a writer replaces files."""
_SHORTEST_ID = 8
_EMPTY = np.zeros((0, 32), dtype=np.uint8), np.zeros((0, 3), dtype=np.uint64)


def path_in(index: Path, path: Path) -> str:
    """Return a path as an index keeps it, wherever it is asked from.

    It is relative to the folder that the index is in, if it is below that, else
    absolute.
    """
    whole, base = Path(os.path.realpath(path)), Path(os.path.realpath(index.parent))
    return (whole.relative_to(base) if whole.is_relative_to(base) else whole).as_posix()


@dataclass(frozen=True)
class Index:
    """A state of an index: what a writer does later does not change it.

    Documents are numbered from 0 through all parts.
    """

    folder: Path
    manifest: Manifest
    parts: tuple[OpenPart, ...] = field(repr=False)

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """Map the files of an index; takes a millisecond or two, whatever its size.

        Of each file its size, its header and its time are looked at. One with another
        time than it was written at is read through for its digest, some 1.5 GB a
        second; `find_damage` does so with all.

        Raises
        ------
        NoIndexError, DamagedIndexError, IndexVersionError, UnreadableFileError
        """
        missing: OSError | None = None
        for _ in range(_TRIES):
            manifest = read_manifest(folder)
            try:
                parts = [OpenPart.open(folder, part) for part in manifest.parts]
            except FileNotFoundError as error:
                missing = error  # replaced since the manifest was read, or lost
                continue
            except OSError as error:
                path, reason = error.filename or folder, os_reason(error)
                raise UnreadableFileError(path=str(path), reason=reason) from error
            return cls(folder, manifest, tuple(parts))
        name = Path(missing.filename).name if missing else ""
        raise DamagedIndexError(path=str(folder), reason=name) from missing

    def __len__(self) -> int:
        return self.manifest.documents

    @cached_property
    def segments(self) -> Sequence[Segment]:
        """The seeds of each part."""
        return [part.segment for part in self.parts]

    @cached_property
    def ids(self) -> NDArray[np.uint8]:
        """Ids of all documents: shape (d, 32)."""
        return np.concatenate([_EMPTY[0], *(part.ids for part in self.parts)])

    @cached_property
    def marks(self) -> NDArray[np.uint64]:
        """64 bits of the id, the file and the path of each document: shape (d, 3)."""
        return np.concatenate([_EMPTY[1], *(part.marks for part in self.parts)])

    @cached_property
    def has_text(self) -> NDArray[np.bool_]:
        """Which documents keep their text, and are no twin of one: shape (d,)."""
        lengths = [np.diff(segment.starts) for segment in self.segments]
        return np.asarray(np.concatenate([[], *lengths]) > 1)

    @cached_property
    def holders(self) -> NDArray[np.int64]:
        """Whose each document is, as a place in the names: shape (d,)."""
        held = np.concatenate([[], *(part.segment.holders for part in self.parts)])
        holders = held.astype(np.int64)
        known = range(UNKNOWN, len(self.manifest.names))
        if len(holders) and not (holders.min() in known and holders.max() in known):
            raise DamagedIndexError(path=str(self.folder), reason="holders")
        return holders

    @cached_property
    def organisations(self) -> Mapping[str, int]:
        """How many documents each organisation has; that of unknown ones is empty."""
        numbers, counts = np.unique(self.holders, return_counts=True)
        names = ("" if n == UNKNOWN else self.manifest.names[n] for n in numbers)
        return dict(zip(names, counts.tolist(), strict=True))

    def seeds(self, loose: NDArray[np.uint64], key: Key | None) -> Seeds:
        """Return the seeds of a text as the index has them.

        Raises
        ------
        KeyNeededError
            If it is hidden by another key.
        """
        seeds = seeds_of(loose, self.manifest.every)
        return key.hidden(seeds) if self.needs(key) and key else seeds

    def named(self, digest: bytes, key: Key | None) -> bytes:
        """Return what stands for a digest in the index: itself, if it is not hidden."""
        return key.name(digest) if self.needs(key) and key else digest

    def needs(self, key: Key | None) -> bool:
        """Return whether the index is hidden by `key`; False if it is not hidden.

        Raises
        ------
        KeyNeededError
            If it is hidden by another one.
        """
        if self.manifest.key and (key is None or key.check != self.manifest.key):
            raise KeyNeededError(path=str(self.folder))
        return bool(self.manifest.key)

    def id(self, number: int) -> str:
        """Return the id of a document."""
        return bytes(self.ids[number]).hex()

    def origin(self, number: int) -> Origin:
        """Return where a document comes from."""
        part, row = self._at(number)
        return part.about(row)[0]

    def about(self, number: int) -> Mapping[str, Any]:
        """Return what is known about a document: its origin, and its characters."""
        part, row = self._at(number)
        return part.about(row)[1]

    def document(self, number: int) -> Document:
        """Return a document.

        Raises
        ------
        NoTextsError
            If the index is hidden.
        """
        if self.manifest.key:
            raise NoTextsError(path=str(self.folder))
        owner = number
        if not self.has_text[number]:
            same = self.same(self.id(number))
            owner = next((one for one in same if self.has_text[one]), number)
        part, row = self._at(owner)
        text = part.text(row)
        part, row = self._at(number)
        return part.document(row, text)

    def units(self, number: int) -> int:
        """Return how many units a document has."""
        part, row = self._at(number)
        starts = part.segment.starts
        return int(starts[row + 1] - starts[row]) - 1

    def at(self, path: str) -> set[int]:
        """Return the documents of a path: one, or none."""
        return set(np.flatnonzero(self.marks[:, 2] == path_mark(path)).tolist())

    def of(self, organisation: str) -> set[int]:
        """Return the documents of an organisation."""
        names = self.manifest.names
        if organisation not in names:
            return set()
        found = np.flatnonzero(self.holders == names.index(organisation))
        return set(found.tolist())

    def same(self, identity: str) -> list[int]:
        """Return the documents with this id, in order: a text and its twins."""
        wanted = np.frombuffer(bytes.fromhex(identity), np.uint8)
        near = np.flatnonzero(self.marks[:, 0] == wanted[:8].view("<u8")[0])
        equal = (self.ids[near] == wanted).all(axis=1)
        return [int(number) for number in near[equal]]

    def find(self, name: str, path: str) -> list[int]:
        """Return the documents that `name` stands for.

        Parameters
        ----------
        name : str
            An id, or its first eight digits and more; or a path as `list` shows it.
        path : str
            What `name` is as a path of this index.

        Raises
        ------
        NotInIndexError
            If there is none.
        """
        found = [
            number
            for one in dict.fromkeys((name, path))
            for number in sorted(self.at(one))
        ]
        if len(name) >= _SHORTEST_ID and set(name.lower()) <= set("0123456789abcdef"):
            whole = bytes.fromhex(name[: len(name) // 2 * 2].lower()[:64])
            first = np.frombuffer(whole, np.uint8)
            near = (self.ids[:, : len(first)] == first).all(axis=1)
            found += [
                number
                for number in np.flatnonzero(near).tolist()
                if self.id(number).startswith(name.lower())
            ]
        if not found:
            raise NotInIndexError(path=str(self.folder), name=name)
        return list(dict.fromkeys(found))

    def _at(self, number: int) -> tuple[OpenPart, int]:
        for part in self.parts:
            if number < part.part.documents:
                return part, number
            number -= part.part.documents
        raise IndexError(number)


def find_damage(
    folder: Path, progress: Callable[[int, int], None] = lambda done, of: None
) -> Iterator[str]:
    """Yield what is not as it was written: files, and texts without their id.

    Parameters
    ----------
    progress : callable
        Told how many documents have been looked at, of how many.

    Raises
    ------
    NoIndexError, IndexVersionError, UnreadableFileError
    """
    try:
        broken = list(_broken_files(folder, read_manifest(folder)))
    except DamagedIndexError:
        broken = [NAME]
    yield from broken
    if broken:
        return
    index = Index.open(folder)
    for number in range(len(index)) if not index.manifest.key else ():
        try:
            whole = index.document(number).id == index.id(number)
        except DetectorError:
            whole = False
        if not whole:
            yield index.id(number)
        progress(number + 1, len(index))


def _broken_files(folder: Path, manifest: Manifest) -> Iterator[str]:
    for part in manifest.parts:
        for kind, written in part.files.items():
            path = folder / f"{part.name}.{kind}"
            try:
                same = path.is_file() and digest_of(path) == written.sha256
            except OSError as error:
                reason = os_reason(error)
                raise UnreadableFileError(path=str(path), reason=reason) from error
            if not same:
                yield path.name
