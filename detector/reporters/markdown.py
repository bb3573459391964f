"""Markdown for a pull request: the documents in a table, then what was found in each.

Text of documents and names of files can make no markup, link, mention or reference:
what could begin one is escaped (CommonMark 2.4), and ``@``, ``#``, ``<`` and ``&`` are
character references, which GitHub's own extensions do not see. A comment there has
65,536 characters at the most; what does not fit is counted.
"""

import re
from collections.abc import Iterator

from detector.messages import Language, say
from detector.model.finding import Finding, Level
from detector.model.ledger import SHOWN
from detector.model.match import Label
from detector.model.report import Batch, Report
from detector.reporters.figures import whole_columns
from detector.reporters.grouping import (
    count_levels,
    grouped,
    worst_findings,
    worst_first,
)
from detector.reporters.places import place_in_file, place_within
from detector.reporters.stated import figures, match_facts
from detector.reporters.wording import NOTICE
from detector.text.visible import visible

_LONGEST = 60_000
SIGNS = {Level.ERROR: "🔴", Level.WARNING: "🟡", Level.NOTE: "🔵"}
_FINDINGS, _PASSAGES, _ADVICE = 30, 8, 5
"""Of one document."""
_FACTS = 4
"""Reason, kind, identity and credit."""
_QUOTED = 120
_PUNCTUATION = re.compile(
    r"[\\`*_\[\]()<>#&|~!@$^]|:(?=//|[\w+-]+:)|(?<=[Ww]{3})\.|\A[-+=]|(?<=\A\d)[.)]"
    r"|(?<=\A\d\d)[.)]|%(?=\d)|(?<=GH)-(?=\d)"
)
"""What makes markup anywhere, a link, an emoji, or a list at the beginning."""
_REFERENCED = frozenset("@#<>&%")


def render(batch: Batch, language: Language) -> bytes:
    """Return the summary as UTF-8, the worst documents first."""
    reports = worst_first(batch.reports)
    parts = [_head(batch, language)]
    left = 0
    size = len(parts[0])
    for report in reports:
        part = "\n".join(_of_one(report, language))
        if size + len(part) > _LONGEST:
            left += 1
            continue
        size += len(part)
        parts.append(part)
    if left:
        parts.append(say("R-markdown-more", language, count=left) + "\n")
    parts.append(f"_{escaped(say(NOTICE, language))}_\n")
    return "\n".join(parts).encode("utf-8", "replace")


def escaped(text: str) -> str:
    r"""Return text that Markdown takes for text.

    >>> escaped("*a* @b <c> 甲|乙")
    '\\*a\\* &#64;b &#60;c&#62; 甲\\|乙'
    """

    def one(match: re.Match[str]) -> str:
        sign = match[0]
        kept = sign in _REFERENCED or (sign == "-" and match.start() > 0)
        return f"&#{ord(sign)};" if kept else f"\\{sign}"

    return _PUNCTUATION.sub(one, visible(text))


def _head(batch: Batch, language: Language) -> str:
    reports = worst_first(batch.reports)
    every = [finding for report in reports for finding in report.findings]
    counts = count_levels(every)
    said = say("R-drafts", language, drafts=len(reports), **counts)
    lines = [f"## detector · {escaped(said)}", ""]
    if reports:
        names = ["draft", "findings", "counted", "originality", "copied", "self_repeat"]
        heads = [say(f"R-column-{name}", language) for name in names]
        lines += [f"| {' | '.join(heads)} |", "|---|---|--:|--:|--:|--:|"]
        lines += [_row(report) for report in reports[:_FINDINGS]]
        if more := len(reports[_FINDINGS:]):
            lines += ["", say("R-markdown-more", language, count=more)]
        lines.append("")
    if batch.errors:
        lines += [
            f"**{escaped(say('R-failed', language, count=len(batch.errors)))}**",
            "",
        ]
        told = batch.errors[:_FINDINGS]
        lines += [f"- ⛔ {escaped(error.in_language(language))}" for error in told]
        lines.append("")
    return "\n".join(lines)


def _row(report: Report) -> str:
    counts = count_levels(report.findings)
    found = " ".join(
        f"{SIGNS[level]} {counts[f'{level.value}s']}"
        for level in reversed(Level)
        if counts[f"{level.value}s"]
    )
    ledger = report.ledger
    alone = report.corpus is None
    cells = (
        escaped(report.draft.origin.path),
        found or "✓",
        f"{ledger.counted:,}",
        "–" if alone else f"{report.originality:.1f}",
        "–" if alone else f"{ledger.share(Label.COPIED):.1%}",
        f"{ledger.share(Label.SELF_REPEAT):.1%}",
    )
    return f"| {' | '.join(cells)} |"


def _of_one(report: Report, language: Language) -> Iterator[str]:
    yield f"### {escaped(report.draft.origin.path)}"
    yield ""
    columns = whole_columns(report.ledger)
    yield " · ".join(
        f"{say(f'R-label-{label.value}', language)} {columns[label]:,}"
        for label in SHOWN
    )
    yield ""
    for name, value, detail in figures(report, language):
        said = say(f"R-figure-{name}", language)
        yield f"- {said} **{escaped(value)}** – {escaped(detail)}"
    yield ""
    yield from _findings(report, language)
    yield from _advice(report, language)
    yield from _passages(report, language)


def _findings(report: Report, language: Language) -> Iterator[str]:
    ranked = worst_findings(report)
    for finding in ranked[:_FINDINGS]:
        yield _finding(report, finding, language)
    if more := len(ranked[_FINDINGS:]):
        yield f"- {escaped(say('R-findings-more', language, count=more))}"
    if not ranked:
        yield escaped(say("R-findings-none", language))
    yield ""


def _finding(report: Report, finding: Finding, language: Language) -> str:
    where = place_within(report.draft, finding.span, language)
    said = finding.in_language(language)
    sign = SIGNS[finding.level]
    level = say(f"R-level-{finding.level.value}", language)
    return f"- {sign} {level} `{finding.rule}` {escaped(where)} – {escaped(said)}"


def _advice(report: Report, language: Language) -> Iterator[str]:
    if not report.advice:
        return
    yield f"**{escaped(say('R-advice', language))}**"
    yield ""
    for number, one in enumerate(report.advice[:_ADVICE], 1):
        where = place_within(report.draft, one.span, language)
        said = say(one.code, language, **one.facts)
        source = f" ({escaped(one.source)})" if one.source else ""
        yield f"{number}. {escaped(where)} – {escaped(said)}{source}"
    yield ""


def _passages(report: Report, language: Language) -> Iterator[str]:
    groups = grouped(report.matches)
    ranked = sorted(groups, key=lambda group: -group[0].credit)[:_PASSAGES]
    if not ranked:
        return
    said = escaped(say("R-passages", language, count=len(groups)))
    yield f"<details><summary>{said}</summary>"
    yield ""
    for match, *_ in ranked:
        source = place_in_file(match.source.document, match.source.start, language)
        facts = " · ".join(match_facts(match, language)[:_FACTS])
        yield f"- {match.id} ← {escaped(source)} – {escaped(facts)}"
        text = match.draft.text
        cut = f"{text[:_QUOTED]}…" if len(text) > _QUOTED else text
        yield f"  > {escaped(cut)}"
    yield ""
    yield "</details>"
    yield ""
