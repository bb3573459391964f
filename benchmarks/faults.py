"""How well the rules find planted faults, and how often they speak without one.

    python benchmarks/faults.py [SET …] [--list] > benchmarks/results/faults.txt
    python benchmarks/faults.py --alarms DATA [--sample N]

SET is a folder as `benchmarks/faults/a`: `drafts/`, a `corpus/`, notices in
`issued/`, and `labels.jsonl` with what was planted where. Who wrote the sets did not
see the rules. A label is found if a finding of its rule touches one of its places; a
finding is right if it touches a label of its rule.

`--alarms` counts what each rule says of real documents, which nobody labelled: findings
in 10,000 characters, and N of them to be read.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from detector.config import Config
from detector.model.document import Document
from detector.model.finding import Finding
from detector.model.report import Report
from detector.model.span import Span
from detector.pipeline import Checker, open_sources, read_all

HERE = Path(__file__).parent / "faults"
RULES = tuple(
    f"{name}{number:03}"
    for name, number in (
        *(("SUBS", n) for n in (1, 2)),
        ("TIME", 1),
        *(("SLOT", n) for n in (1, 2)),
        *(("SELF", n) for n in (1, 2)),
        ("HIDE", 1),
        ("VOID", 1),
        *(("YEAR", n) for n in (1, 2)),
        ("UPST", 1),
        ("COPY", 3),
    )
)
ALONE = RULES[:9]
TODAY = date(2026, 11, 25)


def places(document: Document, label: Mapping[str, Any]) -> list[Span]:
    """Return where a label points; the whole text for a fault of the document."""
    spots = label.get("places") or label.get("either") or [label]
    found = []
    for spot in spots:
        if not spot["quote"]:
            return [Span(0, len(document.text))]
        at = -1
        for _ in range(spot.get("occurrence", 1)):
            at = document.text.index(spot["quote"], at + 1)
        found.append(Span(at, at + len(spot["quote"])))
    return found


def touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def about(finding: Finding, document: Document) -> list[Span]:
    if not finding.span:
        return [Span(0, len(document.text))]
    return list(finding.places or (finding.span,))


def checked(folder: Path) -> Iterator[tuple[Report, list[dict[str, Any]]]]:
    """Yield each draft's report with its labels."""
    labels = defaultdict(list)
    for line in (folder / "labels.jsonl").read_text("utf-8").splitlines():
        if line.strip():
            label = json.loads(line)
            labels[label["file"]].append(label)
    corpus = folder / "corpus"
    sources = open_sources([str(corpus)]) if corpus.is_dir() else None
    for path in sorted((folder / "drafts").iterdir()):
        own = labels[f"drafts/{path.name}"]
        issued = {label["issued"] for label in own if "issued" in label}
        config = Config(issued=tuple(str(folder / one) for one in sorted(issued)))
        documents, errors = read_all([str(path)])
        assert documents, errors
        yield Checker(sources, config, today=TODAY).check(documents[0]), own


class Tally:
    """What was planted, what was found, and what was told besides."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.remarks: list[str] = []
        self.drafts = self.clean = self.quiet = 0

    def add(self, report: Report, labels: list[dict[str, Any]]) -> None:
        """Compare what a report says with what was planted."""
        document = report.draft
        spots = [(label["rule"], places(document, label)) for label in labels]
        findings = [(f, about(f, document)) for f in report.findings if f.rule in RULES]
        self.drafts += 1
        self.clean += not labels
        self.quiet += not labels and not findings
        for rule, spans in spots:
            hit = any(f.rule == rule and meet(spans, here) for f, here in findings)
            self.counts[rule].update(labels=1, found=int(hit))
            if not hit:
                self.remark("missed", document, rule, spans[0], "")
        for finding, here in findings:
            rule = finding.rule
            right = any(rule == one and meet(spans, here) for one, spans in spots)
            self.counts[rule].update(findings=1, right=int(right))
            if not right:
                said = finding.in_language("zh")
                self.remark("extra", document, rule, finding.span, said)

    def remark(
        self, kind: str, document: Document, rule: str, span: Span, said: str
    ) -> None:
        """Keep a place to be read."""
        text = span.of(document.text)[:40].replace("\n", "↵")
        name = Path(document.origin.path).name
        self.remarks.append(f"{kind:7} {rule} {name} {text!r} {said}")


def meet(some: list[Span], others: list[Span]) -> bool:
    return any(touch(one, other) for one in some for other in others)


def measure(folders: list[Path], listing: bool) -> None:
    tally = Tally()
    for folder in folders:
        for report, labels in checked(folder):
            tally.add(report, labels)
    names = " ".join(folder.name for folder in folders)
    print(
        f"sets {names}: {tally.drafts} drafts, {tally.clean} clean ones, "
        f"{tally.quiet} of these without a finding"
    )
    print("rule      labels  found  recall  findings  right  precision")
    total: Counter[str] = Counter()
    for rule in RULES:
        row(rule, tally.counts[rule])
        total.update(tally.counts[rule])
    row("all", total)
    print(*(tally.remarks if listing else ()), sep="\n")


def row(rule: str, count: Counter[str]) -> None:
    recall = count["found"] / count["labels"] if count["labels"] else 1
    precision = count["right"] / count["findings"] if count["findings"] else 1
    print(
        f"{rule:8} {count['labels']:7} {count['found']:6} {recall:7.2f} "
        f"{count['findings']:9} {count['right']:6} {precision:10.2f}"
    )


GENRES = (
    "zh_gov_reports/province_2026",
    "zh_gov_reports/national",
    "zh_gov_notices/docs",
)


def alarms(data: Path, sample: int) -> None:
    """Count what the rules say of real documents of the same genres."""
    chosen = random.Random(0)
    checker = Checker(None, today=TODAY)
    for name in GENRES:
        documents, _ = read_all([str(data / name)])
        size = sum(len(document.text) for document in documents)
        found: dict[str, list[str]] = defaultdict(list)
        for document in documents:
            report = checker.check(document)
            path = Path(report.draft.origin.path).name
            for finding in report.findings:
                said = f"    {path} {finding.in_language('zh')}"
                found[finding.rule].append(said)
        print(f"{name}: {len(documents)} documents, {size:,} characters")
        for rule in ALONE:
            count = len(found[rule])
            print(f"  {rule:8} {count:5} {1e4 * count / size:8.3f} in 10,000")
            print(*chosen.sample(found[rule], min(sample, count)), sep="\n", end="")
            print("\n" if sample and count else "", end="")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--alarms", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    options = parser.parse_args()
    if options.alarms:
        alarms(options.alarms, options.sample)
    else:
        folders = options.sets or sorted(
            path for path in HERE.iterdir() if path.is_dir()
        )
        measure(folders, options.list)


if __name__ == "__main__":
    main()
