"""Two Chinese documents of 5,000 characters each: the CPU time of a pair.

Of a warm process, in which no draft comes twice in a row: what is kept of the last one
is of no use. With the shipped model; what is found does not matter here.
"""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from bench import Bench
from data import read
from methods import METHODS
from peers import Finder

from detector.model.document import Document

CHARACTERS, ROUNDS = 5000, 7


def measure(bench: Bench) -> None:
    excerpts = list(excerpts_of(bench.data / "zh_gov_reports" / "province_2026"))
    half = len(excerpts) // 2
    pairs = list(zip(excerpts[:half], excerpts[half:], strict=False))[: bench.limit]
    print(f"{'method':12} {'pairs':>5} {'ms, median':>10} {'least':>6}")
    for name in bench.methods:
        spent = milliseconds(METHODS[name]({}), pairs)
        every = statistics.median(one for each in spent for one in each)
        least = statistics.median(map(min, spent))
        print(f"{name:12} {len(pairs):5} {every:10.2f} {least:6.2f}", flush=True)


def excerpts_of(folder: Path) -> Iterator[Document]:
    for path in sorted(folder.glob("*.txt")):
        text = read(path).text
        for start in range(0, len(text) - CHARACTERS, CHARACTERS):
            part = text[start : start + CHARACTERS]
            yield Document.from_text(part, f"{start} {path.name}")


def milliseconds(
    find: Finder, pairs: list[tuple[Document, Document]]
) -> list[list[float]]:
    """Return what each pair took in each round but the first."""
    spent: list[list[float]] = [[] for _ in pairs]
    for number in range(ROUNDS + 1):
        for (draft, source), taken in zip(pairs, spent, strict=True):
            began = time.process_time()
            list(find(draft, source))
            if number:
                taken.append(1000 * (time.process_time() - began))
    return spent
