"""Reports, passages and ledgers in a notebook."""

from typing import TYPE_CHECKING

from detector.charts.palette import COLOURS
from detector.messages import Language, say
from detector.model.finding import Finding
from detector.model.ledger import SHOWN, Ledger
from detector.model.match import Match
from detector.model.report import Batch, Report
from detector.reporters.figures import whole_columns
from detector.reporters.grouping import count_levels, worst_findings, worst_first
from detector.reporters.notebook.parts import LEFT, box, line, table
from detector.reporters.places import place_within
from detector.reporters.stated import figures
from detector.reporters.wording import NOTICE, reason
from detector.text.scripts import first_text, language_of
from detector.text.visible import percent, visible

if TYPE_CHECKING:
    from markupsafe import Markup

_LEVELS = {"error": "■", "warning": "▲", "note": "○"}
_FINDINGS, _REPORTS = 10, 30
"""What is shown of each; `frame()` has all."""


def report_html(report: Report) -> "Markup":
    """Return a report as a fragment: ledger, figures, the worst findings."""
    from markupsafe import Markup

    language = language_of(report.draft.text)
    cards = Markup().join(
        Markup(
            f'<td style="{LEFT};padding:.2em 1.2em .2em 0">'
            "{}<br><b>{}</b><br><small>{}</small></td>"
        ).format(say(f"R-figure-{name}", language), value, detail)
        for name, value, detail in figures(report, language)
    )
    worst = worst_findings(report)[:_FINDINGS]
    rows = [_finding(report, one, language) for one in worst]
    if more := len(report.findings) - len(rows):
        rows.append(Markup("<li>{}</li>").format(say("N-more", language, n=more)))
    title = say("R-findings-none", language)
    if report.findings:
        title = say("R-findings", language, **count_levels(report.findings))
    inside = Markup(
        "<p><b>{}</b></p>{}"
        '<table style="border:0"><tr>{}</tr></table><p><b>{}</b></p>'
        '<ul style="list-style:none;padding:0">{}</ul><p><small>{}</small></p>'
    )
    return box(
        inside.format(
            visible(report.draft.origin.path),
            ledger_html(report.ledger, language),
            cards,
            title,
            Markup().join(rows),
            say(NOTICE, language),
        )
    )


def batch_html(batch: Batch) -> "Markup":
    """Return a line for each report, and what could not be read."""
    language = language_of(first_text(report.draft for report in batch.reports))
    head = [say(f"N-{name}", language) for name in ("report", "ledger", "findings")]
    shown = worst_first(batch.reports)[:_REPORTS]
    parts = [
        table(head, [_row(report, language) for report in shown]),
        *(line("✗", visible(error.in_language(language))) for error in batch.errors),
    ]
    if more := len(batch.reports) - len(shown):
        parts.append(line("", say("N-more", language, n=more)))
    return box(*parts)


def ledger_html(ledger: Ledger, language: Language = "zh") -> "Markup":
    """Return a ledger as a bar with its legend; the numbers add up."""
    from markupsafe import Markup

    columns = whole_columns(ledger)
    legend = Markup(" · ").join(
        Markup('<span style="color:{}">■</span> {} {:,}').format(
            COLOURS[label.value],
            say(f"R-label-{label.value}", language),
            columns[label],
        )
        for label in SHOWN
    )
    total = say("R-label-total", language)
    return Markup("{}<p><small>{} · {} {:,}</small></p>").format(
        _bar(ledger, language), legend, total, ledger.counted
    )


def _bar(ledger: Ledger, language: Language) -> "Markup":
    from markupsafe import Markup

    part = Markup('<div style="width:{:.3f}%;background:{}" title="{} {:.1%}"></div>')
    parts = Markup().join(
        part.format(
            100 * ledger.share(label),
            COLOURS[label.value],
            say(f"R-label-{label.value}", language),
            ledger.share(label),
        )
        for label in SHOWN
        if ledger.share(label)
    )
    return Markup(
        '<div style="display:flex;height:1.4em;min-width:12em;border:1px solid #999">'
        "{}</div>"
    ).format(parts)


def match_html(match: Match) -> "Markup":
    """Return a passage beside its source, what differs marked."""
    from markupsafe import Markup

    language = language_of(match.draft.text)
    marks = {
        "equal": "{}",
        "insert": '<ins style="background:#d9f1f1;color:#1d1f21">{}</ins>',
        "delete": '<del style="background:#fbdcd8;color:#1d1f21">{}</del>',
    }
    ours, theirs = (
        Markup().join(
            Markup(marks[one.change]).format(visible(one.text)) for one in pieces
        )
        for pieces in (
            [one for one in match.differences() if one.change != "delete"],
            match.source_pieces(),
        )
    )
    facts = " · ".join(
        (
            reason(match.reason, language),
            say(f"R-kind-{match.kind.value}", language),
            say("R-identity", language, percent=percent(match.identity)),
        )
    )
    side = f'<td style="{LEFT};width:50%">{{}}</td>'
    return Markup(
        "<div><p><b>{}</b> ← {} <small>{}</small></p>"
        f'<table style="width:100%"><tr>{side}{side}</tr></table></div>'
    ).format(match.id, visible(match.source.document.origin.path), facts, ours, theirs)


def _finding(report: Report, finding: Finding, language: Language) -> "Markup":
    from markupsafe import Markup

    where = place_within(report.draft, finding.span, language)
    said = visible(finding.in_language(language))
    return Markup("<li>{} {} <code>{}</code> {} {}</li>").format(
        _LEVELS[finding.level.value],
        say(f"R-level-{finding.level.value}", language),
        finding.rule,
        visible(where),
        said,
    )


def _row(report: Report, language: Language) -> list["Markup | str"]:
    count = count_levels(report.findings)
    return [
        visible(report.draft.origin.path),
        _bar(report.ledger, language),
        say("R-findings", language, **count) if report.findings else "–",
    ]
