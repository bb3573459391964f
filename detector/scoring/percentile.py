"""Where a figure stands among those of other reports of the genre."""

from collections.abc import Sequence

FEWEST = 30
"""Peers from which a percentile is told."""


def percentile(value: float, others: Sequence[float]) -> float:
    """Return what share of `others` is lower, 0–100; equal ones count by half.

    >>> percentile(0.5, [0.1, 0.5, 0.9, 0.9])
    37.5
    """
    lower = sum(other < value for other in others)
    equal = sum(other == value for other in others)
    return 100 * (lower + equal / 2) / len(others)
