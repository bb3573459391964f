"""The sentences of a corpus, as ranges of its units."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.kernels.rolling import mix
from detector.text.figures import written_figures
from detector.text.scripts import NUMERAL
from detector.text.stems import FIGURES, figure_digits
from detector.text.units import Units

_SHORTEST = 6
"""Units of a sentence that is looked at: a heading of five says nothing."""
_SIGNS = r"[。！？；!?;][”’」』）)\"']*|\.(?=\s|$)[\"')]*"
_END = re.compile(rf"{_SIGNS}|[\r\n]+")
# Lines of words are often wrapped: they end a sentence after a sign, or before a gap.
_END_OF_WORDS = re.compile(rf"{_SIGNS}|(?<=:)[\r\n]+|(?:\r?\n[ \t]*){{2,}}")
# 第三条, （一）, 2. at the beginning of a line: no part of what it introduces.
_NUMBER = re.compile(
    rf"^[ \t\u3000]*(?:第[{NUMERAL}\d]+[条章节编款项]"
    rf"|[（(]?(?:[{NUMERAL}]{{1,4}}|\d{{1,3}})(?:[）)、]|[.．](?!\d)))",
    re.MULTILINE,
)
FIGURE = FIGURES[1]
"""What stands in place of every figure: a year, a number of any form."""
_AT_ONCE = 1 << 19
_NUMBER_UNITS = 8
_OPENING = frozenset("“‘（《【「『〈([\"'")
"""Signs right before a sentence that are part of it."""
FIRST_WORD = np.uint64(1 << 63)
_STEP = np.uint64(0x9E3779B97F4A7C15)


class Text(NamedTuple):
    """A document as templates are mined from it.

    Attributes
    ----------
    raw : str
    units : Units
    stems : uint64 array of shape (n,)
        As `detector.text.stems` finds them.
    holder : int
        Whose it is: an organisation's number or, if unknown, one of its own.
    """

    raw: str
    units: Units
    stems: NDArray[np.uint64]
    holder: int

    def with_whole_figures(self) -> "Text":
        """Return the text with every figure as one unit: 五千 as 5,000, and 3.5万.

        In Chinese numerals where it counts something.
        """
        units = self.units
        figures = figure_digits(self.stems) != 0
        figures |= units.mask(written_figures(self.raw))
        goes_on = figures[1:] & figures[:-1] & (units.starts[1:] == units.ends[:-1])
        first = np.flatnonzero(np.concatenate([[True], ~goes_on])[: len(units)])
        stems = np.where(figures, FIGURE, self.stems)[first]
        return self._replace(units=units.joined(first), stems=stems)


class Sentences(NamedTuple):
    """The s sentences of some documents, whose n units are laid end to end.

    Attributes
    ----------
    codes : uint64 array of shape (n,)
        Classes of units, all figures in one.
    starts, ends : int64 arrays of shape (s,)
        Sentence i is ``codes[starts[i]:ends[i]]``; in order.
    follows : bool array of shape (s,)
        Whether there is nothing but the number of a line since the sentence before it.
    documents : int64 array of shape (s,)
    holders : int64 array of shape (s,)
    offsets : int64 array
        Where the units of each document begin.
    """

    codes: NDArray[np.uint64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    follows: NDArray[np.bool_]
    documents: NDArray[np.int64]
    holders: NDArray[np.int64]
    offsets: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Units of each sentence."""
        return self.ends - self.starts

    @property
    def hashes(self) -> NDArray[np.uint64]:
        """A hash of the units of each sentence, in their order."""
        found = [np.zeros(0, dtype=np.uint64)]
        for part in batches(self.lengths):
            lengths = self.lengths[part]
            begins = np.cumsum(lengths) - lengths
            place = np.arange(lengths.sum()) - np.repeat(begins, lengths)
            codes = self.codes[np.repeat(self.starts[part], lengths) + place]
            keys = mix(codes ^ (place.astype(np.uint64) * _STEP))
            found.append(np.add.reduceat(keys, begins))
        return np.concatenate(found)


