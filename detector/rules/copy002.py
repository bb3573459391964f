"""COPY002: most of the document stands in one other document."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from detector.model.finding import Finding, Level
from detector.model.match import CARRIED_OVER, ISSUED, Label, Match
from detector.rules._common import by_source, of_source
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject

_TOLD = 3
"""Sources that are told of; of those that have the same form, one."""


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
    apart = [one for one in twins if not _is_common(one[2])]
    forms = [one for one in twins if _is_common(one[2])]
    for source, equal, matches in (*apart[:_TOLD], *forms[:1]):
        own = any(match.reason == CARRIED_OVER for match in matches)
        common = _is_common(matches)
        level = Level.WARNING if own or common else Level.ERROR
        stated = of_source(report, "COPY002", level, source, equal, matches)
        if common or len(twins) > 1:
            stated = replace(
                stated,
                message="COPY002.common" if common else "COPY002.several",
                facts={**stated.facts, "documents": len(twins)},
            )
        yield stated


def _is_common(matches: Sequence[Match]) -> bool:
    """Tell whether most of what a source has of the draft is boilerplate."""
    common = sum(m.alignment.equal for m in matches if m.label is Label.BOILERPLATE)
    return common * 2 > sum(match.alignment.equal for match in matches)
