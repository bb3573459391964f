"""COPY002: most of the document stands in one other document."""

from collections.abc import Iterator
from dataclasses import replace

from detector.model.document import DocumentId
from detector.model.finding import Finding, Level
from detector.model.match import ISSUED, Match
from detector.model.report import Report
from detector.model.span import Span, merge
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.text.rules import normalize
from detector.text.units import count_units


def find(report: Report, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each source that holds `twin_share` of the draft."""
    by_source: dict[DocumentId, list[Match]] = {}
    for match in report.matches:
        if not match.within and match.reason != ISSUED:
            by_source.setdefault(match.source.document.id, []).append(match)
    if not by_source:
        return
    units = count_units(normalize(report.draft.text))
    for key in sorted(by_source):
        matches = by_source[key]
        spans = merge(s for match in matches for s in match.alignment.equal_spans())
        held = int(units.mask(spans).sum())
        if held < options.twin_share * report.ledger.counted:
            continue
        stated = finding(
            report,
            "COPY002",
            Level.ERROR,
            Span(0, 0),
            equal=held,
            share=held / report.ledger.counted,
            path=report.sources[key].origin.path,
        )
        yield replace(stated, matches=tuple(match.id for match in matches))
