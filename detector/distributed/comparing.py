"""Which of the pairs are worth aligning, and what they share: tables in, tables out."""

import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator

import numpy as np

from detector.config import Config
from detector.distributed.joining import PLACE
from detector.distributed.reading import document_of
from detector.evidence import Evidence
from detector.kernels.columns import Columns, objects
from detector.kernels.intervals import Runs
from detector.model.pairs import Basis, Exchanged, Lineage
from detector.pairing import Side, is_said, said_sums, shared_by
from detector.prepared import Prepared
from detector.scoring.pairs import Shared

WANTED = "other bigint, one bigint"
SHARED = (
    f"{WANTED}, theirs binary, ours binary, longest int, passages int, facts string"
)
_NOBODY = -1
"""In place of the earlier document: the row is of the later one itself."""
_RUNS = np.dtype("<i4")
_READY = 256
"""Documents that are kept ready, for the next ones that are compared with them."""
_weighing: dict[str, Evidence] = {}


def _evidence(config: Config) -> Evidence:
    """Return what weighs a text; once for all parts that a process works on."""
    if config.digest not in _weighing:
        _weighing[config.digest] = Evidence(config)
    return _weighing[config.digest]


def wanted(batches: Iterable[Columns], config: Config) -> Iterator[Columns]:
    """Yield the pairs that say enough at some place, or may be twins.

    Parameters
    ----------
    batches : iterable of Columns
        Pairs, and for each later document a row of itself before them.
    """
    sums = np.zeros(1)
    for batch in batches:
        kept = []
        for at, one in enumerate(batch["one"].tolist()):
            if one == _NOBODY:
                side = _side(batch, at, _NOBODY, _evidence(config))
                sums = said_sums(side.text)
                continue
            places = np.frombuffer(batch["places"][at], PLACE).reshape(-1, 3)
            starts, ends, covered = places.T
            least = config.alignment.evidence
            enough = is_said(sums, starts, ends, covered, least)
            if batch["twin"][at] or enough.any():
                kept.append(at)
        yield {name: batch[name][kept] for name in ("other", "one")}


def compared(batches: Iterable[Columns], config: Config) -> Iterator[Columns]:
    """Yield what the documents of each pair share, of those that share something.

    Parameters
    ----------
    batches : iterable of Columns
        Pairs with their earlier document, and for each later document a row of itself
        before them.
    """
    evidence = _evidence(config)
    ready: OrderedDict[int, Side] = OrderedDict()
    later: Side | None = None
    for batch in batches:
        found = []
        rows = zip(batch["other"].tolist(), batch["one"].tolist(), strict=True)
        for at, (other, one) in enumerate(rows):
            if one == _NOBODY:
                later = _side(batch, at, other, evidence)
                continue
            assert later
            assert later.number == other
            if one not in ready:
                ready[one] = _side(batch, at, one, None)
            ready.move_to_end(one)
            if len(ready) > _READY:
                ready.popitem(last=False)
            if shared := shared_by(ready[one], later, config):
                found.append(shared)
        yield _packed(found)


def _side(batch: Columns, at: int, number: int, evidence: Evidence | None) -> Side:
    """Return the document of a row; with what its units say, if it is the later one."""
    prepared = Prepared(document_of(batch, at))
    text = evidence.weighed(prepared) if evidence else prepared.weighed
    return Side(number, prepared.document, text)


def _packed(found: list[Shared]) -> Columns:
    """Return what pairs share as rows."""
    return {
        "other": np.array([one.other for one in found], dtype=np.int64),
        "one": np.array([one.one for one in found], dtype=np.int64),
        "theirs": objects(one.units[0].astype(_RUNS).tobytes() for one in found),
        "ours": objects(one.units[1].astype(_RUNS).tobytes() for one in found),
        "longest": np.array([one.longest for one in found], dtype=np.int32),
        "passages": np.array([one.passages for one in found], dtype=np.int32),
        "facts": objects(facts_as_text(one.exchanged, one.lineage) for one in found),
    }


def runs_in(data: bytes) -> Runs:
    """Return the runs that a row has of a document."""
    return np.frombuffer(data, _RUNS).reshape(-1, 2)


def facts_as_text(exchanged: Exchanged, lineage: Lineage) -> str:
    """Return what was exchanged, and who was first, as a row has it."""
    return json.dumps([exchanged, list(lineage)], ensure_ascii=False)


def facts_of(said: str) -> tuple[Exchanged, Lineage]:
    """Return what `facts_as_text` says."""
    exchanged, (first, basis, left) = json.loads(said)
    told = tuple((old, new, count) for old, new, count in exchanged)
    return told, Lineage(first, Basis(basis), left)
