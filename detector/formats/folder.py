"""Files, folders and patterns: which documents they name, and reading them all."""

import glob
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePath

from detector.errors import (
    DetectorError,
    MissingFileError,
    NothingToReadError,
    UnreadableFileError,
    os_reason,
)
from detector.formats import (
    READERS,
    SUFFIXES_READ,
    Load,
    load_bytes,
    read_bytes,
    unknown_format,
)
from detector.formats.layout import LAYOUT_FILE, Layout, described_folder, layout_of
from detector.formats.limits import ReadLimits
from detector.model.document import Document
from detector.text.provenance import described

__all__ = [
    "SUFFIXES_READ",
    "Found",
    "Layout",
    "find_files",
    "has_name_of_document",
    "is_pattern",
    "layout_of",
    "load_found",
    "read_found",
]

_MAGIC = re.compile(r"[*?]")
_NOT_DOCUMENTS = frozenset({LAYOUT_FILE, "truth.jsonl"})
# ~$ are the lock files that word processors put beside an open document.
_SKIPPED_PREFIXES = (".", "~$")
_DEFAULT = ReadLimits()


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read.

    Attributes
    ----------
    shown : str
        Its path as reports name it, with forward slashes.
    """

    path: Path
    shown: str


def is_pattern(path: str) -> bool:
    """Tell whether a path has ``*`` or ``?``: it may stand for several files."""
    return bool(_MAGIC.search(path))


def find_files(
    arguments: Sequence[str],
) -> tuple[list[Found], list[DetectorError]]:
    """Return the documents that `arguments` name, each once, and what is wrong.

    An argument is a file, a folder, which is searched to any depth, or a pattern with
    ``*``, ``?`` or ``**``. Folders and patterns yield regular files with a known
    suffix, sorted by path. Hidden files, README files, the corpus's own description
    and links that lead out of the folder are passed over.
    """
    found: dict[str, Found] = {}
    errors: list[DetectorError] = []
    for argument in arguments:
        try:
            for file in _named(argument, errors.append):
                found.setdefault(os.path.realpath(file.path), file)
        except DetectorError as error:
            errors.append(error)
    return list(found.values()), errors


def load_found(
    found: Sequence[Found], limits: ReadLimits = _DEFAULT, load: Load | None = None
) -> tuple[list[Document], list[DetectorError]]:
    """Read what was found; one bad file never stops the others.

    The layout that a corpus declares fills what a document does not say of itself. A
    broken layout is one error, and its documents are read without it.
    """
    read = list(read_found(found, limits, load=load))
    documents = [one for _, _, one in read if isinstance(one, Document)]
    return documents, [one for _, _, one in read if isinstance(one, DetectorError)]


def read_found(
    found: Sequence[Found],
    limits: ReadLimits = _DEFAULT,
    known: Callable[[Found, bytes], bool] = lambda file, digest: False,
    load: Load | None = None,
) -> Iterator[tuple[Found, bytes, Document | DetectorError | None]]:
    """Yield each file, a digest, and its document or what is wrong.

    What neither layout nor properties say of a document, it says itself, as far as that
    is sure: `detector.text.provenance`. The digest is the SHA-256 of its bytes and of
    the layout, which decide all that is known of it.

    Parameters
    ----------
    known : callable
        Asked with file and digest whether it need not be read: then None.
    load : callable, optional
        Reads bytes, given path and suffix; by default `load_bytes`.
    """
    load = load or partial(load_bytes, limits=limits)
    layouts: dict[Path, Layout | None] = {}
    for file in found:
        root = described_folder(file.path)
        if root and root not in layouts:
            try:
                layouts[root] = layout_of(root)
            except DetectorError as error:
                layouts[root] = None
                yield file, b"", error
        try:
            data = read_bytes(file.path, file.shown, limits)
            layout = layouts.get(root) if root else None
            pattern = layout.pattern.pattern if layout else ""
            whole = sha256(pattern.encode("utf-8", "surrogatepass"))
            whole.update(data)
            digest = whole.digest()
            if known(file, digest):
                yield file, digest, None
                continue
            suffix = file.path.suffix.lower()
            document = load(data, file.shown, suffix)
        except DetectorError as error:
            yield file, b"", error
            continue
        if root and layout:
            relative = file.path.absolute().relative_to(root).as_posix()
            origin = layout.fill(document.origin, relative)
            document = replace(document, origin=origin)
        yield file, digest, replace(document, origin=described(document))


def _named(argument: str, tell: Callable[[DetectorError], None]) -> Iterator[Found]:
    if not argument.strip():  # an unset variable is not the current folder
        raise MissingFileError(path=repr(argument))
    path = Path(argument)
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:
        reason = os_reason(error)
        raise UnreadableFileError(path=argument, reason=reason) from error
    if is_folder:
        yield from _documents(argument, path, _walk(path, tell))
    elif not exists and is_pattern(argument):
        paths = glob.glob(argument.replace("[", "[[]"), recursive=True)  # noqa: PTH207
        yield from _documents(argument, _fixed_part(path), map(Path, paths))
    elif not exists:
        raise MissingFileError(path=argument)
    elif path.suffix.lower() not in READERS:
        raise unknown_format(argument, path.suffix.lower())
    else:
        yield Found(path, path.as_posix())


def _documents(argument: str, root: Path, paths: Iterator[Path]) -> Iterator[Found]:
    inside = Path(os.path.realpath(root))
    nothing = True
    for path in sorted(paths, key=lambda path: path.parts):
        if _is_document(path, root, inside):
            nothing = False
            yield Found(path, path.as_posix())
    if nothing:
        raise NothingToReadError(path=argument, known=SUFFIXES_READ)


def has_name_of_document(path: PurePath) -> bool:
    """Tell by its name whether a file in a folder is one of its documents."""
    if path.name.startswith(_SKIPPED_PREFIXES) or path.name in _NOT_DOCUMENTS:
        return False
    return path.stem.lower() != "readme" and path.suffix.lower() in READERS


def _is_document(path: Path, root: Path, inside: Path) -> bool:
    parts = path.relative_to(root).parts
    if any(part.startswith(_SKIPPED_PREFIXES) for part in parts):
        return False
    if not has_name_of_document(path) or not path.is_file():
        return False
    return Path(os.path.realpath(path)).is_relative_to(inside)


def _walk(folder: Path, tell: Callable[[DetectorError], None]) -> Iterator[Path]:
    """Yield all files below a folder; a folder that cannot be read is told."""

    def told(error: OSError) -> None:
        reason = os_reason(error)
        path = Path(error.filename or folder).as_posix()
        tell(UnreadableFileError(path=path, reason=reason))

    for parent, _, names in os.walk(folder, onerror=told):  # follows no links
        yield from (Path(parent, name) for name in names)


def _fixed_part(pattern: Path) -> Path:
    parts = pattern.parts
    first = next(at for at, part in enumerate(parts) if is_pattern(part))
    return Path(*parts[: min(first, len(parts) - 1)])
