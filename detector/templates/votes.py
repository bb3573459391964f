"""What the sentences of a cluster agree on: votes of holders for each pair of units."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.kernels.distinct import distinct
from detector.kernels.join import expanded
from detector.templates.clusters import Clusters, gram_places, holder_counts
from detector.templates.sentences import FIRST_WORD, Sentences

_MAJORITY = 0.5
"""Share of a cluster's holders that makes a pair of units a fixed one."""
_SURE = 0.8
"""The same that makes a stretch of two characters stand between slots: 的发 is none."""
_SCRAP = 2
_PAIR = 2
_STRAY = 0.25
"""What a unit that is not fixed counts against a backbone, next to one that is."""
_BREAK = 1.0
"""The same of two fixed stretches with nothing between them: 委员会会第 has one unit
more that is fixed than 委员会第, and is not what most have."""
_CLUSTER_BITS, _HOLDER_BITS = 22, 20
_AGAIN = np.uint64(0x9E3779B97F4A7C15)


class Backbones(NamedTuple):
    """Of each of c clusters the sentence that has most of what they agree on.

    Attributes
    ----------
    clusters : int64 array of shape (c,)
        Their numbers.
    sentences : int64 array of shape (c,)
    holders : int64 array of shape (c,)
        How many there are.
    fixed : list of bool arrays
        Which units of the sentence are fixed, figures among them.
    breaks : list of bool arrays
        Before which units something may stand though both neighbours are fixed: most
        do not have the two side by side.
    """

    clusters: NDArray[np.int64]
    sentences: NDArray[np.int64]
    holders: NDArray[np.int64]
    fixed: list[NDArray[np.bool_]]
    breaks: list[NDArray[np.bool_]]


def backbones(sentences: Sentences, clusters: Clusters, least: int) -> Backbones:
    """Return the backbone of each cluster that has at least so many holders.

    A pair of neighbouring units is fixed if most holders have it in some sentence of
    the cluster, wherever it stands there: clauses may be missing or in another order.
    """
    of_sentence = clusters.of_sentence
    support = holder_counts(of_sentence, sentences.holders, _count(of_sentence))
    supported = np.flatnonzero(support >= least)
    number = np.full(len(support), -1)
    number[supported] = np.arange(len(supported))
    chosen = np.flatnonzero(number[of_sentence] >= 0)
    votes = _votes(sentences, chosen, number[of_sentence[chosen]])
    # One sentence of each variant stands for election.
    first = clusters.first[number[clusters.of_variant] >= 0]
    first = first[np.argsort(number[of_sentence[first]], kind="stable")]
    cluster = number[of_sentence[first]]
    hashes, owners, places = pairs_of(sentences, first)
    shares = votes.of(cluster[owners], hashes) / support[supported][cluster[owners]]
    lengths = sentences.lengths[first]
    begins = np.cumsum(lengths) - lengths
    at = places - sentences.starts[first][owners] + begins[owners]
    fixed = _covered(at[shares > _MAJORITY], int(lengths.sum()))
    sure = _covered(at[shares >= _SURE], len(fixed))
    _, units = expanded(sentences.starts[first], lengths)
    sure |= sentences.codes[units] >= FIRST_WORD
    joined = np.zeros(len(fixed), dtype=np.bool_)
    joined[at[shares > _MAJORITY] + 1] = True
    fixed, opens, breaks = _without_scraps(fixed, joined, sure, begins)
    worth = fixed * (1 + _STRAY) - opens - _BREAK * breaks
    strength = np.add.reduceat(worth, begins) - _STRAY * lengths
    order = np.lexsort((np.arange(len(first)), -strength, cluster))
    best = order[np.flatnonzero(np.diff(cluster[order], prepend=-1))]
    parts = [slice(begins[one], begins[one] + lengths[one]) for one in best.tolist()]
    return Backbones(
        supported,
        first[best],
        support[supported],
        [fixed[part] for part in parts],
        [breaks[part] for part in parts],
    )


