"""What to rewrite first, what no measure answers, and what is kept silent."""

from collections.abc import Iterator

from rich.text import Text

from detector.model.report import Advice, IgnoreStatus, Report
from detector.reporters.places import place
from detector.reporters.terminal.lines import cut, whole
from detector.reporters.terminal.look import Look
from detector.reporters.wording import LACKS, comment_code
from detector.text.visible import visible

_MOST = 5
"""Paragraphs, problems and silenced findings on a page."""
_HEAD = 48
"""Cells of a heading that is quoted."""


def advice(report: Report, look: Look) -> Iterator[Text]:
    """Yield what to rewrite first: why, from where, and which facts it needs."""
    if not report.advice:
        return
    yield from look.title(look.say("R-advice"))
    for number, one in enumerate(report.advice[:_MOST], 1):
        yield from _one(report, number, one, look)


def _one(report: Report, number: int, one: Advice, look: Look) -> Iterator[Text]:
    where = place(report.draft, one.span.start, look.language)
    line = Text(f"{number}  ", "bold").append(whole(visible(where)))
    line.append(f"  {look.say(one.code, **one.facts)}")
    if one.source:
        line.append(" " + look.say("R-advice-source", path=visible(one.source)))
    yield from look.fit(line, "  ", "     ")
    needs = [look.say(LACKS[kind]) for kind in one.lacks]
    gap = look.say("R-list-gap")
    if needs:
        said = look.say("R-advice-lacks", kinds=gap.join(needs))
        yield from look.fit(Text(said, "dim"), "     ")
    if one.kept:
        kept = gap.join(
            visible(span.of(report.draft.text)) for span in one.kept[:_MOST]
        )
        said = look.say("R-advice-kept", facts=kept)
        yield from look.fit(Text(said, "dim"), "     ")


def answers(report: Report, look: Look) -> Iterator[Text]:
    """Yield the problems that no measure takes up."""
    if not report.answers:
        return
    text = report.draft.text
    open_ones = [one for one in report.answers if one.measure is None]
    facts = {"count": len(open_ones), "problems": len(report.answers)}
    yield from look.title(look.say("R-answers", **facts))
    for one in open_ones[: 2 * _MOST]:
        where = visible(place(report.draft, one.problem.start, look.language))
        said = cut(one.problem.of(text).strip(), _HEAD)
        yield from look.fit(Text(f"{whole(where)}  {said}"), "  ", "    ")
    if more := len(open_ones[2 * _MOST :]):
        yield from look.fit(Text(look.say("R-more", count=more), "dim"), "  ")


def silenced(report: Report, look: Look) -> Iterator[Text]:
    """Yield what is not told, why, and which comments are not followed."""
    unheard = [one for one in report.remarks if one.status is not IgnoreStatus.USED]
    if not report.silenced and not unheard:
        return
    yield from look.title(look.say("R-ignored", count=len(report.silenced)))
    counts: dict[tuple[str, str, str], int] = {}
    for one in report.silenced:
        key = (one.finding.rule, one.reason, one.until)
        counts[key] = counts.get(key, 0) + 1
    for (rule, reason, until), count in counts.items():
        why = visible(reason) or look.say("R-ignored-configuration")
        code = "R-ignored-until" if until else "R-ignored-one"
        said = look.say(code, rule=rule, count=count, why=why, until=visible(until))
        yield from look.fit(Text(said), "  ", "    ")
    for remark in unheard:
        where = visible(place(report.draft, remark.span.start, look.language))
        facts = {
            "rules": " ".join(map(visible, remark.rules)) or "–",
            "until": visible(remark.until),
            "unread": cut(visible(remark.unread), _HEAD),
        }
        said = look.say(comment_code(remark), **facts)
        yield from look.fit(Text(f"{whole(where)}  {said}", "yellow"), "  ", "    ")
