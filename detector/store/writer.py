"""Changes to an index: one writer at a time, and never half a change."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detector.errors import NotEmptyError
from detector.fingerprints.seeds import seeds_of
from detector.index.segment import MOST_UNITS, UNKNOWN
from detector.model.document import Document
from detector.store.index import Index, is_index
from detector.store.lock import LOCK, locked
from detector.store.manifest import NEW, Manifest, Part, write_manifest
from detector.store.parts import (
    KINDS,
    Entry,
    OpenPart,
    marks_of,
    merge_parts,
    number_of,
    without,
    write_part,
)

_BATCH = 1 << 24
"""Units of new documents that are kept in memory before they are written."""
_WHOLE = 1 << 256
_ID, _FILE, _PATH = range(3)


class Outcome(StrEnum):
    """What became of a document that was to be added."""

    ADDED = "added"
    TWIN = "twin"
    REPLACED = "replaced"
    KEPT = "kept"


@contextmanager
def writing(
    folder: Path, loose_of: Callable[[Document], NDArray[np.uint64]]
) -> Iterator["Writer"]:
    """Open an index for changes, or make a new one; commit at the end.

    Parameters
    ----------
    loose_of : callable
        Returns the units of a document, as `Weighed.loose` has them.

    Raises
    ------
    IndexLockedError
        If somebody else is changing it.
    NotEmptyError
        If the folder has other files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    foreign = (path.name not in {LOCK, NEW} for path in folder.iterdir())
    if not is_index(folder) and any(foreign):
        raise NotEmptyError(path=str(folder))
    with locked(folder):
        if not is_index(folder):
            write_manifest(folder, Manifest())
        writer = Writer(folder, loose_of)
        yield writer
        writer.commit()


