"""What stands between letters, so that no word is one any more."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import numpy as np

from detector.kernels.distinct import distinct, is_new
from detector.model.span import Span
from detector.text.folds import drop_invisible
from detector.text.lookup import CodePointTable, points_of, text_of
from detector.text.scripts import HAN

_APART = re.compile(r"(?<![^\W_])[A-Za-z](?:[^\w\r\n]{1,3}[A-Za-z](?![^\W_])){19,}")
"""Twenty letters of which each stands alone."""
_VARIED = 8
"""Different letters of a text; a key to questions, and marks, have fewer."""
_LONGEST_HEADING = 120
_MOST_HEADINGS = 3
"""Headings in spaced capitals that an ordinary text may have."""
_NO_LETTER = re.compile(r"[\W_]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]\[?")
_SHORTEST, _FEWEST, _FILLED, _DOUBLED = 80, 60, 0.4, 0.1
"""Characters and letters of a line; the share of these that is one and the same, and
how often it follows itself."""
_BETWEEN = 0.3
"""Share of the letters that stand as it between two others: 张村、李村 has none."""
_DIFFERENT = 12
"""Letters that figures and codes have."""

_WRITTEN = re.compile(r"[^\r\n]+")
_FEWEST_DUSTED, _DUSTED_WITHIN = 15, 65
"""Chinese characters after which dust stands, and within how many characters of a line:
after three of ten."""
_LETTERS_OF_TEXTS = re.compile(
    "[\0-\u024f\u0300-\u052f\u1100-\u11ff\u1e00-\u1eff\u2e80-\u9fff\ua960-\ua97f\uac00-\ufaff"
    f"\uff00-\uffef\u2100-\u214f\U0001d400-\U0001d7ff{HAN}]"
)
"""Letters that people write beside Chinese characters, those of formulas among them."""
_REPEATS = re.compile("[²³¹\u3031-\u3035\uff70\uff9e\uff9f]")
_DUST = {"Lm", "Lo", "Ll", "Lu", "Mn", "Mc", "Me", "No", "Cn", "Sk"}

_CUTS = {"Lm", "Sk", "Mn", "Mc", "Me", "Cn"}
COVER = "\u2800"
"""Stands for markup within words, which is not shown."""
_NARROW = re.compile(
    # Blanks narrower than that between words, points, marks.
    f"[\u2005\u2006\u2009\u200a\u202f\u205f\u1680{COVER}\u00b7\u2027\u2219\u22c5\u30fb\uff65"
    "\u05f3\u05f4\u1cd0-\u1cff\ua788-\ua78f]"
)
_ACCENT = re.compile("[\u0300-\u0344\u0346-\u036f]")
_JOINT = (
    # Not the apostrophe of l'avis and don't.
    r"(?<=[A-Za-z]([A-Za-z]))['’＇](?=([A-Za-z])[A-Za-z])"
    # Emphasis within a word: har*b*our; the bounds are those of a word.
    r"|(?<![\w*])[A-Za-z]{1,30}\*{1,3}[A-Za-z]{1,30}\*{1,3}[A-Za-z]{1,30}(?![\w*])"
)
_MAY_BE_JOINT = r"(?<=[A-Za-z]{2})['’＇](?=[A-Za-z]{2})|\*"
"""Part of every joint; emphasis counts as two, and has two."""
_PIECE = re.compile(r"[A-Za-z]+")
_CUT, _FEWEST_CUT, _OFTEN_CUT = 0.3, 4, 10
"""Share of the pieces of a line that are cut off from the next; how many different
cuts a line has, and how often such lines together are cut."""

_ANY, _LETTER, _IS_DUST, _IS_CUT = 1, 2, 4, 8
"""Kinds of characters, one or more of each; 0 is what nothing is known of yet."""
_POINT_BITS = 21


def find_set_apart(text: str) -> Iterator[Span]:
    """Yield words of which each letter stands alone, and lines whose words are cut."""
    apart = [found for found in _APART.finditer(text) if _says_something(found[0])]
    headings = {found for found in apart if _may_be_heading(found[0])}
    for found in apart:
        if found not in headings or len(headings) > _MOST_HEADINGS:
            yield Span(*found.span())
    yield from _cut_lines(text)


def find_fillers(text: str) -> Iterator[Span]:
    """Yield lines with a letter between all others that is always the same or dust.

    Of dust, from where it begins.
    """
    for line in _crowded(text):
        if len(line) >= _SHORTEST and _is_filled(line.of(text)):
            yield line
    dust = _class(text, _IS_DUST)
    if not dust:
        return
    # Not what a figure follows: 5米²、6米²。
    dusted = re.compile(rf"[{HAN}](?=[{dust}]++\W{{0,3}}[{HAN}])")
    for row in _WRITTEN.finditer(text):
        places = [found.start() for found in dusted.finditer(row[0])]
        # A part of a line is enough: the rest may be of one's own.
        for start, end in zip(places, places[_FEWEST_DUSTED - 1 :], strict=False):
            if end - start < _DUSTED_WITHIN:
                yield Span(row.start() + start, row.end())
                break


def _says_something(apart: str) -> bool:
    """Tell whether single letters are neither the alphabet nor a key to questions."""
    letters = _NO_LETTER.sub("", apart.lower())
    sorted_ = all(one <= other for one, other in pairwise(letters))
    return len(set(letters)) >= _VARIED and not sorted_


def _may_be_heading(apart: str) -> bool:
    return apart.isupper() and len(apart) <= _LONGEST_HEADING


def _crowded(text: str) -> Iterator[Span]:
    """Yield the lines of which a large part of the letters is one and the same."""
    points = points_of(text)
    line = np.cumsum((points == ord("\n")) | (points == ord("\r")), dtype=np.int32)
    letters = np.flatnonzero(_kinds()(points) & _LETTER)
    of_line = np.bincount(line[letters])
    keys = np.sort(line[letters].astype(np.int64) << _POINT_BITS | points[letters])
    begins = np.flatnonzero(is_new(keys))
    number = keys[begins] >> _POINT_BITS
    filled = np.diff(begins, append=len(keys)) >= _FILLED * of_line[number]
    filled &= of_line[number] >= _FEWEST
    for one in distinct(number[filled]).tolist():
        start, stop = np.searchsorted(line, [one, one + 1]).tolist()
        yield Span(start + (one > 0), stop)  # a line begins with the break before it


def _is_filled(line: str) -> bool:
    """Tell whether a letter stands between all others of a crowded line."""
    letters = _NO_LETTER.sub("", line)
    filler, count = Counter(letters).most_common(1)[0]
    if len(set(letters)) <= _DIFFERENT:
        return False
    # A row of noughts is no filler: it stands between others.
    doubled = sum(one == filler == other for one, other in pairwise(letters))
    seen = _CONTROL.sub("", line)
    between = len(re.findall(rf"(?<=[^\W_]){re.escape(filler)}(?=[^\W_])", seen))
    return doubled <= count * _DOUBLED and between >= _BETWEEN * len(letters)


def _cut_lines(text: str) -> Iterator[Span]:
    """Yield lines whose Latin words are cut by what is too narrow to part two."""
    cuts = _class(text, _IS_CUT)
    may_be = _MAY_BE_JOINT + (rf"|(?<=[A-Za-z\u2060])[{cuts}]" if cuts else "")
    if _count(re.compile(may_be), text) < _OFTEN_CUT:
        return
    signs = rf"|(?<=([A-Za-z]))\u2060?[{cuts}][{cuts}\u2060]*+(?=([A-Za-z]))"
    joint = re.compile(_JOINT + (signs if cuts else ""))
    lines = []
    for line in _WRITTEN.finditer(text):
        joints = [(found[0], *found.groups()) for found in joint.finditer(line[0])]
        count = len(joints) + sum("*" in one for one, *_ in joints)
        # Units of measure are the same again and again: kW·h.
        different = len(set(joints)) >= _FEWEST_CUT
        if different and count >= _CUT * _count(_PIECE, line[0]):
            lines.append((Span(*line.span()), count))
    if sum(count for _, count in lines) >= _OFTEN_CUT:
        yield from (span for span, _ in lines)


def _class(text: str, kind: int) -> str:
    """Return the characters of a kind, as the inside of a character class."""
    points = points_of(text)
    found = text_of(distinct(points[_kinds()(points) & kind != 0]))
    return "".join(map(re.escape, found))


def _count(pattern: re.Pattern[str], line: str) -> int:
    return sum(1 for _ in pattern.finditer(line))


@cache
def _kinds() -> CodePointTable:
    """Return the kinds of each character, as a sum."""
    return CodePointTable(
        lambda char: (
            _ANY
            + _LETTER * char.isalnum()
            + _IS_DUST * _is_dust(char)
            + _IS_CUT * _is_cut(char)
        )
    )


def _is_dust(char: str) -> bool:
    """Tell whether nobody writes a letter or mark beside Chinese characters."""
    if _LETTERS_OF_TEXTS.match(char) and not _REPEATS.match(char):
        return unicodedata.category(char) in {"Mn", "Mc", "Me", "Cn"}
    return unicodedata.category(char) in _DUST and not any(drop_invisible(char))


def _is_cut(char: str) -> bool:
    if char.isascii() or _ACCENT.match(char) or any(drop_invisible(char)):
        return False
    return bool(_NARROW.match(char)) or unicodedata.category(char) in _CUTS
