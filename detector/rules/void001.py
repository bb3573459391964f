"""VOID001: a paragraph without one fact that a reader could look up, count or go to."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from detector.model.finding import Finding, Level
from detector.model.report import Report
from detector.model.span import Span
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject

_TITLE, _LISTED = 4, 3
"""Characters of a heading, and headings, by which a paragraph announces them."""


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each long paragraph that no fact is in."""
    report = subject.report
    counted = dict(report.paragraphs)
    for span in empty_paragraphs(report, options.void_shortest):
        facts: dict[str, object] = {"counted": counted[span].counted}
        yield finding(report, "VOID001", Level.NOTE, span, **facts)


def empty_paragraphs(report: Report, shortest: int) -> Iterator[Span]:
    """Yield the paragraphs of `shortest` counted characters and more without a fact."""
    starts = [fact.span.start for fact in report.facts]
    titles = [
        (part.section.heading.start, part.section.title)
        for part in report.sections
        if len(part.section.title) >= _TITLE
    ]
    text = report.draft.text
    at = 0
    for span, ledger in report.paragraphs:
        while at < len(starts) and starts[at] < span.start:
            at += 1
        inside = at < len(starts) and starts[at] < span.end
        if (
            ledger.counted >= shortest
            and not inside
            and not _announces(span, titles, text)
        ):
            yield span


def _announces(span: Span, titles: Sequence[tuple[int, str]], text: str) -> bool:
    """Tell whether a paragraph lists the headings of the text: nothing else is due."""
    first = bisect_left(titles, span.end, key=lambda one: one[0])
    said = span.of(text)
    return len({title for _, title in titles[first:] if title in said}) >= _LISTED
