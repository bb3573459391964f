"""Which sources of a corpus are worth aligning with a draft.

Nomination finds, alignment decides: no figure comes from a signature or a vector. A
corpus small enough is aligned whole, which is exact and, up to some thousand documents,
not slower than building what would spare it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np

from detector.errors import OptionError
from detector.fingerprints.minhash import MinHashOptions, sketch
from detector.fingerprints.tfidf import TfidfVectors
from detector.kernels.minhash import band_keys
from detector.kernels.postings import MOST_PLACES, Postings
from detector.model.candidate import Candidate, Nominator
from detector.text.normalized import NormalizedText
from detector.text.sentences import paragraphs
from detector.text.units import Units


@dataclass(frozen=True, slots=True)
class RetrievalOptions:
    """When and how sources are nominated.

    Attributes
    ----------
    nominators : tuple of str
        Any of ``minhash`` and ``tfidf``; ``all`` aligns every source.
    align_all : int
        A corpus of no more documents than this is aligned whole in any case.
    most : int
        Candidates for one draft, at the most: of each nominator, or of an index.
    frequent : int
        Places of an index that a seed is followed to, at the most.
    minhash : MinHashOptions
    """

    nominators: tuple[str, ...] = (Nominator.MINHASH.value, Nominator.TFIDF.value)
    align_all: int = 5000
    most: int = 64
    frequent: int = 256
    minhash: MinHashOptions = field(default_factory=MinHashOptions)

    def __post_init__(self) -> None:
        known = [nominator.value for nominator in Nominator]
        for name in self.nominators or ("",):
            if name not in known:
                allowed = ", ".join(known)
                raise OptionError(name="nominators", value=name, allowed=allowed)
        for name, least in (("align_all", 0), ("most", 1), ("frequent", 1)):
            if (value := getattr(self, name)) < least:
                raise OptionError(name=name, value=value, allowed=f">= {least}")


Folded: TypeAlias = tuple[NormalizedText, Units]
"""A text as it is compared, and its counted units."""


class Retriever:
    """Nominates sources of one corpus for any number of drafts.

    What a nominator needs is built when it is first asked, and once.

    Parameters
    ----------
    sources : sequence of Folded
        The corpus; candidates are named by their place in it.
    """

    def __init__(self, sources: Sequence[Folded], options: RetrievalOptions) -> None:
        self._sources = sources
        self._options = options
        self._built: dict[Nominator, _Index] = {}

    def nominate(self, draft: Folded) -> list[Candidate]:
        """Return the candidates for `draft`, in the order of the corpus."""
        options = self._options
        whole = len(self._sources) <= options.align_all
        if whole or Nominator.ALL.value in options.nominators:
            everything = frozenset({Nominator.ALL})
            return [Candidate(at, everything) for at in range(len(self._sources))]
        found: dict[int, set[Nominator]] = {}
        for nominator in map(Nominator, options.nominators):
            for at in self._index(nominator).query(draft, options.most):
                found.setdefault(at, set()).add(nominator)
        return [Candidate(at, frozenset(found[at])) for at in sorted(found)]

    def _index(self, nominator: Nominator) -> "_Index":
        if nominator not in self._built:
            self._built[nominator] = _INDEXES[nominator](self._sources, self._options)
        return self._built[nominator]


class _Index(Protocol):
    def __init__(
        self, sources: Sequence[Folded], options: RetrievalOptions
    ) -> None: ...

    def query(self, draft: Folded, most: int) -> list[int]: ...


class _MinHashIndex:
    """Ranks sources by how similar their windows are to those of the draft."""

    def __init__(self, sources: Sequence[Folded], options: RetrievalOptions) -> None:
        self._shape = shape = options.minhash
        sketches = [sketch(units, shape) for _, units in sources]
        nothing = np.zeros((0, shape.bands * shape.rows), dtype=np.uint32)
        counts = [len(windows) for windows in sketches]
        self._owners = np.repeat(np.arange(len(sketches)), counts)
        self._windows = np.concatenate([nothing, *sketches])
        keys = band_keys(self._windows, shape.bands, shape.rows)
        places = np.repeat(np.arange(len(self._windows)), shape.bands)
        self._bands = Postings.of(keys.ravel(), places)

    def query(self, draft: Folded, most: int) -> list[int]:
        windows = sketch(draft[1], self._shape)
        keys = band_keys(windows, self._shape.bands, self._shape.rows).ravel()
        which, places, _ = self._bands.find(keys, np.full(len(keys), MOST_PLACES))
        pairs = np.stack([which // self._shape.bands, places], axis=1)
        ours, theirs = np.unique(pairs, axis=0).T
        jaccard = (windows[ours] == self._windows[theirs]).mean(axis=1)
        # The best window of each source for each of the draft's, added up.
        best = np.zeros((len(windows), int(self._owners.max(initial=-1)) + 1))
        np.maximum.at(best, (ours, self._owners[theirs]), jaccard)
        similar = best.sum(axis=0)
        ranked = np.argsort(-similar, kind="stable")[:most]
        return [at for at in ranked.tolist() if similar[at] > 0]


class _TfidfIndex:
    """Ranks sources by their paragraph most similar to one of the draft's."""

    def __init__(self, sources: Sequence[Folded], options: RetrievalOptions) -> None:
        rows = [(at, p) for at, (text, _) in enumerate(sources) for p in _cut(text)]
        self._owners = [at for at, _ in rows]
        self._vectors = TfidfVectors([paragraph for _, paragraph in rows])

    def query(self, draft: Folded, most: int) -> list[int]:
        best: dict[int, float] = {}
        for found in self._vectors.nearest(_cut(draft[0]), most):
            for row, cosine in found:
                at = self._owners[row]
                best[at] = max(best.get(at, 0.0), cosine)
        return sorted(best, key=lambda at: (-best[at], at))[:most]


def _cut(text: NormalizedText) -> list[str]:
    return [span.of(text.text) for span in paragraphs(text.text)]


_INDEXES: Mapping[Nominator, type[_Index]] = {
    Nominator.MINHASH: _MinHashIndex,
    Nominator.TFIDF: _TfidfIndex,
}
