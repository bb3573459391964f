"""All documents of a corpus against all: pairs, clusters, who was first."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.alignment.passages import align_sources
from detector.alignment.weighed import Weighed
from detector.config import Config
from detector.errors import OptionError
from detector.evidence import Evidence
from detector.executors.progress import quiet
from detector.fingerprints.seeds import Seeds, seeds_of
from detector.index.pairs import shared_places
from detector.kernels.distinct import distinct
from detector.kernels.stars import stars
from detector.model.alignment import Run
from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.model.pairs import Cluster, Pair, Pairs
from detector.model.span import merge
from detector.prepared import Prepared
from detector.scoring.lineage import lineage
from detector.scoring.matches import holder_of

_FREQUENT = 64
"""Places of a seed that it is followed to."""
_SEEN = 0.75
"""Share of the evidence that seeds must have: they are a sample of what is equal."""
_COMMON = 3
"""Organisations besides from which wording is of none of them."""
_SHOWN, _KEPT = 6, 32
"""Substitutions that a pair tells, and that are looked at."""
_SKETCH, _OF_BUCKET = 8, 4
"""Smallest seeds of a document, and others with one of them before and after it."""


class _Shared(NamedTuple):
    """What two documents share.

    Attributes
    ----------
    units : (int array, int array)
        Units of each that the other one has in a passage.
    longest, passages : int
    exchanged : list of (str, str, int)
        Wordings of one and of the other, and how often they were exchanged.
    left : frozenset of str
        Those of them that also stand on both sides at one place of a passage.
    """

    one: int
    other: int
    units: tuple[NDArray[np.intp], NDArray[np.intp]]
    longest: int
    passages: int
    exchanged: list[tuple[str, str, int]]
    left: frozenset[str]


def find_pairs(
    corpus: Corpus,
    config: Config | None = None,
    alike: float = 0.5,
    progress: Callable[[int, int], None] = quiet,
) -> Pairs:
    """Return the pairs of a corpus that share passages.

    Parameters
    ----------
    alike : float
        Share of the shorter one, above 0, at most 1, from which two documents are of
        one cluster.

    Notes
    -----
    Of wording that stands in more than 256 places a document is compared with a few
    others only, those it is most like: not all pairs of so many versions are listed.

    Raises
    ------
    OptionError
        If `alike` is no such share.
    """
    if not 0 < alike <= 1:
        raise OptionError(name="alike", value=alike, allowed="0–1")
    config = config or Config()
    documents = corpus.documents
    evidence = Evidence(config)
    ready = [evidence.weighed(Prepared(document)) for document in documents]
    wanted = list(_candidates(ready, config.alignment.evidence))
    shared = []
    for count, (one, other) in enumerate(wanted, 1):
        if found := _compared(one, other, ready, documents, config):
            shared.append(found)
        progress(count, len(wanted))
    holders = [holder_of(document) for document in documents]
    sizes = [len(text) for text in ready]
    common = _common(shared, holders, sizes)
    pairs = [_pair(found, documents, sizes, common) for found in shared]
    pairs.sort(key=lambda pair: (-max(pair.shares), -sum(pair.equal), pair[:2]))
    clusters = _clusters(pairs, alike, len(documents))
    names, matrix = _matrix(shared, documents, sizes)
    return Pairs(documents, tuple(pairs), clusters, names, matrix, len(wanted))


def _candidates(texts: Sequence[Weighed], evidence: float) -> Iterator[tuple[int, int]]:
    """Yield pairs with a place that may say enough, the lower number first."""
    if not texts:
        return
    seeds = [seeds_of(text.loose) for text in texts]
    nothing = np.zeros(1, dtype=np.float32)
    # Of all units laid end to end, one that says nothing between every two documents.
    bits = [part for text in texts for part in (text.bits, nothing) if part is not None]
    sums = np.concatenate([[0.0], np.cumsum(np.concatenate(bits), dtype=np.float64)])
    found = _near_twins(seeds)
    for some in shared_places(seeds, list(map(len, texts)), _FREQUENT):
        says = sums[some.ends[0]] - sums[some.starts[0]]
        says *= some.covered / (some.ends[0] - some.starts[0])
        enough = says >= _SEEN * evidence
        earlier, later = some.earlier[enough], some.later[enough]
        found.update(zip(earlier.tolist(), later.tolist(), strict=True))
    yield from sorted(found)


def _near_twins(seeds: Sequence[Seeds]) -> set[tuple[int, int]]:
    """Return documents that are mostly the same, whatever is frequent in them.

    They share one of their smallest seeds, of which each keeps some: A. Broder, "On the
    resemblance and containment of documents", 1997. Each is compared with a few others.
    """
    buckets: dict[int, list[int]] = defaultdict(list)
    found: set[tuple[int, int]] = set()
    for number, one in enumerate(seeds):
        for key in distinct(one.hashes)[:_SKETCH].tolist():
            before = buckets[key]
            near = {*before[:_OF_BUCKET], *before[-_OF_BUCKET:]}
            found.update((other, number) for other in near)
            before.append(number)
    return found


def _compared(
    one: int,
    other: int,
    texts: Sequence[Weighed],
    documents: Sequence[Document],
    config: Config,
) -> _Shared | None:
    """Return what two documents share: the later one is aligned with the other."""
    if np.array_equal(texts[one].units.codes, texts[other].units.codes):
        # Twins are a pair, though everything they say is common.
        all_units = np.arange(len(texts[one]))
        both = all_units, all_units
        return _Shared(one, other, both, len(all_units), 1, [], frozenset())
    (passages,) = align_sources(texts[other], [texts[one]], config.alignment)
    if not passages:
        return None
    source, draft = documents[one].text, documents[other].text
    equal: list[Run] = []
    counts: Counter[tuple[str, str]] = Counter()
    for passage in passages:
        equal += (run for run in passage.alignment.runs if run.change == "equal")
        counts.update(passage.alignment.substitutions(draft, source))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    exchanged = [(old, new, count) for (old, new), count in ordered[:_KEPT]]
    kept = "\n".join(run.draft.of(draft) for run in equal)
    names = {name for *both_names, _ in exchanged for name in both_names}
    theirs = texts[one].units.mask(merge(run.source for run in equal))
    ours = texts[other].units.mask(merge(run.draft for run in equal))
    return _Shared(
        one,
        other,
        (np.flatnonzero(theirs), np.flatnonzero(ours)),
        max(passage.alignment.equal for passage in passages),
        len(passages),
        exchanged,
        frozenset(name for name in names if name in kept),
    )


def _common(
    shared: Sequence[_Shared], holders: Sequence[str], sizes: Sequence[int]
) -> dict[int, NDArray[np.bool_]]:
    """Return which units of each document several other holders have, too."""
    by_holder: dict[int, dict[str, list[NDArray[np.intp]]]] = defaultdict(dict)
    for found in shared:
        for side, (own, there) in enumerate(_both(found)):
            if holders[own] != holders[there]:
                units = by_holder[own].setdefault(holders[there], [])
                units.append(found.units[side])
    common = {}
    for own, others in by_holder.items():
        count = np.zeros(sizes[own], dtype=np.int64)
        for units in others.values():
            count += np.bincount(np.concatenate(units), minlength=sizes[own]) > 0
        common[own] = count >= _COMMON
    return common


def _both(found: _Shared) -> tuple[tuple[int, int], tuple[int, int]]:
    return (found.one, found.other), (found.other, found.one)


def _pair(
    found: _Shared,
    documents: Sequence[Document],
    sizes: Sequence[int],
    common: Mapping[int, NDArray[np.bool_]],
) -> Pair:
    one, other = found.one, found.other
    both = documents[one], documents[other]
    of_many = common.get(one)
    share = 0.0 if of_many is None else float(of_many[found.units[0]].mean())
    equal = len(found.units[0]), len(found.units[1])
    return Pair(
        one,
        other,
        equal,
        (equal[0] / sizes[one], equal[1] / sizes[other]),
        found.longest,
        found.passages,
        tuple(found.exchanged[:_SHOWN]),
        lineage(both, (one, other), found.exchanged, found.left, share),
    )


def _clusters(pairs: Sequence[Pair], alike: float, count: int) -> tuple[Cluster, ...]:
    """Return the clusters of two documents and more, the largest first."""
    near = [pair for pair in pairs if max(pair.shares) >= alike]
    links = np.array([pair[:2] for pair in near], dtype=np.int64).reshape(-1, 2)
    shares = np.array([max(pair.shares) for pair in near])
    nobody = np.zeros(count, dtype=np.bool_)
    leaders = stars(links[:, 0], links[:, 1], shares, nobody).tolist()
    by_leader: dict[int, list[int]] = defaultdict(list)
    for document, leader in enumerate(leaders):
        by_leader[leader].append(document)
    known = {frozenset(pair[:2]): max(pair.shares) for pair in near}
    found = [
        Cluster(
            leader,
            tuple(members),
            min(known[frozenset((leader, one))] for one in members if one != leader),
        )
        for leader, members in by_leader.items()
        if len(members) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.documents), one.medoid)))


def _matrix(
    shared: Sequence[_Shared],
    documents: Sequence[Document],
    sizes: Sequence[int],
) -> tuple[tuple[str, ...], tuple[tuple[float, ...], ...]]:
    """Return the organisations, and what share of each one's text each other has."""
    owners = [document.origin.organisation for document in documents]
    held: dict[tuple[str, str], dict[int, list[NDArray[np.intp]]]] = defaultdict(dict)
    for found in shared:
        for side, (own, there) in enumerate(_both(found)):
            if owners[own] and owners[there]:
                of_pair = held[owners[own], owners[there]]
                of_pair.setdefault(own, []).append(found.units[side])
    names = tuple(sorted({name for both in held for name in both}))
    total = Counter[str]()
    for owner, size in zip(owners, sizes, strict=True):
        total[owner] += size

    def share(own: str, there: str) -> float:
        units = held.get((own, there), {}).values()
        known = sum(len(np.unique(np.concatenate(some))) for some in units)
        return known / (total[own] or 1)

    return names, tuple(tuple(share(a, b) for b in names) for a in names)
