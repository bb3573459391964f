"""SARIF 2.1.0 (OASIS), within the limits of GitHub code scanning.

Lines, columns and offsets count code points of the extracted text, which is the file
itself for txt and md. A source is a related location. GitHub refuses more than 25,000
results of a run and shows 5,000: the worst are told, and a notification says how many
there are besides.
"""

import re
from collections.abc import Sequence
from typing import Any

from detector.errors import DetectorError
from detector.messages import Language, say
from detector.model.document import Document
from detector.model.finding import Finding, Level, State
from detector.model.match import Match
from detector.model.report import Batch, Report
from detector.model.span import Span
from detector.reporters.json_report import tool_as_dict
from detector.reporters.json_text import json_text
from detector.reporters.paths import as_uri
from detector.reporters.places import has_lines, in_place, place_in_file
from detector.reporters.wording import NOTICE
from detector.text.visible import visible

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST = 5_000
_SOURCES = 20
"""Related locations of a result: GitHub keeps a hundred."""
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
_OF_LINKS = re.compile(r"[\\\[\]]")
_BASE = "%SRCROOT%"


def render(batch: Batch, language: Language, notices: Sequence[str] = ()) -> bytes:
    """Return the log as UTF-8; of too many results, the worst.

    `notices` are told as warnings of the tool.
    """
    found = [
        (report, finding) for report in batch.reports for finding in report.findings
    ]
    kept = found
    if len(found) > _MOST:
        worst = sorted(range(len(found)), key=lambda at: -found[at][1].level.rank)
        kept = [found[at] for at in sorted(worst[:_MOST])]
    said = list(notices)
    if left := len(found) - len(kept):
        said.append(say("R-findings-more", language, count=left))
    rules = sorted({finding.rule for _, finding in kept})
    run = {
        "tool": {"driver": _driver(rules, language)},
        "language": _LANGUAGES[language],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _BASE: {"description": {"text": say("R-sarif-root", language)}}
        },
        "artifacts": [_artifact(report) for report in batch.reports],
        "results": [_result(*one, rules, language) for one in kept],
        "invocations": [_invocation(batch, language, said)],
        "properties": {
            "settings_digest": batch.settings,
            "notice": say(NOTICE, language),
        },
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(log, indent=1)


def _driver(rules: Sequence[str], language: Language) -> dict[str, Any]:
    tool = tool_as_dict()
    return {
        "name": tool["name"],
        "version": tool["version"],
        "rules": [
            {
                "id": rule,
                "shortDescription": {"text": say(f"{rule}.title", language)},
                "help": {"text": say(f"{rule}.page", language).strip()},
            }
            for rule in rules
        ],
    }


def _plain(said: str) -> str:
    r"""Return a message in which nothing is a link: ``[text](url)`` is one there.

    SARIF 2.1.0, 3.11.6: brackets and backslashes are escaped.
    """
    return _OF_LINKS.sub(r"\\\g<0>", visible(said))


def _artifact(report: Report) -> dict[str, Any]:
    return {
        "location": _location_of(report.draft.origin.path),
        "roles": ["analysisTarget"],
        "properties": {
            "text_sha256": report.draft.id,
            "reader": report.draft.origin.reader,
        },
    }


def _result(
    report: Report, finding: Finding, rules: Sequence[str], language: Language
) -> dict[str, Any]:
    by_id = {match.id: match for match in report.matches}
    matches = [by_id[name] for name in finding.matches if name in by_id]
    spans = finding.places or (finding.span,)
    related = [
        _related(number, match, language)
        for number, match in enumerate(matches[:_SOURCES], 1)
    ]
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        **_standing(finding),
        "message": {"text": _plain(_said(report.draft, finding, language))},
        "locations": [_location(report.draft, finding, spans[0])],
        "partialFingerprints": {"detector/v1": finding.fingerprint},
        **({"relatedLocations": related} if related else {}),
        "properties": {
            "matches": list(finding.matches),
            "places": [[span.start, span.end] for span in spans],
        },
    }


def _standing(finding: Finding) -> dict[str, str]:
    """Return the level; of what was there before a lower one, and that it was."""
    if finding.state is None:
        return {"level": finding.level.value}
    if finding.state is State.NEW:
        return {"level": finding.level.value, "baselineState": "new"}
    lower = list(Level)[max(finding.level.rank - 1, 0)]
    return {"level": lower.value, "baselineState": "unchanged"}


def _location(draft: Document, finding: Finding, span: Span) -> dict[str, Any]:
    """Return where a finding is; the whole document has its first line."""
    where: dict[str, Any] = {"artifactLocation": _location_of(draft.origin.path)}
    if has_lines(draft):
        where["region"] = _region(draft, span) if span else {"startLine": finding.line}
    return {"physicalLocation": where}


def _said(draft: Document, finding: Finding, language: Language) -> str:
    said = finding.in_language(language)
    if not finding.span:
        return said
    return in_place(draft, finding.span.start, said, language)


def _related(number: int, match: Match, language: Language) -> dict[str, Any]:
    source = match.source.document
    said = f"{match.id}: {place_in_file(source, match.source.start, language)}"
    where: dict[str, Any] = {"artifactLocation": _location_of(source.origin.path)}
    if has_lines(source):
        where["region"] = _region(source, match.source.span)
    return {
        "id": number,
        "message": {"text": _plain(said)},
        "physicalLocation": where,
    }


def _region(document: Document, span: Span) -> dict[str, int]:
    line, column = document.line_and_column(span.start)
    end_line, end_column = document.line_and_column(span.end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": span.start,
        "charLength": len(span),
    }


def _location_of(path: str) -> dict[str, str]:
    uri = as_uri(path)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": _BASE}


def _invocation(
    batch: Batch, language: Language, notices: Sequence[str]
) -> dict[str, Any]:
    told = [_notification(error, language) for error in batch.errors]
    told += [
        {"level": Level.WARNING.value, "message": {"text": _plain(said)}}
        for said in notices
    ]
    return {
        "executionSuccessful": not batch.errors,
        "toolExecutionNotifications": told,
    }


def _notification(error: DetectorError, language: Language) -> dict[str, Any]:
    path = str(error.facts.get("path") or "")
    where = [{"physicalLocation": {"artifactLocation": _location_of(path)}}]
    return {
        "level": Level.ERROR.value,
        "message": {"text": _plain(error.in_language(language))},
        "descriptor": {"id": error.code},
        **({"locations": where} if path else {}),
    }
