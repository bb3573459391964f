"""What a report takes over from an earlier one of the same organisation."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from detector.model.alignment import Run
from detector.model.document import Document
from detector.model.match import Match
from detector.model.report import CarryOver, ChangedFact, Fact
from detector.model.span import Span
from detector.text.facts import find_facts
from detector.text.scripts import NUMERAL
from detector.text.units import Units

_SIGNS = re.compile(r"\s|(?<=\d)[,，](?=\d{3})")
_FIGURES = re.compile(rf"[\d.,，{NUMERAL}两\s]+")


def carry_over(
    draft: Document, units: Units, matches: Sequence[Match], facts: Sequence[Fact]
) -> CarryOver | None:
    """Return how far the draft follows the earlier report that it follows most.

    Earlier are documents of the draft's own organisation and of a year before its own;
    where one of these is not known, nothing is said.
    """
    earlier: dict[str, list[Match]] = {}
    for match in matches:
        if _is_earlier(match.source.document, draft):
            earlier.setdefault(match.source.document.id, []).append(match)
    if not earlier or not len(units):
        return None

    def equal(group: Sequence[Match]) -> int:
        spans = [span for match in group for span in match.alignment.equal_spans()]
        return int(units.mask(spans).sum())

    best = max(earlier.values(), key=lambda group: (equal(group), group[0].id))
    kept, changed = [], []
    for fact in facts:
        before = next(filter(None, (_before(fact, match) for match in best)), "")
        said = fact.span.of(draft.text)
        if _plain(before) == _plain(said):
            kept.append(fact)
        elif alike := _alike(fact, said, before):
            changed.append(ChangedFact(fact, alike))
    source = best[0].source.document
    return CarryOver(source, equal(best) / len(units), tuple(kept), tuple(changed))


def _is_earlier(source: Document, draft: Document) -> bool:
    ours, theirs = draft.origin, source.origin
    same = bool(ours.organisation) and ours.organisation == theirs.organisation
    return same and "" < theirs.year < ours.year


def _before(fact: Fact, match: Match) -> str | None:
    """Return what stands in the source where the draft has a fact, if it has that."""
    runs = match.alignment.runs
    first = bisect_right(runs, fact.span.start, key=lambda run: run.draft.end)
    touched = [
        run
        for run in runs[first:]
        if run.draft.start < fact.span.end and run.draft.end > fact.span.start
    ]
    covered = sum(len(run.draft & fact.span) for run in touched)
    if not touched or covered < len(fact.span) - len(touched) + 1:
        return None
    return "".join(_texts(touched, fact.span, match.source.document.text))


def _alike(fact: Fact, said: str, found: str) -> str | None:
    """Return the specific of `found` that counts the same thing as `said` does."""
    for other in find_facts(found):
        text = other.span.of(found)
        if other.kind == fact.kind and _counted(text) == _counted(said):
            return text
    return None


def _plain(fact: str) -> str:
    """Return a specific without what its figures may be written with."""
    return _SIGNS.sub("", normalize("NFKC", fact))


def _counted(fact: str) -> str:
    return _FIGURES.sub("", fact)


def _texts(runs: Sequence[Run], span: Span, source: str) -> Iterator[str]:
    for run in runs:
        part = run.draft & span
        if run.change == "equal" and len(run.draft) == len(run.source):
            start = run.source.start + part.start - run.draft.start
            yield source[start : start + len(part)]
        else:
            yield run.source.of(source)
