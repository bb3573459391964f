"""What documents share, weighed up where it is: pairs, and what organisations hold.

A row of a side is what a document has in common with another one, which many can have
with each other: those of a document are never held together.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.distributed.comparing import facts_as_text, facts_of, packed_runs, runs_in
from detector.distributed.reading import text_of
from detector.kernels.columns import (
    Columns,
    batched,
    names_of,
    objects,
    rows_of,
    starts_of_groups,
    taken,
)
from detector.kernels.intervals import covered, runs_of
from detector.model.pairs import Pair
from detector.reporters.pairs_parquet import COLUMNS, Named, columns_of
from detector.scoring.pairs import Shared, of_many, pair_of

COMMON = "number bigint, common binary"
"""Units of a document that several holders besides its own have, if there are any."""
HELD = "organisation binary, holder binary, units bigint"
"""How many units of a document of the first one documents of the second one have."""
PAIR = (
    "one bigint, other bigint, one_equal int, other_equal int, "
    "one_share double, other_share double, longest int, passages int, facts string"
)
"""A pair that has been weighed up."""
NAMED = f"{PAIR}, one_path binary, other_path binary, one_id binary, other_id binary"
"""And what its documents are called."""
WRITTEN = ", ".join(f"{name} {form}" for name, form in COLUMNS.items())
OF_PAIR = names_of(PAIR)
_OF_NAMES = names_of(NAMED)[len(OF_PAIR) :]
_SIDES = 1024
"""Rows of a document whose runs are laid upon each other at once."""


class _Union(NamedTuple):
    """Which units of a document those documents have that are called the same.

    Attributes
    ----------
    own : int
        Number of the document.
    own_name, name : bytes
        What it is called, and what they are.
    """

    own: int
    own_name: bytes
    name: bytes
    mask: NDArray[np.bool_]


def common(batches: Iterable[Columns]) -> Iterator[Columns]:
    """Yield what of each document several others have.

    Parameters
    ----------
    batches : iterable of Columns
        Sides, of holders: own, there_name, own_name, units, held. Those of a document
        come together, by the name of the other one, which is not its own.
    """
    by_document = groupby(_unions(batches), lambda union: union.own)
    rows = (
        (number, _of_many(union.mask for union in some)) for number, some in by_document
    )
    yield from batched(names_of(COMMON), (row for row in rows if row[1]))


def _of_many(masks: Iterator[NDArray[np.bool_]]) -> bytes:
    first = next(masks)
    return packed_runs(runs_of(of_many(chain([first], masks), len(first))))


def held(batches: Iterable[Columns]) -> Iterator[Columns]:
    """Yield what each organisation has of each document.

    Parameters
    ----------
    batches : iterable of Columns
        Sides, of organisations that are known, as `common` has them.
    """
    unions = _unions(batches)
    rows = ((one.own_name, one.name, int(one.mask.sum())) for one in unions)
    yield from batched(names_of(HELD), rows)


def _unions(batches: Iterable[Columns]) -> Iterator[_Union]:
    at: _Union | None = None
    for batch in _portions(batches):
        row = {name: column[0] for name, column in batch.items()}
        own, name = int(row["own"]), row["there_name"]
        if at and (at.own, at.name) != (own, name):
            yield at
            at = None
        mask = covered(list(map(runs_in, batch["held"])), int(row["units"]))
        if at:
            mask |= at.mask
        at = _Union(own, row["own_name"], name, mask)
    if at:
        yield at


def _portions(batches: Iterable[Columns]) -> Iterator[Columns]:
    """Yield rows of one document and of one name at a time, some of them."""
    for batch in batches:
        begins = starts_of_groups(batch, ["own", "there_name"]).tolist()
        ends = [*begins[1:], rows_of(batch)]
        for begin, end in zip(begins, ends, strict=True):
            for first in range(begin, end, _SIDES):
                yield taken(batch, slice(first, min(first + _SIDES, end)))


def weighed(batches: Iterable[Columns]) -> Iterator[Columns]:
    """Yield pairs, each with `common` of its first document and units of both."""
    rows = (
        dict(zip(batch, row, strict=True))
        for batch in batches
        for row in zip(*batch.values(), strict=True)
    )
    yield from batched(names_of(NAMED), map(_weighed, rows))


def _weighed(row: dict[str, Any]) -> tuple[Any, ...]:
    shared = Shared(
        int(row["one"]),
        int(row["other"]),
        (runs_in(row["theirs"]), runs_in(row["ours"])),
        int(row["longest"]),
        int(row["passages"]),
        *facts_of(row["facts"]),
    )
    sizes = int(row["one_units"]), int(row["other_units"])
    pair = pair_of(shared, sizes, covered([runs_in(row["common_units"])], sizes[0]))
    size = *pair.equal, *pair.shares, pair.longest, pair.passages
    facts = facts_as_text(pair.substitutions, pair.lineage)
    return *pair[:2], *size, facts, *(row[name] for name in _OF_NAMES)


def pair_in(row: tuple[Any, ...]) -> Pair:
    """Return the pair of a row of `PAIR`."""
    one, other, *equal, share, share_there, longest, passages, facts = row
    sizes = (int(equal[0]), int(equal[1])), (float(share), float(share_there))
    return Pair(
        int(one), int(other), *sizes, int(longest), int(passages), *facts_of(facts)
    )


def written(batches: Iterable[Columns]) -> Iterator[Columns]:
    """Yield pairs with names as they are in a file of pairs."""
    for batch in batches:
        pairs = map(pair_in, zip(*(batch[name] for name in OF_PAIR), strict=True))
        names = zip(*(batch[name] for name in _OF_NAMES), strict=True)
        rows = (
            Named(
                pair, (text_of(one), text_of(other)), (bytes(a).hex(), bytes(b).hex())
            )
            for pair, (one, other, a, b) in zip(pairs, names, strict=True)
        )
        yield {name: objects(column) for name, column in columns_of(rows).items()}
