"""The user's own Word document back, with what was found highlighted and commented.

The file is opened anew; its paragraphs are told by their text, in order. Only runs in
which a passage begins or ends are cut, and each part keeps its formatting; a run that
has a highlight of its own keeps that, too. Nothing is written to the file itself.
"""

import io
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from detector.errors import (
    MissingExtraError,
    OptionError,
    UnreadableFileError,
    os_reason,
)
from detector.messages import Language, say
from detector.model.finding import Level
from detector.model.match import Label, Match
from detector.model.report import Batch, Report
from detector.model.span import Span
from detector.reporters.places import place_in_file
from detector.reporters.wording import NOTICE, reason
from detector.text.visible import percent, visible

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

READER = "docx"
_HIGHLIGHTS = {
    Label.COPIED: "YELLOW",
    Label.BOILERPLATE: "GRAY_25",
    Label.SELF_REPEAT: "TURQUOISE",
    Label.CITED: "BRIGHT_GREEN",
}
"""Names of Word's colours (``WD_COLOR_INDEX``)."""
_POINTED = "PINK"
"""Highlight of what a rule points at."""
_MOST = 400
"""Comments in a document: with more of them it is no longer read."""
_AHEAD = 60
"""Blocks that are looked at for the text of a paragraph."""
_NOT_INSIDE = frozenset({"del", "moveFrom", "txbxContent", "Fallback", "pPr"})


class _Mark(NamedTuple):
    """A stretch of the draft, its highlight, and what the comment says."""

    span: Span
    colour: str
    said: str


def render(batch: Batch, language: Language) -> bytes:
    """Return the annotated document.

    Raises
    ------
    OptionError
        Unless the batch is one report of a Word document.
    UnreadableFileError
        If the document is no longer there.
    MissingExtraError
        If python-docx is not installed.
    """
    report = batch.reports[0] if len(batch.reports) == 1 else None
    if report is None or report.draft.origin.reader != READER:
        raise OptionError(name="--output", value=".docx", allowed="1 × .docx → .docx")
    document = _opened(report.draft.origin.path)
    marks = sorted(_marks(report, language))
    paragraphs = _Paragraphs(document, report)
    lost = 0
    for number, mark in enumerate(marks):
        runs = list(paragraphs.cut(mark.span))
        lost += not runs
        for run in runs:
            _highlight(document, run, mark.colour)
        if runs and mark.said and number < _MOST:
            _comment(document, runs, mark.said)
    first = [run._r for p in document.paragraphs for run in p.runs[:1]][:1]
    if lost and first:
        _comment(document, first, say("R-docx-lost", language, count=lost))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _opened(path: str) -> "WordDocument":
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
    except ModuleNotFoundError as error:
        raise MissingExtraError(name="python-docx", extra="docx") from error
    try:
        return docx.Document(path)
    except (OSError, ValueError, KeyError, PackageNotFoundError) as error:
        reason = os_reason(error)
        raise UnreadableFileError(path=path, reason=reason) from error


def _marks(report: Report, language: Language) -> Iterator[_Mark]:
    rules: dict[str, list[str]] = {}
    for finding in report.findings:
        for name in finding.matches if finding.span else ():
            rules.setdefault(name, []).append(finding.rule)
    for match in report.matches:
        if match.label in _HIGHLIGHTS:
            said = _said(match, rules.get(match.id, []), language)
            yield _Mark(match.draft.span, _HIGHLIGHTS[match.label], said)
    for finding in report.findings:
        if finding.matches or not finding.span:
            continue
        said = f"{finding.rule} {finding.in_language(language)}"
        colour = "" if finding.level is Level.NOTE else _POINTED
        for number, span in enumerate(finding.places or (finding.span,)):
            yield _Mark(span, colour, "" if number else visible(said))


def _said(match: Match, rules: Sequence[str], language: Language) -> str:
    source = match.source
    facts = (
        " ".join(dict.fromkeys(rules)),
        f"{match.id} {reason(match.reason, language)}",
        place_in_file(source.document, source.start, language),
        say("R-identity", language, percent=percent(match.identity)),
        say("R-credit", language, credit=match.credit),
        say(NOTICE, language),
    )
    return visible(" · ".join(filter(None, facts)))


