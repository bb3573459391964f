"""MinHash signatures of many sets at once, bit for bit those of datasketch.

Scheme "affine32" of datasketch 2: each hash is mixed by the finalizer of MurmurHash3,
then permuted by ``a * h + b`` modulo 2**32 with odd a; the least of each permutation is
the signature. A. Broder, "On the resemblance and containment of documents", SEQUENCES
1997, https://doi.org/10.1109/SEQUEN.1997.666900.
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from detector.kernels.rolling import BASE, mix

_FACTORS = np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)
_MOST = np.uint32((1 << 32) - 1)
_AT_ONCE = 1 << 15
"""Hashes that are permuted at once: they stay in the cache with what they become."""


@lru_cache(maxsize=4)
def permutations(count: int, seed: int) -> tuple[list[np.uint32], list[np.uint32]]:
    """Return the factors and summands of so many permutations of 32-bit numbers."""
    random = np.random.RandomState(seed)
    factors = random.randint(0, 1 << 31, count, dtype=np.uint32)
    summands = random.randint(0, 1 << 32, count, dtype=np.uint32)
    odd = factors * np.uint32(2) + np.uint32(1)
    return list(odd), list(summands)


def signatures(
    hashes: NDArray[np.uint32],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    count: int,
    seed: int = 1,
) -> NDArray[np.uint32]:
    """Return the signature of each set of hashes.

    Parameters
    ----------
    hashes : uint32 array of shape (n,)
    starts, stops : int64 arrays of shape (m,)
        Set i is ``hashes[starts[i]:stops[i]]``, at least one; starts ascend, sets may
        overlap, and none is longer than some ten thousand.
    count : int
        Permutations.

    Returns
    -------
    uint32 array of shape (m, count)
    """
    factors, summands = permutations(count, seed)
    mixed = _finalized(hashes)
    signature = np.empty((count, len(starts)), dtype=np.uint32)
    for first, last in _batches(starts, stops):
        low, high = int(starts[first]), int(stops[first:last].max())
        # Between a set's stop and the next one's start there is something, too: every
        # second result is that of a set. The last stop needs a place to stand at.
        part = np.append(mixed[low:high], _MOST)
        edges = np.stack([starts[first:last], stops[first:last]], axis=1).ravel() - low
        permuted = np.empty_like(part)
        for number, (factor, summand) in enumerate(zip(factors, summands, strict=True)):
            np.multiply(part, factor, out=permuted)
            permuted += summand
            least = np.minimum.reduceat(permuted, edges)
            signature[number, first:last] = least[::2]
    return np.ascontiguousarray(signature.T)


def band_keys(
    signature: NDArray[np.uint32], bands: int, rows: int
) -> NDArray[np.uint64]:
    """Return a 64-bit key of each band of each signature: shape (m, bands).

    Equal keys are equal bands of the same number, but for chance.
    """
    parts = signature[:, : bands * rows].reshape(-1, bands, rows).astype(np.uint64)
    keys = np.zeros(parts.shape[:2], dtype=np.uint64) + np.arange(
        bands, dtype=np.uint64
    )
    for row in range(rows):
        keys = keys * BASE + parts[:, :, row]
    return mix(keys)


def _finalized(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    hashes = (hashes ^ (hashes >> np.uint32(16))) * _FACTORS[0]
    hashes = (hashes ^ (hashes >> np.uint32(13))) * _FACTORS[1]
    return hashes ^ (hashes >> np.uint32(16))


def _batches(
    starts: NDArray[np.int64], stops: NDArray[np.int64]
) -> Iterator[tuple[int, int]]:
    """Yield ranges of sets that span about `_AT_ONCE` hashes."""
    first = 0
    while first < len(starts):
        limit = int(starts[first]) + _AT_ONCE
        last = max(int(np.searchsorted(starts, limit)), first + 1)
        yield first, last
        first = last
