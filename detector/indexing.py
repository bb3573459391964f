"""A corpus on disk: adding to it, taking from it, and looking after it."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.errors import (
    DetectorError,
    EmptyFileError,
    NotEmptyError,
    NoTextsError,
    OptionError,
    OutputError,
    os_reason,
)
from detector.executors.progress import quiet
from detector.fingerprints.key import Key
from detector.formats.folder import Found, find_files, read_found
from detector.formats.limits import ReadLimits
from detector.loading import Loader
from detector.model.document import Document
from detector.prepared import Prepared
from detector.store.index import Index, path_in
from detector.store.manifest import FORMAT, is_index
from detector.store.writer import Outcome, Writer, writing

_SECONDS = 20.0
"""What has been read for so long is written: it is not read again after a stop."""
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Added:
    """What became of the files that were to be added.

    Attributes
    ----------
    counts : mapping of str to int
        By `Outcome`.
    twins : tuple of (path, other path)
        Those whose text the index has under another path.
    errors : tuple of DetectorError
        What could not be read.
    documents : int
        In the index, afterwards.
    """

    counts: Mapping[str, int]
    twins: tuple[tuple[str, str], ...]
    errors: tuple[DetectorError, ...]
    documents: int


@dataclass
class _Tally:
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    twins: list[Document] = field(default_factory=list)
    errors: list[DetectorError] = field(default_factory=list)


def add(
    index: Path,
    paths: Sequence[str],
    progress: Callable[[int, int], None] = quiet,
    key: Key | None = None,
    limits: ReadLimits | None = None,
) -> Added:
    """Add files, folders and patterns to an index; it is made if there is none.

    Its documents keep the path that `path_in` says, wherever they are added from.

    A file that is in the index as it is, is not read again, so that what was
    interrupted goes on where it stopped. One bad file never stops the others.

    Parameters
    ----------
    progress : callable
        Told how many files are done, of how many.
    key : Key, optional
        A new index is hidden by it and holds no texts, only keyed hashes of all seeds.
        An index that is hidden takes documents with the same key only.

    Raises
    ------
    IndexFolderError
        If the index cannot be used.
    """
    found, missing = find_files(paths)
    if not found and missing and not is_index(index):
        raise missing[0]  # no empty index for a slip of the pen
    tally = _Tally(errors=list(missing))

    def path_of(file: Found) -> str:
        return path_in(index, file.path)

    units_of = codes_of if key else loose_of
    with Loader(limits) as loader, writing(index, units_of, key) as writer:
        hidden = writer.index.needs(key)
        if key and not hidden:
            held = "an index made with --hash-only"
            raise OptionError(name="key", value="given", allowed=held)
        began = time.monotonic()
        read = read_found(
            found,
            loader.limits,
            lambda file, digest: writer.knows(path_of(file), digest),
            loader.load_bytes,
        )
        try:
            for done, (file, digest, one) in enumerate(read, 1):
                _take(writer, tally, one, (path_of(file), digest))
                progress(min(done, len(found)), len(found))
                if time.monotonic() - began > _SECONDS:
                    writer.commit()
                    began = time.monotonic()
        finally:  # also when interrupted: what was read is not lost
            writer.commit()
        twins = tuple(_with_other(writer.index, twin) for twin in tally.twins)
        documents = len(writer.index)
    counts = {outcome.value: tally.outcomes[outcome] for outcome in Outcome}
    return Added(counts, twins, tuple(tally.errors), documents)


def _take(
    writer: Writer,
    tally: _Tally,
    one: Document | DetectorError | None,
    file: tuple[str, bytes],
) -> None:
    path, digest = file
    if isinstance(one, DetectorError):
        tally.errors.append(one)
    elif one is None:
        tally.outcomes[Outcome.KEPT] += 1
    elif not len(codes_of(one)):
        tally.errors.append(EmptyFileError(path=one.origin.path))
    else:
        one = replace(one, origin=replace(one.origin, path=path))
        outcome = writer.add(one, digest)
        tally.outcomes[outcome] += 1
        if outcome is Outcome.TWIN:
            tally.twins.append(one)


def _with_other(index: Index, twin: Document) -> tuple[str, str]:
    path = twin.origin.path
    others = (index.origin(number).path for number in index.same(twin.id))
    return path, next((other for other in others if other != path), path)


def remove(index: Path, names: Sequence[str]) -> list[str]:
    """Take documents out by id or path; return their paths. No trace is left.

    Raises
    ------
    NotInIndexError
        If one of `names` is none; then nothing is removed.
    IndexFolderError
        If the index cannot be used.
    """
    Index.open(index)  # before anything is made
    with writing(index, loose_of) as writer:
        found = (writer.index.find(name, path_in(index, Path(name))) for name in names)
        numbers = list(dict.fromkeys(number for each in found for number in each))
        paths = [writer.index.origin(number).path for number in numbers]
        writer.remove(numbers)
    return paths


def status(index: Path) -> dict[str, Any]:
    """Return how much is in an index, and how much room it takes, by name."""
    opened = Index.open(index)
    parts = opened.manifest.parts
    named = opened.organisations.keys() - {""}
    room = Counter[str]()
    for part in parts:
        room.update({kind: written.bytes for kind, written in part.files.items()})
    return {
        "documents": len(opened),
        "twins": int((~opened.has_text).sum()),
        "organisations": len(named),
        "characters": sum(part.characters for part in parts),
        "bytes_seeds": room["seeds"],
        "bytes_about": room["about"],
        "bytes_texts": room["texts"],
        "parts": len(parts),
        "generation": opened.manifest.generation,
        "texts": not opened.manifest.key,
        "version": FORMAT,
        "digest": opened.manifest.digest,
    }


def export(
    index: Path, folder: Path, progress: Callable[[int, int], None] = quiet
) -> int:
    """Write all texts into a new or empty folder; return how many.

    ``documents.jsonl`` has what is known of each, and the name of its file.

    Raises
    ------
    NotEmptyError, OutputError
        If there are files in the folder, or it cannot be written.
    IndexFolderError
        If the index cannot be used.
    """
    opened = Index.open(index)
    if opened.manifest.key:
        raise NoTextsError(path=str(index))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise NotEmptyError(path=str(folder))
        with _whole(folder):
            _write_texts(opened, folder, progress)
    except OSError as error:
        raise OutputError(path=str(folder), reason=os_reason(error)) from error
    return len(opened)


@contextmanager
def _whole(folder: Path) -> Iterator[None]:
    """Leave an empty folder as it was if not all can be written into it."""
    try:
        yield
    except BaseException:
        for half in folder.iterdir():
            half.unlink()
        raise


def _write_texts(
    opened: Index, folder: Path, progress: Callable[[int, int], None]
) -> None:
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as listed:
        for number in range(len(opened)):
            document = opened.document(number)
            name = f"{number:06d}-{_safe(document.origin.path)}.txt"
            text = document.text.encode("utf-8", "surrogatepass")
            (folder / name).write_bytes(text)
            about = {"file": name, "id": document.id, **opened.about(number)}
            listed.write(json.dumps(about) + "\n")
            progress(number + 1, len(opened))


def codes_of(document: Document) -> NDArray[np.uint64]:
    """Return the units of a document as an index without texts compares them.

    Word for word: what it shows of a source is what the draft says there.
    """
    return _prepared(document).units.codes


def loose_of(document: Document) -> NDArray[np.uint64]:
    """Return the units of a document as an index compares them."""
    return _prepared(document).weighed.loose


@lru_cache(maxsize=1)  # asked twice in a row
def _prepared(document: Document) -> Prepared:
    return Prepared(document)


def _safe(path: str) -> str:
    """Return the name of a file without what could lead elsewhere."""
    stem = PurePosixPath(path.replace("\\", "/")).stem
    kept = "".join(c if c.isalnum() or c in "-_." else "_" for c in stem)
    return kept.encode()[:_LONGEST_NAME].decode("utf-8", "ignore").strip(".")
