"""HIDE001: characters that are not seen, or are not what they look like."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

from detector.model.document import Document, Unseen
from detector.model.finding import Finding, Level
from detector.model.report import Report
from detector.model.span import Span, merge
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject
from detector.text.markup import find_markup
from detector.traces.drawn_out import COVER
from detector.traces.hidden import Trick, find_hidden

HIDDEN_TEXT = "X102"
"""Characters that the file marks as hidden; they are not in the text."""
_WITHIN = re.compile(r"<!--|</?(?:a|b|em|font|i|span|strong|u|wbr)\b", re.IGNORECASE)
"""Markup after which a word goes on."""
_SHOWN, _LONGEST_PLACE = 4, 24
"""Code points that are named of a place; its characters that are quoted: a place may be
a line of any length."""


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
    for hidden in find_hidden(subject.text, _covered(report.draft)):
        if hidden.trick is Trick.RADICAL and converted:
            continue  # what fonts of such files say
        first, last = hidden.places[0], hidden.places[-1]
        quoted = Span(first.start, min(first.end, first.start + _LONGEST_PLACE))
        facts = {
            "count": len(hidden.places),
            "around": subject.around(quoted),
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


def _covered(document: Document) -> str:
    """Return the text with its markup covered, so that it is as long as it was."""
    pieces: list[str] = []
    text, at = document.text, 0
    for span in merge(find_markup(document)):
        # A link of nothing is markup with its brackets.
        start = span.start - 2 * text.endswith("[]", at, span.start)
        within = start < span.start or _WITHIN.match(text, start)
        pieces += text[at:start], (COVER if within else " ") * (span.end - start)
        at = span.end
    return "".join([*pieces, text[at:]])


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
