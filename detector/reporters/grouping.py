"""What stands together, and what comes first."""

from collections import Counter
from collections.abc import Sequence

from detector.model.finding import Finding, Level
from detector.model.match import Label, Match
from detector.model.report import Report


def count_levels(findings: Sequence[Finding]) -> dict[str, int]:
    """Return the number of ``errors``, ``warnings`` and ``notes``."""
    counts = Counter(finding.level for finding in findings)
    return {f"{level.value}s": counts[level] for level in Level}


def worst_findings(report: Report) -> list[Finding]:
    """Return the findings, the worst level first, each level in the draft's order."""
    return sorted(report.findings, key=lambda one: -one.level.rank)


def worst_first(reports: Sequence[Report]) -> list[Report]:
    """Sort by errors, then warnings, then text found elsewhere or twice, then path."""

    def rank(report: Report) -> tuple[int, int, float, str]:
        counts = count_levels(report.findings)
        found = report.ledger.share(Label.COPIED, Label.SELF_REPEAT)
        return (
            -counts["errors"],
            -counts["warnings"],
            -found,
            report.draft.origin.path,
        )

    return sorted(reports, key=rank)


def grouped(matches: Sequence[Match]) -> list[list[Match]]:
    """Group the matches of the same passage of the draft, in the order of the draft.

    Two passages are the same if the overlap is more than half of the shorter one; a
    repeat inside the draft is never the same as a passage of another document. The
    first of a group explains most characters; the others follow in that order.
    """
    groups: list[list[Match]] = []
    last: dict[bool, list[Match]] = {}
    for match in sorted(matches, key=lambda m: (m.draft.start, -m.draft.end)):
        group = last.get(match.within)
        if group and _same(group[0], match):
            group.append(match)
        else:
            last[match.within] = [match]
            groups.append(last[match.within])
    for group in groups:
        group.sort(key=lambda m: (-m.credit, -m.alignment.equal))
    return groups


def _same(first: Match, second: Match) -> bool:
    inside = min(first.draft.end, second.draft.end) - second.draft.start
    return inside * 2 > min(len(first.draft.span), len(second.draft.span))
