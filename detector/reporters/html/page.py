"""What the page shows of each report, and the file that holds it."""

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from detector.messages import LANGUAGES, Language, say
from detector.model.differences import Piece
from detector.model.document import DocumentId
from detector.model.finding import Finding
from detector.model.ledger import SHOWN, Ledger
from detector.model.match import Label, Match
from detector.model.report import Advice, Batch, IgnoreStatus, Report, SectionLedger
from detector.model.span import Span
from detector.reporters.figures import NEED_CORPUS, whole_columns
from detector.reporters.grouping import count_levels, worst_first
from detector.reporters.html.marks import Line, lines
from detector.reporters.html.shell import filled
from detector.reporters.html.words import both, message, prose
from detector.reporters.places import place, place_in_file, place_within
from detector.reporters.stated import figures, match_facts
from detector.reporters.wording import LACKS, comment_code, omission, reason
from detector.text.ignores import blanked
from detector.text.scripts import language_of
from detector.text.visible import visible

if TYPE_CHECKING:
    from markupsafe import Markup

_DEFINED = {
    "originality": "originality",
    "adequacy": "adequacy",
    "copied": "attributable_overlap",
    "boilerplate": "boilerplate_share",
    "self_repeat": "self_repetition",
    "largest": "largest_source",
    "longest": "longest_match",
    "specificity": "specificity",
    "carried": "carry_over",
}
"""Figures on the page, by the name of their definition."""
_LONGEST_QUOTED = 160


class Bar(NamedTuple):
    """A part of a bar: its label, where it begins and how wide it is, in percent."""

    label: str
    start: float
    width: float


class Row(NamedTuple):
    """A line of the ledger."""

    label: str
    name: "Markup"
    characters: int
    share: str


class Shown(NamedTuple):
    """A figure with its definition."""

    name: "Markup"
    value: "Markup"
    detail: "Markup"
    definition: "Markup | None"


class Source(NamedTuple):
    """A document that has passages of the draft, and what they are credited with.

    Attributes
    ----------
    path : str
        Empty if it is the draft itself.
    """

    number: int
    path: str
    characters: int
    share: str
    passages: int


class Passage(NamedTuple):
    """A passage beside its twin."""

    number: int
    id: str
    label: str
    source: int
    ours: "Markup"
    theirs: "Markup"
    facts: "Markup"
    pieces: Sequence[Piece]
    source_pieces: Sequence[Piece]
    substitutions: Sequence[tuple[str, str, int]]


class Stated(NamedTuple):
    """A finding with the anchor of its place."""

    number: int
    rule: str
    title: "Markup"
    level: str
    said: "Markup"
    where: "Markup"
    target: str
    matches: Sequence[tuple[str, str]]


class Part(NamedTuple):
    """A section of the outline with its ledger as a bar."""

    number: int
    level: int
    title: str
    counted: int
    share: str
    bars: Sequence[Bar]


