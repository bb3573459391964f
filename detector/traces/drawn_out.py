"""What stands between letters, so that no word is one any more."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from detector.model.span import Span
from detector.text.folds import drop_invisible
from detector.text.scripts import HAN

_APART = re.compile(r"(?<![^\W_])[A-Za-z](?:[^\w\r\n]{1,3}[A-Za-z](?![^\W_])){19,}")
"""Twenty letters of which each stands alone."""
_VARIED = 8
"""Different letters of a text; a key to questions, and marks, have fewer."""
_LONGEST_HEADING = 120
_MOST_HEADINGS = 3
"""Headings in spaced capitals that an ordinary text may have."""
_NO_LETTER = re.compile(r"[\W_]+")
_LINE = re.compile(r"[^\r\n]{80,}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]\[?")
_FEWEST, _FILLED, _DOUBLED = 60, 0.4, 0.1
"""Letters of a line; the share that is one and the same, and how often it follows
itself."""
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
_CHINESE = (*range(0x3000, 0x3020), *range(0x4E00, 0xA000), *range(0xFF00, 0xFF20))
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
_MAY_BE_JOINT = re.compile(r"[A-Za-z]['’＇][A-Za-z]|\*")
_PIECE = re.compile(r"[A-Za-z]+")
_CUT, _FEWEST_CUT, _OFTEN_CUT = 0.3, 4, 10
"""Share of the pieces of a line that are cut off from the next; how many different
cuts a line has, and how often such lines together are cut."""


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
    for line in _LINE.finditer(text):
        if _is_filled(line[0]):
            yield Span(*line.span())
    dust = _class(filter(_is_dust, _unusual(text)))
    if not dust:
        return
    # Not what a figure follows: 5米²、6米²。
    dusted = re.compile(rf"[{HAN}](?=[{dust}]++\W{{0,3}}[{HAN}])")
    for line in _WRITTEN.finditer(text):
        places = [found.start() for found in dusted.finditer(line[0])]
        # A part of a line is enough: the rest may be of one's own.
        for start, end in zip(places, places[_FEWEST_DUSTED - 1 :], strict=False):
            if end - start < _DUSTED_WITHIN:
                yield Span(line.start() + start, line.end())
                break


def _says_something(apart: str) -> bool:
    """Tell whether single letters are neither the alphabet nor a key to questions."""
    letters = _NO_LETTER.sub("", apart.lower())
    sorted_ = all(one <= other for one, other in pairwise(letters))
    return len(set(letters)) >= _VARIED and not sorted_


def _may_be_heading(apart: str) -> bool:
    return apart.isupper() and len(apart) <= _LONGEST_HEADING


def _is_filled(line: str) -> bool:
    if max(Counter(line).values()) < _FILLED * _FEWEST:  # as of most lines
        return False
    letters = _NO_LETTER.sub("", line)
    if len(letters) < _FEWEST:
        return False
    filler, count = Counter(letters).most_common(1)[0]
    if count < _FILLED * len(letters) or len(set(letters)) <= _DIFFERENT:
        return False
    # A row of noughts is no filler: it stands between others.
    doubled = sum(one == filler == other for one, other in pairwise(letters))
    seen = _CONTROL.sub("", line)
    between = len(re.findall(rf"(?<=[^\W_]){re.escape(filler)}(?=[^\W_])", seen))
    return doubled <= count * _DOUBLED and between >= _BETWEEN * len(letters)


def _cut_lines(text: str) -> Iterator[Span]:
    """Yield lines whose Latin words are cut by what is too narrow to part two."""
    cuts = _class(filter(_is_cut, _unusual(text)))
    if not cuts and not _MAY_BE_JOINT.search(text):
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


def _class(chars: Iterable[str]) -> str:
    """Return the inside of a character class of a regular expression."""
    return "".join(map(re.escape, sorted(chars)))


def _count(pattern: re.Pattern[str], line: str) -> int:
    return sum(1 for _ in pattern.finditer(line))


@lru_cache(maxsize=2)
def _unusual(text: str) -> frozenset[str]:
    """Return the characters of a text that may be dust, or cut words; it is kept."""
    return frozenset() if text.isascii() else frozenset(text) - _plain()


@cache
def _plain() -> frozenset[str]:
    """Return characters that are neither: most texts have few others."""
    return frozenset(
        char
        for char in map(chr, (*range(0x80), *range(0x2010, 0x2030), *_CHINESE))
        if not _is_dust(char) and not _is_cut(char)
    )


@cache
def _is_dust(char: str) -> bool:
    """Tell whether nobody writes a letter or mark beside Chinese characters."""
    if _LETTERS_OF_TEXTS.match(char) and not _REPEATS.match(char):
        return unicodedata.category(char) in {"Mn", "Mc", "Me", "Cn"}
    return unicodedata.category(char) in _DUST and not any(drop_invisible(char))


@cache
def _is_cut(char: str) -> bool:
    if char.isascii() or _ACCENT.match(char) or any(drop_invisible(char)):
        return False
    return bool(_NARROW.match(char)) or unicodedata.category(char) in _CUTS
