"""HIDE001: characters that are not seen, or are not what they look like."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from detector.model.document import Unseen
from detector.model.finding import Finding, Level
from detector.model.report import Report
from detector.model.span import Span
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject
from detector.text.markup import find_markup
from detector.traces.hidden import Trick, find_hidden

HIDDEN_TEXT = "X102"
"""Characters that the file marks as hidden; they are not in the text."""
_BETWEEN = {Trick.FILLER, Trick.SET_APART}
_MARKED = 10
"""Links, tags and the like of a line that are a habit."""
_SHOWN = 4
"""Code points that are named of a place."""


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield a finding for each paragraph and kind, and one for text that is hidden."""
    del options
    report = subject.report
    for omission in report.draft.omissions:
        if omission.code == HIDDEN_TEXT:
            facts: dict[str, object] = {"count": omission.count}
            stated = finding(report, "HIDE001", Level.WARNING, Span(0, 0), **facts)
            yield replace(stated, message="HIDE001.hidden")
    for (unseen, _), group in groupby(report.draft.unseen, _kind_and_line(report)):
        spans = tuple(span for _, span in group)
        facts = {"count": sum(map(len, spans))}
        stated = finding(report, "HIDE001", Level.WARNING, spans[0], **facts)
        stated = replace(stated, message=f"HIDE001.{Unseen(unseen).value}")
        yield replace(stated, places=spans) if len(spans) > 1 else stated
    converted = report.draft.origin.reader == "pdf"

    @cache
    def marked() -> list[int]:
        return sorted(span.start for span in find_markup(report.draft))

    for hidden in find_hidden(subject.text):
        if hidden.trick is Trick.RADICAL and converted:
            continue  # what fonts of such files say
        if hidden.trick in _BETWEEN and _is_markup(marked(), hidden.places):
            continue  # which is looked through
        first, last = hidden.places[0], hidden.places[-1]
        facts = {
            "count": len(hidden.places),
            "around": subject.around(first),
            "points": " ".join(
                sorted(
                    {p for one in hidden.places for p in _points(one.of(subject.text))}
                )[:_SHOWN]
            ),
        }
        stated = finding(
            report, "HIDE001", Level.WARNING, Span(first.start, last.end), **facts
        )
        yield replace(stated, message=f"HIDE001.{hidden.trick.value}")


def _is_markup(marked: Sequence[int], places: Sequence[Span]) -> bool:
    """Tell whether what stands between letters is what marks them up."""
    inside = (
        bisect_left(marked, place.end) - bisect_left(marked, place.start)
        for place in places
    )
    return sum(inside) > _MARKED


def _kind_and_line(
    report: Report,
) -> Callable[[tuple[Unseen, Span]], tuple[Unseen, int]]:
    return lambda one: (one[0], report.draft.line_and_column(one[1].start)[0])


def _points(said: str) -> list[str]:
    """Return the code points of the characters that matter in what was found."""
    odd = [
        char for char in said if not (char.isascii() or "\u3400" <= char <= "\u9fff")
    ]
    return [f"U+{ord(char):04X}" for char in odd or said[:1]]
