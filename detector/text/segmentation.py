"""How probable the best segmentation of a few characters is, and what is no word.

Words are taken to follow each other by chance, each by its frequency in the lexicon
(the unigram model by which jieba, too, chooses among segmentations); the best one is
found by dynamic programming (Viterbi 1967).
"""

from functools import lru_cache
from math import log2
from typing import NamedTuple

from detector.text.lexicon import Lexicon

_LONGEST = 6
_TOKENS = 60_101_967
"""Sum of the frequencies in jieba's dictionary."""


class Segmentation(NamedTuple):
    """The most probable one.

    Attributes
    ----------
    bits : float
        Its surprisal.
    cuts : frozenset of int
        Where its words begin, and the length of the text.
    """

    bits: float
    cuts: frozenset[int]


class Segmenter:
    """Segments short texts by the frequencies of a lexicon."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        self._bits = lru_cache(maxsize=1 << 14)(self._word_bits)
        self.segment = lru_cache(maxsize=1 << 14)(self._segment)

    def _segment(self, text: str) -> Segmentation:
        """Return the best segmentation in O(n) look-ups of words of six characters."""
        best = [0.0]
        begins = [0]
        for end in range(1, len(text) + 1):
            total, begin = min(
                (best[begin] + bits, begin)
                for begin in range(max(end - _LONGEST, 0), end)
                if (bits := self._bits(text[begin:end])) is not None
            )
            best.append(total)
            begins.append(begin)
        cuts = {at := len(text)}
        while at:
            cuts.add(at := begins[at])
        return Segmentation(best[-1], frozenset(cuts))

    def _word_bits(self, word: str) -> float | None:
        """Return the surprisal of a word; None for what is none, unless one sign."""
        entry = self._words.get(word)
        if entry is None and len(word) > 1:
            return None
        return log2(_TOKENS / max(entry.times if entry else 1, 1))
