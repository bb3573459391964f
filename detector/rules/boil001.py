"""BOIL001: most of a paragraph is wording that many organisations use."""

from collections.abc import Iterator

from detector.model.finding import Finding, Level
from detector.model.match import Label
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each paragraph of boilerplate that is long enough."""
    report = subject.report
    for span, ledger in report.paragraphs:
        share = ledger.share(Label.BOILERPLATE)
        long = ledger.counted >= options.boilerplate_shortest
        if long and share >= options.boilerplate_share:
            yield finding(
                report,
                "BOIL001",
                Level.NOTE,
                span,
                share=share,
                counted=ledger.counted,
            )
