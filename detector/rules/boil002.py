"""BOIL002: sentences fit a template of the library."""

from collections.abc import Iterator

from detector.model.finding import Finding, Level
from detector.model.report import Report
from detector.rules._common import finding
from detector.rules.options import RuleOptions

_SHOWN = 60


def find(report: Report, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each part of the draft that fits a template."""
    del options  # what fits was decided when it was looked for
    for fit in report.fits:
        text = " ".join(fit.template.text.split())
        yield finding(
            report,
            "BOIL002",
            Level.NOTE,
            fit.span,
            id=fit.template.id,
            organisations=fit.template.organisations,
            text=text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…",
        )
