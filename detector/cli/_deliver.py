"""From a batch of reports to stdout, files and an exit status."""

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from detector.cli._common import ExitStatus, tell, write_files, write_stdout
from detector.config import Config, find_config
from detector.messages import Language
from detector.model.finding import Level
from detector.model.report import Batch
from detector.reporters import REPORTERS, SUFFIXES, render

NEVER = "never"
PLAIN = ("terminal", "json")
"""Formats of what is no report: pairs, an index, a self-test."""


def validate(
    form: str,
    fail_on: str,
    outputs: Sequence[str],
    *,
    forms: Sequence[str] = tuple(REPORTERS),
    suffixes: Sequence[str] = tuple(SUFFIXES),
) -> None:
    """Refuse what cannot be delivered before any work is done.

    Parameters
    ----------
    forms, suffixes : sequence of str
        What there is to choose from; by default what a report may be.

    Raises
    ------
    typer.BadParameter
        If a format, a level or the suffix of an output is not known.
    """
    levels = (*Level, NEVER)
    for value, known in ((form, forms), (fail_on, levels)):
        if value not in known:
            raise typer.BadParameter(f"{value!r} is not one of: {', '.join(known)}")
    for output in outputs:
        if Path(output).suffix.lower() not in suffixes:
            known_suffixes = ", ".join(suffixes)
            raise typer.BadParameter(f"{output!r} does not end in: {known_suffixes}")


def settings(path: str | None) -> Config:
    """Return the configuration of `path`, or of the nearest file that has one."""
    found = Path(path) if path else find_config(Path.cwd())
    return Config.from_file(found) if found else Config()


def deliver(
    batch: Batch, form: str, outputs: Sequence[str], language: Language, *, quiet: bool
) -> None:
    """Write the files, then stdout."""
    write_files(outputs, lambda end: render(batch, SUFFIXES[end], language))
    if quiet:
        return
    if form == "terminal":
        if not batch.reports:  # the errors on stderr say it all
            return
        from detector.reporters.terminal import write

        write(batch, sys.stdout, language)
    else:
        write_stdout(render(batch, form, language))


def status(batch: Batch, fail_on: str, language: Language) -> int:
    """Tell every error on stderr and return the exit status.

    Something that could not be read outweighs findings: nothing read is never a pass.
    """
    for error in batch.errors:
        tell(error.in_language(language))
    if batch.errors or not batch.reports:
        return ExitStatus.FAILED
    if fail_on == NEVER:
        return ExitStatus.CLEAN
    least = Level(fail_on).rank
    worst = (f.level.rank for report in batch.reports for f in report.findings)
    return ExitStatus.FOUND if max(worst, default=-1) >= least else ExitStatus.CLEAN
