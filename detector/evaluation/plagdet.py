"""Plagdet: precision, recall and granularity of found passages, in one figure.

Source: M. Potthast et al., "An Evaluation Framework for Plagiarism Detection",
COLING 2010, https://aclanthology.org/C10-2115/. Macro-averaged over passages.
"""

from collections.abc import Sequence
from math import log2
from typing import NamedTuple


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


def plagdet(true: Sequence[Located], found: Sequence[Located]) -> Plagdet:
    """Compare found passages with the true ones."""
    recalls = [_covered(case, found) for case in true]
    precisions = [_covered(case, true) for case in found]
    hits = [sum(_meets(case, one) for one in found) for case in true]
    detected = [count for count in hits if count]
    return Plagdet(
        precision=_mean(precisions),
        recall=_mean(recalls),
        granularity=_mean(detected) or 1.0,
    )


def _meets(one: Located, other: Located) -> bool:
    return (
        (one.draft, one.source) == (other.draft, other.source)
        and one.draft_start < other.draft_end
        and other.draft_start < one.draft_end
        and one.source_start < other.source_end
        and other.source_start < one.source_end
    )


def _covered(case: Located, by: Sequence[Located]) -> float:
    """Return the share of the characters of `case`, both sides, that `by` covers."""
    draft: set[int] = set()
    source: set[int] = set()
    for other in by:
        if _meets(case, other):
            draft.update(_common(case[1:3], other[1:3]))
            source.update(_common(case[4:6], other[4:6]))
    length = case.draft_end - case.draft_start + case.source_end - case.source_start
    return (len(draft) + len(source)) / length if length else 0.0


def _common(one: tuple[int, int], other: tuple[int, int]) -> range:
    return range(max(one[0], other[0]), min(one[1], other[1]))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
