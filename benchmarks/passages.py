"""How well planted passages are found: ours beside difflib and the 13-character rule.

    python benchmarks/passages.py DATA [--pairs 40] > benchmarks/results/passages.txt

DATA holds `zh_gov_reports/` and `zh_gov_notices/` (any UTF-8 texts of 3,000 characters
and more do). A passage of one text is planted into another of the same genre, edited in
a known way; precision counts what was found anywhere else in the pair. Passages of
60 to 300 characters, and 30 to 60 for `verbatim short`. The random seed is fixed.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from detector.alignment.passages import AlignmentOptions, align_sources
from detector.evaluation.plagdet import Located, plagdet
from detector.text.rules import normalize
from detector.text.units import count_units

Finder = Callable[[str, str], Iterator[tuple[int, int, int, int]]]


def verbatim(passage: str, pool: str, rng: random.Random) -> str:
    return passage


def substituted(share: float) -> Callable[[str, str, random.Random], str]:
    def edit(passage: str, pool: str, rng: random.Random) -> str:
        return "".join(rng.choice(pool) if rng.random() < share else c for c in passage)

    return edit


def inserted(passage: str, pool: str, rng: random.Random) -> str:
    pieces = [passage[at : at + 10] for at in range(0, len(passage), 10)]
    return "".join(piece + rng.choice(pool) for piece in pieces)[:-1]


def deleted(passage: str, pool: str, rng: random.Random) -> str:
    clauses = passage.split("，")
    return "，".join(c for n, c in enumerate(clauses) if n % 3 != 1 or len(clauses) < 3)


def hidden(passage: str, pool: str, rng: random.Random) -> str:
    return "\u200b".join(passage[at : at + 6] for at in range(0, len(passage), 6))


EDITS = {
    "verbatim": verbatim,
    "verbatim short": verbatim,
    "one in ten inserted": inserted,
    "10 % substituted": substituted(0.1),
    "20 % substituted": substituted(0.2),
    "clauses left out": deleted,
    "zero-width": hidden,
}


def ours(draft: str, source: str) -> Iterator[tuple[int, int, int, int]]:
    units = count_units(normalize(draft)), count_units(normalize(source))
    evidence = np.ones(len(units[0]))
    for found in align_sources(units[0], [units[1]], evidence, AlignmentOptions())[0]:
        yield found.draft.start, found.draft.end, found.source.start, found.source.end


def difflib_blocks(draft: str, source: str) -> Iterator[tuple[int, int, int, int]]:
    matcher = SequenceMatcher(None, source, draft, autojunk=False)
    for b, a, size in matcher.get_matching_blocks():
        if size >= 13:
            yield a, a + size, b, b + size


def thirteen(draft: str, source: str) -> Iterator[tuple[int, int, int, int]]:
    places = {source[at : at + 13]: at for at in range(len(source) - 12)}
    at = 0
    while at < len(draft) - 12:
        if (there := places.get(draft[at : at + 13])) is None:
            at += 1
            continue
        size = 13
        while (
            draft[at + size : at + size + 1]
            == source[there + size : there + size + 1]
            != ""
        ):
            size += 1
        yield at, at + size, there, there + size
        at += size


FINDERS: dict[str, Finder] = {
    "detector": ours,
    "difflib, blocks of 13": difflib_blocks,
    "13 consecutive characters": thirteen,
}


def pairs(
    texts: list[str], edit: str, count: int
) -> Iterator[tuple[str, str, Located]]:
    rng = random.Random(f"{edit} 7")
    low, high = (30, 60) if edit.endswith("short") else (60, 300)
    for n in range(count):
        source, host = rng.sample(texts, 2)
        length = rng.randint(low, high)
        start = rng.randrange(len(source) - length)
        passage = source[start : start + length].strip()
        start += source[start : start + length].index(passage) if passage else 0
        planted = EDITS[edit](passage, host, rng)
        at = rng.randrange(len(host))
        draft = host[:at] + planted + host[at:]
        truth = Located(
            str(n), at, at + len(planted), str(n), start, start + len(passage)
        )
        yield draft, source, truth


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--pairs", type=int, default=40)
    options = arguments.parse_args()
    files = sorted(options.data.glob("zh_gov_reports/province*/*.txt"))
    texts = [path.read_text("utf-8")[:8000] for path in files]
    texts = [text for text in texts if len(text) >= 3000]
    print(f"{len(texts)} texts, {options.pairs} pairs for each edit")
    print("found: planted passages of which at least half is found, on both sides\n")
    head = ("edit", "method", "found", "plagdet", "precision", "recall", "gran.", "ms")
    print("{:20} {:27} {:>6} {:>8} {:>9} {:>7} {:>6} {:>6}".format(*head))
    for edit in EDITS:
        planted = list(pairs(texts, edit, options.pairs))
        for name, finder in FINDERS.items():
            report(edit, name, finder, planted)


def report(
    edit: str, name: str, finder: Finder, planted: list[tuple[str, str, Located]]
) -> None:
    found: list[Located] = []
    began = time.process_time()
    for draft, source, truth in planted:
        for row in finder(draft, source):
            found.append(Located(truth.draft, *row[:2], truth.source, *row[2:]))
    spent = 1000 * (time.process_time() - began) / len(planted)
    truths = [truth for *_, truth in planted]
    figures = plagdet(truths, found)
    hits = sum(plagdet([truth], found).recall >= 0.5 for truth in truths)
    print(
        f"{edit:20} {name:27} {hits / len(truths):6.2f} {figures.score:8.3f} "
        f"{figures.precision:9.3f} {figures.recall:7.3f} {figures.granularity:6.2f} "
        f"{spent:6.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
