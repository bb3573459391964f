"""How well copied passages are found, on real data, ours beside what else there is.

    python benchmarks/quality DATA [--set pan13 …] [--method detector …] [--limit N]
        > benchmarks/results/quality.txt

DATA is the folder with the unpacked sets; none of their text is printed. Found: at
least half of a passage is covered, on both sides. Plagdet, precision, recall and
granularity as in `detector.evaluation.plagdet`. Milliseconds are the median of the
process's CPU time for a pair. Documents that a background model is made of are never
those that are compared: see `held_out.py`. Peers: `pip install -r
benchmarks/requirements.txt`.
"""

import argparse
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import excerpts
import pan13
import provinces
import repetitive
import revised
import simulated
from bench import Bench
from methods import METHODS

SETS: Mapping[str, Callable[[Bench], None]] = {
    "pan13": pan13.measure,
    "zh_laws": partial(revised.measure, set_name="zh_laws"),
    "zh_revisions": partial(revised.measure, set_name="zh_revisions"),
    "zh_gov_reports": partial(revised.measure, set_name="zh_gov_reports"),
    "simulator": simulated.measure,
    "provinces": provinces.measure,
    "excerpts": excerpts.measure,
    "repetitive": repetitive.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--set", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--method", nargs="+", choices=METHODS, default=["detector"])
    parser.add_argument("--limit", type=int, help="pairs of each kind, at most")
    parser.add_argument("--show", action="store_true", help="passages, on stderr")
    options = parser.parse_args()
    bench = Bench(options.data, tuple(options.method), options.limit, options.show)
    for name in options.set:
        print(f"\n# {name}" + (f", at most {bench.limit} pairs" * bool(bench.limit)))
        SETS[name](bench)


if __name__ == "__main__":
    main()
