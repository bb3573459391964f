"""Two Chinese documents of 5,000 characters each: the CPU time of a pair.

Of a warm process, in which no draft comes twice in a row: what is kept of the last one
is of no use. With the shipped model; what is found does not matter here.
"""

import statistics
from collections.abc import Iterator
from pathlib import Path

from bench import Bench
from data import read
from measure import Job, run
from methods import METHODS

from detector.model.document import Document

CHARACTERS, ROUNDS = 5000, 7


def measure(bench: Bench) -> None:
    excerpts = list(excerpts_of(bench.data / "zh_gov_reports" / "province_2026"))
    half = len(excerpts) // 2
    pairs = list(zip(excerpts[:half], excerpts[half:], strict=False))[: bench.limit]
    print(f"{'method':12} {'pairs':>5} {'ms, median':>10} {'least':>6}")
    for name in bench.methods:
        find = METHODS[name]({})
        rounds = [run(lambda _, f=find: f, jobs(pairs)) for _ in range(ROUNDS + 1)]
        spent = [one.milliseconds for one in rounds[1:]]  # the first one warms up
        every = statistics.median(one for each in spent for one in each)
        least = statistics.median(map(min, zip(*spent, strict=True)))
        print(f"{name:12} {len(pairs):5} {every:10.2f} {least:6.2f}", flush=True)


def jobs(pairs: list[tuple[Document, Document]]) -> Iterator[Job]:
    for draft, source in pairs:
        yield draft.id, source.id, (), lambda both=(draft, source): both


def excerpts_of(folder: Path) -> Iterator[Document]:
    for path in sorted(folder.glob("*.txt")):
        text = read(path).text
        for start in range(0, len(text) - CHARACTERS, CHARACTERS):
            part = text[start : start + CHARACTERS]
            yield Document.from_text(part, f"{start} {path.name}")
