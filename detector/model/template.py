"""A template: wording that recurs with other fills, and what a person said of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from importlib import import_module
from itertools import count
from typing import NamedTuple

from detector.messages import Language
from detector.model.drawn import Drawn
from detector.model.span import Span

SLOT_NAMES = {
    "year": ("年份", "year"),
    "organisation": ("单位", "organisation"),
    "number": ("数字", "number"),
    "place": ("地名", "place"),
    "any": ("任意", "any"),
}
"""How a kind of slot is written in a template, in Chinese and in English."""
_SLOT = re.compile(
    "〔(" + "|".join(name for names in SLOT_NAMES.values() for name in names) + ")〕"
)
_FIGURES = {*SLOT_NAMES["year"], *SLOT_NAMES["number"]}


class Verdict(StrEnum):
    """What a person said of a template; it survives the next mining."""

    NONE = ""
    KEEP = "keep"
    SET_PHRASE = "set_phrase"
    NOT_BOILERPLATE = "not_boilerplate"


def slot(kind: str, language: str = "zh") -> str:
    """Return how a slot is written in a template.

    >>> slot("year")
    '〔年份〕'
    """
    return f"〔{Slot(kind).name(language)}〕"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands in one slot of a template.

    Attributes
    ----------
    kind : str
        One of `SLOT_NAMES`.
    fills : tuple of str
        Some that were seen, the most frequent ones first.
    """

    kind: str
    fills: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """Return what its kind is called in Chinese, or in English."""
        return SLOT_NAMES[self.kind][language == "en"]


@dataclass(frozen=True, slots=True)
class Template(Drawn):
    """Wording that several organisations use, with slots for what changes.

    Attributes
    ----------
    id : str
        ``"T-017"``; it stays when templates are mined again.
    text : str
        Its wording, with 〔年份〕, 〔任意〕 and the like for the slots.
    slots : tuple of Slot
        In the order of `text`.
    organisations : int
        Organisations (documents, where none is known) that use it.
    documents : int
    years : tuple of str
        The first and the last year of these; empty if none is known.
    gain : int
        Bits by which it shortens a description of the corpus.
    verdict : Verdict
    note : str
        Whatever a person wants to remember about it.
    mined : str
        Digest of the text as it was mined; another one if a person edited it, empty if
        a person wrote it.
    """

    id: str
    text: str
    slots: tuple[Slot, ...] = ()
    organisations: int = 0
    documents: int = 0
    years: tuple[str, ...] = ()
    gain: int = 0
    verdict: Verdict = Verdict.NONE
    note: str = ""
    mined: str = ""

    def as_mined(self) -> "Template":
        """Return the template with the digest of its text, which nobody edited yet."""
        return replace(self, mined=_digest(self.text))

    @property
    def is_judged(self) -> bool:
        """Whether a person judged, noted, edited or wrote it."""
        edited = self.mined != _digest(self.text)
        return self.verdict is not Verdict.NONE or bool(self.note) or edited

    @property
    def fixed(self) -> tuple[str, ...]:
        """The wording between the slots."""
        return tuple(part for part in _SLOT.split(self.text)[::2] if part.strip())

    def pieces(self) -> "tuple[str | Slot, ...]":
        """Return fixed wording and slots as they follow each other in the text.

        A slot that a person wrote, of which nothing was seen, has no fills.

        >>> Template("T-1", "截至〔年份〕年", (Slot("year", ("2023",)),)).pieces()
        ('截至', Slot(kind='year', fills=('2023',)), '年')
        """
        known = iter(self.slots)
        kinds = {name: kind for kind, names in SLOT_NAMES.items() for name in names}
        pieces: list[str | Slot] = []
        for at, part in enumerate(_SLOT.split(self.text)):
            if at % 2:
                slot = next(known, None)
                kind = kinds[part]
                pieces.append(slot if slot and slot.kind == kind else Slot(kind))
            elif part:
                pieces.append(part)
        return tuple(pieces)

    def numbered(self) -> "Iterator[tuple[int, str | Slot]]":
        """Yield `pieces`: slots with their number, from 1, and fixed wording with 0."""
        numbers = count(1)
        for piece in self.pieces():
            yield next(numbers) if isinstance(piece, Slot) else 0, piece

    def with_slots(self, sign: str, figure: str) -> str:
        """Return its wording with one character in place of each slot, and blanks.

        `sign` for what may be anything; `figure`, without blanks, for years and
        numbers. What follows stands where it stands in `text`.
        """

        def put_in(found: re.Match[str]) -> str:
            room = len(found[0])
            return figure * room if found[1] in _FIGURES else sign.ljust(room)

        return _SLOT.sub(put_in, self.text)


class PhraseVerdict(StrEnum):
    """What a person said of a phrase; it survives the next mining."""

    NONE = ""
    SET_PHRASE = "set_phrase"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Wording that recurs in different sentences: perhaps a fixed formulation.

    Attributes
    ----------
    text : str
    organisations : int
        Organisations (documents, where none is known) that use it.
    documents : int
    verdict : PhraseVerdict
        Only those that a person judged to be set phrases are treated as such.
    """

    text: str
    organisations: int = 0
    documents: int = 0
    verdict: PhraseVerdict = PhraseVerdict.NONE


class TemplateFit(NamedTuple):
    """A part of a draft that fits a template.

    Attributes
    ----------
    template : Template
    span : Span
        One sentence, or several that follow each other, of the draft.
    equal : int
        Counted characters of the draft that are the template's fixed wording.
    share : float
        Of the fixed wording of the template's sentence, above 0, at most 1; of several
        sentences the smallest.
    weight : float
        Share of the fixed wording that counts as copied where others have it, by how
        many organisations use the template, 0–1.
    begins : int
        Where the first sentence of the template that fits begins in its text.
    """

    template: Template
    span: Span
    equal: int
    share: float
    weight: float
    begins: int


@dataclass(frozen=True, slots=True)
class Library(Drawn):
    """Templates that were mined from a corpus.

    Attributes
    ----------
    organisations, documents : int
        Of the corpus.
    last : int
        The highest number that a template has had.
    phrases : tuple of Phrase
        The most used ones first.
    """

    templates: tuple[Template, ...] = ()
    organisations: int = 0
    documents: int = 0
    last: int = 0
    phrases: tuple[Phrase, ...] = ()

    @classmethod
    def open(cls, path: str) -> "Library":
        """Read the library that `save`, or ``detector mine``, wrote.

        Raises
        ------
        MissingFileError, LibraryFileError
            If there is none, or it says what none does.
        """
        found: Library = import_module("detector.formats.library").load_library(path)
        return found

    def save(self, path: str, language: Language = "zh") -> None:
        """Write the library as TOML that a person can read and judge.

        Raises
        ------
        OutputError
            If the file cannot be written.
        """
        import_module("detector.formats.library").save_library(self, path, language)

    def __repr__(self) -> str:
        return f"Library({len(self.templates)} templates, {len(self.phrases)} phrases)"
