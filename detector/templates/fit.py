"""Which templates the sentences of a draft fit."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.kernels.distinct import distinct
from detector.kernels.join import expanded
from detector.model.template import Template
from detector.templates.clusters import gram_places
from detector.templates.sentences import (
    FIGURE,
    FIRST_WORD,
    Sentences,
    Text,
    opening,
    sentences_of,
)
from detector.templates.votes import pairs_of
from detector.text.rules import normalize
from detector.text.stems import find_stems
from detector.text.units import count_units

FITS = 0.6
"""Share of a sentence's fixed wording, in pairs of units, that a draft has."""
_PHRASES = 0.5
"""Share of set phrases in what fits, up to which a template is told from them."""
_OF_DRAFT, _LEAST = 0.6, 0.3
"""Share of the draft's sentence that is fixed wording, where it has less: clauses were
left out; and what it must have even so."""
_NAMED = 0.2
"""Share of its k-grams from which it is looked at more closely."""
_OF_CHARACTERS = 3
_CLOSELY = 12
"""Sentences of templates that are compared pair by pair with one of the draft."""
_FEWEST = 10
"""Fixed characters that a draft must have; a word counts as two."""
_ROOM = 16
"""Units that a fit may be long, besides twice the length of the template's sentence."""
_END = 12
"""Units at an end of the draft's sentence that are still part of a fit."""
_SLOT = "\U0003fff0"
"""Stands for a slot: a unit that no draft has."""
_FIGURE = "0"
"""Stands for a year or a number: all figures are equal."""
_BITS = 32


class Fit(NamedTuple):
    """A sentence of a draft that fits a sentence of a template.

    Attributes
    ----------
    template : int
        Its number among those asked for.
    start, stop : int
        Units of the draft.
    share : float
        Of the sentence's fixed wording, above 0, at most 1.
    fixed : bool array of shape (stop - start,)
        Which units of the draft are its fixed wording; figures never are.
    begins : int
        Where the template's sentence begins in its text.
    pairs : int
        Neighbouring units of the sentence that the draft has side by side.
    """

    template: int
    start: int
    stop: int
    share: float
    fixed: NDArray[np.bool_]
    begins: int
    pairs: int

    def beats(self, other: "Fit") -> bool:
        """Return whether it says more; of equals, the first template does."""
        ours, theirs = (
            (one.pairs, one.share, -one.template, -one.begins) for one in (self, other)
        )
        return ours > theirs

    def says_more_than(self, set_phrases: NDArray[np.bool_]) -> bool:
        """Return whether what fits is not mostly set phrases: those make no match.

        Parameters
        ----------
        set_phrases : bool array of shape (n,)
            Which of the draft's n units are in one.
        """
        inside = set_phrases[self.start : self.stop][self.fixed]
        return bool(inside.mean() <= _PHRASES)

    def in_units(self, first: NDArray[np.int64]) -> "Fit":
        """Return the fit in smaller units, of which unit i began with ``first[i]``."""
        cuts = first[self.start : self.stop + 1]
        fixed = np.repeat(self.fixed, np.diff(cuts))
        return self._replace(start=int(cuts[0]), stop=int(cuts[-1]), fixed=fixed)


class Fitter:
    """Finds the sentences that fit one of some templates."""

    def __init__(self, templates: Sequence[Template]) -> None:
        texts = [_text_of(one, number) for number, one in enumerate(templates)]
        self._sentences = sentences_of(texts)
        self._begins = _begins(texts, self._sentences)
        self._hashes, self._owners = _distinct_grams(self._sentences)
        count = len(self._sentences.starts)
        self._grams = np.bincount(self._owners, minlength=count)
        self._pairs = _pair_sets(self._sentences)
        self._room = (2 * self._sentences.lengths + _ROOM).tolist()
        self._templates = self._sentences.documents.tolist()

    def fits(self, draft: Text) -> Iterator[Fit]:
        """Yield the fits of a draft, in its order: one a sentence, the best."""
        best: dict[int, Fit] = {}
        for here, fit in self._every(draft):
            if here not in best or fit.beats(best[here]):
                best[here] = fit
        yield from (fit for _, fit in sorted(best.items()))

    def _every(self, draft: Text) -> Iterator[tuple[int, Fit]]:
        """Yield the number of a sentence of a draft, and one template that it fits."""
        whole = draft.with_whole_figures()
        first = np.searchsorted(draft.units.starts, whole.units.starts)
        first = np.append(first, len(draft.units))
        sentences = sentences_of([whole])
        bounds = list(
            zip(sentences.starts.tolist(), sentences.ends.tolist(), strict=True)
        )
        ours = _pair_sets(sentences)
        for here, there in self._near(sentences):
            theirs, own = self._pairs[there], ours[here]
            places = [own[key] for key in theirs.keys() & own.keys()]
            if not _is_much(len(places), len(theirs), len(own)):
                continue
            places = _densest(sorted(places), self._room[there])
            if not _is_much(len(places), len(theirs), len(own)):
                continue
            start, fixed = _fixed(places, bounds[here], sentences.codes)
            stop = start + len(fixed)
            if _says(sentences.codes[start:stop][fixed]) >= _FEWEST:
                fit = Fit(
                    self._templates[there],
                    start,
                    stop,
                    len(places) / len(theirs),
                    fixed,
                    self._begins[there],
                    len(places),
                )
                yield here, fit.in_units(first)

    def _near(self, draft: Sentences) -> Iterator[tuple[int, int]]:
        """Yield sentences of the draft and of templates that share enough k-grams."""
        hashes, owners = _distinct_grams(draft)
        low = np.searchsorted(self._hashes, hashes, "left")
        high = np.searchsorted(self._hashes, hashes, "right")
        which, at = expanded(low, high - low)
        keys = owners[which] << np.int64(_BITS) | self._owners[at]
        pairs, shared = np.unique(keys, return_counts=True)
        there = pairs & np.int64((1 << _BITS) - 1)
        here = pairs >> np.int64(_BITS)
        share = shared / self._grams[there]
        order = np.lexsort((there, -share, here))
        order = order[share[order] >= _NAMED]
        # Of each sentence of the draft, the most promising ones.
        begins = np.flatnonzero(np.diff(here[order], prepend=-1))
        sizes = np.diff(begins, append=len(order))
        rank = np.arange(len(order)) - np.repeat(begins, sizes)
        order = order[rank < _CLOSELY]
        found = here[order], there[order]
        yield from zip(*(side.tolist() for side in found), strict=True)


