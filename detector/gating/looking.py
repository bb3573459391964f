"""What is done with documents in processes of their own: read, and checked."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
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
from detector.formats import load_bytes
from detector.formats.layout import Layout
from detector.gate.baseline import TOLERATED
from detector.gate.documents import suffix_of
from detector.gate.wording import Clause, Wording
from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.model.finding import Finding
from detector.model.report import Report, Silenced
from detector.model.span import Span
from detector.pipeline import Checker, open_sources
from detector.prepared import Prepared
from detector.sources import IndexedSources, ReadSources, SeveralSources, Sources
from detector.store.index import Index
from detector.text.provenance import described
from detector.text.visible import visible

_REASON = 160
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
    """

    path: str
    data: bytes
    layout: Layout | None = None
    below: str = ""


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
    removed : tuple of Document
        Documents that the base has and the request has not.
    """

    folder: Path
    shown: str
    corpus: tuple[str, ...] = ()
    removed: tuple[Document, ...] = ()


class Asked(NamedTuple):
    """A document to be checked, and how it stood in the base.

    Attributes
    ----------
    against : Against
        The same for all.
    before : Bytes or None
        With the path that it has now; None if it is new, or unchanged.
    """

    against: Against
    now: Document
    before: Bytes | None


class Stated(NamedTuple):
    """A finding, and the clauses it is about.

    Attributes
    ----------
    text : str
        How what it is about begins, for a person; empty: it is the whole document.
    touched : bool
        Whether the request brings enough of what it is about: see `_is_touched`.
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
    genre_before : str
    corpus_errors : tuple of DetectorError
        What of the corpus besides the repository cannot be read.
    """

    report: Report
    stated: tuple[Stated, ...]
    silent: tuple[Silent, ...]
    before: tuple[Stated, ...] = ()
    genre_before: str = ""
    corpus_errors: tuple[DetectorError, ...] = ()


class Worker:
    """What a process does: reads documents, and checks them."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._checker = lru_cache(maxsize=1)(self._open)

    def __call__(self, asked: Bytes | Asked) -> Document | DetectorError | Looked:
        """Return a document, what is wrong with it, or what is found in it."""
        if isinstance(asked, Bytes):
            return read(asked)
        checker = self._checker(asked.against)  # what is wrong with it is told at once
        try:
            return look(checker, asked)
        except IndexFolderError:
            raise
        except Exception as error:  # a fault of ours must not hide the other documents
            reason = f"{type(error).__name__}: {error}"[:_REASON]
            return CrashedFileError(path=asked.now.origin.path, reason=reason)

    def _open(self, against: Against) -> Checker:
        index = Index.open(against.folder)
        repository = IndexedSources(index, against.shown, self._config, by_path=True)
        parts: list[Sources] = [repository]
        if against.removed:
            removed = Corpus(against.shown, against.removed)
            parts.append(ReadSources(removed, self._config, by_path=True))
        if against.corpus:
            parts.append(open_sources(against.corpus, self._config))
        sources = parts[0] if len(parts) == 1 else SeveralSources(parts)
        return Checker(sources, self._config)


def read(asked: Bytes) -> Document | DetectorError:
    """Return a document, or what is wrong with it."""
    try:
        document = load_bytes(asked.data, asked.path, suffix_of(asked.path))
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


def look(checker: Checker, asked: Asked) -> Looked:
    """Return what is found in a document, now and in the base."""
    report = checker.check(asked.now)
    wording = Wording(report.draft)
    before = read(asked.before) if asked.before else None
    changed: list[Span] | None = None
    stated: tuple[Stated, ...] = ()
    genre = ""
    if isinstance(before, Document):
        same = before.text == asked.now.text
        then = report if same else checker.check(before)
        wording_then = wording if same else Wording(then.draft)
        changed = [] if same else wording.changed_since(wording_then)
        told = (*then.findings, *(one.finding for one in _silent(then)))
        stated = tuple(
            Stated(one, wording_then.of(one), _begins(one, then.draft)) for one in told
        )
        genre = then.draft.origin.genre

    def state(finding: Finding) -> Stated:
        touched = changed is None or _is_touched(report, finding, wording, changed)
        text = _begins(finding, report.draft)
        return Stated(finding, wording.of(finding), text, touched)

    return Looked(
        replace(report, again=None),
        tuple(map(state, report.findings)),
        tuple(Silent(state(one.finding), one.reason) for one in _silent(report)),
        stated,
        genre,
        checker.sources.errors if checker.sources else (),
    )


def _begins(finding: Finding, document: Document) -> str:
    text = visible(finding.span.of(document.text)[: _SHOWN * 2])
    return f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text


def _silent(report: Report) -> list[Silenced]:
    return [one for one in report.silenced if one.by == "comment"]


def _is_touched(
    report: Report, finding: Finding, wording: Wording, changed: Sequence[Span]
) -> bool:
    """Tell whether the base lacks enough of the text that a finding rests on.

    Of a passage that follows another one, what is equal to it counts: a sentence of
    one's own within it adds nothing. A repeat has two sides. Thirty units are enough,
    or half.
    """
    matches = [match for match in report.matches if match.id in finding.matches]
    sides: list[list[Span]] = [list(finding.places or (finding.span,))]
    if matches:
        sides = [[span for one in matches for span in one.alignment.equal_spans()]]
        sides += [
            [run.source for run in match.alignment.runs if run.change == "equal"]
            for match in matches
            if match.within
        ]
    for spans in sides:
        whole, fresh = wording.count(spans, changed)
        if fresh >= TOLERATED or fresh * 2 > whole:
            return True
    return False


Work: TypeAlias = Processes[Bytes | Asked, Document | DetectorError | Looked]
"""The processes that read and check."""
