"""How probable each unit is after the units before it, for a genre's language."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from detector.errors import DamagedFileError
from detector.kernels.rolling import BASE, mix
from detector.kernels.xor_table import look_up
from detector.text.stems import FIGURES, figure_digits

ORDER = 6
"""Units of the longest n-gram: each unit is judged by the five before it."""
UNKNOWN = 16.0
"""Bits of a unit of which nothing is known."""
LEVEL_BITS = np.array(
    [0.05, 0.15, 0.3, 0.5, 0.8, 1.2, 1.7, 2.3, 3.0, 3.8, 4.7, 5.6, 6.7, 8.0, 9.5, 12.0],
    dtype=np.float32,
)
"""What the values of the table mean, in bits."""
_BITS = np.append(LEVEL_BITS, np.float32(UNKNOWN))
"""By level; the last, or -1, is that of what the table does not hold."""
_BLOCK = 1 << 14
"""Units that are looked up at once: few enough for a cache."""
_BITS_A_DIGIT = 2.5
_MOST_FIGURE_BITS = 9.0
_YEAR_BITS = 2.0


@dataclass(frozen=True)
class Background:
    """A language model of n-grams, one to `ORDER` units long; statistics, no text.

    Attributes
    ----------
    cells : uint16 array
        As `detector.kernels.xor_table` builds it: hash of an n-gram → level of the
        surprisal of its last unit after the others.
    seed : int

    Raises
    ------
    DamagedFileError
        If the cells are not those of such a table.
    """

    cells: NDArray[np.uint16]
    seed: int

    def __post_init__(self) -> None:
        right = self.cells.dtype == np.uint16 and self.cells.ndim == 1
        if not right or not len(self.cells) or len(self.cells) % 3:
            raise DamagedFileError(path="background", reason="cells")

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the model, in hexadecimal."""
        return sha256(self.cells.tobytes() + bytes([self.seed])).hexdigest()

    def surprisal(self, stems: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Return -log2 P(unit | the units before it), in bits, of each of n units.

        What the model saw at least once is predicted by the longest context that makes
        it most probable. The digits of a figure count on top of its class.

        Parameters
        ----------
        stems : uint64 array of shape (n,)
            As `detector.text.stems.find_stems` returns them.

        Returns
        -------
        float32 array of shape (n,), 0 to `UNKNOWN` + 9
            Takes about 0.3 microseconds a unit.
        """
        digits = figure_digits(stems)
        bits = np.empty(len(stems), dtype=np.float32)
        for start in range(0, len(stems), _BLOCK):
            first = max(start - ORDER + 1, 0)
            block = self._of_block(one_figure_class(stems[first : start + _BLOCK]))
            bits[start : start + _BLOCK] = block[start - first :]
        figures = np.minimum(digits * _BITS_A_DIGIT, _MOST_FIGURE_BITS)
        bits += np.where(digits < 0, _YEAR_BITS, figures).astype(np.float32)
        return bits

    def _of_block(self, stems: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Return the bits of each unit without those of its digits."""
        ngrams = ngram_hashes(stems, ORDER)
        levels = look_up(
            self.cells, self.seed, np.concatenate([hashes for _, hashes in ngrams])
        )
        known = _BITS[levels]
        bits = known[: len(stems)]  # of each alone
        at = len(stems)
        for length, hashes in ngrams[1:]:
            some = bits[length - 1 :]
            np.minimum(some, known[at : at + len(hashes)], out=some)
            at += len(hashes)
        return bits


def one_figure_class(stems: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the stems with all figures but years in one class."""
    figure = (stems > FIGURES[0]) & (stems <= FIGURES[-1])
    return np.where(figure, FIGURES[1], stems)


def ngram_hashes(
    codes: NDArray[np.uint64], order: int
) -> "list[tuple[int, NDArray[np.uint64]]]":
    """Return (n, hashes of all n-grams) for n from 1 to `order`; as `kgram_hashes`."""
    found = []
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    for length in range(1, min(order, len(codes)) + 1):
        sums = sums[:-1] * BASE + codes[length - 1 :]
        found.append((length, mix(sums)))
    return found
