"""How well we do on the user's own documents: what share of known edits is found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from detector.config import Config
from detector.errors import TooFewDocumentsError
from detector.evaluation.disguises import DISGUISES
from detector.evaluation.evasion import Tried, evade
from detector.evaluation.plagdet import Located, Plagdet, covers, plagdet
from detector.evaluation.simulator import CLEAN, KINDS, Case, pools_of, simulate
from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.pipeline import Checker
from detector.reporters.frames import as_frame, chosen

if TYPE_CHECKING:
    from pandas import DataFrame

BANDS: tuple[tuple[int, int], ...] = ((27, 49), (50, 99), (100, 199), (200, 799))
"""Lengths of planted passages, first and last of each band, in characters."""
_HALF = 0.5
_Z = 1.96

_Outcome: TypeAlias = tuple[Case, tuple[Located, ...]]


class Plan(NamedTuple):
    """What to plant.

    Attributes
    ----------
    pairs : int
        Cases of each kind, 1 or more.
    seed : int
        Another one plants other passages in other places.
    kinds : tuple of str
        Some of `detector.evaluation.simulator.KINDS`.
    disguises : tuple of str
        Some of `detector.evaluation.disguises.DISGUISES`.
    """

    pairs: int
    seed: int = 1
    kinds: tuple[str, ...] = KINDS
    disguises: tuple[str, ...] = tuple(DISGUISES)

    @property
    def cases(self) -> int:
        """How many passages are looked for at the most."""
        return self.pairs * (len(self.kinds) + len(self.disguises))


class Share(NamedTuple):
    """How many of how many.

    Attributes
    ----------
    hits, total : int
    """

    hits: int
    total: int

    @property
    def value(self) -> float:
        """The share, 0–1; 0 of nothing is 0."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval: 95 % of such intervals hold the true share, 0–1.

        >>> [round(end, 2) for end in Share(20, 20).interval]
        [0.84, 1.0]
        """
        if not self.total:
            return 0.0, 1.0
        n, p = self.total, self.value
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)) * _Z / (1 + _Z**2 / n)
        return max(middle - half, 0.0), min(middle + half, 1.0)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found of the passages of one kind, or of one length.

    Attributes
    ----------
    name : str
        A kind of edit, ``"all"``, or ``"27-49"`` characters of the source.
    found : Share
        Passages of which at least half is found, on both sides.
    """

    name: str
    found: Share
    plagdet: Plagdet


@dataclass(frozen=True, slots=True)
class Evasion:
    """What became of passages, found as they stand, in one disguise.

    Attributes
    ----------
    name : str
        A key of `detector.evaluation.disguises.DISGUISES`.
    found : Share
        Passages of which at least half is found all the same.
    told : Share
        Passages of which a finding tells the disguise.
    escaped : Share
        Passages for which nothing tells it, and a quarter of what they cost is gained.
    gain : float
        Points of originality that the disguise gives, on the average.
    """

    name: str
    found: Share
    told: Share
    escaped: Share
    gain: float

    @property
    def counts(self) -> dict[str, int]:
        """How many passages were planted, found, told and escaped."""
        shares = {"found": self.found, "told": self.told, "escaped": self.escaped}
        counts = {name: share.hits for name, share in shares.items()}
        return {"planted": self.found.total, **counts}


@dataclass(frozen=True, slots=True)
class SelfTest:
    """The outcome of a self-test; equal corpora, settings and seeds, equal outcomes.

    Attributes
    ----------
    usable : int
        Documents that are long enough, in a language and genre with another one.
    clean : tuple of int
        Matches in each pair in which nothing was planted. The two may share wording
        of their own, so that not every one of them is a mistake.
    """

    corpus: Corpus
    settings: str
    usable: int
    plan: Plan
    kinds: tuple[Figures, ...]
    lengths: tuple[Figures, ...]
    clean: tuple[int, ...]
    disguises: tuple[Evasion, ...] = ()

    def __repr__(self) -> str:
        found = self.kinds[-1].found if self.kinds else Share(0, 0)
        return f"SelfTest({self.corpus.path!r}, found {found.hits} of {found.total})"

    def frame(self, table: str = "") -> "DataFrame":
        """Return ``kinds`` (by default), ``lengths`` or ``disguises``, a row each.

        Raises
        ------
        OptionError
            If there is no such table.
        MissingExtraError
            If pandas is not installed.
        """
        tables = {
            "kinds": list(map(_row, self.kinds)),
            "lengths": list(map(_row, self.lengths)),
            "disguises": list(map(_row_of_disguise, self.disguises)),
        }
        return as_frame(tables[chosen(tables, table)])


