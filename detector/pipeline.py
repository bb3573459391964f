"""The sentence: load, normalize, retrieve, align, classify, score, render.

The only module that knows the order of the steps.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detector.alignment.passages import (
    Aligned,
    align_sources,
    align_within,
    is_enough,
)
from detector.alignment.signs import closed, with_signs
from detector.alignment.weighed import Weighed
from detector.classification.citation import find_citations
from detector.classification.echo import is_echo
from detector.classification.kind import kind_of
from detector.config import DEFAULTS, Config
from detector.errors import (
    DetectorError,
    EmptyFileError,
    EmptyIndexError,
    NothingToReadError,
    OptionError,
)
from detector.evidence import Evidence
from detector.formats import READERS
from detector.formats.calendar import load_calendar
from detector.formats.folder import find_files
from detector.formats.key import load_key
from detector.formats.limits import ReadLimits
from detector.index.common import Common
from detector.judgement import Judgement
from detector.library import Templates, open_library
from detector.loading import Loader
from detector.model.corpus import Corpus
from detector.model.document import Document, Origin
from detector.model.later import Later
from detector.model.ledger import Ledger
from detector.model.match import Label
from detector.model.report import (
    Batch,
    Fact,
    Nominated,
    Peers,
    Report,
    SectionLedger,
    Standing,
)
from detector.model.section import Section
from detector.model.span import Span
from detector.model.template import TemplateFit
from detector.prepared import Prepared
from detector.rules import OF_PAIRS, RULES
from detector.rules.subject import Subject
from detector.scoring.carry_over import carry_over
from detector.scoring.labels import UnitLabels
from detector.scoring.matches import Draft, Held, commonness, score
from detector.scoring.parts import parts_of
from detector.scoring.percentile import FEWEST as FEWEST_PEERS
from detector.scoring.percentile import percentile
from detector.scoring.rarefaction import FEWEST, saturation
from detector.sources import (
    IndexedSources,
    Others,
    ReadSources,
    SeveralSources,
    Sources,
    State,
    sources_of,
    state_of,
)
from detector.store.index import Index
from detector.store.manifest import is_index
from detector.text.facts import find_facts
from detector.text.ignores import blanked
from detector.text.outline import outline
from detector.text.provenance import described, spelling
from detector.text.sentences import paragraphs

_COMPARED: Mapping[str, Callable[[Report], float]] = {
    "originality": lambda report: report.originality,
    "attributable_overlap": lambda report: report.ledger.share(Label.COPIED),
    "boilerplate_share": lambda report: report.ledger.share(Label.BOILERPLATE),
    "self_repetition": lambda report: report.self_repetition,
    "specificity": lambda report: report.specificity,
}
"""The figures of a report that are compared with those of its peers."""

Text: TypeAlias = Document | Path | str
"""A document, or the path of one; a `str` is always a path."""


class _Found(NamedTuple):
    """What was found of a draft, before anything is weighed."""

    draft: Prepared
    known: Draft
    held: Sequence[Held]
    repeats: Sequence[Held]
    sections: Sequence[Section]
    fits: tuple[TemplateFit, ...]
    nominated: Nominated | None


class _Again(NamedTuple):
    """What a report needs to be scored again: who did, and what was found."""

    checker: "Checker"
    found: _Found
    peers: Peers | None = None

    @property
    def paths(self) -> frozenset[str]:
        """Paths of the documents that passages were found in."""
        return frozenset(one.document.origin.path for one in self.found.held)

    def __call__(self, keep: Callable[[Held], bool], said: str) -> Report:
        """Return the report on the passages that `keep` keeps.

        Parameters
        ----------
        said : str
            What they were kept by, for the digest of the settings; empty: all are.
        """
        held = [passage for passage in self.found.held if keep(passage)]
        repeats = [passage for passage in self.found.repeats if keep(passage)]
        settings = self.checker.config.digest
        if said:
            settings = hashlib.sha256(f"{settings} {said}".encode()).hexdigest()
        found = self.found._replace(held=held, repeats=repeats)
        # Peers were measured by the settings of the check, and by no others.
        peers = None if said else self.peers
        report = self.checker.scored(found, settings)
        return replace(report, peers=peers, again=self)

    def __deepcopy__(self, _: object) -> "_Again":
        return self  # nothing of it changes

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        # A report goes to other processes without the corpus it came from.
        return type(None), ()


class Checker:
    """Checks any number of drafts against one corpus.

    Parameters
    ----------
    corpus : Corpus, Sources or None
        None looks at each draft alone.
    spare : bool
        Whether a draft that is a file of the corpus is spared the comparison with
        itself. The same text in another file is a twin, and never spared.
    alone : bool
        Whether all rules are applied, not only those of a comparison.
    today : datetime.date, optional
        By which comments that keep rules silent expire; by default that of the clock.
    brought : mapping of State to sequence of Span, optional
        Text of documents of the corpus that comes with the drafts: what stood before is
        credited first, and is not more common because of it.
    """

    def __init__(  # noqa: PLR0913 - all that a check depends on
        self,
        corpus: Corpus | Sources | None = None,
        config: Config | None = None,
        *,
        spare: bool = True,
        alone: bool = True,
        today: date | None = None,
        brought: Mapping[State, Sequence[Span]] | None = None,
    ) -> None:
        self._spare = spare
        self._brought = brought or {}
        self._only = frozenset(RULES) if alone else OF_PAIRS
        self._today = (today or date.today()).isoformat()  # noqa: DTZ011 - the reader's
        self.config = config or DEFAULTS
        self.sources: Sources | None
        if isinstance(corpus, Corpus):
            self.sources = sources_of(corpus, self.config)
        else:
            self.sources = corpus
        self._templates = Templates(open_library(self.config.library))
        self._evidence = Evidence(self.config, self._templates.set_phrases)
        self._calendar = load_calendar(self.config.calendar)
        with Loader(self.config.limits) as loader:
            issued = [loader.load(Path(path)) for path in self.config.issued]
        self._issued = list(map(Prepared, issued))

    def check(self, document: Document) -> Report:
        """Return everything found about one draft."""
        return self.scored(self._found(document), self.config.digest)

    def _found(self, document: Document) -> _Found:
        document = replace(document, origin=self._described(document))
        draft = Prepared(document)
        sections = Later(lambda: outline(blanked(document.text), document.blocks))
        shares = self._evidence.shares(draft)
        phrase = shares < 1
        cited = draft.units.mask(find_citations(document.text))
        bits = self._evidence.bits(draft)
        evidence = draft.weighed.with_bits(bits * shares)
        sources = self._candidates(draft, evidence)
        shared = self._shared_with(draft, sources, evidence)
        common = before = Common.nothing(len(draft.units))
        if shared:
            common = before = self._common(draft)
        if shared and self._brought:
            before = self._common(draft, self._brought)
        lost = [one.less(bits) * shares for one in (common, before)]
        held = self._told_apart(shared, evidence, phrase, *lost)
        issued = self._shared_with(draft, self._issued, evidence)
        held += (passage._replace(issued=True) for passage, _ in issued)
        repeats = self._repeats(draft, sections, evidence)
        fits = self._templates.fits(draft, phrase)
        known = Draft(
            document,
            draft.units,
            cited,
            phrase,
            common.holders,
            before.holders,
            fits.weights,
        )
        nominated = None
        if self.sources:
            nominated = self.sources.nominated(draft, len(sources))
        return _Found(draft, known, held, repeats, sections, fits.found, nominated)

    def scored(self, found: _Found, settings: str) -> Report:
        """Return the report on what was found."""
        draft, document = found.draft, found.known.document
        others = self._others(document)
        besides = others.holders_besides(document.origin.organisation)
        facts = Later(lambda: _specifics(draft))
        common = commonness(found.known, found.held, besides)
        held = [
            part for one in found.held for part in _parts(one, draft, common.weight)
        ]
        matches, labels, documents = score(found.known, held, found.repeats, common)
        measured = others.documents >= FEWEST
        report = Report(
            draft=document,
            sources={passage.document.id: passage.document for passage in found.held},
            matches=matches,
            findings=(),
            ledger=labels.ledger(),
            sections=Later(lambda: _sections(draft, found.sections, labels)),
            paragraphs=Later(lambda: _paragraphs(draft, labels)),
            fits=found.fits,
            facts=facts,
            not_counted=draft.furniture,
            corpus=self.sources.facts._replace(documents=others.documents)
            if self.sources and others.documents
            else None,
            settings=settings,
            saturation=saturation(labels, documents, others.documents)
            if measured
            else (),
            carry_over=carry_over(document, draft.units, matches, facts),
            among=besides,
            nominated=found.nominated,
            again=_Again(self, found),
        )
        return self._judged(report, others.organisations)

    def _described(self, document: Document) -> Origin:
        """Return the origin of a draft, its organisation spelt as the corpus has it."""
        origin = described(document)
        if not self.sources or not origin.organisation:
            return origin
        names = self.sources.others(document, spare=False).organisations
        return replace(origin, organisation=spelling(origin.organisation, names))

    def _judged(self, report: Report, organisations: frozenset[str]) -> Report:
        """Return a report with what the rules say, and what to rewrite first."""
        neighbours = organisations - {report.draft.origin.organisation}
        background = self._evidence.background
        subject = Subject(report, background, self._calendar, neighbours)
        options = self.config.rules
        return Judgement(subject, options, self._today, self._only).report()

    def among_peers(self, report: Report, most: int) -> Report:
        """Return a report with its percentiles among the reports of its genre.

        Parameters
        ----------
        most : int
            Peers that are checked against the same corpus, at the most; those whose ids
            come first.
        """
        draft = report.draft
        found = (
            {one.id: one for one in self.sources.peers(draft)} if self.sources else {}
        )
        found.pop(draft.id, None)
        chosen = [found[name] for name in sorted(found)[:most]]
        peers = [self.check(one) for one in chosen]
        stand = {
            name: Standing(of(report), tuple(map(of, peers)))
            for name, of in _COMPARED.items()
            if peers
        }
        percentiles = {
            name: percentile(one.own, one.others)
            for name, one in stand.items()
            if len(peers) >= FEWEST_PEERS
        }
        genre = draft.origin.genre
        measured = Peers(genre, len(chosen), percentiles, stand)
        again = report.again
        if isinstance(again, _Again):
            again = again._replace(peers=measured)
        return replace(report, peers=measured, again=again)

    def _common(self, draft: Prepared, without: Collection[State] = ()) -> Common:
        """Return how common the wording of the draft is among others."""
        if not self.sources or not self._evidence.background:
            return Common.nothing(len(draft.units))
        return self.sources.common(draft, spare=self._spare, without=without)

    def _is_young(self, passage: Held) -> bool:
        """Tell whether most of what a document has of a passage has been brought."""
        brought = self._brought.get(state_of(passage.document))
        if not brought:
            return False
        equal = list(passage.alignment.equal_sources())
        inside = sum(len(one & span) for one in equal for span in brought)
        return inside * 2 > sum(map(len, equal))

    def _told_apart(
        self,
        shared: Sequence[tuple[Held, Aligned]],
        evidence: Weighed,
        phrase: NDArray[np.bool_],
        lost: NDArray[np.float32],
        before: NDArray[np.float32],
    ) -> list[Held]:
        """Say of each passage whether it is more than common wording.

        A passage is found by what it says in the language of its genre, so that no
        further source can take it back; how common it is decides what it is: of what
        stood before the request, how common that was before (`before`).
        """
        options = self.config.alignment.fitted(to_words=evidence.of_words)
        # A row of set phrases alone is a formula, however long it is.
        now, then = (
            (less, np.where(phrase, np.float32(np.inf), less))
            for less in (lost, before)
        )
        told = []
        for passage, aligned in shared:
            equal = evidence.units.mask(passage.alignment.equal_spans())
            young = self._is_young(passage)
            enough = is_enough(aligned, equal, *(now if young else then), options)
            told.append(passage._replace(common=not enough, young=young))
        return told

    def _shared_with(
        self, draft: Prepared, sources: Sequence[Prepared], evidence: Weighed
    ) -> list[tuple[Held, Aligned]]:
        """Return the passages that the sources hold, too, and how they were found."""
        texts = {source.document.id: source.weighed for source in sources}
        options = self.config.alignment
        aligned = align_sources(evidence, list(texts.values()), options)
        by_id = dict(zip(texts, aligned, strict=True))  # twins are aligned once
        return [
            (
                _held(draft.document, source.document, one)._replace(gone=source.gone),
                one,
            )
            for source in sources
            for one in by_id[source.document.id]
        ]

    def _repeats(
        self, draft: Prepared, sections: Sequence[Section], evidence: Weighed
    ) -> list[Held]:
        """Return the passages that stand in the draft earlier, too."""
        document = draft.document
        return [
            _held(document, document, passage)
            for passage in align_within(evidence, self.config.alignment)
            if not is_echo(passage.alignment, sections, document.text)
        ]

    def _candidates(self, draft: Prepared, evidence: Weighed) -> list[Prepared]:
        if not self.sources:
            return []
        return self.sources.candidates(draft, evidence, spare=self._spare)

    def _others(self, draft: Document) -> Others:
        """Return what of the corpus the draft is compared with."""
        if not self.sources:
            return Others()
        return self.sources.others(draft, spare=self._spare)


def _specifics(draft: Prepared) -> tuple[Fact, ...]:
    """Return the facts of what counts, but for the name of its own organisation."""
    document = draft.document
    own = document.origin.organisation
    around = [span for _, span in draft.furniture]

    def counts(span: Span) -> bool:
        at = bisect_right(around, span.start, key=lambda one: one.end)
        return at == len(around) or not around[at].overlaps(span)

    return tuple(
        fact
        for fact in find_facts(document.text)
        if (fact.kind != "name" or fact.span.of(document.text) not in own)
        and counts(fact.span)
    )


def _parts(
    passage: Held, draft: Prepared, weight: NDArray[np.float64]
) -> Iterator[Held]:
    """Yield a passage in parts that are copied, or boilerplate, for the most part."""
    if passage.common or passage.issued:
        yield passage
        return
    parts = list(parts_of(passage.alignment, draft.units, weight))
    if len(parts) == 1:
        yield passage
        return
    texts = draft.document.text, passage.document.text
    whole = passage.alignment.equal
    for part in parts:
        # Nothing is cut off: a further source must not make any of it one's own.
        alignment = closed(part, *texts)
        share = alignment.equal / whole
        yield passage._replace(
            alignment=alignment,
            kind=kind_of(alignment),
            evidence=passage.evidence * share,
        )


def _sections(
    draft: Prepared, sections: Sequence[Section], labels: UnitLabels
) -> tuple[SectionLedger, ...]:
    ledgers = labels.ledgers(draft.units.within_each(part.span for part in sections))
    return tuple(map(SectionLedger, sections, ledgers))


def _paragraphs(draft: Prepared, labels: UnitLabels) -> tuple[tuple[Span, Ledger], ...]:
    """Return the paragraphs with what counts in them, each with its ledger."""
    spans = list(paragraphs(draft.document.text))
    ledgers = labels.ledgers(draft.units.within_each(spans))
    each = zip(spans, ledgers, strict=True)
    return tuple((span, ledger) for span, ledger in each if ledger.counted)


def _held(draft: Document, document: Document, aligned: Aligned) -> Held:
    alignment = with_signs(aligned.alignment, draft.text, document.text)
    return Held(document, alignment, kind_of(alignment), aligned.bits)


def check(
    draft: Text,
    corpus: "Corpus | Path | str | Sequence[Path | str] | None" = None,
    config: Config | None = None,
    peers: int = 0,
) -> Report:
    r"""Check one draft, alone or against a corpus.

    Parameters
    ----------
    corpus : Corpus, path or paths, optional
        Folders, files, patterns and indexes. For several drafts read it once, with
        `Corpus.open`: what is made of it is shared.
    peers : int
        Reports of its genre by others that its figures are compared with, at the most.

    Raises
    ------
    DetectorError
        If the draft cannot be read, or nothing of the corpus can be.

    Examples
    --------
    >>> from detector import Document
    >>> paragraph = "不可抗力是指不能预见、不能避免且不能克服的客观情况，双方均不负责。"
    >>> draft = Document.from_text(f"一、总则\n{paragraph}\n二、附则\n{paragraph}")
    >>> report = check(draft)
    >>> report.ledger.self_repeat, [finding.rule for finding in report.findings]
    (30, ['SELF001'])
    """
    config = config or DEFAULTS
    if peers < 0:
        raise OptionError(name="peers", value=peers, allowed="≥ 0")
    if corpus is None or isinstance(corpus, Corpus):
        checker = Checker(corpus, config)
    else:
        paths = [corpus] if isinstance(corpus, Path | str) else corpus
        checker = Checker(open_sources(list(map(str, paths)), config), config)
    report = checker.check(_document(draft, config))
    return checker.among_peers(report, peers) if peers else report


def compare(draft: Text, source: Text, config: Config | None = None) -> Report:
    """Check one draft against one source.

    Raises
    ------
    DetectorError
        If one of them cannot be read.
    """
    document = _document(source, config)
    corpus = Corpus(document.origin.path, (document,))
    checker = Checker(corpus, config, spare=False, alone=False)
    return checker.check(_document(draft, config))


def check_files(
    drafts: Sequence[str],
    corpus: Sequence[str] = (),
    config: Config | None = None,
    stdin: Callable[[], bytes] | None = None,
    peers: int = 0,
) -> Batch:
    """Check files, folders and patterns; what cannot be read is told, not raised.

    Parameters
    ----------
    drafts : sequence of str
        ``"-"`` among them is read from `stdin`.
    peers : int
        Reports of its genre that each is compared with, at the most; 0: none.

    Raises
    ------
    DetectorError
        If nothing of the corpus can be read.
    """
    opened = open_sources(corpus, config) if corpus else None
    limits = config.limits if config else None
    documents, errors = read_all([draft for draft in drafts if draft != "-"], limits)
    if stdin is not None:
        try:
            with Loader(limits) as loader:
                documents.append(loader.load_bytes(stdin(), "-"))
        except DetectorError as error:
            errors.append(error)
    return _batch(documents, errors, Checker(opened, config), peers)


def compare_files(draft: str, source: str, config: Config | None = None) -> Batch:
    """Compare two files; the report is that of the first.

    Raises
    ------
    DetectorError
        If one of them cannot be read.
    """
    with Loader(config.limits if config else None) as loader:
        document = loader.load(Path(source))
        if not len(Prepared(document).units):
            raise EmptyFileError(path=source)
        ours = loader.load(Path(draft))
    checker = Checker(Corpus(source, (document,)), config, spare=False, alone=False)
    return _batch([ours], [], checker)


def _batch(
    documents: Sequence[Document],
    errors: Sequence[DetectorError],
    checker: Checker,
    peers: int = 0,
) -> Batch:
    sources = checker.sources
    # Of many, what was found takes too much memory to be kept.
    reports = [checker.check(document).settled() for document in documents]
    if peers:
        reports = [checker.among_peers(report, peers) for report in reports]
    empty = [
        EmptyFileError(path=report.draft.origin.path)
        for report in reports
        if not report.ledger.counted
    ]
    return Batch(
        reports=tuple(report for report in reports if report.ledger.counted),
        errors=(*errors, *empty, *(sources.errors if sources else ())),
        corpus=sources.facts if sources else None,
        settings=checker.config.digest,
    )


def open_sources(paths: Sequence[str], config: Config | None = None) -> Sources:
    """Open indexes, and read a corpus of files, folders and patterns.

    Raises
    ------
    NothingToReadError
        If not one document can be read; any other error is kept.
    IndexFolderError
        If an index cannot be used.
    """
    indexes, rest = apart(paths)
    key = load_key(config.index_key) if config and config.index_key else None
    parts: list[Sources] = [
        IndexedSources(opened_index(path), path, config, key) for path in indexes
    ]
    if rest or not parts:
        read = _read_corpus(rest, config.limits if config else None)
        parts.append(ReadSources(read, config))
    return parts[0] if len(parts) == 1 else SeveralSources(parts)


def open_corpus(paths: Sequence[str], limits: ReadLimits | None = None) -> Corpus:
    """Read all documents of indexes, files, folders and patterns.

    Raises
    ------
    NothingToReadError, IndexFolderError
        As `open_sources`.
    """
    indexes, rest = apart(paths)
    opened = list(map(opened_index, indexes))
    held = [index.document(number) for index in opened for number in range(len(index))]
    if indexes and not rest:
        return Corpus(", ".join(paths), tuple(held))
    read = _read_corpus(rest, limits)
    return Corpus(", ".join(paths), (*held, *read.documents), read.errors)


def _read_corpus(paths: Sequence[str], limits: ReadLimits | None) -> Corpus:
    name = ", ".join(paths)
    documents, errors = read_all(paths, limits)
    if not documents:
        if errors:
            raise errors[0]
        raise NothingToReadError(path=name, known=" ".join(READERS))
    return Corpus(name, tuple(documents), tuple(errors))


def opened_index(path: str) -> Index:
    """Return an index with at least one document: nothing read is never a pass."""
    index = Index.open(Path(path))
    if not len(index):
        raise EmptyIndexError(path=path)
    return index


def apart(paths: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return which of `paths` are indexes, and the others."""
    indexes = [path for path in paths if is_index(Path(path))]
    once = {Path(path).resolve(): path for path in reversed(indexes)}
    return list(once.values())[::-1], [path for path in paths if path not in indexes]


def read_all(
    paths: Sequence[str], limits: ReadLimits | None = None
) -> tuple[list[Document], list[DetectorError]]:
    """Read the documents that `paths` name, and say what could not be read."""
    found, missing = find_files(paths)
    with Loader(limits) as loader:
        documents, failed = loader.load_found(found)
    return documents, [*missing, *failed]


def _document(text: Text, config: Config | None) -> Document:
    if isinstance(text, Document):
        return text
    with Loader(config.limits if config else None) as loader:
        return loader.load(Path(text))
