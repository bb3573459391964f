"""Where the documents of a corpus share something with each other, all in one go.

A self-join: equal seeds are neighbours once they are sorted, and what a document shares
with one before it lies close together once pairs of seeds are sorted by diagonal.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.fingerprints.seeds import Seeds
from detector.kernels.join import expanded
from detector.kernels.postings import MOST_PLACES, PLACE_BITS

_BAND_BITS = 6
"""Diagonals that differ in so many of their last bits only are looked at as one: words
left out or put in break a place only where they shift it into the next band."""
_MIDDLE = 1 << _BAND_BITS >> 1
"""Shift of all bands: what two documents have at the same place lies amid one."""
_LOW = (1 << _BAND_BITS) - 1
_GAP = 64
"""Units from one seed to the next, at most, in one place."""
_ALONE, _TOLERATED = 8, 4
"""Units around a seed without a rare one, and how much more frequent it may be then."""
_NEVER = 1 << 60
_MOST_PAIRS = 1 << 20
"""Pairs of equal seeds that are looked at in one go, but for those of one document."""
_MOST_COUNTED = (1 << 16) - 1


class Places(NamedTuple):
    """Places that two documents of a corpus share: m of them.

    Attributes
    ----------
    later, earlier : int64 arrays of shape (m,)
        Numbers of the documents; the later one has the higher number.
    starts, ends : int64 arrays of shape (2, m)
        From and to which unit, of the later and of the earlier document.
    bits : float64 array of shape (m,)
        What it says that they share this.
    covered : int64 array of shape (m,)
        Units of the later document that are in a shared seed.
    """

    later: NDArray[np.int64]
    earlier: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    bits: NDArray[np.float64]
    covered: NDArray[np.int64]

    def counted_from(self, begins: NDArray[np.int64]) -> "Places":
        """Return the same places in units of each document, which begin there."""
        both = begins[np.stack([self.later, self.earlier])]
        return self._replace(starts=self.starts - both, ends=self.ends - both)


def shared_places(
    seeds: Sequence[Seeds], lengths: Sequence[int], frequent: int
) -> Iterator[Places]:
    """Yield where documents of a corpus share more than chance would.

    A seed that stands c times among n units says log2(n / c) bits. A place counts if it
    says more than log2(n): else among n places one would do so by chance.

    Parameters
    ----------
    seeds : sequence of Seeds
        Those of each document.
    lengths : sequence of int
        Units of each; as `laid_out` has them fewer than `MOST_PLACES` in all.
    frequent : int
        A seed that stands in more places is not followed: boilerplate has no source
        that one could name. Where all seeds around one are such, it is followed to some
        more: their combination may be rare. Both are asked of the later document.

    Raises
    ------
    ValueError
        If there are too many units, or `frequent` is beyond 16,383.

    Yields
    ------
    Places
        Of some documents, as the later ones, and all before them. Takes O(p log p) time
        for p pairs of equal seeds, of which there are at most some `frequent` a seed.
    """
    starts = laid_out(lengths)
    if not 0 <= most_places(frequent) < _MOST_COUNTED:
        raise ValueError(f"seeds of {frequent} places to follow")
    if starts[-1] >= MOST_PLACES:
        raise ValueError(f"{starts[-1]} units to join, fewer than {MOST_PLACES} can be")
    laid = _end_to_end(seeds, starts)
    hashes, places = _ordered(laid)
    begins = np.flatnonzero(np.diff(hashes, prepend=~hashes[:1]))
    sizes = np.diff(begins, append=len(hashes))
    known = _Units(
        np.repeat(np.arange(len(lengths), dtype=np.int32), np.diff(starts)),
        np.zeros(starts[-1], dtype=np.uint16),
        np.zeros(starts[-1], dtype=np.uint8),
    )
    known.counted[places] = np.repeat(np.minimum(sizes, _MOST_COUNTED), sizes)
    known.widths[laid.places] = laid.widths
    is_followed = np.zeros(starts[-1], dtype=np.bool_)
    apart = laid.places + np.int64(_ALONE) * known.owners[laid.places]
    is_followed[laid.places] = followed(apart, known.counted[laid.places], frequent)
    hosts = np.flatnonzero(is_followed[places])
    first = np.repeat(begins, sizes)[hosts]
    units = sum(lengths) + len(lengths)
    for chosen in _batches(known.owners[places[hosts]], hosts - first):
        which, at = expanded(first[chosen], (hosts - first)[chosen])
        found = _together(places[hosts[chosen]][which], places[at], known, units)
        yield found.counted_from(starts)


def laid_out(lengths: Sequence[int]) -> NDArray[np.int64]:
    """Return where documents begin that are laid end to end, and where they end.

    At a multiple of the width of a band, at least a unit apart: so in which band two
    documents share something depends on no others.
    """
    band = 1 << _BAND_BITS
    rooms = (np.array(lengths, dtype=np.int64) + band) // band * band
    return np.concatenate([[0], np.cumsum(rooms)]).astype(np.int64)


class _Units(NamedTuple):
    """What is known of every unit of all documents laid end to end.

    Attributes
    ----------
    owners : int32 array
        The document it is of.
    counted : uint16 array
        In how many places the seed stands that begins with it.
    widths : uint8 array
        Units of that seed.
    """

    owners: NDArray[np.int32]
    counted: NDArray[np.uint16]
    widths: NDArray[np.uint8]


def _end_to_end(seeds: Sequence[Seeds], starts: NDArray[np.int64]) -> Seeds:
    """Return the seeds of all documents as those of one."""
    moved = [one.places + start for one, start in zip(seeds, starts[:-1], strict=True)]
    return Seeds(
        np.concatenate([np.zeros(0, np.int64), *moved]),
        np.concatenate([np.zeros(0, np.int64), *(one.widths for one in seeds)]),
        np.concatenate([np.zeros(0, np.uint64), *(one.hashes for one in seeds)]),
    )


def _ordered(seeds: Seeds) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return 36 bits of each hash, ascending, and their places, ascending for each."""
    shift = np.uint64(PLACE_BITS)
    keys = seeds.hashes >> shift << shift
    keys |= seeds.places.astype(np.uint64)
    keys.sort()  # one packed word sorts several times faster than two keys
    return keys >> shift, (keys & np.uint64(MOST_PLACES - 1)).astype(np.int64)


