"""Whether a disguise hides a copied passage, or makes its score better."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detector.config import Config
from detector.evaluation.disguises import DISGUISES, Disguise
from detector.evaluation.pieces import is_chinese
from detector.evaluation.plagdet import Located
from detector.evaluation.simulator import Case, simulate
from detector.formats import load_bytes
from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.model.report import Report
from detector.model.span import merge
from detector.pipeline import Checker

_TELLING = frozenset({"HIDE001", "EXTR001"})
"""Rules that tell what is not seen, or could not be read."""
_HALF, _QUARTER = 0.5, 0.25


class Tried(NamedTuple):
    """What became of one passage in one disguise.

    Attributes
    ----------
    found : bool
        Whether half of it is found, as its source has it.
    told : bool
        Whether a finding is about the disguise, which the plain passage has not.
    gain : float
        Points of originality more than with the plain passage.
    pays : bool
        Whether at least a quarter of what the plain passage costs is gained.
    """

    found: bool
    told: bool
    gain: float
    pays: bool

    @property
    def escapes(self) -> bool:
        """Whether the disguise makes the score better, and nothing is told."""
        return self.pays and not self.told


def evade(
    documents: Sequence[Document],
    config: Config,
    disguises: Sequence[str],
    pairs: int,
    seed: int,
) -> Iterator[tuple[str, Tried | None]]:
    """Yield what becomes of `pairs` passages in each of `disguises`, by passage.

    None where a disguise makes nothing else of a passage or of its language, or where
    the passage is not found as it stands, so that there is nothing to hide.
    """
    for case in simulate(documents, kinds=("verbatim",), pairs=pairs, seed=seed):
        subject = _Subject(case, config)
        for name in disguises:
            yield name, subject.tried(DISGUISES[name])


class _Subject:
    """A passage to be disguised; how it does without a disguise is kept."""

    def __init__(self, case: Case, config: Config) -> None:
        assert case.truth
        self._truth: Located = case.truth
        text, start, end = case.draft.text, case.truth.draft_start, case.truth.draft_end
        self._before, self._passage, self._after = (
            text[:start],
            text[start:end],
            text[end:],
        )
        self._chinese = is_chinese(self._passage)
        self._path = case.draft.origin.path
        corpus = Corpus(case.source.origin.path, (case.source,))
        self._checker = Checker(corpus, config, spare=False, alone=False)
        self._plain: dict[str, tuple[Report, Report]] = {}

    def tried(self, disguise: Disguise) -> Tried | None:
        """Return what becomes of the passage in a disguise."""
        dressed = disguise.dress(self._passage)
        unfit = disguise.chinese not in {None, self._chinese}
        if unfit or dressed == [(self._passage, False)]:
            return None
        if disguise.suffix not in self._plain:
            self._plain[disguise.suffix] = (
                self._report(disguise, ()),
                self._report(disguise, [(self._passage, False)]),
            )
        without, plain = self._plain[disguise.suffix]
        if self._share(plain) < _HALF:
            return None
        report = self._report(disguise, dressed)
        gain = report.originality - plain.originality
        cost = without.originality - plain.originality
        return Tried(
            found=self._share(report) >= _HALF,
            told=bool(_told(report) - _told(plain)),
            gain=gain,
            pays=cost > 0 and gain >= cost * _QUARTER,
        )

    def _report(
        self, disguise: Disguise, passage: Sequence[tuple[str, bool]]
    ) -> Report:
        pieces = [(self._before, False), *passage, (self._after, False)]
        path, suffix = f"{self._path}{disguise.suffix}", disguise.suffix
        return self._checker.check(load_bytes(disguise.write(pieces), path, suffix))

    def _share(self, report: Report) -> float:
        """Return what share of the passage is found, as its source has it."""
        start, end = self._truth.source_start, self._truth.source_end
        found = merge(match.source.span for match in report.matches if not match.within)
        inside = (max(min(one.end, end) - max(one.start, start), 0) for one in found)
        return sum(inside) / (end - start)


def _told(report: Report) -> set[tuple[str, str]]:
    return {
        (finding.rule, finding.message)
        for finding in report.findings
        if finding.rule in _TELLING
    }
