"""Where a word makes no word with its neighbours, and another in its place makes one.

Both readings are segmented; what the second one saves, beyond what the two words by
themselves cost, are the bits by which the neighbours speak for it. A word that stands
by itself saves nothing: only what was torn out of a word does.
"""

from collections.abc import Iterator
from typing import NamedTuple

from detector.model.span import Span
from detector.text.lexicon import Lexicon
from detector.text.segmentation import Segmenter
from detector.traces.replaceable import (
    AFTER_ANY,
    AFTER_SOME,
    BEFORE_ANY,
    BEFORE_SOME,
    LONGEST_SIDE,
    kind_of,
    words_around,
)

_BESIDE = 4
_BEFORE_SOMETHING = frozenset("对向把被让使从到")
"""Prepositions: at the end of a clause they are none."""
_RARELY = frozenset("出")
"""Of what goes before such words, what seldom does: 出厂 is a word, 出公司 hardly."""


class Reading(NamedTuple):
    """What may have stood at a place.

    Attributes
    ----------
    span : Span
        The non-word.
    old, left, right : str
        The word that it was, and what is left of it on both sides.
    bits : float
    is_plain : bool
        Whether what is left goes with no such word.
    """

    span: Span
    old: str
    left: str
    right: str
    bits: float
    is_plain: bool


class NonWords:
    """Reads the places of words that may have been put in for others."""

    def __init__(self, text: str, words: Lexicon) -> None:
        self._text = text
        self._words = words
        self._segmenter = Segmenter(words)

    def readings(self, at: int, new: str) -> Iterator[Reading]:
        """Yield what may have stood where `new` is a word by itself, at `at`."""
        before, after = self._beside(at, new)
        sides = self._torn_sides(before, new, after)
        if not any(sides) and before[-1:] in BEFORE_ANY:
            before = ""  # 各处门: what goes with any word tells nothing
            sides = self._torn_sides(before, new, after)
        if not any(sides):
            return
        known, kind = words_around(), kind_of(new)
        for i in range(min(len(before), LONGEST_SIDE) + 1 if sides[0] else 1):
            for j in range(min(len(after), LONGEST_SIDE) + 1 if sides[1] else 1):
                left, right = before[len(before) - i :], after[:j]
                if left + new + right in self._words:
                    continue
                for old, _ in known.get((left, right), ()):
                    if old in kind and old not in new and new not in old:
                        yield self._reading(at, old, new, left, right)

    def is_torn(self, at: int, new: str) -> tuple[bool, bool]:
        """Tell on which sides of `new` a character stands that is no word there."""
        before, after = self._beside(at, new)
        return self._torn_sides(before, new, after)

    def _beside(self, at: int, new: str) -> tuple[str, str]:
        end = at + len(new)
        before = run_before(self._text, at, _BESIDE)
        return before, run(self._text[end : end + _BESIDE])

    def _torn_sides(self, before: str, new: str, after: str) -> tuple[bool, bool]:
        cuts = self._segmenter.segment(before + new + after).cuts
        start, end = len(before), len(before) + len(new)
        if start not in cuts or end not in cuts:
            return False, False
        left = bool(before) and start - 1 in cuts and before[-1] not in BEFORE_ANY
        lone = after in _BEFORE_SOMETHING  # 医院对，: a preposition goes on
        right = bool(after) and end + 1 in cuts
        right &= lone or after[:1] not in AFTER_ANY
        return left, right

    def _reading(self, at: int, old: str, new: str, left: str, right: str) -> Reading:
        before, after = self._beside(at, new)
        bits = self._cost(before, new, after) - self._cost(before, old, after)
        plain = left[-1:] not in BEFORE_SOME - _RARELY and right[:1] not in AFTER_SOME
        span = Span(at - len(left), at + len(new) + len(right))
        return Reading(span, old, left, right, bits, plain)

    def _cost(self, before: str, word: str, after: str) -> float:
        """Return the bits of what stands beside a word."""
        whole = self._segmenter.segment(before + word + after).bits
        return whole - self._segmenter.segment(word).bits


def run(text: str) -> str:
    """Return the Chinese characters that `text` begins with."""
    for at, char in enumerate(text):
        if not "\u4e00" <= char <= "\u9fff":
            return text[:at]
    return text


def run_before(text: str, at: int, most: int) -> str:
    """Return the Chinese characters right before `at`, `most` of them at the most."""
    return run(text[max(at - most, 0) : at][::-1])[::-1]
