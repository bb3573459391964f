"""UPST001: much of the draft restates a document that was issued to it."""

from collections.abc import Iterator

from detector.model.finding import Finding, Level
from detector.model.match import ISSUED
from detector.rules._common import by_source, of_source
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each issued document that makes up enough of the draft."""
    report = subject.report
    issued = (match for match in report.matches if match.reason == ISSUED)
    for source, equal, matches in by_source(report, issued):
        if equal >= options.issued_share * report.ledger.counted:
            yield of_source(report, "UPST001", Level.WARNING, source, equal, matches)
