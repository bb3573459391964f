"""Paragraph by paragraph, a text and the blocks that lead back to its file."""

from collections import Counter

from detector.errors import EmptyFileError
from detector.formats.limits import ReadLimits
from detector.model.document import (
    Block,
    BlockKind,
    Document,
    Omission,
    Origin,
    Place,
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

_DOUBTFUL = {UNDECODABLE, EMBEDDED, PICTURE_PAGES, GARBLED}


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

    def add(
        self,
        text: str,
        place: Place,
        kind: BlockKind = BlockKind.PARAGRAPH,
        level: int = 0,
    ) -> None:
        """Append a block; one without any text is only counted.

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
        self._pieces.append(text)
        self._blocks.append(Block(Span(start, self._length), place, kind, level))

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
        return Document(text, origin, tuple(self._blocks), (*omissions, *counted))
