"""What the gate says of a repository: what is new, what was there before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from detector.errors import DetectorError
from detector.messages import Language, say
from detector.model.finding import Finding, Level, State
from detector.model.report import Batch, Report


class Compared(NamedTuple):
    """What a request is compared with.

    Attributes
    ----------
    ref : str
        As it was asked for.
    commit : str
        Id of the commit that changes are counted from.
    direct : bool
        Whether that is the tip of `ref` for want of a commit that both come from.
    """

    ref: str
    commit: str
    direct: bool


class Notice(NamedTuple):
    """Something about a run that a person has to know, besides findings.

    Attributes
    ----------
    code : str
        Code of `detector.messages`.
    """

    code: str
    facts: Mapping[str, object]

    def in_language(self, language: Language) -> str:
        """Word it for a reader of `language`."""
        return say(self.code, language, **self.facts)


class Outcome(StrEnum):
    """What a verdict comes to."""

    PASSED = "passed"
    STOPPED = "stopped"
    """Something new is of a level that stops a request."""
    BROKEN = "broken"
    """A document could not be looked at."""


class Known(NamedTuple):
    """A finding, or a document that cannot be read, that has been accepted.

    Attributes
    ----------
    path : str
    rule : str
        Of the finding, or the code of the error.
    text : str
        The beginning of what it is about; empty: the whole document.
    fingerprint : str
    """

    path: str
    rule: str
    text: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate found.

    Attributes
    ----------
    batch : Batch
        The reports of the documents that were looked at. Their findings have the levels
        of the gate, and say which are new. Its errors are documents that could not be
        looked at, and were not known to be so.
    documents : int
        In the repository: what each was compared with.
    changed : int
        Those that were looked at.
    excluded : int
        Files that would be documents if the settings did not exclude them.
    compared : Compared or None
        None where all documents were looked at.
    baseline : str
        The file with what has been accepted; empty without one.
    known_errors : tuple of DetectorError
        Documents that could not be looked at, which is nothing new.
    fixed : tuple of Known
        What was accepted or stood in the base, and is found no longer.
    notices : tuple of Notice
    accepted : tuple of Known or None
        What the baseline has now and had not; None if it was not written.
    stops : Level or None
        From which level on what is new stops a request; None: nothing does.
    """

    batch: Batch
    documents: int
    changed: int
    excluded: int = 0
    compared: Compared | None = None
    baseline: str = ""
    known_errors: tuple[DetectorError, ...] = ()
    fixed: tuple[Known, ...] = ()
    notices: tuple[Notice, ...] = ()
    accepted: tuple[Known, ...] | None = None
    stops: Level | None = Level.ERROR

    @property
    def new(self) -> Batch:
        """The reports with their new findings only."""
        reports = tuple(
            replace(r, findings=tuple(f for f in r.findings if f.state is State.NEW))
            for r in self.batch.reports
        )
        return replace(self.batch, reports=reports)

    def found(self, state: State) -> list[tuple[Report, Finding]]:
        """Return the findings of a state with their reports, the worst first."""
        every = [
            (report, finding)
            for report in self.batch.reports
            for finding in report.findings
            if finding.state is state
        ]
        return sorted(
            every,
            key=lambda one: (
                -one[1].level.rank,
                one[0].draft.origin.path,
                one[1].span,
            ),
        )

    def count(self, state: State, *levels: Level) -> int:
        """Return how many findings of a state have one of some levels."""
        return sum(one.level in levels for _, one in self.found(state))

    @property
    def outcome(self) -> Outcome:
        """What it comes to: a document that was not looked at outweighs findings."""
        if self.batch.errors:
            return Outcome.BROKEN
        if self.stops is None or self.accepted is not None:
            return Outcome.PASSED
        worst = max((one.level.rank for _, one in self.found(State.NEW)), default=-1)
        return Outcome.STOPPED if worst >= self.stops.rank else Outcome.PASSED
