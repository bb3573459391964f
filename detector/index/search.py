"""Which documents of an index may hold passages of a draft, and what is common there.

Where a draft and a document keep the same seeds along a diagonal, they share a run.
Runs are worth what it is surprising to share: a seed that stands c times among n units
says log2(n / c) bits, and what two runs of one place say is added up. A place counts if
it says more than log2(n) bits: else among n places one would do so by chance.

Documents are then chosen greedily, each for what it explains that others do not, so
that a rare sentence with one source is not crowded out by a paragraph with a thousand:
weighted coverage, after G. Nemhauser, L. Wolsey and M. Fisher, "An analysis of
approximations for maximizing submodular set functions", 1978.
"""

from collections.abc import Sequence
from heapq import heapify, heappop, heapreplace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.fingerprints.seeds import Seeds
from detector.index.segment import UNKNOWN, Segment
from detector.kernels.distinct import distinct, is_among

_GAP = 12
"""Units from one seed to the next, at most, in one run."""
_TILE = 64
"""Side of the squares in which runs are added up, in units."""
_MOST_A_RUN = 120.0
_AGAIN = 0.5
"""What a seed is still worth for each document that has been chosen for it."""
_LEAST = 12.0
"""Bits that a document must explain to be chosen."""
_ALONE, _TOLERATED = 8, 4
"""Units around a seed without a rare one, and how much more frequent it may be then."""
_EVIDENT = 10.0
"""Bits of evidence that a place must have besides."""
_COMMON_RUN = 10
"""Units of a run from which it is wording, and no coincidence."""
_HOLDERS = 3
"""Organisations (documents, where none is known) from which wording is common."""
_SHARE, _MANY = 0.05, 100
"""Share of them, and number, from which even a run of four units is."""
_COMMON_BITS = np.float32(2.5)
"""Bits that a unit of common wording still says: a formula makes no match, but a
sentence that everybody copies does, and is counted as boilerplate."""


class Runs(NamedTuple):
    """What draft and index share: h hits, in the order of m runs along diagonals.

    Attributes
    ----------
    first, places : int64 arrays of shape (h,)
        Where a seed begins in the draft, and in the segments laid end to end.
    bits : float64 array of shape (h,)
        What it adds to its run.
    width : int64 array of shape (h,)
        Units of the seed.
    document : int64 array of shape (h,)
    begins : int64 array of shape (m + 1,)
        Run i is hits ``begins[i]:begins[i + 1]``.
    """

    first: NDArray[np.int64]
    places: NDArray[np.int64]
    bits: NDArray[np.float64]
    width: NDArray[np.int64]
    document: NDArray[np.int64]
    begins: NDArray[np.int64]


class Shared(NamedTuple):
    """What `share` found.

    Attributes
    ----------
    runs : Runs
    units : int
        n, of all segments.
    capped : int
        Seeds of the draft that stand in more places than are followed.
    """

    runs: Runs
    units: int
    capped: int


