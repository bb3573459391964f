"""SLOT002: an unfilled place, and what belongs there stands elsewhere in the text."""

from collections.abc import Iterator

from detector.model.finding import Finding, Level
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject
from detector.text.provenance import without_organ
from detector.traces.placeholders import filled_form


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each placeholder whose filled form the text has, too."""
    del options
    for one in subject.placeholders:
        filled = filled_form(
            subject.text, one, subject.names, without_organ(subject.owner)
        )
        if filled:
            yield finding(
                subject.report,
                "SLOT002",
                Level.WARNING,
                one.span,
                said=subject.around(one.span),
                filled=filled.of(subject.text),
            )