class Writer:
    """The one who may change an index. Made by `writing`.

    What was added or removed is in the index when `commit` returns; it is called by
    itself whenever many new documents have come together.
    """

    def __init__(
        self, folder: Path, loose_of: Callable[[Document], NDArray[np.uint64]]
    ) -> None:
        self.folder = folder
        self._loose_of = loose_of
        self._begin()

    def knows(self, path: str, file: bytes) -> bool:
        """Return whether a file of this path and SHA-256 has been taken up before."""
        return (_path_number(path), number_of(file)) in self._files

    def add(self, document: Document, file: bytes) -> Outcome:
        """Take a document up that has at least one unit.

        A document of a path that is in the index takes its place. One whose text is in
        the index is a twin: it is listed, and its text is kept once.

        Parameters
        ----------
        file : bytes
            SHA-256 of the file that it was read from.
        """
        identity, raw, path = marks_of(document, file)
        if self._paths.get(path) == identity:
            return Outcome.KEPT
        if path in self._pending:
            self.commit()
        old = np.flatnonzero(self.index.marks[:, _PATH] == np.uint64(path)).tolist()
        twin = identity in self._ids
        entry = Entry(document, file, None, 0, self._holder(document))
        if not twin:
            entry = self._with_seeds(entry)
        self._leaving.update(old)
        self._entries.append(entry)
        self._pending.add(path)
        self._ids.add(identity)
        self._paths[path] = identity
        self._files.add((path, raw))
        self._units += entry.units + 1
        if self._units >= _BATCH:
            self.commit()
        return Outcome.REPLACED if old else Outcome.TWIN if twin else Outcome.ADDED

    def remove(self, numbers: Sequence[int]) -> None:
        """Take documents out, by their number in `index`, at the next commit."""
        self._leaving.update(numbers)

    def commit(self) -> None:
        """Write what has come together; when this returns, it is on the disk."""
        if not self._entries and not self._leaving:
            return
        before = self.index.manifest
        generation = before.generation + 1
        entries = [*self._bereaved(), *self._entries]
        entries = self._with_own_texts(entries)
        parts = list(self._remaining(generation))
        if entries:
            parts.append(write_part(self.folder, f"{generation:08d}-new", entries))
        parts = self._merged(parts, generation)
        after = before.changed(
            parts=tuple(parts),
            names=self._used_names(parts),
            digest=self._digest(int(before.digest, 16), entries),
        )
        write_manifest(self.folder, after)
        self._begin()

    def _begin(self) -> None:
        """Start from what is on the disk, without what no manifest names."""
        self.index = Index.open(self.folder)
        self._entries: list[Entry] = []
        self._leaving: set[int] = set()
        self._pending: set[int] = set()
        self._units = 0
        marks = self.index.marks
        self._ids = set(marks[:, _ID].tolist())
        self._paths = dict(marks[:, [_PATH, _ID]].tolist())
        self._files = set(map(tuple, marks[:, [_PATH, _FILE]].tolist()))
        self._names = {
            name: at for at, name in enumerate(self.index.manifest.names) if name
        }
        self._next_name = len(self.index.manifest.names)
        parts = self.index.manifest.parts
        kept = {f"{part.name}.{kind}" for part in parts for kind in part.files}
        for path in self.folder.iterdir():
            ours = path.suffix.removeprefix(".") in KINDS or path.name == NEW
            if ours and path.name not in kept:
                path.unlink(missing_ok=True)

    def _holder(self, document: Document) -> int:
        name = document.origin.organisation
        if not name:
            return UNKNOWN
        if name not in self._names:
            self._names[name] = self._next_name
            self._next_name += 1
        return self._names[name]

    def _bereaved(self) -> Iterator[Entry]:
        """Yield twins whose text leaves, as documents of their own; they move."""
        index = self.index
        losing = {
            index.id(number) for number in self._leaving if index.has_text(number)
        }
        for identity in sorted(losing):
            for number in index.same(identity):
                if number not in self._leaving:
                    document = index.document(number)
                    file = int(index.marks[number, _FILE]).to_bytes(8, "little")
                    yield Entry(document, file, None, 0, self._holder(document))
                    self._leaving.add(number)

    def _with_own_texts(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return the entries so that of each text one has its seeds, and one only."""
        owned = {
            self.index.id(number)
            for entry in entries
            for number in self.index.same(entry.document.id)
            if number not in self._leaving
        }
        done = []
        for entry in entries:
            if entry.document.id in owned:
                done.append(entry._replace(seeds=None))
            else:
                done.append(entry if entry.seeds else self._with_seeds(entry))
            owned.add(entry.document.id)
        return done

    def _with_seeds(self, entry: Entry) -> Entry:
        loose = self._loose_of(entry.document)
        return entry._replace(seeds=seeds_of(loose), units=len(loose))

    def _remaining(self, generation: int) -> Iterator[Part]:
        first = 0
        for at, part in enumerate(self.index.parts):
            count = part.part.documents
            rows = [n - first for n in self._leaving if first <= n < first + count]
            gone = sum(
                int(self.index.about(first + row)["characters"])
                for row in rows
                if self.index.has_text(first + row)
            )
            first += count
            if not rows:
                yield part.part
            elif len(rows) < count:
                left = part.part.characters - gone
                name = f"{generation:08d}-{at}"
                yield without(self.folder, name, part, sorted(rows), left)

    def _merged(self, parts: Sequence[Part], generation: int) -> list[Part]:
        """Merge the last parts as long as they are of like size."""
        left = list(parts)
        while len(left) > 1:
            two = left[-2:]
            units = two[0].units + two[1].units
            if two[0].units > 2 * two[1].units or units > MOST_UNITS:
                break
            opened = [OpenPart.open(self.folder, part) for part in two]
            name = f"{generation:08d}-m{len(left)}"
            left[-2:] = [merge_parts(self.folder, name, opened)]
        return left

    def _used_names(self, parts: Sequence[Part]) -> tuple[str, ...]:
        """Return the names by number, empty for those that nobody has any more."""
        opened = [OpenPart.open(self.folder, part) for part in parts]
        used = {n for part in opened for n in part.segment.holders.tolist()}
        names = [""] * self._next_name
        for name, at in self._names.items():
            if at in used:
                names[at] = name
        return tuple(names)

    def _digest(self, before: int, entries: Sequence[Entry]) -> str:
        """Return the digest of the index: a sum, so that no order matters.

        After M. Bellare and D. Micciancio, "A New Paradigm for Collision-Free Hashing",
        EUROCRYPT 1997.
        """
        index = self.index
        for number in self._leaving:
            before -= _one(index.id(number), index.origin(number).organisation)
        for entry in entries:
            before += _one(entry.document.id, entry.document.origin.organisation)
        return f"{before % _WHOLE:064x}"


def _one(identity: str, organisation: str) -> int:
    return int.from_bytes(sha256(f"{identity} {organisation}".encode()).digest())


def _path_number(path: str) -> int:
    return number_of(sha256(path.encode("utf-8", "surrogatepass")).digest())
