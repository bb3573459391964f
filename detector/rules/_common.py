"""What several rules need."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from detector.model.document import Document, DocumentId
from detector.model.finding import Finding, Level
from detector.model.match import Match
from detector.model.report import Report
from detector.model.span import Span, merge
from detector.text.markup import find_markup
from detector.text.rules import normalize
from detector.text.units import count_units

_LONGEST_QUOTED = 160
_EXAMPLES = 4


def finding(
    report: Report, rule: str, level: Level, span: Span, **facts: object
) -> Finding:
    """Return a finding about `span` of the draft, worded by the message `rule`.

    Quotations are cut: a placeholder may be as long as the document.
    """
    facts = {
        name: _cut(fact) if isinstance(fact, str) and name != "path" else fact
        for name, fact in facts.items()
    }
    line, column = report.draft.line_and_column(span.start)
    return Finding(rule, level, span, line, column, rule, facts)


def _cut(quoted: str) -> str:
    if len(quoted) <= _LONGEST_QUOTED:
        return quoted
    half = _LONGEST_QUOTED // 2
    return f"{quoted[:half]}…{quoted[-half:]}"


def examples(each: Sequence[tuple[str, str]]) -> str:
    """Return what stands at some places for what, the most frequent first."""
    return "; ".join(
        f"{said} ← {meant} ×{count}"
        for (said, meant), count in Counter(each).most_common(_EXAMPLES)
    )


def by_source(
    report: Report, matches: Iterable[Match]
) -> Iterator[tuple[Document, int, list[Match]]]:
    """Yield each source of some matches, and the units of the draft equal to it."""
    groups: dict[DocumentId, list[Match]] = {}
    for match in matches:
        groups.setdefault(match.source.document.id, []).append(match)
    if not groups:
        return
    markup = find_markup(report.draft)
    units = count_units(normalize(report.draft.text), markup)
    for key, group in sorted(groups.items()):
        spans = merge(s for match in group for s in match.alignment.equal_spans())
        yield report.sources[key], int(units.mask(spans).sum()), group


def of_source(  # noqa: PLR0913, PLR0917 - what a finding about a source is made of
    report: Report,
    rule: str,
    level: Level,
    source: Document,
    equal: int,
    matches: Iterable[Match],
) -> Finding:
    """Return a finding about the whole draft: how much of it one source has."""
    stated = finding(
        report,
        rule,
        level,
        Span(0, 0),
        equal=equal,
        share=equal / report.ledger.counted,
        path=source.origin.path,
    )
    return replace(stated, matches=tuple(match.id for match in matches))


def by_passage(matches: Iterable[Match]) -> Iterator[list[Match]]:
    """Group matches whose draft passages overlap by more than half of the shorter."""
    group: list[Match] = []
    end = 0
    for match in sorted(matches, key=lambda m: (m.draft.start, -m.draft.end)):
        inside = end - match.draft.start
        if group and inside * 2 > min(len(match.draft.span), len(group[0].draft.span)):
            group.append(match)
        else:
            if group:
                yield group
            group = [match]
        end = max(end, match.draft.end)
    if group:
        yield group


def paragraph_units(report: Report, span: Span) -> int:
    """Return the counted characters of the lines of the draft that `span` touches."""
    text = report.draft.text
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    ends = [
        at for at in (text.find("\n", span.end), text.find("\r", span.end)) if at >= 0
    ]
    return _units_between(text, start, min(ends, default=len(text)))


@lru_cache(maxsize=64)
def _units_between(text: str, start: int, end: int) -> int:
    """Return how many there are; a line of a million may have as many findings."""
    return len(count_units(normalize(text[start:end])))