def followed(
    places: NDArray[np.int64], counted: NDArray[Any], frequent: int
) -> NDArray[np.bool_]:
    """Return which seeds are paired with those equal to them that stand before them.

    Parameters
    ----------
    places : int64 array of shape (m,), ascending
        Where they begin; those of two documents are more than 8 units apart.
    counted : int array of shape (m,)
        In how many places of the corpus each stands. Those that stand in more than
        four times `frequent` may be missing.
    """
    rare = counted <= frequent
    before = np.maximum.accumulate(np.where(rare, places, -_NEVER))
    after = np.minimum.accumulate(np.where(rare, places, _NEVER)[::-1])[::-1]
    alone = np.minimum(places - before, after - places) > _ALONE
    found: NDArray[np.bool_] = alone & (counted <= most_places(frequent))
    found |= rare & (counted > 1)
    return found


def most_places(frequent: int) -> int:
    """Return from how many places on a seed is followed to none of them."""
    return _TOLERATED * frequent


def _batches(
    owners: NDArray[np.int32], pairs: NDArray[np.int64]
) -> Iterator[NDArray[np.intp]]:
    """Yield the seeds of some documents at a time, with so many pairs in all."""
    before = np.cumsum(np.bincount(owners, weights=pairs)) // _MOST_PAIRS
    batch = before[owners].astype(np.int64)
    for number in range(int(batch.max(initial=-1)) + 1):
        yield np.flatnonzero(batch == number)


