"""What stands around the running text: title block, signature, table of contents."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from detector.model.span import Span
from detector.text.ignores import comment_spans
from detector.text.scripts import NUMERAL

Furniture: TypeAlias = tuple[tuple[str, Span], ...]
"""Reason codes of `detector.messages`, each with the raw span that is not counted."""

_Line: TypeAlias = re.Match[str]

TITLE, SIGNATURE, CONTENTS, FRONT_MATTER = "N101", "N102", "N103", "N104"
COMMENT = "N105"

_LONGEST_TITLE = 30
_LONGEST_FIRST = 45
_MOST_TITLE_LINES = 5
_FEWEST_CONTENTS = 3
_AFTER_DATE = 2
_BEFORE_DATE = 2
_LINE = re.compile(r"[^\r\n]+")
_PROSE = re.compile(r"^\W*$|[.;!?:,][\"')\]]*\s*$|[。；！？：，]")
_GOES_ON = re.compile(r"\s*[a-z]+[\s,;]")
_NUMBERED = re.compile(
    rf"\s*(?:#{{2,}}\s|[-*•+|]|[{NUMERAL}]+[、是]|[（(][{NUMERAL}\d]+[）)]|\d+[、.．]"
    rf"|第[{NUMERAL}\d]+[条章节])"
)
_DIGIT = rf"[{NUMERAL}○\dxX×]"
_DATE = re.compile(
    rf"\s*[（(]?{_DIGIT}{{4}}\s*年(?:\s*{_DIGIT}+\s*月)?(?:\s*{_DIGIT}+\s*日)?[）)]?\s*$"
    r"|\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s*$"
    r"|\s*\d{1,2} [A-Z][a-z]+ \d{4}\s*$|\s*[A-Z][a-z]+ \d{1,2}, \d{4}\s*$"
)
# Who signs: a short name, or an organisation.
_SIGNER = re.compile(
    r"\s*\S{2,4}\s*$|.*(?:委员会|政府|公司|集团|委|办公室|办公厅|国务院|[局厅部院处组校社站所队])\s*$"
    r"|.*(?:支部|中心|单位|Committee|Office|Department|Ltd\.?|Inc\.?)\s*$"
)
# What may follow a date: （此件公开发布）.
_NOTE = re.compile(r"\s*[（(][^（）()]{1,30}[）)]\s*$")
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|\t)\s*(\d{1,4})\s*$")
_LONGEST_LEADER = 200
"""Characters at the end of a line that are looked at for what leads to a page."""
_BLANKS = re.compile(r"\s+")
_SURELY_CONTENTS, _MOST_ASKED, _LONGEST_NAME = 100, 100, 80
"""Characters of a table of contents that is believed; entries that are looked up, and
the length of one."""
_HEADING_NUMBER = re.compile(
    rf"\A(?:第[{NUMERAL}\d]+[编部篇章节条]"
    rf"|[（(]?(?:[{NUMERAL}]+|\d+(?:[.．]\d+)*)[）)、.．]?)"
)
_MOST_FRONT = 300
"""Characters of the values of a front matter: a page has few, and no text in them."""
_LONGEST_COMMENT = 150
_CONTENTS_TITLE = re.compile(r"\s*(?:目\s*录|[Cc]ontents)\s*$")
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\r?\n(?:[ \t]*\r?\n|[A-Za-z_-]+[ \t]*:.{0,80}\r?\n)*"
    r"---[ \t]*(?:\r?\n|\Z)"
)


def find_furniture(text: str) -> Furniture:
    """Return the parts of a raw `text` that no figure counts, in order, disjoint.

    The title block is short lines without a sentence before the first prose or heading;
    the signature a date at the end with the names above it; a table of contents three
    lines and more that end in ascending page numbers. In doubt a line is running text:
    what is not counted is not compared.
    """
    begin = _front_matter(text)
    comments = list(_short_comments(text))
    written = (m for m in _LINE.finditer(text, begin) if not m[0].isspace())
    lines = [m for m in written if not _inside(m, comments)]
    found = [(FRONT_MATTER, Span(0, begin))] if begin else []
    title = _title_lines(text, lines)
    body = lines[len(title) :]
    if not body:  # nothing but short lines: a list or a heading is running text, too
        title, body = [], lines
    found += _joined(TITLE, title)
    contents = _contents_lines(body, text)
    found += [(CONTENTS, Span(*line.span())) for line in contents]
    found += _joined(SIGNATURE, _signature_lines(body[1:]))
    if comments:
        outer = sorted(span for _, span in found)
        found += [(COMMENT, one) for one in comments if not _around(one.start, outer)]
        found.sort(key=lambda one: one[1])
    return tuple(found)


def _front_matter(text: str) -> int:
    """Return where a front matter ends, 0 for none; one that says much is text."""
    front = _FRONT_MATTER.match(text)
    if not front:
        return 0
    values = (line.partition(":")[2].strip() for line in front[0].splitlines())
    return front.end() if sum(map(len, values)) <= _MOST_FRONT else 0


def _short_comments(text: str) -> Iterator[Span]:
    """Yield the comments to this tool, as long as they say little in all.

    Whoever opens the file reads them: what says more is text, and is compared.
    """
    left = max(len(text) // 10, 2 * _LONGEST_COMMENT)
    for span in comment_spans(text):
        if len(span) <= min(left, _LONGEST_COMMENT):
            left -= len(span)
            yield span


def _inside(line: _Line, comments: Sequence[Span]) -> bool:
    """Tell whether a line holds nothing but a comment to this tool, or a part of it."""
    around = _around(line.start(), comments)
    return around is not None and line.end() <= around.end


def _around(place: int, spans: Sequence[Span]) -> Span | None:
    """Return which of the spans, disjoint and in order, a place is in."""
    at = bisect_right(spans, place, key=lambda span: span.start) - 1
    return spans[at] if at >= 0 and place < spans[at].end else None


def _title_lines(text: str, lines: Sequence[_Line]) -> list[_Line]:
    title: list[_Line] = []
    for line in lines[:_MOST_TITLE_LINES]:
        longest = _LONGEST_TITLE if title else _LONGEST_FIRST
        short = len(line[0].strip()) <= longest
        if not short or _PROSE.search(line[0]) or _NUMBERED.match(line[0]):
            break
        title.append(line)
    # A long first line that runs on is the beginning of a hard-wrapped paragraph.
    if title and len(title[0][0].strip()) > _LONGEST_TITLE and len(lines) > 1:
        gap = text[title[0].end() : lines[1].start()]
        runs_on = len(gap.splitlines()) <= 1 and not _NUMBERED.match(lines[1][0])
        if runs_on:
            return []
    # So is what goes on with a small letter.
    if title and len(title) < len(lines) and _GOES_ON.match(lines[len(title)][0]):
        return []
    return title


def _contents_lines(lines: Sequence[_Line], text: str) -> list[_Line]:
    """Return the first lines of the body that end in ascending page numbers.

    A long table of contents names what comes after it: else it is text.
    """
    entries: list[_Line] = []
    names: list[str] = []
    pages: list[int] = []
    for at, line in enumerate(lines):
        end = line[0].rstrip()
        leader = _LEADERS.search(end, max(len(end) - _LONGEST_LEADER, 0))
        tabbed = leader and "\t" in leader[0] and not _NUMBERED.match(line[0])
        if not leader or tabbed or leader.start() > _LONGEST_NAME:
            if at == len(entries) == 0 and _CONTENTS_TITLE.match(line[0]):
                continue
            break
        entries.append(line)
        names.append(_BLANKS.sub("", end[: leader.start()]))
        pages.append(int(leader[1]))
    long = len(entries) >= _FEWEST_CONTENTS
    if not long or pages != sorted(pages):
        return []
    return entries if _are_named(names, text[entries[-1].end() :]) else []


def _are_named(names: Sequence[str], rest: str) -> bool:
    """Tell whether the text has what its contents name, with their numbers or not."""
    if sum(map(len, names)) <= _SURELY_CONTENTS:
        return True
    rest = _BLANKS.sub("", rest)
    asked = [_HEADING_NUMBER.sub("", name, count=1) for name in names[:_MOST_ASKED]]
    named = sum(len(name) for name in asked if name in rest)
    return 2 * named >= sum(map(len, asked))


def _signature_lines(lines: Sequence[_Line]) -> list[_Line]:
    last = len(lines) - 1
    for date in range(last, max(last - _AFTER_DATE, 0) - 1, -1):
        if _DATE.match(lines[date][0]):
            break
    else:
        return []
    first = date
    while first and date - first < _BEFORE_DATE and _is_signer(lines[first - 1][0]):
        first -= 1
    if not all(_NOTE.match(line[0]) for line in lines[date + 1 :]):
        return []
    return list(lines[first:])


def _is_signer(line: str) -> bool:
    short = len(line.strip()) <= _LONGEST_TITLE
    prose = _PROSE.search(line) or _NUMBERED.match(line)
    return bool(short and not prose and _SIGNER.match(line))


def _joined(reason: str, lines: Sequence[_Line]) -> Iterator[tuple[str, Span]]:
    if lines:
        yield reason, Span(lines[0].start(), lines[-1].end())
