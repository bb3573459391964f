"""A text as it was read, and the way back to the page a person looks at."""

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Literal, TypeAlias

from detector.model.span import Span

_LINE_END = re.compile(r"\r\n|\r|\n")

HASH = "hash"
"""What "read" a document of an index that holds no texts: of its text that is shown
which a draft has, too, and a □ in place of every other unit."""
DocumentId: TypeAlias = str
"""SHA-256 of the text, in hexadecimal: equal texts have equal ids under any name."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document comes from, as far as it is known.

    Attributes
    ----------
    path : str
        As the user gave it, or relative to the corpus; ``"-"`` for standard input.
    reader : str
        What read it: ``"txt"``, ``"md"``, ``"html"``, ``"docx"``, ``"pdf"``, or `HASH`.
    encoding : str
        The encoding of the bytes; empty where the format leaves no choice.
    title, organisation, year, genre : str
        Empty if unknown. The year is of the report, not of the file.
    """

    path: str
    reader: str = "txt"
    encoding: str = ""
    title: str = ""
    organisation: str = ""
    year: str = ""
    genre: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader finds a block in the original file; numbers count from 1.

    `part` names the text outside of the running body that the block belongs to.
    """

    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    part: Literal["body", "footnote", "endnote", "textbox", "header", "footer"] = "body"


class BlockKind(StrEnum):
    """What a block is in the layout of its file."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CELL = "cell"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, table cell or footnote of the original file.

    Attributes
    ----------
    span : Span
        Where its text stands in the document, without the line break that ends it.
    level : int
        Level of a heading as the file declares it, from 1; 0 for anything else.
    """

    span: Span
    place: Place
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0


@dataclass(frozen=True, slots=True)
class Omission:
    """Something a reader saw in the file and left out of the text, or doubts.

    Attributes
    ----------
    code : str
        A code of `detector.messages`, such as ``"X101"``.
    count : int
        How many there were: characters, images or places, as the message says.
    doubtful : bool
        True if the text that was recovered may be wrong or incomplete because of it,
        so that a person has to look (rule EXTR001).
    detail : str
        What the message names besides the count, such as an encoding.
    """

    code: str
    count: int
    doubtful: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A comment of the file: what it says, and the text that it hangs on."""

    span: Span
    text: str


class Unseen(StrEnum):
    """Why a reader of the file does not see a passage that its text has."""

    WHITE = "white"
    """In the colour of what is behind it."""
    TINY = "tiny"
    """In letters of four points and less."""
    BETWEEN = "between"
    """Between letters, over and over, in a style that may hide it."""


@dataclass(frozen=True)
class Document:
    """A text as it was read. Every span of the project refers to some `text`.

    Attributes
    ----------
    text : str
        The extracted text. Plain text is kept as decoded, line ends included.
    blocks : tuple of Block
        In order, disjoint; they lead back to page, paragraph and cell. Plain text has
        none: its lines are its places.
    omissions : tuple of Omission
        What the text lacks, for the reader to know.
    notes : tuple of Note
        Comments that the file has beside its text.
    unseen : tuple of (Unseen, Span)
        What stands in the text and is not seen in the file.
    """

    text: str
    origin: Origin
    blocks: tuple[Block, ...] = ()
    omissions: tuple[Omission, ...] = ()
    notes: tuple[Note, ...] = ()
    unseen: tuple[tuple[Unseen, Span], ...] = ()

    def __repr__(self) -> str:
        return f"Document({self.origin.path!r}, {len(self.text)} characters)"

    @classmethod
    def from_text(cls, text: str, path: str = "<text>", **origin: str) -> "Document":
        """Make a document of `text`; `origin` as in `Origin`, such as ``year="2024"``.

        >>> Document.from_text("一、总体要求", organisation="甲镇").origin.organisation
        '甲镇'
        """
        return cls(text, Origin(path, **origin))

    @cached_property
    def id(self) -> DocumentId:
        """SHA-256 of the text as UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def line_and_column(self, offset: int) -> tuple[int, int]:
        r"""Return the line and the column of `offset`, both counted from 1.

        >>> Document.from_text("甲\n乙丙").line_and_column(3)
        (2, 2)
        """
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def block_at(self, offset: int) -> Block | None:
        """Return the block that holds `offset`, or the last one before it."""
        at = bisect_right(self.blocks, offset, key=lambda block: block.span.start)
        return self.blocks[at - 1] if at else None
