"""What documents share with each other, table by table.

`detector.index.pairs.shared_places` for corpora that no machine holds: each step takes
rows that belong together and are sorted, and yields other rows. Together they find what
that finds.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from detector.fingerprints.seeds import Seeds
from detector.index.pairs import SeedPairs, followed, most_places, places_of
from detector.kernels.columns import (
    Columns,
    rows_of,
    starts_of_groups,
    taken,
    whole_groups,
)
from detector.kernels.join import expanded
from detector.kernels.postings import PLACE_BITS

_APART = np.int64(1 << 32)
"""Units between two documents: more than any has."""
PLACE = np.dtype("<i8")
"""Of the three numbers of a place that are kept in a row of its pair."""


def seed_rows(number: int, seeds: Seeds, *, short: bool) -> Columns:
    """Return the seeds of a document: document, place, width, key.

    Parameters
    ----------
    short : bool
        Whether a key is 36 bits of a hash, as on one machine, and not all 64.
    """
    shift = np.uint64(PLACE_BITS if short else 0)
    return {
        "document": np.full(len(seeds.places), number, dtype=np.int64),
        "place": seeds.places.astype(np.int32),
        "width": seeds.widths.astype(np.int8),
        "key": (seeds.hashes >> shift << shift).view(np.int64),
    }


def sketch_rows(number: int, smallest: Sequence[int]) -> Columns:
    """Return the smallest seeds of a document, all 64 bits of each; without width."""
    count = len(smallest)
    return {
        "document": np.full(count, number, dtype=np.int64),
        "place": np.zeros(count, dtype=np.int32),
        "width": np.zeros(count, dtype=np.int8),
        "key": np.array(smallest, dtype=np.uint64).view(np.int64),
    }


def without_hot(
    batches: Iterable[Columns], hot: NDArray[np.int64]
) -> Iterator[Columns]:
    """Yield the seeds whose key is none of those that stand everywhere.

    Parameters
    ----------
    hot : int64 array, ascending
    """
    for batch in batches:
        at = np.searchsorted(hot, batch["key"])
        at[at == len(hot)] = 0
        is_hot = hot[at] == batch["key"] if len(hot) else np.zeros(len(at), np.bool_)
        yield taken(batch, ~is_hot)


def counted(batches: Iterable[Columns], frequent: int) -> Iterator[Columns]:
    """Yield seeds, of which those of a key come together, with how many these are.

    Those that are followed to none of their places are left out.
    """
    for batch in whole_groups(batches, ["key"]):
        begins = starts_of_groups(batch, ["key"])
        sizes = np.diff(begins, append=rows_of(batch))
        found = {**batch, "counted": np.repeat(sizes, sizes).astype(np.int32)}
        yield taken(found, found["counted"] <= most_places(frequent))


def marked(batches: Iterable[Columns], frequent: int) -> Iterator[Columns]:
    """Yield the seeds that stand elsewhere, too, with whether they are followed there.

    Parameters
    ----------
    batches : iterable of Columns
        Those of a document come together, by place.
    """
    for batch in whole_groups(batches, ["document"]):
        begins = starts_of_groups(batch, ["document"])
        sizes = np.diff(begins, append=rows_of(batch))
        rank = np.repeat(np.arange(len(begins)), sizes)
        places = batch["place"].astype(np.int64) + rank * _APART
        marks = followed(places, batch["counted"], frequent)
        found = {**batch, "followed": marks}
        yield taken(found, batch["counted"] > 1)


def paired(batches: Iterable[Columns], frequent: int) -> Iterator[Columns]:
    """Yield seeds of which two documents have an equal one: pairs of places.

    Parameters
    ----------
    batches : iterable of Columns
        Those of a key come together, by document and place.
    """
    most = most_places(frequent)
    for batch in whole_groups(batches, ["key"]):
        begins = starts_of_groups(batch, ["key"])
        sizes = np.diff(begins, append=rows_of(batch))
        assert sizes.max(initial=0) <= most, "a key that was to be left out"
        first = np.repeat(begins, sizes)
        hosts = np.flatnonzero(batch["followed"])
        # So many rows at a time that their pairs are few millions.
        for some in np.array_split(hosts, len(hosts) * most // (1 << 22) + 1):
            which, at = expanded(first[some], some - first[some])
            later, earlier = some[which], at
            other = batch["document"][later] != batch["document"][earlier]
            later, earlier = later[other], earlier[other]
            yield {
                "other": batch["document"][later],
                "one": batch["document"][earlier],
                "later": batch["place"][later],
                "earlier": batch["place"][earlier],
                "width": batch["width"][later],
                "counted": batch["counted"][later],
            }


def placed(batches: Iterable[Columns], units: int) -> Iterator[Columns]:
    """Yield pairs of documents with the places that they share: a row a pair.

    Parameters
    ----------
    batches : iterable of Columns
        Those of two documents come together.
    units : int
        Those of the corpus, one between every two documents.
    """
    for batch in whole_groups(batches, ["other", "one"]):
        names = ("other", "one", "later", "earlier", "width", "counted")
        pairs = SeedPairs(*(batch[name].astype(np.int64) for name in names))
        found = places_of(pairs, units)
        if not len(found.later):
            continue
        where = np.stack([found.starts[0], found.ends[0], found.covered], axis=1)
        of_pair = {"other": found.later, "one": found.earlier}
        begins = starts_of_groups(of_pair, ["other", "one"])
        packed = [part.astype(PLACE).tobytes() for part in np.split(where, begins[1:])]
        yield {
            **taken(of_pair, begins),
            "places": np.array(packed, dtype=object),
            "twin": np.zeros(len(begins), dtype=np.bool_),
        }


def near_twins(batches: Iterable[Columns], most: int) -> Iterator[Columns]:
    """Yield documents that have one of their smallest seeds in common, as pairs.

    Each with some of those before it: the first ones, and the last ones.

    Parameters
    ----------
    batches : iterable of Columns
        Key and document; those of a key come together, by document.
    most : int
        First ones, and last ones, that a document is compared with.
    """
    key, first, last = None, [0][:0], [0][:0]
    for batch in batches:
        ones: list[int] = []
        others: list[int] = []
        rows = zip(batch["key"].tolist(), batch["document"].tolist(), strict=True)
        for name, number in rows:
            if name != key:
                key, first, last = name, [], []
            near = dict.fromkeys((*first, *last))
            ones += near
            others += [number] * len(near)
            if len(first) < most:
                first.append(number)
            last = [*last[-most + 1 :], number]
        yield {
            "other": np.array(others, dtype=np.int64),
            "one": np.array(ones, dtype=np.int64),
            "places": np.full(len(ones), b"", dtype=object),
            "twin": np.ones(len(ones), dtype=np.bool_),
        }
