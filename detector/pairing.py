"""All documents of a corpus against all: pairs, clusters, who was first."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.alignment.passages import align_sources
from detector.alignment.weighed import Weighed
from detector.config import Config
from detector.errors import OptionError
from detector.evidence import Evidence
from detector.executors.processes import Processes, Stopped
from detector.executors.progress import quiet
from detector.fingerprints.seeds import Seeds, seeds_of
from detector.index.pairs import shared_places
from detector.kernels.distinct import distinct
from detector.kernels.intervals import Runs, covered, places_in, runs_of
from detector.kernels.stars import stars
from detector.model.alignment import Run
from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.model.pairs import Cluster, Lineage, Pair, Pairs
from detector.model.span import merge
from detector.prepared import Prepared
from detector.scoring.lineage import TEMPLATE, lineage
from detector.scoring.matches import holder_of

FREQUENT = 64
"""Places of a seed that it is followed to."""
_PORTION, _SECONDS = 64, 3600.0
"""Pairs that a process is asked for at once, and how long it may take for them."""
_SEEN = 0.75
"""Share of the evidence that seeds must have: they are a sample of what is equal."""
_COMMON = 3
"""Organisations besides from which wording is of none of them."""
_MOSTLY = 0.5
"""Share of what two documents have in common from which it is a template's."""
_SHOWN, _KEPT = 6, 32
"""Substitutions that a pair tells, and that are looked at."""
_SKETCH, OF_BUCKET = 8, 4
"""Smallest seeds of a document, and others with one of them before and after it."""


class Side(NamedTuple):
    """A document that is compared with others: its number, itself, and its units."""

    number: int
    document: Document
    text: Weighed


class Shared(NamedTuple):
    """What two documents share.

    Attributes
    ----------
    units : (Runs, Runs)
        Units of each that the other one has in a passage.
    longest, passages : int
    exchanged : tuple of (str, str, int)
        Wordings of one and of the other, and how often they were exchanged.
    lineage : Lineage
        If they follow no template.
    """

    one: int
    other: int
    units: tuple[Runs, Runs]
    longest: int
    passages: int
    exchanged: tuple[tuple[str, str, int], ...]
    lineage: Lineage


def find_pairs(
    corpus: Corpus,
    config: Config | None = None,
    alike: float = 0.5,
    progress: Callable[[int, int], None] = quiet,
    processes: int = 1,
) -> Pairs:
    """Return the pairs of a corpus that share passages.

    Parameters
    ----------
    alike : float
        Share of the shorter one, above 0, at most 1, from which two documents are of
        one cluster.
    processes : int
        In how many documents are aligned; what is found is the same.

    Notes
    -----
    Of wording that stands in more than 256 places a document is compared with a few
    others only, those it is most like: not all pairs of so many versions are listed.

    Raises
    ------
    OptionError
        If `alike` is no such share.
    """
    check_share(alike)
    if processes < 1:
        raise OptionError(name="processes", value=processes, allowed="≥ 1")
    config = config or Config()
    evidence = Evidence(config)
    sides = [
        Side(number, document, evidence.weighed(Prepared(document)))
        for number, document in enumerate(corpus.documents)
    ]
    wanted = list(_candidates([side.text for side in sides], config.alignment.evidence))
    compare = Comparer(corpus.documents, config, dict(enumerate(sides)))
    shared = list(_all_shared(compare, wanted, progress, processes))
    sizes = [len(side.text) for side in sides]
    return weighed_up(corpus.documents, sizes, shared, alike, len(wanted))


def check_share(alike: float) -> None:
    """Refuse, before any work, what is no share from which two are of one cluster.

    Raises
    ------
    OptionError
    """
    if not 0 < alike <= 1:
        raise OptionError(name="alike", value=alike, allowed="0–1")


class Comparer:
    """What compares pairs of documents, a portion at a time, in any process.

    Parameters
    ----------
    ready : dict of int to Side
        Documents that are ready to be compared; others are made so.
    """

    def __init__(
        self, documents: Sequence[Document], config: Config, ready: dict[int, Side]
    ) -> None:
        self._documents, self._config, self._ready = documents, config, ready
        self._evidence: Evidence | None = None

    def __call__(self, pairs: Sequence[tuple[int, int]]) -> list[Shared]:
        """Return what some pairs share, of those that share something."""
        found = (
            shared_by(self._side(one), self._side(other), self._config)
            for one, other in pairs
        )
        return [one for one in found if one]

    def __reduce__(self) -> tuple[type["Comparer"], tuple[object, ...]]:
        # What is ready takes more room than what it was made of.
        return Comparer, (self._documents, self._config, {})

    def itself(self) -> "Comparer":
        """Return what answers, as `Processes` asks for it."""
        return self

    def _side(self, number: int) -> Side:
        if number not in self._ready:
            self._evidence = self._evidence or Evidence(self._config)
            document = self._documents[number]
            text = self._evidence.weighed(Prepared(document))
            self._ready[number] = Side(number, document, text)
        return self._ready[number]


