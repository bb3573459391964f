"""Where the work runs: here, in processes, or on Spark."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from detector.cli._common import passing_line

if TYPE_CHECKING:
    from detector.executors.spark import Spark

ENGINES = ("serial", "processes", "spark")

EngineOption: TypeAlias = Annotated[
    str, typer.Option("--engine", help="Where the work runs: serial, processes, spark.")
]
AddEngineOption: TypeAlias = Annotated[
    str, typer.Option("--engine", help="Where the work runs: serial or spark.")
]
MasterOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--master",
        help="Of Spark; local[*], this machine, is the default but for spark-submit.",
    ),
]
WorkOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--work",
        help="Folder, on any file system of Spark, for what is done: a run that was "
        "stopped goes on there.",
    ),
]


def is_url(path: str) -> bool:
    """Tell whether only Spark can write there."""
    return "://" in path


def validate(
    engine: str,
    master: str | None,
    work: str | None,
    known: tuple[str, ...] = ENGINES,
    outputs: Sequence[str] = (),
) -> None:
    """Refuse what does not go together.

    Raises
    ------
    typer.BadParameter
    """
    if engine not in known:
        raise typer.BadParameter(
            f"--engine {engine!r} is not one of: {', '.join(known)}"
        )
    for output in filter(is_url, outputs):
        if engine != "spark" or not output.endswith(".parquet"):
            raise typer.BadParameter(
                f"{output!r}: only --engine spark writes there, and only .parquet"
            )
    if engine != "spark" and (master or work):
        raise typer.BadParameter("--master and --work need --engine spark")
    if engine == "spark" and master and not master.startswith("local") and not work:
        raise typer.BadParameter(
            "on a cluster --work has to name a folder that all machines see"
        )


@contextmanager
def spark(master: str | None, work: str | None) -> Iterator["Spark"]:
    """Start Spark; without `work` nothing of what it writes stays."""
    from detector.executors.spark import SUBMITTED, started

    master = master or ("" if SUBMITTED in os.environ else "local[*]")
    made = None if work else tempfile.mkdtemp(prefix="detector-")
    try:
        with (
            passing_line() as show,
            started(master, work or str(made), show) as running,
        ):
            yield running
    finally:
        if made:
            shutil.rmtree(made, ignore_errors=True)
