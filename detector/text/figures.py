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

from detector.model.span import Span
from detector.text.lookup import CodePointTable, points_of
from detector.text.scripts import NUMERAL

FIGURE = rf"\d{NUMERAL}两"
"""What a figure begins with, as the inside of a class."""
_BEFORE, _AFTER = 1, 5
_FIGURE = re.compile(f"[{FIGURE}]")
_IS_FIGURE, _IS_NONE = 1, 2
_SOME, _MORE = f"[{NUMERAL}两]", f"[{NUMERAL}两千万亿]"
_ORDINAL = "季度|年级|[届次批期轮位名款项条]"
UNITS = (
    "万元|亿元|元|万吨|吨|公斤|千克|公里|千米|米|亩|万亩|公顷|平方米|平方公里|立方米|"
    "万人次|人次|万人|人|户|名|家|个百分点|件|项|处|座|条|起|场|期|批|台|辆|套|份|"
    "篇|所|间|盏|棵|株|小时|天|周|个月|岁|度|千瓦时|千瓦|兆瓦|吉瓦|"
    "册次|册|卷|头|只|宗|例|台次|场次|批次|车次|班次|轮次|学时|课时|讲|节|堂|轮|幅|趟|箱|桶|袋"
)
"""Of what there may be a number."""
_WRITTEN = (
    rf"{_SOME}(?<=百分之.){_MORE}*+(?:点[{NUMERAL}]++)?",
    rf"{_SOME}(?<=第.){_MORE}*+(?={_ORDINAL})",
    # 一批 and 百家 are no figures, nor is what stands in a longer word of numerals:
    # looked back at first, so that a row of them is tried at its beginning only.
    rf"{_SOME}(?<![{NUMERAL}两千万亿第\d].)"
    rf"(?:(?<=一){_MORE}++|(?<=百)[百千]*+{_SOME}{_MORE}*+|(?<![一百]){_MORE}*+)"
    rf"(?=[余多]?(?:{UNITS}|倍|成|[月日]|个工作日|分之))",
    rf"[{NUMERAL[:-2]}](?<![{NUMERAL}].)[{NUMERAL[:-2]}]{{3}}(?=年)",
    r"[百千万亿](?<=\d.)[百千万亿]*+",
)
_WRITTEN_FIGURE = re.compile("|".join(_WRITTEN))


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


def written_figures(text: str) -> Iterator[Span]:
    """Yield the figures of a raw `text` that are written in Chinese, and 万 after 3.5.

    Only where they count something: 三十余户 and 第三季度, not 一批 and 统一.

    >>> text = "罚款五千元至3.5万元，同比增长百分之八十五，进一步统一思想。"
    >>> [figure.of(text) for figure in written_figures(text)]
    ['五千', '万', '八十五']
    """
    return (Span(*found) for found in around_figures(text).find(_WRITTEN_FIGURE))


@cache
def _table() -> CodePointTable:
    return CodePointTable(lambda char: _IS_FIGURE if _FIGURE.match(char) else _IS_NONE)
