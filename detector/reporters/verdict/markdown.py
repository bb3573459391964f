"""Markdown for the one comment that a gate keeps on a pull request.

The first line is a mark by which a workflow finds its comment again, to replace it.
Text of documents can make no markup: see `detector.reporters.markdown`.
"""

from collections.abc import Iterator

from detector.messages import Language, say
from detector.model.finding import Level, State
from detector.model.verdict import Outcome, Verdict
from detector.reporters.markdown import SIGNS, escaped
from detector.reporters.verdict.words import (
    LOUD,
    known,
    looked,
    notes,
    outcome,
    where,
)
from detector.reporters.wording import NOTICE

MARK = "<!-- detector gate -->"
_LONGEST = 60_000
_NEW, _OTHERS = 100, 30
"""Lines of each list."""
_GLYPHS = {Outcome.PASSED: "✅", Outcome.STOPPED: "❌", Outcome.BROKEN: "⛔"}


def render(verdict: Verdict, language: Language) -> bytes:
    """Return the comment as UTF-8, what is new first, the worst of it at the top."""
    lines: list[str] = []
    size = 0
    for line in _lines(verdict, language):
        size += len(line) + 1
        if size > _LONGEST:
            lines.append(f"\n{escaped(say('R-markdown-more', language, count=1))}")
            break
        lines.append(line)
    lines += ["", f"_{escaped(say(NOTICE, language))}_", ""]
    return "\n".join(lines).encode("utf-8", "replace")


def _lines(verdict: Verdict, language: Language) -> Iterator[str]:
    yield MARK
    said = outcome(verdict, language)
    yield f"## {_GLYPHS[verdict.outcome]} detector gate · {escaped(said)}"
    yield ""
    yield from _table(verdict, language)
    yield ""
    yield escaped(looked(verdict, language))
    yield from _errors(verdict, language)
    yield from _notices(verdict, language)
    yield from _new(verdict, language)
    yield from _rest(verdict, language)


def _table(verdict: Verdict, language: Language) -> Iterator[str]:
    names = ["new", "known", "fixed", "failed"]
    heads = [say(f"G-column-{name}", language) for name in names]
    yield f"| {' | '.join(heads)} |"
    yield "|--:|--:|--:|--:|"
    cells = (
        verdict.count(State.NEW, *LOUD),
        verdict.count(State.KNOWN, *LOUD),
        len(verdict.fixed),
        len(verdict.batch.errors),
    )
    yield f"| {' | '.join(f'{cell:,}' for cell in cells)} |"


def _errors(verdict: Verdict, language: Language) -> Iterator[str]:
    errors = [one.in_language(language) for one in verdict.batch.errors]
    yield from _list("G-failed", [f"⛔ {escaped(one)}" for one in errors], language)


def _notices(verdict: Verdict, language: Language) -> Iterator[str]:
    told = [one.in_language(language) for one in verdict.notices]
    yield from _list("G-notices", [f"ℹ️ {escaped(one)}" for one in told], language)


def _new(verdict: Verdict, language: Language) -> Iterator[str]:
    found = [
        f"{SIGNS[finding.level]} `{finding.rule}` "
        f"{escaped(where(report, finding, language))} – "
        f"{escaped(finding.in_language(language))}"
        for report, finding in verdict.found(State.NEW)
        if finding.level is not Level.NOTE
    ]
    yield from _list("G-new", found, language, _NEW)
    if said := notes(verdict, language):
        yield ""
        yield escaped(said)


def _rest(verdict: Verdict, language: Language) -> Iterator[str]:
    fixed = [escaped(known(one, language)) for one in verdict.fixed]
    yield from _folded("G-fixed", fixed, language)
    if verdict.accepted:
        yield from _folded(
            "G-accepted",
            [escaped(known(one, language)) for one in verdict.accepted],
            language,
            path=escaped(verdict.baseline),
        )
    yield from _folded(
        "G-known",
        [
            f"`{finding.rule}` {escaped(where(report, finding, language))}"
            for report, finding in verdict.found(State.KNOWN)
            if finding.level is not Level.NOTE
        ],
        language,
    )


def _list(
    code: str, lines: list[str], language: Language, most: int = _OTHERS
) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield f"**{say(code, language, count=len(lines))}**"
    yield ""
    yield from (f"- {line}" for line in lines[:most])
    if more := len(lines[most:]):
        yield f"- {escaped(say('G-more', language, count=more))}"


def _folded(
    code: str, lines: list[str], language: Language, **facts: str
) -> Iterator[str]:
    if not lines:
        return
    said = say(code, language, count=len(lines), **facts)
    yield ""
    yield f"<details><summary>{said}</summary>"
    yield ""
    yield from (f"- {line}" for line in lines[:_OTHERS])
    if more := len(lines[_OTHERS:]):
        yield f"- {escaped(say('G-more', language, count=more))}"
    yield ""
    yield "</details>"
