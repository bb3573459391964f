"""`detector gate`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from detector.cli._common import (
    ConfigOption,
    ExitStatus,
    FailOption,
    FormatOption,
    KeyOption,
    LanguageOption,
    OutputOption,
    QuietOption,
    check_outputs,
    chosen_language,
    progress,
    tell,
    worded_errors,
    write_files,
    write_stdout,
)


def run(  # noqa: PLR0913, PLR0917 - one parameter an option is how typer reads them
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Files, folders or patterns to look at. Default: everything.",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REF",
            help="Look at what changed since REF, from the merge base.",
        ),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option("--baseline", metavar="FILE", help="What has been accepted."),
    ] = None,
    update: Annotated[
        bool,
        typer.Option("--update-baseline", help="Accept what is found; show it."),
    ] = False,
    corpus: Annotated[
        list[str] | None,
        typer.Option(
            "--corpus", "-c", help="Compare with this, too: folder, file or index."
        ),
    ] = None,
    form: FormatOption = "terminal",
    output: OutputOption = None,
    fail_on: FailOption = "error",
    config: ConfigOption = None,
    key: KeyOption = None,
    cache: Annotated[
        str | None,
        typer.Option(
            "--cache", help="Folder for the index of the rest. Default: in git's own."
        ),
    ] = None,
    lang: LanguageOption = None,
    quiet: QuietOption = False,
) -> None:
    """Stop a request that brings copied or unfilled text to a repository of documents.

    What was there before is known and stops nothing: it stood in REF, or is in the
    baseline. Settings, baseline and corpus in force are those of REF.
    """
    from detector.cli import _deliver
    from detector.gating import Request, gate
    from detector.model.finding import Level
    from detector.reporters import REPORTERS
    from detector.reporters.verdict import SUFFIXES, TELL, render

    language = chosen_language(lang)
    outputs = output or []
    forms = [name for name in REPORTERS if name != "docx"]  # it is of one document
    suffixes = [end for end, name in SUFFIXES.items() if name in forms]
    _deliver.validate(form, fail_on, outputs, forms=forms, suffixes=suffixes)
    request = Request(
        paths=tuple(paths or ()),
        since=since,
        baseline=baseline,
        update=update,
        corpus=tuple(corpus or ()),
        config=config,
        key=key,
        cache=Path(cache) if cache else None,
        stops=None if fail_on == _deliver.NEVER else Level(fail_on),
    )
    with worded_errors(language):
        check_outputs(outputs, [*(paths or ()), *(corpus or ())])
        with progress() as show:
            verdict = gate(request, show)
        if form == "terminal" and not quiet:
            from detector.reporters.terminal import write_verdict

            write_verdict(verdict, sys.stdout, language)
        elif not quiet:
            write_stdout(render(verdict, form, language))
        # Last: what stdout says is said, even where a file cannot be written.
        write_files(outputs, lambda end: render(verdict, SUFFIXES[end], language))
    shown = form == "terminal" and not quiet  # on the page already
    for notice in () if form in TELL or quiet else verdict.notices:
        tell(notice.in_language(language))
    for error in () if shown else verdict.batch.errors:
        tell(error.in_language(language))
    raise typer.Exit(_STATUS[verdict.outcome.value])


_STATUS = {
    "passed": ExitStatus.CLEAN,
    "stopped": ExitStatus.FOUND,
    "broken": ExitStatus.FAILED,
}
