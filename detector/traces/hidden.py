"""Characters that are not seen, or are not what they look like."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import NamedTuple

from detector.model.span import Span
from detector.text.lookup import CodePointTable, points_of
from detector.traces.drawn_out import find_fillers, find_set_apart
from detector.traces.look_alikes import SUSPECT, find_look_alikes


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
_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u18af\u19e0-\u19ff]")
"""Letters of Thai, Lao, Burmese, Khmer and Mongolian, which say by invisible characters
where a word ends, and how a letter is drawn."""
_JOINERS = "\u200c\u200d"
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+\\Z")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_SYMBOLS = re.compile("[\uf020-\uf0ff]*")
"""Where Word has the signs of Symbol and Wingdings."""
_MOST_PRIVATE, _MOST_SYMBOLS, _KINDS_OF_BOXES = 4, 12, 2
"""Characters of private use in a paragraph that a list with bullets may have; signs of
such fonts, or as many as half of the letters; boxes, empty and ticked."""
_EITHER = re.compile(
    "|".join(one.pattern for one in (_ZERO_WIDTH, _BIDI, _RADICAL, _PRIVATE_USE))
    + f"|[{SUSPECT}]"
)
_HIDES, _SHOWS = 1, 2


def find_hidden(text: str, shown: str | None = None) -> tuple[Hidden, ...]:
    r"""Return what hides in a raw `text`, by paragraph and kind, in order.

    Not what a script or an emoji needs, a soft hyphen in a Latin word, or what stands
    beside white space and at the ends of lines, where it hides nothing. What draws
    words out is looked for in `shown`, the text with its markup covered.

    >>> hidden, = find_hidden("工\u200b作总\u200b结")
    >>> hidden.trick.value, len(hidden.places)
    ('zero_width', 2)
    """
    found = list(_drawn_out(text if shown is None else shown))
    if not text.isascii() and (_table()(points_of(text)) == _HIDES).any():
        found += _all(text)
    if not found:
        return ()
    spans = [Span(*match.span()) for match in re.finditer(r"[^\r\n]+", text)]
    lines = [span.end for span in spans]

    def key(one: tuple[Trick, Span]) -> tuple[int, Trick]:
        return bisect_left(lines, one[1].end), one[0]

    groups = groupby(sorted(found, key=lambda one: (key(one), one[1])), key)
    hidden = [
        Hidden(trick, tuple(span for _, span in group)) for (_, trick), group in groups
    ]

    def line(one: Hidden) -> Span:
        return spans[bisect_left(lines, one.places[0].end)]

    told = (one for one in hidden if not _are_symbols(one, text, line(one)))
    return tuple(sorted(told, key=lambda one: one.places[0]))


@cache
def _table() -> CodePointTable:
    """Tell which characters hide something."""
    return CodePointTable(lambda char: _HIDES if _EITHER.match(char) else _SHOWS)


def _are_symbols(hidden: Hidden, text: str, line: Span) -> bool:
    """Tell whether characters of private use are bullets, boxes or formulas."""
    if hidden.trick is not Trick.PRIVATE_USE:
        return False
    said = "".join(one.of(text) for one in hidden.places)
    if len(said) <= _MOST_PRIVATE or len(set(said)) == len(hidden.places) == 1:
        return True
    few = len(said) <= _MOST_SYMBOLS or 2 * len(said) <= sum(
        map(str.isalpha, line.of(text))
    )
    boxes = len(set(said)) <= _KINDS_OF_BOXES
    return (
        few
        and _SYMBOLS.fullmatch(said) is not None
        and (boxes or not any(_is_within(text, one) for one in hidden.places))
    )


def _is_within(text: str, span: Span) -> bool:
    around = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return all(map(str.isalpha, around))


def _drawn_out(text: str) -> Iterator[tuple[Trick, Span]]:
    """Yield what stands between letters so that no word is a word any more."""
    for span in find_set_apart(text):
        yield Trick.SET_APART, span
    for span in find_fillers(text):
        yield Trick.FILLER, span


def _all(text: str) -> Iterator[tuple[Trick, Span]]:
    for match in _ZERO_WIDTH.finditer(text):
        if not _is_needed(text, *match.span()):
            yield Trick.ZERO_WIDTH, Span(*match.span())
    bidi = list(_BIDI.finditer(text))
    if bidi and not any(
        unicodedata.bidirectional(char) in {"R", "AL"} for char in set(text)
    ):
        yield from ((Trick.BIDI, Span(*match.span())) for match in bidi)
    for match in _RADICAL.finditer(text):
        yield Trick.RADICAL, Span(*match.span())
    for match in _PRIVATE_USE.finditer(text):
        yield Trick.PRIVATE_USE, Span(*match.span())
    for span in find_look_alikes(text):
        yield Trick.LOOK_ALIKE, span


def _is_needed(text: str, start: int, end: int) -> bool:
    """Tell whether invisible characters are there for a good reason, or do no harm."""
    before, after = text[start - 1 : start], text[end : end + 1]
    hidden = text[start:end]
    if not before.strip() or not after.strip() or _UNSPACED.match(before):
        return True
    if _VARIATION.match(hidden):
        return not _is_han(before) or hidden >= "\U000e0100"
    if hidden == "\u00ad" and not _is_han(before + after):
        return True
    if "\U000e0000" <= hidden[0] <= "\U000e007f" or "\ufe0f" in hidden:
        return unicodedata.category(before) in {"So", "Sk", "Cf"}
    if set(hidden) <= set(_JOINERS + "\ufe0f"):
        symbols = unicodedata.category(before) in {"So", "Sk", "Mn", "Cf"}
        joined = before.isalpha() and not _is_cased(before) and not _is_han(before)
        return symbols or joined
    # A break that may be made beside a sign splits no word.
    return not (before.isalnum() and after.isalnum())


def _is_cased(char: str) -> bool:
    return char.lower() != char.upper()


def _is_han(text: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" or char > "\U00020000" for char in text)
