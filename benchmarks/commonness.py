"""How much of a report is attributed to others that share only its genre and year.

    python benchmarks/commonness.py DATA > benchmarks/results/commonness.txt

The reports of sixteen provinces of one year, each against the fifteen others at once.
Weighed by models that know twelve of the provinces, not the one that is checked (as
the shipped one knows reports of other years), and by one that knows no province at all.
The passages that count as copied are listed by their places, to be read and judged.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "quality"))

from data import read
from folds import QUARTERS, Folds, fold_of
from held_out import config_for

from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.model.match import Label, Match
from detector.pipeline import Checker

SET = "province_2026"
LISTED = 20


def main() -> None:
    data = Path(sys.argv[1])
    folder = data / "zh_gov_reports" / SET
    texts = {path.name: read(path) for path in sorted(folder.glob("*.txt"))}
    folds = sorted({fold_of(name, QUARTERS) for name in texts})
    print(f"{'the model knows':28} {'copied':>8} {'boilerplate':>12} {'own':>8}")
    one_out = [
        (name, (fold,))
        for fold in folds
        for name in texts
        if fold_of(name, QUARTERS) == fold
    ]
    found = measure("other provinces", one_out, texts, data)
    measure("no province", [(name, tuple(folds)) for name in texts], texts, data)
    print(f"\ncopied, with other provinces known: {len(found)} passages")
    for match in found[:LISTED]:
        draft, source = match.draft, match.source
        print(
            f"{draft.document.origin.path} {draft.start}-{draft.end}"
            f"  {source.document.origin.path} {source.start}-{source.end}"
            f"  {match.alignment.equal} equal, {match.identity:.2f},"
            f" weight {match.weight:.2f}"
        )


def measure(
    name: str,
    drafts: Sequence[tuple[str, Folds]],
    texts: dict[str, Document],
    data: Path,
) -> list[Match]:
    corpus = Corpus(SET, tuple(texts.values()))
    checkers = {
        folds: Checker(corpus, config_for(SET, folds, data)["config"])
        for folds in dict.fromkeys(folds for _, folds in drafts)
    }
    reports = [checkers[folds].check(texts[draft]) for draft, folds in drafts]
    counted = sum(report.ledger.counted for report in reports)
    shares = (
        sum(report.ledger[label] for report in reports) / counted
        for label in (Label.COPIED, Label.BOILERPLATE, Label.OWN)
    )
    copied, boilerplate, own = shares
    print(f"{name:28} {copied:8.2%} {boilerplate:12.2%} {own:8.2%}", flush=True)
    matches = [
        m for report in reports for m in report.matches if m.label is Label.COPIED
    ]
    return sorted(matches, key=lambda match: -match.evidence)


if __name__ == "__main__":
    main()
