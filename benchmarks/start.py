"""How quickly a cold process answers, as a ratio to a bare ``import numpy``.

    python benchmarks/start.py [RUNS] > benchmarks/results/start.txt

The commands take turns, so that what else the machine does meets all of them; CPU time
of the whole process, children included; the median of the ratios, round by round.
"""

import statistics
import sys
from pathlib import Path

from spent import spent

ROOT = Path(__file__).parents[1]
SEED = next((ROOT / "seeds").glob("*.txt"))
PYTHON = sys.executable
COMMANDS = {
    'python -c "import numpy"': [PYTHON, "-c", "import numpy"],
    "detector --help": [PYTHON, "-m", "detector", "--help"],
    "detector check SEED": [PYTHON, "-m", "detector", "check", str(SEED)],
    "detector check SEED --corpus demo": [
        *(PYTHON, "-m", "detector", "check", str(SEED)),
        *("--corpus", str(ROOT / "corpora" / "demo")),
    ],
}


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(runs + 1):
        for name, command in COMMANDS.items():
            seconds = spent(command).seconds
            if number:  # the first round warms the file cache
                taken[name].append(seconds)
    base = next(iter(taken.values()))
    print(f"{'command':36} {'CPU s':>7} {'ratio':>6}   median of {runs} rounds")
    for name, seconds in taken.items():
        ratios = [one / other for one, other in zip(seconds, base, strict=True)]
        middle = statistics.median
        print(f"{name:36} {middle(seconds):7.2f} {middle(ratios):6.1f}")


if __name__ == "__main__":
    main()
