"""Sets of places as the runs they make: half-open, ascending, none touching another."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Runs: TypeAlias = NDArray[np.int32]
"""Runs of places: shape (m, 2), where each begins and ends."""


def runs_of(mask: NDArray[np.bool_]) -> Runs:
    """Return the runs of places that a mask has.

    >>> runs_of(np.array([True, True, False, True])).tolist()
    [[0, 2], [3, 4]]
    """
    edges = np.diff(mask.astype(np.int8), prepend=0, append=0)
    return np.flatnonzero(edges).astype(np.int32).reshape(-1, 2)


def covered(runs: Sequence[Runs], size: int) -> NDArray[np.bool_]:
    """Return which of so many places are in some runs.

    >>> covered([np.array([[0, 2]]), np.array([[1, 3]])], 4).tolist()
    [True, True, True, False]
    """
    whole = np.concatenate([np.zeros((0, 2), dtype=np.int32), *runs])
    begins, ends = (np.bincount(side, minlength=size + 1) for side in whole.T)
    return np.asarray(np.cumsum(begins - ends)[:size] > 0)


def places_in(runs: Runs) -> int:
    """Return how many places are in runs."""
    return int((runs[:, 1] - runs[:, 0]).sum())
