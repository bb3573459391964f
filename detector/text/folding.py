"""Rules that replace every character on its own, read from one array."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from detector.text.lookup import CodePointTable, text_of
from detector.text.normalized import NormalizedText, Rule, edited
from detector.text.scripts import common_han

_POINT = np.uint32((1 << 21) - 1)
_KNOWN, _OTHER_LENGTH, _MARKS = 1 << 21, 1 << 22, 23
"""An entry: what the character becomes, if it is one; that it is known; its marks."""


def _unmarked(_: str) -> int:
    return 0


class Folding:
    """Follows rules as if each character stood alone.

    Parameters
    ----------
    rules : sequence of rules
        Must leave the common Chinese characters as they are.
    marks : callable
        Takes one character, returns up to 9 bits that `marks` collects of a text. Those
        of common Chinese characters are 0.
    """

    def __init__(
        self, rules: Sequence[Rule], marks: Callable[[str], int] = _unmarked
    ) -> None:
        self._rules = rules
        self._marks = marks
        self._replacements: dict[str, str] = {}
        self._table = CodePointTable(self._entry)
        common = common_han()
        self._table.learn(common, common | np.uint32(_KNOWN))

    def marks(self, text: NormalizedText) -> int:
        """Return the union of the marks of all characters of `text`."""
        return int(np.bitwise_or.reduce(self._table(text.codes))) >> _MARKS

    def fold(self, text: NormalizedText) -> NormalizedText:
        """Return `text` after the rules, in O(n) time."""
        points = text.codes
        entries = self._table(points)
        folded = entries & _POINT
        if not np.bitwise_or.reduce(entries) & _OTHER_LENGTH:
            if (folded == points).all():
                return text
            return NormalizedText(text.raw, text_of(folded), text.starts, text.ends)
        places = np.flatnonzero(entries & _OTHER_LENGTH)
        replacements = [self._replacements[text.text[at]] for at in places.tolist()]
        return _spliced(text, text_of(folded), places, replacements)

    def _entry(self, char: str) -> int:
        folded = char
        for rule in self._rules:
            folded = edited(folded, rule(folded))
        marks = _KNOWN | self._marks(char) << _MARKS
        if len(folded) == 1:
            return marks | ord(folded)
        self._replacements[char] = folded
        return marks | ord(char) | _OTHER_LENGTH


def _spliced(
    text: NormalizedText,
    folded: str,
    places: NDArray[np.intp],
    replacements: Sequence[str],
) -> NormalizedText:
    """Return `folded`, as long as `text`, with `replacements` put at `places`."""
    pieces: list[str] = []
    done = 0
    for here, replacement in zip(places.tolist(), replacements, strict=True):
        pieces += folded[done:here], replacement
        done = here + 1
    pieces.append(folded[done:])
    lengths = np.ones(len(folded), dtype=np.intp)
    lengths[places] = [len(replacement) for replacement in replacements]
    origin = np.repeat(np.arange(len(folded)), lengths)
    starts = np.append(text.starts[origin], text.starts[-1])
    ends = np.append(text.ends[:1], text.ends[origin + 1])
    return NormalizedText(text.raw, "".join(pieces), starts, ends)
