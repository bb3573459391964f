"""Figures and passages of a JSON report, worked out again step by step."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from detector.errors import MissingFileError, ReportFileError
from detector.messages import Language, say
from detector.model.match import COMMON_WORDING
from detector.reporters.json_report import SCHEMA
from detector.reporters.wording import reason
from detector.rules import RULES
from detector.scoring.commonness import ceiling, copied_share
from detector.text.visible import visible

Report: TypeAlias = Mapping[str, Any]
_Facts: TypeAlias = Mapping[str, Any] | None
_TOLERATED = 1e-3
"""What rounding to six digits may amount to in a sum."""


def _columns(report: Report) -> dict[str, Any]:
    among = report["among"]
    return {
        **report["ledger"],
        **report["scores"],
        "counted": report["counted_characters"],
        "facts": len(report["facts"]),
        "among": among,
        "ceiling": ceiling(among),
    }


def _adequacy(report: Report) -> _Facts:
    curve = report["scores"]["saturation"]
    if not curve:
        return None
    shown = ", ".join(f"{value:.2f}" for value in curve)
    facts = {"saturation": shown, "half": curve[1], "whole": curve[3]}
    return {**facts, "adequacy": curve[1] - curve[3]}


def _carry_over(report: Report) -> _Facts:
    carried = report["carry_over"]
    counts = ("unchanged", "changed")
    shown = carried and {**carried, "path": visible(carried["path"])}
    return shown and {**shown, **{name: len(carried[name]) for name in counts}}


def _largest_source(report: Report) -> _Facts:
    largest = report["scores"]["largest_source"]
    return largest and {**largest, "path": visible(largest["path"])}


FIGURES: Mapping[str, Callable[[Report], _Facts]] = {
    "originality": _columns,
    "adequacy": _adequacy,
    "gross_overlap": _columns,
    "attributable_overlap": _columns,
    "boilerplate_share": _columns,
    "self_repetition": _columns,
    "largest_source": _largest_source,
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
        If there is no such file, or it is no report, or has none.
    """
    try:
        found = json.loads(path.read_text("utf-8-sig"))
        if found["schema"] != SCHEMA:
            raise ReportFileError(path=str(path), reason=f"schema is not {SCHEMA}")
        reports: list[Report] = found["reports"]
        if not isinstance(reports, list) or not reports:
            raise ReportFileError(path=str(path), reason="reports")
        for report in reports:
            str.strip(report["path"])
    except FileNotFoundError as error:
        raise MissingFileError(path=str(path)) from error
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or f"no {SCHEMA}"
        raise ReportFileError(path=str(path), reason=reason) from error
    return reports


def explained(
    what: str, reports: Sequence[Report], path: str, language: Language
) -> Iterator[str]:
    """Yield how a figure, a rule's findings or a passage came about, in each report.

    Raises
    ------
    ReportFileError
        If no report has such a passage, one lacks what a report has, or its figures do
        not add up.
    """
    found = False
    for report in reports:
        try:
            lines = list(_explained(what, report, language))
        except (
            ArithmeticError,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
        ) as error:
            reason = f"{type(error).__name__}: {error}"
            raise ReportFileError(path=path, reason=reason) from error
        found |= bool(lines)
        if lines and len(reports) > 1:
            yield visible(report["path"])
        yield from lines
    if not found and what not in RULES:
        known = " ".join(
            str(match["id"]) for one in reports for match in one["matches"]
        )
        raise ReportFileError(path=path, reason=f"no {what}: {known}")


def _explained(what: str, report: Report, language: Language) -> Iterator[str]:
    if what in FIGURES:
        yield from figure_lines(what, report, language)
    elif what in RULES:
        yield from finding_lines(what, report, language)
    else:
        for match in report["matches"]:
            if match["id"] == what.lower():
                yield from match_lines(match, report, language)


def _check_sums(report: Report) -> None:
    """Work the figures of a report out again.

    Raises
    ------
    ValueError
        If one of them is not what its ledger says.
    """
    ledger, scores = report["ledger"], report["scores"]
    counted = report["counted_characters"]
    if abs(sum(ledger.values()) - counted) > _TOLERATED:
        raise ValueError(f"the ledger adds up to {sum(ledger.values())}, not {counted}")
    free = counted - ledger["cited"] - ledger["set_phrase"]
    overlap = ledger["cited"] + ledger["copied"] + ledger["boilerplate"]
    sums = {
        "originality": 100 * ledger["own"] / free if free else 100.0,
        "gross_overlap": overlap / counted,
        "attributable_overlap": ledger["copied"] / counted,
        "boilerplate_share": ledger["boilerplate"] / counted,
        "self_repetition": ledger["self_repeat"] / counted,
        "specificity": 1000 * len(report["facts"]) / counted,
    }
    for name, value in sums.items():
        if abs(value - scores[name]) > _TOLERATED:
            raise ValueError(f"{name} is {value}, not {scores[name]}")


def figure_lines(name: str, report: Report, language: Language) -> Iterator[str]:
    """Yield the sum of a figure with the numbers of a report, and its ledger."""
    _check_sums(report)
    facts = FIGURES[name](report)
    if facts is None:
        yield say(f"{name}.none", language)
        return
    yield say(f"{name}.sum", language, **facts)
    if name == "carry_over":
        for fact in report["carry_over"]["changed"]:
            before, after = visible(fact["before"]), visible(fact["text"])
            yield say("E-changed", language, before=before, text=after)
        for fact in report["carry_over"]["unchanged"]:
            yield say("E-unchanged", language, text=visible(fact["text"]))
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
        path=visible(report["path"]),
        start=match["start"],
        end=match["end"],
        source=visible(source["path"]),
        source_start=source["start"],
        source_end=source["end"],
    )
    yield say("E-evidence", language, **match)
    yield say("E-equal", language, **match)
    if match["reason"] == COMMON_WORDING:
        yield say("E-common", language)
    elif match["label"] in {"copied", "boilerplate"}:
        df = max(match["organisations"], 1)
        weight = float(copied_share(np.array(df), among))
        facts = {"df": df, "among": among, "ceiling": ceiling(among), "weight": weight}
        yield say("E-weight", language, **facts, mean=match["weight"])


def finding_lines(rule: str, report: Report, language: Language) -> Iterator[str]:
    """Yield the findings of a rule, each with its passages."""
    matches = {match["id"]: match for match in report["matches"]}
    findings = [one for one in report["findings"] if one["rule"] == rule]
    if not findings:
        yield say("E-none", language)
    for finding in findings:
        facts = {**finding, "message": visible(finding["message"])}
        yield say("E-finding", language, **facts)
        for name in finding["matches"]:
            lines = match_lines(matches[name], report, language)
            yield from (f"  {line}" for line in lines)
