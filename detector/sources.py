"""What drafts are compared with: a corpus in memory, or an index on disk."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detector.alignment.nominees import Seeds as Sown
from detector.alignment.nominees import nominate, sow
from detector.alignment.weighed import Weighed
from detector.config import DEFAULTS, Config
from detector.errors import DamagedIndexError, DetectorError
from detector.fingerprints.key import Key
from detector.fingerprints.seeds import Seeds, seeds_of
from detector.index.choice import choose
from detector.index.common import Common, common, numbered_holders
from detector.index.nominate import Retriever
from detector.index.search import Shared, equal_units, share
from detector.index.segment import Segment
from detector.model.corpus import Corpus
from detector.model.document import HASH, Document, DocumentId, Origin
from detector.model.report import CorpusFacts, Nominated
from detector.prepared import Prepared, unveiled
from detector.scoring.matches import holder_of
from detector.store.index import Index, path_in

_ALIGNED_ALONE, _LITTLE = 8, 300_000
"""Sources, and units in all, up to which everything is aligned: asking first which to
align, by exact seeds, misses what is edited all over."""
_SEVERAL = 3
"""Documents from which several may write the same."""
_READY = 512
"""Documents of an index that are kept ready for the next draft."""


State: TypeAlias = tuple[str, DocumentId]
"""A document as it is: its path, and its id."""


class Others(NamedTuple):
    """What of a corpus a draft is compared with: without the draft itself.

    Attributes
    ----------
    documents : int
    organisations : frozenset of str
    unnamed : int
        Documents of which nobody knows whose they are.
    """

    documents: int = 0
    organisations: frozenset[str] = frozenset()
    unnamed: int = 0

    def holders_besides(self, organisation: str) -> int:
        """Return how many organisations, or unnamed documents, there are besides."""
        return len(self.organisations - {organisation}) + self.unnamed


class Sources(Protocol):
    """A corpus as a draft is compared with it."""

    @property
    def facts(self) -> CorpusFacts:
        """How much there is."""

    @property
    def errors(self) -> tuple[DetectorError, ...]:
        """What of it could not be read."""

    @property
    def gone(self) -> bool:
        """Whether its documents are no more."""

    def others(self, draft: Document, *, spare: bool) -> Others:
        """Return what there is besides the draft; `spare`: besides its own file."""

    def common(
        self, draft: Prepared, *, spare: bool, without: Collection[State] = ()
    ) -> Common:
        """Return how common the draft's wording is among others.

        `without`: documents that do not count.
        """

    def candidates(
        self, draft: Prepared, evidence: Weighed, *, spare: bool
    ) -> list[Prepared]:
        """Return the sources to align with; `spare`: without the draft's own file.

        `evidence` is the draft with what each of its units says.
        """

    def nominated(self, draft: Prepared, aligned: int) -> Nominated | None:
        """Return how indexes were asked, of which so many documents were aligned."""

    def peers(self, draft: Document) -> Iterator[Document]:
        """Yield the documents of the draft's genre by others, each text once."""


def sources_of(corpus: Corpus, config: Config) -> "ReadSources":
    """Return a corpus made ready to be compared; for equal settings the same again.

    It stays with the corpus, for as long as that lives.
    """
    ready: dict[str, ReadSources] = corpus.ready
    return ready.get(config.digest) or ready.setdefault(
        config.digest, ReadSources(corpus, config)
    )


class ReadSources:
    """A corpus in memory: aligned whole, as long as it is of some thousand documents.

    Parameters
    ----------
    config : Config, optional
    """

    gone = False

    def __init__(self, corpus: Corpus, config: Config | None = None) -> None:
        self.facts = corpus.facts
        self.errors = corpus.errors
        config = config or DEFAULTS
        self._options = config.retrieval
        self._alignment = config.alignment
        self._sources = [Prepared(document) for document in corpus.documents]

    def others(self, draft: Document, *, spare: bool) -> Others:
        """Return what there is besides the draft."""
        documents = [source.document for source in self._sources]
        if spare:
            documents = [one for one in documents if not is_same_file(one, draft)]
        named = frozenset(one.origin.organisation for one in documents) - {""}
        unnamed = {one.id for one in documents if not one.origin.organisation}
        return Others(len(documents), named, len(unnamed))

    def common(
        self, draft: Prepared, *, spare: bool, without: Collection[State] = ()
    ) -> Common:
        """Return how common the draft's wording is among others."""
        size = len(draft.units)
        if len(self._sources) < _SEVERAL:
            return Common.nothing(size)
        segments = [self._segment]
        seeds = seeds_of(draft.weighed.loose)
        shared = share(segments, seeds, self._options.frequent)
        besides = [
            state_of(source.document) not in without
            and self._is_other(source.document, draft.document, spare=spare)
            for source in self._sources
        ]
        return common(shared, numbered_holders(segments), size, np.array(besides))

    def _is_other(self, source: Document, draft: Document, *, spare: bool) -> bool:
        """Return whether a source is no work of whose the draft is."""
        own = draft.origin.organisation
        if own and source.origin.organisation == own:
            return False
        return not (spare and is_same_file(source, draft))

    def candidates(
        self, draft: Prepared, evidence: Weighed, *, spare: bool
    ) -> list[Prepared]:
        """Return the sources to align with."""
        found = self._retriever.nominate((draft.normalized, draft.units))
        sources = [self._sources[candidate.source] for candidate in found]
        asked = len(sources) > _ALIGNED_ALONE and self._units > _LITTLE
        if asked and len(sources) == len(self._sources):
            near = nominate(evidence, self._sown, self._alignment)
            sources = [self._sources[at] for at in near]
        own = draft.document
        return [
            source
            for source in sources
            if not (spare and is_same_file(source.document, own))
        ]

    def nominated(self, draft: Prepared, aligned: int) -> Nominated | None:
        """Return None: there is no index."""

    def peers(self, draft: Document) -> Iterator[Document]:
        """Yield the documents of the draft's genre by others."""
        for source in self._sources:
            if is_peer(source.document.origin, draft.origin):
                yield source.document

    @cached_property
    def _units(self) -> int:
        return sum(len(source.units) for source in self._sources)

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
    def _sown(self) -> Sown:
        return sow([source.weighed for source in self._sources])


