"""Several drafts at a glance, the worst first."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from detector.model.finding import Level
from detector.model.match import Label
from detector.model.report import Report
from detector.reporters.grouping import count_levels
from detector.reporters.terminal.lines import pad, shorten
from detector.reporters.terminal.look import LEVELS, Look

_NARROW = 60
"""Below so many columns the table has only what decides."""
_FOUND, _CELL = 9, 7
"""Cells for the number of findings, and the least for a figure."""


def overview(reports: Sequence[Report], look: Look) -> Iterator[Text]:
    """Yield a table of the drafts, a line each."""
    every = [finding for report in reports for finding in report.findings]
    said = look.say("R-drafts", drafts=len(reports), **count_levels(every))
    yield from look.fit(Text(said, "bold"))
    yield Text()
    names = _columns(reports, look)
    widths = [
        max(_CELL, len(name := look.say(f"R-column-{column}")), Text(name).cell_len)
        for column in names
    ]
    head = Text("  ").append(pad(look.say("R-column-findings"), _FOUND))
    for name, width in zip(names, widths, strict=True):
        head.append(" " + pad(look.say(f"R-column-{name}"), width, right=True))
    head.append("  " + look.say("R-column-draft"))
    head.stylize("dim")
    yield head
    for report in reports:
        yield _row(report, list(zip(names, widths, strict=True)), look)


def _columns(reports: Sequence[Report], look: Look) -> list[str]:
    if look.width < _NARROW:
        return ["copied" if reports[0].corpus else "self_repeat"]
    if reports[0].corpus is None:
        return ["counted", "self_repeat"]
    wide = ["counted", "boilerplate"] if look.width > 80 else []  # noqa: PLR2004
    return [*wide[:1], "originality", "copied", *wide[1:], "self_repeat"]


def _row(report: Report, columns: list[tuple[str, int]], look: Look) -> Text:
    row = Text("  ")
    counts = count_levels(report.findings)
    for level in (Level.ERROR, Level.WARNING):
        glyph, style = LEVELS[level]
        count = counts[f"{level.value}s"]
        row.append(pad(f"{glyph}{count}" if count else "", 4) + " ", style)
    row.right_crop(1)
    for name, width in columns:
        row.append(" " + pad(_value(report, name), width, right=True))
    row.append("  ")
    row.append(shorten(report.draft.origin.path, look.width - row.cell_len))
    return row


def _value(report: Report, name: str) -> str:
    if name == "counted":
        return f"{report.ledger.counted:,}"
    if name == "originality":
        return f"{report.originality:.1f}"
    return f"{report.ledger.share(Label(name)):.1%}"