def _row(row: Figures) -> dict[str, object]:
    low, high = row.found.interval
    known: dict[str, object] = {"planted": row.found.total, "found": row.found.hits}
    known |= {"share": row.found.value, "low": low, "high": high}
    return {"name": row.name, **known, "plagdet": row.plagdet.score}


def _row_of_disguise(row: Evasion) -> dict[str, object]:
    return {"name": row.name, **row.counts, "gain": row.gain}


def selftest(
    corpus: Corpus,
    config: Config,
    plan: Plan,
    on_case: Callable[[int], None] = lambda count: None,
) -> SelfTest:
    """Plant passages of the documents of `corpus` into others, and look for them.

    Parameters
    ----------
    on_case : callable
        Told how many cases are done.

    Raises
    ------
    TooFewDocumentsError
        If there are not two documents to plant any passage in.
    """
    usable = sum(len(pool.documents) for pool in pools_of(corpus.documents))
    if not usable:
        raise TooFewDocumentsError(path=corpus.path, found=len(corpus.documents))
    outcomes: list[_Outcome] = []
    cases = simulate(
        corpus.documents, kinds=plan.kinds, pairs=plan.pairs, seed=plan.seed
    )
    for case in cases:
        outcomes.append((case, _found(case, config)))
        on_case(len(outcomes))
    tried: dict[str, list[Tried]] = {name: [] for name in plan.disguises}
    done = len(outcomes)
    for name, one in evade(
        corpus.documents, config, plan.disguises, plan.pairs, plan.seed
    ):
        tried[name] += [one] if one else []
        done += 1
        on_case(done)
    planted = [outcome for outcome in outcomes if outcome[0].truth]
    return SelfTest(
        corpus=corpus,
        settings=config.digest,
        usable=usable,
        plan=plan,
        kinds=_by_kind(planted, plan.kinds),
        lengths=_by_length(planted),
        clean=tuple(len(found) for case, found in outcomes if case.kind == CLEAN),
        disguises=tuple(_evasion(name, each) for name, each in tried.items()),
    )


def _evasion(name: str, tried: Sequence[Tried]) -> Evasion:
    total = len(tried)
    return Evasion(
        name,
        found=Share(sum(one.found for one in tried), total),
        told=Share(sum(one.told for one in tried), total),
        escaped=Share(sum(one.escapes for one in tried), total),
        gain=sum(one.gain for one in tried) / total if total else 0.0,
    )


def _found(case: Case, config: Config) -> tuple[Located, ...]:
    """Return what the whole pipeline finds in a case, repeats of the draft left out."""
    matches = _check(case.draft, case.source, config)
    return tuple(
        Located(case.draft.id, *m[:2], case.source.id, *m[2:]) for m in matches
    )


def _check(
    draft: Document, source: Document, config: Config
) -> list[tuple[int, int, int, int]]:
    """Return the matches of `draft` with `source`, as offsets of either."""
    corpus = Corpus(source.origin.path, (source,))
    report = Checker(corpus, config, spare=False, alone=False).check(draft)
    return [
        (match.draft.start, match.draft.end, match.source.start, match.source.end)
        for match in report.matches
        if not match.within
    ]


def _by_kind(planted: Sequence[_Outcome], kinds: Sequence[str]) -> tuple[Figures, ...]:
    rows = [
        _figures(kind, [outcome for outcome in planted if outcome[0].kind == kind])
        for kind in kinds
        if kind != CLEAN
    ]
    return (*rows, _figures("all", planted)) if rows else ()


def _by_length(planted: Sequence[_Outcome]) -> tuple[Figures, ...]:
    return tuple(
        _figures(
            f"{low}-{high}",
            [one for one in planted if low <= _length(one[0].truth) <= high],
        )
        for low, high in BANDS
        if planted
    )


def _length(truth: Located | None) -> int:
    return truth.source_end - truth.source_start if truth else 0


def _figures(name: str, outcomes: Sequence[_Outcome]) -> Figures:
    truths = [case.truth for case, _ in outcomes if case.truth]
    found = [one for _, spans in outcomes for one in spans]
    shares = (
        min(cover.shares(truth))
        for truth, cover in zip(truths, covers(truths, found), strict=True)
    )
    hits = sum(share >= _HALF for share in shares)
    return Figures(name, Share(hits, len(truths)), plagdet(truths, found))
