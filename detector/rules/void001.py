"""VOID001: a paragraph without one fact that a reader could look up, count or go to."""

from collections.abc import Iterator

from detector.model.finding import Finding, Level
from detector.model.report import Report
from detector.model.span import Span
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each long paragraph that no fact is in."""
    report = subject.report
    counted = dict(report.paragraphs)
    for span in empty_paragraphs(report, options.void_shortest):
        facts: dict[str, object] = {"counted": counted[span].counted}
        yield finding(report, "VOID001", Level.NOTE, span, **facts)


def empty_paragraphs(report: Report, shortest: int) -> Iterator[Span]:
    """Yield the paragraphs of `shortest` counted characters and more without a fact."""
    starts = [fact.span.start for fact in report.facts]
    at = 0
    for span, ledger in report.paragraphs:
        while at < len(starts) and starts[at] < span.start:
            at += 1
        inside = at < len(starts) and starts[at] < span.end
        if ledger.counted >= shortest and not inside:
            yield span