def _together(
    later: NDArray[np.int64], earlier: NDArray[np.int64], known: _Units, units: int
) -> Places:
    """Join pairs of equal seeds that lie close together, where they say enough."""
    other = known.owners[later] != known.owners[earlier]
    later, earlier = later[other], earlier[other]
    # By band of diagonals, then by place; what is left of the diagonal comes last.
    shift = later - earlier + _MIDDLE
    keys = shift >> _BAND_BITS << (PLACE_BITS + _BAND_BITS)
    keys |= later << _BAND_BITS
    keys |= shift & _LOW
    keys.sort()
    # Nothing is said by a seed that has none near: most of them, by far.
    near = np.zeros(len(keys) + 1, dtype=np.bool_)
    near[1:-1] = np.diff(keys >> _BAND_BITS) <= _GAP
    keys = keys[near[:-1] | near[1:]]
    band = keys >> (PLACE_BITS + _BAND_BITS)
    later = (keys >> _BAND_BITS) & (MOST_PLACES - 1)
    earlier = later + _MIDDLE - (band << _BAND_BITS | keys & _LOW)
    # Of short documents several may lie in one band: each pair for itself.
    order = np.argsort(band << PLACE_BITS | known.owners[earlier], kind="stable")
    later, earlier = later[order], earlier[order]
    pairs = SeedPairs(
        known.owners[later].astype(np.int64),
        known.owners[earlier].astype(np.int64),
        later,
        earlier,
        known.widths[later].astype(np.int64),
        known.counted[later].astype(np.int64),
    )
    return _places(pairs, band[order], units)


class SeedPairs(NamedTuple):
    """Pairs of equal seeds of two documents each: p of them, as int64 arrays.

    Attributes
    ----------
    host, source : array of shape (p,)
        Numbers of the documents, of the later and of the earlier one.
    later, earlier : array of shape (p,)
        The unit at which the seed begins in each.
    width : array of shape (p,)
        Its units.
    counted : array of shape (p,)
        In how many places of the corpus it stands.
    """

    host: NDArray[np.int64]
    source: NDArray[np.int64]
    later: NDArray[np.int64]
    earlier: NDArray[np.int64]
    width: NDArray[np.int64]
    counted: NDArray[np.int64]


def places_of(pairs: SeedPairs, units: int) -> Places:
    """Return what `shared_places` does, of all pairs of seeds of some documents.

    Parameters
    ----------
    pairs : SeedPairs
        In units of each document; all of each two documents, in any order.
    units : int
        Those of the corpus, one between every two documents.
    """
    shift = pairs.later - pairs.earlier + _MIDDLE
    band = shift >> _BAND_BITS
    order = np.lexsort((shift & _LOW, pairs.later, band, pairs.source, pairs.host))
    ordered = SeedPairs(*(column[order] for column in pairs))
    return _places(ordered, band[order], units)


def _places(pairs: SeedPairs, band: NDArray[np.int64], units: int) -> Places:
    """Join pairs of seeds, those of a band and of two documents one after the other."""
    later, width = pairs.later, pairs.width
    step = np.diff(later)
    new = np.ones(len(later), dtype=np.bool_)
    new[1:] = (np.diff(band) != 0) | (step > _GAP)
    new[1:] |= (np.diff(pairs.host) != 0) | (np.diff(pairs.source) != 0)
    fresh = width.copy()  # without what the seed before it has
    fresh[1:] = np.where(new[1:], width[1:], np.minimum(step, width[1:]))
    bits = np.log2(units / pairs.counted) * fresh / width
    begins = np.flatnonzero(new)
    said = np.add.reduceat(bits, begins)
    enough = said > np.log2(max(units, 2))
    # Seeds of one place are not always in the order of the earlier document.
    starts = later, pairs.earlier
    ends = later + width, pairs.earlier + width
    return Places(
        pairs.host[begins[enough]],
        pairs.source[begins[enough]],
        np.stack([np.minimum.reduceat(one, begins)[enough] for one in starts]),
        np.stack([np.maximum.reduceat(one, begins)[enough] for one in ends]),
        said[enough],
        np.add.reduceat(fresh, begins)[enough],
    )
