"""A passage of the draft and the passage it follows."""

from dataclasses import dataclass
from enum import StrEnum

from detector.model.alignment import Alignment
from detector.model.differences import Piece, differences, marked, source_pieces
from detector.model.document import Document
from detector.model.drawn import Drawn
from detector.model.span import Span

CARRIED_OVER = "C206"
"""Reason of a match with another document of the draft's own organisation."""


ISSUED = "C205"
"""Reason of a match with a document that was given as issued: it may be followed."""
COMMON_WORDING = "C207"
"""Reason of boilerplate that says too little to be copied, whoever has it."""


class MatchKind(StrEnum):
    """How a passage was edited on its way from the source."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    REORDERED = "reordered"
    PARAPHRASED = "paraphrased"


class Label(StrEnum):
    """Whose a counted character is, in order of precedence; the ledger's columns."""

    CITED = "cited"
    COPIED = "copied"
    BOILERPLATE = "boilerplate"
    SELF_REPEAT = "self_repeat"
    SET_PHRASE = "set_phrase"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document: a reference, not a copy of the text."""

    document: Document
    span: Span

    @property
    def start(self) -> int:
        """First code point of the passage in the document's text."""
        return self.span.start

    @property
    def end(self) -> int:
        """Code point after the last one of the passage."""
        return self.span.end

    @property
    def text(self) -> str:
        """The passage as it stands in the document."""
        return self.span.of(self.document.text)


@dataclass(frozen=True, slots=True, repr=False)
class Match(Drawn):
    """A passage of the draft and the passage it follows.

    Attributes
    ----------
    id : str
        ``"m1"``, ``"m2"``, … in the order of the draft.
    source : Passage
        Of another document, or of the draft itself where a passage repeats.
    label : Label
        What most of its characters were counted as.
    weight : float
        Share of its characters that counts as copied rather than boilerplate, 0–1.
    credit : int
        Counted characters of the draft that the ledger credits to this match; what a
        better match already explains is not counted again.
    organisations : int
        Distinct organisations (documents, where none is known) that hold the passage,
        other than the draft's own.
    reason : str
        Message code of the rule that decided `label`.
    evidence : float
        Bits that the passage says beyond chance and genre; see `AlignmentOptions`.
    """

    id: str
    draft: Passage
    source: Passage
    alignment: Alignment
    kind: MatchKind
    label: Label
    weight: float
    credit: int
    organisations: int
    reason: str
    evidence: float = 0.0

    def __repr__(self) -> str:
        source = self.source.document.origin.path
        return (
            f"Match({self.id!r}, {self.kind.value}, {self.label.value}, "
            f"{self.identity:.0%} of {source!r})"
        )

    @property
    def within(self) -> bool:
        """Whether the passage repeats inside the draft; a twin is another document."""
        return self.source.document is self.draft.document

    @property
    def identity(self) -> float:
        """Equal share of the alignment's columns, above 0, at most 1."""
        return self.alignment.identity

    @property
    def substitutions(self) -> tuple[tuple[str, str, int], ...]:
        """Wordings replaced: (in the source, in the draft, how often), most first."""
        counts = self.alignment.substitutions(
            self.draft.document.text, self.source.document.text
        )
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple((old, new, count) for (old, new), count in ordered)

    def differences(self) -> tuple[Piece, ...]:
        """Return the passage in pieces: what is equal, deleted and inserted."""
        draft, source = self.draft.document.text, self.source.document.text
        return differences(self.alignment, draft, source)

    def source_pieces(self) -> tuple[Piece, ...]:
        """Return the passage of the source, what the draft has otherwise marked."""
        return source_pieces(self.alignment, self.source.document.text)

    def diff(self) -> str:
        """Return the passage, ``[-source-]`` and ``{+draft+}`` where they differ."""
        return marked(self.differences())
