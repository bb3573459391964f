"""The neighbourhoods of figures: the rest of a text need not be searched for them.

raw       今年新修道路12.5公里，比去年多得多的群众从中得到了实惠，惠及三十余户。
excerpt   路12.5公里，比去年 / 及三十余户。
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from detector.text.lookup import CodePointTable, points_of
from detector.text.scripts import NUMERAL

FIGURE = rf"\d{NUMERAL}两"
"""What a figure begins with, as the inside of a class."""
_BEFORE, _AFTER = 1, 5
_FIGURE = re.compile(f"[{FIGURE}]")
_IS_FIGURE, _IS_NONE = 1, 2


class Excerpt(NamedTuple):
    """All characters around digits and Chinese numerals: one before, five after.

    Attributes
    ----------
    text : str
        The pieces of the raw text, in order, a line break between them.
    begins : list of int
        Where each piece begins in `text`.
    shifts : list of int
        How much further on each piece stands in the raw text.
    """

    text: str
    begins: list[int]
    shifts: list[int]

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Yield the raw ranges of what `pattern` finds.

        The same as in the whole text, for a pattern that begins with a figure, needs
        one at the latest after five other characters, ends at the latest five after
        the last, and looks back at no more than one character, or at what must be a
        figure.
        """
        for match in pattern.finditer(self.text):
            start, end = match.span()
            shift = self.shifts[bisect_right(self.begins, start) - 1]
            yield start + shift, end + shift


@lru_cache(maxsize=2)
def around_figures(text: str) -> Excerpt:
    """Return the parts of `text` with figures, in O(n) time; the last are kept."""
    places = np.flatnonzero(_table()(points_of(text)) == _IS_FIGURE)
    if not len(places):
        return Excerpt("", [], [])
    apart = np.flatnonzero(np.diff(places) > _BEFORE + _AFTER + 1)
    firsts = places[np.append(0, apart + 1)] - _BEFORE
    lasts = places[np.append(apart, len(places) - 1)] + _AFTER + 1
    starts = np.maximum(firsts, 0)
    lengths = np.minimum(lasts, len(text)) - starts + 1  # with the line break
    begins = np.cumsum(lengths) - lengths
    pieces = zip(starts.tolist(), lasts.tolist(), strict=True)
    excerpt = "\n".join([text[start:last] for start, last in pieces])
    return Excerpt(excerpt, begins.tolist(), (starts - begins).tolist())


@cache
def _table() -> CodePointTable:
    return CodePointTable(lambda char: _IS_FIGURE if _FIGURE.match(char) else _IS_NONE)
