"""A command in a process of its own, with its time and its memory measured."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
_BOUNDED = 'ulimit -v 6000000; ulimit -c 0; exec "$@"'
"""So that what goes wrong does not take the machine along."""
_MEASURED = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
sys.stderr.write(f"\\n{used}")
sys.exit(status if status >= 0 else 128 - status)
"""
"""A small process in between: a child counts what its parent had as its own."""
KILLED = -9


class Ran(NamedTuple):
    """How a command ended.

    Attributes
    ----------
    status : int
        As the shell has it; `KILLED`: its time was over.
    mebibytes : int
        The most that it, or a process that it started, had in memory.
    """

    status: int
    seconds: float
    mebibytes: int
    out: bytes
    err: str


def run(
    arguments: Sequence[str], folder: Path, seconds: float, stdin: bytes = b""
) -> Ran:
    """Run detector in a folder, and end it when its time is over."""
    command = ["sh", "-c", _BOUNDED, "sh", sys.executable, "-m", "detector", *arguments]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-S", "-E", "-c", _MEASURED, *command],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "DETECTOR_LANG": "en"},
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        try:
            process.communicate(stdin, timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        took = time.monotonic() - began
        out.seek(0)
        err.seek(0)
        told, _, used = err.read().decode("utf-8", "replace").rpartition("\n")
        used = used if used.isdigit() else "0"
        return Ran(process.returncode, took, int(used), out.read(), told)
