"""`detector mine`."""

from pathlib import Path
from typing import Annotated

import typer

from detector.cli._common import (
    ConfigOption,
    ExitStatus,
    LanguageOption,
    QuietOption,
    check_outputs,
    chosen_language,
    progress,
    tell,
    worded_errors,
    write_page,
)


def run(  # noqa: PLR0913, PLR0917 - one parameter an option is how typer reads them
    corpus: Annotated[
        list[str], typer.Argument(help="Folders, files or indexes to learn from.")
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", help="Library to write; verdicts in it are kept. .toml"
        ),
    ] = "library.toml",
    least: Annotated[
        int,
        typer.Option(
            "--min-organisations",
            min=2,
            help="Organisations (documents, if unknown) that must use a template.",
        ),
    ] = 3,
    config: ConfigOption = None,
    lang: LanguageOption = None,
    quiet: QuietOption = False,
) -> None:
    """Find the templates of a corpus: wording that recurs, with slots.

    Writes a library that a person can read and judge, and that `check --library` reads.
    """
    from detector.cli import _deliver
    from detector.formats.library import load_library, save_library
    from detector.mining import mine
    from detector.pipeline import open_corpus
    from detector.reporters.library_page import page

    language = chosen_language(lang)
    path = Path(output)
    if path.suffix.lower() != ".toml":
        raise typer.BadParameter(f"{output!r} does not end in: .toml")
    with worded_errors(language):
        check_outputs([output])
        before = load_library(path) if path.exists() else None
        read = open_corpus(corpus, _deliver.settings(config).limits)
        with progress() as shown:
            library = mine(read, least, before, shown)
        save_library(library, path, language)
        if not quiet:
            write_page(page(library, output, language))
        for error in read.errors:
            tell(error.in_language(language))
    raise typer.Exit(ExitStatus.FAILED if read.errors else ExitStatus.CLEAN)
