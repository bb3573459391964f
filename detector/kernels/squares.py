"""Where weights lie densely: squares of a plane, two by two."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detector.kernels.distinct import distinct, is_among, is_new


def dense_squares(
    square: NDArray[np.int64],
    first: NDArray[np.int64],
    stride: int,
    demands: Sequence[tuple[NDArray[np.float64], float]],
) -> NDArray[np.int64]:
    """Return the squares that are part of two by two with enough weight, ascending.

    Parameters
    ----------
    square : int64 array of shape (m,)
        In which square each of m things lies: ``row * stride + column``.
    first : int64 array of shape (m,)
        Of things of one square with one `first` only the heaviest counts, by the first
        of the demands.
    demands : sequence of (weights of shape (m,), least sum)
        Of each kind of weight there must be enough.
    """
    if not len(square):
        return np.zeros(0, dtype=np.int64)
    order = np.lexsort((-demands[0][0], first, square))
    here, start = square[order], first[order]
    once = is_new(here) | is_new(start)
    order, here = order[once], here[once]
    new = is_new(here)
    squares, number = here[new], np.cumsum(new) - 1
    steps = (0, 1, stride, stride + 1)
    corners = distinct(np.concatenate([squares - step for step in steps]))
    enough = np.ones(len(corners), dtype=np.bool_)
    for weights, least in demands:
        sums = np.bincount(number, weights=weights[order])
        total = np.zeros(len(corners))
        for step in steps:
            total[np.searchsorted(corners, squares - step)] += sums
        enough &= total >= least
    part = np.concatenate([corners[enough] + step for step in steps])
    return squares[is_among(squares, distinct(part))]
