"""The outline of official documents: 一、（一）1. 第一章 and 一是…二是….

Source: the numbering of GB/T 9704, 一、 before （一） before 1. before （1）; beside
it chapters and articles, Markdown's `#`, and the spoken enumeration that reports use
inside of paragraphs.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from detector.model.document import Block, BlockKind
from detector.model.section import Section
from detector.model.span import Span
from detector.text.scripts import NUMERAL

_LONGEST_TITLE = 60
"""Characters of a line beyond which it is a paragraph, whatever its number."""

_STYLES = (
    (1, rf"第[{NUMERAL}\d]+[部编章]分?[\s、：:]?"),
    (1, rf"[{NUMERAL}]{{1,3}}、(?![{NUMERAL}]{{1,3}}[、和])"),
    (2, rf"第[{NUMERAL}\d]+[节条][\s、：:]?"),
    (2, rf"[（(][{NUMERAL}]{{1,3}}[）)]、?"),
    (3, r"\d{1,2}[、．]|\d{1,2}\.(?!\d)"),
    (4, r"[（(]\d{1,2}[）)]、?"),
    (1, r"#(?=\s)"),
    (2, r"##(?=\s)"),
    (3, r"###(?=\s)"),
    (4, r"####+(?=\s)"),
)
"""Levels and the numbers they have: of a line, the first style that fits."""
_NUMBER = re.compile(rf"[ \t　]*(?:{'|'.join(f'({style})' for _, style in _STYLES)})")
_INLINE_LEVEL = 5
# Begins with a plain class, to which the engine skips; what stands before comes after.
_ENUMERATOR = re.compile(
    rf"[{NUMERAL}第](?:(?<!第)[{NUMERAL}]?是|(?<=第)[{NUMERAL}]{{1,2}}[，,])"
)
_CLAUSE_ENDS = "。；;！!：:\n"
_BARE_NUMERAL = re.compile(
    rf"^[ \t　]*(?P<number>[{NUMERAL}](?![、是{NUMERAL}]))", re.M
)
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")


class _Heading(NamedTuple):
    level: int
    number: str
    span: Span
    title: str
    inline: bool = False


def outline(text: str, blocks: Sequence[Block] = ()) -> tuple[Section, ...]:
    """Return the sections of `text` in order, parents before their children.

    The first one is what comes before the first heading, if there is anything. Those
    of level 1 cover the whole text.

    Parameters
    ----------
    text : str
        Raw text of a document.
    blocks : sequence of Block
        Of the same document; headings that the file declares are taken as such.
    """
    headings = _levelled(sorted(_all_headings(text, blocks), key=_place))
    if not headings:
        return (Section("", 1, "", Span(0, 0), Span(0, len(text))),)
    sections = list(_nested(headings, len(text)))
    if text[: headings[0].span.start].strip():
        before = Span(0, headings[0].span.start)
        sections.insert(0, Section("", 1, "", Span(0, 0), before))
    else:
        whole = Span(0, sections[0].span.end)
        sections[0] = replace(sections[0], span=whole)
    return tuple(sections)


def _place(heading: _Heading) -> tuple[int, int]:
    return heading.span.start, heading.span.end


def _all_headings(text: str, blocks: Sequence[Block]) -> Iterator[_Heading]:
    declared = {b.span.start: b for b in blocks if b.kind is BlockKind.HEADING}
    cells = [b.span for b in blocks if b.kind is BlockKind.CELL]
    enumerators = _enumerators(text)
    for start, end in _lines(text):
        if cells and _in_any(cells, start):
            continue
        heading = _numbered(text, start, end)
        if not heading and start in declared:
            heading = _declared(text[start:end], declared[start])
        after = start
        if heading:
            yield heading
            after = max(start, heading.span.end)
        first = bisect_left(enumerators, (after,))
        found = enumerators[first : bisect_left(enumerators, (end,), first)]
        if not found and (bare := _BARE_NUMERAL.match(text, after, end)):
            # 二政治敏锐性不强: kept below only between 一是 and 三是
            found = [bare.span("number")]
        yield from _inline_headings(text, found, end)


def _in_any(spans: Sequence[Span], place: int) -> bool:
    at = bisect_right(spans, place, key=lambda span: span.start)
    return at > 0 and place < spans[at - 1].end


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each line that is not empty begins and ends."""
    start = 0
    for line in text.replace("\r", "\n").split("\n"):
        if line:
            yield start, start + len(line)
        start += len(line) + 1


