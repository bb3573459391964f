"""Where hashes stand: a sorted table that can be asked where it lies on the disk.

A pair of hash and place takes six bytes, eight in a small table: the first bits of the
hash are not stored, a directory leads to where those that begin with them are.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from detector.kernels.join import expanded

PLACE_BITS = 28
MOST_PLACES = 1 << PLACE_BITS
"""Places that a table can tell apart."""
_HASH_BITS = 64 - PLACE_BITS
PLACES = np.uint64(MOST_PLACES - 1)
"""The bits of a key that are its place."""
_LARGE, _LARGE_BITS = 1 << 20, 20
"""Pairs from which a table is large, and bits that its directory leads by."""
_SMALL_BITS = 4
_READ = 64
"""Pairs of one entry of the directory that are read at once, at the most."""


class Rows(Protocol):
    """Rows of 16-bit numbers, in memory or in a file."""

    def __len__(self) -> int:
        """Return how many there are."""

    def at(self, places: NDArray[np.int64]) -> NDArray[np.uint16]:
        """Return the rows at some places."""

    def read(
        self, low: NDArray[np.int64], high: NDArray[np.int64]
    ) -> NDArray[np.uint16]:
        """Return the rows of each ``low[i]:high[i]``, one after the other."""

    def all(self) -> NDArray[np.uint16]:
        """Return all rows."""


class RowsInMemory(NamedTuple):
    """Rows of an array of shape (n, k)."""

    array: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.array)

    def at(self, places: NDArray[np.int64]) -> NDArray[np.uint16]:
        """Return the rows at some places."""
        return self.array[places]

    def read(
        self, low: NDArray[np.int64], high: NDArray[np.int64]
    ) -> NDArray[np.uint16]:
        """Return the rows of each ``low[i]:high[i]``, one after the other."""
        return self.array[expanded(low, high - low)[1]]

    def all(self) -> NDArray[np.uint16]:
        """Return all rows."""
        return self.array


class Postings(NamedTuple):
    """A table of n pairs, in the order of their hashes, then of their places.

    Attributes
    ----------
    directory : uint32 array of shape (2**b + 1,)
        Pairs whose hash begins with the b bits i are ``directory[i]:directory[i + 1]``.
    pairs : Rows
        n rows of three or four. The bits of the hash that follow, 16 or, in a small
        table, up to 32 of them; 36 of its 64 bits count in all. Then the place, below
        `MOST_PLACES`. The low half comes first.
    """

    directory: NDArray[np.uint32]
    pairs: Rows

    @classmethod
    def of(cls, hashes: NDArray[np.uint64], places: NDArray[np.integer]) -> "Postings":
        """Return the table of some pairs, in any order; O(n log n) time."""
        keys = hashes & ~PLACES
        keys |= places.astype(np.uint64)
        keys.sort()
        return cls.of_sorted(len(keys), [keys])

    @classmethod
    def of_sorted(cls, most: int, pieces: Iterable[NDArray[np.uint64]]) -> "Postings":
        """Return the table of keys: 36 bits of the hash, 28 of the place.

        Parameters
        ----------
        most : int
            Keys, at the most.
        pieces : iterable of uint64 arrays
            The keys in order, some at a time.
        """
        bits = _directory_bits(most)
        pairs = np.empty((most, 3 + (bits != _LARGE_BITS)), dtype=np.uint16)
        counts = np.zeros(1 << bits, dtype=np.int64)
        size = 0
        for keys in pieces:
            begins = (keys >> np.uint64(64 - bits)).astype(np.int64)
            counts += np.bincount(begins, minlength=len(counts))
            _fill(pairs[size : size + len(keys)], keys, bits)
            size += len(keys)
        directory = np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)
        return cls(directory, RowsInMemory(pairs[:size]))

    def pieces(self) -> Iterator[NDArray[np.uint64]]:
        """Yield the keys of the table in order, as many pieces from every table.

        The i-th pieces of all tables have the same first bits: so tables are merged.
        """
        bits = _bits_of(self.directory)
        step = 1 << (bits - _SMALL_BITS)
        all_pairs = self.pairs.all()
        for first in range(0, 1 << bits, step):
            begins = self.directory[first : first + step + 1].astype(np.int64)
            firsts = np.arange(first, first + step, dtype=np.uint64)
            keys = np.repeat(firsts, begins[1:] - begins[:-1])
            keys <<= np.uint64(64 - bits)
            pairs = all_pairs[begins[0] : begins[-1]]
            keys |= _number(pairs[:, :-2]).astype(np.uint64) << np.uint64(PLACE_BITS)
            keys |= _number(pairs[:, -2:])
            yield keys

    def find(
        self, hashes: NDArray[np.uint64], most: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return the places of each hash, its first ``most[i]``, and how many it has.

        Hashes that agree in 36 bits are not told apart: of a table of 50 million pairs
        one lookup in 1,400 finds another hash's.

        Returns
        -------
        which, places : int64 arrays of shape (h,)
            Hash ``which[i]`` stands at ``places[i]``; ascending.
        counts : int64 array of the shape of `hashes`
        """
        bits = _bits_of(self.directory)
        first = (hashes >> np.uint64(64 - bits)).astype(np.int64)
        rest = (hashes >> np.uint64(PLACE_BITS)).astype(np.uint32)
        rest &= np.uint32((1 << (_HASH_BITS - bits)) - 1)
        low = self.directory[first].astype(np.int64)
        high = self.directory[first + 1].astype(np.int64)
        many = np.flatnonzero(high - low > _READ)
        counts = np.zeros(len(hashes), dtype=np.int64)
        if len(many):
            low[many], high[many] = self._narrowed(rest[many], low[many], high[many])
            counts[many] = high[many] - low[many]
            high[many] = low[many] + np.minimum(counts[many], most[many])
        pairs = self.pairs.read(low, high)
        which, _ = expanded(low, high - low)
        same = np.flatnonzero(_number(pairs[:, :-2]) == rest[which])
        which, places = which[same], _number(pairs[same, -2:]).astype(np.int64)
        followed = np.bincount(which, minlength=len(hashes))
        counts = np.maximum(counts, followed)
        _, rank = expanded(np.zeros_like(followed), followed)
        kept = rank < most[which]
        return which[kept], places[kept], counts

    def _narrowed(
        self,
        rest: NDArray[np.uint32],
        low: NDArray[np.int64],
        high: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where in ``low[i]:high[i]`` the rest of each hash stands."""
        begins = self._bisect(rest.astype(np.int64), low, high)
        return begins, self._bisect(rest.astype(np.int64) + 1, begins, high)

    def _bisect(
        self,
        values: NDArray[np.int64],
        low: NDArray[np.int64],
        high: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Return the first pair in ``low:high`` with no smaller rest, for each."""
        low, high = low.copy(), high.copy()
        while (left := np.flatnonzero(low < high)).size:
            middle = (low[left] + high[left]) >> 1
            rests = _number(self.pairs.at(middle)[:, :-2])
            less = rests < values[left]
            low[left[less]] = middle[less] + 1
            high[left[~less]] = middle[~less]
        return low


def _fill(pairs: NDArray[np.uint16], keys: NDArray[np.uint64], bits: int) -> None:
    """Write keys as rows of `pairs`, without their first `bits` bits."""
    halves = keys.astype("<u8", copy=False).view("<u2").reshape(-1, 4)
    pairs[:, -2] = halves[:, 0]
    pairs[:, -1] = halves[:, 1] & np.uint16((MOST_PLACES >> 16) - 1)
    rests = (keys >> np.uint64(PLACE_BITS)).astype(np.uint32)
    rests &= np.uint32((1 << (_HASH_BITS - bits)) - 1)
    pairs[:, 0] = rests & np.uint32(0xFFFF)
    if bits != _LARGE_BITS:
        pairs[:, 1] = rests >> np.uint32(16)


def _directory_bits(pairs: int) -> int:
    if pairs >= _LARGE:
        return _LARGE_BITS
    return max(_SMALL_BITS, (pairs >> 3).bit_length())


def _bits_of(directory: NDArray[np.uint32]) -> int:
    return (len(directory) - 1).bit_length() - 1


def _number(halves: NDArray[np.uint16]) -> NDArray[np.uint32]:
    """Return the numbers whose low and high halves stand side by side."""
    number = halves[:, 0].astype(np.uint32)
    if halves.shape[1] > 1:
        number |= halves[:, 1].astype(np.uint32) << np.uint32(16)
    return number
