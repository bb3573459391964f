"""`detector explain`."""

from difflib import get_close_matches
from typing import Annotated

import typer

from detector.cli._common import (
    ExitStatus,
    LanguageOption,
    chosen_language,
    tell,
)
from detector.messages import say


def run(
    rule: Annotated[
        str | None, typer.Argument(help="A rule such as SELF001; none lists all.")
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Say what a rule means, how it decides, and how to silence it."""
    from detector.rules import RULES

    language = chosen_language(lang)
    if rule is None:
        for name in RULES:
            typer.echo(f"{name}  {say(f'{name}.title', language)}")
        return
    wanted = rule.upper().partition("@")[0]
    if wanted not in RULES:
        nearest = get_close_matches(wanted, RULES, n=1, cutoff=0.0)[0]
        tell(say("C103", language, rule=rule, nearest=nearest, known=" ".join(RULES)))
        raise typer.Exit(ExitStatus.FAILED)
    typer.echo(f"{wanted}  {say(f'{wanted}.title', language)}\n")
    typer.echo(say(f"{wanted}.page", language).strip())
