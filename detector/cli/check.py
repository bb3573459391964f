"""`detector check`."""

import sys
from dataclasses import replace
from functools import partial
from typing import Annotated

import typer

from detector.cli._common import (
    ConfigOption,
    FailOption,
    FormatOption,
    KeyOption,
    LanguageOption,
    LibraryOption,
    OutputOption,
    QuietOption,
    check_outputs,
    chosen_language,
    worded_errors,
)


def run(  # noqa: PLR0913, PLR0917 - one parameter an option is how typer reads them
    drafts: Annotated[
        list[str],
        typer.Argument(help="Files, folders or patterns to check; - reads stdin."),
    ],
    corpus: Annotated[
        list[str] | None,
        typer.Option(
            "--corpus", "-c", help="Folder, file or index to compare with; repeatable."
        ),
    ] = None,
    form: FormatOption = "terminal",
    output: OutputOption = None,
    fail_on: FailOption = "error",
    config: ConfigOption = None,
    key: KeyOption = None,
    library: LibraryOption = None,
    issued: Annotated[
        list[str] | None,
        typer.Option("--issued", help="Notice that the drafts may follow; repeatable."),
    ] = None,
    peers: Annotated[
        int,
        typer.Option(
            min=0, help="Also check up to N reports of its genre, 30 at least."
        ),
    ] = 0,
    lang: LanguageOption = None,
    quiet: QuietOption = False,
) -> None:
    """Check reports, each alone and, with --corpus, against other documents.

    Reads txt, md, html, docx and pdf. In folders, hidden files, README files and
    unknown suffixes are no documents.
    """
    from detector.cli import _deliver
    from detector.errors import OptionError
    from detector.pipeline import check_files
    from detector.scoring.percentile import FEWEST

    language = chosen_language(lang)
    _deliver.validate(form, fail_on, output or [])
    with worded_errors(language):
        if 0 < peers < FEWEST:
            allowed = f"0, >= {FEWEST}"
            raise OptionError(name="--peers", value=peers, allowed=allowed)
        check_outputs(output or [], [*drafts, *(corpus or ()), *(issued or ())])
        settings = _deliver.settings(config)
        if key:
            settings = replace(settings, index_key=key)
        if library:
            settings = replace(settings, library=library)
        if issued:
            settings = replace(settings, issued=tuple(issued))
        most = settings.limits.max_file_bytes
        stdin = partial(_read_stdin, most) if "-" in drafts else None
        batch = check_files(drafts, corpus or (), settings, stdin, peers)
        _deliver.deliver(batch, form, output or [], language, quiet=quiet)
        status = _deliver.status(batch, fail_on, language)
    raise typer.Exit(status)


def _read_stdin(most: int) -> bytes:
    """Return what comes in, no more than is enough to refuse it."""
    return sys.stdin.buffer.read(most + 1) if sys.stdin else b""
