"""From bytes to documents: the readers, and where they look.

    load(path) ── suffix ──┐
                           ├── READERS ── read(bytes) ── Document
    load_bytes ── sniff ───┘

A reader is a module of this package with one function
``read(data: bytes, path: str, limits: ReadLimits) -> Document``.
"""

import stat
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeAlias, cast

from detector.errors import (
    DamagedFileError,
    DetectorError,
    MissingFileError,
    Reason,
    UnknownFormatError,
    UnreadableFileError,
    os_reason,
)
from detector.formats.limits import ReadLimits
from detector.formats.sniff import sniff
from detector.model.document import Document

__all__ = ["READERS", "SUFFIXES_READ", "ReadLimits", "load", "load_bytes"]

READERS: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "plain",
        ".text": "plain",
        ".md": "markdown",
        ".markdown": "markdown",
        ".html": "html",
        ".htm": "html",
        ".docx": "docx",
        ".pdf": "pdf",
    }
)
"""Suffix to the module of this package that reads it, imported when needed."""

SUFFIXES_READ = ", ".join(READERS)
"""For messages: every suffix that has a reader."""

Load: TypeAlias = Callable[[bytes, str, str], Document]
"""Makes a document of bytes, a path for people, and the suffix to read them by."""

_LEGACY = frozenset({".doc", ".dot", ".wps", ".wpt"})
_REASON_LENGTH = 120
_DEFAULT = ReadLimits()


class Reader(Protocol):
    """The function ``read`` of a reader's module."""

    def __call__(self, data: bytes, path: str, limits: ReadLimits) -> Document:
        """Return the document of `data`; `path` is for its origin and for errors."""


def load(
    path: Path,
    limits: ReadLimits = _DEFAULT,
    origin: str | None = None,
    read: "Load | None" = None,
) -> Document:
    """Read a file with the reader of its suffix.

    Parameters
    ----------
    origin : str, optional
        The path to show in reports and errors, if it is not `path` itself.
    read : callable, optional
        Makes a document of bytes, path and suffix; by default `load_bytes`.

    Raises
    ------
    DocumentError
        If it cannot be read, and why: one of the classes below it.
    """
    shown = str(path) if origin is None else origin
    suffix = path.suffix.lower()
    if suffix not in READERS and path.exists() and not path.is_dir():
        raise unknown_format(shown, suffix)
    data = read_bytes(path, shown, limits)
    return (
        read(data, shown, suffix) if read else load_bytes(data, shown, suffix, limits)
    )


def load_bytes(
    data: bytes, path: str, suffix: str = "", limits: ReadLimits = _DEFAULT
) -> Document:
    """Read bytes, by `suffix` or, without one, by what they begin with.

    Raises
    ------
    DocumentError
        As `load`.
    """
    suffix = suffix_of(data, path, suffix, limits)
    module = import_module(f"{__name__}.{READERS[suffix]}")
    read = cast(Reader, module.read)
    try:
        return read(data, path, limits)
    except (DetectorError, MemoryError):
        raise
    except Exception as error:  # a library met what its authors had not thought of
        raise DamagedFileError(path=path, reason=_reason(error)) from error


def suffix_of(data: bytes, path: str, suffix: str, limits: ReadLimits) -> str:
    """Return the suffix by which bytes are read: the one said, or what they are like.

    Raises
    ------
    LimitError, UnknownFormatError
        If there are too many of them, or nothing reads such a file.
    """
    limits.check(path, "max_file_bytes", len(data))
    suffix = suffix.lower() or sniff(data)
    if suffix not in READERS:
        raise unknown_format(path, suffix)
    return suffix


def unknown_format(path: str, suffix: str) -> UnknownFormatError:
    """Return the error for a file without a reader; it says what to save it as."""
    known = ".docx" if suffix in _LEGACY else SUFFIXES_READ
    return UnknownFormatError(path=path, suffix=suffix or "-", known=known)


def read_bytes(path: Path, shown: str, limits: ReadLimits) -> bytes:
    """Return the bytes of a regular file, never more than the limits allow.

    Raises
    ------
    MissingFileError, UnreadableFileError, LimitError
        If there is none, it is a pipe, a device or a folder, or it is too large.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFileError(path=shown, reason=Reason("W-regular"))
        limits.check(shown, "max_file_bytes", status.st_size)
        with path.open("rb") as file:
            return file.read(limits.max_file_bytes + 1)  # it may be growing
    except FileNotFoundError as error:
        raise MissingFileError(path=shown) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = os_reason(error)
        raise UnreadableFileError(path=shown, reason=reason) from error


def _reason(error: Exception) -> str:
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said}"[:_REASON_LENGTH].rstrip(": ")
