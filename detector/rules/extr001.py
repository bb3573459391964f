"""EXTR001: the text was extracted with doubts, so that every figure is in doubt."""

from collections.abc import Iterator
from dataclasses import replace

from detector.model.finding import Finding, Level
from detector.model.span import Span
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each doubt that the reader of the file had."""
    report = subject.report
    for omission in report.draft.omissions:
        if omission.doubtful:
            facts = {"count": omission.count, "detail": omission.detail}
            stated = finding(report, "EXTR001", Level.WARNING, Span(0, 0), **facts)
            yield replace(stated, message=omission.code)
