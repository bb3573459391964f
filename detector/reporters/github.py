"""Annotations of GitHub Actions: workflow commands, one a line.

What a step shows is limited to ten annotations of each level: the first ones are told,
and the last notice says how many there are besides. Text of a document can end no
command and begin none (`%`, line breaks and, in properties, `:` and `,` are escaped as
GitHub's toolkit does it).
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from detector.messages import Language, say
from detector.model.finding import Finding, Level
from detector.model.report import Batch, Report
from detector.reporters.grouping import worst_first
from detector.reporters.paths import relative
from detector.reporters.places import has_lines, in_place
from detector.text.visible import visible

MOST = 10
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render(batch: Batch, language: Language) -> bytes:
    """Return the commands as UTF-8, the worst documents first."""
    return as_bytes(annotations(batch, language))


def as_bytes(lines: Iterable[str]) -> bytes:
    """Return lines as UTF-8."""
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def annotations(batch: Batch, language: Language, others: int = 0) -> Iterator[str]:
    """Yield the commands about a batch.

    Parameters
    ----------
    others : int
        Warnings that stand before them, of those that are shown.
    """
    told: Counter[Level] = Counter({Level.WARNING: others})
    room = dict.fromkeys(Level, MOST) | {Level.NOTE: MOST - 1}
    for error in batch.errors[:MOST]:
        told[Level.ERROR] += 1
        path = relative(str(error.facts.get("path", "")))
        yield command("error", error.in_language(language), file=path, title=error.code)
    left = len(batch.errors[MOST:])
    for report in worst_first(batch.reports):
        for finding in report.findings:
            if told[finding.level] >= room[finding.level]:
                left += 1
                continue
            told[finding.level] += 1
            yield _annotation(report, finding, language)
    if left:
        yield command("notice", say("R-github-more", language, count=left))


def _annotation(report: Report, finding: Finding, language: Language) -> str:
    draft = report.draft
    said = finding.in_language(language)
    told = {
        "file": relative(draft.origin.path),
        "title": f"{finding.rule} {say(f'{finding.rule}.title', language)}",
    }
    if not has_lines(draft):
        if finding.span:
            said = in_place(draft, finding.span.start, said, language)
        return command(_COMMANDS[finding.level], said, **told)
    end, column = draft.line_and_column(max(finding.span.end - 1, finding.span.start))
    place = {"line": finding.line, "endLine": end}
    if end == finding.line:  # columns of several lines are ignored
        place |= {"col": finding.column, "endColumn": column + 1}
    return command(_COMMANDS[finding.level], said, **(told | place))


def command(name: str, message: str, **properties: object) -> str:
    r"""Return ``::name file=…,line=1::message``.

    >>> command("error", "50%\n::set-output", file="a,b:c.md")
    '::error file=a%2Cb%3Ac.md::50%25↵::set-output'
    """
    told = ",".join(
        f"{key}={_property(str(value))}" for key, value in properties.items() if value
    )
    return f"::{name}{' ' if told else ''}{told}::{_data(message)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
