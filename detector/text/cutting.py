"""Where the units of a text begin and end, by what its characters are.

A number is digits, with single points and commas between two of them: 12.5. A word is
letters, with single apostrophes between two of them: it's. Of a script without spaces,
each character is a unit.
"""

import re
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.kernels.rolling import mix
from detector.text.lookup import CodePointTable
from detector.text.scripts import SYLLABIC, common_han

# In this order: what is a unit, or part of one, comes first.
_SYLLABLE, _LETTER, _DIGIT, _APOSTROPHE, _POINT, _NEITHER = range(1, 7)
_KINDS = (
    (_SYLLABLE, re.compile(f"[{SYLLABIC}]")),
    (_DIGIT, re.compile(r"\d")),
    (_LETTER, re.compile(r"[^\W_]")),
    (_APOSTROPHE, re.compile("['’]")),
    (_POINT, re.compile("[.,]")),
)
_PLACE = np.uint64(21)


class Cut(NamedTuple):
    """The n units of a text, in order.

    Attributes
    ----------
    first, last : int64 arrays of shape (n,)
        Unit i is ``text[first[i]:last[i]]``.
    is_word : bool array of shape (n,)
        Whether it is a word or a number.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    is_word: NDArray[np.bool_]


def cut(points: NDArray[np.uint32]) -> Cut:
    """Cut a text of normalized code points into units; takes O(n) time."""
    kinds = _kinds()(points).astype(np.uint8)
    _join_words(kinds)
    syllable = kinds == _SYLLABLE
    word = (kinds == _LETTER) | (kinds == _DIGIT)
    begins, ends = syllable | word, syllable | word
    begins[1:] &= syllable[1:] | (kinds[1:] != kinds[:-1])
    ends[:-1] &= syllable[:-1] | (kinds[:-1] != kinds[1:])
    first, last = np.flatnonzero(begins), np.flatnonzero(ends) + 1
    return Cut(first, last, word[first])


def word_hashes(
    points: NDArray[np.uint32], first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Return a hash of each word ``points[first[i]:last[i]]``, none of them empty.

    The sum of the hashes of its characters, each hashed with its place in the word:
    random 64-bit numbers, the same on every machine.
    """
    if not len(first):
        return np.zeros(0, dtype=np.uint64)
    lengths = last - first
    begins = np.cumsum(lengths) - lengths
    place = np.arange(lengths.sum()) - np.repeat(begins, lengths)
    letters = points[np.repeat(first, lengths) + place]
    keys = place.astype(np.uint64) << _PLACE | letters
    sums: NDArray[np.uint64] = np.add.reduceat(mix(keys), begins)
    return sums


def _join_words(kinds: NDArray[np.uint8]) -> None:
    """Let what joins two letters be a letter, and what joins two digits a digit."""
    joins = (kinds == _APOSTROPHE) | (kinds == _POINT)
    inner = np.flatnonzero(joins[1:-1]) + 1
    before = kinds[inner - 1]
    joined = np.where(kinds[inner] == _POINT, _DIGIT, _LETTER)
    between = (before == kinds[inner + 1]) & (before == joined)
    kinds[inner[between]] = before[between]


@cache
def _kinds() -> CodePointTable:
    table = CodePointTable(_kind)
    common = common_han()
    table.learn(common, np.full_like(common, _SYLLABLE))
    return table


def _kind(char: str) -> int:
    return next((kind for kind, match in _KINDS if match.match(char)), _NEITHER)
