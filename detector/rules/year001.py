"""YEAR001: much of the report is that of the same organisation's earlier one."""

from collections.abc import Iterator

from detector.model.finding import Finding, Level
from detector.model.span import Span
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield a finding if the carry-over is at its limit or above."""
    carried = subject.report.carry_over
    if carried and carried.share >= options.carried_share:
        origin = carried.document.origin
        yield finding(
            subject.report,
            "YEAR001",
            Level.WARNING,
            Span(0, 0),
            share=carried.share,
            path=origin.path,
            year=origin.year,
            unchanged=len(carried.unchanged),
            changed=len(carried.changed),
        )