def batches(sizes: NDArray[np.int64]) -> Iterator[slice]:
    """Yield slices of things whose sizes add up to some hundred thousand at the most.

    So the memory that is needed for all of them is bounded, but for that of one.
    """
    cuts = np.flatnonzero(np.diff(np.cumsum(sizes) // _AT_ONCE, prepend=-1))
    for start, stop in pairwise([*cuts.tolist(), len(sizes)]):
        yield slice(start, stop)


def opening(raw: str, place: int) -> int:
    """Return where the opening signs begin that stand right before a place."""
    while place and raw[place - 1] in _OPENING:
        place -= 1
    return place


def _follows(
    text: Text, begins: NDArray[np.int64], stops: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which sentences follow the one before them at once."""
    found = np.zeros(len(begins), dtype=np.bool_)
    found[1:] = begins[1:] == stops[:-1]
    for at in np.flatnonzero(~found[1:] & (begins[1:] - stops[:-1] <= _NUMBER_UNITS)):
        start = int(text.units.ends[stops[at] - 1])
        between = text.raw[start : text.units.starts[begins[at + 1]]]
        line = between.rpartition("\n")[2]
        # The rest of the line before is signs only, and this one begins with a number.
        number = _NUMBER.match(line)
        rest = between[: len(between) - len(line)]
        found[at + 1] = bool(number) and not any(map(str.isalnum, rest))
    return found


def mostly_words(codes: NDArray[np.uint64]) -> bool:
    """Return whether most of some units are words."""
    return 2 * int((codes >= FIRST_WORD).sum()) > len(codes)


def sentence_ends(raw: str, units: Units) -> NDArray[np.int64]:
    """Return the unit after the last one of each sentence, ascending, distinct.

    A sentence ends with 。！？； or the like, or with its line; the number that a line
    begins with is none of it.
    """
    end = _END_OF_WORDS if mostly_words(units.codes) else _END
    found = [mark.start() for mark in end.finditer(raw)]
    found += [mark.end() for mark in _NUMBER.finditer(raw)]
    marks = np.array(found, dtype=np.int64)
    ends = np.append(np.searchsorted(units.starts, marks), len(units))
    return np.unique(ends[ends > 0])


def sentences_of(texts: Sequence[Text]) -> Sentences:
    """Return the sentences of `texts` that are long enough to say something."""
    codes, starts, ends, documents, holders = [], [], [], [], []
    follows = [np.zeros(0, dtype=np.bool_)]
    offset, offsets = 0, [0]
    for number, text in enumerate(texts):
        stops = sentence_ends(text.raw, text.units)
        begins = np.concatenate([[0], stops[:-1]]).astype(np.int64)
        long = stops - begins >= _SHORTEST
        figures = figure_digits(text.stems) != 0
        codes.append(np.where(figures, FIGURE, text.stems))
        starts.append(begins[long] + offset)
        ends.append(stops[long] + offset)
        follows.append(_follows(text, begins[long], stops[long]))
        documents.append(np.full(int(long.sum()), number))
        holders.append(np.full(int(long.sum()), text.holder))
        offset += len(text.units)
        offsets.append(offset)
    nothing = np.zeros(0, dtype=np.int64)
    return Sentences(
        np.concatenate([np.zeros(0, np.uint64), *codes]),
        np.concatenate([nothing, *starts]),
        np.concatenate([nothing, *ends]),
        np.concatenate(follows),
        np.concatenate([nothing, *documents]),
        np.concatenate([nothing, *holders]),
        np.array(offsets, dtype=np.int64),
    )


def unigram_bits(codes: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Return -log2 of how often each unit stands in the corpus."""
    if not len(codes):
        return np.zeros(0)
    _, place, counts = np.unique(codes, return_inverse=True, return_counts=True)
    bits: NDArray[np.float64] = np.log2(len(codes) / counts)
    return bits[place]
