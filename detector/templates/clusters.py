"""Sentences that are one sentence, filled in and edited in several ways.

Equal sentences are one variant. Variants that share most of the shorter one's k-grams
are of one cluster, around the one that most organisations use, or that is most alike to
many: `detector.kernels.stars`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.kernels.distinct import distinct
from detector.kernels.join import expanded
from detector.kernels.rolling import kgram_hashes
from detector.kernels.stars import stars
from detector.templates.sentences import FIRST_WORD, Sentences, batches

_OF_CHARACTERS, _OF_WORDS = 3, 2
"""Units of a k-gram that begins with a character, or with a word."""
_FOLLOWED = 8
"""Variants of most support that are linked to all others with one of their k-grams."""
_ALIKE = 0.4
"""Share of the k-grams of a variant that makes two alike: of the shorter one, and
partly of the longer."""
_OF_LONGER = 0.3
_NEARLY = 0.75
"""The same of one that many holders have."""
_RANK_BITS = 32


class Clusters(NamedTuple):
    """Which sentences are of one cluster.

    Attributes
    ----------
    variant : int64 array of shape (s,)
        Which variant each sentence is.
    of_variant : int64 array of shape (v,)
        The cluster of each variant; clusters are numbered from 0.
    first : int64 array of shape (v,)
        The first sentence of each variant.
    """

    variant: NDArray[np.int64]
    of_variant: NDArray[np.int64]
    first: NDArray[np.int64]

    @property
    def of_sentence(self) -> NDArray[np.int64]:
        """The cluster of each sentence."""
        return self.of_variant[self.variant]


def clustered(sentences: Sentences, least: int) -> Clusters:
    """Return the clusters of the sentences of a corpus; O(n log n) time.

    A variant that at least so many holders have stands for itself, but for one that is
    nearly another: it needs no slots.
    """
    _, first, variant = np.unique(
        sentences.hashes, return_index=True, return_inverse=True
    )
    # By support: the most used comes first, and its followers find it.
    support = holder_counts(variant, sentences.holders, len(first))
    order = np.lexsort((first, -support))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    variant, first = rank[variant], first[order]
    grams, owners = _grams(sentences, first)
    sizes = np.bincount(owners, minlength=len(first))
    low, high, alike = _links(grams, owners, sizes)
    alone = support[order] >= least
    # Variants ascend as their support falls: those alone lead, but for near twins.
    near = (alike >= _NEARLY) | ~alone[high]
    leaders = stars(low[near], high[near], alike[near], alone)
    _, numbers = np.unique(leaders, return_inverse=True)
    return Clusters(variant, numbers.astype(np.int64), first)


def holder_counts(
    group: NDArray[np.int64], holders: NDArray[np.int64], groups: int
) -> NDArray[np.int64]:
    """Return how many different holders each group has: shape (groups,)."""
    pairs = distinct(group << np.int64(_RANK_BITS) | holders)
    return np.bincount(pairs >> np.int64(_RANK_BITS), minlength=groups)


def gram_places(
    sentences: Sentences, chosen: NDArray[np.int64], of_characters: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the k-grams inside of some sentences.

    Returns
    -------
    hashes : uint64 array
    owners : int64 array
        Which of the chosen sentences each is of.
    places : int64 array
        The unit that it begins at.
    """
    codes = sentences.codes
    owners, places = expanded(
        sentences.starts[chosen], sentences.ends[chosen] - sentences.starts[chosen]
    )
    of_words = codes[places] >= FIRST_WORD
    widths = np.where(of_words, _OF_WORDS, of_characters)
    inside = places + widths <= sentences.ends[chosen][owners]
    owners, places, of_words = owners[inside], places[inside], of_words[inside]
    long = kgram_hashes(codes, of_characters)
    hashes = long[np.minimum(places, len(long) - 1)] if len(long) else codes[:0]
    if of_characters != _OF_WORDS and of_words.any():
        hashes[of_words] = kgram_hashes(codes, _OF_WORDS)[places[of_words]]
    return hashes, owners, places


def _grams(
    sentences: Sentences, first: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the different k-grams of each variant, by hash, then by variant."""
    shift, keys = np.uint64(_RANK_BITS), [np.zeros(0, dtype=np.uint64)]
    for part in batches(sentences.lengths[first]):
        hashes, owners, _ = gram_places(sentences, first[part], _OF_CHARACTERS)
        owner = (owners + part.start).astype(np.uint64)
        keys.append(distinct(hashes >> shift << shift | owner))
    together = np.concatenate(keys)
    together.sort()
    low = np.uint64((1 << _RANK_BITS) - 1)
    return together >> shift, (together & low).astype(np.int64)


def _links(
    grams: NDArray[np.uint64], owners: NDArray[np.int64], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return which variants are alike: the better supported, the other, how much.

    Each is linked to the first ones before it that have one of its k-grams.
    """
    begins = np.flatnonzero(np.diff(grams, prepend=~grams[:1]))
    counts = np.diff(begins, append=len(grams))
    group = np.repeat(begins, counts)
    links = np.minimum(np.arange(len(grams)) - group, _FOLLOWED)
    by_owner = np.argsort(owners, kind="stable")
    found: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]] = []
    cuts = np.concatenate([[0], np.cumsum(sizes)])
    of_owner = np.add.reduceat(np.append(links[by_owner], 0), cuts[:-1]) * (sizes > 0)
    for part in batches(of_owner):
        chosen = by_owner[cuts[part.start] : cuts[part.stop]]
        which, at = expanded(group[chosen], links[chosen])
        keys = owners[chosen][which] << np.int64(_RANK_BITS) | owners[at]
        keys.sort()
        new = np.flatnonzero(np.diff(keys, prepend=-1))
        shared = np.diff(new, append=len(keys))
        high = keys[new] >> np.int64(_RANK_BITS)
        low = keys[new] & np.int64((1 << _RANK_BITS) - 1)
        shorter, longer = np.sort(np.stack([sizes[low], sizes[high]]), axis=0)
        alike = shared / ((1 - _OF_LONGER) * shorter + _OF_LONGER * longer)
        kept = alike >= _ALIKE
        found.append((low[kept], high[kept], alike[kept]))
    nothing = np.zeros(0, dtype=np.int64)
    low, high, alike = (
        np.concatenate([nothing, *column]) for column in zip(*found, strict=True)
    )
    return low, high, alike
