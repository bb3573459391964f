"""Words that every account of a verdict needs."""

from collections import Counter

from detector.messages import Language, say
from detector.model.finding import Finding, Level, State
from detector.model.report import Report
from detector.model.verdict import Known, Outcome, Verdict
from detector.reporters.places import place

_SHORT = 10
_CODES = {
    Outcome.PASSED: "G-passed",
    Outcome.STOPPED: "G-stopped",
    Outcome.BROKEN: "G-broken",
}
LOUD = (Level.ERROR, Level.WARNING)
"""Levels that are listed; notes are counted."""


def outcome(verdict: Verdict, language: Language) -> str:
    """Word what the verdict comes to."""
    return say(_CODES[verdict.outcome], language)


def looked(verdict: Verdict, language: Language) -> str:
    """Word which documents were looked at."""
    facts: dict[str, object] = {
        "documents": verdict.documents,
        "changed": verdict.changed,
    }
    if not verdict.compared:
        return say("G-looked-all", language, **facts)
    facts |= {
        "ref": verdict.compared.ref,
        "commit": verdict.compared.commit[:_SHORT],
    }
    code = "G-looked" if verdict.changed else "G-nothing-changed"
    return say(code, language, **facts)


def counts(verdict: Verdict, language: Language) -> str:
    """Word how many findings there are, or how many have been accepted."""
    if verdict.accepted is not None:
        facts = {"accepted": len(verdict.accepted), "fixed": len(verdict.fixed)}
        return say("G-counts-accepted", language, **facts)
    errors = verdict.count(State.NEW, Level.ERROR)
    warnings = verdict.count(State.NEW, Level.WARNING)
    said = say(
        "G-counts",
        language,
        new=errors + warnings,
        errors=errors,
        warnings=warnings,
        known=verdict.count(State.KNOWN, *LOUD),
        fixed=len(verdict.fixed),
    )
    if not (failed := len(verdict.batch.errors)):
        return said
    return say("G-counts-failed", language, counts=said, failed=failed)


def notes(verdict: Verdict, language: Language) -> str:
    """Word how many notes are not listed; empty if there are none."""
    found = Counter(
        one.rule for _, one in verdict.found(State.NEW) if one.level is Level.NOTE
    )
    if not found:
        return ""
    rules = ", ".join(f"{rule} ×{count}" for rule, count in sorted(found.items()))
    return say("G-notes", language, count=found.total(), rules=rules)


def where(report: Report, finding: Finding, language: Language) -> str:
    """Return the file of a finding and its place in it."""
    path = report.draft.origin.path
    if not finding.span:
        return path
    found = place(report.draft, finding.span.start, language)
    return found if found.startswith(path) else f"{path} {found}"


def known(one: Known, language: Language) -> str:
    """Word what was accepted, or is no longer found."""
    text = f"“{one.text}”" if one.text else say("G-whole", language)
    return f"{one.rule} {one.path} {text}"
