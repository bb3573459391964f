"""From clusters of sentences to templates with typed slots.

A template is kept if it pays for itself: if a description of the corpus is shorter
with it. After the minimum description length principle, as J. Coupette and others apply
it to repeated phrases ("Simplify Your Law", ICDM 2021).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detector.model.template import Slot, slot
from detector.templates.clusters import Clusters
from detector.templates.fills import kind_of, without_scale
from detector.templates.sentences import (
    FIGURE,
    FIRST_WORD,
    OPENING,
    Sentences,
    Text,
    mostly_words,
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
_ASKED, _EACH = 48, 3
"""Sentences that are looked at for what stands in the slots; of each organisation."""
_CLOSING = re.compile(r"[^\w\s“‘（《【「『〈(\[]*\s*")
_LOOSE = "，、；：,;:.。）)”’】》 \u3000"
"""Signs that no template begins with, where what stood before them is none of it."""
_WRAPPED = re.compile(r"\s+")
_LONGEST_FILL = 40
_SHOWN = 6
"""Fills of a slot that are kept."""


_Pair: TypeAlias = tuple[int, int, int]
"""Two neighbouring units, and how many equal pairs stand before them."""


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
    """Units ``start:stop`` of a backbone: fixed wording, a slot, or a figure."""

    kind: str
    start: int
    stop: int


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
        parts = list(text.parts(fixed))
        says = float(self._bits[start : start + len(fixed)][literal].sum())
        holders = int(backbones.holders[at])
        # Figures that only signs part, 2023-05-08, cost what one does.
        kinds = ["", *(part.kind for part in parts)]
        slots = sum(
            kind != "fixed" and (before, kind) != ("figure", "figure")
            for before, kind in pairwise(kinds)
        )
        if slots > _MOST_SLOTS or fixed.mean() < _LEAST_FIXED:
            return None
        gain = (holders - 1) * says - holders * (_TEMPLATE_BITS + slots * _SLOT_BITS)
        if gain <= 0:
            return None
        cluster = int(backbones.clusters[at])
        of_cluster = self._order[self._cuts[cluster] : self._cuts[cluster + 1]]
        fills = self._fills([sentence, *of_cluster.tolist()], text, parts)
        return _written(text, parts, fills, gain)

    def _fills(
        self, rows: Sequence[int], backbone: "_Sentence", parts: Sequence[_Part]
    ) -> dict[_Part, Counter[str]]:
        """Return what stands in each slot, in sentences of different holders."""
        own = list(backbone.pairs)
        found: dict[_Part, Counter[str]] = {
            part: Counter() for part in parts if part.kind != "fixed"
        }
        if not found:
            return found
        for sentence in self._asked(rows):
            text = _Sentence(self._texts, self._sentences, sentence)
            for part, counter in found.items():
                told = text.figure if part.kind == "figure" else text.between
                fill = told(own, part)
                if fill is not None:
                    counter[fill] += 1
        return found

    def _asked(self, rows: Sequence[int]) -> list[int]:
        """Return some sentences, the first ones of all holders first."""
        seen: Counter[int] = Counter()
        ranked = []
        for at, row in enumerate(rows):
            holder = int(self._sentences.holders[row])
            ranked.append((seen[holder], at, row))
            seen[holder] += 1
        ranked.sort()
        return [row for rank, _, row in ranked[:_ASKED] if rank < _EACH]


def _written(
    text: "_Sentence",
    parts: Sequence[_Part],
    fills: dict[_Part, Counter[str]],
    gain: float,
) -> Induced | None:
    """Word a template as its backbone is worded, with slots in it.

    One of words is not wrapped as the text was that it is taken from.
    """
    language = "en" if text.of_words else "zh"
    pieces: list[str] = []
    slots: list[Slot] = []
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        shown = text.raw(part.start, part.stop)
        counted = fills.get(part, Counter())
        if part.kind == "fixed" or (part.kind == "figure" and len(counted) == 1):
            pieces.append(shown)
        elif 2 * counted[""] < max(counted.total(), 1):  # else: only put in here
            counted, shared = without_scale(counted)
            kind = kind_of(counted) if counted else "any"
            pieces.append(slot(kind, language) + shared)
            known = [fill for fill, _ in counted.most_common() if fill]
            slots.append(Slot(kind, tuple(known[:_SHOWN])))
        if after:
            pieces.append(text.gap(part.stop))
    worded = text.opening() + "".join(pieces).lstrip(_LOOSE) + text.closing()
    if "@" in worded:  # whose an address is, and no wording
        return None
    return Induced(worded, tuple(slots), gain)


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

    @cached_property
    def pairs(self) -> dict[_Pair, int]:
        """Where its pairs of neighbours stand, in their order."""
        return {pair: at for at, pair in enumerate(_ranked(self._codes))}

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
        found = OPENING.search(self._raw, 0, int(self._starts[0]))
        return found[0] if found else ""

    def closing(self) -> str:
        """Return the signs that end the sentence, and its line."""
        end = int(self._ends[-1])
        found = _CLOSING.match(self._raw, end)
        signs = found[0] if found else ""
        bare = signs.rstrip()
        gap = signs[len(bare) :]
        return bare.lstrip() + ("\n" if set(gap) & set("\r\n") else " " if gap else "")

    def between(self, pairs: Sequence[_Pair], part: _Part) -> str | None:
        """Return what stands here in a slot of a sentence with these pairs of units."""
        start, stop = 0, len(self._codes)
        if part.start:
            before = self.pairs.get(pairs[part.start - 2])
            if before is None:
                return None
            start = before + 2
        if part.stop <= len(pairs):
            after = self.pairs.get(pairs[part.stop])
            if after is None:
                return None
            stop = after
        if not 0 <= stop - start <= _LONGEST_FILL:
            return None
        return self.raw(start, stop)

    def figure(self, pairs: Sequence[_Pair], part: _Part) -> str | None:
        """Return the figure that stands here in the place of that one."""
        found = None
        if part.start:
            before = self.pairs.get(pairs[part.start - 1])
            found = None if before is None else before + 1
        if found is None and part.stop <= len(pairs):
            found = self.pairs.get(pairs[part.stop - 1])
        if found is None:
            return None
        return self.raw(found, found + 1)

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

    def parts(self, fixed: NDArray[np.bool_]) -> Iterator[_Part]:
        """Cut a backbone into fixed wording, slots and figures."""
        kinds = [
            ("figure" if code == FIGURE else "fixed") if is_fixed else "slot"
            for is_fixed, code in zip(fixed.tolist(), self._codes, strict=True)
        ]
        cuts = [
            at
            for at in range(1, len(kinds))
            # 〔2023〕44号: each is a slot of its own
            if kinds[at] != kinds[at - 1] or kinds[at] == "figure"
        ]
        for start, stop in pairwise([0, *cuts, len(kinds)]):
            yield _Part(kinds[start], start, stop)


def _ranked(codes: Sequence[int]) -> list[_Pair]:
    """Return the pairs of neighbours, each with how many equal ones stand before it."""
    seen: Counter[tuple[int, int]] = Counter()
    pairs = []
    for pair in pairwise(codes):
        pairs.append((*pair, seen[pair]))
        seen[pair] += 1
    return pairs
