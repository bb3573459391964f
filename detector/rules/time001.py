"""TIME001: a year, a meeting or a document that is not of the time of the text."""

from collections.abc import Iterator
from dataclasses import replace

from detector.model.finding import Finding, Level
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject
from detector.text.furniture import SIGNATURE
from detector.traces.periods import about, find_stale, period_of

_NOTES = frozenset({"TIME001.meeting", "TIME001.plan_over"})


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each thing that belongs to another time."""
    del options
    report, text = subject.report, subject.text
    signature = dict(report.not_counted).get(SIGNATURE)
    signed = signature.of(text) if signature else ""
    origin = report.draft.origin
    period = period_of(origin.year, signed, text)
    kind = about(origin.genre, text)
    for stale in find_stale(text, period, signature, subject.calendar, kind):
        level = Level.NOTE if stale.code in _NOTES else Level.WARNING
        stated = finding(report, "TIME001", level, stale.span, **stale.facts)
        yield replace(stated, message=stale.code)
