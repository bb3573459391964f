"""The command line: read arguments, call the library, print, set the exit status."""

from typing import Annotated

import typer

from detector.cli import check, compare, explain, gate, index, mine, pairs, selftest
from detector.cli._common import main_guard

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check")(check.run)
app.command("compare")(compare.run)
app.command("explain")(explain.run)
app.command("gate")(gate.run)
app.command("mine")(mine.run)
app.command("pairs")(pairs.run)
app.command("selftest")(selftest.run)
app.add_typer(index.app, name="index")


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"detector {version('detector')}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Version."),
    ] = False,
) -> None:
    """Say which passages of a report are copied, from where, and how common they are.

    Exit status: 0 clean, 1 findings, 2 could not do the job, 130 interrupted.
    """


def main() -> None:
    """Run the application; the entry point of the console script."""
    main_guard(app)
