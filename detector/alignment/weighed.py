"""A text ready to be aligned: its units, their classes, what each of them says."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detector.kernels.distinct import first_places
from detector.kernels.indexed import Indexed
from detector.kernels.rolling import kgram_hashes
from detector.text.stems import figure_digits
from detector.text.units import Units

_WORD = np.uint64(1 << 63)
_HALF = 0.5
_RARE, _SURE = 1e-9, 0.95
"""Bounds of a chance: where a text repeats itself without end, its length tells."""


def said_by(chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what is said by what is so probable, in bits, within bounds."""
    said: NDArray[np.float64] = -np.log2(np.clip(chance, _RARE, _SURE))
    return said


@dataclass(frozen=True, eq=False)
class Weighed:
    """A text of n units.

    Attributes
    ----------
    units : Units
    stems : uint64 array of shape (n,)
        Classes of units, as `detector.text.stems` finds them.
    bits : float array of shape (n,), optional
        What each unit says if it is shared: its surprisal, -log2 of its probability
        where it stands. A source needs none.
    """

    units: Units
    stems: NDArray[np.uint64]
    bits: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return len(self.units)

    def with_bits(self, bits: NDArray[np.float32]) -> "Weighed":
        """Return the text with what each of its units says."""
        return Weighed(self.units, self.stems, bits)

    @cached_property
    def loose(self) -> NDArray[np.uint64]:
        """What is compared: stems, but figures as they are."""
        figures = figure_digits(self.stems) != 0
        return np.where(figures, self.units.codes, self.stems)

    @cached_property
    def is_word(self) -> NDArray[np.bool_]:
        """Which units are words or figures, and not characters."""
        return self.units.codes >= _WORD

    @cached_property
    def of_words(self) -> bool:
        """Whether most units are words."""
        return bool(self.is_word.mean() > _HALF) if len(self) else False

    @cached_property
    def pauses(self) -> NDArray[np.bool_]:
        """Before which units, and whether after the last, a sign stands: (n + 1,).

        One blank between words is none.
        """
        between = self.units.starts[1:] - self.units.ends[:-1]
        pauses = np.ones(len(self) + 1, dtype=np.bool_)
        pauses[1:-1] = between > (self.is_word[1:] & self.is_word[:-1])
        return pauses

    @cached_property
    def units_indexed(self) -> Indexed:
        """The units by value."""
        return Indexed.of(self.loose)

    @cached_property
    def seeds_indexed(self) -> Indexed:
        """The seeds by value."""
        return Indexed.of(self.seeds)

    @cached_property
    def uses(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How often each unit and each seed is used: by group of their indexes.

        Each of them once for the units before and after it, so that what stands in a
        paragraph that is repeated counts once.
        """
        units, seeds = self.units_indexed, self.seeds_indexed
        start, after = np.arange(len(self)), 0
        if len(self) >= 3:  # noqa: PLR2004
            start, after = first_places(kgram_hashes(self.loose, 3)), 1
        return (
            np.bincount(units.group[start + after], minlength=len(units.keys)),
            np.bincount(seeds.group[start], minlength=len(seeds.keys)),
        )

    @cached_property
    def said_elsewhere(self) -> NDArray[np.float64]:
        """What each unit says by its other uses in this text, in bits: shape (n,).

        A word by its frequency, a character also by how often it follows the one before
        it. Uses are counted once a context: a paragraph that stands ten times makes its
        words no more common. After R. Kneser and H. Ney, "Improved Backing-off for
        m-gram Language Modeling", ICASSP 1995.
        """
        units, seeds = self.uses
        uses = units[self.units_indexed.group]
        chance = (uses - 1) / max(len(self), 1)
        if not self.of_words:
            pairs = seeds[self.seeds_indexed.group][:-1]
            follow = (pairs - 1) / np.maximum(uses[:-1], 1)
            np.maximum(chance[1:], follow, out=chance[1:], where=~self.is_word[:-1])
        return said_by(chance)

    @cached_property
    def plain_sums(self) -> NDArray[np.int64]:
        """Units up to each unit that are no figures: shape (n + 1,)."""
        return np.concatenate([[0], np.cumsum(figure_digits(self.stems) == 0)])

    @cached_property
    def size_sums(self) -> NDArray[np.int64]:
        """The same, but that a word among characters counts as two."""
        if self.of_words:
            return self.plain_sums
        words = np.concatenate([[0], np.cumsum(self.is_word)])
        figures = np.arange(len(self) + 1) - self.plain_sums
        sizes: NDArray[np.int64] = self.plain_sums + words - figures
        return sizes

    @cached_property
    def seeds(self) -> NDArray[np.uint64]:
        """The hash of the seed that begins at each unit: a word, or two characters."""
        seeds = self.loose.copy()
        pairs = kgram_hashes(self.loose, 2)
        seeds[:-1] = np.where(self.is_word[:-1], self.loose[:-1], pairs)
        return seeds

    @cached_property
    def widths(self) -> NDArray[np.int8]:
        """Units of the seed that begins at each unit: 1 for a word, 2 otherwise.

        A character at the end of the text begins none: 0.
        """
        widths = np.where(self.is_word, np.int8(1), np.int8(2))
        widths[-1:] = np.where(self.is_word[-1:], 1, 0)
        return widths
