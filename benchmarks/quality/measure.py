"""Runs a method over pairs, and counts."""

import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from folds import Folds
from peers import Finder

from detector.evaluation.plagdet import Located, covers, plagdet
from detector.model.document import Document

Job: TypeAlias = tuple[str, str, Folds, Callable[[], tuple[Document, Document]]]
"""Names of draft and source as the truth has them, fold, and their documents."""


@dataclass
class Found:
    """What a method found in some pairs, and the CPU time it took for each.

    Attributes
    ----------
    by_pair : list of list of Located
        In the order of the pairs.
    """

    by_pair: list[list[Located]] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    @property
    def all(self) -> list[Located]:
        """Everything found, in the order of the pairs."""
        return [one for found in self.by_pair for one in found]

    @property
    def median(self) -> float:
        """Median of the milliseconds of a pair."""
        return statistics.median(self.milliseconds) if self.milliseconds else 0.0


def run(finder_of: Callable[[Folds], Finder], jobs: Iterable[Job]) -> Found:
    """Find in every pair with the finder of its fold."""
    found = Found()
    for draft, source, fold, documents in jobs:
        texts = documents()
        find = finder_of(fold)  # before the clock: it may build a model
        began = time.process_time()
        spans = list(find(*texts))
        found.milliseconds.append(1000 * (time.process_time() - began))
        found.by_pair.append([Located(draft, *s[:2], source, *s[2:]) for s in spans])
        progress(len(found.by_pair))
    progress(None)
    return found


def progress(count: int | None) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K" if count is None else f"\r{count} pairs ")


def is_found(shares: tuple[float, float]) -> bool:
    """Return whether at least half of a passage is covered, on both sides."""
    return min(shares) >= 0.5


def found_share(truths: Sequence[Located], found: Sequence[Located]) -> float:
    covered = covers(truths, found)
    hits = [is_found(c.shares(t)) for c, t in zip(covered, truths, strict=True)]
    return sum(hits) / max(len(hits), 1)


def recalled(truths: Sequence[Located], found: Sequence[Located]) -> float:
    """Return the share of the characters of all passages, both sides, covered."""
    covered = sum(cover.draft + cover.source for cover in covers(truths, found))
    total = sum(t[2] - t[1] + t[5] - t[4] for t in truths)
    return covered / max(total, 1)


def figures(truths: Sequence[Located], found: Sequence[Located]) -> str:
    """Return found, plagdet, precision, recall and granularity as columns."""
    all_of = plagdet(truths, found)
    return (
        f"{found_share(truths, found):6.3f} {all_of.score:8.3f} "
        f"{all_of.precision:9.3f} {all_of.recall:7.3f} {all_of.granularity:6.2f}"
    )


FIGURES = f"{'found':>6} {'plagdet':>8} {'precision':>9} {'recall':>7} {'gran.':>6}"
