"""What drafts are compared with: a corpus in memory, or an index on disk."""

from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from detector.alignment.nominees import Seeds, sow
from detector.alignment.weighed import Weighed
from detector.config import Config
from detector.errors import DetectorError
from detector.fingerprints.seeds import seeds_of
from detector.index.nominate import Retriever
from detector.index.search import Shared, choose, numbered_holders, refined, share
from detector.index.segment import Segment
from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.model.report import CorpusFacts
from detector.prepared import Prepared
from detector.scoring.matches import holder_of
from detector.store.index import Index

_ALIGNED_ALONE = 8
"""Sources up to which it is quicker to align than to ask which to align."""
_SEVERAL = 3
"""Documents from which several may write the same."""
_READY = 256
"""Documents of an index that are kept ready for the next draft."""


class Others(NamedTuple):
    """What of a corpus a draft is compared with: without the draft itself.

    Attributes
    ----------
    documents : int
    holders : int
        Organisations (documents, where none is known) other than the draft's own.
    """

    documents: int
    holders: int


class Sources(Protocol):
    """A corpus as a draft is compared with it."""

    @property
    def facts(self) -> CorpusFacts:
        """How much there is."""

    @property
    def errors(self) -> tuple[DetectorError, ...]:
        """What of it could not be read."""

    def others(self, draft: Document, *, spare: bool) -> Others:
        """Return what there is besides the draft; `spare`: besides its own file."""

    def refine(self, draft: Prepared, bits: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what each unit says: less where several holders write the same."""

    def candidates(
        self, draft: Prepared, evidence: Weighed
    ) -> tuple[list[Prepared], Seeds | None]:
        """Return the sources to align with, and their seeds where these are kept.

        `evidence` is the draft with what each of its units says.
        """


class ReadSources:
    """A corpus in memory: aligned whole, as long as it is of some thousand documents.

    Parameters
    ----------
    config : Config, optional
    """

    def __init__(self, corpus: Corpus, config: Config | None = None) -> None:
        self.facts = corpus.facts
        self.errors = corpus.errors
        self._options = (config or Config()).retrieval
        self._sources = [Prepared(document) for document in corpus.documents]

    def others(self, draft: Document, *, spare: bool) -> Others:
        """Return what there is besides the draft."""
        documents = [source.document for source in self._sources]
        if spare:
            documents = [one for one in documents if not is_same_file(one, draft)]
        holders = {holder_of(one) for one in documents} - {draft.origin.organisation}
        return Others(len(documents), len(holders))

    def refine(self, draft: Prepared, bits: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what each unit says: less where several holders write the same."""
        if len(self._sources) < _SEVERAL:
            return bits
        segments = [self._segment]
        shared = share(segments, draft.weighed.loose, self._options.frequent)
        return refined(shared, numbered_holders(segments), bits)

    def candidates(
        self, draft: Prepared, evidence: Weighed
    ) -> tuple[list[Prepared], Seeds | None]:
        """Return the sources to align with, and their seeds where these are kept."""
        del evidence  # all that share seeds are asked
        found = self._retriever.nominate((draft.normalized, draft.units))
        if len(found) == len(self._sources):
            seeds = self._seeds if len(found) > _ALIGNED_ALONE else None
            return self._sources, seeds
        return [self._sources[candidate.source] for candidate in found], None

    @cached_property
    def _retriever(self) -> Retriever:
        folded = [(source.normalized, source.units) for source in self._sources]
        return Retriever(folded, self._options)

    @cached_property
    def _segment(self) -> Segment:
        names: dict[str, int] = {}
        holders = [
            names.setdefault(holder_of(source.document), len(names))
            for source in self._sources
        ]
        texts = [source.weighed.loose for source in self._sources]
        return Segment.of(list(map(seeds_of, texts)), list(map(len, texts)), holders)

    @cached_property
    def _seeds(self) -> Seeds:
        return sow([source.weighed for source in self._sources])


class IndexedSources:
    """An index on disk; of its documents only those are read that may matter."""

    errors: tuple[DetectorError, ...] = ()

    def __init__(self, index: Index, path: str, config: Config | None = None) -> None:
        self._index = index
        self._path = path
        self._options = (config or Config()).retrieval
        self._shared = lru_cache(maxsize=1)(self._share)
        self._prepared = lru_cache(maxsize=_READY)(self._prepare)

    @cached_property
    def facts(self) -> CorpusFacts:
        """How much there is."""
        digest = self._index.manifest.digest
        known = len(self._index.organisations.keys() - {""})
        return CorpusFacts(self._path, len(self._index), known, digest)

    def others(self, draft: Document, *, spare: bool) -> Others:
        """Return what there is besides the draft."""
        counts = dict(self._index.organisations)
        documents = len(self._index)
        for number in self._index.same(draft.id) if spare else ():
            origin = self._index.origin(number)
            if is_same_path(origin.path, draft.origin.path):
                documents -= 1
                counts[origin.organisation] -= 1
        unknown = counts.pop("", 0)
        counts.pop(draft.origin.organisation, None)
        return Others(documents, unknown + sum(n > 0 for n in counts.values()))

    def refine(self, draft: Prepared, bits: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what each unit says: less where several holders write the same."""
        return refined(self._shared(draft), self._holders, bits)

    def candidates(
        self, draft: Prepared, evidence: Weighed
    ) -> tuple[list[Prepared], Seeds | None]:
        """Return the sources to align with."""
        says = None
        if evidence.bits is not None:
            says = np.concatenate([[0.0], np.cumsum(evidence.bits, dtype=np.float64)])
        chosen = choose(self._shared(draft), self._options.most, says)
        twins = (n for one in chosen for n in self._index.same(self._index.id(one)))
        return [self._prepared(number) for number in dict.fromkeys(twins)], None

    def _prepare(self, number: int) -> Prepared:
        return Prepared(self._index.document(number))

    def _share(self, draft: Prepared) -> Shared:
        loose = draft.weighed.loose
        return share(self._index.segments, loose, self._options.frequent)

    @cached_property
    def _holders(self) -> NDArray[np.int64]:
        return numbered_holders(self._index.segments)


def is_same_file(one: Document, other: Document) -> bool:
    """Return whether two documents are one file; a twin of the same text is not."""
    if one is other or one.id != other.id:
        return one is other
    return is_same_path(one.origin.path, other.origin.path)


def is_same_path(one: str, other: str) -> bool:
    """Return whether two paths lead to one file."""
    return Path(one).resolve() == Path(other).resolve()
