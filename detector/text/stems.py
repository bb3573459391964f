"""Units as classes: inflected words and figures of one form count as the same.

Copied text is looked for by stems (Tasks → task), and what is common is learnt about
them: after 增长 stands a figure, whichever it is.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.text.units import Units

_WORD = np.uint64(1 << 63)
_FIRST_CLASS = (1 << 63) | (1 << 62)
_MOST_DIGITS = 8
YEAR = np.uint64(_FIRST_CLASS)
"""The class of 1900 to 2099."""
FIGURES = np.array([_FIRST_CLASS + n for n in range(_MOST_DIGITS + 1)], np.uint64)
"""The classes of figures by their digits, `YEAR` in the place of those of none."""
_KNOWN: dict[int, int] = {}
_MOST_KNOWN = 1 << 18


def find_stems(units: Units, raw: str) -> NDArray[np.uint64]:
    """Return the class of each unit: a uint64 array of shape (n,), read-only.

    A word's is that of its stem, a figure's that of its form, any other unit's its
    code. `raw` is the text that `units` were counted in. Stems are English ones by
    Snowball (M. Porter, https://snowballstem.org); other languages keep more forms.
    """
    stems = units.codes.copy()
    at = np.flatnonzero(units.codes >= _WORD)
    codes = units.codes[at].tolist()
    classes = list(map(_KNOWN.get, codes))
    new = [number for number, found in enumerate(classes) if found is None]
    for number in new:
        span = slice(units.starts[at[number]], units.ends[at[number]])
        classes[number] = _class_of(codes[number], raw[span].casefold())
    stems[at] = np.array(classes, np.uint64)
    stems.flags.writeable = False
    return stems


def figure_digits(stems: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return how many digits each unit has: 0 if it is no figure, -1 for a year."""
    digits = np.zeros(len(stems), dtype=np.int64)
    figure = (stems >= FIGURES[0]) & (stems <= FIGURES[-1])
    digits[figure] = (stems[figure] - FIGURES[0]).astype(np.int64)
    digits[stems == YEAR] = -1
    return digits


def _class_of(code: int, word: str) -> int:
    """Return the class of a word, and know it from now on."""
    if code in _KNOWN:
        return _KNOWN[code]
    if len(_KNOWN) >= _MOST_KNOWN:
        _KNOWN.clear()
    found = _figure_class(word) if word[0].isdigit() else _stem_class(code, word)
    _KNOWN[code] = found
    return found


def _figure_class(word: str) -> int:
    if len(word) == 4 and word[:2] in {"19", "20"}:  # noqa: PLR2004
        return int(YEAR)
    digits = sum(char.isdigit() for char in word)
    return int(FIGURES[min(digits, _MOST_DIGITS)])


def _stem_class(code: int, word: str) -> int:
    if not word.isascii():
        return code
    stem = _stemmer().stemWord(word.partition("'")[0])
    # The numbers of words and of figure classes do not meet: bit 62 is not set.
    return (1 << 63) | (_number(stem) >> 2)


def _number(word: str) -> int:
    """Return the first 64 bits of a digest, the same on every machine."""
    from hashlib import blake2b

    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


@cache
def _stemmer() -> Any:  # noqa: ANN401
    from Stemmer import Stemmer

    return Stemmer("english")
