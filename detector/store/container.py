"""Arrays in one file, mapped into memory when they are read.

    magic · length of the header · header (JSON) · arrays, each at a multiple of 64

The header names each array with its type, shape and place. Nothing in such a file is
ever executed, whoever wrote it.
"""

import hashlib
import json
import mmap
import os
import weakref
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detector.errors import DamagedIndexError
from detector.kernels.postings import Rows, RowsInMemory

_MAGIC = b"DETECTOR"
_ALIGNED = 64
_HEAD = len(_MAGIC) + 8
_MOST_HEADER = 1 << 24
_NOT_OURS = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)
"""What a header raises that somebody else has written."""
_TYPES = {"<u1", "<u2", "<u4", "<u8", "<i4", "<i8", "|u1"}


Columns: TypeAlias = Mapping[str, NDArray[Any] | Sequence[NDArray[Any]]]
"""Arrays by name; several in place of one are written one after the other."""


class Written(NamedTuple):
    """A file as it was written.

    Attributes
    ----------
    bytes : int
        Its size.
    sha256 : str
        In hexadecimal.
    modified : int
        When it was written, in nanoseconds, as the system keeps it (``st_mtime_ns``). A
        file with another time has been touched since, or is a copy.
    """

    bytes: int
    sha256: str
    modified: int


def write_arrays(path: Path, columns: Columns) -> Written:
    """Write `columns` to a new file, and wait until they are on the disk."""
    digest = hashlib.sha256()
    size = 0
    with path.open("xb") as file:
        for piece in _pieces(columns):
            file.write(piece)
            digest.update(piece)
            size += len(piece)
        file.flush()
        os.fsync(file.fileno())
        modified = os.fstat(file.fileno()).st_mtime_ns
    return Written(size, digest.hexdigest(), modified)


class ArrayFile:
    """A file of arrays, open for reading as long as it is used.

    It is read through at once only if it was touched since it was `written`.

    Attributes
    ----------
    modified : int
        When it was last touched, as `Written.modified` has it.
    arrays : mapping of name to array

    Raises
    ------
    DamagedIndexError
        If it is not as it was written, or is no such file.
    """

    def __init__(self, path: Path, written: Written) -> None:
        # Nobody may ever write into what stands there instead of a file.
        at_once = getattr(os, "O_NONBLOCK", 0)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | at_once)
        weakref.finalize(self, os.close, handle)
        facts = os.fstat(handle)
        if facts.st_size != written.bytes or facts.st_size < _HEAD:
            raise DamagedIndexError(path=str(path), reason="size")
        if facts.st_mtime_ns != written.modified and digest_of(path) != written.sha256:
            raise DamagedIndexError(path=str(path), reason="SHA-256")
        self.handle, self.path = handle, str(path)
        self.modified = facts.st_mtime_ns
        data = mmap.mmap(handle, 0, access=mmap.ACCESS_READ)
        try:
            self._begins, self.arrays = _mapped(data)
        except _NOT_OURS as error:
            raise DamagedIndexError(path=str(path), reason="header") from error

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return an array, read-only and mapped: nothing is read until it is used."""
        try:
            return self.arrays[name]
        except KeyError as error:
            raise DamagedIndexError(path=self.path, reason="header") from error

    def rows(self, name: str) -> Rows:
        """Return the rows of an array, to be read and not mapped."""
        if not hasattr(os, "pread"):
            return RowsInMemory(self[name])
        return RowsInFile(self, self._begins.get(name, 0), self[name])


class RowsInFile(NamedTuple):
    """Rows of an array in a file, of which few are read, here and there.

    What is mapped counts as memory in use by the large pages that hold it; what is read
    does not.

    Attributes
    ----------
    begins : int
        Where they begin in the file.
    array : array of shape (n, k)
        The same rows, mapped.
    """

    file: ArrayFile
    begins: int
    array: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.array)

    def read(
        self, low: NDArray[np.int64], high: NDArray[np.int64]
    ) -> NDArray[np.uint16]:
        """Return the rows of each ``low[i]:high[i]``, one after the other.

        Raises
        ------
        ValueError
            If there are no such rows: what led here is damaged.
        """
        if len(low) and (low.min() < 0 or high.max() > len(self)):
            raise ValueError(f"rows beyond the {len(self)} there are")
        if (low > high).any():
            raise ValueError("rows that end before they begin")
        width = self.array.shape[1]
        size = width * self.array.itemsize
        places = (self.begins + low * size).tolist()
        lengths = ((high - low) * size).tolist()
        pieces = map(os.pread, repeat(self.file.handle), lengths, places)
        data = np.frombuffer(b"".join(pieces), self.array.dtype)
        return data.reshape(-1, width)

    def at(self, places: NDArray[np.int64]) -> NDArray[np.uint16]:
        """Return the rows at some places."""
        return self.read(places, places + 1)

    def all(self) -> NDArray[np.uint16]:
        """Return all rows."""
        return self.array


def digest_of(path: Path) -> str:
    """Return SHA-256 of a file as it is on the disk, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pieces(columns: Columns) -> Iterator[bytes | memoryview]:
    several = {
        name: [one] if isinstance(one, np.ndarray) else list(one)
        for name, one in columns.items()
    }
    header, at = {}, 0
    for name, arrays in several.items():
        kind = arrays[0].dtype.newbyteorder("<")
        shape = (sum(len(one) for one in arrays), *arrays[0].shape[1:])
        header[name] = {"type": kind.str, "shape": shape, "at": at}
        at += _up(sum(one.nbytes for one in arrays))
    text = json.dumps(header).encode()
    text = text.ljust(_up(_HEAD + len(text)) - _HEAD)
    yield _MAGIC + len(text).to_bytes(8, "little") + text
    for arrays in several.values():
        for one in arrays:
            little = np.ascontiguousarray(one, dtype=one.dtype.newbyteorder("<"))
            if little.nbytes:
                yield little.reshape(-1).view(np.uint8).data
        size = sum(one.nbytes for one in arrays)
        yield bytes(_up(size) - size)


def _mapped(
    data: mmap.mmap,
) -> tuple[dict[str, int], Mapping[str, NDArray[Any]]]:
    """Return where each array begins in a file, and the arrays."""
    length = int.from_bytes(data[len(_MAGIC) : _HEAD], "little")
    if data[: len(_MAGIC)] != _MAGIC or length > _MOST_HEADER:
        raise ValueError
    base = _HEAD + length
    begins: dict[str, int] = {}
    arrays: dict[str, NDArray[Any]] = {}
    for name, about in json.loads(data[_HEAD:base]).items():
        if about["type"] not in _TYPES:
            raise ValueError
        kind = np.dtype(about["type"])
        count = int(np.prod(about["shape"], dtype=np.int64))
        begins[name] = base + int(about["at"])
        array: NDArray[Any] = np.zeros(0, kind)
        if count:
            array = np.frombuffer(data, kind, count, begins[name])
        arrays[name] = array.reshape(about["shape"])
    return begins, MappingProxyType(arrays)


def _up(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
