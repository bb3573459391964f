"""A background model estimated from documents of one or more genres.

P(u | context) is what share of the places of the context go on with u, smoothed by the
same for the context without its first unit. Of an n-gram only that is kept which makes
its last unit clearly more probable than the shorter n-grams do; where genres differ,
the one that makes it most probable counts: wording is common if it is so anywhere.
Interpolation after F. Jelinek and R. Mercer (1980); pruning after A. Stolcke,
"Entropy-based Pruning of Backoff Language Models" (1998),
https://arxiv.org/abs/cs/0006025.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.background.model import LEVEL_BITS, ORDER, Background, one_figure_class
from detector.kernels.distinct import is_new
from detector.kernels.rolling import kgram_hashes
from detector.kernels.xor_table import build_table

_BORDER = np.uint64((1 << 64) - 1)
_LONE_FROM = 3
"""Units of an n-gram from which one document is not enough."""


@dataclass(frozen=True, slots=True)
class Genre:
    """Documents of one genre, and how much of them the model keeps.

    Attributes
    ----------
    stems : sequence of uint64 arrays
        A document each, as `detector.text.stems.find_stems` returns them.
    documents : tuple of int
        In how many documents an n-gram must stand, for n = 1, 2, …; as many orders are
        kept as there are numbers, at most `ORDER`.
    gain : float
        Bits by which it must make its last unit more probable.
    smoothing : float
        Weight of the shorter context, in occurrences.
    lone : float
        Bits that a unit says at least after two and more others, where only one
        document has them so: what one document says is not yet the language of its
        genre, and a copy of it is to be found.
    """

    stems: Sequence[NDArray[np.uint64]]
    documents: tuple[int, ...] = (1,) * ORDER
    gain: float = 0.5
    smoothing: float = 0.3
    lone: float = 1.7


class Entries(NamedTuple):
    """Hashes of n-grams (uint64) and the surprisal of their last units (float32)."""

    hashes: NDArray[np.uint64]
    bits: NDArray[np.float32]


def estimate(genres: Iterable[Genre]) -> Background:
    """Return the model of the language of `genres`; some 2 microseconds a unit."""
    return assemble([entries_of(genre) for genre in genres])


def assemble(parts: Sequence[Entries]) -> Background:
    """Return the model of several genres whose entries have been computed before."""
    hashes = np.concatenate([part.hashes for part in parts])
    bits = np.concatenate([part.bits for part in parts])
    order = np.lexsort((bits, hashes))
    hashes, bits = hashes[order], bits[order]
    first = is_new(hashes)
    edges = (LEVEL_BITS[1:] + LEVEL_BITS[:-1]) / 2
    levels = np.searchsorted(edges, bits[first]).astype(np.uint8)
    return Background(*build_table(hashes[first], levels))


def entries_of(genre: Genre) -> Entries:
    """Return what a model keeps of one genre."""
    laid = _lay(genre)
    kept: list[Entries] = []
    chance = np.zeros(len(laid.codes))  # P of the unit at each place, by the last order
    count = np.full(len(laid.codes), float(laid.inside.sum()))  # of the context there
    known = np.full(len(laid.codes), np.inf)  # bits by the n-grams kept so far
    for length, documents in enumerate(genre.documents, 1):
        grams = _grams(laid, length)
        places = grams.places
        before = count[places - 1] if length > 1 else count[places]
        count = np.zeros(len(laid.codes))
        count[places] = grams.times[grams.group]
        smoothing = genre.smoothing * (length > 1)
        likely = (count[places] + smoothing * chance[places]) / (before + smoothing)
        chance[places] = np.minimum(likely, 1.0)
        bits = -np.log2(chance[grams.first])
        if length >= _LONE_FROM:
            alone = grams.documents == 1
            bits = np.where(alone, np.maximum(bits, genre.lone), bits)
        worth = grams.documents >= documents
        worth &= bits < known[grams.first] - (genre.gain if length > 1 else 0.0)
        kept.append(Entries(grams.hashes[worth], bits[worth].astype(np.float32)))
        lowered = worth[grams.group]
        said = bits[grams.group[lowered]]
        known[places[lowered]] = np.minimum(known[places[lowered]], said)
    return Entries(
        np.concatenate([part.hashes for part in kept]),
        np.concatenate([part.bits for part in kept]),
    )


class _Laid(NamedTuple):
    """Documents end to end: codes, whose each is, units since the last border."""

    codes: NDArray[np.uint64]
    owner: NDArray[np.int64]
    since: NDArray[np.int64]

    @property
    def inside(self) -> NDArray[np.bool_]:
        return self.since > 0


class _Grams(NamedTuple):
    """All n-grams of one length: m places (of their last units), g different ones."""

    places: NDArray[np.int64]
    group: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    times: NDArray[np.int64]
    documents: NDArray[np.int64]
    first: NDArray[np.int64]


def _lay(genre: Genre) -> _Laid:
    stems = [one_figure_class(one) for one in genre.stems]
    border = np.array([_BORDER])
    codes = np.concatenate([border, *(p for one in stems for p in (one, border))])
    lengths = [1, *(len(one) + 1 for one in stems)]
    owner = np.repeat(np.arange(-1, len(stems)), lengths)
    here = np.arange(len(codes))
    since = here - np.maximum.accumulate(np.where(codes == _BORDER, here, 0))
    return _Laid(codes, owner, since)


def _grams(laid: _Laid, length: int) -> _Grams:
    places = np.flatnonzero(laid.since >= length)
    hashes = kgram_hashes(laid.codes, length)[places - (length - 1)]
    order = np.argsort(hashes, kind="stable")
    places, hashes = places[order], hashes[order]
    new = is_new(hashes)
    other = new.copy()
    other[1:] |= laid.owner[places[1:]] != laid.owner[places[:-1]]
    group = np.cumsum(new) - 1
    return _Grams(
        places,
        group,
        hashes[new],
        np.bincount(group),
        np.bincount(group[other], minlength=int(new.sum())),
        places[new],
    )
