"""`detector pairs`."""

from typing import Annotated

import typer

from detector.cli._common import (
    ConfigOption,
    ExitStatus,
    LanguageOption,
    PairsOutputOption,
    PlainFormatOption,
    QuietOption,
    chosen_language,
    progress,
    tell,
    worded_errors,
    write_files,
    write_page,
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
    output: PairsOutputOption = None,
    config: ConfigOption = None,
    lang: LanguageOption = None,
    quiet: QuietOption = False,
) -> None:
    """Compare all documents with all: pairs, clusters, who was first."""
    from detector.cli import _deliver
    from detector.pairing import find_pairs
    from detector.pipeline import open_corpus
    from detector.reporters import html, pairs_json
    from detector.reporters.pairs_page import page

    language = chosen_language(lang)
    suffixes = (".json", ".html")
    _deliver.validate(
        form, "never", output or [], forms=_deliver.PLAIN, suffixes=suffixes
    )
    with worded_errors(language):
        settings = _deliver.settings(config)
        opened = open_corpus(corpus)
        with progress() as show:
            found = find_pairs(opened, settings, alike, show)
        data = pairs_json.render_pairs(found, opened.errors, language)

        def written(suffix: str) -> bytes:
            if suffix == ".json":
                return data
            return html.render_pairs(found, opened.errors, language)

        write_files(output or [], written)
        if not quiet and form == "json":
            write_stdout(data)
        elif not quiet:
            write_page(page(found, language))
        for error in opened.errors:
            tell(error.in_language(language))
    raise typer.Exit(ExitStatus.FAILED if opened.errors else ExitStatus.CLEAN)
