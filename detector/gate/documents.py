"""Which files of a repository are documents, and which only look as if they were not.

A request may rename a report to what no reader is asked for, or put a link in its
place. What a gate does not read it has to refuse, or the gate is open.
"""

import os
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from detector.errors import (
    DetectorError,
    DisguisedFileError,
    LinkError,
    MissingFileError,
    ModuleError,
    PathTwinError,
    PointerError,
    Reason,
    UnknownFormatError,
    UnreadableFileError,
    os_reason,
)
from detector.gate.disguise import WITHOUT_READER, format_of, suffix_of
from detector.gate.git import LINK, MODULE, File
from detector.gate.patterns import composed

_POINTER = b"version https://git-lfs.github.com/spec/"


class Names:
    """Which names are those of documents.

    Parameters
    ----------
    suffixes : iterable of str
        Those that have a reader.
    """

    def __init__(self, suffixes: Iterable[str]) -> None:
        self._suffixes = frozenset(suffixes)

    def is_document(self, path: str) -> bool:
        """Tell whether a reader is asked for a file of this name."""
        return suffix_of(path) in self._suffixes

    def refused(self, top: Path, file: File, before: str = "") -> DetectorError | None:
        """Return why a file cannot be read as the document it is; None if it is none.

        Documents by name are fine here, but for links.

        Parameters
        ----------
        before : str
            The name it had.
        """
        path = file.path
        if file.mode == MODULE:
            return ModuleError(path=path)
        if file.mode == LINK or (top / path).is_symlink():
            return self._link(top, path)
        if self.is_document(path):
            return None
        suffix = suffix_of(path)
        if WITHOUT_READER.fullmatch(suffix):
            return UnknownFormatError(path=path, suffix=suffix, known=".docx")
        looks = suffix_of(before) if before and self.is_document(before) else ""
        looks = looks or format_of(top / path, path, self.is_document)
        if not looks:
            return None
        return DisguisedFileError(path=path, suffix=suffix or "-", looks=looks)

    def _link(self, top: Path, path: str) -> DetectorError | None:
        try:
            target = (top / path).readlink().as_posix()
        except OSError:  # Windows has it as a file
            target = "?"
        inside = os.path.realpath(top / path).startswith(os.path.realpath(top) + os.sep)
        named = self.is_document(path) or self.is_document(target)
        return LinkError(path=path, target=target) if named or not inside else None


def read(top: Path, path: str, most: int) -> bytes:
    """Return the bytes of a document; never more than one more than `most`.

    Raises
    ------
    MissingFileError, UnreadableFileError, LinkError
        If there is none, or it is no regular file of the repository.
    PointerError
        If Git LFS has left a pointer in its place.
    """
    file = top / path
    try:
        folder = Path(os.path.realpath(file.parent))
        if not folder.is_relative_to(os.path.realpath(top)):
            raise LinkError(path=path, target=os.path.realpath(file))
        mode = file.lstat().st_mode
        if stat.S_ISLNK(mode):
            raise LinkError(path=path, target=file.readlink().as_posix())
        if not stat.S_ISREG(mode):
            raise UnreadableFileError(path=path, reason=Reason("W-regular"))
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except FileNotFoundError as error:
        raise MissingFileError(path=path) from error
    except OSError as error:
        raise UnreadableFileError(path=path, reason=os_reason(error)) from error
    if is_pointer(data):
        raise PointerError(path=path)
    return data


def is_pointer(data: bytes) -> bool:
    """Tell whether bytes are a pointer of Git LFS."""
    return data.startswith(_POINTER)


def twins(paths: Iterable[str], changed: frozenset[str]) -> Iterator[PathTwinError]:
    """Yield changed paths that elsewhere are one with another: in case, or in form."""
    groups: Mapping[str, list[str]] = defaultdict(list)
    for path in paths:
        groups[_folded(path)].append(path)
    for group in groups.values():
        for path in group if len(group) > 1 else ():
            if path in changed:
                other = next(one for one in group if one != path)
                yield PathTwinError(path=path, other=other)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", composed(path).casefold())
