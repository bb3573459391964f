"""Where hashes stand: a sorted table that can be memory-mapped and asked as it is.

A pair of hash and place takes six bytes, eight in a small table: the first bits of the
hash are not stored, a directory leads to where those that begin with them are.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PLACE_BITS = 28
MOST_PLACES = 1 << PLACE_BITS
"""Places that a table can tell apart."""
_HASH_BITS = 64 - PLACE_BITS
_PLACES = np.uint64(MOST_PLACES - 1)
_LARGE, _LARGE_BITS = 1 << 20, 20
"""Pairs from which a table is large, and bits that its directory leads by."""
_SMALL_BITS = 4


class Postings(NamedTuple):
    """A table of n pairs, in the order of their hashes, then of their places.

    Attributes
    ----------
    directory : uint32 array of shape (2**b + 1,)
        Pairs whose hash begins with the b bits i are ``directory[i]:directory[i + 1]``.
    rests : uint16 or uint32 array of shape (n,)
        The bits of each hash that follow; 36 of its 64 bits count in all.
    places : uint32 array of shape (n,)
        Below `MOST_PLACES`.
    """

    directory: NDArray[np.uint32]
    rests: NDArray[np.uint16] | NDArray[np.uint32]
    places: NDArray[np.uint32]

    @classmethod
    def of(cls, hashes: NDArray[np.uint64], places: NDArray[np.integer]) -> "Postings":
        """Return the table of some pairs, in any order; O(n log n) time."""
        keys = hashes & ~_PLACES
        keys |= places.astype(np.uint64)
        keys.sort()
        return cls.of_keys(keys)

    @classmethod
    def of_keys(cls, keys: NDArray[np.uint64]) -> "Postings":
        """Return the table of sorted keys: 36 bits of the hash, 28 of the place."""
        bits = _directory_bits(len(keys))
        edges = np.arange((1 << bits) + 1, dtype=np.uint64)
        # The last edge, 2**64, has no room in 64 bits.
        inner = np.searchsorted(keys, edges[:-1] << np.uint64(64 - bits))
        directory = np.append(inner, len(keys)).astype(np.uint32)
        rests = keys >> np.uint64(PLACE_BITS)
        rests &= np.uint64((1 << (_HASH_BITS - bits)) - 1)
        places = (keys & _PLACES).astype(np.uint32)
        if bits == _LARGE_BITS:
            return cls(directory, rests.astype(np.uint16), places)
        return cls(directory, rests.astype(np.uint32), places)

    @property
    def keys(self) -> NDArray[np.uint64]:
        """The keys of the table, sorted: what tables are merged by."""
        begins = self.directory.astype(np.int64)
        bits = _bits_of(self.directory)
        firsts = np.repeat(np.arange(1 << bits, dtype=np.uint64), np.diff(begins))
        keys = firsts << np.uint64(64 - bits)
        keys |= self.rests.astype(np.uint64) << np.uint64(PLACE_BITS)
        keys |= self.places
        return keys

    def find(
        self, hashes: NDArray[np.uint64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where in the table the pairs of each hash begin, and how many.

        Hashes that agree in 36 bits are not told apart: of a table of 50 million pairs
        one lookup in 1,400 finds another hash's.

        Returns
        -------
        begins, counts : int64 arrays of the shape of `hashes`
        """
        bits = _bits_of(self.directory)
        first = (hashes >> np.uint64(64 - bits)).astype(np.int64)
        rest = hashes >> np.uint64(PLACE_BITS)
        rest &= np.uint64((1 << (_HASH_BITS - bits)) - 1)
        low = self.directory[first].astype(np.int64)
        high = self.directory[first + 1].astype(np.int64)
        begins = _bisect(self.rests, rest, low, high)
        return begins, _bisect(self.rests, rest + np.uint64(1), begins, high) - begins


def _directory_bits(pairs: int) -> int:
    if pairs >= _LARGE:
        return _LARGE_BITS
    return max(_SMALL_BITS, (pairs >> 3).bit_length())


def _bits_of(directory: NDArray[np.uint32]) -> int:
    return (len(directory) - 1).bit_length() - 1


def _bisect(
    ordered: NDArray[np.unsignedinteger],
    values: NDArray[np.uint64],
    low: NDArray[np.int64],
    high: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the first place in ``low:high`` that holds no less, for each value."""
    low, high = low.copy(), high.copy()
    while (left := np.flatnonzero(low < high)).size:
        middle = (low[left] + high[left]) >> 1
        less = ordered[middle] < values[left]
        low[left[less]] = middle[less] + 1
        high[left[~less]] = middle[~less]
    return low
