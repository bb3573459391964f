"""What is done with documents in processes of their own: read, and checked."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from detector.config import Config
from detector.errors import DetectorError, EmptyFileError
from detector.formats import load_bytes
from detector.formats.layout import Layout
from detector.gate.documents import suffix_of
from detector.gate.wording import Clause, Wording
from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.model.finding import Finding
from detector.model.report import Report
from detector.pipeline import Checker, open_sources
from detector.prepared import Prepared
from detector.sources import IndexedSources, ReadSources, SeveralSources, Sources
from detector.store.index import Index
from detector.text.provenance import described


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


class Asked(NamedTuple):
    """A document to be checked, and how it stood in the base.

    Attributes
    ----------
    before : Bytes or None
        With the path that it has now; None if it is new, or unchanged.
    """

    now: Document
    before: Bytes | None


class Stated(NamedTuple):
    """A finding, and the clauses it is about."""

    finding: Finding
    clauses: tuple[Clause, ...]


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


def reader() -> Callable[[Bytes], Document | DetectorError]:
    """Return what reads a document."""
    return read


def read(asked: Bytes) -> Document | DetectorError:
    """Return a document, or what is wrong with it."""
    try:
        document = load_bytes(asked.data, asked.path, suffix_of(asked.path))
        if not len(Prepared(document).units):
            return EmptyFileError(path=asked.path)
    except DetectorError as error:
        return error
    if asked.layout:
        origin = asked.layout.fill(document.origin, asked.below)
        document = replace(document, origin=origin)
    return replace(document, origin=described(document))


def looker(config: Config, against: Against) -> Callable[[Asked], Looked]:
    """Return what checks a document."""
    index = Index.open(against.folder)
    parts: list[Sources] = [IndexedSources(index, against.shown, config, by_path=True)]
    if against.removed:
        removed = Corpus(against.shown, against.removed)
        parts.append(ReadSources(removed, config, by_path=True))
    if against.corpus:
        parts.append(open_sources(against.corpus, config))
    sources = parts[0] if len(parts) == 1 else SeveralSources(parts)
    return partial(look, Checker(sources, config))


def look(checker: Checker, asked: Asked) -> Looked:
    """Return what is found in a document, now and in the base."""
    report = checker.check(asked.now)
    wording = Wording(report.draft)
    looked = Looked(
        replace(report, again=None),
        tuple(Stated(one, wording.of(one)) for one in report.findings),
        tuple(
            Silent(Stated(one.finding, wording.of(one.finding)), one.reason)
            for one in report.silenced
            if one.by == "comment"
        ),
        corpus_errors=checker.sources.errors if checker.sources else (),
    )
    before = read(asked.before) if asked.before else None
    if not isinstance(before, Document):
        return looked
    if before.text == asked.now.text:
        stated = (*looked.stated, *(one.stated for one in looked.silent))
        return looked._replace(before=stated, genre_before=report.draft.origin.genre)
    then = checker.check(before)
    wording = Wording(then.draft)
    quiet = (one.finding for one in then.silenced if one.by == "comment")
    return looked._replace(
        before=tuple(Stated(one, wording.of(one)) for one in (*then.findings, *quiet)),
        genre_before=then.draft.origin.genre,
    )
