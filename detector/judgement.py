"""What the rules say of a report, and what follows from it, once it is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from detector.model.later import Later
from detector.model.ledger import Ledger
from detector.model.report import Advice, Answer, Report
from detector.model.span import Span
from detector.rules import OF_PAIRS, Judged, apply_rules
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject
from detector.rules.void001 import empty_paragraphs
from detector.scoring.advice import advise
from detector.traces.answers import find_answers


@dataclass(frozen=True)
class Judgement:
    """A draft under the rules, by some settings.

    Attributes
    ----------
    subject : Subject
    options : RuleOptions
    today : str
        By which comments that keep a rule silent expire.
    only : set of str
        Rules that are applied.
    """

    subject: Subject
    options: RuleOptions
    today: str
    only: frozenset[str]

    def report(self) -> Report:
        """Return the report with what the rules say, and what to rewrite first."""
        return replace(
            self.subject.report,
            findings=Later(lambda: self._judged.findings),
            silenced=Later(lambda: self._judged.silenced),
            remarks=Later(lambda: self._judged.remarks),
            answers=() if self.only == OF_PAIRS else Later(self._answers),
            advice=Later(self._advice),
        )

    @cached_property
    def _judged(self) -> Judged:
        return apply_rules(self.subject, self.options, self.today, self.only)

    def _answers(self) -> tuple[Answer, ...]:
        report = self.subject.report
        outlined = [part.section for part in report.sections]
        return find_answers(report.draft.text, outlined)

    def _advice(self) -> tuple[Advice, ...]:
        report = self.subject.report
        quiet = {one.finding.span for one in self._judged.silenced}
        empty = set(empty_paragraphs(report, self.options.void_shortest)) - quiet
        told = list(_told(report, quiet))
        return advise(told, report.matches, report.facts, empty)


def _told(report: Report, silenced: set[Span]) -> Iterator[tuple[Span, Ledger]]:
    """Yield the paragraphs but for those that are kept silent for the most part."""
    for span, ledger in report.paragraphs:
        if not any(len(s) * 2 > len(span) and s.overlaps(span) for s in silenced):
            yield span, ledger
