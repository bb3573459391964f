"""COPY003: the document is spliced from three or more sources."""

from collections.abc import Iterator
from dataclasses import replace

from detector.model.finding import Finding, Level
from detector.model.match import CARRIED_OVER, Label, Match
from detector.model.span import Span
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject

_FEWEST = 3


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield a finding if passages of enough sources make up enough of the draft."""
    report = subject.report
    credit: dict[str, int] = {}
    held: dict[str, list[Match]] = {}
    for match in report.matches:
        copied = match.label is Label.COPIED and match.reason != CARRIED_OVER
        if copied and match.credit >= options.copy_shortest:
            origin = match.source.document.origin
            who = origin.organisation or origin.path
            credit[who] = credit.get(who, 0) + match.credit
            held.setdefault(who, []).append(match)
    share = sum(credit.values()) / (report.ledger.counted or 1)
    if len(credit) < _FEWEST or share < options.spliced_share:
        return
    ranked = sorted(credit, key=lambda who: (-credit[who], who))
    stated = finding(
        report,
        "COPY003",
        Level.WARNING,
        Span(0, 0),
        sources=len(credit),
        share=share,
        names=", ".join(f"{who} {credit[who]}" for who in ranked[:5]),
    )
    matches = tuple(match.id for who in ranked for match in held[who])
    yield replace(stated, matches=matches)
