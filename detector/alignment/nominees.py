"""Which of many sources share enough exact wording with a draft to be aligned."""

from collections.abc import Sequence
from math import log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.alignment.options import AlignmentOptions
from detector.alignment.regions import dense_squares
from detector.alignment.runs import BitRuns
from detector.alignment.weighed import Weighed
from detector.kernels.distinct import distinct
from detector.kernels.join import join_kgrams, sorted_kgrams
from detector.kernels.rolling import kgram_hashes
from detector.kernels.runs import diagonal_runs

_OF_CHARACTERS, _OF_WORDS = 3, 2
"""Units of a seed that begins with a character, or with a word."""
_BORDER = np.uint64((1 << 64) - 1)  # no unit: keeps seeds from spanning two sources
_A_SOURCE = 4
"""Places a seed is followed to for each source, on the average, at the most."""


class Seeds(NamedTuple):
    """The seeds of a set of sources, in order; made once for any number of drafts.

    `ordered` and `places` are as `sorted_kgrams` returns them for all sources laid end
    to end; source i begins at ``starts[i]``.
    """

    starts: NDArray[np.int64]
    ordered: NDArray[np.uint64]
    places: NDArray[np.intp]


def sow(sources: Sequence[Weighed]) -> Seeds:
    """Return the seeds of `sources`; takes O(n log n) time for n units in all."""
    border = np.array([_BORDER])
    lengths = np.array([len(source) + 1 for source in sources], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    loose = [piece for source in sources for piece in (source.loose, border)]
    return Seeds(starts, *sorted_kgrams(_seeds(np.concatenate([*loose, border]))))


def nominate(draft: Weighed, seeds: Seeds, options: AlignmentOptions) -> list[int]:
    """Return the sources that share enough with `draft` somewhere, ascending."""
    options = options.fitted(to_words=draft.of_words)
    most = max(options.frequent, _A_SOURCE * len(seeds.starts))
    ours = _seeds(draft.loose)
    first, second, _ = join_kgrams(ours, seeds.ordered, seeds.places, most)
    runs = diagonal_runs(first, second)
    width = np.where(draft.is_word, _OF_WORDS, _OF_CHARACTERS)
    last = runs.first + runs.length - 1
    length = runs.length - 1 + width[last]
    bits = np.zeros(len(draft) + 1)
    if draft.bits is not None:
        np.cumsum(np.minimum(draft.bits, options.strongest_unit), out=bits[1:])
    else:
        bits[1:] = options.strongest_unit * np.arange(1, len(draft) + 1)
    weighed = BitRuns(
        runs.first, runs.second, length, bits[runs.first + length] - bits[runs.first]
    )
    squares, stride = dense_squares(
        weighed,
        weighed.bits - log2(3 * options.tile),
        options.tile,
        of_words=draft.of_words,
    )
    columns = distinct(squares % stride)
    # A square may reach over a border: both of its sources are looked at.
    edges = np.stack([columns * options.tile, (columns + 1) * options.tile - 1])
    owners = np.searchsorted(seeds.starts, edges, side="right") - 1
    between = [range(low, high + 1) for low, high in owners.T.tolist()]
    return sorted({owner for each in between for owner in each})


def _seeds(loose: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the hash of the seed that begins at each unit that has room for one."""
    long = kgram_hashes(loose, _OF_CHARACTERS)
    short = kgram_hashes(loose, _OF_WORDS)[: len(long)]
    return np.where(loose[: len(long)] >> np.uint64(63) == 1, short, long)
