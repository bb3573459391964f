"""The outline of official documents: 一、（一）1. 第一章 and 一是…二是….

Source: the numbering of GB/T 9704, 一、 before （一） before 1. before （1）; beside
it chapters and articles, Markdown's `#`, and the spoken enumeration that reports use
inside of paragraphs.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from detector.model.document import Block, BlockKind
from detector.model.section import Section
from detector.model.span import Span
from detector.text.scripts import NUMERAL

_LONGEST_TITLE = 60
"""Characters of a line beyond which it is a paragraph, whatever its number."""

_STYLES: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(rf"[ \t　]*(?P<number>{pattern})"))
    for level, pattern in (
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
)
_INLINE_LEVEL = 5
_INLINE = re.compile(
    r"(?:(?<=[。；;！!：:\n])|^)[ \t　]*"
    rf"(?P<number>[{NUMERAL}]{{1,2}}是|第[{NUMERAL}]{{1,2}}[，,])",
    re.MULTILINE,
)
_BARE_NUMERAL = re.compile(
    rf"^[ \t　]*(?P<number>[{NUMERAL}](?![、是{NUMERAL}]))", re.M
)
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_LINE = re.compile(r"[^\r\n]+")


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
    headings = _levelled(sorted(_all_headings(text, blocks), key=lambda h: h.span))
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


def _all_headings(text: str, blocks: Sequence[Block]) -> Iterator[_Heading]:
    declared = {b.span.start: b for b in blocks if b.kind is BlockKind.HEADING}
    cells = [b.span for b in blocks if b.kind is BlockKind.CELL]
    for line in _LINE.finditer(text):
        at = bisect_right(cells, line.start(), key=lambda cell: cell.start)
        if at and line.start() < cells[at - 1].end:
            continue
        heading = _numbered(line) or _declared(line, declared.get(line.start()))
        if heading:
            yield heading
        taken = heading.span.end if heading else line.start()
        yield from _inline_headings(text, Span(max(taken, line.start()), line.end()))


def _numbered(line: re.Match[str]) -> _Heading | None:
    for level, style in _STYLES:
        if found := style.match(line[0]):
            number = found["number"]
            rest = line[0][found.end() :]
            stop = _SENTENCE_END.search(rest)
            title = rest[: stop.start()] if stop else rest
            if not title.strip() or len(title) > _LONGEST_TITLE:
                return None
            start = line.start() + found.start("number")
            end = line.start() + found.end() + len(title.rstrip())
            return _Heading(
                level, number.strip("、：: \t"), Span(start, end), title.strip()
            )
    return None


def _declared(line: re.Match[str], block: Block | None) -> _Heading | None:
    if block is None or len(line[0]) > _LONGEST_TITLE:
        return None
    return _Heading(max(block.level, 1), "", Span(*line.span()), line[0].strip())


def _inline_headings(text: str, line: Span) -> Iterator[_Heading]:
    found = list(_INLINE.finditer(text, line.start, line.end))
    if not found and (bare := _BARE_NUMERAL.match(text, line.start, line.end)):
        found = [bare]  # 二政治敏锐性不强: kept below only between 一是 and 三是
    for match in found:
        stop = _SENTENCE_END.search(text, match.end(), line.end)
        end = stop.start() if stop else line.end
        if 0 < end - match.end() <= _LONGEST_TITLE:
            span = Span(match.start("number"), end)
            title = text[match.end() : end]
            yield _Heading(
                _INLINE_LEVEL, match["number"].strip("，,"), span, title, True
            )


def _levelled(headings: Iterable[_Heading]) -> list[_Heading]:
    """Close up the levels that a document does not use, and drop broken counting."""
    kept = list(_counted(headings))
    used = sorted({heading.level for heading in kept})
    return [h._replace(level=used.index(h.level) + 1) for h in kept]


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
