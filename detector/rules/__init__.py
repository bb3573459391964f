"""What a rule states about a report: one small file a rule, one explicit table."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from detector.model.finding import Finding
from detector.model.report import Remark, Report, Silenced
from detector.rules import (
    boil001,
    boil002,
    copy001,
    copy002,
    copy003,
    extr001,
    hide001,
    self001,
    self002,
    slot001,
    slot002,
    subs001,
    subs002,
    time001,
    upst001,
    void001,
    year001,
    year002,
)
from detector.rules.options import RuleOptions
from detector.rules.silence import Silence
from detector.rules.subject import Subject
from detector.text.rules import normalize
from detector.text.units import count_units

Rule: TypeAlias = Callable[[Subject, RuleOptions], Iterator[Finding]]

RULES: Mapping[str, Rule] = {
    "SELF001": self001.find,
    "SELF002": self002.find,
    "COPY001": copy001.find,
    "COPY002": copy002.find,
    "COPY003": copy003.find,
    "YEAR001": year001.find,
    "YEAR002": year002.find,
    "UPST001": upst001.find,
    "BOIL001": boil001.find,
    "BOIL002": boil002.find,
    "SLOT001": slot001.find,
    "SLOT002": slot002.find,
    "SUBS001": subs001.find,
    "SUBS002": subs002.find,
    "TIME001": time001.find,
    "VOID001": void001.find,
    "HIDE001": hide001.find,
    "EXTR001": extr001.find,
}
OF_PAIRS = frozenset(
    {
        "SELF001",
        "COPY001",
        "COPY002",
        "COPY003",
        "YEAR001",
        "YEAR002",
        "UPST001",
        "HIDE001",
        "EXTR001",
    }
)
"""Rules about what two texts share, how they were read, and what hides in the draft:
those of a comparison."""
_AT_ONCE = 1 << 16
"""Units whose codes are digested at once."""


class Judged(NamedTuple):
    """What the rules say of a report, and what is kept silent."""

    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...]
    remarks: tuple[Remark, ...]


def apply_rules(
    subject: Subject,
    options: RuleOptions,
    today: str = "",
    only: frozenset[str] = frozenset(RULES),
) -> Judged:
    """Return the findings of the rules, in order of the draft, told and silenced.

    Parameters
    ----------
    today : str
        As ``2026-11-25``, by which comments that keep a rule silent expire.
    only : set of str
        Rules that are applied.
    """
    found = [
        finding
        for rule, find in RULES.items()
        if rule in only
        for finding in find(subject, options)
    ]
    found.sort(key=lambda finding: (finding.span, finding.rule, repr(finding.facts)))
    findings = list(_fingerprinted(subject.report, found))
    silence = Silence(subject.report.draft, options.ignore, RULES, today)
    told, silenced = silence.sort(findings)
    return Judged(tuple(told), tuple(silenced), silence.remarks())


def _fingerprinted(report: Report, findings: list[Finding]) -> Iterator[Finding]:
    """Give each finding a fingerprint of rule, file, wording and occurrence.

    Without offsets, so that an edit elsewhere in the file leaves it as it is; with the
    path, so that a known passage copied into a new file is new.
    """
    seen: Counter[bytes] = Counter()
    for finding in findings:
        head = f"{finding.rule}\0{report.draft.origin.path}\0"
        digest = hashlib.sha256(head.encode("utf-8", "surrogatepass"))
        folded = count_units(normalize(finding.span.of(report.draft.text))).codes
        # Bit by bit: a finding may be about ten million characters.
        for at in range(0, len(folded), _AT_ONCE):
            digest.update(folded[at : at + _AT_ONCE].tobytes().hex().encode())
        key = digest.digest()
        seen[key] += 1
        digest.update(f"\0{seen[key]}".encode())
        yield replace(finding, fingerprint=digest.hexdigest()[:32])
