"""UPST001: much of the draft restates a document that was issued to it."""

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
    """Yield one finding for each issued document that makes up enough of the draft."""
    by_source: dict[DocumentId, list[Match]] = {}
    for match in report.matches:
        if match.reason == ISSUED:
            by_source.setdefault(match.source.document.id, []).append(match)
    units = count_units(normalize(report.draft.text)) if by_source else None
    for key in sorted(by_source):
        matches = by_source[key]
        spans = merge(s for match in matches for s in match.alignment.equal_spans())
        equal = int(units.mask(spans).sum()) if units else 0
        if equal < options.issued_share * report.ledger.counted:
            continue
        stated = finding(
            report,
            "UPST001",
            Level.WARNING,
            Span(0, 0),
            equal=equal,
            share=equal / report.ledger.counted,
            path=report.sources[key].origin.path,
        )
        yield replace(stated, matches=tuple(match.id for match in matches))
