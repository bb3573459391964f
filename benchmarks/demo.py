"""What is found of the planted passages of the demonstration corpus, by edit.

    python benchmarks/demo.py > benchmarks/results/demo.txt

Found: at least half of the planted passage is covered on both sides. Exact: both spans
within two characters of the truth.
"""

import json
from collections import defaultdict
from pathlib import Path

from detector.model.match import Match
from detector.model.span import Span
from detector.pipeline import Checker, open_corpus

DEMO = Path(__file__).parents[1] / "corpora" / "demo"


def main() -> None:
    lines = (DEMO / "truth.jsonl").read_text("utf-8").splitlines()
    truths = [json.loads(line) for line in lines]
    corpus = open_corpus([str(DEMO)])
    checker = Checker(corpus)
    named = {Path(d.origin.path).resolve(): d for d in corpus.documents}
    rows: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for draft in sorted({truth["draft"] for truth in truths}):
        report = checker.check(named[(DEMO / draft).resolve()])
        for truth in (truth for truth in truths if truth["draft"] == draft):
            rows[truth["edit"]].append(verdict(truth, report.matches))
    print(f"{len(truths)} planted passages, {len(corpus.documents)} documents\n")
    print(f"{'edit':20} {'planted':>7} {'found':>6} {'exact':>6}")
    for edit, verdicts in sorted(rows.items()):
        found, exact = (sum(column) for column in zip(*verdicts, strict=True))
        print(f"{edit:20} {len(verdicts):7} {found:6} {exact:6}")


def verdict(truth: dict[str, str], matches: tuple[Match, ...]) -> tuple[bool, bool]:
    """Return whether a planted passage was found, and with exact ends."""
    draft = Span(int(truth["draft_start"]), int(truth["draft_end"]))
    source = Span(int(truth["source_start"]), int(truth["source_end"]))
    place = (DEMO / truth["source"]).resolve()
    found = exact = False
    for match in matches:
        if Path(match.source.document.origin.path).resolve() != place:
            continue
        sides = (match.draft.span, draft), (match.source.span, source)
        covered = min(common(*side) for side in sides)
        found |= covered >= 0.5
        exact |= max(apart(*side) for side in sides) <= 2
    return found, exact


def common(one: Span, other: Span) -> float:
    inside = min(one.end, other.end) - max(one.start, other.start)
    return max(inside, 0) / max(len(other), 1)


def apart(one: Span, other: Span) -> int:
    return max(abs(one.start - other.start), abs(one.end - other.end))


if __name__ == "__main__":
    main()
