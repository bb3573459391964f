"""Changes to an index: one writer at a time, and never half a change."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.errors import NotEmptyError, OutputError, os_reason
from detector.fingerprints.key import Key
from detector.index.segment import MOST_UNITS, UNKNOWN
from detector.model.document import Document
from detector.store.index import Index
from detector.store.lock import LOCK, locked
from detector.store.manifest import (
    NEW,
    Manifest,
    Part,
    is_index,
    read_manifest,
    sync_folder,
    write_manifest,
)
from detector.store.parts import (
    KINDS,
    Entry,
    OpenPart,
    merge_parts,
    number_of,
    path_mark,
    without,
    write_part,
)

_BATCH = 1 << 24
"""Units of new documents that are kept in memory before they are written."""
_WHOLE = 1 << 256
_FILE, _PATH = 1, 2


class Adopted(NamedTuple):
    """Parts that somebody else has written, of documents with numbers of holders.

    Attributes
    ----------
    parts : tuple of Part
    paths : frozenset of str
        Of their documents.
    owned : frozenset of bytes
        Ids of the texts that they keep, or that are kept already.
    digest : int
        Sum of `digest_of_document` of them.
    """

    parts: tuple[Part, ...]
    paths: frozenset[str]
    owned: frozenset[bytes]
    digest: int


class Outcome(StrEnum):
    """What became of a document that was to be added."""

    ADDED = "added"
    TWIN = "twin"
    REPLACED = "replaced"
    KEPT = "kept"


_NOTHING = Adopted((), frozenset(), frozenset(), 0)


@contextmanager
def writing(
    folder: Path,
    loose_of: Callable[[Document], NDArray[np.uint64]],
    key: Key | None = None,
) -> Iterator["Writer"]:
    """Open an index for changes, or make a new one; commit at the end.

    Parameters
    ----------
    loose_of : callable
        Returns the units of a document, as `Weighed.loose` has them.
    key : Key, optional
        A new index is hidden by it, and holds no texts.

    Raises
    ------
    KeyNeededError
        If it is hidden by another key.
    IndexLockedError
        If somebody else is changing it.
    NotEmptyError
        If the folder has other files.
    OutputError
        If it cannot be written.
    """
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        foreign = any(path.name not in {LOCK, NEW} for path in folder.iterdir())
        if foreign and not is_index(folder):
            raise NotEmptyError(path=str(folder))
    with ExitStack() as stack:
        with _told(folder):
            stack.enter_context(locked(folder))
            if not is_index(folder):
                write_manifest(folder, Manifest(key=key.check if key else ""))
                sync_folder(folder.parent)
        writer = Writer(folder, loose_of, key)
        yield writer
        writer.commit()


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say which index it was that the system did not let us write."""
    try:
        yield
    except OSError as error:
        raise OutputError(path=str(folder), reason=os_reason(error)) from error


