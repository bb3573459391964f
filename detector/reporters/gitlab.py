"""GitLab Code Quality: a JSON array of issues, without a byte order mark.

https://docs.gitlab.com/ci/testing/code_quality/ asks for a description, a check name, a
fingerprint, a severity, and a path relative to the repository with a line.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from detector.errors import DetectorError
from detector.messages import Language
from detector.model.finding import Level
from detector.model.report import Batch
from detector.reporters.json_text import json_text
from detector.reporters.paths import relative
from detector.reporters.places import has_lines, in_place
from detector.text.visible import visible

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.NOTE: "info"}
_UNREAD = "blocker"


def render(batch: Batch, language: Language) -> bytes:
    """Return the array as UTF-8; an input that could not be read is a blocker."""
    issues = [*_findings(batch, language)]
    issues += [_error(error, language) for error in batch.errors]
    return json_text(issues, indent=1)


def _findings(batch: Batch, language: Language) -> Iterator[dict[str, Any]]:
    for report in batch.reports:
        for finding in report.findings:
            draft, at = report.draft, finding.span.start
            said = finding.in_language(language)
            yield _issue(
                finding.rule,
                in_place(draft, at, said, language) if finding.span else said,
                finding.fingerprint,
                _SEVERITIES[finding.level],
                (draft.origin.path, finding.line if has_lines(draft) else 1),
            )


def _error(error: DetectorError, language: Language) -> dict[str, Any]:
    path = str(error.facts.get("path") or ".")
    digest = sha256(f"{error.code}\n{relative(path)}".encode("utf-8", "replace"))
    said = error.in_language(language)
    return _issue(error.code, said, digest.hexdigest()[:32], _UNREAD, (path, 1))


def _issue(
    check: str, said: str, fingerprint: str, severity: str, place: tuple[str, int]
) -> dict[str, Any]:
    path, line = place
    return {
        "description": visible(said),
        "check_name": check,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": relative(path), "lines": {"begin": line}},
    }
