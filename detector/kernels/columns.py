"""Tables as columns, in batches, and groups of rows that stay together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Columns: TypeAlias = Mapping[str, NDArray[Any]]
"""Rows of a table: arrays of one length, by name."""
_AT_LEAST = 1 << 16
"""Rows that are worked on together."""


def names_of(schema: str) -> tuple[str, ...]:
    """Return the columns of a schema.

    >>> names_of("number bigint, common binary")
    ('number', 'common')
    """
    return tuple(column.split()[0] for column in schema.split(", "))


def rows_of(columns: Columns) -> int:
    """Return how many rows there are."""
    return len(next(iter(columns.values())))


def taken(columns: Columns, which: "NDArray[Any] | slice") -> Columns:
    """Return some of the rows."""
    return {name: column[which] for name, column in columns.items()}


def joined(batches: Sequence[Columns]) -> Columns:
    """Return the rows of one table and more, which have the same columns."""
    return {
        name: np.concatenate([batch[name] for batch in batches]) for name in batches[0]
    }


def objects(values: Iterable[object]) -> NDArray[Any]:
    """Return texts or bytes as a column."""
    held = list(values)
    found = np.empty(len(held), dtype=object)
    found[:] = held
    return found


def batched(
    names: Sequence[str], rows: Iterable[tuple[object, ...]], size: int = 1024
) -> Iterator[Columns]:
    """Yield rows as columns, so many at a time."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield {name: objects(row[at] for row in some) for at, name in enumerate(names)}


def starts_of_groups(columns: Columns, names: Sequence[str]) -> NDArray[np.intp]:
    """Return at which rows the values of some columns are others than before."""
    begins = np.zeros(rows_of(columns), dtype=np.bool_)
    begins[:1] = True
    for name in names:
        begins[1:] |= columns[name][1:] != columns[name][:-1]
    return np.flatnonzero(begins)


def whole_groups(batches: Iterable[Columns], names: Sequence[str]) -> Iterator[Columns]:
    """Yield the rows in batches of which none ends amid a group.

    Parameters
    ----------
    batches : iterable of Columns
        Those of a group one after the other.
    names : sequence of str
        Columns that are equal in a group. A group has to fit into memory.
    """
    held: list[Columns] = []
    rows, enough = 0, _AT_LEAST
    for batch in batches:
        if not rows_of(batch):
            continue
        held.append(batch)
        rows += rows_of(batch)
        if rows < enough:
            continue
        table = joined(held)
        last = int(starts_of_groups(table, names)[-1])
        if last:
            yield taken(table, slice(last))
        held = [taken(table, slice(last, None))]
        rows -= last
        enough = max(_AT_LEAST, 2 * rows)  # a group is not put together for each batch
    if held:
        yield joined(held)
