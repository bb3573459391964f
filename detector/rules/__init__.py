"""What a rule states about a report: one small file a rule, one explicit table."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from detector.model.finding import Finding
from detector.model.report import Report
from detector.rules import boil001, boil002, copy001, copy002, extr001, self001, upst001
from detector.rules.options import RuleOptions
from detector.text.rules import normalize
from detector.text.units import count_units

Rule: TypeAlias = Callable[[Report, RuleOptions], Iterator[Finding]]

RULES: Mapping[str, Rule] = {
    "SELF001": self001.find,
    "COPY001": copy001.find,
    "COPY002": copy002.find,
    "BOIL001": boil001.find,
    "BOIL002": boil002.find,
    "UPST001": upst001.find,
    "EXTR001": extr001.find,
}


def apply_rules(report: Report, options: RuleOptions) -> tuple[Finding, ...]:
    """Return the findings of all rules that are not ignored, in order of the draft."""
    found = [
        finding
        for rule, find in RULES.items()
        if rule not in options.ignore
        for finding in find(report, options)
    ]
    found.sort(key=lambda finding: (finding.span, finding.rule, repr(finding.facts)))
    return tuple(_fingerprinted(report, found))


def _fingerprinted(report: Report, findings: list[Finding]) -> Iterator[Finding]:
    """Give each finding a fingerprint of rule, file, wording and occurrence.

    Without offsets, so that an edit elsewhere in the file leaves it as it is; with the
    path, so that a known passage copied into a new file is new.
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        wording = finding.span.of(report.draft.text)
        folded = count_units(normalize(wording)).codes.tobytes().hex()
        key = "\0".join((finding.rule, report.draft.origin.path, folded))
        seen[key] += 1
        digest = hashlib.sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass"))
        yield replace(finding, fingerprint=digest.hexdigest()[:32])
