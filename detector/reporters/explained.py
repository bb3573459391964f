"""Figures and passages of a JSON report, worked out again step by step."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from detector.errors import MissingFileError, Reason, ReportFileError, reason_of
from detector.messages import Language, say
from detector.model.match import CARRIED_OVER, COMMON_WORDING, ISSUED, Label
from detector.reporters.json_report import SCHEMA
from detector.reporters.wording import reason
from detector.rules import RULES
from detector.scoring.commonness import ceiling, copied_share
from detector.scoring.matches import REASONS as OF_LABELS
from detector.text.visible import visible

Report: TypeAlias = Mapping[str, Any]
_Facts: TypeAlias = Mapping[str, Any] | None
_TOLERATED = 1e-3
"""What rounding to six digits may amount to in a sum."""
_HALF = 0.5
_LISTED = 12
"""Passages that a sum names."""


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
    scores = report["scores"]
    if scores["adequacy"] is None:
        return None
    _, half, _, whole = curve = scores["saturation"]
    _same("saturation", scores["originality"], whole)
    _same("adequacy", half - whole, scores["adequacy"])
    shown = ", ".join(f"{value:.2f}" for value in curve)
    return {
        "saturation": shown,
        "half": half,
        "whole": whole,
        "adequacy": scores["adequacy"],
    }


def _carry_over(report: Report) -> _Facts:
    carried = report["carry_over"]
    if not carried:
        return None
    counted = report["counted_characters"]
    path = carried["path"]
    held = [match for match in report["matches"] if match["source"]["path"] == path]
    # Passages may overlap: all of their equal characters together are the most.
    equal = [match["equal"] for match in held]
    most, least = sum(equal) / counted, max(equal) / counted
    within = min(max(carried["share"], least), most)
    _same("carry_over", within, carried["share"])
    counts = {name: len(carried[name]) for name in ("unchanged", "changed")}
    characters = round(carried["share"] * counted)
    facts = {"passages": _listed(held, "equal"), "characters": characters}
    return {**carried, **counts, **facts, "path": visible(path), "counted": counted}


def _largest_source(report: Report) -> _Facts:
    largest, counted = report["scores"]["largest_source"], report["counted_characters"]
    credited: dict[str, list[Report]] = {}
    for match in _with_credit(report):
        credited.setdefault(match["source"]["document"], []).append(match)
    sums = {
        name: sum(match["credit"] for match in held) for name, held in credited.items()
    }
    best = max(sums.values(), default=0)
    _same("largest_source", best / counted, largest["share"] if largest else 0.0)
    if not largest:
        return None
    # Of several with as much, the one whose name is named; twins have one id.
    equal = [credited[name] for name, total in sums.items() if total == best]
    named = [one for one in equal if one[0]["source"]["path"] == largest["path"]]
    facts = {"passages": _listed([*named, *equal][0], "credit"), "characters": best}
    return {**largest, **facts, "counted": counted, "path": visible(largest["path"])}


def _with_credit(report: Report) -> list[Report]:
    """Return the passages of other documents that characters are credited to."""
    return [
        match
        for match in report["matches"]
        if match["label"] != Label.SELF_REPEAT and match["credit"]
    ]


def _longest_match(report: Report) -> _Facts:
    longest: _Facts = report["scores"]["longest_match"]
    equal = {match["id"]: match["equal"] for match in report["matches"]}
    best = max(equal.values(), default=0)
    _same("longest_match", best, equal[longest["match"]] if longest else 0)
    if longest:
        _same("longest_match", best, longest["characters"])
    return longest


def _listed(matches: Sequence[Report], name: str) -> str:
    """Return passages and a number of each: ``m1 27 + m4 33``; of many the largest."""
    first = sorted(matches, key=lambda match: -match[name])[:_LISTED]
    shown = " + ".join(f"{match['id']} {match[name]:,}" for match in first)
    return shown + " + …" * (len(matches) > _LISTED)


def _same(name: str, value: float, found: float) -> None:
    """Refuse a figure that is not what it is made of.

    Raises
    ------
    ValueError
    """
    if not abs(value - found) <= _TOLERATED:  # NaN is no figure either
        raise ValueError(Reason("W-sum", name=name, value=value, found=found))


def _at_most(name: str, value: float, most: float) -> None:
    """Refuse a figure that is more than it can be, as `_same` does."""
    _same(name, min(value, most), value)


FIGURES: Mapping[str, Callable[[Report], _Facts]] = {
    "originality": _columns,
    "adequacy": _adequacy,
    "gross_overlap": _columns,
    "attributable_overlap": _columns,
    "boilerplate_share": _columns,
    "self_repetition": _columns,
    "largest_source": _largest_source,
    "longest_match": _longest_match,
    "specificity": _columns,
    "carry_over": _carry_over,
}
"""What each figure is made of; None where it has no value."""
COLUMNS = tuple(label.value for label in Label)
"""The columns of the ledger."""
REASONS = (*OF_LABELS.values(), ISSUED, CARRIED_OVER, COMMON_WORDING)
"""Why a passage counts as what it does."""
_CREDITED = ("copied", "boilerplate")


def title(what: str, language: Language) -> str:
    """Return what a rule, a figure, a column of the ledger or a reason is called."""
    if what in COLUMNS:
        return say(f"R-label-{what}", language)
    return say(what if what in REASONS else f"{what}.title", language)


def read_reports(path: Path) -> list[Report]:
    """Read what ``check --format json`` wrote.

    Raises
    ------
    MissingFileError, ReportFileError
        If there is no such file, or it is no report, or has none.
    """
    try:
        return _reports(json.loads(path.read_text("utf-8-sig")))
    except FileNotFoundError as error:
        raise MissingFileError(path=str(path)) from error
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        reason = reason_of(error)
        if not isinstance(reason, Reason):
            reason = Reason("W-schema", schema=SCHEMA)
        raise ReportFileError(path=str(path), reason=reason) from error


def _reports(found: Mapping[str, Any]) -> list[Report]:
    if found["schema"] != SCHEMA:
        raise ValueError(Reason("W-schema", schema=SCHEMA))
    reports: list[Report] = found["reports"]
    if not isinstance(reports, list) or not reports:
        raise ValueError(Reason("W-value", name="reports", value=reports))
    for report in reports:
        str.strip(report["path"])
    return reports


def explained(
    what: str, reports: Sequence[Report], path: str, language: Language
) -> list[str]:
    """Return how a figure, a rule's findings or a passage came about, in each report.

    Raises
    ------
    ReportFileError
        If no report has such a passage, one lacks what a report has, or its figures do
        not add up.
    """
    told: list[str] = []
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
            reason = reason_of(error)
            if not isinstance(reason, Reason):
                reason = Reason("W-lacks", error=f"{type(error).__name__}: {error}")
            raise ReportFileError(path=path, reason=reason) from error
        if lines and len(reports) > 1:
            told.append(visible(report["path"]))
        told += lines
    if not told and what not in RULES:
        ids = (str(match["id"]) for one in reports for match in one["matches"])
        known = " ".join(ids) or "–"
        reason = Reason("W-no-passage", what=what, known=known)
        raise ReportFileError(path=path, reason=reason)
    return told


def _explained(what: str, report: Report, language: Language) -> Iterator[str]:
    if what in FIGURES:
        yield from figure_lines(what, report, language)
    elif what in RULES:
        yield from finding_lines(what, report, language)
    elif what in COLUMNS:
        yield from column_lines(what, report, language)
    else:
        key, wanted = ("reason", what) if what in REASONS else ("id", what.lower())
        found = [match for match in report["matches"] if match[key] == wanted]
        if found:
            _check_sums(report)
        for match in found:
            yield from match_lines(match, report, language)
        if not found and what in REASONS:
            yield say("E-no-passages", language)


def _check_sums(report: Report) -> None:
    """Work the figures of a report out again.

    Raises
    ------
    ValueError
        If one of them is not what its ledger says.
    """
    ledger, scores = report["ledger"], report["scores"]
    counted = report["counted_characters"]
    _same("counted_characters", sum(ledger.values()), counted)
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
        _same(name, value, scores[name])
    held = ledger["copied"] + ledger["boilerplate"]
    _at_most("credit", sum(match["credit"] for match in _with_credit(report)), held)
    repeats = [one for one in report["matches"] if one["label"] == Label.SELF_REPEAT]
    again = sum(match["credit"] for match in repeats)
    _at_most("credit", again, ledger["self_repeat"])
    for match in report["matches"]:
        _at_most("credit", 0, match["credit"])
        _at_most("credit", match["credit"], match["equal"])
        _at_most("equal", match["equal"], match["end"] - match["start"])
        is_repeat = match["label"] == Label.SELF_REPEAT
        if is_repeat != (match["reason"] == OF_LABELS[Label.SELF_REPEAT]):
            raise ValueError(Reason("W-value", name="label", value=match["label"]))
        # Copied is what counts at least by half.
        if match["label"] == Label.COPIED:
            _at_most("weight", _HALF, match["weight"])
        elif match["label"] == Label.BOILERPLATE:
            _at_most("weight", match["weight"], _HALF)


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
    if name == "specificity":
        specifics = [visible(fact["text"]) for fact in report["facts"]]
        for first in range(0, len(specifics), _LISTED):
            some = "  ".join(specifics[first : first + _LISTED])
            yield say("E-facts", language, facts=some)
    if FIGURES[name] is _columns:
        yield say("E-counted", language, **_columns(report))


def column_lines(name: str, report: Report, language: Language) -> Iterator[str]:
    """Yield the share of a column of the ledger, and the passages it comes from."""
    _check_sums(report)
    characters, counted = report["ledger"][name], report["counted_characters"]
    share = characters / counted if counted else 0.0
    facts = {"characters": characters, "counted": counted, "share": share}
    yield say("E-column", language, **facts)
    if name in _CREDITED and (credited := _with_credit(report)):
        passages = _listed(credited, "credit")
        total = sum(match["credit"] for match in credited)
        yield say("E-credited", language, passages=passages, characters=total)
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
    elif match["label"] in _CREDITED:
        df = match["organisations"]
        weight = float(copied_share(np.array(df), among))
        facts = {"df": df, "among": among, "ceiling": ceiling(among), "weight": weight}
        yield say("E-weight", language, **facts, mean=match["weight"])
    for fit in report["templates"]:
        if fit["start"] < match["end"] and match["start"] < fit["end"]:
            yield say("E-template", language, **fit)


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
