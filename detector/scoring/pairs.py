"""What documents share with each other, weighed up: pairs, clusters, organisations."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.kernels.intervals import Runs, covered, places_in
from detector.kernels.stars import stars
from detector.model.document import Document
from detector.model.pairs import Cluster, Exchanged, Lineage, Pair, Pairs
from detector.scoring.lineage import TEMPLATE
from detector.scoring.matches import holder_of

_COMMON = 3
"""Organisations besides from which wording is of none of them."""
_MOSTLY = 0.5
"""Share of what two documents have in common from which it is a template's."""


class Shared(NamedTuple):
    """What two documents share.

    Attributes
    ----------
    units : (Runs, Runs)
        Units of each that the other one has in a passage.
    longest, passages : int
    exchanged : Exchanged
    lineage : Lineage
        If they follow no template.
    """

    one: int
    other: int
    units: tuple[Runs, Runs]
    longest: int
    passages: int
    exchanged: Exchanged
    lineage: Lineage


class Held(NamedTuple):
    """How much of the text of each organisation others have, in counted characters.

    Attributes
    ----------
    known : mapping of (str, str) to int
        Of the first one's, those that documents of the second one hold; if both are
        known, and hold some.
    total : mapping of str to int
    """

    known: Mapping[tuple[str, str], int]
    total: Mapping[str, int]


def weighed_up(
    documents: Sequence[Document],
    sizes: Sequence[int],
    shared: Sequence[Shared],
    alike: float,
    looked_at: int,
) -> Pairs:
    """Return pairs, clusters and matrix of what all documents share.

    Parameters
    ----------
    sizes : sequence of int
        Units of each.
    shared : sequence of Shared
        In any order.
    """
    holders = [holder_of(document) for document in documents]
    owners = [document.origin.organisation for document in documents]
    by_document: dict[int, list[tuple[int, Runs]]] = defaultdict(list)
    for found in shared:
        by_document[found.one].append((found.other, found.units[0]))
        by_document[found.other].append((found.one, found.units[1]))
    common: dict[int, NDArray[np.bool_]] = {}
    known = Counter[tuple[str, str]]()
    for own, others in by_document.items():
        theirs = [(holders[there], runs) for there, runs in others]
        theirs = [one for one in theirs if one[0] != holders[own]]
        masks = (mask for _, mask in unions(theirs, sizes[own]))
        common[own] = of_many(masks, sizes[own])
        if not owners[own]:
            continue
        theirs = [(owners[there], runs) for there, runs in others if owners[there]]
        for name, mask in unions(theirs, sizes[own]):
            known[owners[own], name] += int(mask.sum())
    total = Counter[str]()
    for owner, size in zip(owners, sizes, strict=True):
        total[owner] += size
    pairs = [
        pair_of(found, (sizes[found.one], sizes[found.other]), common[found.one])
        for found in shared
    ]
    return put_together(documents, pairs, alike, Held(known, total), looked_at)


def unions(
    others: Iterable[tuple[str, Runs]], size: int
) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Yield for each of some names which units of a document its documents have, too.

    Parameters
    ----------
    others : iterable of (str, Runs)
        Units that another document has, and a name of it.
    size : int
        Units of the document.
    """
    by_name: dict[str, list[Runs]] = defaultdict(list)
    for name, runs in others:
        by_name[name].append(runs)
    for name, some in by_name.items():
        yield name, covered(some, size)


def of_many(others: Iterable[NDArray[np.bool_]], size: int) -> NDArray[np.bool_]:
    """Return which units of a document several holders besides its own have.

    Parameters
    ----------
    others : iterable of bool arrays of shape (size,)
        What each of these has.
    """
    count = np.zeros(size, dtype=np.int64)
    for mask in others:
        count += mask
    return count >= _COMMON


def pair_of(found: Shared, sizes: tuple[int, int], common: NDArray[np.bool_]) -> Pair:
    """Return two documents as a pair.

    Parameters
    ----------
    sizes : (int, int)
        Units of each.
    common : bool array
        Units of the first one that `of_many` tells.
    """
    equal = places_in(found.units[0]), places_in(found.units[1])
    share = int((common & covered([found.units[0]], sizes[0])).sum()) / equal[0]
    return Pair(
        found.one,
        found.other,
        equal,
        (equal[0] / sizes[0], equal[1] / sizes[1]),
        found.longest,
        found.passages,
        found.exchanged,
        TEMPLATE if share > _MOSTLY else found.lineage,
    )


def put_together(
    documents: Sequence[Document],
    pairs: Iterable[Pair],
    alike: float,
    held: Held,
    looked_at: int,
) -> Pairs:
    """Return pairs, in any order before, with their clusters and their matrix.

    Parameters
    ----------
    documents : sequence of Document
        Of which neither texts nor layout are looked at.
    """
    ordered = sorted(
        pairs, key=lambda pair: (-max(pair.shares), -sum(pair.equal), pair[:2])
    )
    clusters = _clusters(ordered, alike, len(documents))
    names, matrix = _matrix(held)
    return Pairs(tuple(documents), tuple(ordered), clusters, names, matrix, looked_at)


def _clusters(pairs: Sequence[Pair], alike: float, count: int) -> tuple[Cluster, ...]:
    """Return the clusters of two documents and more, the largest first."""
    near = [pair for pair in pairs if max(pair.shares) >= alike]
    links = np.array([pair[:2] for pair in near], dtype=np.int64).reshape(-1, 2)
    shares = np.array([max(pair.shares) for pair in near])
    nobody = np.zeros(count, dtype=np.bool_)
    leaders = stars(links[:, 0], links[:, 1], shares, nobody).tolist()
    by_leader: dict[int, list[int]] = defaultdict(list)
    for document, leader in enumerate(leaders):
        by_leader[leader].append(document)
    known = {frozenset(pair[:2]): max(pair.shares) for pair in near}
    found = [
        Cluster(
            leader,
            tuple(members),
            min(known[frozenset((leader, one))] for one in members if one != leader),
        )
        for leader, members in by_leader.items()
        if len(members) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.documents), one.medoid)))


def _matrix(held: Held) -> tuple[tuple[str, ...], tuple[tuple[float, ...], ...]]:
    """Return the organisations, and what share of each one's text each other has."""
    names = tuple(sorted({name for both in held.known for name in both}))
    rows = (
        tuple(
            held.known.get((one, other), 0) / (held.total[one] or 1) for other in names
        )
        for one in names
    )
    return names, tuple(rows)
