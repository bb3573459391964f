"""Plagdet: precision, recall and granularity of found passages, in one figure.

Source: M. Potthast et al., "An Evaluation Framework for Plagiarism Detection",
COLING 2010, https://aclanthology.org/C10-2115/. Macro-averaged over passages.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import log2
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray


class Located(NamedTuple):
    """A passage on both sides, as half-open ranges of code points."""

    draft: str
    draft_start: int
    draft_end: int
    source: str
    source_start: int
    source_end: int


class Plagdet(NamedTuple):
    """How well found passages fit the true ones.

    Attributes
    ----------
    precision, recall : float
        Shares of characters, macro-averaged, 0–1; 0 where there is nothing to average.
    granularity : float
        Found passages for each true one that was found, 1 at best.
    """

    precision: float
    recall: float
    granularity: float

    @property
    def score(self) -> float:
        """F1 over log2(1 + granularity), 0–1."""
        total = self.precision + self.recall
        f1 = 2 * self.precision * self.recall / total if total else 0.0
        return f1 / log2(1 + self.granularity)


class Cover(NamedTuple):
    """How much of a passage others cover, which meet it on both sides.

    Attributes
    ----------
    draft, source : int
        Characters of each side; what two of them cover counts once.
    pieces : int
        How many meet it.
    """

    draft: int
    source: int
    pieces: int

    def shares(self, passage: Located) -> tuple[float, float]:
        """Return the covered share of either side of `passage`, 0–1."""
        draft = passage.draft_end - passage.draft_start
        source = passage.source_end - passage.source_start
        return self.draft / max(draft, 1), self.source / max(source, 1)


_Ranges: TypeAlias = NDArray[np.int64]
_NOTHING = Cover(0, 0, 0)


def plagdet(true: Sequence[Located], found: Sequence[Located]) -> Plagdet:
    """Compare found passages with the true ones."""
    of_true, of_found = covers(true, found), covers(found, true)
    detected = [float(cover.pieces) for cover in of_true if cover.pieces]
    return Plagdet(
        precision=_mean(list(map(_covered, found, of_found))),
        recall=_mean(list(map(_covered, true, of_true))),
        granularity=_mean(detected) or 1.0,
    )


def covers(passages: Sequence[Located], by: Sequence[Located]) -> list[Cover]:
    """Return for each of `passages` how much of it `by` covers.

    Takes O(p · b) for the p passages and the b others of a pair of documents.
    """
    grouped: dict[tuple[str, str], list[Located]] = defaultdict(list)
    for other in by:
        grouped[other.draft, other.source].append(other)
    ranges = {
        pair: np.array([(o[1], o[2], o[4], o[5]) for o in others], np.int64).T
        for pair, others in grouped.items()
    }
    return [_cover(one, ranges.get((one.draft, one.source))) for one in passages]


def _cover(passage: Located, others: _Ranges | None) -> Cover:
    """Return how much of `passage` is covered by `others`, of shape (4, n)."""
    if others is None:
        return _NOTHING
    meet = (
        (others[0] < passage.draft_end)
        & (others[1] > passage.draft_start)
        & (others[2] < passage.source_end)
        & (others[3] > passage.source_start)
    )
    if not meet.any():
        return _NOTHING
    met = others[:, meet]
    return Cover(
        _union(met[0], met[1], passage.draft_start, passage.draft_end),
        _union(met[2], met[3], passage.source_start, passage.source_end),
        met.shape[1],
    )


def _union(starts: _Ranges, ends: _Ranges, low: int, high: int) -> int:
    """Return how many integers from `low` to before `high` lie in any of the ranges."""
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order].clip(low, high), ends[order].clip(low, high)
    before = np.concatenate([[low], np.maximum.accumulate(ends)[:-1]])
    return int(np.maximum(ends - np.maximum(starts, before), 0).sum())


def _covered(passage: Located, cover: Cover) -> float:
    draft = passage.draft_end - passage.draft_start
    length = draft + passage.source_end - passage.source_start
    return (cover.draft + cover.source) / length if length else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
