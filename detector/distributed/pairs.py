"""All documents of a corpus against all, on Spark: what `find_pairs` finds on one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from detector.config import Config
from detector.distributed import weighing
from detector.distributed.comparing import SHARED, WANTED, compared, wanted
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
from detector.distributed.reading import PACKED, document_of, read, source_of, text_of
from detector.distributed.weighing import COMMON, HELD, NAMED, WRITTEN, pair_in
from detector.errors import DetectorError
from detector.executors.spark import Spark, Table
from detector.fingerprints.seeds import seeds_of
from detector.index.pairs import most_places
from detector.kernels.columns import Columns
from detector.kernels.postings import MOST_PLACES
from detector.model.document import Document, Origin
from detector.model.pairs import Pairs
from detector.pairing import FREQUENT, OF_BUCKET, check_share, sketch
from detector.prepared import Prepared
from detector.scoring.pairs import Held, put_together

_SEED = "document bigint, place int, width tinyint, key bigint"
_COUNTED = f"{_SEED}, counted int"
_MARKED = f"{_COUNTED}, followed boolean"
_PAIRED = "other bigint, one bigint, later int, earlier int, width tinyint, counted int"
_PLACED = f"{WANTED}, places binary"
_UNITS_OF_PART, _PAIRS_OF_PART = 1_000_000, 2_000
"""Characters that are prepared, and pairs that are aligned, some seconds' work each."""
_HOTTEST = 1 << 20
"""Keys that are left out where they are read, so that no machine gets all of one; what
is hot beyond them stands in so few places that all of them can be in one part."""
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
    found = compare(spark, paths, config)
    return Found(found.pairs(alike), found.errors, found.capped)


def compare(spark: Spark, paths: Sequence[str], config: Config) -> "Compared":
    """Compare all documents with all, and leave what is found where it is.

    The tables of every stage stay in `spark.work`: a run that was stopped goes on with
    the first that is not whole.

    Parameters
    ----------
    paths : sequence of str
        As `reading.source_of` takes them.

    Raises
    ------
    ClusterError
        If a job fails.
    DetectorError
        If there is nothing to read.
    """
    source = source_of(spark, paths, limits=config.limits)
    spark = spark.for_job("pairs", config.digest, *source.marks)
    documents, errors = read(spark, source, empty=True)
    units = documents.grouped([], units="coalesce(sum(units + 1), 0)").rows()[0][0]
    parts = spark.parts(units, _UNITS_OF_PART)
    spark.at_least(parts)
    seeds = spark.stage("seeds", lambda: _seeds(documents.spread(parts), units))
    hot = spark.stage("hot", lambda: _hot(seeds))
    capped = hot.grouped([], seeds="count(1)", places="coalesce(sum(places), 0)")
    pairs = spark.stage("pairs", lambda: _pairs(seeds, hot, units))
    chosen = spark.stage("wanted", lambda: _wanted(documents, pairs, config, parts))
    parts = spark.parts(chosen.count(), _PAIRS_OF_PART)
    aligned = spark.stage("shared", lambda: _shared(documents, chosen, config, parts))
    shared = aligned.where("passages > 0")
    weighed = spark.stage("weighed", lambda: _weighed(documents, shared))
    told = Capped(*capped.rows()[0])
    return Compared(documents, shared, weighed, aligned.count(), errors, told)