def share(
    segments: Sequence[Segment],
    seeds: Seeds,
    frequent: int,
    *,
    rare_only: bool = False,
    below: int | None = None,
) -> Shared:
    """Return the runs that a draft shares with an index.

    Parameters
    ----------
    seeds : Seeds
        The draft's, kept and hidden as those of the index are.
    frequent : int
        Places that a seed is followed to, the first ones.
    rare_only : bool
        Whether a seed that stands in more places is not followed at all: boilerplate
        has no source that one could name. Where all seeds around one are such, it is
        followed to some more: their combination may be rare.
    below : int, optional
        Only documents of lower numbers: so each pair of an index is looked at once.
    """
    units = sum(segment.units for segment in segments)
    counted, hits = _hits(segments, seeds, frequent, rare_only=rare_only)
    which, places, document = hits
    kept = np.ones(len(which), dtype=np.bool_)
    if rare_only:
        kept = counted[which] <= frequent
        lonely = _lonely(seeds, counted, frequent)
        few = Seeds(seeds.places[lonely], seeds.widths[lonely], seeds.hashes[lonely])
        _, more = _hits(segments, few, _TOLERATED * frequent, rare_only=True)
        which = np.concatenate([which, lonely[more[0]]])
        places = np.concatenate([places, more[1]])
        document = np.concatenate([document, more[2]])
        kept = np.append(kept, np.ones(len(more[0]), dtype=np.bool_))
    if below is not None:
        kept &= document < below
    which, places, document = which[kept], places[kept], document[kept]
    first, width = seeds.places[which], seeds.widths[which]
    says = np.maximum(np.log2(max(units, 2)) - np.log2(np.maximum(counted, 1)), 0.0)
    order = np.lexsort((first, places - first))
    first, places, width = first[order], places[order], width[order]
    document, bits = document[order], says[which][order]
    new = np.ones(len(first), dtype=np.bool_)
    step = np.diff(first)
    new[1:] = (np.diff(places) != step) | (step > _GAP)
    new[1:] |= np.diff(document) != 0
    fresh = width.astype(np.float64)
    fresh[1:] = np.where(new[1:], width[1:], np.minimum(step, width[1:]))
    begins = np.append(np.flatnonzero(new), len(first))
    runs = Runs(first, places, bits * fresh / width, width, document, begins)
    return Shared(runs, units, int((counted > frequent).sum()))


def choose(
    shared: Shared, most: int, says: NDArray[np.float64] | None = None
) -> list[int]:
    """Return the documents worth aligning, by their number in the index, best first.

    Parameters
    ----------
    most : int
        Documents, at the most.
    says : float array of shape (n + 1,), optional
        Bits of evidence of the draft's units up to each unit. Where next to none are
        shared there is no passage, however rare the seeds are in the index.
    """
    runs = shared.runs
    inside = _dense(runs, shared.units, says)
    if not inside.any():
        return []
    hits = np.flatnonzero(np.repeat(inside, np.diff(runs.begins)))
    seed_count = int(runs.first.max()) + 1
    pair = runs.document[hits] * seed_count + runs.first[hits]
    _, once = np.unique(pair, return_index=True)
    hits = hits[once]  # in the order of documents, each seed once
    document, first, bits = runs.document[hits], runs.first[hits], runs.bits[hits]
    cuts = np.flatnonzero(np.diff(document, prepend=-1))
    return _covering(document[cuts], np.append(cuts, len(hits)), first, bits, most)


