"""Characters that are not seen, or are not what they look like."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby, pairwise
from typing import NamedTuple

from detector.model.span import Span
from detector.text.folds import has_look_alike


class Trick(StrEnum):
    """What is wrong with a character."""

    ZERO_WIDTH = "zero_width"
    BIDI = "bidi"
    LOOK_ALIKE = "look_alike"
    RADICAL = "radical"
    PRIVATE_USE = "private_use"
    SET_APART = "set_apart"
    FILLER = "filler"


class Hidden(NamedTuple):
    """Characters of one kind in one paragraph.

    Attributes
    ----------
    places : tuple of Span
        Each of them, in order.
    """

    trick: Trick
    places: tuple[Span, ...]


_ZERO_WIDTH = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2064"
    "\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e01ef]+"
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]|[\u200e\u200f]")
_RADICAL = re.compile("[\u2e80-\u2eff\u2f00-\u2fdf]")
_WORD = re.compile(r"[^\W\d_]+")
_JOINERS = "\u200c\u200d"
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+\\Z")
_SUSPECT = re.compile(
    "[\u0250-\u02af\u0370-\u052f\u0530-\u058f\u13a0-\u13ff\u1d00-\u1d7f\u2c80-\u2cff"
    "\ua4d0-\ua4ff\ua730-\ua731]"
)
_DRAWN_LATIN = re.compile("[\u1d00-\u1d7f\u0262-\u029f\ua4d0-\ua4ff\ua730-\ua731]{3,}")
"""Words of letters that are written for their looks, or in Lisu."""
_CAPITALS = re.compile(
    "(?<![A-Za-z\u0370-\u052f])[\u0391-\u03a9\u0410-\u042f]{2,}(?![A-Za-z\u0370-\u052f])"
)
"""Words of Greek or Cyrillic capitals only: ОА."""
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_MOST_PRIVATE = 4
"""Characters of private use in a paragraph that a list with bullets may have."""
_APART = re.compile(r"(?<![^\W_])[A-Za-z](?:[^\w\r\n]{1,3}[A-Za-z](?![^\W_])){19,}")
"""Twenty letters of which each stands alone."""
_NO_LETTER = re.compile(r"[\W_]+")
_LINE = re.compile(r"[^\r\n]{80,}")
_FEWEST, _FILLED, _DOUBLED = 60, 0.4, 0.1
"""Letters of a line; the share that is one and the same, and how often it follows
itself."""
_EITHER = re.compile(
    "|".join(
        one.pattern for one in (_ZERO_WIDTH, _BIDI, _RADICAL, _SUSPECT, _PRIVATE_USE)
    )
)


def find_hidden(text: str) -> tuple[Hidden, ...]:
    r"""Return what hides in a raw `text`, by paragraph and kind, in order.

    Not what a script or an emoji needs, a soft hyphen in a Latin word, or what stands
    beside white space and at the ends of lines, where it hides nothing.

    >>> hidden, = find_hidden("工\u200b作总\u200b结")
    >>> hidden.trick.value, len(hidden.places)
    ('zero_width', 2)
    """
    found = list(_drawn_out(text))
    if not text.isascii() and _EITHER.search(text):
        found += _all(text)
    if not found:
        return ()
    found.sort(key=lambda one: one[1])
    lines = [match.end() for match in re.finditer(r"[^\r\n]+", text)]

    def key(one: tuple[Trick, Span]) -> tuple[int, Trick]:
        return bisect_left(lines, one[1].end), one[0]

    groups = groupby(sorted(found, key=lambda one: (key(one), one[1])), key)
    hidden = [
        Hidden(trick, tuple(span for _, span in group)) for (_, trick), group in groups
    ]
    told = (one for one in hidden if not _are_bullets(one))
    return tuple(sorted(told, key=lambda one: one.places[0]))


def _are_bullets(hidden: Hidden) -> bool:
    private = hidden.trick is Trick.PRIVATE_USE
    return private and sum(map(len, hidden.places)) <= _MOST_PRIVATE


def _drawn_out(text: str) -> Iterator[tuple[Trick, Span]]:
    """Yield what stands between letters so that no word is a word any more."""
    for match in _APART.finditer(text):
        letters = _NO_LETTER.sub("", match[0].lower())
        if any(one > other for one, other in pairwise(letters)):  # not the alphabet
            yield Trick.SET_APART, Span(*match.span())
    for line in _LINE.finditer(text):
        letters = _NO_LETTER.sub("", line[0])
        if len(letters) < _FEWEST:
            continue
        filler, count = Counter(letters).most_common(1)[0]
        # A row of noughts is no filler: it stands between others.
        doubled = sum(one == filler == other for one, other in pairwise(letters))
        if count >= _FILLED * len(letters) and doubled <= count * _DOUBLED:
            yield Trick.FILLER, Span(*line.span())


def _all(text: str) -> Iterator[tuple[Trick, Span]]:
    for match in _ZERO_WIDTH.finditer(text):
        if not _is_needed(text, *match.span()):
            yield Trick.ZERO_WIDTH, Span(*match.span())
    if not any(unicodedata.bidirectional(char) in {"R", "AL"} for char in set(text)):
        for match in _BIDI.finditer(text):
            yield Trick.BIDI, Span(*match.span())
    for match in _RADICAL.finditer(text):
        yield Trick.RADICAL, Span(*match.span())
    for match in _PRIVATE_USE.finditer(text):
        yield Trick.PRIVATE_USE, Span(*match.span())
    if _SUSPECT.search(text):
        yield from _look_alikes(text)


def _look_alikes(text: str) -> Iterator[tuple[Trick, Span]]:
    words = list(_WORD.finditer(text))
    native = any(_is_native(match[0]) for match in words)
    for match in words:
        if _is_mixed(match[0]):
            yield Trick.LOOK_ALIKE, Span(*match.span())
    for match in _DRAWN_LATIN.finditer(text):
        if all(map(has_look_alike, match[0])):
            yield Trick.LOOK_ALIKE, Span(*match.span())
    for match in () if native else _CAPITALS.finditer(text):
        if all(map(has_look_alike, match[0])):
            yield Trick.LOOK_ALIKE, Span(*match.span())


def _is_needed(text: str, start: int, end: int) -> bool:
    """Tell whether invisible characters are there for a good reason, or do no harm."""
    before, after = text[start - 1 : start], text[end : end + 1]
    hidden = text[start:end]
    if not before or not after or before.isspace() or after.isspace():
        return True
    if _VARIATION.match(hidden):
        return not _is_han(before) or hidden > "\U000e0100"
    if hidden == "\u00ad":
        return before.isalpha() and after.isalpha() and not _is_han(before + after)
    if "\U000e0000" <= hidden[0] <= "\U000e007f" or "\ufe0f" in hidden:
        return unicodedata.category(before) in {"So", "Sk", "Cf"}
    if set(hidden) <= set(_JOINERS + "\ufe0f"):
        symbols = unicodedata.category(before) in {"So", "Sk", "Mn", "Cf"}
        joined = before.isalpha() and not _is_cased(before) and not _is_han(before)
        return symbols or joined
    # A break that may be made beside a sign splits no word.
    return not (before.isalnum() and after.isalnum())


def _is_mixed(word: str) -> bool:
    """Tell whether a word mixes Latin letters with others that look like them."""
    if not _SUSPECT.search(word):
        return False
    latin = any("a" <= char.lower() <= "z" for char in word)
    likes = [char for char in word if _SUSPECT.match(char)]
    return latin and len(word) > 2 and all(map(has_look_alike, likes))  # noqa: PLR2004


def _is_native(word: str) -> bool:
    """Tell whether a word has a letter that looks like no Latin one."""
    return any(_SUSPECT.match(char) and not has_look_alike(char) for char in word)


def _is_cased(char: str) -> bool:
    return char.lower() != char.upper()


def _is_han(text: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" or char > "\U00020000" for char in text)
