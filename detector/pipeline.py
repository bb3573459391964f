"""The sentence: load, normalize, retrieve, align, classify, score, render.

The only module that knows the order of the steps.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detector.alignment.nominees import Seeds, sow
from detector.alignment.passages import Aligned, align_sources, align_within, weigh
from detector.alignment.signs import with_signs
from detector.alignment.weighed import Weighed
from detector.background.corpus import COMMON_BITS, common_wording
from detector.background.model import Background
from detector.classification.citation import find_citations
from detector.classification.echo import is_echo
from detector.classification.kind import kind_of
from detector.classification.set_phrases import SetPhrases
from detector.config import Config
from detector.errors import DetectorError, EmptyFileError, NothingToReadError
from detector.formats import READERS, load, load_bytes
from detector.formats.background import load_background
from detector.formats.folder import find_files, load_found
from detector.formats.shipped import read_phrases, shipped_phrases
from detector.index.nominate import Retriever
from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.model.report import Batch, Report, SectionLedger
from detector.model.section import Section
from detector.rules import apply_rules
from detector.scoring.matches import Draft, Held, holder_of, score
from detector.text.facts import find_facts
from detector.text.furniture import Furniture, find_furniture
from detector.text.normalized import NormalizedText
from detector.text.outline import outline
from detector.text.rules import normalize
from detector.text.stems import find_stems
from detector.text.units import Units, count_units

_ALIGNED_ALONE = 8
"""Sources up to which it is quicker to align than to ask which to align."""
Text: TypeAlias = Document | Path | str
"""A document, or the path of one; a `str` is always a path."""


@dataclass(frozen=True)
class Prepared:
    """A document and what every comparison needs of it, computed when first asked."""

    document: Document

    @cached_property
    def normalized(self) -> NormalizedText:
        """The folded text with the way back."""
        return normalize(self.document.text)

    @cached_property
    def furniture(self) -> Furniture:
        """What stands around the running text."""
        return find_furniture(self.document.text)

    @cached_property
    def units(self) -> Units:
        """The counted units of the running text."""
        return count_units(self.normalized, (span for _, span in self.furniture))

    @cached_property
    def weighed(self) -> Weighed:
        """What is aligned; without what each unit says, as of a source."""
        return Weighed(self.units, find_stems(self.units, self.document.text))


class Checker:
    """Checks any number of drafts against one corpus.

    Parameters
    ----------
    corpus : Corpus or None
        None looks at each draft alone.
    spare : bool
        Whether a draft that is a file of the corpus is spared the comparison with
        itself. The same text in another file is a twin, and never spared.
    """

    def __init__(
        self,
        corpus: Corpus | None = None,
        config: Config | None = None,
        *,
        spare: bool = True,
    ) -> None:
        self._spare = spare
        self.config = config or Config()
        self.corpus = corpus
        own_lists = read_phrases(map(Path, self.config.set_phrases))
        self._phrases = SetPhrases((*shipped_phrases(), *own_lists))
        self._background = load_background(self.config.background)
        self._sources = [Prepared(d) for d in corpus.documents] if corpus else []
        self._facts = corpus.facts if corpus else None

    @cached_property
    def _retriever(self) -> Retriever:
        folded = [(source.normalized, source.units) for source in self._sources]
        return Retriever(folded, self.config.retrieval)

    def check(self, document: Document) -> Report:
        """Return everything found about one draft."""
        draft = Prepared(document)
        sections = outline(document.text, document.blocks)
        phrase = self._phrases.mask(draft.units)
        cited = draft.units.mask(find_citations(document.text))
        held, repeats = self._align(draft, sections, self._evidence(draft, phrase))
        known = Draft(document, draft.units, cited, phrase)
        others = self._others(document)
        holders = {holder_of(other) for other in others} - {
            document.origin.organisation
        }
        matches, labels = score(known, held, repeats, len(holders))
        report = Report(
            draft=document,
            sources={passage.document.id: passage.document for passage in held},
            matches=matches,
            findings=(),
            ledger=labels.ledger(),
            sections=tuple(
                SectionLedger(part, labels.ledger(draft.units.within(part.span)))
                for part in sections
            ),
            facts=find_facts(document.text),
            not_counted=draft.furniture,
            corpus=self._facts._replace(documents=len(others))
            if self._facts and others
            else None,
            settings=self.config.digest,
        )
        return replace(report, findings=apply_rules(report, self.config.rules))

    def _evidence(self, draft: Prepared, phrase: NDArray[np.bool_]) -> Weighed:
        """Return the draft with what each of its units says if it is shared."""
        plain = draft.weighed
        most = np.float32(self.config.alignment.strongest_unit)
        bits = np.full(len(plain), most)
        if self._background:
            bits = self._background.surprisal(plain.stems)
            if self._common:
                said = self._common.surprisal(plain.stems)
                bits = np.minimum(bits, np.maximum(said, COMMON_BITS))
        return Weighed(plain.units, plain.stems, weigh(bits, phrase))

    @cached_property
    def _common(self) -> Background | None:
        """What several organisations of the corpus write alike."""
        holders = [holder_of(source.document) for source in self._sources]
        texts = [source.weighed.stems for source in self._sources]
        return common_wording(texts, holders)

    def _align(
        self, draft: Prepared, sections: Sequence[Section], weighed: Weighed
    ) -> tuple[list[Held], list[Held]]:
        """Return what other documents hold, and what the draft holds twice."""
        options = self.config.alignment
        sources, seeds = self._candidates(draft)
        texts = [source.weighed for source in sources]
        held = [
            _held(draft.document, source.document, aligned)
            for source, passages in zip(
                sources, align_sources(weighed, texts, options, seeds), strict=True
            )
            if not self._is_spared(source.document, draft.document)
            for aligned in passages
        ]
        repeats = [
            _held(draft.document, draft.document, aligned)
            for aligned in align_within(weighed, options)
            if not is_echo(aligned.alignment, sections, draft.document.text)
        ]
        return held, repeats

    def _is_spared(self, source: Document, draft: Document) -> bool:
        return self._spare and _same_file(source, draft)

    def _others(self, draft: Document) -> list[Document]:
        """Return the documents of the corpus that the draft is compared with."""
        documents = (source.document for source in self._sources)
        return [one for one in documents if not self._is_spared(one, draft)]

    def _candidates(self, draft: Prepared) -> tuple[list[Prepared], Seeds | None]:
        """Return the sources to align with, and their seeds where these are kept."""
        if not self._sources:
            return [], None
        found = self._retriever.nominate((draft.normalized, draft.units))
        if len(found) == len(self._sources):
            seeds = self._seeds if len(found) > _ALIGNED_ALONE else None
            return self._sources, seeds
        return [self._sources[candidate.source] for candidate in found], None

    @cached_property
    def _seeds(self) -> Seeds:
        return sow([source.weighed for source in self._sources])


def _held(draft: Document, document: Document, aligned: Aligned) -> Held:
    alignment = with_signs(aligned.alignment, draft.text, document.text)
    return Held(document, alignment, kind_of(alignment), aligned.bits)


def check(
    draft: Text,
    corpus: "Corpus | Path | str | None" = None,
    config: Config | None = None,
) -> Report:
    r"""Check one draft, alone or against a corpus.

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
    opened = corpus if isinstance(corpus, Corpus | None) else open_corpus([str(corpus)])
    return Checker(opened, config).check(_document(draft))


