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
UNITS = (
    "万元|亿元|元|万吨|吨|公斤|千克|公里|千米|米|亩|万亩|公顷|平方米|平方公里|立方米|"
    "万人次|人次|万人|人|户|名|家|个百分点|件|项|处|座|条|起|场|期|批|台|辆|套|份|"
    "篇|所|间|盏|棵|株|小时|天|周|个月|岁|度|千瓦时|千瓦|兆瓦|吉瓦|"
    "册次|册|卷|头|只|宗|例|台次|场次|批次|车次|班次|轮次|学时|课时|讲|节|堂|轮|幅|趟|箱|桶|袋"
)
"""Of what there may be a number."""
_DIGIT = f"{NUMERAL[:-2]}○"
# 千瓦, 千克 and 千伏 are counted in: their 千 is none of the figure.
_WRITTEN = re.compile(
    rf"(?:[{NUMERAL}○两万亿]|千(?![瓦克伏]))++(?:点[{_DIGIT}]++[万亿]*+)?"
)
_SCALE = re.compile("[百千万亿]+")
_YEAR = re.compile(f"[{_DIGIT}]{{4}}")
_ORDINAL = re.compile("季度|年级|[届次批期轮位名款项章节]|条(?!件)")
_OF_MONTH = re.compile("月(?!革命)")
_IS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d\Z")
_DAY_NAMES = ("周", "星期", "礼拜")
# 一批, 百家, 千万个 and 零件 are no figures, nor is what plans are called by.
_NO_FIGURE = re.compile("零|[百千万亿]+|十[一二三四五六]五")
_AFTER_ONE = re.compile("个月|个工作日|小时|周岁|[倍日天]|元(?!化)")
# 十四五期间, 六一节, 二十四节气, 五成员单位, 三轮车 and 二元结构 count nothing.
_COUNTED = re.compile(
    rf"(?:[至到][{NUMERAL}两千万亿]{{1,5}}+)?[余多来]?"
    "(?!期[间末初]|节(?!课)|成[员立果效为就绩本功长]|条件|轮[车摩]|元结构|头"
    "|台[河区县]|人[帮转民])"
    rf"(?:{UNITS}|千[瓦克伏]|倍|成|日|个工作日|分之)"
)


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
    for found in _WRITTEN.finditer(text):
        start, end = found.span()
        if _counts(found[0], text[max(start - 5, 0) : start], text[end : end + 12]):
            yield Span(start, end)


def _counts(numeral: str, before: str, after: str) -> bool:
    """Return whether a numeral counts something between what stands around it."""
    if before[-1:].isdecimal():
        return bool(_SCALE.fullmatch(numeral)) and (
            # 2025千人计划 and 35千米 are counted neither in 千 nor in 百.
            numeral[-1] in "万亿" or not (_IS_YEAR.search(before) or after[:1] == "米")
        )
    if before[-1:] == "第":
        return bool(_ORDINAL.match(after))
    if before[-2:] == "分之" or before.endswith(_DAY_NAMES):
        return before[-2:] == "分之"
    if _OF_MONTH.match(after) or before[-1:] + after[:1] == "月日":
        return not _SCALE.match(numeral)
    if after[:1] == "年":
        return bool(_YEAR.fullmatch(numeral))
    counted = _AFTER_ONE if numeral == "一" else _COUNTED
    return not _NO_FIGURE.fullmatch(numeral) and bool(counted.match(after))


@cache
def _table() -> CodePointTable:
    return CodePointTable(lambda char: _IS_FIGURE if _FIGURE.match(char) else _IS_NONE)
