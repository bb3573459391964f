"""CSV for spreadsheets: a row for each finding, passage and input that failed.

UTF-8 with the mark that Excel needs. A cell that a spreadsheet would take for a formula
begins with an apostrophe (OWASP, CSV injection).
"""

import csv
import io
import re
from collections.abc import Iterator

from detector.messages import Language
from detector.model.finding import Finding
from detector.model.match import Match
from detector.model.report import Batch, Report
from detector.reporters.figures import DIGITS
from detector.reporters.places import place_within
from detector.reporters.wording import reason
from detector.text.visible import inert

COLUMNS = (
    "path",
    "record",
    "rule",
    "level",
    "place",
    "line",
    "column",
    "start",
    "end",
    "message",
    "match",
    "kind",
    "label",
    "credit",
    "identity",
    "source",
    "source_start",
    "source_end",
    "text",
    "fingerprint",
)
"""Names of JSON; `record` is finding, passage or error."""
_CONTROL = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)
"""What a terminal would obey, or what turns a cell round; line ends and tabs a cell may
have."""
_LONGEST = 500
"""Characters of a passage; the offsets tell all of it."""
_ACTIVE = "=+-@\t\r\n＝＋－＠"
_LINE_END = re.compile(r"\r\n?")
_NEXT_CELL = re.compile(r"(?<=[;\t])(?=\s*[=+\-@＝＋－＠])")
"""Where a spreadsheet that parts cells by another sign than ours begins a formula."""


def render(batch: Batch, language: Language) -> bytes:
    """Return the table as UTF-8 with a byte order mark."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for report in batch.reports:
        for row in _rows(report, language):
            writer.writerow([_safe(row.get(name, "")) for name in COLUMNS])
    for error in batch.errors:
        row = {
            "path": str(error.facts.get("path", "")),
            "record": "error",
            "rule": error.code,
            "level": "error",
            "message": error.in_language(language),
        }
        writer.writerow([_safe(row.get(name, "")) for name in COLUMNS])
    return table.getvalue().encode("utf-8-sig", "replace")


def _rows(report: Report, language: Language) -> Iterator[dict[str, object]]:
    path = report.draft.origin.path
    for finding in report.findings:
        yield {"path": path, "record": "finding", **_finding(report, finding, language)}
    for match in report.matches:
        yield {"path": path, "record": "passage", **_passage(report, match, language)}


def _finding(report: Report, finding: Finding, language: Language) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "place": place_within(report.draft, finding.span, language)
        if finding.span
        else "",
        "line": finding.line,
        "column": finding.column,
        "start": finding.span.start,
        "end": finding.span.end,
        "message": finding.in_language(language),
        "match": " ".join(finding.matches),
        "text": finding.span.of(report.draft.text),
        "fingerprint": finding.fingerprint,
    }


def _passage(report: Report, match: Match, language: Language) -> dict[str, object]:
    line, column = report.draft.line_and_column(match.draft.start)
    return {
        "place": place_within(report.draft, match.draft.span, language),
        "line": line,
        "column": column,
        "start": match.draft.start,
        "end": match.draft.end,
        "message": reason(match.reason, language),
        "match": match.id,
        "kind": match.kind.value,
        "label": match.label.value,
        "credit": match.credit,
        "identity": round(match.identity, DIGITS),
        "source": match.source.document.origin.path,
        "source_start": match.source.start,
        "source_end": match.source.end,
        "text": match.draft.text,
    }


def _safe(value: object) -> object:
    """Return a cell that no spreadsheet runs; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    text = _LINE_END.sub("\n", value[:_LONGEST])
    text = inert(_CONTROL.sub(lambda m: f"[U+{ord(m[0]):04X}]", text))
    text = _NEXT_CELL.sub("'", text)
    return f"'{text}" if text[:1] and text[0] in _ACTIVE else text