class _Paragraphs:
    """The paragraphs of a file beside the blocks of the text that was read of it."""

    def __init__(self, document: "WordDocument", report: Report) -> None:
        self._text = report.draft.text
        self._blocks = [block.span for block in report.draft.blocks]
        self._elements: dict[int, Any] = {}
        keys = [_key(span.of(self._text)) for span in self._blocks]
        at = 0
        for element in document.element.body.iter(_name("p")):
            key = _key("".join(_text(run) for run in _runs(element)))
            if not key:
                continue
            ahead = range(at, min(at + _AHEAD, len(keys)))
            found = next((n for n in ahead if keys[n] == key), None)
            if found is not None:
                self._elements[found] = element
                at = found + 1

    def cut(self, span: Span) -> Iterator[Any]:
        """Yield the runs of a stretch of the draft, cut where it begins and ends."""
        first = bisect_right(self._blocks, span.start, key=lambda block: block.end)
        for number in range(first, len(self._blocks)):
            block = self._blocks[number]
            if block.start >= span.end:
                return
            if number in self._elements:
                start = _size(self._text[block.start : max(span.start, block.start)])
                end = _size(self._text[block.start : min(span.end, block.end)])
                yield from _cut(self._elements[number], start, end)


def _cut(paragraph: Any, start: int, end: int) -> Iterator[Any]:  # noqa: ANN401
    """Yield the runs of `start` to `end`, in characters that are no white space."""
    done = 0
    for run in list(_runs(paragraph)):
        size = _size(_text(run))
        first, last = max(start - done, 0), min(end - done, size)
        done += size
        if first < last:
            yield _part(run, first, last, size)


def _part(run: Any, first: int, last: int, size: int) -> Any:  # noqa: ANN401
    """Return a part of a run, cut off from the rest of it, which keeps its format."""
    texts = [child for child in run if child.tag == _name("t")]
    others = [child for child in run if child.tag not in {_name("t"), _name("rPr")}]
    if (first, last) == (0, size) or len(texts) != 1 or others:
        return run
    whole = texts[0].text or ""
    a, b = _offset(whole, first), _offset(whole, last)
    for text, beside in ((whole[:a], run.addprevious), (whole[b:], run.addnext)):
        if text:
            rest = deepcopy(run)
            _write(rest, text)
            beside(rest)
    _write(run, whole[a:b])
    return run


def _write(run: Any, text: str) -> None:  # noqa: ANN401
    element = run.find(_name("t"))
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _offset(text: str, count: int) -> int:
    """Return where the characters of `text` after `count` of them begin."""
    seen = 0
    for at, char in enumerate(text):
        if seen == count:
            return at
        seen += not char.isspace()
    return len(text)


def _runs(element: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the runs of a paragraph, without those of text boxes and deletions."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = child.tag.rpartition("}")[2]
        if name == "r":
            yield child
        elif name not in _NOT_INSIDE:
            yield from _runs(child)


def _text(run: Any) -> str:  # noqa: ANN401
    return "".join(child.text or "" for child in run if child.tag == _name("t"))


def _highlight(document: "WordDocument", run: Any, colour: str) -> None:  # noqa: ANN401
    from docx.enum.text import WD_COLOR_INDEX
    from docx.text.run import Run

    font = Run(run, document).font
    if colour and font.highlight_color is None:
        font.highlight_color = WD_COLOR_INDEX[colour]


def _comment(document: "WordDocument", runs: Sequence[Any], said: str) -> None:
    from docx.text.run import Run

    ends = [Run(runs[0], document), Run(runs[-1], document)]
    document.add_comment(ends, said, author="detector", initials="d")


def _key(text: str) -> str:
    return "".join(text.split())


def _size(text: str) -> int:
    return len(_key(text))


@cache
def _name(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))
