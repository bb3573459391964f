"""Which of the pairs are worth aligning, and what they share: tables in, tables out."""

import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detector.alignment.weighed import Weighed
from detector.config import Config
from detector.distributed.joining import PLACE
from detector.distributed.reading import document_of
from detector.evidence import Evidence
from detector.fingerprints.seeds import Seeds, seeds_of
from detector.kernels.columns import Columns, objects, taken
from detector.kernels.intervals import Runs
from detector.model.document import Document
from detector.model.pairs import Basis, Exchanged, Lineage
from detector.pairing import Side, have_enough, is_said, said_sums, shared_by
from detector.prepared import Prepared
from detector.scoring.lineage import UNKNOWN
from detector.scoring.pairs import Shared

WANTED = "other bigint, one bigint, twin boolean"
"""Pairs, and whether they share no place that says enough, but may be twins."""
SHARED = (
    "other bigint, one bigint, "
    "theirs binary, ours binary, longest int, passages int, facts string"
)
_NOBODY = -1
"""In place of the earlier document: the row is of the later one itself."""
_RUNS = np.dtype("<i4")
_NOTHING = np.zeros((0, 2), np.int32), np.zeros((0, 2), np.int32)
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
    later: _Document | None = None
    for batch in batches:
        kept, twins = [], []
        for at, one in enumerate(batch["one"].tolist()):
            if one == _NOBODY:
                later = _Document(_NOBODY, document_of(batch, at), config)
                continue
            assert later
            places = np.frombuffer(batch["places"][at], PLACE).reshape(-1, 3)
            least = config.alignment.evidence
            # Most pairs share no place, and ask for no document that is weighed.
            enough = len(places) and _is_said(later, places, least)
            if enough or batch["twin"][at]:
                kept.append(at)
                twins.append(not enough)
        rows = taken(batch, np.array(kept, dtype=np.int64))
        pairs = {name: rows[name] for name in ("other", "one")}
        yield {**pairs, "twin": np.array(twins, dtype=np.bool_)}


def _is_said(later: "_Document", places: NDArray[np.int64], least: float) -> bool:
    starts, ends, covered = places.T
    return bool(is_said(later.sums, starts, ends, covered, least).any())


def compared(batches: Iterable[Columns], config: Config) -> Iterator[Columns]:
    """Yield what the documents of each pair share that is aligned; maybe no passage.

    Parameters
    ----------
    batches : iterable of Columns
        Pairs with their earlier document, and for each later document a row of itself
        before them.
    """
    ready: OrderedDict[int, _Document] = OrderedDict()
    later: _Document | None = None
    for batch in batches:
        found = []
        twins = batch["twin"].tolist()
        rows = zip(batch["other"].tolist(), batch["one"].tolist(), strict=True)
        for at, (other, one) in enumerate(rows):
            if one == _NOBODY:
                later = _Document(other, document_of(batch, at), config)
                continue
            assert later
            assert later.number == other
            if one not in ready:
                ready[one] = _Document(one, document_of(batch, at), config)
            ready.move_to_end(one)
            if len(ready) > _READY:
                ready.popitem(last=False)
            if not twins[at] or later.may_be_twin_of(ready[one]):
                found.append(later.shared_with(ready[one]))
        yield _packed(found)


class _Document:
    """A document of which no more is worked out than is asked for."""

    def __init__(self, number: int, document: Document, config: Config) -> None:
        self.number, self._config = number, config
        self._prepared = Prepared(document)

    def may_be_twin_of(self, earlier: "_Document") -> bool:
        """Tell whether there is a reason to align them, but for a place they share."""
        return have_enough(earlier.seeds, self.seeds, len(self._prepared.weighed))

    def shared_with(self, earlier: "_Document") -> Shared:
        """Return what it shares with an earlier one; maybe no passage."""
        found = shared_by(earlier.bare, self.weighed, self._config)
        return found or Shared(earlier.number, self.number, _NOTHING, 0, 0, (), UNKNOWN)

    @cached_property
    def seeds(self) -> Seeds:
        return seeds_of(self._prepared.weighed.loose)

    @cached_property
    def bare(self) -> Side:
        """Itself, as the earlier one."""
        return self._side(self._prepared.weighed)

    @cached_property
    def weighed(self) -> Side:
        """Itself, as the later one, with what its units say."""
        return self._side(_evidence(self._config).weighed(self._prepared))

    @cached_property
    def sums(self) -> NDArray[np.float64]:
        return said_sums(self.weighed.text)

    def _side(self, text: Weighed) -> Side:
        return Side(self.number, self._prepared.document, text)


def _packed(found: list[Shared]) -> Columns:
    """Return what pairs share as rows."""
    return {
        "other": np.array([one.other for one in found], dtype=np.int64),
        "one": np.array([one.one for one in found], dtype=np.int64),
        "theirs": objects(packed_runs(one.units[0]) for one in found),
        "ours": objects(packed_runs(one.units[1]) for one in found),
        "longest": np.array([one.longest for one in found], dtype=np.int32),
        "passages": np.array([one.passages for one in found], dtype=np.int32),
        "facts": objects(facts_as_text(one.exchanged, one.lineage) for one in found),
    }


def packed_runs(runs: Runs) -> bytes:
    """Return runs as a row has them."""
    return runs.astype(_RUNS).tobytes()


def runs_in(data: bytes) -> Runs:
    """Return the runs that a row has of a document."""
    return np.frombuffer(data, _RUNS).reshape(-1, 2)


def facts_as_text(exchanged: Exchanged, lineage: Lineage) -> str:
    """Return what was exchanged, and who was first, as a row has it."""
    return json.dumps([exchanged, list(lineage)])  # in ASCII: a text may be no UTF-8


def facts_of(said: str) -> tuple[Exchanged, Lineage]:
    """Return what `facts_as_text` says."""
    exchanged, (first, basis, left) = json.loads(said)
    told = tuple((old, new, count) for old, new, count in exchanged)
    return told, Lineage(first, Basis(basis), left)
