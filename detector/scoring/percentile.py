"""Where a figure stands among those of other reports of the genre."""

from collections.abc import Sequence

FEWEST = 30
"""Peers from which a percentile is told."""


def percentile(value: float, others: Sequence[float]) -> float:
    """Return what share of `others` is lower, 0–100.

    >>> percentile(0.5, [0.1, 0.5, 0.9, 0.9])
    25.0
    """
    return 100 * sum(other < value for other in others) / len(others)
