"""CPU seconds and peak memory of a process, whatever the one that asks has in memory.

A process that is started inherits the peak of the one that starts it, so that a small
one of its own stands between them: this file.
"""

import json
import os
import subprocess
import sys
from typing import NamedTuple


class Spent(NamedTuple):
    """What a process took: CPU seconds, and memory at its peak, in MB."""

    seconds: float
    megabytes: float


def spent(command: list[str], *, into: str = os.devnull) -> Spent:
    """Run a command, its standard output into a file, and return what it took.

    Raises
    ------
    subprocess.CalledProcessError
        If it ends with a status of 3 or more.
    """
    line = [sys.executable, "-S", __file__, into, *command]
    said = subprocess.run(line, stdout=subprocess.PIPE, check=True).stdout
    return Spent(*json.loads(said))


def _run(into: str, *command: str) -> int:
    with open(into, "wb") as file:  # noqa: PTH123 - one import less
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = usage.ru_utime + usage.ru_stime
    sys.stdout.write(json.dumps([seconds, usage.ru_maxrss / 1024]))
    return int(os.waitstatus_to_exitcode(status) > 2)


if __name__ == "__main__":
    sys.exit(_run(*sys.argv[1:]))
