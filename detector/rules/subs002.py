"""SUBS002: a name, or a way of speaking of itself, that is another organisation's."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from detector.model.finding import Finding, Level
from detector.model.match import Match
from detector.model.span import Span
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject
from detector.traces.identity import find_aliens, owner_of

_NOTES = frozenset({"SUBS002.audience"})
_OFTEN, _LEFT = 2, 3
"""Exchanges that make a substitution, and places beyond which it was none."""


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each place that speaks as somebody else."""
    del options
    report = subject.report
    told: list[Span] = []
    for old, new, span, match in _left(subject):
        told.append(span)
        facts: dict[str, object] = {
            "said": old,
            "new": new,
            "path": match.source.document.origin.path,
        }
        stated = finding(report, "SUBS002", Level.WARNING, span, **facts)
        yield replace(stated, message="SUBS002.left", matches=(match.id,))
    owner = owner_of(subject.owner, subject.text)
    if not owner:
        return
    for alien in find_aliens(subject.text, owner, subject.names, subject.neighbours):
        if any(
            span.start < alien.span.end and alien.span.start < span.end for span in told
        ):
            continue
        level = Level.NOTE if alien.code in _NOTES else Level.WARNING
        stated = finding(report, "SUBS002", level, alien.span, **alien.facts)
        yield replace(stated, message=alien.code)


def _left(subject: Subject) -> Iterator[tuple[str, str, Span, Match]]:
    """Yield names of a source that were replaced elsewhere, and were left here."""
    seen: set[Span] = set()
    for matches in _by_source(subject.report.matches):
        for (old, new), count in sorted(_exchanged(matches).items()):
            if count < _OFTEN or not _is_exchange(subject, old, new, count):
                continue
            places = subject.places_of(old)
            if len(places) >= min(count, _LEFT):
                continue
            for span in places:
                if span not in seen:
                    seen.add(span)
                    yield old, new, span, matches[0]


def _by_source(matches: Iterable[Match]) -> Iterable[list[Match]]:
    found: defaultdict[str, list[Match]] = defaultdict(list)
    for match in matches:
        if not match.within:
            found[match.source.document.id].append(match)
    return found.values()


def _exchanged(matches: Sequence[Match]) -> Counter[tuple[str, str]]:
    """Return which wordings of a source stand otherwise in the draft, how often."""
    counts: Counter[tuple[str, str]] = Counter()
    for match in matches:
        for old, new, count in match.substitutions:
            counts[old, new] += count
    return counts


def _is_exchange(subject: Subject, old: str, new: str, count: int) -> bool:
    apart = old not in new and new not in old
    return apart and subject.is_name(old) and subject.text.count(new) >= count
