"""Specifics of a text: what a reader could look up, count or go to."""

import re
from collections.abc import Iterator

from detector.model.report import Fact
from detector.model.span import Span
from detector.text.scripts import NUMERAL

_COUNT = rf"(?:\d+(?:[.,，]\d+)*|[{NUMERAL}两]+)"
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_UNITS = (
    "万元|亿元|元|万吨|吨|公斤|千克|公里|千米|米|亩|万亩|公顷|平方米|平方公里|立方米|"
    "万人次|人次|万人|人|户|名|家|个百分点|件|项|处|座|条|起|场|期|批|台|辆|套|份|"
    "篇|所|间|盏|棵|株|小时|天|周|个月|岁|度|千瓦时|千瓦|兆瓦|吉瓦"
)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "document_number",
        re.compile(r"[\u4e00-\u9fff]{1,8}[〔\[(（]\d{4}[〕\])）]\d+号"),
    ),
    (
        "date",
        re.compile(
            r"(?:\d{4}|[〇零一二三四五六七八九]{4})年(?:\d{1,2}月(?:\d{1,2}日)?)?"
            r"|\d{1,2}月\d{1,2}日|\d{4}[-/]\d{1,2}[-/]\d{1,2}"
        ),
    ),
    ("percentage", re.compile(rf"\d+(?:\.\d+)?[%％‰]|百分之{_COUNT}")),
    ("quantity", re.compile(rf"\d+(?:[.,，]\d+)*(?:余|多)?(?:{_UNITS}|个|次)")),
    (
        "quantity",
        re.compile(
            rf"(?<![{NUMERAL}第])[{NUMERAL}两]{{2,}}(?:余|多)?(?:{_UNITS}|个|次)"
        ),
    ),
    ("number", re.compile(r"\d+\.\d+|\d{3,}")),
)


def find_facts(text: str) -> tuple[Fact, ...]:
    """Return the specifics of a raw `text`, in order; none overlaps another.

    Kinds, in order of precedence: ``document_number``, ``date``, ``percentage``,
    ``quantity`` (a number with its unit) and ``number`` (with a fraction, or of three
    digits and more). Names of places and projects are not looked for.

    >>> text = "2023年新修道路12.5公里，惠及三十余户。"
    >>> [fact.span.of(text) for fact in find_facts(text)]
    ['2023年', '12.5公里', '三十余户']
    """
    found: list[Fact] = []
    taken = bytearray(len(text))
    for kind, pattern in _KINDS:
        for span in _free(pattern, text, taken):
            found.append(Fact(kind, span))
    return tuple(sorted(found, key=lambda fact: fact.span))


def find_numbers(text: str) -> Iterator[Span]:
    """Yield the numbers in digits of a raw `text`: shared, they say little."""
    return (Span(*match.span()) for match in _DIGITS.finditer(text))


def _free(pattern: re.Pattern[str], text: str, taken: bytearray) -> Iterator[Span]:
    for match in pattern.finditer(text):
        start, end = match.span()
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            yield Span(start, end)