def _all_shared(
    compare: Comparer,
    wanted: Sequence[tuple[int, int]],
    progress: Callable[[int, int], None],
    processes: int,
) -> Iterator[Shared]:
    """Yield what all pairs share, whoever compares them."""
    portions = [wanted[at : at + _PORTION] for at in range(0, len(wanted), _PORTION)]
    done = 0
    with ExitStack() as stack:
        answers: Iterable[list[Shared] | Stopped] = map(compare, portions)
        if processes > 1:
            work = Processes(compare.itself, _SECONDS, processes)
            answers = stack.enter_context(work).map(portions)
        for portion, answer in zip(portions, answers, strict=True):
            # What brought a process down is done here, where it says why.
            yield from compare(portion) if isinstance(answer, Stopped) else answer
            done += len(portion)
            progress(done, len(wanted))


def weighed_up(
    documents: Sequence[Document],
    sizes: Sequence[int],
    shared: Sequence[Shared],
    alike: float,
    looked_at: int,
) -> Pairs:
    """Return pairs, clusters and matrix of what all documents share.

    Parameters
    ----------
    documents : sequence of Document
        Of which neither texts nor layout are looked at.
    sizes : sequence of int
        Units of each.
    shared : sequence of Shared
        In any order.
    """
    shared = sorted(shared, key=lambda found: (found.one, found.other))
    holders = [holder_of(document) for document in documents]
    common = _common(shared, holders, sizes)
    pairs = [_pair(found, sizes, common) for found in shared]
    pairs.sort(key=lambda pair: (-max(pair.shares), -sum(pair.equal), pair[:2]))
    clusters = _clusters(pairs, alike, len(documents))
    names, matrix = _matrix(shared, documents, sizes)
    return Pairs(tuple(documents), tuple(pairs), clusters, names, matrix, looked_at)


def _candidates(texts: Sequence[Weighed], evidence: float) -> Iterator[tuple[int, int]]:
    """Yield pairs with a place that may say enough, the lower number first."""
    if not texts:
        return
    seeds = [seeds_of(text.loose) for text in texts]
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])
    sums = np.concatenate(list(map(said_sums, texts)))
    found = twins_by_sketch(map(sketch, seeds))
    for some in shared_places(seeds, list(map(len, texts)), FREQUENT):
        starts, ends = (begins[some.later] + one[0] for one in (some.starts, some.ends))
        enough = is_said(sums, starts, ends, some.covered, evidence)
        earlier, later = some.earlier[enough], some.later[enough]
        found.update(zip(earlier.tolist(), later.tolist(), strict=True))
    yield from sorted(found)


def said_sums(text: Weighed) -> NDArray[np.float64]:
    """Return what the units up to each unit say: shape (n + 1,)."""
    weights = np.zeros(len(text)) if text.bits is None else text.bits
    return np.concatenate([[0.0], np.cumsum(weights, dtype=np.float64)])