class IndexedSources:
    """An index on disk; of its documents only those are read that may matter.

    Parameters
    ----------
    spared : callable, optional
        Returns the documents that a draft is spared the comparison with; by default
        the file that it is itself.
    gone : bool
        Whether the documents are no more.
    """

    errors: tuple[DetectorError, ...] = ()

    def __init__(  # noqa: PLR0913 - what it is, and what it is to drafts
        self,
        index: Index,
        path: str,
        config: Config | None = None,
        key: Key | None = None,
        *,
        spared: Callable[[Index, Document], set[int]] | None = None,
        gone: bool = False,
    ) -> None:
        self.gone = gone
        self._spared = spared or (lambda _, draft: self._same_file(draft))
        index.needs(key)  # before anything is checked
        self._index = index
        self._key = key
        self._path = path
        config = config or DEFAULTS
        self._options = config.retrieval
        self._alignment = config.alignment
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
        for number in self._own(draft) if spare else ():
            documents -= 1
            counts[self._index.origin(number).organisation] -= 1
        unnamed = counts.pop("", 0)
        named = frozenset(name for name, count in counts.items() if count)
        return Others(0, named) if self.gone else Others(documents, named, unnamed)

    def common(
        self, draft: Prepared, *, spare: bool, without: Collection[State] = ()
    ) -> Common:
        """Return how common the draft's wording is among others."""
        with self._doubted():
            holders = self._holders
            besides = np.ones(len(holders), dtype=np.bool_)
            left_out = self._own(draft.document) if spare else set()
            left_out |= {
                number
                for path, identity in without
                for number in self._index.at(path)
                if self._index.id(number) == identity
            }
            besides[list(left_out)] = False
            own, names = draft.document.origin.organisation, self._index.manifest.names
            if own in names:
                besides &= holders != names.index(own)
            shared = self._shared(draft)
            return common(shared, holders, len(draft.units), besides)

    def candidates(
        self, draft: Prepared, evidence: Weighed, *, spare: bool
    ) -> list[Prepared]:
        """Return the sources to align with."""
        own = self._own(draft.document) if spare else set()
        if self._is_little:
            everything = range(len(self._index))
            return [
                self._prepared(number) for number in everything if number not in own
            ]
        says = None
        if evidence.bits is not None:
            says = np.concatenate([[0.0], np.cumsum(evidence.bits, dtype=np.float64)])
        chosen = choose(self._shared(draft), self._options.most, says)
        if self._index.manifest.key:
            return self._shown(draft, [one for one in chosen if one not in own])
        twins = (n for one in chosen for n in self._index.same(self._index.id(one)))
        found = [self._prepared(n) for n in dict.fromkeys(twins) if n not in own]
        work = sum(len(draft.units) + len(source.units) for source in found)
        if work <= _LITTLE:
            return found
        seeds = sow([source.weighed for source in found])
        return [found[at] for at in nominate(evidence, seeds, self._alignment)]

    def nominated(self, draft: Prepared, aligned: int) -> Nominated | None:
        """Return how the index was asked; None if all of it was aligned."""
        if self._is_little:
            return None
        capped = self._shared(draft).capped
        return Nominated(aligned, self._options.most, capped)

    def peers(self, draft: Document) -> Iterator[Document]:
        """Yield the documents of the draft's genre by others; none without texts."""
        if self._index.manifest.key:
            return
        for number in range(len(self._index)):
            if is_peer(self._index.origin(number), draft.origin):
                yield self._index.document(number)

    @cached_property
    def _is_little(self) -> bool:
        """Whether all of the index is aligned; what hides its texts is asked."""
        units = sum(segment.units for segment in self._index.segments)
        return units <= _LITTLE and not self._index.manifest.key

    def _own(self, draft: Document) -> set[int]:
        """Return what the draft is spared the comparison with."""
        return self._spared(self._index, draft)

    def _same_file(self, draft: Document) -> set[int]:
        """Return the document that is the file of the draft, if there is one."""
        path = path_in(self._index.folder, Path(draft.origin.path))
        identity = self._index.named(bytes.fromhex(draft.id), self._key)
        same = self._index.same(identity.hex())
        return {n for n in same if self._index.origin(n).path == path}

    def _shown(self, draft: Prepared, wanted: Sequence[int]) -> list[Prepared]:
        """Return documents that show of their text what the draft has itself."""
        seeds = self._seeds(draft)
        with self._doubted():
            equal = equal_units(self._index.segments, seeds, wanted)
            return [
                unveiled(
                    draft,
                    replace(self._index.origin(number), reader=HASH),
                    self._index.units(number),
                    equal[number],
                )
                for number in wanted
            ]

    def _seeds(self, draft: Prepared) -> Seeds:
        hidden = self._index.manifest.key
        units = draft.units.codes if hidden else draft.weighed.loose
        return self._index.seeds(units, self._key)

    def _prepare(self, number: int) -> Prepared:
        return Prepared(self._index.document(number), self.gone)

    def _share(self, draft: Prepared) -> Shared:
        with self._doubted():
            segments, seeds = self._index.segments, self._seeds(draft)
            return share(segments, seeds, self._options.frequent)

    @contextmanager
    def _doubted(self) -> Iterator[None]:
        """Say that seeds are damaged if they lead nowhere."""
        try:
            yield
        except (ValueError, IndexError) as error:
            folder = str(self._index.folder)
            raise DamagedIndexError(path=folder, reason="seeds") from error

    @cached_property
    def _holders(self) -> NDArray[np.int64]:
        return numbered_holders(self._index.segments)


