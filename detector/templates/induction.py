"""From clusters of sentences to templates with typed slots.

A template is kept if it pays for itself: if a description of the corpus is shorter
with it. After the minimum description length principle, as J. Coupette and others apply
it to repeated phrases ("Simplify Your Law", ICDM 2021).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from detector.model.template import Slot, slot
from detector.templates.clusters import Clusters
from detector.templates.fills import kind_of, without_scale
from detector.templates.sentences import (
    FIGURE,
    FIRST_WORD,
    Sentences,
    Text,
    mostly_words,
    opening,
    unigram_bits,
)
from detector.templates.votes import Backbones
from detector.text.tokens import tokens

_FEWEST = 10
"""Fixed characters of a template: fewer are a phrase. A word counts as two."""
_MOST_SLOTS, _LEAST_FIXED = 8, 0.5
"""Slots of a sentence, and share of it that is fixed: what has more, or less, tells a
reader nothing."""
_TEMPLATE_BITS, _SLOT_BITS = 16.0, 8.0
"""What it costs to say which template follows, and where a slot ends."""
_ASKED, _EACH = 200, 3
"""Sentences that are looked at for what stands in the slots; of each organisation."""
_SEEN, _CONSTANT = 0.25, 0.5
"""Share of these that must fill in what the backbone does not; and that must have the
same in a slot, and none anything else, if it is to be wording."""
_TWICE = 2
"""Sentences that have the same at least: what one has alone is no wording of all."""
_BESIDE, _AFTER = 6, 2
"""Fixed units beside a slot that a sentence must have, too; after a figure."""
_CLOSING = re.compile(r"[^\w\s“‘（《【「『〈(\[]*\s*")
_LOOSE = "，、；：,;:.。）)”’】》 \u3000"
"""Signs that no template begins with, where what stood before them is none of it."""
_WRAPPED = re.compile(r"\s+")
_LONGEST_FILL = 40
_SHOWN = 6
"""Fills of a slot that are kept."""


class Induced(NamedTuple):
    """The template of one cluster.

    Attributes
    ----------
    text : str
        Wording with slots.
    slots : tuple of Slot
    gain : float
        Bits that it saves.
    """

    text: str
    slots: tuple[Slot, ...]
    gain: float


class _Part(NamedTuple):
    """Units ``start:stop`` of a backbone: fixed wording, a slot, or a figure.

    A slot may be empty there.
    """

    kind: str
    start: int
    stop: int


class _Filled(NamedTuple):
    """What stands in a slot, and what parts its neighbours where nothing does."""

    fills: Counter[str]
    gaps: Counter[str]


class _Seen(NamedTuple):
    """What was seen in sentences of different holders, and how these end."""

    slots: dict[_Part, _Filled]
    closings: Counter[str]
    asked: int

    def is_left_out(self, part: _Part) -> bool:
        """Return whether mostly nothing stands in a slot: its filling was put in."""
        filled = self.slots.get(part)
        if filled is None:
            return False
        total, empty = filled.fills.total(), filled.fills[""]
        if part.start == part.stop and total - empty < _SEEN * self.asked:
            return True
        return 2 * empty >= max(total, 1)

    def is_slot(self, part: _Part) -> bool:
        """Return whether a part is shown as a slot: not if it is always the same."""
        filled = self.slots.get(part)
        if filled is None or self.is_left_out(part):
            return False
        often = filled.fills.total() >= max(_CONSTANT * self.asked, _TWICE)
        return part.start == part.stop or len(filled.fills) > 1 or not often


class Induction:
    """Makes templates of the clusters of some sentences."""

    def __init__(
        self, texts: Sequence[Text], sentences: Sentences, clusters: Clusters
    ) -> None:
        self._texts = texts
        self._sentences = sentences
        of_sentence = clusters.of_sentence
        self._order = np.argsort(of_sentence, kind="stable")
        ordered = of_sentence[self._order]
        count = int(of_sentence.max(initial=-1)) + 1
        self._cuts = np.searchsorted(ordered, np.arange(count + 1))
        self._bits = unigram_bits(sentences.codes)

    def template(self, backbones: Backbones, at: int) -> Induced | None:
        """Return the template of a backbone, if it pays for itself."""
        sentence = int(backbones.sentences[at])
        start = int(self._sentences.starts[sentence])
        text = _Sentence(self._texts, self._sentences, sentence)
        fixed = text.without_half_words(backbones.fixed[at])
        literal = fixed & (text.codes != FIGURE)
        words = literal & (text.codes >= FIRST_WORD)
        if literal.sum() + words.sum() < _FEWEST:
            return None
        parts = list(text.parts(fixed, backbones.breaks[at]))
        says = float(self._bits[start : start + len(fixed)][literal].sum())
        holders = int(backbones.holders[at])
        gain = (holders - 1) * says - holders * _TEMPLATE_BITS
        if gain <= 0 or fixed.mean() < _LEAST_FIXED:
            return None
        cluster = int(backbones.clusters[at])
        of_cluster = self._order[self._cuts[cluster] : self._cuts[cluster + 1]]
        others = of_cluster[of_cluster != sentence]
        seen = self._seen([sentence, *others.tolist()], text, parts)
        # Figures that only signs part, 2023-05-08, cost what one does.
        kinds = ["", *(part.kind if seen.is_slot(part) else "" for part in parts)]
        slots = sum(
            kind != "" and (before, kind) != ("figure", "figure")
            for before, kind in pairwise(kinds)
        )
        gain -= holders * slots * _SLOT_BITS
        if slots > _MOST_SLOTS or gain <= 0:
            return None
        return _written(text, parts, seen, gain)

    def _seen(
        self, rows: Sequence[int], backbone: "_Sentence", parts: Sequence[_Part]
    ) -> _Seen:
        """Return what stands in each slot, in sentences of different holders."""
        slots = [part for part in parts if part.kind != "fixed"]
        beside = {part: _fixed_beside(part, parts) for part in slots}
        asked = self._asked(rows)
        empty = {part: _Filled(Counter(), Counter()) for part in slots}
        seen = _Seen(empty, Counter(), len(asked))
        for sentence in asked:
            text = _Sentence(self._texts, self._sentences, sentence)
            there = text.places_of(backbone)
            if there[-1] == len(text.codes) - 1:
                seen.closings[text.closing()] += 1
            for part, filled in seen.slots.items():
                found = _in_place_of(part, beside[part], there, len(text.codes))
                if found is None:
                    continue
                start, stop = found
                filled.fills[text.raw(start, stop)] += 1
                if start == stop and 0 < start < len(text.codes):
                    filled.gaps[text.gap(start)] += 1
        return seen

    def _asked(self, rows: Sequence[int]) -> list[int]:
        """Return some sentences, the first ones of all holders first."""
        seen: Counter[int] = Counter()
        ranked: list[list[int]] = [[] for _ in range(_EACH)]
        for row in rows:
            holder = int(self._sentences.holders[row])
            if seen[holder] < _EACH:
                ranked[seen[holder]].append(row)
            seen[holder] += 1
        asked: list[int] = []
        for some in ranked:
            asked += _spread(some, _ASKED - len(asked))
        return asked


def _spread(rows: list[int], most: int) -> list[int]:
    """Return so many of the rows at the most, at even distances."""
    count = min(most, len(rows))
    return [rows[at * len(rows) // count] for at in range(count)]


def _written(
    text: "_Sentence", parts: Sequence[_Part], seen: _Seen, gain: float
) -> Induced | None:
    """Word a template as its backbone is worded, with slots in it.

    One of words is not wrapped as the text was that it is taken from.
    """
    language = "en" if text.of_words else "zh"
    pieces: list[str] = []
    slots: list[Slot] = []
    gap: str | None = None
    for part in parts:
        if seen.is_left_out(part):
            gap = _most(seen.slots[part].gaps)
            continue
        if pieces:
            pieces.append(text.gap(part.start) if gap is None else gap)
        gap = None
        if not seen.is_slot(part):
            pieces.append(text.raw(part.start, part.stop))
            continue
        fills, shared = without_scale(seen.slots[part].fills)
        kind = kind_of(fills) if fills else "any"
        pieces.append(slot(kind, language) + shared)
        known = [fill for fill, _ in fills.most_common() if fill]
        slots.append(Slot(kind, tuple(known[:_SHOWN])))
    closing = _most(seen.closings) or text.closing()
    worded = text.opening() + "".join(pieces).lstrip(_LOOSE) + closing
    if "@" in worded:  # whose an address is, and no wording
        return None
    return Induced(worded, tuple(slots), gain)


def _most(counted: Counter[str]) -> str | None:
    """Return what is most frequent, of equals the first."""
    return max(counted, key=counted.__getitem__, default=None)


class _Sentence:
    """A sentence with the way back to its raw text.

    Attributes
    ----------
    codes : uint64 array of shape (n,)
        Classes of its units, all figures in one.
    of_words : bool
        Whether most of its units are words.
    """

    def __init__(
        self, texts: Sequence[Text], sentences: Sentences, number: int
    ) -> None:
        document = int(sentences.documents[number])
        text = texts[document]
        first = int(sentences.starts[number] - sentences.offsets[document])
        self._raw = text.raw
        size = int(sentences.ends[number] - sentences.starts[number])
        self._starts = text.units.starts[first : first + size]
        self._ends = text.units.ends[first : first + size]
        self.codes = sentences.codes[sentences.starts[number] : sentences.ends[number]]
        self._codes = self.codes.tolist()
        self.of_words = mostly_words(self.codes)

    def places_of(self, other: "_Sentence") -> list[int]:
        """Return where each unit of another sentence stands in this one, -1 if nowhere.

        By the longest common subsequence.
        """
        places = [-1] * len(other.codes)
        for block in Indel.opcodes(other._codes, self._codes):
            if block.tag == "equal":
                there = range(block.dest_start, block.dest_end)
                places[block.src_start : block.src_end] = there
        return places

    def raw(self, start: int, stop: int) -> str:
        """Return the text of some units."""
        if stop <= start:
            return ""
        return self._unwrapped(self._starts[start], self._ends[stop - 1])

    def gap(self, unit: int) -> str:
        """Return what stands before a unit and after the one before it."""
        return self._unwrapped(self._ends[unit - 1], self._starts[unit])

    def _unwrapped(self, start: int, end: int) -> str:
        """Return the raw text; of words, with one blank where a line was broken."""
        raw = self._raw[start:end]
        return _WRAPPED.sub(" ", raw) if self.of_words else raw

    def opening(self) -> str:
        """Return the opening signs right before the sentence."""
        start = int(self._starts[0])
        return self._raw[opening(self._raw, start) : start]

    def closing(self) -> str:
        """Return the signs that end the sentence, and its line."""
        end = int(self._ends[-1])
        found = _CLOSING.match(self._raw, end)
        signs = found[0] if found else ""
        bare = signs.rstrip()
        gap = signs[len(bare) :]
        return bare.lstrip() + ("\n" if set(gap) & set("\r\n") else " " if gap else "")

    def without_half_words(self, fixed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return what is fixed without words of which a part is not."""
        if fixed.all():
            return fixed
        start, end = int(self._starts[0]), int(self._ends[-1])
        lengths = [len(token) for token in tokens(self._raw[start:end])]
        cuts = np.searchsorted(self._starts, start + np.cumsum([0, *lengths]))
        whole = fixed.copy()
        for low, high in pairwise(cuts.tolist()):
            whole[low:high] = fixed[low:high].all()
        # What is left of a stretch may be one unit, by which no place is found.
        padded = np.concatenate([[False], whole, [False]])
        kept: NDArray[np.bool_] = whole & (padded[:-2] | padded[2:])
        return kept

    def parts(
        self, fixed: NDArray[np.bool_], breaks: NDArray[np.bool_]
    ) -> Iterator[_Part]:
        """Cut a backbone into fixed wording, slots and figures."""
        kinds = [
            ("figure" if code == FIGURE else "fixed") if is_fixed else "slot"
            for is_fixed, code in zip(fixed.tolist(), self._codes, strict=True)
        ]
        # 〔2023〕44号: each is a slot of its own
        empty = [
            is_break and "slot" not in pair
            for is_break, pair in zip(breaks[1:].tolist(), pairwise(kinds), strict=True)
        ]
        start = 0
        for at in range(1, len(kinds) + 1):
            last = at == len(kinds)
            if (
                last
                or empty[at - 1]
                or kinds[at] != kinds[start]
                or kinds[at] == "figure"
            ):
                yield _Part(kinds[start], start, at)
                start = at
            if not last and empty[at - 1]:
                yield _Part("slot", at, at)


