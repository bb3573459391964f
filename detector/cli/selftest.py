"""`detector selftest`."""

from typing import Annotated

import typer

from detector.cli._common import (
    ConfigOption,
    ExitStatus,
    LanguageOption,
    PlainFormatOption,
    PlainOutputOption,
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


def run(  # noqa: PLR0913, PLR0917 - one parameter an option is how typer reads them
    corpus: Annotated[
        list[str], typer.Argument(help="Files, folders or patterns to plant in.")
    ],
    pairs: Annotated[
        int, typer.Option(min=1, max=10_000, help="Passages for each kind of edit.")
    ] = 20,
    seed: Annotated[int, typer.Option(help="Another one plants other passages.")] = 1,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this kind of edit or disguise; clean plants nothing. Repeatable."
        ),
    ] = None,
    form: PlainFormatOption = "terminal",
    output: PlainOutputOption = None,
    config: ConfigOption = None,
    lang: LanguageOption = None,
    quiet: QuietOption = False,
) -> None:
    """Plant known edits in your own documents and say what share of them is found."""
    from detector.cli import _deliver
    from detector.evaluation.selftest import Plan, selftest
    from detector.evaluation.selftest_json import as_json
    from detector.evaluation.selftest_page import page
    from detector.pipeline import open_corpus

    language = chosen_language(lang)
    _deliver.validate(
        form, "never", output or [], forms=_deliver.PLAIN, suffixes=(".json",)
    )
    plan = Plan(pairs, seed, *_known(kind))
    with worded_errors(language):
        check_outputs(output or [], corpus)
        settings = _deliver.settings(config)
        opened = open_corpus(corpus, settings.limits)
        with progress() as show:
            outcome = selftest(opened, settings, plan, lambda n: show(n, plan.cases))
        write_files(output or [], lambda _: as_json(outcome, language))
    if form == "json" and not quiet:
        write_stdout(as_json(outcome, language))
    elif not quiet:
        write_page(page(outcome, language))
    for error in opened.errors:
        tell(error.in_language(language))
    raise typer.Exit(ExitStatus.FAILED if opened.errors else ExitStatus.CLEAN)


def _known(kinds: list[str] | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the kinds to plant and the disguises, each once; all if none is named.

    Raises
    ------
    typer.BadParameter
        If one of them is not known.
    """
    from detector.evaluation.disguises import DISGUISES
    from detector.evaluation.simulator import KINDS

    known = (*KINDS, *DISGUISES)
    for kind in kinds or ():
        if kind not in known:
            raise typer.BadParameter(f"{kind!r} is not one of: {', '.join(known)}")
    asked = tuple(dict.fromkeys(kinds or known))
    return (
        tuple(kind for kind in asked if kind in KINDS),
        tuple(kind for kind in asked if kind in DISGUISES),
    )
