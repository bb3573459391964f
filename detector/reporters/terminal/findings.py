"""What the rules state: where, which rule, how much it matters, the sentence."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.text import Text

from detector.model.finding import Finding, Level
from detector.model.report import Report
from detector.reporters.places import place
from detector.reporters.terminal.lines import visible, whole
from detector.reporters.terminal.look import LEVELS, Look

_MOST = 40
"""Findings on a page; the levels that matter most stay."""
_IDS = 4
"""Matches named beside a finding."""


def count_levels(findings: Sequence[Finding]) -> dict[str, int]:
    """Return the number of ``errors``, ``warnings`` and ``notes``."""
    counts = Counter(finding.level for finding in findings)
    return {f"{level.value}s": counts[level] for level in Level}


def findings(report: Report, look: Look) -> Iterator[Text]:
    """Yield the findings of a report in the order of the draft."""
    if not report.findings:
        yield from look.title(look.say("R-findings-none"))
        return
    yield from look.title(look.say("R-findings", **count_levels(report.findings)))
    ranked = sorted(report.findings, key=lambda finding: -finding.level.rank)
    kept = {id(finding) for finding in ranked[:_MOST]}
    for finding in report.findings:
        if id(finding) in kept:
            yield from _one(report, finding, look)
    if more := len(report.findings) - len(kept):
        yield from look.fit(Text(look.say("R-findings-more", count=more), "dim"), "  ")


def _one(report: Report, finding: Finding, look: Look) -> Iterator[Text]:
    glyph, style = LEVELS[finding.level]
    head = Text().append(f"{glyph} {look.say(f'R-level-{finding.level.value}')}", style)
    head.append(f"  {visible(finding.rule)}  ", "bold")
    if finding.span:
        where = place(report.draft, finding.span.start, look.language)
    else:
        where = look.say("R-place-whole")
    head.append(whole(visible(where)))
    if finding.matches:
        ids = " ".join(map(visible, finding.matches[:_IDS]))
        more = len(finding.matches) > _IDS
        head.append(f"  {ids}{' …' if more else ''}", "cyan")
    yield from look.fit(head, "  ", "    ")
    yield from look.fit(Text(visible(finding.in_language(look.language))), "    ")
