"""What is kept silent: by a comment in the document, or by the configuration."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from detector.model.document import Document
from detector.model.finding import Finding
from detector.model.report import IgnoreStatus, Remark, Silenced
from detector.model.span import Span
from detector.rules._common import examples
from detector.text.ignores import IgnoreComment, find_ignores

_OF_TWO_SIDES = frozenset({"SELF002"})
"""Rules whose findings say nothing about one place without the other."""


class Silence:
    """Sorts findings into those that are told and those that are kept silent.

    Parameters
    ----------
    ignored : sequence of str
        Rules that the configuration ignores.
    known : iterable of str
        All rules there are.
    today : str
        As ``2026-11-25``: comments that held until an earlier day hold no longer.
    """

    def __init__(
        self,
        document: Document,
        ignored: Sequence[str],
        known: Iterable[str],
        today: str,
    ) -> None:
        self._document = document
        self._ignored = frozenset(map(str.upper, ignored))
        names = frozenset(known)
        self._comments = [
            (one, _status(one, names, today)) for one in find_ignores(document)
        ]
        self._used: set[int] = set()

    def sort(self, findings: Iterable[Finding]) -> tuple[list[Finding], list[Silenced]]:
        """Return the findings that are told, and those that are not."""
        told: list[Finding] = []
        silenced: list[Silenced] = []
        for finding in findings:
            if finding.rule in self._ignored:
                silenced.append(Silenced(finding))
                continue
            rest, quiet = self._by_comments(finding)
            told += [rest] if rest else []
            silenced += quiet
        return told, silenced

    def remarks(self) -> tuple[Remark, ...]:
        """Return the comments of the document, each with what came of it."""
        return tuple(self._remarks())

    def _remarks(self) -> Iterator[Remark]:
        for at, (one, status) in enumerate(self._comments):
            came = IgnoreStatus.USED if at in self._used else status
            yield Remark(
                one.span,
                one.rules,
                one.reason,
                one.until,
                came,
                one.unread or _odd_date(one),
            )

    def _by_comments(self, finding: Finding) -> tuple[Finding | None, list[Silenced]]:
        places = list(finding.places or (finding.span,))
        silenced = []
        for at, (one, status) in enumerate(self._comments):
            if status is not IgnoreStatus.UNUSED or finding.rule not in one.rules:
                continue
            quiet = [place for place in places if _is_about(one, place)]
            if quiet and finding.rule in _OF_TWO_SIDES:
                quiet = places
            if quiet:
                self._used.add(at)
                places = [place for place in places if place not in quiet]
                part = self._at(finding, quiet)
                silenced.append(Silenced(part, one.reason, one.until))
        if not silenced:
            return finding, []
        return (self._at(finding, places) if places else None), silenced

    def _at(self, finding: Finding, places: Sequence[Span]) -> Finding:
        """Return what is left of a finding at some of its places."""
        if not finding.places:
            return finding
        line, column = self._document.line_and_column(places[0].start)
        facts = {**finding.facts, "count": len(places)}
        if isinstance(each := finding.facts.get("each"), tuple):
            told = zip(finding.places, each, strict=True)
            kept = tuple(one for place, one in told if place in places)
            facts |= {"each": kept, "examples": examples(kept)}
        return replace(
            finding,
            span=places[0],
            line=line,
            column=column,
            facts=facts,
            places=tuple(places),
        )


def _status(one: IgnoreComment, known: frozenset[str], today: str) -> IgnoreStatus:
    if one.unread or not one.is_dated_well:
        return IgnoreStatus.MISWRITTEN
    if not one.rules or not known.issuperset(one.rules):
        return IgnoreStatus.UNKNOWN_RULE
    if not one.reason:
        return IgnoreStatus.NO_REASON
    if one.is_over(today):
        return IgnoreStatus.EXPIRED
    return IgnoreStatus.UNUSED


def _odd_date(one: IgnoreComment) -> str:
    return "" if one.is_dated_well else f"until={one.until}"


def _is_about(one: IgnoreComment, place: Span) -> bool:
    if not place:
        return one.whole and place.start == 0
    return place.start < one.scope.end and place.end > one.scope.start
