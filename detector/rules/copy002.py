"""COPY002: most of the document stands in one other document."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detector.model.document import Document
from detector.model.finding import Finding, Level
from detector.model.match import CARRIED_OVER, ISSUED, Label, Match
from detector.rules._common import by_source, of_source
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject

_TOLD = 3
"""Sources that are told of: of others, and of one's own; of those of one form, one."""
_MANY = 3
"""Organisations that have the same form; of versions without an owner none counts."""


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield findings for the nearest sources that hold `twin_share` of the draft.

    A document of the same organisation is a warning: YEAR001 tells more about it. So is
    what is mostly boilerplate, as in two forms that were filled in.
    """
    report = subject.report
    others = (m for m in report.matches if not m.within and m.reason != ISSUED)
    enough = options.twin_share * report.ledger.counted
    twins = [one for one in by_source(report, others) if one[1] >= enough]
    twins.sort(key=lambda one: (-one[1], one[0].origin.path))
    nobodys = {"", report.draft.origin.organisation}
    owners = {source.origin.organisation for source, *_ in twins} - nobodys
    groups: dict[str, list[tuple[Document, int, list[Match]]]] = defaultdict(list)
    for twin in twins:
        common = len(owners) >= _MANY and _is_common(twin[2], options.copy_shortest)
        own = any(match.reason == CARRIED_OVER for match in twin[2])
        groups["common" if common else "own" if own else "others"].append(twin)
    for name, group in groups.items():
        common = name == "common"
        for source, equal, matches in group[: 1 if common else _TOLD]:
            level = Level.ERROR if name == "others" else Level.WARNING
            stated = of_source(report, "COPY002", level, source, equal, matches)
            if common or len(twins) > 1:
                facts = {**stated.facts, "documents": len(twins)}
                message = "COPY002.common" if common else "COPY002.several"
                stated = replace(stated, message=message, facts=facts)
            yield stated


def _is_common(matches: Sequence[Match], shortest: int) -> bool:
    """Tell whether what a source has of the draft is boilerplate, or next to all of it.

    Of a form that was filled in with the answers of another, the answers are left.
    """
    copied = sum(match.weight * match.alignment.equal for match in matches)
    return copied < shortest and any(m.label is Label.BOILERPLATE for m in matches)
