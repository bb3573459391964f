"""What is counted and compared: Chinese characters, and words of other scripts.

    raw     2021年，ＡＢ公司　获\u200b奖
    units   2021 年 ab 公 司 获 奖      7 units

A unit is one character of a script without spaces, one word, or one number. White
space, punctuation and invisible characters are none, so that a line break, a comma
or a zero-width space can neither make nor break a match.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from detector.model.span import Span
from detector.text.normalized import NormalizedText
from detector.text.scripts import SYLLABIC

_WORD = re.compile(rf"\d+(?:[.,]\d+)*|[^\W\d_{SYLLABIC}]+(?:['’][^\W\d_{SYLLABIC}]+)*")
_SYLLABIC = re.compile(f"[{SYLLABIC}]")
_WORD_FLAG = 1 << 63
_ASTRAL = (0x20000, 0x3FFFF)


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
        start = int(np.searchsorted(self.starts, np.int32(span.start), "left"))
        stop = int(np.searchsorted(self.ends, np.int32(span.end), "right"))
        return slice(start, max(start, stop))

    def mask(self, spans: Iterable[Span]) -> NDArray[np.bool_]:
        """Return which units lie in any of `spans`: a bool array of shape (n,)."""
        inside = np.zeros(len(self), dtype=np.bool_)
        for span in spans:
            inside[self.within(span)] = True
        return inside


def count_units(text: NormalizedText, skip: Iterable[Span] = ()) -> Units:
    """Return the units of `text` that do not lie in the raw spans of `skip`.

    Takes O(n) time and memory.
    """
    points = text.codes
    first = np.flatnonzero(_is_syllabic(points))
    codes = points[first].astype(np.uint64)
    words = [(m.start(), m.end(), _word_code(m[0])) for m in _WORD.finditer(text.text)]
    if words:
        begins, stops, hashes = (
            np.array(column) for column in zip(*words, strict=True)
        )
        order = np.argsort(np.concatenate([first, begins]), kind="stable")
        first, last = (
            np.concatenate(pair)[order]
            for pair in ((first, begins), (first + 1, stops))
        )
        codes = np.concatenate([codes, hashes.astype(np.uint64)])[order]
    else:
        last = first + 1
    units = _units(codes, text.starts[first], text.ends[last])
    dropped = units.mask(skip)
    if not dropped.any():
        return units
    kept = ~dropped
    return _units(units.codes[kept], units.starts[kept], units.ends[kept])


def _units(
    codes: NDArray[np.uint64], starts: NDArray[np.int32], ends: NDArray[np.int32]
) -> Units:
    shown = np.where(codes < _WORD_FLAG, codes, ord("\ufffc")).astype("<u4")
    return Units(codes, starts.copy(), ends.copy(), shown.tobytes().decode("utf-32-le"))


@lru_cache(maxsize=1 << 16)
def _word_code(word: str) -> int:
    digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") | _WORD_FLAG


def _is_syllabic(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    table = _syllabic_table()
    astral = (points >= _ASTRAL[0]) & (points <= _ASTRAL[1])
    return table[np.minimum(points, 0xFFFF)] | astral


@lru_cache(maxsize=1)
def _syllabic_table() -> NDArray[np.bool_]:
    table = np.zeros(0x10000, dtype=np.bool_)
    inside = SYLLABIC.replace("\U00020000-\U0003ffff", "")
    for low, high in re.findall("(.)(?:-(.))?", inside):
        table[ord(low) : ord(high or low) + 1] = True
    return table