class View:
    """A report as the template asks for it."""

    def __init__(self, report: Report, number: int) -> None:
        self.report = report
        self.id = f"r{number}"
        self.lang = language_of(report.draft.text)
        self.origin = report.draft.origin
        self.title = visible(self.origin.title or self.origin.path)
        self.path = visible(self.origin.path)
        self.counts = count_levels(report.findings)
        self._numbers = {match.id: at for at, match in enumerate(report.matches)}
        self._sources: dict[DocumentId, int] = {}
        for match in report.matches:
            self._sources.setdefault(match.source.document.id, len(self._sources))

    @property
    def size(self) -> "Markup":
        """How long the draft is."""
        report = self.report
        counted = report.ledger.counted
        return message("R-size", characters=len(report.draft.text), counted=counted)

    @property
    def read_as(self) -> str:
        """Whose and of when it was taken to be."""
        origin = self.origin
        said = (origin.organisation, origin.year, origin.genre)
        return visible(" · ".join(filter(None, said)))

    @property
    def compared(self) -> "Markup":
        """What it was compared with."""
        corpus = self.report.corpus
        if corpus is None:
            return message("R-alone")
        known = "R-corpus-organisations" if corpus.organisations else "R-corpus"
        return message(known, **corpus._asdict())

    @property
    def shares(self) -> dict[str, float]:
        """Each column of the ledger in percent."""
        ledger = self.report.ledger
        return {label.value: round(100 * ledger.share(label), 3) for label in SHOWN}

    @property
    def bars(self) -> list[Bar]:
        """The ledger as a bar."""
        return bars(self.report.ledger)

    @property
    def rows(self) -> list[Row]:
        """The ledger as a table; its characters add up to those counted."""
        ledger = self.report.ledger
        columns = whole_columns(ledger)
        return [
            Row(
                label.value,
                message(f"R-label-{label.value}"),
                columns[label],
                f"{ledger.share(label):.1%}",
            )
            for label in SHOWN
            if columns[label] or self.report.corpus or label not in NEED_CORPUS
        ]

    @property
    def figures(self) -> Iterator[Shown]:
        """Yield the figures in both languages."""
        every = [list(figures(self.report, language)) for language in LANGUAGES]
        for several in zip(*every, strict=True):
            worded = dict(zip(LANGUAGES, several, strict=True))
            name = several[0].name
            defined = _DEFINED.get(name)
            yield Shown(
                message(f"R-figure-{name}"),
                both({key: one.value for key, one in worded.items()}.__getitem__),
                both({key: one.detail for key, one in worded.items()}.__getitem__),
                prose(f"{defined}.page") if defined else None,
            )

    @property
    def findings(self) -> Iterator[Stated]:
        """Yield the findings, the worst level first."""
        ranked = sorted(
            enumerate(self.report.findings), key=lambda one: -one[1].level.rank
        )
        for number, finding in ranked:
            yield self._stated(number, finding)

    @property
    def rules(self) -> list[str]:
        """Ids of the rules that found something."""
        return sorted({finding.rule for finding in self.report.findings})

    def _stated(self, number: int, finding: Finding) -> Stated:
        at = self._numbers
        known = [
            (name, f"{self.id}-p-{at[name]}") for name in finding.matches if name in at
        ]
        target = ""
        if finding.span:
            first = known[0][1].replace("-p-", "-t-") if known else ""
            target = first or f"{self.id}-f-{number}"
        return Stated(
            number,
            finding.rule,
            message(f"{finding.rule}.title"),
            finding.level.value,
            both(finding.in_language),
            self._where(finding.span),
            target,
            known,
        )

    def _where(self, span: Span) -> "Markup":
        return both(partial(place_within, self.report.draft, span))

    @property
    def advice(self) -> Iterator[dict[str, Any]]:
        """Yield what to rewrite first."""
        for one in self.report.advice:
            yield {
                "where": self._where(one.span),
                "said": message(one.code, **one.facts),
                "source": visible(one.source),
                "lacks": [message(LACKS[kind]) for kind in one.lacks],
                "kept": [visible(span.of(self.report.draft.text)) for span in one.kept],
                "target": self._nearest(one),
            }

    def _nearest(self, one: Advice) -> str:
        line, _ = self.report.draft.line_and_column(one.span.start)
        return f"{self.id}-l-{line}"

    @cached_property
    def answers(self) -> list[str]:
        """The problems that no measure takes up."""
        text = self.report.draft.text
        open_ones = [one for one in self.report.answers if one.measure is None]
        return [
            visible(one.problem.of(text).strip())[:_LONGEST_QUOTED] for one in open_ones
        ]

    @property
    def parts(self) -> Iterator[Part]:
        """Yield the outline."""
        for number, part in enumerate(self.report.sections):
            if part.ledger.counted and not part.section.inline:
                yield self._part(number, part)

    def _part(self, number: int, part: SectionLedger) -> Part:
        said = blanked(part.section.heading.of(self.report.draft.text))
        found = part.ledger.share(Label.COPIED, Label.BOILERPLATE, Label.SELF_REPEAT)
        return Part(
            number,
            part.section.level,
            visible(" ".join(said.split()).lstrip("# ")),
            part.ledger.counted,
            f"{found:.0%}",
            bars(part.ledger),
        )

    @property
    def lines(self) -> Iterator[Line]:
        """Yield the text."""
        return lines(self.report)

    @cached_property
    def sources(self) -> list[Source]:
        """The documents that have passages of it, the largest share first."""
        credit = dict.fromkeys(self._sources, 0)
        count = dict.fromkeys(self._sources, 0)
        for match in self.report.matches:
            credit[match.source.document.id] += match.credit
            count[match.source.document.id] += 1
        documents = {
            m.source.document.id: m.source.document for m in self.report.matches
        }
        counted = self.report.ledger.counted or 1
        ranked = sorted(credit, key=lambda key: (-credit[key], self._sources[key]))
        return [
            Source(
                self._sources[key],
                ""
                if documents[key] is self.report.draft
                else visible(documents[key].origin.path),
                credit[key],
                f"{credit[key] / counted:.1%}",
                count[key],
            )
            for key in ranked
        ]

    @property
    def has_preamble(self) -> bool:
        """Whether text stands before the first heading."""
        return (
            bool(self.report.sections) and not self.report.sections[0].section.heading
        )

    @property
    def passages(self) -> Iterator[Passage]:
        """Yield the passages in the order of the draft."""
        for number, match in enumerate(self.report.matches):
            yield self._passage(number, match)

    def _passage(self, number: int, match: Match) -> Passage:
        ours, theirs = match.draft, match.source
        pieces, of_source = (
            [Piece(one.change, visible(one.text)) for one in side]
            for side in (match.differences(), match.source_pieces())
        )
        return Passage(
            number,
            match.id,
            match.label.value,
            self._sources[theirs.document.id],
            self._where(ours.span),
            both(
                lambda language: place_in_file(theirs.document, theirs.start, language)
            ),
            both(lambda language: " · ".join(match_facts(match, language))),
            pieces,
            of_source,
            [(visible(a), visible(b), n) for a, b, n in match.substitutions[:6]],
        )

    @property
    def left_out(self) -> Iterator["Markup"]:
        """Yield what was not counted, and what the reader of the file left out."""
        draft = self.report.draft
        by_reason: dict[str, list[Span]] = {}
        for code, span in self.report.not_counted:
            by_reason.setdefault(code, []).append(span)
        for code, spans in by_reason.items():
            yield both(partial(_not_counted, self.report, code, spans))
        for omitted in draft.omissions:
            yield both(partial(omission, omitted))
        yield message("R-not-counted-rest")

    @property
    def silenced(self) -> Iterator["Markup"]:
        """Yield what is kept silent, and which comments are not followed."""
        for one in self.report.silenced:
            rule, why, until = one.finding.rule, one.reason, one.until
            if not why:
                yield both(partial(_by_configuration, rule))
                continue
            code = "R-ignored-until" if until else "R-ignored-one"
            yield message(code, rule=rule, count=1, why=why, until=until)
        for remark in self.report.remarks:
            if remark.status is not IgnoreStatus.USED:
                facts = {
                    "rules": " ".join(remark.rules) or "–",
                    "until": remark.until,
                    "unread": remark.unread,
                }
                yield message(comment_code(remark), **facts)


