"""All pairs of a corpus, as a table for other tools: Apache Parquet, a row a pair."""

from detector.errors import MissingExtraError
from detector.model.pairs import Pairs
from detector.text.visible import visible


def render_pairs(pairs: Pairs) -> bytes:
    """Return the pairs as Parquet; equal pairs, equal bytes.

    Columns as in JSON, but for documents, which are told by path and id, and what is
    one of two: ``one_…`` and ``other_…``. Needs PyArrow.

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
    paths = [visible(document.origin.path) for document in pairs.documents]
    ids = [document.id for document in pairs.documents]
    exchanged = pa.list_(
        pa.struct({"one": pa.string(), "other": pa.string(), "count": pa.int32()})
    )
    rows = pairs.pairs
    columns = {
        "one": pa.array([paths[row.one] for row in rows], pa.string()),
        "other": pa.array([paths[row.other] for row in rows], pa.string()),
        "one_sha256": pa.array([ids[row.one] for row in rows], pa.string()),
        "other_sha256": pa.array([ids[row.other] for row in rows], pa.string()),
        "one_equal": pa.array([row.equal[0] for row in rows], pa.int32()),
        "other_equal": pa.array([row.equal[1] for row in rows], pa.int32()),
        "one_share": pa.array([row.shares[0] for row in rows], pa.float64()),
        "other_share": pa.array([row.shares[1] for row in rows], pa.float64()),
        "longest": pa.array([row.longest for row in rows], pa.int32()),
        "passages": pa.array([row.passages for row in rows], pa.int32()),
        "substitutions": pa.array(
            [
                [
                    {"one": one, "other": other, "count": count}
                    for one, other, count in row.substitutions
                ]
                for row in rows
            ],
            exchanged,
        ),
        "first": pa.array(
            [
                "" if row.lineage.first is None else paths[row.lineage.first]
                for row in rows
            ],
            pa.string(),
        ),
        "basis": pa.array([row.lineage.basis.value for row in rows], pa.string()),
        "left": pa.array([row.lineage.left for row in rows], pa.string()),
    }
    out = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), out, compression="zstd")
    written: bytes = out.getvalue().to_pybytes()
    return written