def compare(draft: Text, source: Text, config: Config | None = None) -> Report:
    """Check one draft against one source.

    Raises
    ------
    DetectorError
        If one of them cannot be read.
    """
    document = _document(source)
    corpus = Corpus(document.origin.path, (document,))
    return Checker(corpus, config, spare=False).check(_document(draft))


def check_files(
    drafts: Sequence[str],
    corpus: Sequence[str] = (),
    config: Config | None = None,
    stdin: Callable[[], bytes] | None = None,
) -> Batch:
    """Check files, folders and patterns; what cannot be read is told, not raised.

    Parameters
    ----------
    drafts : sequence of str
        ``"-"`` among them is read from `stdin`.

    Raises
    ------
    DetectorError
        If nothing of the corpus can be read.
    """
    opened = open_corpus(corpus) if corpus else None
    documents, errors = read_all([draft for draft in drafts if draft != "-"])
    if stdin is not None:
        try:
            documents.append(load_bytes(stdin(), "-"))
        except DetectorError as error:
            errors.append(error)
    return _batch(documents, errors, Checker(opened, config))


def compare_files(draft: str, source: str, config: Config | None = None) -> Batch:
    """Compare two files; the report is that of the first.

    Raises
    ------
    DetectorError
        If one of them cannot be read.
    """
    document = load(Path(source))
    if not len(Prepared(document).units):
        raise EmptyFileError(path=source)
    checker = Checker(Corpus(source, (document,)), config, spare=False)
    return _batch([load(Path(draft))], [], checker)


def _batch(
    documents: Sequence[Document], errors: Sequence[DetectorError], checker: Checker
) -> Batch:
    corpus = checker.corpus
    reports = [checker.check(document) for document in documents]
    empty = [
        EmptyFileError(path=report.draft.origin.path)
        for report in reports
        if not report.ledger.counted
    ]
    return Batch(
        reports=tuple(report for report in reports if report.ledger.counted),
        errors=(*errors, *empty, *(corpus.errors if corpus else ())),
        corpus=corpus.facts if corpus else None,
        settings=checker.config.digest,
    )


def open_corpus(paths: Sequence[str]) -> Corpus:
    """Read a corpus of files, folders and patterns.

    Raises
    ------
    NothingToReadError
        If not one document can be read; any other error is kept in the corpus.
    """
    documents, errors = read_all(paths)
    if not documents:
        if errors:
            raise errors[0]
        raise NothingToReadError(path=", ".join(paths), known=" ".join(READERS))
    return Corpus(", ".join(paths), tuple(documents), tuple(errors))


def read_all(paths: Sequence[str]) -> tuple[list[Document], list[DetectorError]]:
    """Read the documents that `paths` name, and say what could not be read."""
    found, missing = find_files(paths)
    documents, failed = load_found(found)
    return documents, [*missing, *failed]


def _same_file(one: Document, other: Document) -> bool:
    if one is other or one.id != other.id:
        return one is other
    return Path(one.origin.path).resolve() == Path(other.origin.path).resolve()


def _document(text: Text) -> Document:
    return text if isinstance(text, Document) else load(Path(text))
