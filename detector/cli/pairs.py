"""`detector pairs`."""

import sys
from typing import Annotated

import typer

from detector.cli._common import (
    ConfigOption,
    ExitStatus,
    LanguageOption,
    PlainFormatOption,
    PlainOutputOption,
    QuietOption,
    chosen_language,
    progress,
    tell,
    worded_errors,
    write_files,
    write_stdout,
)


def run(  # noqa: PLR0913, PLR0917 - one parameter an option is how typer reads them
    corpus: Annotated[
        list[str], typer.Argument(help="Folders, files or indexes to compare.")
    ],
    alike: Annotated[
        float,
        typer.Option(
            "--alike",
            min=0.01,
            max=1.0,
            help="Share of a document from which two are of one cluster.",
        ),
    ] = 0.5,
    form: PlainFormatOption = "terminal",
    output: PlainOutputOption = None,
    config: ConfigOption = None,
    lang: LanguageOption = None,
    quiet: QuietOption = False,
) -> None:
    """Compare all documents with all: pairs, clusters, who was first."""
    from detector.cli import _deliver
    from detector.pairing import find_pairs
    from detector.pipeline import open_corpus
    from detector.reporters.pairs_json import render_pairs
    from detector.reporters.pairs_page import page

    language = chosen_language(lang)
    _deliver.validate(form, "never", output or [], plain=True)
    with worded_errors(language):
        settings = _deliver.settings(config)
        opened = open_corpus(corpus)
        with progress() as show:
            found = find_pairs(opened, settings, alike, show)
        data = render_pairs(found, opened.errors, language)
        write_files(output or [], lambda _: data)
        if not quiet and form == "json":
            write_stdout(data)
        elif not quiet:
            sys.stdout.write(page(found, language))
        for error in opened.errors:
            tell(error.in_language(language))
    raise typer.Exit(ExitStatus.FAILED if opened.errors else ExitStatus.CLEAN)
