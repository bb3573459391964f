"""PAN 2013, English: four kinds of obfuscation, and pairs with nothing planted."""

from functools import partial

from bench import Bench
from data import Pair, clean_pairs, pairs_of, some
from measure import FIGURES, Found, Job, figures, run

KINDS = ("none", "random", "translation", "summary")
CLEAN = 1000


def measure(bench: Bench) -> None:
    root = bench.data / "pan13"
    pairs = pairs_of(root)
    print(f"{'kind':12} {'method':12} {'pairs':>5} {'passages':>8} {FIGURES} {'ms':>6}")
    for kind in KINDS:
        chosen = some([pair for pair in pairs if pair.kind == kind], bench.limit)
        truths = [truth.at for pair in chosen for truth in pair.truths]
        for name in bench.methods:
            found = run(partial(bench.finder, name, "pan13"), jobs(chosen))
            row = f"{kind:12} {name:12} {len(chosen):5} {len(truths):8}"
            print(f"{row} {figures(truths, found.all)} {found.median:6.1f}", flush=True)
    clean = some(clean_pairs(root, "01-no-plagiarism"), bench.limit or CLEAN)
    for name in bench.methods:
        found = run(partial(bench.finder, name, "pan13"), jobs(clean))
        print(f"{'clean':12} {name:12} {false_in(found)}", flush=True)
        for one in found.all if name == "detector" else ():
            ours = f"{one.draft} {one.draft_start}-{one.draft_end}"
            print(f"     {ours}  {one.source} {one.source_start}-{one.source_end}")


def jobs(pairs: list[Pair]) -> list[Job]:
    return [(pair.draft, pair.source, pair.fold, pair.documents) for pair in pairs]


def false_in(found: Found) -> str:
    pairs = [one for one in found.by_pair if one]
    return (
        f"{len(found.by_pair):5} pairs: {len(found.all)} false detections "
        f"in {len(pairs)} of them, {found.median:.1f} ms"
    )
