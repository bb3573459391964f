"""`detector index`: a corpus on disk."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from detector.cli._common import (
    ConfigOption,
    ExitStatus,
    KeyOption,
    LanguageOption,
    PlainFormatOption,
    chosen_language,
    progress,
    tell,
    worded_errors,
    write_page,
    write_stdout,
)
from detector.cli._engines import AddEngineOption, MasterOption, WorkOption
from detector.messages import Language, say

if TYPE_CHECKING:
    from detector.formats import ReadLimits
    from detector.indexing import Added

app = typer.Typer(
    no_args_is_help=True,
    help="Keep a corpus on disk, to be named as --corpus of a check.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
IndexArgument: TypeAlias = Annotated[
    str, typer.Argument(metavar="INDEX", help="Folder of the index.")
]


@app.command()
def add(  # noqa: PLR0913, PLR0917 - one parameter an option is how typer reads them
    index: IndexArgument,
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders or patterns to add.")
    ],
    hash_only: Annotated[
        bool,
        typer.Option(
            "--hash-only", help="A new index that holds no texts; needs --key."
        ),
    ] = False,
    key: KeyOption = None,
    config: ConfigOption = None,
    engine: AddEngineOption = "serial",
    master: MasterOption = None,
    work: WorkOption = None,
    lang: LanguageOption = None,
) -> None:
    """Add documents; the index is made if there is none.

    Files that are in it unchanged are not read again: what was interrupted goes on
    where it stopped.
    """
    from detector.cli import _deliver, _engines
    from detector.formats.key import load_key
    from detector.indexing import add as add_to
    from detector.store.manifest import is_index

    language = chosen_language(lang)
    _engines.validate(engine, master, work, ("serial", "spark"))
    if engine == "spark" and key:
        raise typer.BadParameter("--engine spark makes an index with texts")
    if hash_only and not key:
        raise typer.BadParameter("--hash-only needs --key FILE")
    if key and not hash_only and not is_index(Path(index)):
        raise typer.BadParameter("--key makes an index with --hash-only only")
    with worded_errors(language), progress() as show:
        limits = _deliver.settings(config).limits
        if engine == "spark":
            added = _on_spark(Path(index), paths, limits, master, work)
        else:
            secret = load_key(key) if key else None
            added = add_to(Path(index), paths, show, secret, limits)
    _line("I-added", language, documents=added.documents, **added.counts)
    for path, other in added.twins:
        _line("I-twin", language, path=path, other=other)
    for error in added.errors:
        tell(error.in_language(language))
    raise typer.Exit(ExitStatus.FAILED if added.errors else ExitStatus.CLEAN)


def _on_spark(
    index: Path,
    paths: list[str],
    limits: "ReadLimits",
    master: str | None,
    work: str | None,
) -> "Added":
    from detector.cli import _engines
    from detector.distributed.indexing import add as add_to

    with _engines.spark(master, work) as spark:
        return add_to(spark, index, paths, limits)


@app.command()
def remove(
    index: IndexArgument,
    documents: Annotated[
        list[str], typer.Argument(help="Ids, as list shows them, or paths.")
    ],
    lang: LanguageOption = None,
) -> None:
    """Take documents out; nothing of them stays in any file of the index."""
    from detector.indexing import remove as remove_from

    language = chosen_language(lang)
    with worded_errors(language):
        paths = remove_from(Path(index), documents)
    for path in paths:
        _line("I-removed", language, path=path)
    _line("I-removed-count", language, count=len(paths))


@app.command("list")
def list_(
    index: IndexArgument,
    form: PlainFormatOption = "terminal",
    lang: LanguageOption = None,
) -> None:
    """Say what is in it: id, year, characters, organisation, path."""
    from detector.cli import _deliver
    from detector.store.index import Index

    language = chosen_language(lang)
    _deliver.validate(form, "never", [], forms=_deliver.PLAIN)
    with worded_errors(language):
        opened = Index.open(Path(index))
        rows = [
            {"id": opened.id(number), **opened.about(number)}
            for number in range(len(opened))
        ]
    if form == "json":
        _json({"format": "detector/index-list/1", "documents": rows})
        return
    for row in rows:
        year, size = row["year"] or "-", row["characters"]
        whose = _padded(row["organisation"] or "-", 16)
        _print(f"{row['id'][:12]}  {year:4}  {size:>9,}  {whose}", row["path"])


@app.command()
def status(
    index: IndexArgument,
    form: PlainFormatOption = "terminal",
    lang: LanguageOption = None,
) -> None:
    """Say how much is in it, and how much room it takes."""
    from detector.cli import _deliver
    from detector.indexing import status as status_of

    language = chosen_language(lang)
    _deliver.validate(form, "never", [], forms=_deliver.PLAIN)
    with worded_errors(language):
        facts = status_of(Path(index))
    if form == "json":
        _json({"format": "detector/index-status/1", **facts})
        return
    for name, value in facts.items():
        if isinstance(value, bool):
            shown = say("I-yes" if value else "I-no", language)
        else:
            shown = f"{value:,}" if isinstance(value, int) else str(value)
        _print(_padded(say(f"I-{name}", language), 16), shown)


@app.command()
def verify(index: IndexArgument, lang: LanguageOption = None) -> None:
    """Say whether every file is as it was written, and every text has its id.

    Status 1 if something is damaged.
    """
    from detector.store.index import find_damage
    from detector.store.manifest import read_manifest

    language = chosen_language(lang)
    with worded_errors(language), progress() as show:
        damage = list(find_damage(Path(index), show))
        documents = 0 if damage else read_manifest(Path(index)).documents
    for name in damage:
        _line("I-damaged", language, name=name)
    _line("I-damage" if damage else "I-sound", language, documents=documents)
    raise typer.Exit(ExitStatus.FOUND if damage else ExitStatus.CLEAN)


@app.command()
def export(
    index: IndexArgument,
    folder: Annotated[str, typer.Argument(help="A new or empty folder.")],
    lang: LanguageOption = None,
) -> None:
    """Write all texts into a folder, and documents.jsonl with what is known of each."""
    from detector.indexing import export as export_to

    language = chosen_language(lang)
    with worded_errors(language), progress() as show:
        count = export_to(Path(index), Path(folder), show)
    _line("I-exported", language, count=count, folder=folder)


def _line(code: str, language: Language, **facts: object) -> None:
    _print(say(code, language, **facts))


def _print(column: str, *rest: str) -> None:
    """Write columns on a line; what is in the last one cannot act."""
    from detector.text.visible import visible

    *before, last = (column, *rest)
    write_page("  ".join([*before, visible(last)]) + "\n")


def _padded(text: str, width: int) -> str:
    from detector.reporters.terminal.lines import pad
    from detector.text.visible import visible

    return pad(visible(text), width)


def _json(value: Mapping[str, Any] | Iterable[Any]) -> None:
    from detector.reporters.json_text import json_text

    write_stdout(json_text(value))
