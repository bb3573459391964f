"""SLOT001: a place of a form that nobody filled."""

from collections.abc import Iterator

from detector.model.finding import Finding, Level
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each unfilled place."""
    del options
    for one in subject.placeholders:
        said = one.span.of(subject.text)
        around = subject.around(one.span)
        facts = {"said": said, "around": around}
        yield finding(subject.report, "SLOT001", Level.ERROR, one.span, **facts)
