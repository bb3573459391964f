"""What the rules state: where, which rule, how much it matters, the sentence."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from detector.model.finding import Finding, Level
from detector.model.report import Report
from detector.reporters.grouping import count_levels
from detector.reporters.places import place
from detector.reporters.terminal.lines import whole
from detector.reporters.terminal.look import LEVELS, Look
from detector.text.visible import visible

_MOST = 40
"""Findings and groups of them on a page; the levels that matter most stay."""
_TOGETHER = 3
"""Findings of one rule and level from which they are told together."""
_EACH = {Level.ERROR: 8, Level.WARNING: 6, Level.NOTE: 3}
"""How many of a group are told with their sentences; of the others, where they are."""
_PLACES = 24
"""Places of a group that are named."""
_IDS = 4
"""Matches named beside a finding."""


def findings(report: Report, look: Look) -> Iterator[Text]:
    """Yield the findings of a report in the order of the draft."""
    if not report.findings:
        yield from look.title(look.say("R-findings-none"))
        return
    yield from look.title(look.say("R-findings", **count_levels(report.findings)))
    groups = _grouped(report.findings)
    ranked = sorted(groups, key=lambda group: -group[0].level.rank)
    kept = {id(group) for group in ranked[:_MOST]}
    for group in groups:
        if id(group) in kept and len(group) < _TOGETHER:
            for finding in group:
                yield from _one(report, finding, look)
        elif id(group) in kept:
            yield from _together(report, group, look)
    if more := sum(len(group) for group in groups if id(group) not in kept):
        yield from look.fit(Text(look.say("R-findings-more", count=more), "dim"), "  ")


def _grouped(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Put findings of one rule, level and message together, the worst level first.

    Those with passages of their own stay alone, each where its first place is.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, finding in enumerate(findings):
        alone = number if finding.matches or not finding.span else -1
        key = (finding.rule, finding.level, finding.message, alone)
        groups.setdefault(key, []).append(finding)
    apart = [
        part
        for group in groups.values()
        for part in ([group] if len(group) >= _TOGETHER else [[one] for one in group])
    ]
    return sorted(apart, key=lambda group: (-group[0].level.rank, group[0].span.start))


def _together(report: Report, group: Sequence[Finding], look: Look) -> Iterator[Text]:
    first = group[0]
    head = _head(first, look).append(look.say("R-times", count=len(group)), "bold")
    head.append("  " + look.say(f"{first.rule}.title"))
    yield from look.fit(head, "  ", "    ")
    said = _EACH[first.level]
    for finding in group[:said]:
        line = Text(whole(visible(_where(report, finding, look)))).append("  ")
        line.append(visible(finding.in_language(look.language)))
        yield from look.fit(line, "    ", "      ")
    rest = [_short(report, one, look) for one in group[said : said + _PLACES]]
    if rest:
        more = len(group) - said - len(rest)
        line = Text(look.say("R-also-at"), "dim").append(" " + " ".join(rest), "dim")
        if more:
            line.append(" " + look.say("R-more", count=more), "dim")
        yield from look.fit(line, "    ", "      ")


def _head(finding: Finding, look: Look) -> Text:
    glyph, style = LEVELS[finding.level]
    head = Text().append(f"{glyph} {look.say(f'R-level-{finding.level.value}')}", style)
    return head.append(f"  {visible(finding.rule)}  ", "bold")


def _where(report: Report, finding: Finding, look: Look) -> str:
    if not finding.span:
        return look.say("R-place-whole")
    return place(report.draft, finding.span.start, look.language)


def _short(report: Report, finding: Finding, look: Look) -> str:
    """Return the place of a finding without the name of the file."""
    where = _where(report, finding, look)
    return whole(visible(where.removeprefix(f"{report.draft.origin.path}:")))


def _one(report: Report, finding: Finding, look: Look) -> Iterator[Text]:
    head = _head(finding, look)
    head.append(whole(visible(_where(report, finding, look))))
    if finding.matches:
        ids = " ".join(map(visible, finding.matches[:_IDS]))
        more = len(finding.matches) > _IDS
        head.append(f"  {ids}{' …' if more else ''}", "cyan")
    yield from look.fit(head, "  ", "    ")
    yield from look.fit(Text(visible(finding.in_language(look.language))), "    ")
    others = [
        place(report.draft, one.start, look.language) for one in finding.places[1:]
    ]
    if others:
        path = f"{report.draft.origin.path}:"
        named = " ".join(
            whole(visible(one.removeprefix(path))) for one in others[:_PLACES]
        )
        line = Text(f"{look.say('R-also-at')} {named}", "dim")
        yield from look.fit(line, "    ", "      ")
