"""A corpus on disk: adding to it, taking from it, and looking after it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detector.errors import DetectorError, EmptyFileError
from detector.formats.folder import find_files, read_found
from detector.model.document import Document
from detector.prepared import Prepared
from detector.store.index import Index
from detector.store.writer import Outcome, writing


@dataclass(frozen=True)
class Added:
    """What became of the files that were to be added.

    Attributes
    ----------
    outcomes : mapping of Outcome to int
    twins : tuple of str
        Paths of those whose text the index has under another path.
    errors : tuple of DetectorError
        What could not be read.
    documents : int
        In the index, afterwards.
    """

    outcomes: Counter[Outcome]
    twins: tuple[str, ...]
    errors: tuple[DetectorError, ...]
    documents: int


@dataclass
class _Tally:
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    twins: list[str] = field(default_factory=list)
    errors: list[DetectorError] = field(default_factory=list)


def add(
    index: Path,
    paths: Sequence[str],
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Added:
    """Add files, folders and patterns to an index; it is made if there is none.

    A file that is in the index as it is, is not read again, so that what was
    interrupted goes on where it stopped. One bad file never stops the others.

    Parameters
    ----------
    progress : callable
        Told how many files are done, of how many.

    Raises
    ------
    IndexFolderError
        If the index cannot be used.
    """
    found, missing = find_files(paths)
    tally = _Tally(errors=list(missing))
    with writing(index, loose_of) as writer:
        read = read_found(found, known=writer.knows)
        for done, (file, digest, document) in enumerate(read, 1):
            if isinstance(document, DetectorError):
                tally.errors.append(document)
            elif document is None:
                tally.outcomes[Outcome.KEPT] += 1
            elif not len(Prepared(document).units):
                tally.errors.append(EmptyFileError(path=file.shown))
            else:
                outcome = writer.add(document, digest)
                tally.outcomes[outcome] += 1
                if outcome is Outcome.TWIN:
                    tally.twins.append(file.shown)
            progress(min(done, len(found)), len(found))
        writer.commit()
        documents = len(writer.index)
    return Added(tally.outcomes, tuple(tally.twins), tuple(tally.errors), documents)


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
        numbers = [number for name in names for number in writer.index.find(name)]
        paths = [writer.index.origin(number).path for number in numbers]
        writer.remove(numbers)
        writer.commit()
    return list(dict.fromkeys(paths))


def loose_of(document: Document) -> NDArray[np.uint64]:
    """Return the units of a document as an index compares them."""
    return Prepared(document).weighed.loose
