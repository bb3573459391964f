"""Reports of one year by different provinces: how much of them is marked.

Most of what they share is the language of the genre, so that little should be.
"""

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import permutations
from statistics import mean

from bench import Bench
from data import read
from folds import folds_of_pair
from held_out import config_for
from measure import Found, Job, run
from peers import Spans

from detector import compare
from detector.model.document import Document
from detector.model.match import Match

RULE = 20
LONGEST = 20


def measure(bench: Bench) -> None:
    folder = bench.data / "zh_gov_reports" / "province_2026"
    texts = {path.name: read(path) for path in sorted(folder.glob("*.txt"))}
    pairs = list(permutations(texts, 2))[: bench.limit]
    print(
        f"{'method':22} {'pairs':>5} {'of a draft, all sources':>24} {'of a pair':>10}"
    )
    for name in bench.methods:
        finder = partial(bench.finder, name, "province_2026")
        found = run(finder, jobs(pairs, texts))
        report(name, found, pairs, texts)
        if name == "detector":
            ours = found
    plain = run(lambda _: equal_characters, jobs(pairs, texts))
    report(f"{RULE} equal characters", plain, pairs, texts)
    if "detector" in bench.methods:
        longest(ours, texts, bench)


def jobs(pairs: Sequence[tuple[str, str]], texts: dict[str, Document]) -> Iterator[Job]:
    for draft, source in pairs:
        documents = texts[draft], texts[source]
        yield draft, source, folds_of_pair(draft, source), lambda both=documents: both


def equal_characters(draft: Document, source: Document) -> Iterator[Spans]:
    """Yield every run of so many equal characters, at its first place in the source."""
    places: dict[str, int] = {}
    for at in range(len(source.text) - RULE + 1):
        places.setdefault(source.text[at : at + RULE], at)
    for at in range(len(draft.text) - RULE + 1):
        there = places.get(draft.text[at : at + RULE])
        if there is not None:
            yield at, at + RULE, there, there + RULE


def report(
    name: str,
    found: Found,
    pairs: Sequence[tuple[str, str]],
    texts: dict[str, Document],
) -> None:
    marked: dict[str, set[int]] = {name: set() for name, _ in pairs}
    shares = []
    for (draft, _), spans in zip(pairs, found.by_pair, strict=True):
        here = {at for span in spans for at in range(span[1], span[2])}
        shares.append(len(here) / len(texts[draft].text))
        marked[draft] |= here
    whole = mean(len(at) / len(texts[draft].text) for draft, at in marked.items())
    print(f"{name:22} {len(pairs):5} {whole:24.2%} {mean(shares):10.2%}", flush=True)


def longest(found: Found, texts: dict[str, Document], bench: Bench) -> None:
    """List the longest matches by their places; their text goes to stderr only."""
    print(f"\nthe {LONGEST} longest: draft, source, characters, identity")
    spans = sorted(
        found.all, key=lambda span: (span.draft_start - span.draft_end, span)
    )
    for span in spans[:LONGEST]:
        fold = folds_of_pair(span.draft, span.source)
        config = config_for("province_2026", fold, bench.data)
        report = compare(texts[span.draft], texts[span.source], **config)
        match = next(match for match in report.matches if places(match) == span[1:3])
        sides = f"{span.draft} {span[1]}-{span[2]}  {span.source} {span[4]}-{span[5]}"
        print(f"{sides}  {span[2] - span[1]}  {match.identity:.2f}")
        if bench.show:
            print(repr(match.draft.text[:60]), file=sys.stderr)


def places(match: Match) -> tuple[int, int]:
    return match.draft.start, match.draft.end
