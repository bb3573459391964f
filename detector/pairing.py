"""All documents of a corpus against all: pairs, clusters, who was first."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.alignment.passages import align_sources
from detector.alignment.weighed import Weighed
from detector.config import DEFAULTS, Config
from detector.errors import OptionError
from detector.evidence import Evidence
from detector.executors.processes import Processes, Stopped
from detector.executors.progress import quiet
from detector.fingerprints.seeds import Seeds, seeds_of
from detector.index.pairs import shared_places
from detector.kernels.distinct import distinct
from detector.kernels.intervals import Runs, covered, runs_of
from detector.model.alignment import Run
from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.model.pairs import Pairs
from detector.model.span import merge
from detector.prepared import Prepared
from detector.scoring.lineage import lineage
from detector.scoring.pairs import Shared, weighed_up

FREQUENT = 64
"""Places of a seed that it is followed to."""
_PORTION, _SECONDS = 64, 3600.0
"""Pairs that a process is asked for at once, and how long it may take for them."""
_SEEN = 0.75
"""Share of the evidence that seeds must have: they are a sample of what is equal."""
_SHOWN, _KEPT = 6, 32
"""Substitutions that a pair tells, and that are looked at."""
_LEAST = 12
"""Units in common seeds from which twins by their sketches are aligned: of 20,000 such
pairs of notices, laws and licences none with fewer than 16 shared a passage."""
_SKETCH, OF_BUCKET = 8, 4
"""Smallest seeds of a document, and others with one of them before and after it."""


class Side(NamedTuple):
    """A document that is compared with others: its number, itself, and its units."""

    number: int
    document: Document
    text: Weighed


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
    config = config or DEFAULTS
    evidence = Evidence(config)
    sides = [
        Side(number, document, evidence.weighed(Prepared(document)))
        for number, document in enumerate(corpus.documents)
    ]
    texts = [side.text for side in sides]
    wanted = sorted(_candidates(texts, config.alignment.evidence))
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


def _candidates(texts: Sequence[Weighed], evidence: float) -> set[tuple[int, int]]:
    """Return pairs with a place that may say enough, or that may be twins.

    The lower number first.
    """
    if not texts:
        return set()
    seeds = [seeds_of(text.loose) for text in texts]
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])
    sums = np.concatenate(list(map(said_sums, texts)))
    found: set[tuple[int, int]] = set()
    for some in shared_places(seeds, list(map(len, texts)), FREQUENT):
        starts, ends = (begins[some.later] + one[0] for one in (some.starts, some.ends))
        enough = is_said(sums, starts, ends, some.covered, evidence)
        earlier, later = some.earlier[enough], some.later[enough]
        found.update(zip(earlier.tolist(), later.tolist(), strict=True))
    twins = twins_by_sketch(map(sketch, seeds)) - found
    return found | {
        (one, other)
        for one, other in twins
        if have_enough(seeds[one], seeds[other], len(texts[other]))
    }


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


def have_enough(one: Seeds, other: Seeds, size: int) -> bool:
    """Tell whether two documents have enough seeds in common to be aligned.

    Parameters
    ----------
    size : int
        Units of the other one.
    """
    both = np.isin(other.hashes, one.hashes)
    begins = other.places[both]
    runs = np.stack([begins, begins + other.widths[both]], axis=1)
    return int(covered([runs], size).sum()) >= _LEAST


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
