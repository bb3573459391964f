"""An index as it lies on the disk, open for reading."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.errors import DamagedIndexError, NotInIndexError
from detector.index.segment import UNKNOWN, Segment
from detector.model.document import Document, Origin
from detector.store.container import digest_of
from detector.store.manifest import NAME, Manifest, read_manifest
from detector.store.parts import KINDS, OpenPart, number_of

_TRIES = 20
"""Times that opening is tried again while a writer replaces files."""


def is_index(path: Path) -> bool:
    """Return whether a folder is an index."""
    return (path / NAME).is_file()


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

        Raises
        ------
        NoIndexError, DamagedIndexError, IndexVersionError
        """
        for _ in range(_TRIES):
            manifest = read_manifest(folder)
            try:
                parts = [OpenPart.open(folder, part) for part in manifest.parts]
            except FileNotFoundError:
                continue  # replaced since the manifest was read, or lost
            return cls(folder, manifest, tuple(parts))
        raise DamagedIndexError(path=str(folder), reason="files are missing")

    def __len__(self) -> int:
        return self.manifest.documents

    @cached_property
    def segments(self) -> Sequence[Segment]:
        """The seeds of each part."""
        return [part.segment for part in self.parts]

    @cached_property
    def marks(self) -> NDArray[np.uint64]:
        """64 bits of the id, the file and the path of each document: shape (d, 3)."""
        empty = np.zeros((0, 3), dtype=np.uint64)
        return np.concatenate([empty, *(part.marks for part in self.parts)])

    @property
    def organisations(self) -> Mapping[str, int]:
        """How many documents each organisation has; that of unknown ones is empty."""
        holders = np.concatenate([[], *(s.holders for s in self.segments)])
        numbers, counts = np.unique(holders.astype(np.int64), return_counts=True)
        names = ("" if n == UNKNOWN else self.manifest.names[n] for n in numbers)
        return dict(zip(names, counts.tolist(), strict=True))

    def id(self, number: int) -> str:
        """Return the id of a document."""
        part, row = self._at(number)
        return bytes(part.ids[row]).hex()

    def origin(self, number: int) -> Origin:
        """Return where a document comes from."""
        part, row = self._at(number)
        return part.origin(row)

    def about(self, number: int) -> Mapping[str, Any]:
        """Return what is known about a document: its origin, and its characters."""
        part, row = self._at(number)
        return part.about(row)

    def document(self, number: int) -> Document:
        """Return a document."""
        part, row = self._at(number)
        if self.has_text(number):
            return part.document(row)
        first = next(one for one in self.same(self.id(number)) if self.has_text(one))
        other = self.document(first)
        return Document(other.text, part.origin(row), other.blocks, other.omissions)

    def has_text(self, number: int) -> bool:
        """Return whether a document's text is kept with it, and not with its twin."""
        part, row = self._at(number)
        return int(np.diff(part.segment.starts[row : row + 2])[0]) > 1

    def same(self, identity: str) -> list[int]:
        """Return the documents with this id, in order: a text and its twins."""
        wanted = np.uint64(number_of(bytes.fromhex(identity)))
        near = np.flatnonzero(self.marks[:, 0] == wanted).tolist()
        return [number for number in near if self.id(number) == identity]

    def find(self, name: str) -> list[int]:
        """Return the documents that `name` stands for: an id, its start, or a path.

        Raises
        ------
        NotInIndexError
            If there is none.
        """
        found = [
            number
            for number in range(len(self))
            if self.origin(number).path == name
            or (len(name) >= 8 and self.id(number).startswith(name.lower()))  # noqa: PLR2004
        ]
        if not found:
            raise NotInIndexError(path=str(self.folder), name=name)
        return found

    def damage(
        self, progress: Callable[[int, int], None] = lambda done, of: None
    ) -> Iterator[str]:
        """Yield what is not as it was written: files, and texts without their id.

        Parameters
        ----------
        progress : callable
            Told how many documents have been looked at, of how many.
        """
        broken = set(self._broken())
        yield from sorted(broken)
        first = 0
        for part in self.parts:
            whole = not any(f"{part.part.name}.{kind}" in broken for kind in KINDS)
            for row in range(part.part.documents) if whole else ():
                number = first + row
                if self.document(number).id != self.id(number):
                    yield self.origin(number).path
                progress(number + 1, len(self))
            first += part.part.documents

    def _broken(self) -> Iterator[str]:
        for part in self.manifest.parts:
            for kind, written in part.files.items():
                path = self.folder / f"{part.name}.{kind}"
                try:
                    same = digest_of(path) == written
                except OSError:
                    same = False
                if not same:
                    yield path.name

    def _at(self, number: int) -> tuple[OpenPart, int]:
        for part in self.parts:
            if number < part.part.documents:
                return part, number
            number -= part.part.documents
        raise IndexError(number)
