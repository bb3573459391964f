"""A part of an index: the seeds of some documents, by value, and whose each is."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.fingerprints.seeds import BORDER, seeds_of
from detector.kernels.postings import MOST_PLACES, Postings

MOST_UNITS = MOST_PLACES
"""Units of all documents of a segment, with one between every two."""
UNKNOWN = -1
_PLACE = np.uint64(MOST_PLACES - 1)


class Segment(NamedTuple):
    """The seeds of d documents laid end to end, a unit between every two.

    Attributes
    ----------
    starts : int64 array of shape (d + 1,)
        The unit at which each begins, and the number of all units.
    holders : int32 array of shape (d,)
        Whose each is, as a place in a list of names; `UNKNOWN` if nobody knows.
    postings : Postings
        Seeds by hash; their places are units.
    """

    starts: NDArray[np.int64]
    holders: NDArray[np.int32]
    postings: Postings

    @classmethod
    def of(
        cls, texts: Sequence[NDArray[np.uint64]], holders: Sequence[int]
    ) -> "Segment":
        """Return the segment of texts as `Weighed.loose` has them.

        They and the units between them are `MOST_UNITS` at the most.
        """
        border = np.array([BORDER])
        pieces = [piece for text in texts for piece in (text, border)]
        seeds = seeds_of(np.concatenate([*pieces, border]))
        lengths = [len(text) + 1 for text in texts]
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        postings = Postings.of(seeds.hashes, seeds.places)
        return cls(starts, np.array(holders, dtype=np.int32), postings)

    @property
    def documents(self) -> int:
        """How many there are."""
        return len(self.holders)

    @property
    def units(self) -> int:
        """Units of all of them, with those between."""
        return int(self.starts[-1])

    def without(self, documents: Sequence[int]) -> "Segment":
        """Return the segment of the other documents; no trace of these is left."""
        kept = np.ones(self.documents, dtype=np.bool_)
        kept[list(documents)] = False
        lengths = np.diff(self.starts)
        starts = np.concatenate([[0], np.cumsum(lengths[kept])]).astype(np.int64)
        moved = np.zeros(self.documents, dtype=np.int64)
        moved[kept] = starts[:-1] - self.starts[:-1][kept]
        keys = self.postings.keys
        places = (keys & _PLACE).astype(np.int64)
        owner = np.searchsorted(self.starts, places, side="right") - 1
        stays = kept[owner]
        places = (places + moved[owner])[stays]
        # Order by hash is kept, and within a hash by place: documents only move up.
        keys = (keys[stays] & ~_PLACE) | places.astype(np.uint64)
        return Segment(starts, self.holders[kept], Postings.of_keys(keys))


def merged(segments: Sequence[Segment]) -> Segment:
    """Return one segment of all documents of several, in their order.

    Their units are `MOST_UNITS` at the most; holders are of one list of names.
    """
    sizes = [segment.units for segment in segments]
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    keys = [
        segment.postings.keys + np.uint64(offset)
        for segment, offset in zip(segments, offsets.tolist(), strict=False)
    ]
    together = np.concatenate(keys)
    together.sort(kind="stable")  # merges what is in order
    starts = [
        segment.starts[:-1] + offset
        for segment, offset in zip(segments, offsets.tolist(), strict=False)
    ]
    return Segment(
        np.concatenate([*starts, offsets[-1:]]).astype(np.int64),
        np.concatenate([segment.holders for segment in segments]),
        Postings.of_keys(together),
    )
