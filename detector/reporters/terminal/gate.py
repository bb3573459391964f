"""The verdict of the gate on a terminal: what is new, and how much was there before."""

from collections.abc import Iterator

from rich.text import Text

from detector.model.finding import State
from detector.model.verdict import Outcome, Verdict
from detector.reporters.terminal.lines import whole, wrap
from detector.reporters.terminal.look import LEVELS, Look
from detector.reporters.verdict.words import (
    LOUD,
    counts,
    known,
    looked,
    notes,
    outcome,
    where,
)
from detector.text.visible import visible

_NEW, _OTHERS = 100, 20
"""Findings of each list."""
_STYLES = {
    Outcome.PASSED: "bold green",
    Outcome.STOPPED: "bold red",
    Outcome.BROKEN: "bold red",
}


def lines(verdict: Verdict, look: Look) -> Iterator[Text]:
    """Yield the lines of the page, none wider than ``look.width`` cells."""
    for line in _lines(verdict, look):
        yield from [line] if line.cell_len <= look.width else wrap(line, look.width)


def _lines(verdict: Verdict, look: Look) -> Iterator[Text]:
    yield from look.fit(Text(visible(looked(verdict, look.language))))
    if verdict.excluded:
        yield from look.fit(Text(look.say("G-excluded", count=verdict.excluded), "dim"))
    errors = [one.in_language(look.language) for one in verdict.batch.errors]
    yield from _list("G-failed", errors, look)
    if verdict.known_errors:
        said = look.say("G-failed-known", count=len(verdict.known_errors))
        yield from look.fit(Text(said, "dim"))
    told = [one.in_language(look.language) for one in verdict.notices]
    yield from _list("G-notices", told, look)
    if verdict.accepted is None:
        yield from _new(verdict, look)
        fixed = [known(one, look.language) for one in verdict.fixed]
        yield from _list("G-fixed", fixed, look)
    else:
        yield from _accepted(verdict, look)
    yield Text()
    said = f"{outcome(verdict, look.language)} · {counts(verdict, look.language)}"
    yield from look.fit(Text(said, _STYLES[verdict.outcome]))
    if not verdict.compared and not verdict.baseline and verdict.found(State.NEW):
        yield from look.fit(Text(look.say("G-no-baseline"), "dim"))
    if verdict.fixed and verdict.baseline and verdict.accepted is None:
        hint = look.say("G-fixed-hint", path=visible(verdict.baseline))
        yield from look.fit(Text(hint, "dim"))


def _new(verdict: Verdict, look: Look) -> Iterator[Text]:
    found = [one for one in verdict.found(State.NEW) if one[1].level in LOUD]
    if not found:
        yield from look.title(look.say("G-new-none"))
    else:
        yield from look.title(look.say("G-new", count=len(found)))
    for report, finding in found[:_NEW]:
        glyph, style = LEVELS[finding.level]
        level = look.say(f"R-level-{finding.level.value}")
        head = Text().append(f"{glyph} {level}", style)
        head.append(f"  {visible(finding.rule)}  ", "bold")
        head.append(whole(visible(where(report, finding, look.language))))
        yield from look.fit(head, "  ", "    ")
        yield from look.fit(Text(visible(finding.in_language(look.language))), "    ")
    yield from _more(len(found) - _NEW, look)
    if said := notes(verdict, look.language):
        yield from look.fit(Text(said, "dim"), "  ")


def _accepted(verdict: Verdict, look: Look) -> Iterator[Text]:
    accepted = [f"+ {known(one, look.language)}" for one in verdict.accepted or ()]
    fixed = [f"- {known(one, look.language)}" for one in verdict.fixed]
    path = visible(verdict.baseline)
    code = "G-accepted" if accepted else "G-accepted-nothing"
    yield from look.title(look.say(code, count=len(accepted), path=path))
    for line in (accepted + fixed)[:_NEW]:
        yield from look.fit(Text(visible(line)), "  ", "    ")
    yield from _more(len(accepted) + len(fixed) - _NEW, look)


def _list(code: str, told: list[str], look: Look) -> Iterator[Text]:
    if not told:
        return
    yield from look.title(look.say(code, count=len(told)))
    for line in told[:_OTHERS]:
        yield from look.fit(Text(visible(line)), "  ", "    ")
    yield from _more(len(told) - _OTHERS, look)


def _more(count: int, look: Look) -> Iterator[Text]:
    if count > 0:
        yield from look.fit(Text(look.say("G-more", count=count), "dim"), "  ")
