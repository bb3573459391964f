"""Everything found about one draft, or about several in one go."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from importlib import import_module
from math import inf
from typing import Any, NamedTuple, Protocol

from detector.errors import DetectorError, NotKeptError, OptionError
from detector.messages import Language
from detector.model.alignment import Alignment
from detector.model.document import Document, DocumentId
from detector.model.drawn import Drawn
from detector.model.finding import Finding
from detector.model.later import Later
from detector.model.ledger import Ledger
from detector.model.match import Label, Match
from detector.model.section import Section
from detector.model.span import Span
from detector.model.template import TemplateFit


class PathLike(Protocol):
    """A `pathlib.Path`, say: a value object knows no files."""

    def __fspath__(self) -> str: ...


class _Passage(Protocol):
    """What is known of a passage before it is a match."""

    @property
    def document(self) -> Document: ...
    @property
    def alignment(self) -> Alignment: ...
    @property
    def evidence(self) -> float: ...


class _Again(Protocol):
    """What scores a report again, with the passages that are to be kept."""

    @property
    def paths(self) -> frozenset[str]: ...

    def __call__(self, keep: Callable[[_Passage], bool], said: str) -> "Report": ...


class CorpusFacts(NamedTuple):
    """What a draft was compared with: how much, and a digest to find it again."""

    path: str
    documents: int
    organisations: int
    digest: str


class Nominated(NamedTuple):
    """How an index was asked, and what of it was not followed.

    Attributes
    ----------
    documents : int
        Those that the draft was aligned with.
    most : int
        Documents of each index that are looked at closely, at the most.
    capped : int
        Seeds of the draft, short runs of characters, that stand in more places of the
        index than were followed.
    """

    documents: int
    most: int
    capped: int


class SectionLedger(NamedTuple):
    """The figures of one section of the outline."""

    section: Section
    ledger: Ledger


class Fact(NamedTuple):
    """One specific of the text: a number with its unit, a date, a document number."""

    kind: str
    span: Span


class ChangedFact(NamedTuple):
    """A specific that stands otherwise in the earlier report."""

    fact: Fact
    before: str


class CarryOver(NamedTuple):
    """What a report takes over from an earlier one of the same organisation.

    Attributes
    ----------
    document : Document
        The earlier report.
    share : float
        Of the counted characters, 0–1, that passages of it have, too.
    unchanged : tuple of Fact
        Specifics in these passages that are the same.
    changed : tuple of ChangedFact
        Those that were replaced.
    """

    document: Document
    share: float
    unchanged: tuple[Fact, ...]
    changed: tuple[ChangedFact, ...]


class IgnoreStatus(StrEnum):
    """What came of a comment that keeps a rule silent."""

    USED = "used"
    UNUSED = "unused"
    EXPIRED = "expired"
    """Its month or day is over, or is none."""
    NO_REASON = "no_reason"
    UNKNOWN_RULE = "unknown_rule"
    """It names no rule, or one that there is not."""
    MISWRITTEN = "miswritten"
    """It says what means nothing: a misspelt ``until``."""


class Silenced(NamedTuple):
    """A finding that is not told, and why.

    Attributes
    ----------
    reason, until : str
        As the comment says that keeps it silent; both empty if the configuration does.
    """

    finding: Finding
    reason: str = ""
    until: str = ""

    @property
    def by(self) -> str:
        """``comment`` or ``configuration``."""
        return "comment" if self.reason else "configuration"


class Remark(NamedTuple):
    """A comment of the document to this tool; followed only if it is `USED`.

    Attributes
    ----------
    unread : str
        What it says that means nothing.
    """

    span: Span
    rules: tuple[str, ...]
    reason: str
    until: str
    status: IgnoreStatus
    unread: str = ""


class Answer(NamedTuple):
    """A problem that a report names, and the measure that answers it.

    Attributes
    ----------
    problem : Span
        Its heading, or its first sentence.
    measure : Span or None
        The measure with most wording of it; None if no measure takes it up.
    shared : tuple of str
        The words that both have, those that say most first.
    """

    problem: Span
    measure: Span | None
    shared: tuple[str, ...]


class Advice(NamedTuple):
    """A passage that is worth rewriting, and what a version of its own would need.

    Attributes
    ----------
    code : str
        Code of `detector.messages` that says why.
    units : int
        Counted characters that it is about, by which advice is ranked.
    source : str
        Path of the document that has it, too; empty if there is none.
    lacks : tuple of str
        Kinds of specifics that the passage does not have: ``when``, ``how_many``,
        ``who_where``.
    kept : tuple of Span
        Its specifics that stand in the source, too.
    """

    span: Span
    code: str
    units: int
    facts: Mapping[str, object]
    source: str
    lacks: tuple[str, ...]
    kept: tuple[Span, ...]


class Standing(NamedTuple):
    """A figure of a report, and the same of each of its peers, in no order."""

    own: float
    others: tuple[float, ...]


class Peers(NamedTuple):
    """How the figures of a report stand among those of its genre.

    Attributes
    ----------
    genre : str
    reports : int
        Reports of other organisations that were looked at.
    percentiles : mapping of str to float
        Of each figure, the share of them with a lower one, 0–100; empty if they are too
        few to tell.
    figures : mapping of str to Standing
        The figures themselves, however few; empty if there are no peers.
    """

    genre: str
    reports: int
    percentiles: Mapping[str, float]
    figures: Mapping[str, Standing] = {}


class LargestSource(NamedTuple):
    """The source that explains most of the draft, with its share of N, 0–1."""

    document: Document
    share: float


@dataclass(frozen=True, slots=True, repr=False)
class Report(Drawn):
    """Everything found about one draft, and all that is needed to find it again.

    Equal inputs give equal reports, byte for byte. There is no clock in here. What is
    no tuple below may be worked out when it is first asked for (`Later`): whoever asks
    for the matches of many pairs pays for nothing else.

    Attributes
    ----------
    sources : mapping of document id to Document
        The documents that matches point to, without the draft.
    sections : sequence of SectionLedger
        In order of the draft; the ledgers of level 1 add up to `ledger`.
    not_counted : tuple of (reason code, Span)
        Title block, signature, table of contents: text that no figure counts.
    facts : sequence of Fact
        The specifics that `specificity` counts.
    paragraphs : sequence of (Span, Ledger)
        Those that hold counted characters.
    fits : tuple of TemplateFit
        Where the draft fits a template of the library.
    saturation : tuple of float
        The originality that a quarter, half, three quarters and all of the corpus give,
        on the average; empty if it is too small to tell.
    settings : str
        Digest of the configuration.
    carry_over : CarryOver or None
        None where no earlier report of the same organisation has a passage of it.
    among : int
        Organisations (documents, where none is known) other than the draft's own, by
        which commonness is judged: M of ``K = max(8, M / 10)``.
    peers : Peers or None
        None where peers were not asked for.
    nominated : Nominated or None
        None where no index was asked.
    silenced : sequence of Silenced
        Findings that comments or the configuration keep silent.
    remarks : sequence of Remark
        The comments that ask for it.
    answers : sequence of Answer
        The problems of a report on problems and measures, in order; empty for another.
    advice : sequence of Advice
        What to rewrite first, in this order.
    again : callable or None
        What `rethreshold` asks; None in a batch, and in what was sent or stored.
    """

    draft: Document
    sources: Mapping[DocumentId, Document]
    matches: tuple[Match, ...]
    findings: Sequence[Finding]
    ledger: Ledger
    sections: Sequence[SectionLedger]
    facts: Sequence[Fact]
    not_counted: tuple[tuple[str, Span], ...]
    corpus: CorpusFacts | None
    settings: str
    paragraphs: Sequence[tuple[Span, Ledger]] = ()
    fits: tuple[TemplateFit, ...] = ()
    saturation: tuple[float, ...] = ()
    carry_over: CarryOver | None = None
    among: int = 0
    peers: Peers | None = None
    nominated: Nominated | None = None
    silenced: Sequence[Silenced] = ()
    remarks: Sequence[Remark] = ()
    answers: Sequence[Answer] = ()
    advice: Sequence[Advice] = ()
    again: "_Again | None" = field(default=None, compare=False, repr=False)

    def __repr__(self) -> str:
        return (
            f"Report({self.draft.origin.path!r}, originality {self.originality:.1f}, "
            f"{len(self.matches)} matches, {len(self.findings)} findings)"
        )

    def settled(self) -> "Report":
        """Return the report with all worked out, as tuples, and nothing kept to do so.

        That is for many reports: what one was made of takes more room than it does. It
        cannot be asked for another threshold (`rethreshold`) any more.
        """
        values = ((one.name, getattr(self, one.name)) for one in fields(self))
        made: dict[str, Any] = {
            name: tuple(value) for name, value in values if isinstance(value, Later)
        }
        return replace(self, again=None, **made)

    def rethreshold(
        self,
        *,
        evidence: float = 0,
        shortest: int = 0,
        identity: float = 0,
        without: str | Collection[str] = (),
    ) -> "Report":
        """Return the report as it is with fewer passages; nothing is aligned again.

        Ledger, labels, findings and advice follow; the matches are numbered anew; its
        peers are left out, being measured by other thresholds. It
        begins at what the check found, so that a later call may ask for less again,
        but not for less than the check did: see ``[alignment]`` of the settings.

        Parameters
        ----------
        evidence : float
            Bits that a passage needs, as `Match.evidence` has them.
        shortest : int
            Equal characters (words of other scripts) that it needs.
        identity : float
            Equal share of the alignment that it needs, 0–1.
        without : str or collection of str
            Paths of sources that are left out. They still count for how common a
            wording is in the corpus.

        Raises
        ------
        OptionError
            If a threshold is out of its range, or no passage was found in a path.
        NotKeptError
            If the report does not keep what was found.
        """
        asked = {"evidence": evidence, "shortest": shortest, "identity": identity}
        for name, value in asked.items():
            if not 0 <= value <= (1 if name == "identity" else inf):
                allowed = "0–1" if name == "identity" else "≥ 0"
                raise OptionError(name=name, value=value, allowed=allowed)
        if self.again is None:
            raise NotKeptError(path=self.draft.origin.path)
        left_out = {without} if isinstance(without, str) else set(map(str, without))
        known = self.again.paths
        if unknown := sorted(left_out - known):
            allowed = ", ".join(sorted(known))
            raise OptionError(name="without", value=unknown[0], allowed=allowed)

        def keep(passage: _Passage) -> bool:
            return (
                passage.evidence >= evidence
                and passage.alignment.equal >= shortest
                and passage.alignment.identity >= identity
                and passage.document.origin.path not in left_out
            )

        some = any(asked.values()) or left_out
        return self.again(keep, f"{asked} {sorted(left_out)}" if some else "")

    def save(self, path: "str | PathLike", language: Language | None = None) -> None:
        """Write the report, as `Batch.save` does."""
        batch = Batch((self,), corpus=self.corpus, settings=self.settings)
        batch.save(path, language)

    @property
    def originality(self) -> float:
        """Share of the freely worded characters found nowhere else, 0–100."""
        return self.ledger.originality

    @property
    def adequacy(self) -> float | None:
        """Points of originality that the corpus took when it last doubled, at least 0.

        So much about it will still fall when it doubles again; None if not known.
        """
        return self.saturation[1] - self.saturation[3] if self.saturation else None

    @property
    def specificity(self) -> float:
        """Facts per 1,000 counted characters."""
        return 1000 * len(self.facts) / (self.ledger.counted or 1)

    @property
    def self_repetition(self) -> float:
        """Characters that repeat inside the draft, as a share of all counted, 0–1."""
        return self.ledger.share(Label.SELF_REPEAT)

    @property
    def longest_match(self) -> Match | None:
        """The match with most equal characters; the first of equals."""
        return max(self.matches, key=lambda m: m.alignment.equal, default=None)

    @property
    def largest_source(self) -> LargestSource | None:
        """The other document that most characters are credited to."""
        credit: dict[DocumentId, int] = {}
        for match in self.matches:
            if not match.within:
                key = match.source.document.id
                credit[key] = credit.get(key, 0) + match.credit
        if not credit:
            return None
        best = max(credit, key=lambda key: (credit[key], key))
        if not credit[best]:  # what was issued is cited
            return None
        return LargestSource(
            self.sources[best], credit[best] / (self.ledger.counted or 1)
        )


@dataclass(frozen=True, slots=True)
class Batch(Drawn):
    """The reports of one run, and what could not be read.

    Attributes
    ----------
    errors : tuple of DetectorError
        One for each input, of the drafts or of the corpus, that could not be read.
    """

    reports: tuple[Report, ...]
    errors: tuple[DetectorError, ...] = field(default=())
    corpus: CorpusFacts | None = None
    settings: str = ""

    def __repr__(self) -> str:
        return f"Batch({len(self.reports)} reports, {len(self.errors)} errors)"

    def save(self, path: "str | PathLike", language: Language | None = None) -> None:
        """Write the reports in the format that the suffix of `path` names.

        Parameters
        ----------
        language : str, optional
            ``"zh"`` or ``"en"``; by default that of the first draft.

        Raises
        ------
        OptionError
            If no format has this suffix, or there is no such language.
        OutputError
            If the file cannot be written.
        """
        import_module("detector.reporters").save(self, str(path), language)
