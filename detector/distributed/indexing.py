"""Adding to an index on Spark: parts are written where documents are read.

documents ──> who is new, whose is each text ──by part──> files of parts ──> manifest
"""

import json
import os
import re
import shutil
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from detector.distributed.reading import PACKED, document_of, read, source_of, text_of
from detector.errors import DamagedFileError, DetectorError, OptionError
from detector.executors.spark import Spark, Table
from detector.fingerprints.seeds import seeds_of
from detector.formats import ReadLimits
from detector.indexing import Added, loose_of
from detector.kernels.columns import Columns, objects
from detector.store.container import Written
from detector.store.manifest import Part
from detector.store.parts import Entry, write_part
from detector.store.writer import Adopted, Outcome, Writer, digest_of_document, writing

_UNITS_OF_PART = 1 << 23
_PLACED = "number bigint, part int, holder int, own boolean"
_JOB = re.compile("[0-9a-f]{16}")
_WRITTEN = "part int, name string, facts string"


def add(
    spark: Spark, index: Path, paths: Sequence[str], limits: ReadLimits | None = None
) -> Added:
    """Add documents to an index, as `detector.indexing.add` does; it may be new.

    The folder of the index, and one beside it for parts that are not in it yet, have to
    be seen by all machines. The index is as it was until all parts are written.

    Parameters
    ----------
    paths : sequence of str
        As `reading.source_of` takes them.

    Raises
    ------
    ClusterError
        If a job fails.
    IndexFolderError
        If the index cannot be used.
    DetectorError
        If there is nothing to read.
    """
    source = source_of(spark, paths, index, limits or ReadLimits())
    with writing(index, loose_of) as writer:
        if writer.index.manifest.key:
            held = "an index with texts"
            raise OptionError(name="--engine", value="spark", allowed=held)
        before = writer.index.manifest
        marks = before.digest, str(before.generation), os.path.realpath(index)
        spark = spark.for_job("index", *marks, *source.marks)
        documents, errors = read(spark, source, empty=False)
        about = sorted(documents.select("number", *_KNOWN).rows())
        news = _news(writer, map(_known, about))
        plan = _planned(writer, news.fresh)
        folder = index.absolute().with_name(f"{index.name}.parts")
        beside = folder / Path(spark.work).name
        if plan.rows:
            writer.adopt(beside, _adopted(plan, _parts(documents, plan, beside)))
            _remove(folder)
        count = len(writer.index)
    outcomes = plan.outcomes + Counter({Outcome.KEPT: news.kept})
    counts = {outcome.value: outcomes[outcome] for outcome in Outcome}
    return Added(counts, plan.twins, (*errors, *news.errors), count)


_Row: TypeAlias = tuple[str, Mapping[str, Any]]
"""The name of a part, and what is said of it."""
_KNOWN = ("path", "file", "id", "organisation", "units")


class _Known(NamedTuple):
    """What the driver knows of a document."""

    number: int
    path: str
    file: bytes
    id: bytes
    organisation: str
    units: int


def _known(row: tuple[Any, ...]) -> _Known:
    number, path, file, identity, organisation, units = row
    whose = text_of(organisation)
    return _Known(number, text_of(path), file, identity, whose, units)


class _Plan(NamedTuple):
    """What becomes of the documents.

    Attributes
    ----------
    rows : list of tuple
        By `_PLACED`, those that are written.
    names : mapping of str to int
        Numbers of all organisations.
    """

    rows: list[tuple[int, int, int, bool]]
    names: Mapping[str, int]
    outcomes: Counter[Outcome]
    twins: tuple[tuple[str, str], ...]
    paths: frozenset[str]
    owned: frozenset[bytes]


class _News(NamedTuple):
    """Which documents are to be written, by path, and what is said of the others."""

    fresh: Mapping[str, _Known]
    kept: int
    errors: tuple[DetectorError, ...]


def _news(writer: Writer, known: Iterable[_Known]) -> _News:
    seen: dict[str, bytes] = {}
    fresh, errors, kept = {}, [], 0
    for one in known:
        identity = bytes(one.id)
        if seen.setdefault(one.path, identity) != identity:
            reason = "two texts of one path"
            errors.append(DamagedFileError(path=one.path, reason=reason))
        elif one.path in fresh or writer.knows(one.path, bytes(one.file)):
            kept += 1
        else:
            fresh[one.path] = one
    return _News(fresh, kept, tuple(errors))


