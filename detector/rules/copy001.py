"""COPY001: a passage follows one source, and few others hold it."""

from collections.abc import Iterator
from dataclasses import replace

from detector.model.finding import Finding, Level
from detector.model.match import CARRIED_OVER, Label
from detector.rules._common import by_passage, finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each copied passage that is long enough."""
    report = subject.report
    copied = [m for m in report.matches if m.label is Label.COPIED]
    for group in by_passage(copied):
        best = max(group, key=lambda match: match.credit)
        if best.credit < options.copy_shortest:
            continue
        carried = best.reason == CARRIED_OVER
        long = best.credit >= options.copy_error and not carried
        stated = finding(
            report,
            "COPY001",
            Level.ERROR if long else Level.WARNING,
            best.draft.span,
            equal=best.alignment.equal,
            identity=best.identity,
            path=best.source.document.origin.path,
            organisations=best.organisations,
        )
        message = "COPY001.own" if carried else "COPY001"
        yield replace(
            stated, message=message, matches=tuple(match.id for match in group)
        )
