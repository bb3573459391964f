"""`detector pairs`."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeAlias

import typer

from detector.cli._common import (
    ConfigOption,
    ExitStatus,
    LanguageOption,
    PairsOutputOption,
    PlainFormatOption,
    QuietOption,
    check_outputs,
    chosen_language,
    progress,
    tell,
    worded_errors,
    write_files,
    write_page,
    write_stdout,
)
from detector.cli._engines import EngineOption, MasterOption, WorkOption
from detector.messages import Language, say

if TYPE_CHECKING:
    from detector.config import Config
    from detector.errors import DetectorError
    from detector.model.pairs import Pairs

_Found: TypeAlias = "tuple[Pairs | None, Sequence[DetectorError]]"


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
    engine: EngineOption = "serial",
    master: MasterOption = None,
    work: WorkOption = None,
    form: PlainFormatOption = "terminal",
    output: PairsOutputOption = None,
    config: ConfigOption = None,
    lang: LanguageOption = None,
    quiet: QuietOption = False,
) -> None:
    """Compare all documents with all: pairs, clusters, who was first."""
    from detector.cli import _deliver, _engines
    from detector.executors.spark import is_url

    language = chosen_language(lang)
    suffixes = (".json", ".html", ".parquet")
    _deliver.validate(
        form, "never", output or [], forms=_deliver.PLAIN, suffixes=suffixes
    )
    _engines.validate(engine, master, work, outputs=output or [])
    with worded_errors(language):
        settings = _deliver.settings(config)
        urls = list(filter(is_url, output or []))
        files = [path for path in output or [] if path not in urls]
        wanted = _Wanted(settings, alike, files, urls, not quiet)
        check_outputs(files, corpus if engine != "spark" else ())
        if engine == "spark":
            found, errors = _on_spark(corpus, wanted, (master, work), language)
        else:
            processes = (os.cpu_count() or 1) if engine == "processes" else 1
            found, errors = _here(corpus, settings, alike, processes)
        if found:
            _write(found, errors, wanted, form, language)
        for error in errors:
            tell(error.in_language(language))
    raise typer.Exit(ExitStatus.FAILED if errors else ExitStatus.CLEAN)


class _Wanted(NamedTuple):
    """What is looked for, and where it is written: what Spark writes is told by URL."""

    settings: "Config"
    alike: float
    files: Sequence[str]
    urls: Sequence[str]
    page: bool


def _write(
    found: "Pairs",
    errors: Sequence["DetectorError"],
    wanted: _Wanted,
    form: str,
    language: Language,
) -> None:
    from detector.reporters import html, pairs_json, pairs_parquet
    from detector.reporters.pairs_page import page

    data = pairs_json.render_pairs(found, errors, language)

    def written(suffix: str) -> bytes:
        if suffix == ".json":
            return data
        if suffix == ".parquet":
            return pairs_parquet.render_pairs(found)
        return html.render_pairs(found, errors, language)

    write_files(wanted.files, written)
    if wanted.page and form == "json":
        write_stdout(data)
    elif wanted.page:
        write_page(page(found, language))


def _here(
    corpus: list[str], settings: "Config", alike: float, processes: int
) -> _Found:
    from detector.pairing import find_pairs
    from detector.pipeline import open_corpus

    opened = open_corpus(corpus, settings.limits)
    with progress() as show:
        found = find_pairs(opened, settings, alike, show, processes)
    return found, opened.errors


def _on_spark(
    corpus: list[str],
    wanted: _Wanted,
    where: tuple[str | None, str | None],
    language: Language,
) -> _Found:
    """Return the pairs, if not all that is wanted of them is written there."""
    from detector.cli import _engines
    from detector.distributed.pairs import compare

    with _engines.spark(*where) as spark:
        for url in wanted.urls:
            spark.claim(url)
        found = compare(spark, corpus, wanted.settings)
        for url in wanted.urls:
            found.write(url)
        needed = wanted.page or wanted.files
        pairs = found.pairs(wanted.alike) if needed else None
    if found.capped.seeds:
        facts = found.capped._asdict()
        tell(say("P-capped", language, **facts))
    return pairs, found.errors
