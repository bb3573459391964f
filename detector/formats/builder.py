"""Paragraph by paragraph, a text and the blocks that lead back to its file."""

from collections import Counter
from collections.abc import Iterator, Sequence

from detector.errors import EmptyFileError
from detector.formats.limits import ReadLimits
from detector.model.document import (
    Block,
    BlockKind,
    Document,
    Note,
    Omission,
    Origin,
    Place,
    Unseen,
)
from detector.model.span import Span

# Codes of `detector.messages`: what a reader left out of the text, or doubts.
UNDECODABLE = "X101"
HIDDEN = "X102"
DELETED = "X103"
HEADERS = "X104"
COMMENTS = "X105"
PICTURES = "X106"
NUMBERS = "X107"
EMBEDDED = "X108"
RUNNING_LINES = "X109"
PICTURE_PAGES = "X110"
GARBLED = "X111"
REFERENCES = "X112"
UNREAD = "X113"

_DOUBTFUL = {UNDECODABLE, EMBEDDED, PICTURE_PAGES, GARBLED, UNREAD}


class TextBuilder:
    """Collects the blocks of one file, in order; each becomes lines of the text.

    Attributes
    ----------
    left_out : Counter of message code
        What was seen and is not in the text, in the unit that the message names.
    """

    def __init__(self, path: str, limits: ReadLimits) -> None:
        self.left_out: Counter[str] = Counter()
        self._path = path
        self._limits = limits
        self._seen = 0
        self._pieces: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0
        self._notes: list[tuple[int, str]] = []
        self._unseen: list[tuple[Unseen, Span]] = []

    def add(
        self,
        text: str,
        place: Place,
        kind: BlockKind = BlockKind.PARAGRAPH,
        level: int = 0,
        unseen: Sequence[tuple[Unseen, Span]] = (),
    ) -> None:
        """Append a block; one without any text is only counted.

        `unseen` are parts of `text` that a reader of the file does not see.

        Raises
        ------
        LimitError
            If there are more blocks than the limits allow.
        """
        self._seen += 1
        self._limits.check(self._path, "max_blocks", self._seen)
        if not text.strip():
            return
        if self._pieces:
            self._length += 1  # the line break between two blocks
        start, self._length = self._length, self._length + len(text)
        self._unseen += (
            (why, Span(start + part.start, start + part.end)) for why, part in unseen
        )
        self._pieces.append(text)
        self._blocks.append(Block(Span(start, self._length), place, kind, level))

    def note(self, text: str) -> None:
        """Keep a comment of the file; it hangs on the block that is added next."""
        self._notes.append((len(self._blocks), text))

    @property
    def is_empty(self) -> bool:
        """True as long as there is no text."""
        return not self._blocks

    def document(
        self, origin: Origin, omissions: tuple[Omission, ...] = ()
    ) -> Document:
        """Return the document; `omissions` come before those of `left_out`.

        Raises
        ------
        EmptyFileError
            If there is no text.
        """
        if self.is_empty:
            raise EmptyFileError(path=self._path)
        counted = (
            Omission(code, count, doubtful=code in _DOUBTFUL)
            for code, count in sorted(self.left_out.items())
            if count
        )
        text = "\n".join(self._pieces)
        return Document(
            text,
            origin,
            tuple(self._blocks),
            (*omissions, *counted),
            tuple(self._placed_notes()),
            tuple(self._unseen),
        )

    def _placed_notes(self) -> Iterator[Note]:
        for number, note in self._notes:
            known = number < len(self._blocks)
            at = self._blocks[number].span.start if known else self._length
            yield Note(Span(at, at), note)
