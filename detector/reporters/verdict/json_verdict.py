"""JSON of a verdict: schema ``detector/gate/1``, shipped as ``gate.schema.json``."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from detector.messages import Language, say
from detector.model.finding import Finding, State
from detector.model.report import Report
from detector.model.verdict import Known, Verdict
from detector.reporters.json_report import (
    error_as_dict,
    finding_as_dict,
    tool_as_dict,
)
from detector.reporters.json_text import json_text
from detector.reporters.wording import NOTICE

SCHEMA = "detector/gate/1"


def render(verdict: Verdict, language: Language) -> bytes:
    """Return a verdict as JSON in UTF-8; equal verdicts, equal bytes."""
    return json_text(as_dict(verdict, language))


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) that every verdict validates against."""
    file = files("detector.reporters").joinpath("gate.schema.json")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def as_dict(verdict: Verdict, language: Language) -> dict[str, Any]:
    """Return a verdict as plain values."""
    compared = verdict.compared
    accepted = verdict.accepted
    return {
        "schema": SCHEMA,
        "tool": tool_as_dict(),
        "settings_digest": verdict.batch.settings,
        "language": language,
        "notice": say(NOTICE, language),
        "outcome": verdict.outcome.value,
        "since": compared._asdict() if compared else None,
        "baseline": verdict.baseline or None,
        "documents": verdict.documents,
        "looked_at": verdict.changed,
        "excluded": verdict.excluded,
        "findings": _findings(verdict, language),
        "fixed": list(map(_known, verdict.fixed)),
        "accepted": None if accepted is None else list(map(_known, accepted)),
        "errors": [error_as_dict(one, language) for one in verdict.batch.errors],
        "known_errors": [error_as_dict(one, language) for one in verdict.known_errors],
        "notices": [
            {"code": one.code, **_path(one.facts), "message": one.in_language(language)}
            for one in verdict.notices
        ],
    }


def _findings(verdict: Verdict, language: Language) -> list[dict[str, Any]]:
    return [
        _finding(report, finding, state, language)
        for state in State
        for report, finding in verdict.found(state)
    ]


def _finding(
    report: Report, finding: Finding, state: State, language: Language
) -> dict[str, Any]:
    stated = finding_as_dict(report.draft, finding, language)
    del stated["matches"]  # ids mean nothing without the report
    sources = [
        {
            "path": match.source.document.origin.path,
            "start": match.source.start,
            "end": match.source.end,
        }
        for match in report.matches
        if match.id in finding.matches
    ]
    path = report.draft.origin.path
    return {"state": state.value, "path": path, **stated, "sources": sources}


def _known(one: Known) -> dict[str, str]:
    return one._asdict()


def _path(facts: Any) -> dict[str, Any]:  # noqa: ANN401 - facts of a message
    return {"path": str(facts["path"]) if "path" in facts else None}
