"""What a rule has to say about a document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from detector.messages import Language, say
from detector.model.span import Span


class Level(StrEnum):
    """How much a finding matters; ``error`` fails a check by default."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for a note, 1 for a warning, 2 for an error."""
        return list(Level).index(self)


class State(StrEnum):
    """Whether the gate has seen a finding before."""

    NEW = "new"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that a rule states about a passage of the draft, or about all of it.

    Attributes
    ----------
    span : Span
        Where in the draft; empty at 0 if it is about the whole document.
    message : str
        Code of `detector.messages` that words the facts.
    matches : tuple of str
        Ids of the matches it rests on.
    fingerprint : str
        Stays the same when the file is edited elsewhere; 32 hexadecimal digits.
    places : tuple of Span
        All places that it is about, `span` the first of them; empty if it is one only.
    state : State or None
        None where nobody asked whether it is new.
    """

    rule: str
    level: Level
    span: Span
    line: int
    column: int
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)
    matches: tuple[str, ...] = ()
    fingerprint: str = ""
    places: tuple[Span, ...] = ()
    state: State | None = None

    def in_language(self, language: Language) -> str:
        """Word the finding for a reader of `language`."""
        return say(self.message, language, **self.facts)
