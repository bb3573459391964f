"""What a report looks like in a notebook: a fragment of HTML, and tables.

Styles stand in attributes, since notebooks strip style elements from output that they
do not trust; there is no script, and all text is escaped.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from detector.errors import MissingExtraError, OptionError
from detector.messages import Language, say
from detector.model.finding import Finding
from detector.model.ledger import SHOWN, Ledger
from detector.model.match import Match
from detector.model.report import Batch, Report
from detector.reporters.figures import whole_columns
from detector.reporters.grouping import count_levels, worst_findings
from detector.reporters.json_report import as_dict
from detector.reporters.places import place_within
from detector.reporters.stated import figures
from detector.reporters.wording import NOTICE, reason
from detector.text.visible import percent, visible

if TYPE_CHECKING:
    from markupsafe import Markup
    from pandas import DataFrame

TABLES = ("matches", "findings", "sections", "facts")
"""Parts of a report that make a table."""
_COLOURS = {
    "copied": "#c8372d",
    "boilerplate": "#d9a520",
    "self_repeat": "#9a3fa6",
    "cited": "#2c6fbb",
    "set_phrase": "#0b8a8f",
    "own": "#b9c2b4",
}
_LEVELS = {"error": "■", "warning": "▲", "note": "○"}
_FINDINGS = 10
_HAN_SHARE = 0.1


def language_of(report: Report) -> Language:
    """Return the language of the draft: a tenth of Chinese makes it Chinese."""
    text = report.draft.text[:2000]
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in text)
    return "zh" if chinese > _HAN_SHARE * len(text) else "en"


def report_html(report: Report) -> str:
    """Return a report as a fragment: ledger, figures, the worst findings."""
    from markupsafe import Markup

    language = language_of(report)
    cards = Markup().join(
        Markup(
            '<td style="text-align:left;vertical-align:top;padding:.2em 1.2em .2em 0">'
            "{}<br><b>{}</b><br><small>{}</small></td>"
        ).format(say(f"R-figure-{name}", language), value, detail)
        for name, value, detail in figures(report, language)
    )
    worst = worst_findings(report)[:_FINDINGS]
    rows = [_finding(report, one, language) for one in worst]
    title = say("R-findings-none", language)
    if report.findings:
        title = say("R-findings", language, **count_levels(report.findings))
    drawn = Markup(
        '<div style="max-width:70em;overflow-wrap:anywhere"><p><b>{}</b></p>{}'
        '<table style="border:0"><tr>{}</tr></table><p><b>{}</b></p>'
        '<ul style="list-style:none;padding:0">{}</ul><p><small>{}</small></p></div>'
    ).format(
        visible(report.draft.origin.path),
        ledger_html(report.ledger, language),
        cards,
        title,
        Markup().join(rows),
        say(NOTICE, language),
    )
    return str(drawn)  # a plain one: a Markup would escape what is added to it


def ledger_html(ledger: Ledger, language: Language = "zh") -> "Markup":
    """Return a ledger as a bar with its legend; the numbers add up."""
    from markupsafe import Markup

    columns = whole_columns(ledger)
    bar = Markup().join(
        Markup('<div style="width:{:.3f}%;background:{}" title="{}"></div>').format(
            100 * ledger.share(label),
            _COLOURS[label.value],
            say(f"R-label-{label.value}", language),
        )
        for label in SHOWN
        if ledger.share(label)
    )
    legend = Markup(" · ").join(
        Markup('<span style="color:{}">■</span> {} {:,}').format(
            _COLOURS[label.value],
            say(f"R-label-{label.value}", language),
            columns[label],
        )
        for label in SHOWN
    )
    total = say("R-label-total", language)
    return Markup(
        '<div style="display:flex;height:1.4em;border:1px solid #999">{}</div>'
        "<p><small>{} · {} {:,}</small></p>"
    ).format(bar, legend, total, ledger.counted)


def match_html(match: Match) -> str:
    """Return a passage beside its source, what differs marked."""
    from markupsafe import Markup

    language: Language = "zh"
    marks = {
        "equal": "{}",
        "insert": '<ins style="background:#d9f1f1">{}</ins>',
        "delete": '<del style="background:#fbdcd8">{}</del>',
    }
    pieces = [
        (one.change, Markup(marks[one.change]).format(visible(one.text)))
        for one in match.differences()
    ]
    ours = Markup().join(text for change, text in pieces if change != "delete")
    theirs = Markup().join(text for change, text in pieces if change != "insert")
    facts = " · ".join(
        (
            reason(match.reason, language),
            say(f"R-kind-{match.kind.value}", language),
            say("R-identity", language, percent=percent(match.identity)),
        )
    )
    side = '<td style="text-align:left;vertical-align:top;width:50%">{}</td>'
    drawn = Markup(
        "<div><p><b>{}</b> ← {} <small>{}</small></p>"
        f'<table style="width:100%"><tr>{side}{side}</tr></table></div>'
    ).format(match.id, visible(match.source.document.origin.path), facts, ours, theirs)
    return str(drawn)


def frame(report: Report, table: str) -> "DataFrame":
    """Return a part of a report as a table, a row each.

    Parameters
    ----------
    table : str
        One of `TABLES`. The columns are the fields of the JSON report; those of its
        `source` and `ledger` are prefixed.

    Raises
    ------
    OptionError
        If there is no such table.
    MissingExtraError
        If pandas is not installed.
    """
    if table not in TABLES:
        raise OptionError(name="table", value=table, allowed=", ".join(TABLES))
    try:
        from pandas import DataFrame
    except ModuleNotFoundError as error:
        raise MissingExtraError(name="pandas", extra="notebook") from error
    rows: Sequence[Mapping[str, Any]] = as_dict(Batch((report,)), "en")["reports"][0][
        table
    ]
    return DataFrame([_flat(row) for row in rows])


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}_{key}": one for key, one in value.items()}
        else:
            flat[name] = value
    return flat


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
