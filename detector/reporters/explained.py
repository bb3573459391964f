"""Figures and passages of a JSON report, worked out again step by step."""

import json
from collections.abc import Callable, Iterator, Mapping
from math import log
from pathlib import Path
from typing import Any, TypeAlias

from detector.errors import MissingFileError, ReportFileError
from detector.messages import Language, say
from detector.model.match import COMMON_WORDING
from detector.reporters.json_report import SCHEMA
from detector.reporters.wording import reason
from detector.rules import RULES

Report: TypeAlias = Mapping[str, Any]
_Facts: TypeAlias = Mapping[str, Any] | None


def _columns(report: Report) -> dict[str, Any]:
    among = report["among"]
    return {
        **report["ledger"],
        **report["scores"],
        "counted": report["counted_characters"],
        "facts": len(report["facts"]),
        "among": among,
        "ceiling": max(8.0, among / 10),
    }


def _adequacy(report: Report) -> _Facts:
    curve = report["scores"]["saturation"]
    if not curve:
        return None
    shown = ", ".join(f"{value:.1f}" for value in curve)
    facts = {"saturation": shown, "half": curve[1], "whole": curve[3]}
    return {**facts, "adequacy": curve[1] - curve[3]}


def _carry_over(report: Report) -> _Facts:
    carried = report["carry_over"]
    counts = ("unchanged", "changed")
    return carried and {**carried, **{name: len(carried[name]) for name in counts}}


FIGURES: Mapping[str, Callable[[Report], _Facts]] = {
    "originality": _columns,
    "adequacy": _adequacy,
    "gross_overlap": _columns,
    "attributable_overlap": _columns,
    "boilerplate_share": _columns,
    "self_repetition": _columns,
    "largest_source": lambda report: report["scores"]["largest_source"],
    "longest_match": lambda report: report["scores"]["longest_match"],
    "specificity": _columns,
    "carry_over": _carry_over,
}
"""What each figure is made of; None where it has no value."""


def read_reports(path: Path) -> list[Report]:
    """Read what ``check --format json`` wrote.

    Raises
    ------
    MissingFileError, ReportFileError
        If there is no such file, or it is no report.
    """
    try:
        found = json.loads(path.read_text("utf-8"))
        if found["schema"] != SCHEMA:
            raise ReportFileError(path=str(path), reason=f"schema is not {SCHEMA}")
        reports: list[Report] = found["reports"]
    except FileNotFoundError as error:
        raise MissingFileError(path=str(path)) from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        reason = getattr(error, "strerror", None) or f"no {SCHEMA}"
        raise ReportFileError(path=str(path), reason=reason) from error
    return reports


def explained(
    what: str, report: Report, path: str, language: Language
) -> Iterator[str]:
    """Yield how a figure, a rule's findings or a passage of a report came about.

    Raises
    ------
    ReportFileError
        If the report has no such passage, or lacks what a report has.
    """
    try:
        if what in FIGURES:
            yield from figure_lines(what, report, language)
        elif what in RULES:
            yield from finding_lines(what, report, language)
        else:
            matches = {match["id"]: match for match in report["matches"]}
            if (match := matches.get(what.lower())) is None:
                known = " ".join(matches)
                raise ReportFileError(path=path, reason=f"no {what}: {known}")
            yield from match_lines(match, report, language)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise ReportFileError(path=path, reason=reason) from error


def figure_lines(name: str, report: Report, language: Language) -> Iterator[str]:
    """Yield the sum of a figure with the numbers of a report, and its ledger."""
    facts = FIGURES[name](report)
    if facts is None:
        yield say(f"{name}.none", language)
        return
    yield say(f"{name}.sum", language, **facts)
    if FIGURES[name] is _columns:
        yield say("E-counted", language, **_columns(report))


def match_lines(match: Report, report: Report, language: Language) -> Iterator[str]:
    """Yield how a passage came about, and what it counts as."""
    source, among = match["source"], report["among"]
    why = reason(match["reason"], language)
    kind = say(f"R-kind-{match['kind']}", language)
    yield say("E-match", language, id=match["id"], kind=kind, reason=why)
    yield say(
        "E-where",
        language,
        path=report["path"],
        start=match["start"],
        end=match["end"],
        source=source["path"],
        source_start=source["start"],
        source_end=source["end"],
    )
    yield say("E-evidence", language, **match)
    yield say("E-equal", language, **match)
    if match["reason"] == COMMON_WORDING:
        yield say("E-common", language)
    elif match["label"] in {"copied", "boilerplate"}:
        df, ceiling = max(match["organisations"], 1), max(8.0, among / 10)
        weight = max(0.0, 1 - log(df) / log(ceiling))
        facts = {"df": df, "among": among, "ceiling": ceiling, "weight": weight}
        yield say("E-weight", language, **facts, mean=match["weight"])


def finding_lines(rule: str, report: Report, language: Language) -> Iterator[str]:
    """Yield the findings of a rule, each with its passages."""
    matches = {match["id"]: match for match in report["matches"]}
    for finding in report["findings"]:
        if finding["rule"] == rule:
            yield say("E-finding", language, **finding)
            for name in finding["matches"]:
                lines = match_lines(matches[name], report, language)
                yield from (f"  {line}" for line in lines)
