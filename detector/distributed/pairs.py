"""All documents of a corpus against all, on Spark: what `find_pairs` finds on one."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from detector.config import Config
from detector.distributed.comparing import SHARED, WANTED, compared, unpacked, wanted
from detector.distributed.joining import (
    counted,
    marked,
    near_twins,
    paired,
    placed,
    seed_rows,
    sketch_rows,
    without_hot,
)
from detector.distributed.reading import PACKED, document_of, path_of, read, source_of
from detector.errors import DetectorError
from detector.executors.spark import Spark, Table
from detector.fingerprints.seeds import seeds_of
from detector.index.pairs import most_places
from detector.kernels.columns import Columns
from detector.kernels.postings import MOST_PLACES
from detector.model.document import Document, Origin
from detector.model.pairs import Pairs
from detector.pairing import FREQUENT, OF_BUCKET, check_share, sketch, weighed_up
from detector.prepared import Prepared

_SEED = "document bigint, place int, width tinyint, key bigint"
_COUNTED = f"{_SEED}, counted int"
_MARKED = f"{_COUNTED}, followed boolean"
_PAIRED = "other bigint, one bigint, later int, earlier int, width tinyint, counted int"
_PLACED = f"{WANTED}, places binary, twin boolean"
_UNITS_OF_PART, _PAIRS_OF_PART = 1_000_000, 2_000
"""Characters that are prepared, and pairs that are aligned, some seconds' work each."""
_IS_SEED = "(width > 0)"


class Capped(NamedTuple):
    """What was left out because it stands everywhere.

    Attributes
    ----------
    seeds : int
        Seeds that are followed to none of their places.
    places : int
        How many these are.
    """

    seeds: int
    places: int


class Found(NamedTuple):
    """What was found, what could not be read, and what was left out."""

    pairs: Pairs
    errors: tuple[DetectorError, ...]
    capped: Capped


def find_pairs(
    spark: Spark, paths: Sequence[str], config: Config, alike: float = 0.5
) -> Found:
    """Return the pairs of a corpus that share passages, as `pairing.find_pairs` does.

    The tables of every stage stay in `spark.work`: a run that was stopped goes on with
    the first that is not whole.

    Parameters
    ----------
    paths : sequence of str
        As `reading.source_of` takes them.

    Raises
    ------
    OptionError
        If `alike` is no share.
    ClusterError
        If a job fails.
    DetectorError
        If there is nothing to read.
    """
    check_share(alike)
    source = source_of(spark, paths)
    spark = spark.for_job("pairs", config.digest, *source.marks)
    documents, errors = read(spark, source, empty=True)
    about = sorted(documents.select("number", *_KNOWN).rows())
    sizes = [row[-1] for row in about]
    units = sum(sizes) + len(sizes)
    parts = spark.parts(units, _UNITS_OF_PART)
    seeds = spark.stage("seeds", lambda: _seeds(documents.spread(parts), units))
    hot = _hot(seeds)
    pairs = spark.stage("pairs", lambda: _pairs(seeds, hot, units))
    chosen = spark.stage("wanted", lambda: _wanted(documents, pairs, config, parts))
    looked_at = chosen.grouped([], count="count(1)").rows()[0][0]
    parts = spark.parts(looked_at, _PAIRS_OF_PART)
    shared = spark.stage("shared", lambda: _shared(documents, chosen, config, parts))
    found = list(map(unpacked, shared.each()))
    result = weighed_up(list(map(_named, about)), sizes, found, alike, looked_at)
    places = sum(count for _, count in hot)
    return Found(result, errors, Capped(len(hot), places))


_KNOWN = ("path", "id", "organisation", "year", "units")


def _named(row: tuple[int, bytes, bytes, str, str, int]) -> Document:
    """Return a document without its text, whose id is known."""
    _, path, identity, organisation, year, _ = row
    document = Document("", Origin(path_of(path), organisation=organisation, year=year))
    document.__dict__["id"] = bytes(identity).hex()
    return document


def _seeds(documents: Table, units: int) -> Table:
    """Return the seeds of all documents, the smallest ones once more, without width."""
    short = units < MOST_PLACES
    table = documents.select("number", *PACKED)
    return table.mapped(partial(_seeds_of, short=short), _SEED)


def _seeds_of(batches: Iterable[Columns], *, short: bool) -> Iterator[Columns]:
    for batch in batches:
        for row, number in enumerate(batch["number"].tolist()):
            prepared = Prepared(document_of(batch, row))
            seeds = seeds_of(prepared.weighed.loose)
            yield seed_rows(number, seeds, short=short)
            yield sketch_rows(number, sketch(seeds))


def _hot(seeds: Table) -> list[tuple[int, int]]:
    """Return the keys that stand in more places than are followed, and in how many."""
    counts = seeds.where(_IS_SEED).grouped(["key"], places="count(1)")
    return sorted(counts.where(f"places > {most_places(FREQUENT)}").rows())


def _pairs(seeds: Table, hot: list[tuple[int, int]], units: int) -> Table:
    """Return the pairs that share a place, or may be twins: one row each."""
    keys = np.array([key for key, _ in hot], dtype=np.int64)
    table = seeds.where(_IS_SEED).mapped(partial(without_hot, hot=keys), _SEED)
    table = table.gathered(["key"], []).mapped(counted, _COUNTED)
    table = table.gathered(["document"], ["place"])
    table = table.mapped(partial(marked, frequent=FREQUENT), _MARKED)
    table = table.gathered(["key"], ["document", "place"])
    table = table.mapped(partial(paired, frequent=FREQUENT), _PAIRED)
    table = table.gathered(["other", "one"], [])
    table = table.mapped(partial(placed, units=units), _PLACED)
    twins = seeds.where(f"not {_IS_SEED}").select("key", "document")
    twins = twins.gathered(["key"], ["document"])
    twins = twins.mapped(partial(near_twins, most=OF_BUCKET), _PLACED)
    both = table.with_rows(twins)
    return both.grouped(["other", "one"], places="max(places)", twin="max(twin)")


def _wanted(documents: Table, pairs: Table, config: Config, parts: int) -> Table:
    """Return the pairs that are aligned."""
    rows = pairs.select("*", *(f"binary('') as {name}" for name in PACKED))
    ours = _later(documents, pairs).select("*", "binary('') as places", "false as twin")
    table = ours.with_rows(rows).gathered(["other"], ["one"], parts)
    return table.mapped(partial(wanted, config=config), WANTED)


def _shared(documents: Table, chosen: Table, config: Config, parts: int) -> Table:
    """Return what the pairs share."""
    rows = chosen.joined(documents.select("number as one", *PACKED), "one")
    table = _later(documents, chosen).with_rows(rows)
    table = table.gathered(["other"], ["one"], parts)
    return table.mapped(partial(compared, config=config), SHARED)


def _later(documents: Table, pairs: Table) -> Table:
    """Return the later documents of pairs, each as a row before those of its pairs."""
    themselves = documents.select("number as other", "-1L as one", *PACKED)
    return themselves.joined(pairs.select("other"), "other", "left_semi")
