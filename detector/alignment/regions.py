"""Where two texts share enough for it to be worth a closer look.

The draft and the source are laid against each other and cut into squares; in each of
them the bits of the runs are added up. Squares with enough bits, and those around them,
make a region. So the order of the runs inside of one does not matter.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from detector.alignment.runs import BitRuns
from detector.kernels import squares

ENOUGH = {True: 14.0, False: 20.0}
"""Bits in two by two squares that make a region; by whether units are words."""
_MOST_A_RUN = 40.0
_APART = 3
"""Squares between two that belong to one region."""


def regions(
    runs: BitRuns, worth: NDArray[np.float64], tile: int, *, of_words: bool
) -> Iterator[NDArray[np.intp]]:
    """Yield the runs of each region, as ascending places in `runs`.

    Parameters
    ----------
    worth : float array of shape (m,)
        What each run says beyond its place.
    tile : int
        Side of a square, in units.
    """
    dense, stride = dense_squares(runs, worth, tile, of_words=of_words)
    if not len(dense):
        return
    square = _squares(runs, tile, stride)
    group = _linked(dense, stride)
    near, label = _surroundings(dense, group, stride)
    at = np.minimum(np.searchsorted(near, square), len(near) - 1)
    inside = np.flatnonzero(near[at] == square)
    labels = label[at[inside]]
    order = np.argsort(labels, kind="stable")
    cuts = np.flatnonzero(np.diff(labels[order])) + 1
    yield from np.split(inside[order], cuts)


def dense_squares(
    runs: BitRuns, worth: NDArray[np.float64], tile: int, *, of_words: bool
) -> tuple[NDArray[np.int64], int]:
    """Return the squares that are part of a region, and how many make a row.

    The square in row r and column c has the number ``r * stride + c``.
    """
    if not len(runs.first):
        return np.zeros(0, dtype=np.int64), 1
    last = int((runs.second + runs.length // 2).max())
    stride = last // tile + 2 * _APART + 2
    square = _squares(runs, tile, stride)
    good = np.flatnonzero(worth > 0)
    demand = np.minimum(worth[good], _MOST_A_RUN), ENOUGH[of_words]
    return squares.dense_squares(
        square[good], runs.first[good], stride, [demand]
    ), stride


def _squares(runs: BitRuns, tile: int, stride: int) -> NDArray[np.int64]:
    """Return the square in which the middle of each run lies."""
    middle = runs.length // 2
    squares: NDArray[np.int64]
    squares = (runs.first + middle) // tile * stride + (runs.second + middle) // tile
    return squares


def _linked(squares: NDArray[np.int64], stride: int) -> NDArray[np.int64]:
    """Return a number for each square, equal for those linked by neighbours."""
    here = np.flatnonzero(np.diff(squares) <= _APART)
    edges = [(here, here + 1)]
    # Of those near it in a row further down the first and the last are enough: whatever
    # is between them is near one of the two.
    for down in range(stride, (_APART + 1) * stride, stride):
        first = np.searchsorted(squares, squares + (down - _APART))
        last = np.searchsorted(squares, squares + (down + _APART), "right") - 1
        here = np.flatnonzero(first <= last)
        edges += [(here, first[here]), (here, last[here])]
    one, other = map(np.concatenate, zip(*edges, strict=True))
    label = np.arange(len(squares))
    while True:
        before = label.copy()
        least = np.minimum(label[one], label[other])
        np.minimum.at(label, one, least)
        np.minimum.at(label, other, least)
        label = label[label]
        if (label == before).all():
            return label


def _surroundings(
    squares: NDArray[np.int64], label: NDArray[np.int64], stride: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the squares and those around them, ascending, with their labels."""
    steps = [down * stride + right for down in (-1, 0, 1) for right in (-1, 0, 1)]
    around = np.concatenate([squares + step for step in steps])
    near, once = np.unique(around, return_index=True)
    return near, np.tile(label, len(steps))[once]
