"""Real versions of Chinese texts: laws, articles, reports; what of them is recalled.

The truth names the passages of a pair that are known; what else the two share is not
known, so that precision is not judged.
"""

from functools import partial

from bench import Bench
from data import pairs_of, some
from measure import found_share, recalled, run
from pan13 import jobs

LEAST = {"none": 30, "edited": 60}
"""Characters, on the shorter side, from which a passage counts."""


def measure(bench: Bench, set_name: str) -> None:
    pairs = some(pairs_of(bench.data / set_name), bench.limit)
    head = f"{'passages':10} {'method':14} {'pairs':>5} {'n':>6}"
    print(f"{head} {'found':>6} {'characters recalled':>20} {'ms':>8}")
    for name in bench.methods:
        found = run(partial(bench.finder, name, set_name), jobs(pairs))
        for kind, least in LEAST.items():
            truths = [
                truth.at
                for pair in pairs
                for truth in pair.truths
                if truth.kind == kind and shortest_side(truth.at) >= least
            ]
            if truths:
                share, part = (of(truths, found.all) for of in (found_share, recalled))
                row = f"{kind:10} {name:14} {len(pairs):5} {len(truths):6}"
                print(
                    f"{row} {share:6.3f} {part:20.3f} {found.median:8.1f}", flush=True
                )


def shortest_side(passage: tuple) -> int:  # type: ignore[type-arg]
    return min(passage[2] - passage[1], passage[5] - passage[4])