def _fixed_beside(part: _Part, parts: Sequence[_Part]) -> tuple[int, int]:
    """Return where the fixed units begin, and end, that a part lies between."""
    at = parts.index(part)
    low, high = part.start, part.stop
    for other in reversed(parts[:at]):
        if other.kind == "slot":
            break
        low = other.start
    for other in parts[at + 1 :]:
        if other.kind == "slot":
            break
        high = other.stop
    return low, high


def _in_place_of(
    part: _Part, beside: tuple[int, int], there: Sequence[int], size: int
) -> tuple[int, int] | None:
    """Return the units that another sentence has in the place of a slot or figure.

    None if it has not what stands right beside it in the backbone: the second of two
    slots may be where the first one is, and the first nowhere.

    Parameters
    ----------
    beside : (int, int)
        The fixed units that it lies between, as `_fixed_beside` finds them.
    there : sequence of int
        Where each unit stands in the other one, as `places_of` finds them.
    size : int
        Units of the other one.
    """
    is_figure = part.kind == "figure"
    low = max(beside[0], part.start - _BESIDE)
    high = min(beside[1], part.stop + (_AFTER if is_figure else _BESIDE))
    before, after = there[low : part.start], there[part.stop : high]
    if not (_in_a_row(before) and _in_a_row(after)):
        return None
    if is_figure:
        inside = there[low:high]
        start = there[part.start]
        return (start, start + 1) if _in_a_row(inside) else None
    start = before[-1] + 1 if before else 0
    stop = after[0] if after else size
    return (start, stop) if 0 <= stop - start <= _LONGEST_FILL else None


def _in_a_row(places: Sequence[int]) -> bool:
    """Return whether all these places are known, and follow each other."""
    first = places[0] if places else 0
    return first >= 0 and list(places) == list(range(first, first + len(places)))
