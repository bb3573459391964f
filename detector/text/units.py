"""What is counted and compared: Chinese characters, and words of other scripts.

    raw     2021年，ＡＢ公司　获\u200b奖
    units   2021 年 ab 公 司 获 奖      7 units

A unit is one character of a script without spaces, one word, or one number. White
space, punctuation and invisible characters are none, so that a line break, a comma
or a zero-width space can neither make nor break a match.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.kernels.rolling import mix
from detector.model.span import Span
from detector.text.cutting import cut, word_hashes
from detector.text.lookup import points_of, text_of
from detector.text.normalized import NormalizedText

_WORD_FLAG = np.uint64(1 << 63)
_WORD_SIGN = ord("\ufffc")


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The n counted units of a text, and where each stands in the raw text.

    Attributes
    ----------
    codes : uint64 array of shape (n,), read-only
        The code point of a character, or the hash of a word. Equal units have equal
        codes, on every machine and in every run.
    starts, ends : int32 array of shape (n,), read-only, ascending
        ``raw[starts[i]:ends[i]]`` is unit i.
    text : str
        One character a unit: the character itself, or U+FFFC in place of a word.
    """

    codes: NDArray[np.uint64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    text: str

    def __post_init__(self) -> None:
        for array in (self.codes, self.starts, self.ends):
            array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.codes)

    def joined(self, first: NDArray[np.int64]) -> "Units":
        """Return units that each go on to before the next of `first`, ascending from 0.

        Each has the code of the unit that it begins with.
        """
        last = np.append(first[1:], len(self))[: len(first)] - 1
        text = text_of(points_of(self.text)[first])
        return Units(self.codes[first], self.starts[first], self.ends[last], text)

    def span(self, start: int, stop: int) -> Span:
        """Return the raw span from unit `start` to before unit `stop`.

        An empty range stands right after the unit before it.
        """
        if start >= stop:
            at = int(self.ends[start - 1]) if start else 0
            return Span(at, at)
        return Span(int(self.starts[start]), int(self.ends[stop - 1]))

    def within(self, span: Span) -> slice:
        """Return the units that lie wholly inside a raw `span`."""
        (units,) = self.within_each([span])
        return units

    def within_each(self, spans: Iterable[Span]) -> list[slice]:
        """Return the units that lie wholly inside each raw span."""
        first, last = _ranges(self.starts, self.ends, spans)
        return list(map(slice, first.tolist(), last.tolist()))

    def mask(self, spans: Iterable[Span]) -> NDArray[np.bool_]:
        """Return which units lie in any of `spans`: a bool array of shape (n,)."""
        return _inside(self.starts, self.ends, spans)


def count_units(text: NormalizedText, skip: Iterable[Span] = ()) -> Units:
    """Return the units of `text` that do not lie in the raw spans of `skip`.

    Takes O(n) time and memory: 10 to 20 ns a character.
    """
    points = text.codes
    first, last, is_word = cut(points)
    dropped = _inside(text.starts[first], text.ends[last], skip)
    if dropped.any():
        kept = ~dropped
        first, last, is_word = first[kept], last[kept], is_word[kept]
    shown = points[first]
    codes = shown.astype(np.uint64)
    codes[is_word] = _WORD_FLAG | word_hashes(points, first[is_word], last[is_word])
    shown[is_word] = _WORD_SIGN
    starts, ends = text.starts[first], text.ends[last]
    inside = starts[1:] < ends[:-1]
    if inside.any():
        begins = np.flatnonzero(np.concatenate([[True], ~inside]))
        return _one_each(begins, codes, starts, ends, shown)
    return Units(codes, starts, ends, text_of(shown))


def _one_each(
    begins: NDArray[np.intp],
    codes: NDArray[np.uint64],
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    shown: NDArray[np.uint32],
) -> Units:
    """Return units of which no two came from one raw character (½ is 1 and 2)."""
    several = np.diff(begins, append=len(codes)) > 1
    place = np.arange(len(codes)) - np.repeat(
        begins, np.diff(begins, append=len(codes))
    )
    mixed = np.add.reduceat(mix(codes + place.astype(np.uint64)), begins)
    joined = np.where(several, _WORD_FLAG | mixed, codes[begins])
    signs = np.where(several, _WORD_SIGN, shown[begins]).astype(shown.dtype)
    stops = np.append(begins[1:], len(codes)) - 1
    return Units(joined, starts[begins], ends[stops], text_of(signs))


def _inside(
    starts: NDArray[np.int32], ends: NDArray[np.int32], spans: Iterable[Span]
) -> NDArray[np.bool_]:
    """Return which of n ascending ranges lie wholly in any of `spans`."""
    first, last = _ranges(starts, ends, spans)
    if not len(first):
        return np.zeros(len(starts), dtype=np.bool_)
    size = len(starts) + 1
    depth = np.bincount(first, minlength=size) - np.bincount(last, minlength=size)
    inside: NDArray[np.bool_] = np.cumsum(depth)[:-1] > 0
    return inside


def _ranges(
    starts: NDArray[np.int32], ends: NDArray[np.int32], spans: Iterable[Span]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return which of n ascending ranges lie wholly in each of `spans`: from, to."""
    bounds = np.array(
        [(span.start, span.end) for span in spans], dtype=np.int32
    ).reshape(-1, 2)
    first = np.searchsorted(starts, bounds[:, 0], "left")
    return first, np.maximum(first, np.searchsorted(ends, bounds[:, 1], "right"))