def _numbered(text: str, start: int, end: int) -> _Heading | None:
    found = _NUMBER.match(text, start, end)
    if not found:
        return None
    style = found.lastindex or 1
    after = found.end()
    stop = _SENTENCE_END.search(text, after, end)
    title = text[after : stop.start() if stop else end]
    if not title.strip() or len(title) > _LONGEST_TITLE:
        return None
    number = found[style].strip("、：: \t")
    span = Span(found.start(style), after + len(title.rstrip()))
    return _Heading(_STYLES[style - 1][0], number, span, title.strip())


def _declared(line: str, block: Block) -> _Heading | None:
    if len(line) > _LONGEST_TITLE:
        return None
    start = block.span.start
    span = Span(start, start + len(line))
    return _Heading(max(block.level, 1), "", span, line.strip())


def _inline_headings(
    text: str, numbers: Iterable[tuple[int, int]], end: int
) -> Iterator[_Heading]:
    for start, after in numbers:
        stop = _SENTENCE_END.search(text, after, end)
        stops = stop.start() if stop else end
        if 0 < stops - after <= _LONGEST_TITLE:
            number = text[start:after].strip("，,")
            span = Span(start, stops)
            yield _Heading(_INLINE_LEVEL, number, span, text[after:stops], True)


def _enumerators(text: str) -> list[tuple[int, int]]:
    """Return where 一是, 第二， and the like stand at the beginning of a clause."""
    found = (match.span() for match in _ENUMERATOR.finditer(text))
    return [span for span in found if _begins_clause(text, span[0])]


def _begins_clause(text: str, at: int) -> bool:
    """Return whether only blanks stand between `at` and the end of a clause or line."""
    while at > 0 and text[at - 1] in " \t　":
        at -= 1
    return at == 0 or text[at - 1] in _CLAUSE_ENDS


def _levelled(headings: Iterable[_Heading]) -> list[_Heading]:
    """Close up the levels that a document does not use, and drop broken counting."""
    kept = list(_counted(headings))
    used = sorted({heading.level for heading in kept})
    return [
        _Heading(used.index(h.level) + 1, h.number, h.span, h.title, h.inline)
        for h in kept
    ]


def _counted(headings: Iterable[_Heading]) -> Iterator[_Heading]:
    """Yield all but the bare numerals that do not continue an inline enumeration."""
    expected = 1
    for heading in headings:
        if not heading.inline:
            expected = 1
            yield heading
            continue
        value = _value(heading.number)
        bare = len(heading.number) == 1
        if bare and (value != expected or expected == 1):
            continue
        expected = value + 1
        yield heading


@cache
def _value(number: str) -> int:
    """Return the value of a numeral below a hundred; 0 if there is none."""
    tens, has_ten, ones = "".join(c for c in number if c in NUMERAL).partition("十")
    digit = {char: NUMERAL.index(char) - 1 for char in NUMERAL}
    if not has_ten:
        return digit.get(tens[:1], 0)
    return 10 * digit.get(tens[:1], 1) + digit.get(ones[:1], 0)


def _nested(headings: Sequence[_Heading], length: int) -> Iterator[Section]:
    ends = [length] * len(headings)
    waiting: list[int] = []
    for at, heading in enumerate(headings):
        while waiting and headings[waiting[-1]].level >= heading.level:
            ends[waiting.pop()] = heading.span.start
        waiting.append(at)
    for heading, end in zip(headings, ends, strict=True):
        yield Section(
            heading.number,
            heading.level,
            heading.title,
            heading.span,
            Span(heading.span.start, end),
            heading.inline,
        )
