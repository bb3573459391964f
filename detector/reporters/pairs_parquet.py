"""All pairs of a corpus, as a table for other tools: Apache Parquet, a row a pair."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from detector.errors import MissingExtraError
from detector.model.pairs import Pair, Pairs
from detector.text.visible import visible

_EXCHANGED = "array<struct<one: string, other: string, count: int>>"
COLUMNS = {
    "one": "string",
    "other": "string",
    "one_sha256": "string",
    "other_sha256": "string",
    "one_equal": "int",
    "other_equal": "int",
    "one_share": "double",
    "other_share": "double",
    "longest": "int",
    "passages": "int",
    "substitutions": _EXCHANGED,
    "first": "string",
    "basis": "string",
    "left": "string",
}
"""Name and type, as SQL has it, of each column."""


class Named(NamedTuple):
    """A pair, and the path and the id of its documents."""

    pair: Pair
    paths: tuple[str, str]
    ids: tuple[str, str]


def columns_of(rows: Iterable[Named]) -> dict[str, list[Any]]:
    """Return pairs by `COLUMNS`: those of JSON, documents by their names."""
    told = [_told(*row) for row in rows]
    return {name: [row[at] for row in told] for at, name in enumerate(COLUMNS)}


def _told(
    pair: Pair, paths: tuple[str, str], ids: tuple[str, str]
) -> tuple[object, ...]:
    one, other = map(visible, paths)
    names = {pair.one: one, pair.other: other, None: ""}
    exchanged = [
        {"one": one, "other": other, "count": count}
        for one, other, count in pair.substitutions
    ]
    size = *pair.equal, *pair.shares, pair.longest, pair.passages
    first, basis, left = pair.lineage
    return one, other, *ids, *size, exchanged, names[first], basis.value, left


def render_pairs(pairs: Pairs) -> bytes:
    """Return the pairs as Parquet; equal pairs, equal bytes. Needs PyArrow.

    Raises
    ------
    MissingExtraError
        If PyArrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError(name="pyarrow", extra="spark") from error
    exchanged = {"one": pa.string(), "other": pa.string(), "count": pa.int32()}
    types = {
        "string": pa.string(),
        "int": pa.int32(),
        "double": pa.float64(),
        _EXCHANGED: pa.list_(pa.struct(exchanged)),
    }
    documents = pairs.documents
    columns = columns_of(
        Named(
            pair,
            (documents[pair.one].origin.path, documents[pair.other].origin.path),
            (documents[pair.one].id, documents[pair.other].id),
        )
        for pair in pairs.pairs
    )
    schema = pa.schema([(name, types[form]) for name, form in COLUMNS.items()])
    out = pa.BufferOutputStream()
    pq.write_table(pa.table(columns, schema), out, compression="zstd")
    written: bytes = out.getvalue().to_pybytes()
    return written
