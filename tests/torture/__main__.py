"""Tortures detector, and says how it bore it: `python -m tests.torture --help`.

    python -m tests.torture inputs             every hostile input, 15 minutes
    python -m tests.torture kills --most 400   kills of whoever changes an index
    python -m tests.torture patterns           expressions that are not linear

Fuzzing has a command of its own: `tests/torture/fuzzing.py`.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.torture.case import tried
from tests.torture.hostile import CASES
from tests.torture.kills import CHANGES, kills


def inputs(only: str) -> Iterator[str]:
    """Try the inputs whose name has `only` in it; yield a line for each that fails."""
    seconds: Counter[str] = Counter()
    memory: Counter[str] = Counter()
    ended: Counter[int] = Counter()
    chosen = [case for case in CASES if only in case.name]
    for at, case in enumerate(chosen, 1):
        with tempfile.TemporaryDirectory() as folder:
            ran, wrong = tried(case, Path(folder))
        seconds[case.name], memory[case.name] = round(ran.seconds, 1), ran.mebibytes
        ended[ran.status] += 1
        yield from (f"{case.name}: {one}" for one in wrong)
        _show(f"{at}/{len(chosen)} {case.name}")
    done = ", ".join(f"{count} with status {s}" for s, count in sorted(ended.items()))
    print(f"{len(chosen)} inputs: {done}")
    _most("seconds", seconds)
    _most("MiB", memory)


def _most(unit: str, figures: "Counter[str]") -> None:
    print(f"most {unit}:")
    for name, figure in figures.most_common(8):
        print(f"  {figure:>8}  {name}")


def killed(most: int) -> Iterator[str]:
    """Kill every change at `most` places and as often with the power cut."""
    total = 0
    for change in CHANGES:
        with tempfile.TemporaryDirectory() as room:
            done = list(kills(change, Path(room), most))
        total += len(done)
        print(f"{len(done):>6}  kills of {change!r}")
        yield from (f"{change} at {k.place}: {k.wrong}" for k in done if k.wrong)
    print(f"{total:>6}  kills in all")


def squares() -> Iterator[str]:
    """Yield the expressions whose time grows faster than a text of their own signs.

    Some are only asked at one place, or of a short text: a person has to look.
    """
    from tests.torture.patterns import patterns, slow

    found = patterns()
    print(f"{len(found)} expressions")
    for name, pattern in found.items():
        _show(name)
        if text := slow(pattern):
            yield f"{name}: {text[0]!r} and {text[1]!r} over and over: {text[2]:.0f}"


def _show(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{line.encode('ascii', 'replace').decode()}")


def main() -> None:
    """Run one of them; status 1 if something did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture")
    parser.add_argument("what", choices=("inputs", "kills", "patterns"))
    parser.add_argument("--only", default="", help="inputs with this in their name")
    parser.add_argument("--most", type=int, default=10**6, help="kills of each change")
    asked = parser.parse_args()
    run = {
        "inputs": lambda: inputs(asked.only),
        "kills": lambda: killed(asked.most),
        "patterns": squares,
    }
    failed = 0
    for line in run[asked.what]():
        failed += 1
        print(f"FAILED {line}", flush=True)
    print(f"{failed} failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
