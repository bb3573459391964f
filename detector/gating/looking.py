"""What is done with documents in processes of their own: read, and checked."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from detector.config import Config
from detector.errors import (
    CrashedFileError,
    DetectorError,
    EmptyFileError,
    IndexFolderError,
    ReferencesError,
)
from detector.executors.processes import Processes
from detector.formats import ReadLimits, load_bytes
from detector.formats.layout import Layout
from detector.gate.baseline import TOLERATED
from detector.gate.disguise import suffix_of
from detector.gate.wording import Clause, Wording
from detector.model.document import Document
from detector.model.finding import Finding, Level
from detector.model.report import Report, Silenced
from detector.model.span import Span, merge
from detector.pipeline import Checker, open_sources
from detector.prepared import Prepared
from detector.sources import IndexedSources, SeveralSources, Sources, State
from detector.store.index import Index
from detector.text.provenance import described, is_one_spelt
from detector.text.visible import visible

_REASON = 160
_LETTER = re.compile(r"[^\r\n]")
_COPIES = frozenset({"COPY001", "COPY002"})
_SHOWN = 40
"""Characters of what a finding is about that a person is shown."""
_REFERENCE = re.compile(
    r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|shy|zwn?j|ZeroWidthSpace|NoBreak);"
)
"""Characters, and signs that nobody sees, as a page has them."""


class Bytes(NamedTuple):
    """A document before it is read.

    Attributes
    ----------
    path : str
        From the top of the repository.
    layout : Layout or None
        Of the corpus that it lies in.
    below : str
        Its path below that.
    suffix : str
        Of its format, where that is another one than its path says.
    """

    path: str
    data: bytes
    layout: Layout | None = None
    below: str = ""
    suffix: str = ""


class Against(NamedTuple):
    """What documents are compared with.

    Attributes
    ----------
    folder : Path
        Index of the documents of the repository.
    shown : str
        How it is called in reports.
    corpus : tuple of str
        Folders, files and indexes besides.
    removed : Path or None
        Index of what the base has and the request has not; None if that is nothing.
    brought : mapping of State to tuple of Span
        What the request brings of the documents of the repository.
    renamed : mapping of str to set of str
        Names that organisations had before their kind changed, by the new one.
    """

    folder: Path
    shown: str
    corpus: tuple[str, ...] = ()
    removed: Path | None = None
    brought: Mapping[State, tuple[Span, ...]] | None = None
    renamed: Mapping[str, frozenset[str]] | None = None


class Pair(NamedTuple):
    """A document, and its state in the base, which is to be read."""

    now: Document
    before: Bytes


class Then(NamedTuple):
    """How a document stood in the base.

    Attributes
    ----------
    changed : tuple of Span
        What it has now and had not then.
    gone : Document or None
        What it had then and has no longer, where it stood; None if that is next to
        nothing.
    """

    document: Document
    changed: tuple[Span, ...]
    gone: Document | None = None


class Asked(NamedTuple):
    """A document to be checked, and how it stood in the base.

    Attributes
    ----------
    then : Then or None
        With the path that it has now; None if it is new.
    """

    now: Document
    then: Then | None


class Stated(NamedTuple):
    """A finding, and the clauses it is about.

    Attributes
    ----------
    text : str
        How what it is about begins, for a person; empty: it is the whole document.
    touched : bool
        Whether the request brings it: enough of what it is about, or a little that
        makes it an error.
    """

    finding: Finding
    clauses: tuple[Clause, ...]
    text: str
    touched: bool = True


class Silent(NamedTuple):
    """A finding that a comment keeps silent, and the reason it gives."""

    stated: Stated
    reason: str


class Looked(NamedTuple):
    """What was found in a document, now and in the base.

    Attributes
    ----------
    stated : tuple of Stated
        The findings of the report, and their wording.
    silent : tuple of Silent
    before : tuple of Stated
        Findings of the base, told and kept silent.
    genre_before, owner_before : str
    corpus_errors : tuple of DetectorError
        What of the corpus besides the repository cannot be read.
    """

    report: Report
    stated: tuple[Stated, ...]
    silent: tuple[Silent, ...]
    before: tuple[Stated, ...] = ()
    genre_before: str = ""
    owner_before: str = ""
    corpus_errors: tuple[DetectorError, ...] = ()


def _itself(index: Index, draft: Document) -> set[int]:
    """Return what an index has under the path of a draft: another state of it."""
    return index.at(draft.origin.path)


def _ones_own(
    renamed: Mapping[str, frozenset[str]], index: Index, draft: Document
) -> set[int]:
    """Return the texts that are gone and were the draft's, or its organisation's."""
    own = draft.origin.organisation
    names = {name for name in index.organisations if own and is_one_spelt(name, own)}
    names |= renamed.get(own, frozenset())
    return index.at(draft.origin.path).union(*map(index.of, names))


def reading(
    limits: ReadLimits,
) -> Callable[[Bytes | Pair], Document | DetectorError | Then | None]:
    """Return what reads documents within limits, and what compares their states."""

    def answer(asked: Bytes | Pair) -> Document | DetectorError | Then | None:
        path = asked.path if isinstance(asked, Bytes) else asked.before.path
        try:
            if isinstance(asked, Bytes):
                return read(asked, limits)
            return compare(asked, limits)
        except MemoryError:
            return limits.memory_error(path)

    return answer


class Looker:
    """What checks documents, in a process of its own.

    Parameters
    ----------
    against : Against
        It is opened at once: what is wrong with it is no fault of a document.
    """

    def __init__(self, config: Config, against: Against) -> None:
        index = Index.open(against.folder)
        repository = IndexedSources(index, against.shown, config, spared=_itself)
        parts: list[Sources] = [repository]
        self._past: Index | None = None
        if against.removed:
            self._past = Index.open(against.removed)
            spared = partial(_ones_own, against.renamed or {})
            gone = IndexedSources(
                self._past, against.shown, config, spared=spared, gone=True
            )
            parts.append(gone)
        if against.corpus:
            parts.append(open_sources(against.corpus, config))
        sources = parts[0] if len(parts) == 1 else SeveralSources(parts)
        self._checker = Checker(sources, config, brought=against.brought)

    def __call__(self, asked: Asked) -> Looked | DetectorError:
        """Return what is found in a document, or what went wrong."""
        try:
            return look(self._checker, asked, self._is_gone)
        except IndexFolderError:
            raise
        except Exception as error:  # a fault of ours must not hide the other documents
            reason = f"{type(error).__name__}: {error}"[:_REASON]
            return CrashedFileError(path=asked.now.origin.path, reason=reason)

    def _is_gone(self, document: Document) -> bool:
        past = self._past
        if past is None:
            return False
        numbers = past.at(document.origin.path)
        return any(past.id(number) == document.id for number in numbers)


def read(asked: Bytes, limits: ReadLimits) -> Document | DetectorError:
    """Return a document, or what is wrong with it."""
    try:
        suffix = asked.suffix or suffix_of(asked.path)
        document = load_bytes(asked.data, asked.path, suffix, limits)
        if not len(Prepared(document).units):
            return EmptyFileError(path=asked.path)
    except DetectorError as error:
        return error
    if (count := len(_REFERENCE.findall(document.text))) >= TOLERATED:
        return ReferencesError(path=asked.path, count=count)
    if asked.layout:
        origin = asked.layout.fill(document.origin, asked.below)
        document = replace(document, origin=origin)
    return replace(document, origin=described(document))


def compare(asked: Pair, limits: ReadLimits) -> Then | None:
    """Return how a document stood in the base; None if it could not be read."""
    before = read(asked.before, limits)
    if not isinstance(before, Document):
        return None
    if before.text == asked.now.text:
        return Then(before, ())
    then, now = Wording(before), Wording(asked.now)
    gone = _only(before, merge(then.changed_since(now)))
    return Then(before, merge(now.changed_since(then)), gone)


def _only(document: Document, spans: Sequence[Span]) -> Document | None:
    """Return a document with blanks for all but some text; None without much of it."""
    if sum(map(len, spans)) < TOLERATED:
        return None
    pieces, end = [], 0
    for span in spans:
        between = document.text[end : span.start]
        pieces += [_LETTER.sub(" ", between), span.of(document.text)]
        end = span.end
    pieces.append(_LETTER.sub(" ", document.text[end:]))
    return replace(document, text="".join(pieces), notes=(), unseen=())


def look(checker: Checker, asked: Asked, is_gone: Callable[[Document], bool]) -> Looked:
    """Return what is found in a document, now and in the base.

    Parameters
    ----------
    is_gone : callable
        Tells whether only the base has a document.
    """
    report = _softened(checker.check(asked.now), is_gone)
    wording = Wording(report.draft)
    changed: tuple[Span, ...] | None = None
    stated: tuple[Stated, ...] = ()
    genre = owner = ""
    if asked.then:
        before, changed = asked.then.document, asked.then.changed
        same = before.text == asked.now.text
        then = report if same else checker.check(before)
        wording_then = wording if same else Wording(then.draft)
        told = (*then.findings, *(one.finding for one in _silent(then)))
        stated = tuple(
            Stated(one, wording_then.of(one), _begins(one, then.draft)) for one in told
        )
        genre, owner = then.draft.origin.genre, _owner(then)

    moved = asked.then is not None and _owner(then) != _owner(report)

    def state(finding: Finding) -> Stated:
        fresh = _fresh(report, finding, wording, changed)
        now = Stated(finding, wording.of(finding), _begins(finding, report.draft))
        grown = fresh is Fresh.LITTLE and finding.level is Level.ERROR
        if fresh is not Fresh.ENOUGH and (grown or moved):
            return now._replace(touched=_is_anew(now, stated))
        return now._replace(touched=fresh is Fresh.ENOUGH)

    found = list(map(state, report.findings))
    silent = [Silent(state(one.finding), one.reason) for one in _silent(report)]
    loud = [one for one in (*found, *(s.stated for s in silent)) if one.touched]
    stated = tuple(s for s in stated if not any(_is_louder(o, s) for o in loud))
    return Looked(
        report.settled(),
        tuple(found),
        tuple(silent),
        stated,
        genre,
        owner,
        checker.sources.errors if checker.sources else (),
    )


def _softened(report: Report, is_gone: Callable[[Document], bool]) -> Report:
    """Return a report that warns of text that moved between unsigned documents.

    A manual may be split; whose a text is that nobody has signed is for people to say.
    """
    if _owner(report):
        return report
    moved = {
        match.id
        for match in report.matches
        if not match.source.document.origin.organisation
        and is_gone(match.source.document)
    }

    def softened(finding: Finding) -> Finding:
        copied = finding.rule in _COPIES and finding.level is Level.ERROR
        if copied and finding.matches and moved.issuperset(finding.matches):
            return replace(finding, level=Level.WARNING)
        return finding

    return replace(report, findings=tuple(map(softened, report.findings)))


def _owner(report: Report) -> str:
    return report.draft.origin.organisation


def _is_anew(now: Stated, before: Iterable[Stated]) -> bool:
    """Tell whether the base had nothing so loud to say about the same.

    Who writes under another organisation's name what that has written, and then puts
    another name, makes a copy of it; and a passage that grows by a few characters with
    each request is a copy in the end.
    """
    alike = (one.finding for one in before if _is_alike(now, one))
    was = max((finding.level.rank for finding in alike), default=0)
    return now.finding.level.rank > was


def _is_louder(now: Stated, before: Stated) -> bool:
    """Tell whether a finding is one of the base, and of a higher level."""
    same = now.finding.rule == before.finding.rule and _is_alike(now, before)
    return same and now.finding.level.rank > before.finding.level.rank


def _is_alike(one: Stated, other: Stated) -> bool:
    """Tell whether two findings are about the same: most clauses of one of them."""
    ours, theirs = ({c.digest for c in each.clauses} for each in (one, other))
    return len(ours & theirs) * 2 > min(len(ours), len(theirs))


def _begins(finding: Finding, document: Document) -> str:
    text = visible(finding.span.of(document.text)[: _SHOWN * 2])
    return f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text


def _silent(report: Report) -> list[Silenced]:
    return [one for one in report.silenced if one.by == "comment"]


class Fresh(Enum):
    """How much of what a finding rests on the base lacks."""

    NOTHING = "nothing"
    LITTLE = "little"
    ENOUGH = "enough"


def _fresh(
    report: Report,
    finding: Finding,
    wording: Wording,
    changed: Sequence[Span] | None,
) -> Fresh:
    """Return how much of the text that a finding rests on the base lacks.

    Of a passage that follows another one, what is equal to it counts: a sentence of
    one's own within it adds nothing. A repeat has two sides. Thirty units are enough,
    or half.
    """
    if changed is None:
        return Fresh.ENOUGH
    matches = [match for match in report.matches if match.id in finding.matches]
    sides: list[list[Span]] = [list(finding.places or (finding.span,))]
    if matches:
        sides = [[span for one in matches for span in one.alignment.equal_spans()]]
        sides += [
            list(match.alignment.equal_sources()) for match in matches if match.within
        ]
    counts = [wording.count(spans, changed) for spans in sides]
    if any(fresh >= TOLERATED or fresh * 2 > whole for whole, fresh in counts):
        return Fresh.ENOUGH
    return Fresh.LITTLE if any(fresh for _, fresh in counts) else Fresh.NOTHING


Work: TypeAlias = Processes[Bytes | Pair, Document | DetectorError | Then | None]
"""The processes, as long as they read."""
