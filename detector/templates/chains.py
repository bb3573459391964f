"""Templates that follow each other, as one: the sentences of a passage."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from detector.templates.clusters import holder_counts
from detector.templates.sentences import Sentences

_MOSTLY = 0.5
"""Share of the holders of either template in whose texts one follows the other; where
more than half have the one before and more than half the one after, some have all."""
_BITS = 32


def chains(
    sentences: Sentences, template: NDArray[np.int64], support: NDArray[np.int64]
) -> Iterator[list[int]]:
    """Yield the templates that make a passage together, in their order.

    Parameters
    ----------
    template : int64 array of shape (s,)
        Which template each sentence fits, -1 for none.
    support : int64 array of shape (t,)
        Holders of each template.
    """
    after = _followers(sentences, template, support)
    before = {follower: leader for leader, follower in after.items()}
    seen: set[int] = set()
    for first in range(len(support)):
        if first in seen:
            continue
        start = first
        while start in before and before[start] != first:
            start = before[start]
        chain = [start]
        while chain[-1] in after and after[chain[-1]] != start:
            chain.append(after[chain[-1]])
        seen.update(chain)
        yield chain


def _followers(
    sentences: Sentences, template: NDArray[np.int64], support: NDArray[np.int64]
) -> dict[int, int]:
    """Return which template follows each at once, where both agree on it."""
    next_to = sentences.follows[1:] & (template[1:] != template[:-1])
    next_to &= (template[1:] >= 0) & (template[:-1] >= 0)
    at = np.flatnonzero(next_to)
    pairs = template[at] << np.int64(_BITS) | template[at + 1]
    links, number = np.unique(pairs, return_inverse=True)
    counts = holder_counts(number, sentences.holders[at], len(links))
    first, second = links >> np.int64(_BITS), links & np.int64((1 << _BITS) - 1)
    often = counts > _MOSTLY * np.maximum(support[first], support[second])
    order = np.lexsort((second, first, -counts))
    order = order[often[order]]
    after: dict[int, int] = {}
    taken: set[int] = set()
    for one, other in zip(first[order].tolist(), second[order].tolist(), strict=True):
        if one not in after and other not in taken:
            after[one] = other
            taken.add(other)
    return after