class Writer:
    """The one who may change an index. Made by `writing`.

    What was added or removed is in the index when `commit` returns; it is called by
    itself whenever many new documents have come together. A commit that fails has
    changed nothing, and may be tried again.
    """

    def __init__(
        self,
        folder: Path,
        loose_of: Callable[[Document], NDArray[np.uint64]],
        key: Key | None = None,
    ) -> None:
        self.folder = folder
        self._loose_of = loose_of
        self._key = key
        self._begin()

    def knows(self, path: str, file: bytes) -> bool:
        """Return whether a file of this path and SHA-256 has been taken up before."""
        named = self.index.named(file, self._key)
        return self._files.get(path_mark(path)) == number_of(named)

    def add(self, document: Document, file: bytes) -> Outcome:
        """Take a document up that has at least one unit.

        A document of a path that is in the index takes its place. One whose text is in
        the index is a twin: it is listed, and its text is kept once.

        Parameters
        ----------
        file : bytes
            SHA-256 of the file that it was read from, and of what else decides what is
            known about it.
        """
        if self.index.needs(self._key):  # what a text says stays where it is
            document = replace(document, origin=replace(document.origin, title=""))
        identity = self.index.named(bytes.fromhex(document.id), self._key)
        file = self.index.named(file, self._key)
        raw, path = number_of(file), path_mark(document.origin.path)
        if self._files.get(path) == raw:
            return Outcome.KEPT
        if path in self._pending:
            self.commit()
        entry = Entry(document, identity, file, self._holder(document))
        # Where no text is kept none can be lent.
        twin = identity in self._texts and not self.index.manifest.key
        self._entries.append(entry if twin else self._with_seeds(entry))
        replaced = path in self._files
        self._pending.add(path)
        self._texts.add(identity)
        self._files[path] = raw
        self._units += self._entries[-1].units + 1
        if self._units >= _BATCH:
            self.commit()
        if replaced:
            return Outcome.REPLACED
        return Outcome.TWIN if twin else Outcome.ADDED

    def has(self, path: str) -> bool:
        """Return whether there is a document of a path."""
        return path_mark(path) in self._files

    def numbered(self, organisations: Iterable[str]) -> Mapping[str, int]:
        """Return the numbers of organisations as holders: for equal ones the same."""
        for name in sorted({*organisations} - {""}):
            self._number(name)
        return {**self._names, "": UNKNOWN}

    def texts_without(self, paths: Iterable[str]) -> dict[bytes, int]:
        """Return the ids of texts that stay if some paths are replaced, and where."""
        leaving = np.array(sorted(map(path_mark, paths)), dtype=np.uint64)
        stays = ~np.isin(self.index.marks[:, _PATH], leaving)
        return {
            bytes(self.index.ids[number]): number
            for number in np.flatnonzero(stays).tolist()
        }

    def adopt(self, folder: Path, adopted: Adopted) -> None:
        """Take parts up that lie in a folder, with holders as `numbered` has them.

        Their files stay where they are, too. A document of a path that is in the index
        takes its place.

        Raises
        ------
        OutputError, DamagedIndexError
            As `commit`.
        """
        name = f"{self.index.manifest.generation + 1:08d}"
        parts = []
        with _told(self.folder):
            for at, part in enumerate(adopted.parts):
                moved = replace(part, name=f"{name}-s{at:05d}")
                for kind in part.files:
                    file = folder / f"{part.name}.{kind}"
                    _placed(file, self.folder / f"{moved.name}.{kind}")
                parts.append(moved)
        self._adopted = adopted._replace(parts=tuple(parts))
        self._commit(frozenset())

    def remove(self, numbers: Sequence[int]) -> None:
        """Take documents out, by their number in `index`, at once.

        What has been added before is in the index then, too.
        """
        leaving = self.index.ids[list(numbers)], self.index.marks[list(numbers), _PATH]
        if self._entries:
            self.commit()
            numbers = [
                number
                for identity, path in zip(*leaving, strict=True)
                for number in self.index.same(bytes(identity).hex())
                if self.index.marks[number, _PATH] == path
            ]
        self._commit(frozenset(numbers))

    def commit(self) -> None:
        """Write what has come together; when this returns, it is on the disk.

        Raises
        ------
        OutputError
            If it cannot be written.
        DamagedIndexError
            If what is there is not as it was written: it is not written again.
        """
        if self._entries:
            self._commit(frozenset())

    def _commit(self, removed: frozenset[int]) -> None:
        before = self.index.manifest
        name = f"{before.generation + 1:08d}"
        try:
            with _told(self.folder):
                write_manifest(self.folder, self._after(before, removed, name))
        except BaseException:
            if read_manifest(self.folder).generation > before.generation:
                self._begin()  # it is done, though we were not told
            else:
                self._clean()
            raise
        self._begin()

    def _after(self, before: Manifest, removed: frozenset[int], name: str) -> Manifest:
        """Write the files of the next state, and return it."""
        adopted = self._adopted
        paths = self._pending | set(map(path_mark, adopted.paths))
        pending = np.array(sorted(paths), dtype=np.uint64)
        replaced = np.flatnonzero(np.isin(self.index.marks[:, _PATH], pending))
        leaving = removed | frozenset(replaced.tolist())
        bereaved, leaving = self._bereaved(leaving)
        entries = self._with_own_texts([*bereaved, *self._entries], leaving)
        kept = list(self._remaining(leaving, name))
        fresh = [
            write_part(
                self.folder, f"{name}-new{number}", group, with_texts=not before.key
            )
            for number, group in enumerate(_groups(entries))
        ]
        parts = [*self._merged(kept, fresh, name), *adopted.parts]
        digest = int(before.digest, 16) + adopted.digest
        return before.changed(
            parts=tuple(parts),
            names=self._used_names(parts),
            digest=self._digest(digest, leaving, entries),
        )

    def _begin(self) -> None:
        """Start from what is on the disk, without what no manifest names."""
        self.index = index = Index.open(self.folder)
        self._entries: list[Entry] = []
        self._pending: set[int] = set()
        self._adopted = _NOTHING
        self._units = 0
        ids = index.ids.tobytes()
        self._texts = {ids[at : at + 32] for at in range(0, len(ids), 32)}
        self._files: dict[int, int] = dict(index.marks[:, [_PATH, _FILE]].tolist())
        names = index.manifest.names
        self._names = {name: at for at, name in enumerate(names) if name}
        self._free = [at for at, name in enumerate(names) if not name]
        self._clean()

    def _clean(self) -> None:
        """Remove the files that the state on the disk does not name."""
        parts = read_manifest(self.folder).parts
        kept = {f"{part.name}.{kind}" for part in parts for kind in part.files}
        for path in self.folder.iterdir():
            ours = path.suffix.removeprefix(".") in KINDS or path.name == NEW
            if ours and path.name not in kept:
                with suppress(OSError):  # somebody may have it open, where that counts
                    path.unlink()

    def _holder(self, document: Document) -> int:
        name = document.origin.organisation
        return self._number(name) if name else UNKNOWN

    def _number(self, name: str) -> int:
        if name not in self._names:
            used = len(self._names) + len(self._free)
            self._names[name] = self._free.pop() if self._free else used
        return self._names[name]

    def _bereaved(self, leaving: frozenset[int]) -> tuple[list[Entry], frozenset[int]]:
        """Return twins whose text leaves, as new documents; they leave their places."""
        index = self.index
        entries: list[Entry] = []
        moving: set[int] = set()
        owners = [number for number in leaving if index.has_text[number]]
        for owner in sorted(owners):
            for number in index.same(index.id(owner)):
                if number not in leaving and not index.has_text[number]:
                    document = index.document(number)
                    file = int(index.marks[number, _FILE]).to_bytes(8, "little")
                    identity, holder = bytes(index.ids[number]), self._holder(document)
                    entries.append(Entry(document, identity, file, holder))
                    moving.add(number)
        return entries, leaving | moving

    def _with_own_texts(
        self, entries: Sequence[Entry], leaving: frozenset[int]
    ) -> list[Entry]:
        """Return the entries so that of each text one has its seeds, and one only."""
        if self.index.manifest.key:
            return list(entries)
        stays = self.index.has_text.copy()
        stays[list(leaving)] = False
        owned = {bytes(identity) for identity in self.index.ids[stays]}
        owned |= self._adopted.owned
        done = []
        for entry in entries:
            if entry.identity in owned:
                done.append(entry._replace(seeds=None, units=0))
            else:
                done.append(entry if entry.seeds else self._with_seeds(entry))
            owned.add(entry.identity)
        return done

    def _with_seeds(self, entry: Entry) -> Entry:
        loose = self._loose_of(entry.document)
        seeds = self.index.seeds(loose, self._key)
        return entry._replace(seeds=seeds, units=len(loose))

    def _remaining(self, leaving: frozenset[int], name: str) -> Iterator[Part]:
        first = 0
        for at, part in enumerate(self.index.parts):
            count = part.part.documents
            rows = sorted(n - first for n in leaving if first <= n < first + count)
            gone = sum(
                int(self.index.about(first + row)["characters"])
                for row in rows
                if self.index.has_text[first + row]
            )
            first += count
            if not rows:
                yield part.found()
            elif len(rows) < count:
                part.check()
                left = part.part.characters - gone
                yield without(self.folder, f"{name}-{at}", part, rows, left)

    def _merged(
        self, kept: Sequence[Part], fresh: Sequence[Part], name: str
    ) -> list[Part]:
        """Return all parts, the last ones merged as long as they are of like size."""
        left = [*kept, *fresh]
        while len(left) > 1:
            two = left[-2:]
            units = two[0].units + two[1].units
            if two[0].units > 2 * two[1].units or units > MOST_UNITS:
                break
            opened = [OpenPart.open(self.folder, part) for part in two]
            for part in opened:
                if not part.part.name.startswith(name):  # not written just now
                    part.check()
            merged = merge_parts(self.folder, f"{name}-m{len(left)}", opened)
            left[-2:] = [merged]
        return left

    def _used_names(self, parts: Sequence[Part]) -> tuple[str, ...]:
        """Return the names by number, empty for those that nobody has any more."""
        opened = [OpenPart.open(self.folder, part) for part in parts]
        used = {n for part in opened for n in part.segment.holders.tolist()}
        names = [""] * (max(self._names.values(), default=-1) + 1)
        for name, at in self._names.items():
            if at in used:
                names[at] = name
        return tuple(names)

    def _digest(
        self, before: int, leaving: frozenset[int], entries: Sequence[Entry]
    ) -> str:
        """Return the digest of the index: a sum, so that no order matters.

        After M. Bellare and D. Micciancio, "A New Paradigm for Collision-Free Hashing",
        EUROCRYPT 1997.
        """
        index = self.index
        for number in leaving:
            before -= _one(index.id(number), index.origin(number).organisation)
        for entry in entries:
            before += digest_of_document(entry.identity, entry.document)
        return f"{before % _WHOLE:064x}"


def _placed(file: Path, here: Path) -> None:
    """Give a file a name in the index, by a copy where it is on another disk."""
    try:
        here.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, here)
        with here.open("rb+") as copied:
            os.fsync(copied.fileno())


def _groups(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Yield the entries, so many at a time as a part has room for."""
    group: list[Entry] = []
    units = 0
    for entry in entries:
        if group and units + entry.units + 1 > _BATCH * 2:
            yield group
            group, units = [], 0
        group.append(entry)
        units += entry.units + 1
    if group:
        yield group


def digest_of_document(identity: bytes, document: Document) -> int:
    """Return what a document adds to the digest of an index."""
    return _one(identity.hex(), document.origin.organisation)


def _one(identity: str, organisation: str) -> int:
    text = f"{identity} {organisation}".encode("utf-8", "surrogatepass")
    return int.from_bytes(sha256(text).digest())
