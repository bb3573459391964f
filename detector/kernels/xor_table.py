"""A fixed table from 64-bit keys to small numbers that does not store the keys.

A key has three cells, one in each third of an array; their exclusive or is its
fingerprint and its value. A key that was never put in is told by its fingerprint, but
for one in 4,096. Source: T. Graf and D. Lemire, "Xor Filters: Faster and Smaller Than
Bloom and Cuckoo Filters", ACM J. Exp. Algorithmics 25 (2020),
https://doi.org/10.1145/3376122; the fingerprints carry a value here.
"""

import numpy as np
from numpy.typing import NDArray

from detector.kernels.rolling import mix

LEVELS = 16
"""Values run from 0 to `LEVELS` - 1."""
_VALUE_BITS = np.uint64(4)
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_SPARE = 1.25
_TRIES = 64


def build_table(
    keys: NDArray[np.uint64], values: NDArray[np.uint8]
) -> tuple[NDArray[np.uint16], int]:
    """Return the cells of a table of `keys`, and the seed they go by.

    Parameters
    ----------
    keys : uint64 array of shape (n,), each once
    values : uint8 array of shape (n,)
        Each below `LEVELS`.

    Returns
    -------
    cells : uint16 array of about 1.25 n elements, a multiple of three
    seed : int
    """
    third = int(len(keys) * _SPARE / 3) + 32
    for seed in range(_TRIES):
        places, marks = _places(keys, third, seed)
        if (rounds := _peel(places, 3 * third)) is not None:
            return _fill(places, rounds, marks | values, 3 * third), seed
    raise ValueError(len(keys))  # duplicate keys


def look_up(
    cells: NDArray[np.uint16], seed: int, keys: NDArray[np.uint64]
) -> NDArray[np.int16]:
    """Return the value of each of n keys, -1 for one that the table does not hold.

    Takes about 20 ns a key.
    """
    places, marks = _places(keys, len(cells) // 3, seed)
    found = marks
    for place in places:
        found ^= cells.take(place, mode="clip")  # as nothing is outside: the fastest
    values = found.astype(np.int16)
    values[found >= LEVELS] = -1
    return values


def _places(
    keys: NDArray[np.uint64], third: int, seed: int
) -> tuple[tuple[NDArray[np.int64], ...], NDArray[np.uint16]]:
    """Return the three cells of each key, words scaled to a range, and its mark."""
    size = np.uint64(third)
    one = mix(keys + np.uint64(seed))
    other = mix(one)
    first = ((one & _LOW) * size) >> _HALF
    second = (((one >> _HALF) * size) >> _HALF) + size
    last = (((other & _LOW) * size) >> _HALF) + size + size
    marks = (other >> np.uint64(52)).astype(np.uint16) << np.uint16(_VALUE_BITS)
    # Numpy takes from an array by signed numbers, and would copy others.
    return tuple(place.view(np.int64) for place in (first, second, last)), marks


def _peel(
    cells: tuple[NDArray[np.int64], ...], size: int
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]] | None:
    """Return rounds of (keys, a cell that no other key has by then), or None."""
    count = np.bincount(np.concatenate(cells), minlength=size)
    owner = np.zeros(size, dtype=np.int64)  # exclusive or of the keys in a cell
    numbers = np.arange(len(cells[0]))
    for column in cells:
        np.bitwise_xor.at(owner, column, numbers)
    rounds = []
    left = len(numbers)
    single = np.flatnonzero(count == 1)
    while len(single):
        keys, at = np.unique(owner[single], return_index=True)
        rounds.append((keys, single[at]))
        left -= len(keys)
        touched = np.concatenate([column[keys] for column in cells])
        np.subtract.at(count, touched, 1)
        np.bitwise_xor.at(owner, touched, np.tile(keys, 3))
        single = np.unique(touched[count[touched] == 1])
    return None if left else rounds


def _fill(
    cells: tuple[NDArray[np.int64], ...],
    rounds: list[tuple[NDArray[np.int64], NDArray[np.int64]]],
    wanted: NDArray[np.uint16],
    size: int,
) -> NDArray[np.uint16]:
    table = np.zeros(size, dtype=np.uint16)
    for keys, free in reversed(rounds):
        # The free cell is still zero, so that all three may be joined.
        held = table[cells[0][keys]] ^ table[cells[1][keys]] ^ table[cells[2][keys]]
        table[free] = wanted[keys] ^ held
    return table
