"""Passages of real Chinese documents of a genre, planted by our simulator."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench import Bench
from data import read
from folds import CUTS, QUARTERS, Folds, is_in
from measure import FIGURES, Found, Job, figures, found_share, run
from pan13 import false_in

from detector.evaluation.plagdet import Located
from detector.evaluation.selftest import BANDS
from detector.evaluation.simulator import CLEAN, KINDS, Case, simulate

FOLDERS = {
    "province_2026": "zh_gov_reports/province_2026",
    "zh_gov_notices": "zh_gov_notices/docs",
    "zh_tech": "zh_tech/docs",
}
PAIRS, CLEAN_PAIRS = 100, 200
FEW = 100
"""Documents of a set, at the most, that is cut in several ways."""


def measure(bench: Bench) -> None:
    for set_name, folder in FOLDERS.items():
        cases = list(cases_of(bench.data / folder, bench.limit))
        print(f"{set_name}: {len(cases)} pairs, both documents of one fold")
        bands = " ".join(f"{low:>4}-{high}" for low, high in BANDS)
        print(f"{'kind':15} {'method':12} {'pairs':>5} {FIGURES}  {bands}")
        for name in bench.methods:
            found = run(partial(bench.finder, name, set_name), jobs(cases))
            report(name, [case for _, case in cases], found)


def cases_of(folder: Path, limit: int | None) -> Iterator[tuple[Folds, Case]]:
    """Yield fold and case: as many of each fold, twice as many clean ones.

    Few documents have few pairs of one fold, and what two of them share would be met
    time and again: they are cut in several ways.
    """
    documents = [read(path) for path in sorted(folder.glob("*.*"))]
    folds = QUARTERS * (CUTS if len(documents) <= FEW else 1)
    for fold in range(folds):
        part = [one for one in documents if is_in(one.origin.path, (fold,), QUARTERS)]
        for kind in KINDS:
            count = limit or (CLEAN_PAIRS if kind == CLEAN else PAIRS)
            pairs = count // folds or int(fold < count)
            for case in simulate(part, kinds=[kind], pairs=pairs, seed=fold):
                yield (fold,), case


def jobs(cases: list[tuple[Folds, Case]]) -> Iterator[Job]:
    for fold, case in cases:
        documents = case.draft, case.source
        yield case.draft.id, case.source.id, fold, lambda both=documents: both


def report(name: str, cases: list[Case], found: Found) -> None:
    for kind in (*KINDS, "all"):
        part = [
            (case.truth, spans)
            for case, spans in zip(cases, found.by_pair, strict=True)
            if case.truth and kind in ("all", case.kind)
        ]
        if part:
            truths = [truth for truth, _ in part]
            spans = [span for _, spans in part for span in spans]
            row = f"{kind:15} {name:12} {len(part):5} {figures(truths, spans)}"
            print(f"{row}  {by_band(truths, spans)}", flush=True)
    clean = [n for n, case in enumerate(cases) if case.truth is None]
    without = Found(
        [found.by_pair[n] for n in clean], [found.milliseconds[n] for n in clean]
    )
    print(f"{CLEAN:15} {name:12} {false_in(without)}", flush=True)
    if name == "detector":
        for at in clean:
            list_places(cases[at], found.by_pair[at])


def list_places(case: Case, spans: list[Located]) -> None:
    """Say where a clean pair is marked: several are of one series, and do share that.

    Places are those of the windows that the simulator cut; their text goes to stderr.
    """
    both = case.draft, case.source
    for span in spans:
        sides = (
            (span.draft_start, span.draft_end),
            (span.source_start, span.source_end),
        )
        places = [
            f"{one.origin.path} {start}-{end}"
            for one, (start, end) in zip(both, sides, strict=True)
        ]
        print("   ", *places, sep="  ")
        texts = [
            one.text[start:end] for one, (start, end) in zip(both, sides, strict=True)
        ]
        print(*texts, "", sep="\n", file=sys.stderr)


def by_band(truths: list[Located], found: list[Located]) -> str:
    """Return the share found of the passages of each length, as columns."""
    columns = []
    for low, high in BANDS:
        part = [t for t in truths if low <= t.source_end - t.source_start <= high]
        wide = len(f"{low:>4}-{high}")
        share = f"{found_share(part, found):.2f}" if part else "-"
        columns.append(share.rjust(wide))
    return " ".join(columns)
