"""Fixed formulations: phrases that recur embedded in different sentences.

A sentence that everybody writes has the same neighbours everywhere, a fixed formulation
(两个确立) many different ones on both sides: after the branching entropy of Z. Harris
("From phoneme to morpheme", Language 31, 1955), and its use for finding words by
K. Tanaka-Ishii and Z. Jin (2006).
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.kernels.rolling import kgram_hashes
from detector.templates.clusters import holder_counts
from detector.templates.sentences import (
    FIGURE,
    FIRST_WORD,
    Sentences,
    Text,
    unigram_bits,
)
from detector.text.scripts import NUMERAL

SHORTEST, LONGEST = 4, 16
"""Characters of a fixed formulation."""
_UNQUOTED = 5
"""Characters from which one need not stand in quotation marks: 人民政府 is a word."""
_LOOKED_AT = 8
"""Places at which quotation marks are looked for."""
_ENTROPY = 1.5
"""Bits that the neighbours on each side must have at least."""
_COHESION = 2.5
"""Bits a character by which it is more frequent than its characters are by chance."""
_LOOSE = frozenset(
    "的了在和与及等是对为以把将从到由被让使于向按就也都并而且或其这那该各每有不要能可会应须更再"
    "又所之地得着过上下中内外前后第届次条款项号级"
    f"{NUMERAL}"
)
"""Characters that none begins or ends with: loose ends, and parts of a number."""
_QUOTES = frozenset('“"「『')
_BRACKETS = tuple(zip("“‘《（〈【", "”’》）〉】", strict=True))
_CLAUSE = re.compile(r"[，。；：,;:!！?？\r\n]")


class MinedPhrase(NamedTuple):
    """A phrase, and how it is used.

    Attributes
    ----------
    text : str
        As it stands at its first place.
    holders : int
    documents : int
    left, right : float
        Entropy of what stands before and after it, in bits.
    """

    text: str
    holders: int
    documents: int
    left: float
    right: float


class _Known(NamedTuple):
    """What is known of the n units of a corpus.

    Attributes
    ----------
    owner : int64 array of shape (n,)
        The sentence of each unit, -1 for none.
    sums : float64 array of shape (n + 1,)
        Bits of all units up to each.
    """

    texts: Sequence[Text]
    sentences: Sentences
    owner: NDArray[np.int64]
    sums: NDArray[np.float64]


class _Groups(NamedTuple):
    """Places of equal k-grams that enough holders have, by k-gram.

    Attributes
    ----------
    places : int64 array of shape (m,)
    number : int64 array of shape (m,), ascending
        Which k-gram stands at each place, from 0.
    holders : int64 array of shape (g,)
    """

    places: NDArray[np.int64]
    number: NDArray[np.int64]
    holders: NDArray[np.int64]


def mine_phrases(
    texts: Sequence[Text], sentences: Sentences, least: int
) -> Iterator[MinedPhrase]:
    """Yield the fixed formulations that at least so many holders use, of characters.

    Parameters
    ----------
    sentences : Sentences
        Those of `texts`.
    """
    codes = sentences.codes
    owner = np.full(len(codes), -1)  # the sentence of each unit
    for start, stop, number in _spans(sentences):
        owner[start:stop] = number
    plain = (codes < FIRST_WORD) & (codes != FIGURE) & (owner >= 0)
    sums = np.concatenate([[0.0], np.cumsum(unigram_bits(codes))])
    corpus = _Known(texts, sentences, owner, sums)
    known = np.concatenate([[0], np.cumsum(plain)])
    alive = np.flatnonzero(plain)
    for size in range(SHORTEST, LONGEST + 1):
        whole = alive[alive + size <= len(codes)]
        last = whole + size - 1
        inside = known[last + 1] - known[whole] == size
        whole = whole[inside & (owner[whole] == owner[last])]
        groups = _frequent(corpus, whole, size, least)
        if not len(groups.places):
            return
        yield from _phrases(groups, size, corpus)
        # A longer one is frequent only where its beginning and its end are.
        frequent = np.zeros(len(codes) + 1, dtype=np.bool_)
        frequent[groups.places] = True
        alive = np.sort(groups.places[frequent[groups.places + 1]])


def _spans(sentences: Sentences) -> Iterator[tuple[int, int, int]]:
    columns = (sentences.starts.tolist(), sentences.ends.tolist())
    return zip(*columns, range(len(sentences.starts)), strict=True)


def _frequent(
    corpus: _Known, places: NDArray[np.int64], size: int, least: int
) -> _Groups:
    codes, holders_of = corpus.sentences.codes, corpus.sentences.holders
    hashes = kgram_hashes(codes, size)[places]
    order = np.argsort(hashes, kind="stable")
    places, hashes = places[order], hashes[order]
    number = np.cumsum(np.diff(hashes, prepend=~hashes[:1]) != 0) - 1
    groups = int(number.max(initial=-1)) + 1
    holders = holder_counts(number, holders_of[corpus.owner[places]], groups)
    kept = holders[number] >= least if groups else np.zeros(0, dtype=np.bool_)
    _, renumbered = np.unique(number[kept], return_inverse=True)
    return _Groups(places[kept], renumbered, holders[holders >= least])


def _phrases(groups: _Groups, size: int, corpus: _Known) -> Iterator[MinedPhrase]:
    """Yield those of the groups whose neighbours differ on both sides."""
    _, sentences, owner, sums = corpus
    codes, places = sentences.codes, groups.places
    before = np.where(places > sentences.starts[owner[places]], codes[places - 1], 0)
    after_at = np.minimum(places + size, len(codes) - 1)
    inside = places + size < sentences.ends[owner[places]]
    after = np.where(inside, codes[after_at], 0)
    left, right = (_entropy(groups.number, side) for side in (before, after))
    counts = np.bincount(groups.number)
    first = np.flatnonzero(np.diff(groups.number, prepend=-1))
    start = places[first]
    chance = sums[start + size] - sums[start]
    cohesion = (chance - np.log2(len(codes) / counts)) / size
    alone = np.bincount(groups.number, weights=(before == 0) & (after == 0))
    chosen = (left >= _ENTROPY) & (right >= _ENTROPY) & (cohesion >= _COHESION)
    chosen &= 2 * alone < counts
    ends = np.append(first[1:], len(places))
    for at in np.flatnonzero(chosen).tolist():
        here = places[first[at] : ends[at]]
        raw, _ = _raw(int(here[0]), size, corpus)
        if raw[0] in _LOOSE or raw[-1] in _LOOSE or _CLAUSE.search(raw):
            continue
        if not all(_is_closed(raw, *pair) for pair in _BRACKETS):
            continue
        if size < _UNQUOTED:
            some = here[:_LOOKED_AT].tolist()
            quoted = [_raw(one, size, corpus)[1] for one in some]
            if 2 * sum(quoted) < len(some):
                continue
        where = sentences.documents[owner[here]]
        yield MinedPhrase(
            raw,
            int(groups.holders[at]),
            len(np.unique(where)),
            float(left[at]),
            float(right[at]),
        )


def _is_closed(raw: str, opening: str, closing: str) -> bool:
    """Tell whether each sign of a pair has its other: not so in 两重”、“两新."""
    depth = 0
    for char in raw:
        depth += (char == opening) - (char == closing)
        if depth < 0:
            return False
    return not depth


def _raw(place: int, size: int, corpus: _Known) -> tuple[str, bool]:
    """Return the raw text of some units, and whether it stands in quotation marks."""
    offsets = corpus.sentences.offsets
    document = int(np.searchsorted(offsets, place, side="right")) - 1
    text, low = corpus.texts[document], place - int(offsets[document])
    start, end = text.units.starts[low], text.units.ends[low + size - 1]
    quoted = text.raw[max(start - 1, 0) : start] in _QUOTES and bool(start)
    return text.raw[start:end], quoted


def _entropy(
    number: NDArray[np.int64], neighbour: NDArray[np.uint64]
) -> NDArray[np.float64]:
    """Return the entropy of the neighbours of each group, in bits."""
    keys = number.astype(np.uint64) << np.uint64(40)
    keys |= (neighbour * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(24)
    keys.sort()
    begins = np.flatnonzero(np.diff(keys, prepend=~keys[:1]))
    counts = np.diff(begins, append=len(keys))
    group = (keys[begins] >> np.uint64(40)).astype(np.int64)
    total = np.bincount(number)
    share = counts / total[group]
    said = -share * np.log2(share)
    return np.bincount(group, weights=said).astype(np.float64)
