"""SELF001: a passage repeats inside the document, and it is not its structure."""

from collections.abc import Iterator
from dataclasses import replace

from detector.model.finding import Finding, Level
from detector.model.match import Label
from detector.rules._common import by_passage, finding, paragraph_units
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each passage that stands in the draft earlier, too."""
    report = subject.report
    repeats = [m for m in report.matches if m.label is Label.SELF_REPEAT]
    for group in by_passage(repeats):
        best = max(group, key=lambda match: match.alignment.equal)
        total = max(paragraph_units(report, best.draft.span), best.alignment.equal)
        if best.alignment.equal < min(options.repeat_shortest, total):
            continue
        loud = best.alignment.equal >= min(options.repeat_error, total / 2)
        stated = finding(
            report,
            "SELF001",
            Level.ERROR if loud else Level.WARNING,
            best.draft.span,
            equal=best.alignment.equal,
            total=total,
            share=best.alignment.equal / total,
        )
        yield replace(stated, matches=tuple(match.id for match in group))
