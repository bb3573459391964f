"""SELF002: an item that announces a heading says it otherwise."""

from collections.abc import Iterator
from dataclasses import replace

from detector.model.finding import Finding, Level
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject
from detector.traces.echoes import find_mismatches


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each item that differs from its heading by a slip."""
    del options
    report = subject.report
    outline = [part.section for part in report.sections]
    for echo in find_mismatches(subject.text, outline):
        heading = echo.heading.of(subject.text).strip("# \t")
        facts = {"here": echo.here, "there": echo.there, "heading": heading}
        stated = finding(report, "SELF002", Level.WARNING, echo.item, **facts)
        yield replace(stated, places=(echo.item, echo.heading))
