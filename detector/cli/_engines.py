"""Where the work runs: here, in processes, or on Spark."""

import logging
import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from detector.cli._common import passing_line
from detector.errors import OptionError

if TYPE_CHECKING:
    from detector.executors.spark import Spark

ENGINES = ("serial", "processes", "spark")
_MASTERS = "local[*], local[N], spark://HOST:PORT, yarn, k8s://HOST:PORT"
_SHARED = "a folder that all machines see"
_MASTER = re.compile(r"local$|local\[.+\]$|local-cluster\[|spark://.|yarn$|k8s://.")

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
    from detector.executors.spark import is_url

    for output in filter(is_url, outputs):
        if engine != "spark" or not output.endswith(".parquet"):
            raise typer.BadParameter(
                f"{output!r}: only --engine spark writes there, and only .parquet"
            )
    if master and not _MASTER.match(master):
        raise typer.BadParameter(f"--master {master!r} is none of: {_MASTERS}")
    if engine != "spark" and (master or work):
        raise typer.BadParameter("--master and --work need --engine spark")
    if engine == "spark" and master and not master.startswith("local") and not work:
        raise typer.BadParameter(f"on a cluster --work has to name {_SHARED}")


@contextmanager
def spark(master: str | None, work: str | None) -> Iterator["Spark"]:
    """Start Spark; without `work` nothing of what it writes stays."""
    from detector.executors.spark import SUBMITTED, started

    master = master or ("" if SUBMITTED in os.environ else "local[*]")
    made = None if work else tempfile.mkdtemp(prefix="detector-")
    if current_thread() is main_thread():
        # Not to leave what it has written when it is told to end.
        signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    logging.disable()  # py4j tells on stderr that Ctrl-C came amid its work
    try:
        with (
            passing_line() as show,
            started(master, work or str(made), show) as running,
        ):
            if made and not running.is_local:
                raise OptionError(name="--work", value="-", allowed=_SHARED)
            yield running
    finally:
        logging.disable(logging.NOTSET)
        if made:
            shutil.rmtree(made, ignore_errors=True)
