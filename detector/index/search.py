"""What a draft and an index share: runs of seeds along diagonals.

Where a draft and a document keep the same seeds along a diagonal, they share a run.
Runs are worth what it is surprising to share: a seed that stands c times among n units
says log2(n / c) bits.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.fingerprints.seeds import Seeds
from detector.index.segment import Segment
from detector.kernels.distinct import is_among
from detector.kernels.join import expanded

_GAP = 12
"""Units from one seed to the next, at most, in one run."""


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

    @property
    def extent(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where each run begins and ends in the draft."""
        first, last = self.begins[:-1], self.begins[1:] - 1
        return self.first[first], self.first[last] + self.width[last]


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


def share(segments: Sequence[Segment], seeds: Seeds, frequent: int) -> Shared:
    """Return the runs that a draft shares with an index.

    Parameters
    ----------
    seeds : Seeds
        The draft's, kept and hidden as those of the index are.
    frequent : int
        Places that a seed is followed to, the first ones.
    """
    units = sum(segment.units for segment in segments)
    counted, (which, places, document) = _hits(segments, seeds, frequent)
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
    everything = sum(segment.units for segment in segments)
    # The first place of a seed in the draft stands for all of them.
    _, once = np.unique(seeds.hashes, return_index=True)
    seeds = Seeds(seeds.places[once], seeds.widths[once], seeds.hashes[once])
    _, (which, places, owner) = _hits(segments, seeds, everything)
    wanted = is_among(owner, np.array(sorted(documents), dtype=np.int64))
    which, places, owner = which[wanted], places[wanted], owner[wanted]
    widths = seeds.widths[which]
    _, ours = expanded(seeds.places[which], widths)
    hit, theirs = expanded(places, widths)
    owner = owner[hit]
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


def _hits(
    segments: Sequence[Segment], seeds: Seeds, frequent: int
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
            seeds.hashes[order], np.maximum(frequent - counted[order], 0)
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
