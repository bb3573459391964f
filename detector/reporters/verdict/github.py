"""Annotations of what is new, after what a reviewer has to know of the request."""

from collections.abc import Iterator

from detector.messages import Language
from detector.model.verdict import Verdict
from detector.reporters.github import MOST, annotations, as_bytes, command


def render(verdict: Verdict, language: Language) -> bytes:
    """Return the commands as UTF-8."""
    return as_bytes(_lines(verdict, language))


def _lines(verdict: Verdict, language: Language) -> Iterator[str]:
    first = verdict.notices[: MOST // 2]
    for notice in first:
        path = str(notice.facts.get("path", ""))
        said = notice.in_language(language)
        yield command("warning", said, file=path, title="detector gate")
    yield from annotations(verdict.new, language, len(first))
