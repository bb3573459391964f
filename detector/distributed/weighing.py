"""What documents share, weighed up where it is: pairs, and what organisations hold.

A row of a side is what a document shares with another one, with what is known of both:
``own_…`` and ``there_…``. Those of a document come together.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from detector.distributed.comparing import facts_as_text, facts_of, runs_in
from detector.distributed.reading import path_of
from detector.kernels.columns import (
    Columns,
    objects,
    starts_of_groups,
    taken,
    whole_groups,
)
from detector.kernels.intervals import Runs
from detector.model.pairs import Pair
from detector.reporters.pairs_parquet import COLUMNS, Named, columns_of
from detector.scoring.pairs import Shared, held_by, of_many, pair_of

PAIR = (
    "one bigint, other bigint, one_equal int, other_equal int, "
    "one_share double, other_share double, longest int, passages int, facts string"
)
"""A pair that has been weighed up."""
NAMED = f"{PAIR}, own_path binary, there_path binary, own_id binary, there_id binary"
"""And what its documents are called, the first one before the other one."""
HELD = "organisation string, holder string, units bigint"
"""How many units of a document of the first one documents of the second one have."""
WRITTEN = ", ".join(f"{name} {form}" for name, form in COLUMNS.items())
OF_PAIR = tuple(column.split()[0] for column in PAIR.split(", "))
_OF_NAMES = ("own_path", "there_path", "own_id", "there_id")


def weighed(batches: Iterable[Columns]) -> Iterator[Columns]:
    """Yield each pair, at the side of its first document."""
    for batch in whole_groups(batches, ["own"]):
        found = [row for document in _documents(batch) for row in document.pairs()]
        rows = np.array([at for at, _ in found], dtype=np.int64)
        pairs = _columns(OF_PAIR, [_row(pair) for _, pair in found])
        yield {**taken(batch, rows), **pairs}


def held(batches: Iterable[Columns]) -> Iterator[Columns]:
    """Yield what each organisation has of the documents of each, if both are known."""
    for batch in whole_groups(batches, ["own"]):
        rows = [
            (owner, holder, units)
            for document in _documents(batch)
            if (owner := document.own("organisation"))
            for holder, units in document.held().items()
        ]
        yield _columns(("organisation", "holder", "units"), rows)


def written(batches: Iterable[Columns]) -> Iterator[Columns]:
    """Yield pairs with names as they are in a file of pairs."""
    for batch in batches:
        pairs = map(pair_in, zip(*(batch[name] for name in OF_PAIR), strict=True))
        names = zip(*(batch[name] for name in _OF_NAMES), strict=True)
        rows = (
            Named(
                pair, (path_of(one), path_of(other)), (bytes(a).hex(), bytes(b).hex())
            )
            for pair, (one, other, a, b) in zip(pairs, names, strict=True)
        )
        yield {name: objects(column) for name, column in columns_of(rows).items()}


def pair_in(row: tuple[Any, ...]) -> Pair:
    """Return the pair of a row of `PAIR`."""
    one, other, *equal, share, share_there, longest, passages, facts = row
    sizes = (int(equal[0]), int(equal[1])), (float(share), float(share_there))
    return Pair(
        int(one), int(other), *sizes, int(longest), int(passages), *facts_of(facts)
    )


class _Document(NamedTuple):
    """A document of a batch, and the rows of what it shares."""

    batch: Columns
    rows: range

    def own(self, name: str) -> Any:  # noqa: ANN401 - of any column
        """Return what is known of it."""
        return self.batch[f"own_{name}"][self.rows[0]]

    def others(self, name: str) -> list[tuple[str, Runs]]:
        """Return which of its units others have, and what each of these is."""
        column, runs = self.batch[f"there_{name}"], self.batch["held"]
        return [(column[at], runs_in(runs[at])) for at in self.rows]

    def held(self) -> dict[str, int]:
        """Return how many of its units each organisation has."""
        return held_by(self.others("organisation"), int(self.own("units")))

    def pairs(self) -> Iterator[tuple[int, Pair]]:
        """Yield the pairs of which it is the first one, and their rows."""
        units, sizes = int(self.own("units")), self.batch["there_units"]
        common = of_many(self.own("holder"), self.others("holder"), units)
        for at in self.rows:
            if self.batch["own"][at] < self.batch["there"][at]:
                yield at, pair_of(self._shared(at), (units, int(sizes[at])), common)

    def _shared(self, at: int) -> Shared:
        row = {name: column[at] for name, column in self.batch.items()}
        return Shared(
            int(row["own"]),
            int(row["there"]),
            (runs_in(row["held"]), runs_in(row["back"])),
            int(row["longest"]),
            int(row["passages"]),
            *facts_of(row["facts"]),
        )


def _documents(batch: Columns) -> Iterator[_Document]:
    begins = starts_of_groups(batch, ["own"]).tolist()
    for begin, end in zip(begins, [*begins[1:], len(batch["own"])], strict=True):
        yield _Document(batch, range(begin, end))


def _columns(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Columns:
    """Return rows as columns."""
    return {name: objects(row[at] for row in rows) for at, name in enumerate(names)}


def _row(pair: Pair) -> tuple[Any, ...]:
    """Return a pair by `PAIR`."""
    size = *pair.equal, *pair.shares, pair.longest, pair.passages
    return *pair[:2], *size, facts_as_text(pair.substitutions, pair.lineage)
