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
    without_hot,
)
from detector.distributed.reading import error_of, path_of, source_of
from detector.errors import DetectorError, OptionError
from detector.executors.spark import Spark, Table
from detector.fingerprints.seeds import seeds_of
from detector.index.pairs import most_places
from detector.kernels.columns import Columns
from detector.kernels.postings import MOST_PLACES
from detector.model.document import Document, Origin
from detector.model.pairs import Pairs
from detector.pairing import FREQUENT, OF_BUCKET, sketch, weighed_up
from detector.prepared import Prepared
from detector.store.records import unpack_document

_SEED = "document bigint, place int, width tinyint, key bigint"
_COUNTED = f"{_SEED}, counted int"
_MARKED = f"{_COUNTED}, followed boolean"
_PAIRED = "other bigint, one bigint, later int, earlier int, width tinyint, counted int"
_PLACED = f"{WANTED}, places binary, twin boolean"
_UNITS_OF_PART, _PAIRS_OF_PART = 1_000_000, 2_000
"""Characters that are prepared, and pairs that are aligned, some seconds' work each."""
_SKETCHED = "key bigint, document bigint"


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
    if not 0 < alike <= 1:
        raise OptionError(name="alike", value=alike, allowed="0–1")
    source = source_of(spark, paths)
    spark = spark.for_job("pairs", config.digest, *source.marks)
    everything = spark.stage("read", lambda: source.table)
    documents = spark.stage(
        "documents",
        lambda: everything.where("error = ''").ordered(["source", "at"], "documents"),
    )
    failed = everything.where("error <> ''").select("source", "at", "error").rows()
    about = sorted(documents.select("number", *_KNOWN).rows())
    sizes = [row[-1] for row in about]
    units = sum(sizes) + len(sizes)
    parts = spark.parts(units, _UNITS_OF_PART)
    seeds = spark.stage("seeds", lambda: _seeds(documents.spread(parts), units))
    hot = _hot(seeds)
    pairs = spark.stage("pairs", lambda: _pairs(documents, seeds, hot, units))
    chosen = spark.stage("wanted", lambda: _wanted(documents, pairs, config, parts))
    looked_at = chosen.grouped([], count="count(1)").rows()[0][0]
    parts = spark.parts(looked_at, _PAIRS_OF_PART)
    shared = spark.stage("shared", lambda: _shared(documents, chosen, config, parts))
    rows = (unpacked(row) for batch in shared.batches() for row in batch)
    result = weighed_up(list(map(_named, about)), sizes, list(rows), alike, looked_at)
    told = [error_of(row[-1]) for row in sorted(failed)]
    places = sum(count for _, count in hot)
    return Found(result, (*source.missing, *told), Capped(len(hot), places))


_KNOWN = ("path", "id", "organisation", "year", "units")


def _named(row: tuple[int, bytes, bytes, str, str, int]) -> Document:
    """Return a document without its text, whose id is known."""
    _, path, identity, organisation, year, _ = row
    document = Document("", Origin(path_of(path), organisation=organisation, year=year))
    document.__dict__["id"] = bytes(identity).hex()
    return document


def _seeds(documents: Table, units: int) -> Table:
    short = units < MOST_PLACES
    table = documents.select("number", "about", "text", "layout")
    return table.mapped(partial(_seeds_of, short=short), _SEED)


def _seeds_of(batches: Iterable[Columns], *, short: bool) -> Iterator[Columns]:
    for number, prepared in _prepared(batches):
        yield seed_rows(number, seeds_of(prepared.weighed.loose), short=short)


def _sketches_of(batches: Iterable[Columns]) -> Iterator[Columns]:
    for number, prepared in _prepared(batches):
        keys = np.array(sketch(seeds_of(prepared.weighed.loose)), dtype=np.uint64)
        numbers = np.full(len(keys), number, dtype=np.int64)
        yield {"key": keys.view(np.int64), "document": numbers}


def _prepared(batches: Iterable[Columns]) -> Iterator[tuple[int, Prepared]]:
    names = ("number", "about", "text", "layout")
    for batch in batches:
        columns = (batch[name].tolist() for name in names)
        for number, *parts in zip(*columns, strict=True):
            yield number, Prepared(unpack_document(*map(bytes, parts)))


def _hot(seeds: Table) -> list[tuple[int, int]]:
    """Return the keys that stand in more places than are followed, and in how many."""
    counts = seeds.grouped(["key"], places="count(1)")
    return sorted(counts.where(f"places > {most_places(FREQUENT)}").rows())


def _pairs(
    documents: Table, seeds: Table, hot: list[tuple[int, int]], units: int
) -> Table:
    """Return the pairs that share a place, or may be twins: one row each."""
    keys = np.array([key for key, _ in hot], dtype=np.int64)
    table = seeds.mapped(partial(without_hot, hot=keys), _SEED)
    table = table.gathered(["key"], []).mapped(counted, _COUNTED)
    table = table.gathered(["document"], ["place"])
    table = table.mapped(partial(marked, frequent=FREQUENT), _MARKED)
    table = table.gathered(["key"], ["document", "place"])
    table = table.mapped(partial(paired, frequent=FREQUENT), _PAIRED)
    table = table.gathered(["other", "one"], [])
    table = table.mapped(partial(placed, units=units), _PLACED)
    twins = documents.select("number", "about", "text", "layout")
    twins = twins.mapped(_sketches_of, _SKETCHED).gathered(["key"], ["document"])
    twins = twins.mapped(partial(near_twins, most=OF_BUCKET), _PLACED)
    both = table.with_rows(twins)
    return both.grouped(["other", "one"], places="max(places)", twin="max(twin)")


_ITSELF = "-1L as one"
_TEXT = ("about", "text", "layout")


def _wanted(documents: Table, pairs: Table, config: Config, parts: int) -> Table:
    """Return the pairs that are aligned."""
    nothing = ("binary('') as about", "binary('') as text", "binary('') as layout")
    rows = pairs.select("other", "one", "places", "twin", *nothing)
    ours = _later(documents, pairs, "binary('') as places", "false as twin")
    table = ours.with_rows(rows).gathered(["other"], ["one"], parts)
    return table.mapped(partial(wanted, config=config), WANTED)


def _shared(documents: Table, chosen: Table, config: Config, parts: int) -> Table:
    """Return what the pairs share."""
    theirs = documents.select("number as one", *_TEXT)
    rows = chosen.joined(theirs, "one").select("other", "one", *_TEXT)
    ours = _later(documents, chosen)
    table = ours.with_rows(rows).gathered(["other"], ["one"], parts)
    return table.mapped(partial(compared, config=config), SHARED)


def _later(documents: Table, pairs: Table, *more: str) -> Table:
    """Return the later documents of pairs, each as a row before those of its pairs."""
    themselves = documents.select("number as other", _ITSELF, *_TEXT, *more)
    numbers = pairs.grouped(["other"], pairs="count(1)").select("other")
    kept = themselves.joined(numbers, "other", "left_semi")
    return kept.select("other", "one", *(m.split(" as ")[1] for m in more), *_TEXT)