def _planned(writer: Writer, fresh: Mapping[str, _Known]) -> _Plan:
    """Say what becomes of each document: in which part it is, and whose."""
    outcomes: Counter[Outcome] = Counter()
    stays = writer.texts_without(fresh)
    first: dict[bytes, str] = {}
    rows, twins = [], []
    part, units = 0, 0
    names = writer.numbered(one.organisation for one in fresh.values())
    for one in fresh.values():
        identity = bytes(one.id)
        own = identity not in first and identity not in stays
        replaced = writer.has(one.path)
        if not own and not replaced:
            other = first.get(identity)
            other = other or writer.index.origin(stays[identity]).path
            twins.append((one.path, other))
        outcome = Outcome.ADDED if own else Outcome.TWIN
        outcomes[Outcome.REPLACED if replaced else outcome] += 1
        first.setdefault(identity, one.path)
        if units and units + one.units > _UNITS_OF_PART:
            part, units = part + 1, 0
        units += (one.units if own else 0) + 1
        rows.append((one.number, part, names[one.organisation], own))
    owned = frozenset(first.keys() - stays.keys())
    return _Plan(rows, names, outcomes, tuple(twins), frozenset(fresh), owned)


def _parts(documents: Table, plan: _Plan, folder: Path) -> list[_Row]:
    """Return the parts that are written; by a run that was stopped, or now."""
    spark = documents.spark

    def made() -> list[_Row]:
        table = spark.stage("parts", lambda: _written(documents, plan, folder))
        return [(str(name), json.loads(facts)) for _, name, facts in table.rows()]

    rows = made()
    files = (
        folder / f"{name}.{kind}" for name, facts in rows for kind in facts["files"]
    )
    if not all(map(Path.exists, files)):
        # An index took them up, and is gone since.
        spark.forget("parts")
        rows = made()
    return rows


def _written(documents: Table, plan: _Plan, folder: Path) -> Table:
    """Return the parts, written into a folder that all machines see."""
    folder.mkdir(parents=True, exist_ok=True)
    placed = documents.spark.table(plan.rows, _PLACED)
    wanted = documents.select("number", "file", "id", "units", *PACKED)
    count = plan.rows[-1][1] + 1
    table = wanted.joined(placed, "number").gathered(["part"], ["number"], count)
    return table.mapped(partial(_write_parts, folder=folder), _WRITTEN)


def _write_parts(batches: Iterable[Columns], folder: Path) -> Iterator[Columns]:
    """Write documents as parts; yield the name and the facts of each."""
    held: list[Entry] = []
    at = -1
    for batch in batches:
        for row, part in enumerate(batch["part"].tolist()):
            if part != at and held:
                yield _write(folder, at, held)
                held = []
            at = part
            held.append(_entry(batch, row))
    if held:
        yield _write(folder, at, held)


def _entry(batch: Columns, row: int) -> Entry:
    document = document_of(batch, row)
    own = bool(batch["own"][row])
    return Entry(
        document,
        bytes(batch["id"][row]),
        bytes(batch["file"][row]),
        int(batch["holder"][row]),
        seeds_of(loose_of(document)) if own else None,
        int(batch["units"][row]) if own else 0,
    )


def _write(folder: Path, part: int, entries: Sequence[Entry]) -> Columns:
    # Of two attempts at a part each has its own files; one of them is named.
    name = f"{part:05d}-{uuid.uuid4().hex[:8]}"
    made = write_part(folder, name, entries, with_texts=True)
    digest = sum(digest_of_document(e.identity, e.document) for e in entries)
    facts = {
        "documents": made.documents,
        "units": made.units,
        "characters": made.characters,
        "files": {kind: list(file) for kind, file in made.files.items()},
        "digest": f"{digest:x}",
    }
    return {
        "part": np.array([part], dtype=np.int32),
        "name": objects([name]),
        "facts": objects([json.dumps(facts)]),
    }


def _adopted(plan: _Plan, rows: Iterable[_Row]) -> Adopted:
    parts = []
    digest = 0
    for name, facts in sorted(rows):
        files = {kind: Written(*file) for kind, file in facts["files"].items()}
        sizes = facts["documents"], facts["units"], facts["characters"]
        parts.append(Part(name, *sizes, files))
        digest += int(facts["digest"], 16)
    return Adopted(tuple(parts), plan.paths, plan.owned, digest)


def _remove(folder: Path) -> None:
    """Remove what runs have left beside an index that is whole: theirs are no more.

    Nobody else writes there, as long as the index is ours.
    """
    for job in folder.iterdir():
        if _JOB.fullmatch(job.name):
            shutil.rmtree(job)
    if not any(folder.iterdir()):
        folder.rmdir()
