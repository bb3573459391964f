"""A part of an index: the seeds of some documents, by value, and whose each is."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.fingerprints.seeds import Seeds
from detector.kernels.postings import MOST_PLACES, PLACES, Postings

MOST_UNITS = MOST_PLACES
"""Units of all documents of a segment, with one between every two."""
UNKNOWN = -1
_NO_HASHES, _NO_PLACES = np.zeros(0, np.uint64), np.zeros(0, np.int64)


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
        cls, seeds: Sequence[Seeds], lengths: Sequence[int], holders: Sequence[int]
    ) -> "Segment":
        """Return the segment of documents with these seeds and so many units each.

        Their units and those between them are `MOST_UNITS` at the most.
        """
        starts = np.concatenate([[0], np.cumsum(np.array(lengths, np.int64) + 1)])
        if starts[-1] > MOST_UNITS:
            raise ValueError(f"{starts[-1]} units in a segment of {MOST_UNITS}")
        places = [
            one.places + start
            for one, start in zip(seeds, starts.tolist(), strict=False)
        ]
        postings = Postings.of(
            np.concatenate([_NO_HASHES, *(one.hashes for one in seeds)]),
            np.concatenate([_NO_PLACES, *places]),
        )
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
        table = self.postings

        def left() -> Iterator[NDArray[np.uint64]]:
            for keys in table.pieces():
                places = (keys & PLACES).astype(np.int64)
                owner = np.searchsorted(self.starts, places, side="right") - 1
                stays = kept[owner]
                places = (places + moved[owner])[stays]
                # The order is kept: documents only move up.
                yield (keys[stays] & ~PLACES) | places.astype(np.uint64)

        postings = Postings.of_sorted(len(table.pairs), left())
        return Segment(starts, self.holders[kept], postings)


def merged(segments: Sequence[Segment]) -> Segment:
    """Return one segment of all documents of several, in their order.

    Their units are `MOST_UNITS` at the most; holders are of one list of names.
    """
    sizes = [segment.units for segment in segments]
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    tables = [segment.postings for segment in segments]

    def together() -> Iterator[NDArray[np.uint64]]:
        for pieces in zip(*(table.pieces() for table in tables), strict=True):
            moved = map(np.add, pieces, offsets[:-1].astype(np.uint64))
            keys = np.concatenate(list(moved))
            keys.sort(kind="stable")  # merges what is in order
            yield keys

    starts = [
        segment.starts[:-1] + offset
        for segment, offset in zip(segments, offsets.tolist(), strict=False)
    ]
    return Segment(
        np.concatenate([*starts, offsets[-1:]]).astype(np.int64),
        np.concatenate([segment.holders for segment in segments]),
        Postings.of_sorted(sum(len(table.pairs) for table in tables), together()),
    )
