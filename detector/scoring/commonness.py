"""How much of a shared character is copied, and how much is what everybody writes."""

from math import log

import numpy as np
from numpy.typing import NDArray


def ceiling(among: int) -> float:
    """Return K: from so many holders on wording is boilerplate and nothing else."""
    return max(8.0, among / 10)


def copied_share(holders: NDArray[np.int64], among: int) -> NDArray[np.float64]:
    """Return the weight of each character held by so many organisations, 0–1.

    ``w = max(0, 1 − ln(max(df, 1)) / ln K)`` with ``K = max(8, M / 10)``: a wording
    that one other organisation holds is copied; the more hold it, the more it is
    boilerplate; from K on it is nothing else. No cliff.

    Parameters
    ----------
    holders : int array of any shape
        df: distinct organisations, other than the draft's own, that hold the passage.
    among : int
        M: organisations in the corpus other than the draft's own.

    Examples
    --------
    >>> copied_share(np.array([0, 1, 2, 8]), among=4).round(2).tolist()
    [1.0, 1.0, 0.67, 0.0]
    """
    weights = 1 - np.log(np.maximum(holders, 1)) / log(ceiling(among))
    return np.asarray(np.maximum(weights, 0.0), dtype=np.float64)