class SeveralSources:
    """Several corpora as one: what is common is counted in each of them."""

    gone = False

    def __init__(self, parts: Sequence[Sources]) -> None:
        self._parts = parts
        self.errors = tuple(error for part in parts for error in part.errors)

    @cached_property
    def facts(self) -> CorpusFacts:
        """How much there is; organisations that are in several count in each."""
        all_facts = [part.facts for part in self._parts]
        digests = sorted(facts.digest for facts in all_facts)
        return CorpusFacts(
            path=", ".join(facts.path for facts in all_facts),
            documents=sum(facts.documents for facts in all_facts),
            organisations=sum(facts.organisations for facts in all_facts),
            digest=sha256(" ".join(digests).encode()).hexdigest(),
        )

    def others(self, draft: Document, *, spare: bool) -> Others:
        """Return what there is besides the draft."""
        found = [part.others(draft, spare=spare) for part in self._parts]
        return Others(
            sum(one.documents for one in found),
            frozenset().union(*(one.organisations for one in found)),
            sum(one.unnamed for one in found),
        )

    def common(
        self, draft: Prepared, *, spare: bool, without: Collection[State] = ()
    ) -> Common:
        """Return how common the draft's wording is; holders in several parts count."""
        nothing = np.zeros(len(draft.units), dtype=np.int64)
        held = {False: nothing, True: nothing}
        is_common = np.zeros(len(draft.units), dtype=np.bool_)
        for part in self._parts:
            found = part.common(draft, spare=spare, without=without)
            held[part.gone] = held[part.gone] + found.holders
            is_common |= found.is_common
        # A document may be in both, with other words or under another name.
        return Common(np.maximum(held[False], held[True]), is_common)

    def candidates(
        self, draft: Prepared, evidence: Weighed, *, spare: bool
    ) -> list[Prepared]:
        """Return the sources to align with."""
        found = (part.candidates(draft, evidence, spare=spare) for part in self._parts)
        return [source for sources in found for source in sources]

    def nominated(self, draft: Prepared, aligned: int) -> Nominated | None:
        """Return how the indexes among them were asked, together."""
        parts = [part.nominated(draft, aligned) for part in self._parts]
        asked = [part for part in parts if part]
        if not asked:
            return None
        most = sum(part.most for part in asked)
        return Nominated(aligned, most, sum(part.capped for part in asked))

    def peers(self, draft: Document) -> Iterator[Document]:
        """Yield the documents of the draft's genre by others."""
        for part in self._parts:
            yield from part.peers(draft)


def is_peer(origin: Origin, draft: Origin) -> bool:
    """Return whether a document is of the genre of the draft, and by somebody else."""
    if not draft.genre or origin.genre != draft.genre or origin.path == draft.path:
        return False
    return not draft.organisation or origin.organisation != draft.organisation


def state_of(document: Document) -> State:
    """Return a document as it is."""
    return document.origin.path, document.id


def is_same_file(one: Document, other: Document) -> bool:
    """Return whether two documents are one file; a twin of the same text is not."""
    if one is other or one.id != other.id:
        return one is other
    return Path(one.origin.path).resolve() == Path(other.origin.path).resolve()