def _covered(at: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    """Return which of so many units are in one of the pairs that begin there."""
    covered = np.zeros(size, dtype=np.bool_)
    covered[at] = covered[at + 1] = True
    return covered


def _without_scraps(
    fixed: NDArray[np.bool_],
    joined: NDArray[np.bool_],
    sure: NDArray[np.bool_],
    begins: NDArray[np.int64],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return what is fixed without stretches of two units that are not sure.

    And where the stretches begin, of which none goes on into another sentence; and at
    which of these another one ends.

    Parameters
    ----------
    joined : bool array
        Which units make a fixed pair with the one before them.
    """
    opens = fixed & ~joined
    starts = np.flatnonzero(opens)
    breaks = opens & np.append(False, fixed[:-1])
    breaks[begins] = False
    if not len(starts):
        return fixed, opens, breaks
    stretch = np.cumsum(opens) - 1
    sizes = np.bincount(stretch[fixed], minlength=len(starts))
    sures = np.bincount(stretch[fixed & sure], minlength=len(starts))
    kept = (sizes > _SCRAP) | (sures > 0)
    opens[starts[~kept]] = False
    fixed = fixed & kept[np.maximum(stretch, 0)]
    return fixed, opens, breaks & fixed & np.append(False, fixed[:-1])


class _Votes(NamedTuple):
    """How many holders of a cluster have a pair of units: sorted keys, and counts."""

    keys: NDArray[np.uint64]
    counts: NDArray[np.int64]

    def of(
        self, clusters: NDArray[np.int64], hashes: NDArray[np.uint64]
    ) -> NDArray[np.int64]:
        """Return the votes for each pair of a cluster; all of them were counted."""
        return self.counts[np.searchsorted(self.keys, _keys(clusters, hashes))]


def _votes(
    sentences: Sentences, chosen: NDArray[np.int64], clusters: NDArray[np.int64]
) -> _Votes:
    hashes, owners, _ = pairs_of(sentences, chosen)
    keys = _keys(clusters[owners], hashes)
    if sentences.holders.max(initial=0) >> _HOLDER_BITS:
        raise ValueError(f"more than {1 << _HOLDER_BITS} holders")
    holders = sentences.holders[chosen][owners].astype(np.uint64)
    ballots = distinct(keys | holders)
    shift = np.uint64(_HOLDER_BITS)
    voted = ballots >> shift << shift
    begins = np.flatnonzero(np.diff(voted, prepend=~voted[:1]))
    return _Votes(voted[begins], np.diff(begins, append=len(voted)))


def pairs_of(
    sentences: Sentences, chosen: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of neighbours in some sentences, as `gram_places` does.

    The second of two equal pairs of one sentence is another one, which those have that
    say it twice, too.
    """
    hashes, owners, places = gram_places(sentences, chosen, _PAIR)
    keys = owners.astype(np.uint64) << np.uint64(32) | hashes >> np.uint64(32)
    order = np.argsort(keys, kind="stable")
    begins = np.flatnonzero(np.diff(keys[order], prepend=~keys[order][:1]))
    counts = np.diff(begins, append=len(keys))
    again = np.empty(len(keys), dtype=np.uint64)
    again[order] = np.arange(len(keys)) - np.repeat(begins, counts)
    return hashes + again * _AGAIN, owners, places


def _keys(
    clusters: NDArray[np.int64], hashes: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """Return a number of cluster and pair, with room for the holder."""
    if clusters.max(initial=0) >> _CLUSTER_BITS:
        raise ValueError(f"more than {1 << _CLUSTER_BITS} clusters")
    top = clusters.astype(np.uint64) << np.uint64(64 - _CLUSTER_BITS)
    middle = hashes >> np.uint64(_CLUSTER_BITS + _HOLDER_BITS)
    return top | middle << np.uint64(_HOLDER_BITS)


def _count(numbers: NDArray[np.int64]) -> int:
    return int(numbers.max(initial=-1)) + 1
