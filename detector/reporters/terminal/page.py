"""The page: what comes first, and what after it."""

from collections.abc import Iterator

from rich.text import Text

from detector.model.report import Batch, Report
from detector.reporters.grouping import worst_first
from detector.reporters.terminal.advice import advice, answers, silenced
from detector.reporters.terminal.findings import findings
from detector.reporters.terminal.lines import wrap
from detector.reporters.terminal.look import Look
from detector.reporters.terminal.outline import left_out, outline
from detector.reporters.terminal.overview import overview
from detector.reporters.terminal.passages import passages
from detector.reporters.terminal.summary import summary
from detector.reporters.wording import NOTICE
from detector.text.visible import visible


def lines(batch: Batch, look: Look) -> Iterator[Text]:
    """Yield the lines of the page, none wider than ``look.width`` cells."""
    for line in _lines(batch, look):
        # Tables have columns of their own; where even these do not fit, they fold.
        yield from [line] if line.cell_len <= look.width else wrap(line, look.width)


def _lines(batch: Batch, look: Look) -> Iterator[Text]:
    reports = worst_first(batch.reports)
    if len(reports) > 1:
        yield from overview(reports, look)
    for report in reports:
        if len(reports) > 1:
            yield from (Text(), Text("─" * look.width, "dim"))
        yield from _of_one(report, look)
    if batch.errors:
        yield from look.title(look.say("R-failed", count=len(batch.errors)))
        for error in batch.errors:
            yield from look.fit(Text(visible(error.in_language(look.language))), "  ")


def _of_one(report: Report, look: Look) -> Iterator[Text]:
    parts = (summary, findings, silenced, advice, answers, passages, outline, left_out)
    for part in parts:
        yield from part(report, look)
    notice = look.say(NOTICE)
    if report.findings:
        worst = max(report.findings, key=lambda finding: finding.level.rank)
        notice = look.say("R-explain", notice=notice, rule=visible(worst.rule))
    yield Text()
    yield from look.fit(Text(notice, "dim"))
