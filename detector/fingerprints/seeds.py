"""Seeds: short exact k-grams of a text, of which their hash keeps some.

Whether one is kept depends on nothing but itself, so that a passage and its copy keep
the same ones. After U. Manber, "Finding Similar Files in a Large File System", USENIX
Winter 1994. A passage of 30 equal characters keeps none with a probability of 2e-5.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.kernels.rolling import kgram_hashes

OF_CHARACTERS, OF_WORDS = 4, 2
"""Units of a seed that begins with a character, or with a word."""
EVERY = 3
"""One seed of characters in so many is kept; those of words all are, being fewer."""
TEXT_RULES = 3
"""Number of the rules that fold a text and cut it into units: another number, other
seeds. A test fails when they change, so that this is not forgotten."""
_FIRST_WORD = np.uint64(1 << 63)


class Seeds(NamedTuple):
    """The m seeds of a text, in order.

    Attributes
    ----------
    places : int64 array of shape (m,), ascending
        The unit that each begins at.
    widths : int64 array of shape (m,)
        Its units.
    hashes : uint64 array of shape (m,)
    """

    places: NDArray[np.int64]
    widths: NDArray[np.int64]
    hashes: NDArray[np.uint64]


def seeds_of(loose: NDArray[np.uint64], every: int = EVERY) -> Seeds:
    """Return the seeds of a text.

    Parameters
    ----------
    loose : uint64 array of shape (n,)
        Units, as `Weighed.loose` has them. Takes some 20 ns a unit.
    every : int
        Of the seeds of characters, one in so many is kept; 1 keeps all.
    """
    of_words = loose >= _FIRST_WORD
    long = kgram_hashes(loose, OF_CHARACTERS)
    short = kgram_hashes(loose, OF_WORDS)
    begins_long = np.flatnonzero(
        ~of_words[: len(long)] & (long % np.uint64(every) == 0)
    )
    begins_short = np.flatnonzero(of_words[: len(short)])
    places = np.concatenate([begins_long, begins_short])
    hashes = np.concatenate([long[begins_long], short[begins_short]])
    widths = np.full(len(places), OF_WORDS)
    widths[: len(begins_long)] = OF_CHARACTERS
    order = np.argsort(places, kind="stable")
    return Seeds(places[order], widths[order], hashes[order])
