"""Reading what nobody vouches for: what hangs or crashes ends nothing but itself.

What parses PDF, HTML and XML was made for speed and in C; a file of a few hundred
kilobytes can keep it busy for hours, or have it take all memory there is, and neither
can be stopped from within Python. Such files are read in a process of their own.

    Loader.load_bytes ──┬── plain text, or little ── formats.load_bytes
                        └── all else ── process ── formats.load_bytes
"""

from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from detector.errors import CrashedFileError, DetectorError, LimitError
from detector.executors.processes import Processes, Stopped
from detector.formats import load, suffix_of
from detector.formats import load_bytes as load_here
from detector.formats.folder import Found, load_found
from detector.formats.limits import ReadLimits
from detector.model.document import Document

_LITTLE, _UNPACKED = 1 << 16, 1 << 20
"""Bytes up to which a file other than a PDF cannot take long: packed, and unpacked."""
_PLAIN, _PDF = (".txt", ".text"), ".pdf"


class _Asked(NamedTuple):
    data: bytes
    path: str
    suffix: str


class Loader:
    """Reads one file after the other, within limits of time and memory.

    The process is started when it is first needed, and ends with the ``with`` block.
    """

    def __init__(self, limits: ReadLimits | None = None) -> None:
        self.limits = limits or ReadLimits()
        self._process: Processes[_Asked | None, Document | LimitError | None] | None = (
            None
        )

    def __enter__(self) -> "Loader":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.__exit__()

    def load(self, path: Path, shown: str | None = None) -> Document:
        """Read a file with the reader of its suffix; `shown` is its name for people.

        Raises
        ------
        DocumentError
            If it cannot be read, and why: one of the classes below it.
        """
        return load(path, self.limits, shown, self.load_bytes)

    def load_bytes(self, data: bytes, path: str, suffix: str = "") -> Document:
        """Read bytes, by `suffix` or, without one, by what they begin with.

        Raises
        ------
        DocumentError
            As `load`.
        """
        suffix = suffix_of(data, path, suffix, self.limits)
        if suffix in _PLAIN or (suffix != _PDF and _is_little(data)):
            return load_here(data, path, suffix, self.limits)
        asked, was_used = _Asked(data, path, suffix), self._process is not None
        answer = self._answer(asked)
        if was_used and isinstance(answer, CrashedFileError):
            # What was read before it may have left the process without memory.
            answer = self._answer(asked)
        if isinstance(answer, Document):
            return answer
        raise answer

    def load_found(
        self, found: Sequence[Found]
    ) -> tuple[list[Document], list[DetectorError]]:
        """Read what was found; one bad file never stops the others."""
        return load_found(found, self.limits, self.load_bytes)

    def _answer(self, asked: _Asked) -> Document | CrashedFileError | LimitError:
        """Return what becomes of a file in the process.

        Where it ended, or had too little memory, the next file has another one.
        """
        (answer,) = self._started().map([asked])
        if isinstance(answer, Document):
            return answer
        self.__exit__()
        self._process = None
        if isinstance(answer, LimitError):
            return answer
        assert isinstance(answer, Stopped)
        if not answer.seconds:
            return CrashedFileError(path=asked.path, reason="-")
        limit, allowed = "max_read_seconds", f"{self.limits.max_read_seconds:g}"
        found = f"> {allowed}"
        return LimitError(path=asked.path, limit=limit, found=found, allowed=allowed)

    def _started(self) -> "Processes[_Asked | None, Document | LimitError | None]":
        if self._process is None:
            build = partial(_reading, self.limits)
            limits = self.limits.max_read_seconds, 1, self.limits.max_read_memory
            self._process = Processes(build, *limits)
            # To start takes time that is not the file's.
            list(self._process.map([None]))
        return self._process


def _is_little(data: bytes) -> bool:
    if len(data) > _LITTLE:
        return False
    try:
        with ZipFile(BytesIO(data)) as archive:
            return sum(one.file_size for one in archive.infolist()) <= _UNPACKED
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return True  # refused as soon as it is looked at, or no archive


def _reading(
    limits: ReadLimits,
) -> Callable[[_Asked | None], Document | LimitError | None]:
    return partial(_read, limits)


def _read(limits: ReadLimits, asked: _Asked | None) -> Document | LimitError | None:
    if asked is None:
        return None
    try:
        return load_here(asked.data, asked.path, asked.suffix, limits)
    except MemoryError:
        return limits.memory_error(asked.path)
