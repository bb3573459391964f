"""JSON for scripts: schema ``detector/report/1``, shipped as ``report.schema.json``."""

import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

from detector.errors import DetectorError
from detector.messages import Language, say
from detector.model.document import Document
from detector.model.finding import Finding
from detector.model.match import Match, Passage
from detector.model.report import (
    Advice,
    Answer,
    Batch,
    CorpusFacts,
    Remark,
    Report,
    SectionLedger,
    Silenced,
)
from detector.model.span import Span
from detector.reporters.figures import DIGITS, rounded_columns
from detector.reporters.json_text import json_text
from detector.reporters.places import block_place
from detector.reporters.wording import NOTICE, omission

SCHEMA = "detector/report/1"


def render(batch: Batch, language: Language) -> bytes:
    """Return the reports of `batch` as JSON in UTF-8; equal batches, equal bytes."""
    return json_text(as_dict(batch, language))


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) that every report validates against."""
    file = files(__package__).joinpath("report.schema.json")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def as_dict(batch: Batch, language: Language) -> dict[str, Any]:
    """Return the reports of `batch` as plain values, in the order of the contract."""
    first = batch.reports[0] if batch.reports else None
    corpus = batch.corpus or (first.corpus if first else None)
    return {
        "schema": SCHEMA,
        "tool": tool_as_dict(),
        "settings_digest": batch.settings or (first.settings if first else ""),
        "language": language,
        "notice": say(NOTICE, language),
        "corpus": _corpus(corpus),
        "reports": [_report(report, language) for report in batch.reports],
        "errors": [error_as_dict(error, language) for error in batch.errors],
    }


def tool_as_dict() -> dict[str, str]:
    """Return what made a report."""
    return {"name": "detector", "version": _version()}


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("detector")
    except PackageNotFoundError:  # a checkout that nobody installed
        return "unknown"


def _corpus(facts: CorpusFacts | None) -> dict[str, Any] | None:
    return facts._asdict() if facts else None


def error_as_dict(error: DetectorError, language: Language) -> dict[str, Any]:
    """Return an error of an input as plain values."""
    path = error.facts.get("path")
    return {
        "path": None if path is None else str(path),
        "code": error.code,
        "message": error.in_language(language),
    }


def _report(report: Report, language: Language) -> dict[str, Any]:
    draft = report.draft
    return {
        "path": draft.origin.path,
        "sha256": draft.id,
        "reader": draft.origin.reader,
        "encoding": draft.origin.encoding,
        "title": draft.origin.title,
        "organisation": draft.origin.organisation,
        "year": draft.origin.year,
        "characters": len(draft.text),
        "counted_characters": report.ledger.counted,
        "nominated": report.nominated._asdict() if report.nominated else None,
        "among": report.among,
        "scores": scores_as_dict(report),
        "ledger": rounded_columns(report.ledger),
        "peers": _peers(report),
        "carry_over": _carried(report),
        "sections": [_section(report, part) for part in report.sections],
        "matches": [_match(match) for match in report.matches],
        "findings": [finding_as_dict(draft, f, language) for f in report.findings],
        "ignored": [_silenced(draft, one, language) for one in report.silenced],
        "ignore_comments": [_remark(draft, one) for one in report.remarks],
        "rewrite_first": [_advice(draft, one, language) for one in report.advice],
        "answers": [_answer(draft, one) for one in report.answers],
        "templates": [
            {
                "id": fit.template.id,
                "template": fit.template.text,
                "organisations": fit.template.organisations,
                "equal": fit.equal,
                "share": round(fit.share, DIGITS),
                "weight": round(fit.weight, DIGITS),
                **_extent_of(draft, fit.span),
            }
            for fit in report.fits
        ],
        "facts": [
            {"kind": fact.kind, **_extent_of(draft, fact.span)} for fact in report.facts
        ],
        "not_counted": [
            {"reason": reason, "start": span.start, "end": span.end}
            for reason, span in report.not_counted
        ],
        "omissions": [
            {
                "code": left_out.code,
                "message": omission(left_out, language),
                "count": left_out.count,
            }
            for left_out in draft.omissions
        ],
    }


def scores_as_dict(report: Report) -> dict[str, Any]:
    """Return the figures of a report as plain values."""
    ledger, largest, longest = (
        report.ledger,
        report.largest_source,
        report.longest_match,
    )
    return {
        "originality": round(report.originality, DIGITS),
        "adequacy": None if report.adequacy is None else round(report.adequacy, DIGITS),
        "saturation": [round(value, DIGITS) for value in report.saturation],
        "gross_overlap": round(ledger.gross_overlap, DIGITS),
        "attributable_overlap": round(ledger.copied / (ledger.counted or 1), DIGITS),
        "boilerplate_share": round(ledger.boilerplate / (ledger.counted or 1), DIGITS),
        "self_repetition": round(report.self_repetition, DIGITS),
        "largest_source": largest
        and {
            "path": largest.document.origin.path,
            "share": round(largest.share, DIGITS),
        },
        "longest_match": longest
        and {"characters": longest.alignment.equal, "match": longest.id},
        "specificity": round(report.specificity, DIGITS),
    }


def _peers(report: Report) -> dict[str, Any] | None:
    peers = report.peers
    if peers is None:
        return None
    told = {name: round(share, DIGITS) for name, share in peers.percentiles.items()}
    return {
        "genre": peers.genre,
        "reports": peers.reports,
        "percentiles": told or None,
    }


def _carried(report: Report) -> dict[str, Any] | None:
    carried, draft = report.carry_over, report.draft
    return carried and {
        "path": carried.document.origin.path,
        "share": round(carried.share, DIGITS),
        "unchanged": [_extent_of(draft, fact.span) for fact in carried.unchanged],
        "changed": [
            {**_extent_of(draft, one.fact.span), "before": one.before}
            for one in carried.changed
        ],
    }


def _section(report: Report, part: SectionLedger) -> dict[str, Any]:
    section = part.section
    span = section.span
    facts = sum(span.start <= fact.span.start < span.end for fact in report.facts)
    return {
        "number": section.number,
        "title": section.title,
        "level": section.level,
        "start": section.span.start,
        "end": section.span.end,
        "ledger": rounded_columns(part.ledger),
        "facts": facts,
    }


def _match(match: Match) -> dict[str, Any]:
    source = match.source.document
    return {
        "id": match.id,
        "kind": match.kind.value,
        "label": match.label.value,
        **_extent(match.draft),
        **_where(match.draft.document, match.draft.start),
        "source": {
            "path": source.origin.path,
            "document": source.id,
            **_extent(match.source),
            **_where(source, match.source.start),
        },
        "equal": match.alignment.equal,
        "identity": round(match.identity, DIGITS),
        "evidence": round(match.evidence, 1),
        "weight": round(match.weight, DIGITS),
        "credit": match.credit,
        "organisations": match.organisations,
        "substitutions": [
            {"from": old, "to": new, "count": count}
            for old, new, count in match.substitutions
        ],
        "diff": match.diff(),
        "reason": match.reason,
    }


def finding_as_dict(
    draft: Document, finding: Finding, language: Language
) -> dict[str, Any]:
    """Return a finding as plain values."""
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "start": finding.span.start,
        "end": finding.span.end,
        "line": finding.line,
        "column": finding.column,
        "place": _place(draft, finding.span.start),
        "places": [
            {"start": span.start, "end": span.end, **_where(draft, span.start)}
            for span in finding.places
        ],
        "message": finding.in_language(language),
        "matches": list(finding.matches),
        "fingerprint": finding.fingerprint,
    }


def _silenced(draft: Document, one: Silenced, language: Language) -> dict[str, Any]:
    why = {"by": one.by, "reason": one.reason, "until": one.until}
    return {**why, "finding": finding_as_dict(draft, one.finding, language)}


def _remark(draft: Document, one: Remark) -> dict[str, Any]:
    return {
        "rules": list(one.rules),
        "reason": one.reason,
        "until": one.until,
        "status": one.status.value,
        "unread": one.unread,
        **_where(draft, one.span.start),
    }


def _advice(draft: Document, one: Advice, language: Language) -> dict[str, Any]:
    return {
        "why": say(one.code, language, **one.facts),
        "characters": one.units,
        "source": one.source or None,
        "lacks": list(one.lacks),
        "kept": [_extent_of(draft, span) for span in one.kept],
        **_extent_of(draft, one.span),
        **_where(draft, one.span.start),
    }


def _answer(draft: Document, one: Answer) -> dict[str, Any]:
    return {
        "problem": _extent_of(draft, one.problem),
        "measure": one.measure and _extent_of(draft, one.measure),
        "shared": list(one.shared),
    }


def _extent(passage: Passage) -> dict[str, Any]:
    return _extent_of(passage.document, passage.span)


def _extent_of(document: Document, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(document.text)}


def _where(document: Document, offset: int) -> dict[str, Any]:
    line, column = document.line_and_column(offset)
    return {"line": line, "column": column, "place": _place(document, offset)}


def _place(document: Document, offset: int) -> dict[str, Any] | None:
    found = block_place(document, offset)
    return asdict(found) if found else None
