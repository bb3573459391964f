"""`detector explain`."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from detector.cli._common import (
    ExitStatus,
    LanguageOption,
    chosen_language,
    tell,
    worded_errors,
    write_page,
)
from detector.messages import LANGUAGES, Language, say

_MATCH = re.compile(r"m\d+", re.IGNORECASE)


def run(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[RULE|FIGURE|REASON|MATCH]",
            help="Such as SELF001, originality, C202 or m3; none lists all.",
        ),
    ] = None,
    report: Annotated[
        str | None,
        typer.Option(
            "--report", "-r", help="JSON of a check, to work its figures out again."
        ),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Say what a rule, a figure or a reason means; with a report, work it out."""
    from detector.reporters.explained import title
    from detector.text.visible import harmless

    language = chosen_language(lang)
    with worded_errors(language):
        if what is None:
            for name in _known():
                typer.echo(f"{name}  {title(name, language)}")
            return
        wanted = what.partition("@")[0]
        if not _MATCH.fullmatch(wanted):
            wanted = _named(wanted, language)
            typer.echo(f"{wanted}  {title(wanted, language)}\n")
            typer.echo(say(f"{wanted}.page", language).strip())
            if report:
                typer.echo()
        elif not report:
            tell(say("E-needs", language, what=wanted))
            raise typer.Exit(ExitStatus.FAILED)
        for line in _worked_out(wanted, report, language):
            write_page("\n".join(map(harmless, line.split("\n"))) + "\n")


def _known() -> tuple[str, ...]:
    from detector.reporters.explained import COLUMNS, FIGURES, REASONS
    from detector.rules import RULES

    return (*RULES, *FIGURES, *COLUMNS, *REASONS)


def _named(name: str, language: Language) -> str:
    """Return what has this name or title, in whichever case it was typed."""
    from detector.reporters.explained import title

    titles = {title(one, each).upper(): one for one in _known() for each in LANGUAGES}
    known = titles | {one.upper(): one for one in _known()}
    if found := known.get(name.upper()):
        return found
    nearest = known[get_close_matches(name.upper(), known, n=1, cutoff=0.0)[0]]
    facts = {"rule": name, "nearest": nearest, "known": " ".join(_known())}
    tell(say("C103", language, **facts))
    raise typer.Exit(ExitStatus.FAILED)


def _worked_out(wanted: str, report: str | None, language: Language) -> Iterator[str]:
    from detector.reporters.explained import explained, read_reports

    if report:
        yield from explained(wanted, read_reports(Path(report)), report, language)
