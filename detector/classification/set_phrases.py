"""Fixed formulations: they neither make a match nor shield one."""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from detector.text.rules import normalize
from detector.text.units import Units, count_units


class SetPhrases:
    """A list of fixed formulations, ready to be found.

    Phrases are compared as units, so that quotation marks, spaces, width and
    traditional characters make no difference.

    Parameters
    ----------
    phrases : iterable of str
        Without order; empty ones are ignored.
    """

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        folded = {count_units(normalize(phrase)).text for phrase in phrases}
        ordered = sorted(folded - {""}, key=lambda phrase: (-len(phrase), phrase))
        self.phrases: tuple[str, ...] = tuple(ordered)
        # A look-ahead finds phrases that overlap; the longest at a place comes first.
        choice = "|".join(map(re.escape, ordered))
        self._pattern = re.compile(f"(?=({choice}))") if ordered else None

    def __len__(self) -> int:
        return len(self.phrases)

    def mask(self, units: Units) -> NDArray[np.bool_]:
        """Return which units belong to a set phrase: a bool array of shape (n,)."""
        inside = np.zeros(len(units), dtype=np.bool_)
        if self._pattern:
            for match in self._pattern.finditer(units.text):
                inside[match.start(1) : match.end(1)] = True
        return inside
