"""How well the rules find planted faults, and how often they speak without one.

    python benchmarks/faults.py [--set own|blind|sources] [--list]
    python benchmarks/faults.py --alarms DATA [--sample N]

`benchmarks/faults/own` has invented reports in which what was planted is marked in
place, ⟦SLOT001|xx⟧; those without a mark are clean. A mark is found if a finding of its
rule touches it; a finding is right if it touches a mark of its rule. The reports of the
demonstration corpus without a planted slip or repeat are clean, too, but for VOID001:
nobody marked their empty paragraphs. `--set blind` measures reports by a writer who
had not seen the rules' code; `--set sources` the rules that need a corpus or a notice,
on drafts by such a writer, too, each in a folder with its sources (`labels.jsonl` says
what is wrong with it). `benchmarks/results/faults.txt` has all.

`--alarms` counts what each rule says of real documents, which nobody labelled: findings
in 10,000 characters, and N of them to be read.
"""

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from detector.config import Config
from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.model.finding import Finding
from detector.model.report import Report
from detector.model.span import Span
from detector.pipeline import Checker, read_all

HERE = Path(__file__).parent / "faults"
DEMO = Path(__file__).parents[1] / "corpora" / "demo"
SLIPS = {"霁浦镇/2024-工作总结.txt", "云坞湖新区管委会/2024-工作总结.txt"}
RULES = tuple(
    f"{name}{number:03}"
    for name, number in (
        *(("SUBS", n) for n in (1, 2)),
        ("TIME", 1),
        *(("SLOT", n) for n in (1, 2)),
        *(("SELF", n) for n in (1, 2)),
        ("HIDE", 1),
        ("VOID", 1),
    )
)
"""Those that need no corpus."""
TODAY = date(2026, 11, 25)


_MARK = re.compile("⟦([A-Z0-9,]*)\\|([^⟦⟧]*)⟧")


class Fault(NamedTuple):
    """What was planted, and where."""

    rule: str
    span: Span


def unmarked(marked: str) -> tuple[str, list[Fault]]:
    """Return a text without its marks, and what they say."""
    text, faults, done = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[done : mark.start()]
        span = Span(len(text), len(text) + len(mark[2]))
        faults += [Fault(rule, span) for rule in mark[1].split(",") if rule in RULES]
        text += mark[2]
        done = mark.end()
    return text + marked[done:], faults


def touch(one: Span, others: Iterable[Span]) -> bool:
    return any(one.overlaps(other) or one == other for other in others)


def about(finding: Finding) -> list[Span]:
    return list(finding.places or (finding.span,))


WITH_SOURCES = ("YEAR001", "YEAR002", "UPST001", "COPY003")
FAULT = {"carried": "YEAR001", "restates": "UPST001", "spliced": "COPY003"}


def with_sources() -> Iterator[tuple[Report, list[Fault], Sequence[str]]]:
    """Yield each draft that is checked against sources of its own, with its faults."""
    folder = HERE / "sources"
    for line in (folder / "labels.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        case = folder / label["folder"]
        issued = (str(case / "issued.txt"),) if "upst" in case.name else ()
        texts = [
            Document.from_text(
                path.read_text("utf-8"),
                str(path),
                organisation=path.parent.name,
                year=path.name[:4],
            )
            for path in sorted(case.glob("corpus/*/*.txt"))
        ]
        corpus = Corpus(str(case), tuple(texts)) if texts else None
        checker = Checker(corpus, Config(issued=issued), today=TODAY)
        draft = Document.from_text((case / "draft.txt").read_text("utf-8"), case.name)
        rule = FAULT.get(label["fault"])
        faults = [Fault(rule, Span(0, 0))] if rule else []
        for figure in label.get("unmoved", ()):
            at = draft.text.index(figure)
            faults.append(Fault("YEAR002", Span(at, at + len(figure))))
        yield checker.check(draft), faults, WITH_SOURCES


def checked(name: str) -> Iterator[tuple[Report, list[Fault], Sequence[str]]]:
    """Yield each report with its faults and the rules that are measured on it."""
    checker = Checker(None, today=TODAY)
    for path in sorted(HERE.glob(f"{name}/*.txt")):
        text, faults = unmarked(path.read_text("utf-8"))
        yield checker.check(Document.from_text(text, path.name)), faults, RULES
    if name != "own":
        return
    planted = {
        json.loads(line)["draft"]
        for line in (DEMO / "truth.jsonl").read_text("utf-8").splitlines()
        if json.loads(line)["edit"] == "self_repeat"
    }
    documents, _ = read_all([str(DEMO)])
    for document in documents:
        path = Path(document.origin.path).relative_to(DEMO).as_posix()
        if path not in planted | SLIPS:
            rules = [rule for rule in RULES if rule != "VOID001"]
            yield checker.check(document), [], rules


class Tally:
    """What was planted, what was found, and what was told besides."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.remarks: list[str] = []
        self.drafts = self.clean = self.quiet = 0

    def add(self, report: Report, faults: list[Fault], rules: Sequence[str]) -> None:
        """Compare what a report says with what was planted."""
        document = report.draft
        findings = [f for f in report.findings if f.rule in rules]
        self.drafts += 1
        self.clean += not faults
        self.quiet += not faults and not findings
        for rule, span in faults:
            hit = any(f.rule == rule and touch(span, about(f)) for f in findings)
            self.counts[rule].update(labels=1, found=int(hit))
            if not hit:
                self.remark("missed", document, rule, span, "")
        for finding in findings:
            rule, here = finding.rule, about(finding)
            right = any(rule == one and touch(span, here) for one, span in faults)
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


def measure(name: str, listing: bool) -> None:
    tally = Tally()
    sets = with_sources() if name == "sources" else checked(name)
    for report, faults, rules in sets:
        tally.add(report, faults, rules)
    print(
        f"{tally.drafts} reports, {tally.clean} clean ones, "
        f"{tally.quiet} of these without a finding"
    )
    print("rule      planted  found  recall  findings  right  precision")
    total: Counter[str] = Counter()
    for rule in WITH_SOURCES if name == "sources" else RULES:
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
        for rule in RULES:
            count = len(found[rule])
            print(f"  {rule:8} {count:5} {1e4 * count / size:8.3f} in 10,000")
            print(*chosen.sample(found[rule], min(sample, count)), sep="\n", end="")
            print("\n" if sample and count else "", end="")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--set",
        choices=("own", "blind", "blind2", "blind3", "blind4", "sources"),
        default="own",
    )
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--alarms", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    options = parser.parse_args()
    if options.alarms:
        alarms(options.alarms, options.sample)
    else:
        measure(options.set, options.list)


if __name__ == "__main__":
    main()