class Compared(NamedTuple):
    """What all documents share, where it was found.

    Attributes
    ----------
    documents, shared, weighed : Table
        The documents, what they share, and the pairs.
    looked_at : int
        Pairs that were aligned.
    errors : tuple of DetectorError
        What could not be read.
    capped : Capped
    """

    documents: Table
    shared: Table
    weighed: Table
    looked_at: int
    errors: tuple[DetectorError, ...]
    capped: Capped

    def write(self, path: str) -> None:
        """Write the pairs as Parquet, a folder of any file system of Spark.

        Its parts, in the order of their names, have the rows of `render_pairs`, and no
        machine has all of them. `Spark.claim` tells whether the folder is free.

        Raises
        ------
        ClusterError
            If it cannot be written.
        """
        ordered = self.weighed.sorted(*_ORDER)
        ordered.mapped(weighing.written, WRITTEN).write(path)

    def pairs(self, alike: float) -> Pairs:
        """Return the pairs, clusters and matrix, as one machine has them."""
        about = sorted(self.documents.select("number", *_KNOWN).rows())
        total = Counter[str]()
        for *_, organisation, _, units in about:
            total[text_of(organisation)] += units
        sides = _sides(self.documents, self.shared, "organisation")
        both = sides.where("length(own_name) > 0 and length(there_name) > 0")
        held = both.mapped(weighing.held, HELD)
        held = held.grouped(["organisation", "holder"], units="sum(units)")
        known = {
            (text_of(one), text_of(other)): units for one, other, units in held.rows()
        }
        rows = self.weighed.select(*weighing.OF_PAIR).each()
        return put_together(
            [_named(row) for row in about],
            map(pair_in, rows),
            alike,
            Held(known, total),
            self.looked_at,
        )


_KNOWN = ("path", "id", "organisation", "year", "units")
_ORDER = (
    "-greatest(one_share, other_share)",
    "-(one_equal + other_equal)",
    "one",
    "other",
)
"""Of pairs, as `put_together` has them."""


def _named(row: tuple[int, bytes, bytes, bytes, bytes, int]) -> Document:
    """Return a document without its text, whose id is known."""
    _, path, identity, *owner, _ = row
    organisation, year = map(text_of, owner)
    origin = Origin(text_of(path), organisation=organisation, year=year)
    document = Document("", origin)
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


def _hot(seeds: Table) -> Table:
    """Return the keys that stand in more places than are followed, and in how many."""
    counts = seeds.where(_IS_SEED).grouped(["key"], places="count(1)")
    return counts.where(f"places > {most_places(FREQUENT)}")


def _pairs(seeds: Table, hot: Table, units: int) -> Table:
    """Return the pairs that share a place, or may be twins: one row each."""
    hottest = hot.sorted("-places", "key").first(_HOTTEST).select("key").rows()
    keys = np.sort(np.array(hottest, dtype=np.int64).reshape(-1))
    table = seeds.where(_IS_SEED).mapped(partial(without_hot, hot=keys), _SEED)
    table = table.gathered(["key"], [])
    table = table.mapped(partial(counted, frequent=FREQUENT), _COUNTED)
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
    ours = _later(documents, pairs).select("*", "binary('') as places")
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
    itself = "number as other", "-1L as one", "false as twin"
    themselves = documents.select(*itself, *PACKED)
    return themselves.joined(pairs.select("other"), "other", "left_semi")


def _weighed(documents: Table, shared: Table) -> Table:
    """Return the pairs."""
    sides = _sides(documents, shared, _HOLDER).where("own_name != there_name")
    common = sides.mapped(weighing.common, COMMON).select("number as one", "common")
    table = shared.joined(common, "one", "left")
    for side in ("one", "other"):
        about = (f"{name} as {side}_{name}" for name in ("path", "id", "units"))
        table = table.joined(documents.select(f"number as {side}", *about), side)
    common_or_none = "coalesce(common, binary('')) as common_units"
    return table.select("*", common_or_none).mapped(weighing.weighed, NAMED)


def _sides(documents: Table, shared: Table, name: str) -> Table:
    """Return what pairs share from the side of each of the two.

    Parameters
    ----------
    name : str
        What documents are called, in SQL.
    """
    table = shared.select("one as own", "other as there", "theirs as held")
    table = table.with_rows(
        shared.select("other as own", "one as there", "ours as held")
    )
    own = documents.select("number as own", "units", f"{name} as own_name")
    there = documents.select("number as there", f"{name} as there_name")
    table = table.joined(own, "own").joined(there, "there")
    return table.gathered(["own"], ["there_name"])


_HOLDER = "if(length(organisation) = 0, encode(lower(hex(id)), 'utf-8'), organisation)"
"""As `holder_of` has it."""
