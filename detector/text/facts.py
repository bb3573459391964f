"""Specifics of a text: what a reader could look up, count or go to."""

import re
from collections.abc import Iterator

from detector.model.report import Fact
from detector.model.span import Span
from detector.text.figures import UNITS, around_figures
from detector.text.names import find_names, find_titles
from detector.text.scripts import NUMERAL

_COUNT = rf"(?:\d+(?:[.,，]\d+)*|[{NUMERAL}两]+)"
_DIGITS = re.compile(r"\d\d*+(?:[.,]\d++)*+")
_HAN_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,8}\Z")
_FILE_NUMBER = re.compile(r"[〔\[(（]\d{4}[〕\])）]\d+号")
# The engine skips to where a pattern may begin only if it begins with a plain class: so
# each does, and `\d\d{2,}` is `\d{3,}` at several times the speed. What the first
# character has to be for the rest is looked back at. What fails at the first digit of a
# row fails at all of them: it is tried there only, and gives no digit back. The tests
# have the readable forms.
_DAY = r"(?:\d{1,2}月(?:\d{1,2}日)?)?"
_DIGIT = "[〇零一二三四五六七八九]"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "date",
        re.compile(
            rf"[\d{_DIGIT[1:-1]}](?:(?<=\d)\d{{3}}年{_DAY}"
            rf"|(?<={_DIGIT}){_DIGIT}{{3}}年{_DAY}"
            r"|(?<=\d)\d?月\d{1,2}日|(?<=\d)\d{3}[-/]\d{1,2}[-/]\d{1,2})"
        ),
    ),
    (
        "percentage",
        re.compile(
            rf"[\d百](?:(?<=\d)(?<!\d\d)\d*+(?:\.\d++)?+[%％‰]|(?<=百)分之{_COUNT})"
        ),
    ),
    (
        "quantity",
        re.compile(
            rf"\d(?<!\d\d)(?<!\d[.,，]\d)\d*+(?:[.,，]\d++)*+"
            rf"[余多]?[万亿]?[余多]?(?:{UNITS}|个|次)"
        ),
    ),
    (
        "quantity",
        re.compile(
            rf"[{NUMERAL}两](?<![{NUMERAL}两第].)[{NUMERAL}两]+"
            rf"(?:余|多)?(?:{UNITS}|个|次)"
        ),
    ),
    ("number", re.compile(r"\d(?:\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d{2,})")),
)
# Words in capitals that begin no sentence: opened two depots in Harlow.
_CAPITALS = re.compile(
    r"(?<=[a-z,;] )(?!(?:I|X+|TBD|TBC|TODO|Name)\b)[A-Z][A-Za-z'’-]+"
    r"(?: (?:of |and |the )?[A-Z][A-Za-z'’-]+)*"
)
_MAY_BE_OFTEN = re.compile("每|半年|分之|季度")
_OFTEN = re.compile(
    rf"每逢[^，。；\r\n]{{1,6}}|每(?:季度|[周月季年])[^，。；、\r\n]{{0,2}}(?:例会|评比|通报|调度|研判|一评|一查)|"
    rf"半年一[^，。；、\r\n]|(?<![{NUMERAL}])[{NUMERAL}]++分之[{NUMERAL}]+|第[{NUMERAL}]季度|[上下]半年|"
    rf"每(?:[年季月周旬天日]|半年|季度|"
    rf"星期)[^，。；！？、\r\n]{{0,8}}?[{NUMERAL}两\d]+[次场期轮]"
)


def find_facts(text: str) -> tuple[Fact, ...]:
    """Return the specifics of a raw `text`, in order; none overlaps another.

    Kinds, in order of precedence: ``document_number``, ``date``, ``percentage``,
    ``quantity`` (a number with its unit), ``number`` (with a fraction, or of three
    digits and more), ``frequency`` (每周集体学习一次), ``title`` in 《》 and
    ``name``, of a place, an organisation or a project. What stands in “ ” is no
    name: such marks are those of slogans.

    >>> text = "2023年青禾镇新修道路12.5公里，惠及三十余户。"
    >>> [fact.span.of(text) for fact in find_facts(text)]
    ['2023年', '青禾镇', '12.5公里', '三十余户']
    """
    found: list[Fact] = []
    taken = bytearray(len(text))
    for kind, spans in _spans(text):
        for start, end in spans:
            if 1 not in taken[start:end]:
                taken[start:end] = b"\1" * (end - start)
                found.append(Fact(kind, Span(start, end)))
    return tuple(sorted(found, key=lambda fact: fact.span.start))


def find_numbers(text: str) -> Iterator[Span]:
    """Yield the numbers in digits of a raw `text`: shared, they say little."""
    return (Span(*found) for found in around_figures(text).find(_DIGITS))


def document_numbers(
    text: str, ending: re.Pattern[str] = _FILE_NUMBER
) -> Iterator[tuple[int, int]]:
    """Yield the ranges of 槐政发〔2023〕12号 and the like.

    What `ending` finds, with one to eight Chinese characters before it.
    """
    done = 0
    for match in ending.finditer(text) if "号" in text else ():
        at = match.start()
        if before := _HAN_BEFORE.search(text, max(at - 8, done), at):
            done = match.end()
            yield before.start(), done


def _spans(text: str) -> Iterator[tuple[str, Iterator[tuple[int, int]]]]:
    """Yield each kind of fact with the ranges that look like it."""
    yield "document_number", document_numbers(text)
    excerpt = around_figures(text)
    for kind, pattern in _KINDS:
        yield kind, excerpt.find(pattern)
    if _MAY_BE_OFTEN.search(text):
        yield "frequency", (match.span() for match in _OFTEN.finditer(text))
    yield "title", find_titles(text)
    yield "name", ((name.start, name.end) for name in find_names(text))
    yield "name", (match.span() for match in _CAPITALS.finditer(text))