def is_said(
    sums: NDArray[np.float64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    covered: NDArray[np.int64],
    evidence: float,
) -> NDArray[np.bool_]:
    """Tell at which places enough is said for the documents to be aligned."""
    says = (sums[ends] - sums[starts]) * covered / (ends - starts)
    return says >= _SEEN * evidence


def sketch(seeds: Seeds) -> list[int]:
    """Return the smallest seeds of a document, by which those like it are found."""
    smallest: list[int] = distinct(seeds.hashes)[:_SKETCH].tolist()
    return smallest


def twins_by_sketch(sketches: Iterable[Iterable[int]]) -> set[tuple[int, int]]:
    """Return documents that are mostly the same, whatever is frequent in them.

    They share one of their smallest seeds, of which each keeps some: A. Broder, "On the
    resemblance and containment of documents", 1997. Each is compared with a few others.
    """
    buckets: dict[int, list[int]] = defaultdict(list)
    found: set[tuple[int, int]] = set()
    for number, one in enumerate(sketches):
        for key in one:
            before = buckets[key]
            near = {*before[:OF_BUCKET], *before[-OF_BUCKET:]}
            found.update((other, number) for other in near)
            before.append(number)
    return found


def shared_by(one: Side, other: Side, config: Config) -> Shared | None:
    """Return what two documents share: the later one is aligned with the other.

    Parameters
    ----------
    one, other : Side
        The other one has the higher number, and what each of its units says.
    """
    if np.array_equal(one.text.units.codes, other.text.units.codes):
        # Twins are a pair, though everything they say is common.
        count = len(one.text)
        every = np.array([[0, count]], dtype=np.int32)
        return _with_lineage(one, other, (every, every), (count, 1), [])
    (passages,) = align_sources(other.text, [one.text], config.alignment)
    if not passages:
        return None
    source, draft = one.document.text, other.document.text
    equal: list[Run] = []
    counts: Counter[tuple[str, str]] = Counter()
    for passage in passages:
        equal += (run for run in passage.alignment.runs if run.change == "equal")
        counts.update(passage.alignment.substitutions(draft, source))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    exchanged = [(old, new, count) for (old, new), count in ordered[:_KEPT]]
    theirs = one.text.units.mask(merge(run.source for run in equal))
    ours = other.text.units.mask(merge(run.draft for run in equal))
    units = runs_of(theirs), runs_of(ours)
    size = max(passage.alignment.equal for passage in passages), len(passages)
    kept = "\n".join(run.draft.of(draft) for run in equal)
    return _with_lineage(one, other, units, size, exchanged, kept)


def _with_lineage(  # noqa: PLR0913, PLR0917 - what two documents share, part by part
    one: Side,
    other: Side,
    units: tuple[Runs, Runs],
    size: tuple[int, int],
    exchanged: list[tuple[str, str, int]],
    kept: str = "",
) -> Shared:
    names = {name for *both_names, _ in exchanged for name in both_names}
    first = lineage(
        (one.document, other.document),
        (one.number, other.number),
        exchanged,
        {name for name in names if name in kept},
    )
    shown = tuple(exchanged[:_SHOWN])
    return Shared(one.number, other.number, units, *size, shown, first)


def _common(
    shared: Sequence[Shared], holders: Sequence[str], sizes: Sequence[int]
) -> dict[int, NDArray[np.bool_]]:
    """Return which units of each document several other holders have, too."""
    by_holder: dict[int, dict[str, list[Runs]]] = defaultdict(dict)
    for found in shared:
        for side, (own, there) in enumerate(_both(found)):
            if holders[own] != holders[there]:
                units = by_holder[own].setdefault(holders[there], [])
                units.append(found.units[side])
    common = {}
    for own, others in by_holder.items():
        count = np.zeros(sizes[own], dtype=np.int64)
        for units in others.values():
            count += covered(units, sizes[own])
        common[own] = count >= _COMMON
    return common


def _both(found: Shared) -> tuple[tuple[int, int], tuple[int, int]]:
    return (found.one, found.other), (found.other, found.one)


def _pair(
    found: Shared,
    sizes: Sequence[int],
    common: Mapping[int, NDArray[np.bool_]],
) -> Pair:
    one, other = found.one, found.other
    of_many = common.get(one)
    equal = places_in(found.units[0]), places_in(found.units[1])
    share = 0.0
    if of_many is not None:
        share = int((of_many & covered([found.units[0]], sizes[one])).sum()) / equal[0]
    return Pair(
        one,
        other,
        equal,
        (equal[0] / sizes[one], equal[1] / sizes[other]),
        found.longest,
        found.passages,
        found.exchanged,
        TEMPLATE if share > _MOSTLY else found.lineage,
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
    shared: Sequence[Shared],
    documents: Sequence[Document],
    sizes: Sequence[int],
) -> tuple[tuple[str, ...], tuple[tuple[float, ...], ...]]:
    """Return the organisations, and what share of each one's text each other has."""
    owners = [document.origin.organisation for document in documents]
    held: dict[tuple[str, str], dict[int, list[Runs]]] = defaultdict(dict)
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
        of_pair = held.get((own, there), {}).items()
        known = sum(int(covered(runs, sizes[at]).sum()) for at, runs in of_pair)
        return known / (total[own] or 1)

    return names, tuple(tuple(share(a, b) for b in names) for a in names)
