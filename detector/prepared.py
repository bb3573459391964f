"""A document made ready to be compared, each step when it is first asked for."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detector.alignment.weighed import Weighed
from detector.model.document import Document, Origin
from detector.text.furniture import Furniture, find_furniture
from detector.text.markup import find_markup
from detector.text.normalized import NormalizedText
from detector.text.rules import normalize
from detector.text.stems import find_stems
from detector.text.units import Units, count_units


@dataclass(frozen=True, eq=False)
class Prepared:
    """A document and what every comparison needs of it, computed when first asked.

    Attributes
    ----------
    gone : bool
        Whether it is no more: it may be the source of what was taken from it, and makes
        nothing common besides what there is.
    """

    document: Document
    gone: bool = False

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
        around = (span for _, span in self.furniture)
        return count_units(self.normalized, (*around, *find_markup(self.document)))

    @cached_property
    def weighed(self) -> Weighed:
        """What is aligned; without what each unit says, as of a source."""
        return Weighed(self.units, find_stems(self.units, self.document.text))


_HIDDEN = "\u25a1"  # □, no unit
_WORD = "\ufffc"
_UNKNOWN = np.uint64((1 << 63) | (1 << 61))
"""Codes from here on are those of units that nobody knows: no two are equal."""


def unveiled(
    draft: Prepared,
    origin: Origin,
    size: int,
    equal: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> Prepared:
    """Return a document that nobody has kept, as far as a draft has the same.

    Parameters
    ----------
    size : int
        Its units; one that the draft has not is shown as □.
    equal : (int64 array, int64 array) of the same shape
        Units of the draft, and those of the document that are equal to them.
    """
    ours, theirs = equal
    units, text = draft.units, draft.document.text
    pieces = [_HIDDEN] * size
    spans = zip(
        theirs.tolist(),
        units.starts[ours].tolist(),
        units.ends[ours].tolist(),
        strict=True,
    )
    for place, start, end in spans:
        pieces[place] = text[start:end]
    codes = _UNKNOWN + np.arange(size, dtype=np.uint64)
    stems = codes.copy()
    codes[theirs] = units.codes[ours]
    stems[theirs] = draft.weighed.stems[ours]
    # A space between words, which Chinese characters have not between them.
    of_words = (codes >> np.uint64(63) == 1).tolist()
    words = [
        piece != _HIDDEN and word for piece, word in zip(pieces, of_words, strict=True)
    ]
    gaps = [a and b for a, b in zip(words, [*words[1:], False], strict=True)]
    shown = [piece + " " * gap for piece, gap in zip(pieces, gaps, strict=True)]
    ends = np.cumsum([len(piece) for piece in shown], dtype=np.int32)
    starts = np.concatenate([[0], ends[:-1]]).astype(np.int32)
    ends = starts + np.array([len(piece) for piece in pieces], dtype=np.int32)
    signs = "".join(piece if len(piece) == 1 else _WORD for piece in pieces)
    document = Document("".join(shown), origin)
    found = Prepared(document)
    theirs_units = Units(codes, starts, ends, signs)
    # What follows from the text of any other document is known of this one.
    found.__dict__["units"] = theirs_units
    found.__dict__["weighed"] = Weighed(theirs_units, stems)
    return found
