"""The index of the documents of a repository, kept from one run to the next.

It lies in git's own folder, where no request can put a file; what is in it is known by
the ids that git gives to contents, so that of a repository only what has changed is
read. It is a cache: what is wrong with it is thrown away.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path

from detector.errors import (
    DetectorError,
    IndexFolderError,
    IndexLockedError,
    NotEmptyError,
    OutputError,
)
from detector.gating.answers import read_each
from detector.gating.looking import Bytes, Work
from detector.indexing import loose_of
from detector.model.document import Document
from detector.store.parts import number_of, path_mark
from detector.store.writer import Writer, writing


class Cache:
    """An index that is brought up to date, and then read.

    Attributes
    ----------
    folder : Path
    """

    def __init__(self, folder: Path, writer: Writer) -> None:
        self.folder = folder
        self._writer = writer

    def bring_up_to_date(
        self,
        wanted: Mapping[str, bytes],
        known: Mapping[str, Document],
        load: Callable[[list[str]], Iterator[Bytes | DetectorError]],
        work: Work,
    ) -> list[DetectorError]:
        """Make the index hold certain documents and no others; return what is wrong.

        Nobody else changes it as long as the cache is open.

        Parameters
        ----------
        wanted : mapping of path to bytes
            A digest of each document, and of all that decides how it is read.
        known : mapping of path to Document
            Those that have been read already.
        load : callable
            Returns the bytes of documents, in the order of their paths.
        """
        errors: list[DetectorError] = []
        writer = self._writer
        _remove_others(writer, wanted)
        missing = [p for p, digest in wanted.items() if not writer.knows(p, digest)]
        for path in missing:
            if path in known:
                writer.add(known[path], wanted[path])
        unread = [path for path in missing if path not in known]
        for one in read_each(unread, load, work):
            if isinstance(one, Document):
                writer.add(one, wanted[one.origin.path])
            else:
                errors.append(one)
        writer.commit()
        return errors


@contextmanager
def opened_cache(kept: Path | None, name: str) -> Iterator[Cache]:
    """Hand out an index of a name, in the folder `kept` if it can be written there.

    An index of another version, or a damaged one, is thrown away. While another run
    changes the one that is kept, this one makes its own.
    """
    with ExitStack() as stack:
        folder = kept / f"{name}-{version('detector')}" if kept else None
        writer = _writer(folder, stack) if folder else None
        if not folder or not writer:
            made = stack.enter_context(tempfile.TemporaryDirectory(prefix="detector-"))
            folder = Path(made) / "index"
            writer = stack.enter_context(writing(folder, loose_of))
        yield Cache(folder, writer)


def _writer(folder: Path, stack: ExitStack) -> Writer | None:
    """Return the writer of an index; None if it cannot be written."""
    try:
        return stack.enter_context(writing(folder, loose_of))
    except (OutputError, IndexLockedError, NotEmptyError):
        return None
    except IndexFolderError:
        shutil.rmtree(folder, ignore_errors=True)
    try:
        return stack.enter_context(writing(folder, loose_of))
    except IndexFolderError:
        return None


def _remove_others(writer: Writer, wanted: Mapping[str, bytes]) -> None:
    kept = {path_mark(path): number_of(digest) for path, digest in wanted.items()}
    marks = writer.index.marks[:, [2, 1]].tolist()
    stale = [n for n, (path, file) in enumerate(marks) if kept.get(path) != file]
    if stale:
        writer.remove(stale)
