"""Fixed formulations: they neither make a match nor shield one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from detector.text.folds import has_traditional, simplify
from detector.text.lookup import points_of
from detector.text.rules import DEFAULT_RULES, normalize
from detector.text.units import Units, count_units

_LONGEST_HEAD = 4
_SEPARATOR = "\n"  # no unit, and nothing composes or makes a word with it
_WITHOUT_CONTEXT = tuple(rule for rule in DEFAULT_RULES if rule is not simplify)


class SetPhrases:
    """A list of fixed formulations, ready to be found.

    Phrases are compared as units, so that quotation marks, spaces, width and
    traditional characters make no difference. The same list is prepared once.

    Parameters
    ----------
    phrases : iterable of str
        Without order; empty ones are ignored.
    """

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        self._finder = _finder(tuple(phrases))
        self.phrases: tuple[str, ...] = self._finder.phrases

    def __len__(self) -> int:
        return len(self.phrases)

    def mask(self, units: Units) -> NDArray[np.bool_]:
        """Return which units belong to a set phrase: a bool array of shape (n,)."""
        inside = np.zeros(len(units), dtype=np.bool_)
        for start, stop in self._finder.find(units.text):
            inside[start:stop] = True
        return inside


class _Finder:
    """Finds the longest of some phrases at every place of a text.

    Parameters
    ----------
    phrases : tuple of str
        None of them empty, the longest first.
    """

    def __init__(self, phrases: tuple[str, ...]) -> None:
        self.phrases = phrases
        shortest = len(phrases[-1]) if phrases else 0
        self._head = min(shortest, _LONGEST_HEAD)
        self._by_head: defaultdict[str, list[str]] = defaultdict(list)
        for phrase in phrases:
            self._by_head[phrase[: self._head]].append(phrase)
        # Bit i: whether a phrase has this character in place i.
        self._places = np.zeros(0x110000, dtype=np.uint8)
        for place in range(self._head):
            chars = "".join(head[place] for head in self._by_head)
            self._places[points_of(chars)] |= 1 << place

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return where the longest phrase at each place begins and ends."""
        found: list[tuple[int, int]] = []
        for start in self._candidates(text):
            for phrase in self._by_head.get(text[start : start + self._head], ()):
                if text.startswith(phrase, start):
                    found.append((start, start + len(phrase)))
                    break
        return found

    def _candidates(self, text: str) -> list[int]:
        """Return where each of the next characters is that of some phrase there."""
        count = max(len(text) - self._head + 1, 0)
        if not self._head or not count:
            return []
        places = self._places.take(points_of(text))
        fitting = places[:count] & 1
        for place in range(1, self._head):
            fitting &= places[place : place + count] >> place
        found: list[int] = np.flatnonzero(fitting).tolist()
        return found


@lru_cache(maxsize=8)
def _finder(phrases: tuple[str, ...]) -> _Finder:
    folded = set(_folded(phrases)) - {""}
    return _Finder(tuple(sorted(folded, key=lambda phrase: (-len(phrase), phrase))))


def _folded(phrases: Sequence[str]) -> list[str]:
    """Return the units of each phrase.

    One normalization of all phrases is many times faster than one for each. Whether
    a character is traditional, however, is a question about each phrase alone.
    """
    units = count_units(normalize(_SEPARATOR.join(phrases), _WITHOUT_CONTEXT))
    ends = np.cumsum([len(phrase) + len(_SEPARATOR) for phrase in phrases]) - 1
    stops = np.searchsorted(units.ends, ends, "right").tolist()
    pieces = (units.text[a:b] for a, b in zip([0, *stops], stops, strict=False))
    return [
        count_units(normalize(phrase)).text if has_traditional(piece) else piece
        for phrase, piece in zip(phrases, pieces, strict=True)
    ]