def _is_much(shared: int, theirs: int, ours: int) -> bool:
    """Return whether so many pairs of units are enough of both sentences."""
    share = shared / theirs if theirs else 0.0
    return share >= FITS or (share >= _LEAST and shared >= _OF_DRAFT * ours)


def _densest(places: list[int], room: int) -> list[int]:
    """Return the most of ascending `places` that lie within so many units."""
    if places[-1] - places[0] < room:
        return places
    low, best = 0, (0, 0)
    for high, place in enumerate(places, 1):
        while place - places[low] >= room:
            low += 1
        if high - low > best[1] - best[0]:
            best = low, high
    return places[slice(*best)]


def _fixed(
    pairs: list[int], bounds: tuple[int, int], codes: NDArray[np.uint64]
) -> tuple[int, NDArray[np.bool_]]:
    """Return where the fit begins whose pairs of units do, and what of it is fixed."""
    start, stop = pairs[0], pairs[-1] + 2
    start = bounds[0] if start - bounds[0] <= _END else start
    stop = bounds[1] if bounds[1] - stop <= _END else stop
    fixed = np.zeros(stop - start, dtype=np.bool_)
    places = np.array(pairs) - start
    fixed[places] = fixed[places + 1] = True
    return start, fixed & (codes[start:stop] != FIGURE)


def _begins(texts: Sequence[Text], sentences: Sentences) -> list[int]:
    """Return where each sentence begins in its text: the first with the text."""
    found: list[int] = []
    before = -1
    rows = zip(sentences.documents.tolist(), sentences.starts.tolist(), strict=True)
    for number, start in rows:
        text = texts[number]
        place = int(text.units.starts[start - sentences.offsets[number]])
        found.append(opening(text.raw, place) if number == before else 0)
        before = number
    return found


def _says(codes: NDArray[np.uint64]) -> int:
    """Return how many characters there are; a word counts as two."""
    return len(codes) + int((codes >= FIRST_WORD).sum())


def _text_of(template: Template, number: int) -> Text:
    raw = template.with_slots(_SLOT, _FIGURE)
    units = count_units(normalize(raw))
    return Text(raw, units, find_stems(units, raw), number).with_whole_figures()


def _distinct_grams(
    sentences: Sentences,
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the different k-grams of each sentence without those over a slot."""
    everything = np.arange(len(sentences.starts))
    hashes, owners, places = gram_places(sentences, everything, _OF_CHARACTERS)
    whole = ~_over_slot(sentences, places, _OF_CHARACTERS)
    shift = np.uint64(_BITS)
    keys = distinct(hashes[whole] >> shift << shift | owners[whole].astype(np.uint64))
    low = np.uint64((1 << _BITS) - 1)
    return keys >> shift, (keys & low).astype(np.int64)


def _pair_sets(sentences: Sentences) -> list[dict[int, int]]:
    """Return the places of the pairs of units of each sentence, none over a slot."""
    everything = np.arange(len(sentences.starts))
    hashes, owners, places = pairs_of(sentences, everything)
    whole = ~_over_slot(sentences, places, 2)
    found: list[dict[int, int]] = [{} for _ in everything]
    rows = zip(*(a[whole].tolist() for a in (owners, hashes, places)), strict=True)
    for owner, key, place in rows:
        found[owner][key] = place
    return found


def _over_slot(
    sentences: Sentences, places: NDArray[np.int64], units: int
) -> NDArray[np.bool_]:
    """Return which k-grams of so many units, or fewer, reach over a slot."""
    slots = np.concatenate([[0], np.cumsum(sentences.codes == ord(_SLOT))])
    ends = np.minimum(places + units, len(sentences.codes))
    over: NDArray[np.bool_] = slots[ends] > slots[places]
    return over