def _by_configuration(rule: str, language: Language) -> str:
    why = say("R-ignored-configuration", language)
    return say("R-ignored-one", language, rule=rule, count=1, why=why)


def _not_counted(
    report: Report, code: str, spans: Sequence[Span], language: Language
) -> str:
    return say(
        "R-not-counted" if len(spans) == 1 else "R-not-counted-several",
        language,
        reason=reason(code, language),
        count=len(spans),
        characters=sum(map(len, spans)),
        place=place(report.draft, spans[0].start, language),
    )


def bars(ledger: Ledger) -> list[Bar]:
    """Return the parts of a bar as wide as all that is counted."""
    found = []
    start = 0.0
    for label in SHOWN:
        width = 100 * ledger.share(label)
        if width:
            found.append(Bar(label.value, round(start, 3), round(width, 3)))
        start += width
    return found


def render(batch: Batch, language: Language) -> bytes:
    """Return the page as UTF-8; it begins in `language` and holds both."""
    views = [
        View(report, at) for at, report in enumerate(worst_first(batch.reports), 1)
    ]
    every = [finding for report in batch.reports for finding in report.findings]
    return filled(
        "report.html",
        language,
        views=views,
        counts=count_levels(every),
        errors=[both(error.in_language) for error in batch.errors],
        settings=batch.settings,
        corpus=batch.corpus,
    )
