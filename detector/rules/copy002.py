"""COPY002: most of the document stands in one other document."""

from collections.abc import Iterator

from detector.model.finding import Finding, Level
from detector.model.match import CARRIED_OVER, ISSUED
from detector.rules._common import by_source, of_source
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each source that holds `twin_share` of the draft.

    A document of the same organisation is a warning: YEAR001 tells more about it.
    """
    report = subject.report
    others = (m for m in report.matches if not m.within and m.reason != ISSUED)
    for source, equal, matches in by_source(report, others):
        if equal >= options.twin_share * report.ledger.counted:
            own = any(match.reason == CARRIED_OVER for match in matches)
            level = Level.WARNING if own else Level.ERROR
            yield of_source(report, "COPY002", level, source, equal, matches)