def equal_units(
    segments: Sequence[Segment], seeds: Seeds, documents: Sequence[int]
) -> dict[int, tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Return which units of each document are equal to which of the draft.

    All seeds must have been kept, of the draft and of the index: then what four in a
    row have in common is all there is.

    Returns
    -------
    mapping of document to (units of the draft, units of the document)
        Of a unit with several equals in the draft the first one is named.
    """
    everything = len(seeds.hashes) + sum(segment.units for segment in segments)
    _, (which, places, owner) = _hits(segments, seeds, everything, rare_only=False)
    wanted = np.isin(owner, np.array(documents, dtype=np.int64))
    which, places, owner = which[wanted], places[wanted], owner[wanted]
    widths = seeds.widths[which]
    steps = np.arange(widths.sum()) - np.repeat(np.cumsum(widths) - widths, widths)
    ours = np.repeat(seeds.places[which], widths) + steps
    theirs = np.repeat(places, widths) + steps
    owner = np.repeat(owner, widths)
    order = np.lexsort((ours, theirs))
    ours, theirs, owner = ours[order], theirs[order], owner[order]
    first = np.flatnonzero(np.diff(theirs, prepend=-1))
    ours, theirs, owner = ours[first], theirs[first], owner[first]
    begins = _document_starts(segments)
    return {
        document: (
            ours[owner == document],
            theirs[owner == document] - begins[document],
        )
        for document in documents
    }


def _document_starts(segments: Sequence[Segment]) -> NDArray[np.int64]:
    """Return where each document begins, in the segments laid end to end."""
    starts, units = [np.zeros(0, dtype=np.int64)], 0
    for segment in segments:
        starts.append(segment.starts[:-1] + units)
        units += segment.units
    return np.concatenate(starts)


def near(shared: Shared) -> NDArray[np.int64]:
    """Return the runs that lie where a document says enough, whatever others say.

    For all pairs of an index, where no draft is waiting: numbers of runs, ascending.
    """
    return np.flatnonzero(_dense(shared.runs, shared.units, None))


def refined(
    shared: Shared, holders: NDArray[np.int64], bits: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return what each unit of a draft says: less where several holders write the same.

    Parameters
    ----------
    holders : int64 array
        Whose each document of the index is; different numbers, different holders.
    bits : float32 array of shape (n,)
        What each unit says, as far as a background model knows.
    """
    size = len(bits)
    several = len(np.unique(holders)) * _SHARE
    least = min(max(several, _HOLDERS), _MANY)
    common = _depth(shared.runs, holders, size, _COMMON_RUN) >= _HOLDERS
    common |= _depth(shared.runs, holders, size, 1) >= least
    return np.where(common, np.minimum(bits, _COMMON_BITS), bits)


def _depth(
    runs: Runs, holders: NDArray[np.int64], size: int, shortest: int
) -> NDArray[np.int64]:
    """Return how many holders share a run that each of a draft's units stands in."""
    begins, stops = _extent(runs)
    long = stops - begins >= shortest
    begins, stops = begins[long], stops[long]
    owner = holders[runs.document[runs.begins[:-1][long]]]
    order = np.lexsort((begins, owner))
    begins, stops, owner = begins[order], stops[order], owner[order]
    # The union of each holder's runs: a run begins where none before it has reached.
    lane = np.cumsum(np.diff(owner, prepend=owner[:1]) != 0) * (size + 1)
    reach = np.maximum.accumulate(stops + lane) if len(stops) else stops
    begins, stops = begins + lane, stops + lane
    begins[1:] = np.maximum(begins[1:], np.minimum(reach[:-1], stops[1:]))
    depth = np.zeros(size + 1, dtype=np.int64)
    np.add.at(depth, begins - lane, 1)
    np.add.at(depth, stops - lane, -1)
    return np.cumsum(depth)[:size]


def numbered_holders(
    segments: Sequence[Segment],
) -> NDArray[np.int64]:
    """Return whose each document is; one that nobody is known for is its own."""
    holders = np.concatenate([[], *(s.holders for s in segments)]).astype(np.int64)
    unknown = np.flatnonzero(holders == UNKNOWN)
    holders[unknown] = -2 - unknown
    return holders


def _hits(
    segments: Sequence[Segment], seeds: Seeds, frequent: int, *, rare_only: bool
) -> tuple[
    NDArray[np.int64], tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
]:
    """Return how often each seed stands in all segments, and its places.

    The places are: which seed, where in the segments laid end to end, in which
    document of all.
    """
    counted = np.zeros(len(seeds.hashes), dtype=np.int64)
    which, places, documents = [], [], []
    units = known = 0
    order = np.argsort(seeds.hashes)  # neighbours in the table are asked together
    for segment in segments:
        asked, place, counts = segment.postings.find(
            seeds.hashes[order],
            np.maximum(frequent - counted[order] * (not rare_only), 0),
            or_none=rare_only,
        )
        seed = order[asked]
        which.append(seed)
        places.append(place + units)
        owner = np.searchsorted(segment.starts, place, side="right") - 1
        documents.append(owner + known)
        counted[order] += counts
        units += segment.units
        known += segment.documents
    nothing = [np.zeros(0, dtype=np.int64)]
    return counted, (
        np.concatenate(which or nothing),
        np.concatenate(places or nothing),
        np.concatenate(documents or nothing),
    )


def _lonely(
    seeds: Seeds, counted: NDArray[np.int64], frequent: int
) -> NDArray[np.int64]:
    """Return the frequent seeds that have no rare one near, if not too frequent."""
    rare = seeds.places[counted <= frequent]
    edges = np.concatenate([[-_ALONE - 1], rare, [seeds.places.max(initial=0) + 99]])
    after = np.searchsorted(edges, seeds.places)
    near = np.minimum(
        seeds.places - edges[np.maximum(after - 1, 0)],
        edges[np.minimum(after, len(edges) - 1)] - seeds.places,
    )
    chosen = (near > _ALONE) & (counted > frequent)
    return np.flatnonzero(chosen & (counted <= _TOLERATED * frequent))


def _extent(runs: Runs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each run begins and ends in the draft."""
    begins, last = runs.begins[:-1], runs.begins[1:] - 1
    return runs.first[begins], runs.first[last] + runs.width[last]


def _dense(
    runs: Runs, units: int, says: NDArray[np.float64] | None
) -> NDArray[np.bool_]:
    """Return which runs lie where a document says enough: shape (m,)."""
    starts, stops = _extent(runs)
    if not len(starts):
        return np.zeros(0, dtype=np.bool_)
    worth = np.minimum(np.add.reduceat(runs.bits, runs.begins[:-1]), _MOST_A_RUN)
    middle = (stops - starts) // 2
    column = (runs.places[runs.begins[:-1]] + middle) // _TILE
    stride = int(column.max()) + 3
    square = (starts + middle) // _TILE * stride + column
    squares, number = np.unique(square, return_inverse=True)
    # What stands in the draft once counts once, though the source repeat it.
    order = np.lexsort((-worth, starts, number))
    once = np.ones(len(order), dtype=np.bool_)
    once[1:] = np.diff(number[order]) != 0
    once[1:] |= np.diff(starts[order]) != 0
    order = order[once]
    steps = (0, 1, stride, stride + 1)
    corners = distinct(np.concatenate([squares - step for step in steps]))

    def totals(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sum of each two by two squares."""
        sums = np.bincount(number[order], weights[order], minlength=len(squares))
        total = np.zeros(len(corners))
        for step in steps:
            total[np.searchsorted(corners, squares - step)] += sums
        return total

    enough = totals(worth) >= np.log2(max(units, 2))
    if says is not None:
        enough &= totals(says[stops] - says[starts]) >= _EVIDENT
    hot = corners[enough]
    part = distinct(np.concatenate([hot + step for step in steps]))
    inside: NDArray[np.bool_] = is_among(squares, part)[number]
    return inside


def _covering(
    documents: NDArray[np.int64],
    cuts: NDArray[np.int64],
    first: NDArray[np.int64],
    bits: NDArray[np.float64],
    most: int,
) -> list[int]:
    """Return documents that together explain the draft, best first.

    Document i has the seeds ``first[cuts[i]:cuts[i + 1]]``. What it says can only sink
    when others are chosen, so that the best of the queue is looked at again before it
    is taken (M. Minoux, "Accelerated greedy algorithms", 1978).
    """
    left = np.ones(int(first.max()) + 1)
    said = np.add.reduceat(bits, cuts[:-1])
    enough = np.flatnonzero(said >= _LEAST)
    queue = list(zip((-said[enough]).tolist(), enough.tolist(), strict=True))
    heapify(queue)
    chosen: list[int] = []
    while queue and len(chosen) < most:
        at = queue[0][1]
        mine = slice(cuts[at], cuts[at + 1])
        says = float((bits[mine] * left[first[mine]]).sum())
        if says < _LEAST:
            heappop(queue)
        elif len(queue) > 1 and -says > min(queue[1:3])[0]:
            heapreplace(queue, (-says, at))
        else:
            heappop(queue)
            chosen.append(int(documents[at]))
            left[first[mine]] *= _AGAIN
    return chosen
