"""Which documents a repository has, which of them are looked at, and how they are read.

Everything that git tracks is looked at, hidden or not, whatever ``.gitignore`` says: a
file is in a request because git has it.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from detector.config import Config
from detector.errors import DetectorError, MissingFileError
from detector.formats import READERS, ReadLimits
from detector.formats.folder import is_pattern
from detector.formats.layout import LAYOUT_FILE, Layout, layout_of
from detector.gate import documents
from detector.gate.disguise import suffix_of
from detector.gate.documents import Names
from detector.gate.git import LINK, Base, Change, File, Repository
from detector.gate.options import GateOptions
from detector.gate.patterns import matches, told_from
from detector.gating.looking import Bytes
from detector.gating.policy import Ground, is_below
from detector.store.manifest import is_index

NAMES = Names(READERS)
_SHA1 = 40


@dataclass
class Scope:
    """The documents of a repository, or of folders without one.

    Attributes
    ----------
    top : Path
        What paths are told from.
    files : mapping of path to File
        All documents by name, in order: what is compared with.
    looked_at : list of Change
        Documents by name that are looked at.
    errors : list of DetectorError
        What is looked at and cannot be read.
    known_errors : list of DetectorError
        The same, where nothing of it is new.
    renamed : mapping of str to str
        Paths in the base of what has another one now.
    deleted : list of Change
        Documents that a request takes away.
    outside : list of str
        What has been renamed from where is looked to where is not.
    excluded : list of str
        What the settings exclude of what would be looked at.
    selected, changed : int
        Documents by name that are asked for, and those of them that are new or changed.
    paths : mapping of str to File
        All files, documents or not.
    untracked : list of str
        Documents that git has not, and that are not looked at.
    unstaged : list of str
        Documents that are looked at otherwise than a commit would have them now.
    """

    top: Path
    ground: Ground
    options: GateOptions
    limits: ReadLimits = field(default_factory=ReadLimits)
    files: dict[str, File] = field(default_factory=dict)
    looked_at: list[Change] = field(default_factory=list)
    errors: list[DetectorError] = field(default_factory=list)
    known_errors: list[DetectorError] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    deleted: list[Change] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    selected: int = 0
    changed: int = 0
    paths: dict[str, File] = field(default_factory=dict)
    untracked: list[str] = field(default_factory=list)
    unstaged: list[str] = field(default_factory=list)

    @property
    def added(self) -> frozenset[str]:
        """Documents that the base has not, even where it had one of the name once."""
        if not self.ground.base:
            return frozenset()
        return frozenset(
            c.after.path for c in self.looked_at if c.after and not c.before
        )

    @property
    def repository(self) -> Repository | None:
        """What git knows."""
        return self.ground.repository

    @cached_property
    def layouts(self) -> Mapping[str, Layout]:
        """The layouts that corpora of the repository declare, by folder."""
        found = {}
        for path in self._described():
            file = Path(self.ground.in_force(str(self.top / path)))
            if file.is_file() and (layout := layout_of(file.parent)):
                found[PurePosixPath(path).parent.as_posix()] = layout
        return found

    def _described(self) -> list[str]:
        repository, base = self.repository, self.ground.base
        if repository and base:
            tracked = [file.path for file in repository.tree(base.tip)]
        elif repository:
            tracked = [file.path for file in repository.files()]
        else:
            found = self.top.glob(f"**/{LAYOUT_FILE}")
            tracked = [path.relative_to(self.top).as_posix() for path in found]
        return [p for p in tracked if PurePosixPath(p).name == LAYOUT_FILE]

    def load(self, path: str) -> Bytes | DetectorError:
        """Return a document as it is in the working tree, or what is wrong."""
        try:
            data = documents.read(self.top, path, self.limits.max_file_bytes)
            self.limits.check(path, "max_file_bytes", len(data))
        except DetectorError as error:
            return error
        return self.laid_out(path, data)

    def load_anew(self, paths: list[str]) -> Iterator[Bytes | DetectorError]:
        """Yield documents as `load`; note the ids of what git may not have yet."""
        for path in paths:
            loaded = self.load(path)
            if isinstance(loaded, Bytes):
                blob = self.blob_of(loaded.data)
                self.files[path] = self.files[path]._replace(blob=blob)
            yield loaded

    def load_tracked(self, paths: list[str]) -> Iterator[Bytes | DetectorError]:
        """Yield documents as git has them: those that nobody has changed."""
        if not self.repository:
            yield from map(self.load, paths)
            return
        blobs = [self.files[path].blob for path in paths]
        for path, data in zip(paths, self.repository.contents(blobs), strict=True):
            if documents.is_pointer(data):  # the content is where Git LFS put it
                yield self.load(path)
            else:
                yield self.laid_out(path, data)

    def load_before(self, changes: Sequence[Change]) -> Iterator[Bytes | None]:
        """Yield documents as the base has them, under the path that they have now."""
        if not self.repository:
            yield from (None for _ in changes)
            return
        known = [
            c.before.blob for c in changes if c.before and self._was_document(c.before)
        ]
        contents = self.repository.contents(known)
        for change in changes:
            data = next(contents) if self._was_document(change.before) else None
            file = change.after or change.before
            if file is None or data is None or documents.is_pointer(data):
                yield None
                continue
            suffix = suffix_of(change.before.path) if change.before else ""
            yield self.laid_out(file.path, data)._replace(suffix=suffix)

    def _was_document(self, before: File | None) -> bool:
        """Tell whether the base has a document: what it does not look at is none."""
        if before is None or not _is_file(before):
            return False
        return NAMES.is_document(before.path) and self.is_compared(before.path)

    def laid_out(self, path: str, data: bytes) -> Bytes:
        """Return bytes with what the corpus that they lie in says of its paths."""
        for folder in PurePosixPath(path).parents:
            if layout := self.layouts.get(folder.as_posix()):
                below = PurePosixPath(path).relative_to(folder).as_posix()
                return Bytes(path, data, layout, below)
        return Bytes(path, data)

    def digest(self, path: str, blob: str) -> bytes:
        """Return a digest of a document and of what decides how it is read."""
        layout = self.laid_out(path, b"").layout
        pattern = layout.pattern.pattern if layout else ""
        return hashlib.sha256(f"{pattern}\0{blob}".encode("utf-8", "replace")).digest()

    def note(self, errors: list[DetectorError]) -> None:
        """Note what cannot be read: as known where the base has the same content."""
        before = {c.after.path: c.before for c in self.looked_at if c.after}
        for error in errors:
            path = str(error.facts["path"])
            then = before.get(path)
            same = then and then.blob == self.files[path].blob
            (self.known_errors if same else self.errors).append(error)

    def tracks(self, folder: Path) -> bool:
        """Tell whether git has files in a folder."""
        below = self.ground.inside(folder)
        return below is not None and any(is_below(p, below) for p in self.paths)

    def content(self, path: str) -> bytes:
        """Return what stands for the content of a file that cannot be read."""
        file = self.top / path
        try:
            if file.is_symlink():
                return os.fsencode(file.readlink())
            if file.is_file():
                with file.open("rb") as opened:
                    return hashlib.file_digest(opened, "sha256").digest()
        except OSError:
            pass
        return self.paths[path].blob.encode() if path in self.paths else b""

    def corpus(self) -> tuple[str, ...]:
        """Return what documents are compared with besides those of the repository."""
        return tuple(p for p in self.options.corpus if not self._is_inside(p))

    def corpus_changes(self) -> list[Change]:
        """Return what a request changes or takes away of a corpus in the repository.

        With what the base has in place of what there is now: that is in force.
        """
        repository, base = self.repository, self.ground.base
        if not repository or not base or not self.corpora:
            return []
        return [
            Change(change.status, change.before, change.before)
            for change in repository.changes(base.tip)
            if change.before
            and NAMES.is_document(change.before.path)
            and self.is_of_corpus(change.before.path)
        ]

    def ahead(self) -> list[Change]:
        """Return documents that the base has got since the request was begun.

        Under the names that they have in the request.
        """
        repository, base = self.repository, self.ground.base
        if not repository or not base or base.start == base.tip:
            return []
        known = {file.blob for file in repository.tree(base.start)}
        known |= {file.blob for file in self.paths.values()}
        found = [f for f in repository.tree(base.tip) if f.blob not in known]
        names = ((file, self.renamed.get(file.path, file.path)) for file in found)
        return [
            Change("A", file, file._replace(path=name))
            for file, name in names
            if NAMES.is_document(file.path) and self.is_compared(file.path)
        ]

    def is_compared(self, path: str) -> bool:
        """Tell whether others are compared with a document."""
        return not self.options.is_excluded(path) or self.is_of_corpus(path)

    @cached_property
    def corpora(self) -> tuple[str, ...]:
        """Folders and files of the repository that are named as a corpus."""
        ground = self.ground
        named = filter(self._is_inside, self.options.corpus)
        return tuple(ground.mirrored(one) or ground.inside(one) or "." for one in named)

    def is_of_corpus(self, path: str) -> bool:
        """Tell whether a document is what others are compared with in any case."""
        return any(is_below(path, one) for one in self.corpora)

    def _is_inside(self, path: str) -> bool:
        if not self.repository or is_index(Path(path)):
            return False
        within = self.ground.mirrored(path) or self.ground.inside(path)
        return within is not None

    def blob_of(self, data: bytes) -> str:
        """Return the id that git gives to a content."""
        known = next((len(f.blob) for f in self.files.values() if f.blob), _SHA1)
        made = hashlib.sha1 if known == _SHA1 else hashlib.sha256
        head = b"blob %d\0" % len(data)
        return made(head + data, usedforsecurity=False).hexdigest()


def scope_of(ground: Ground, config: Config, paths: Sequence[str]) -> Scope:
    """Return the documents that there are, and those that `paths` name.

    Raises
    ------
    MissingFileError
        If there is nothing of a name, neither a file nor one that git tracks.
    GitError
        If git cannot say.
    """
    repository = ground.repository
    top = repository.top if repository else Path.cwd()
    scope = Scope(top, ground, config.gate, config.limits)
    tracked = repository.files() if repository else list(_walk(scope.top, paths))
    if repository and ground.base:
        changes = repository.changes(ground.base.start)
        changes = _converted(_of_request(repository, ground.base, changes))
    else:
        changes = [Change("A", None, file) for file in tracked]
    wanted = [_wanted(scope, path, tracked) for path in paths] or ["."]
    tracked, extra = _with_untracked(scope, paths, tracked)
    _take(scope, tracked, wanted)
    for change in (*changes, *extra):
        path = (change.after or change.before or File("", "", "")).path
        if _is_wanted(path, wanted):
            _sort(scope, change)
        elif change.before and _is_wanted(change.before.path, wanted):
            _leave(scope, change)
    seen = frozenset(c.after.path for c in scope.looked_at if c.after)
    scope.errors += documents.twins(scope.paths, seen)
    ground.tell_of(changes if ground.base else [])
    return scope


def _of_request(
    repository: Repository, base: Base, changes: Sequence[Change]
) -> list[Change]:
    """Return changes without what the base has just so: it came from there."""
    if base.start == base.tip:
        return list(changes)
    there = {file.path: file.blob for file in repository.tree(base.tip)}
    return [
        change
        for change in changes
        if not (change.after and change.after.blob)
        or there.get(change.after.path) != change.after.blob
    ]


def _converted(changes: Sequence[Change]) -> list[Change]:
    """Return changes in which a document of another format than before is renamed.

    What had the same name but for the suffix, and is gone, is what it was made from.
    """
    gone = {
        _stem(c.before): c
        for c in changes
        if c.before and not c.after and NAMES.is_document(c.before.path)
    }
    found, used = [], set()
    for change in changes:
        made = change.after if not change.before else None
        was = gone.get(_stem(made)) if made and NAMES.is_document(made.path) else None
        if was:
            used.add(was)
            found.append(Change("R", was.before, made))
        else:
            found.append(change)
    return [change for change in found if change not in used]


def _stem(file: File) -> PurePosixPath:
    return PurePosixPath(file.path).with_suffix("")


def _take(scope: Scope, tracked: Sequence[File], wanted: Sequence[str]) -> None:
    """Note all files, and which of them are documents."""
    for file in tracked:
        scope.paths[file.path] = file
        if not NAMES.is_document(file.path) or file.mode == LINK:
            continue
        if scope.is_compared(file.path):
            scope.files[file.path] = file
        if not scope.options.is_excluded(file.path):
            scope.selected += _is_wanted(file.path, wanted)
    if scope.repository:
        scope.untracked = [
            path
            for path in scope.repository.untracked()
            if NAMES.is_document(path)
            and path not in scope.paths
            and _is_wanted(path, wanted)
        ]
        scope.unstaged = [
            path
            for path in scope.repository.unstaged()
            if path in scope.files and _is_wanted(path, wanted)
        ]


def _is_wanted(path: str, wanted: Sequence[str]) -> bool:
    return any(_fits(path, one) for one in wanted)


def _leave(scope: Scope, change: Change) -> None:
    """Note that a document has been renamed to where nobody looks."""
    before, after = change.before, change.after
    if before and after and NAMES.is_document(before.path):
        scope.renamed[before.path] = after.path
        scope.outside.append(after.path)


def _sort(scope: Scope, change: Change) -> None:
    """Say of a change whether it is a document to look at, an error, or nothing."""
    before, after = change.before, change.after
    if after is None:
        if before and NAMES.is_document(before.path):
            scope.deleted.append(change)
        return
    if before and before.path != after.path:
        scope.renamed[before.path] = after.path
    error = NAMES.refused(scope.top, after, before.path if before else "")
    is_document = NAMES.is_document(after.path)
    if scope.options.is_excluded(after.path):
        if error or is_document:
            scope.excluded.append(after.path)
    elif error:
        same = before and before.blob == after.blob and before.mode == after.mode
        was = before and NAMES.is_document(before.path)
        scope.changed += 1
        nothing_new = same and bool(was) == is_document
        (scope.known_errors if nothing_new else scope.errors).append(error)
    elif is_document:
        scope.changed += 1
        scope.looked_at.append(change)


def _walk(top: Path, paths: Sequence[str]) -> Iterator[File]:
    """Yield the files below folders that are in no repository."""
    found: dict[str, File] = {}
    for asked in paths or ["."]:
        path = Path(asked)
        names: Iterator[Path] = iter([path] if path.is_file() else [])
        if path.is_dir():
            names = (Path(at, one) for at, _, files in os.walk(path) for one in files)
        for one in names:
            shown = _shown(top, one)
            mode = LINK if one.is_symlink() else "100644"
            found[shown] = File(shown, mode, "")
    yield from (found[name] for name in sorted(found))


def _shown(top: Path, path: Path) -> str:
    """Return a path from the top, or as it is where it is elsewhere."""
    whole = os.path.abspath(path)  # noqa: PTH100 - no links are followed
    return told_from(str(top), whole) or path.as_posix()


def _wanted(scope: Scope, path: str, tracked: Sequence[File]) -> str:
    """Return what is asked for, from the top."""
    if not path.strip():
        raise MissingFileError(path=repr(path))
    whole = Path(path)
    below = scope.ground.inside(whole)
    if below is None:
        if scope.repository:
            raise MissingFileError(path=path)
        below = _shown(scope.top, whole)
    known = whole.exists() or whole.is_symlink() or is_pattern(path)
    if not known and not any(is_below(file.path, below) for file in tracked):
        raise MissingFileError(path=path)
    return below


def _fits(path: str, wanted: str) -> bool:
    if is_pattern(wanted):
        return matches(f"/{wanted}", path)
    return is_below(path, wanted)


def _with_untracked(
    scope: Scope, paths: Sequence[str], tracked: list[File]
) -> tuple[list[File], list[Change]]:
    """Return the files with those that are named one by one, which git has not."""
    if not scope.repository:
        return tracked, []
    known = {file.path for file in tracked}
    named = [scope.ground.inside(path) or "" for path in paths if Path(path).is_file()]
    extra = [
        File(one, LINK if (scope.top / one).is_symlink() else "100644", "")
        for one in named
        if one and one not in known
    ]
    return [*tracked, *extra], [Change("A", None, file) for file in extra]


def _is_file(file: File) -> bool:
    return file.mode.startswith("100") and bool(file.blob)
