"""`detector compare`."""

from typing import Annotated

import typer

from detector.cli._common import (
    ConfigOption,
    FailOption,
    FormatOption,
    LanguageOption,
    OutputOption,
    QuietOption,
    check_outputs,
    chosen_language,
    worded_errors,
)


def run(  # noqa: PLR0913, PLR0917 - one parameter an option is how typer reads them
    draft: Annotated[str, typer.Argument(help="The document to check.")],
    source: Annotated[str, typer.Argument(help="The document it may follow.")],
    form: FormatOption = "terminal",
    output: OutputOption = None,
    fail_on: FailOption = "never",
    config: ConfigOption = None,
    lang: LanguageOption = None,
    quiet: QuietOption = False,
) -> None:
    """Compare two documents: shared passages, substitutions, what differs."""
    from detector.cli import _deliver
    from detector.pipeline import compare_files

    language = chosen_language(lang)
    _deliver.validate(form, fail_on, output or [])
    with worded_errors(language):
        check_outputs(output or [], [draft, source])
        batch = compare_files(draft, source, _deliver.settings(config))
        _deliver.deliver(batch, form, output or [], language, quiet=quiet)
        status = _deliver.status(batch, fail_on, language)
    raise typer.Exit(status)
