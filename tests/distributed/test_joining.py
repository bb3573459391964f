"""The join in tables finds what the join in arrays does."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.distributed.joining import (
    PLACE,
    counted,
    marked,
    near_twins,
    paired,
    placed,
    seed_rows,
    without_hot,
)
from detector.fingerprints.seeds import seeds_of
from detector.index.pairs import most_places, shared_places
from detector.kernels import columns
from detector.kernels.columns import joined, rows_of, taken, whole_groups
from detector.pairing import twins_by_sketch
from tests.index.test_search import FORMULA, RARE, invented, loose

TEXTS = st.lists(
    st.lists(st.sampled_from([RARE[:9], RARE[4:30], FORMULA, "柳", "of ", "港务 "]))
    .map("".join)
    .map(lambda text: text[:300]),
    max_size=6,
)


def shuffled(batches, by, size=7):
    """Return rows sorted by some columns, in batches of any size."""
    held = [batch for batch in batches if rows_of(batch)]
    if not held:
        return
    table = joined(held)
    table = taken(table, np.lexsort([table[name] for name in reversed(by)]))
    for start in range(0, rows_of(table), size):
        yield taken(table, slice(start, start + size))


def by_tables(seeds, lengths, frequent):
    rows = [seed_rows(n, one, short=True) for n, one in enumerate(seeds)]
    keys = np.concatenate([np.zeros(0, np.int64), *(one["key"] for one in rows)])
    values, counts = np.unique(keys, return_counts=True)
    hot = values[counts > most_places(frequent)][::2]  # the others are left to counted
    units = sum(lengths) + len(lengths)
    table = without_hot(rows, hot)
    table = counted(shuffled(table, ["key", "document", "place"]), frequent)
    table = marked(shuffled(table, ["document", "place"]), frequent)
    table = paired(shuffled(table, ["key", "document", "place"]), frequent)
    for batch in placed(shuffled(table, ["other", "one"]), units):
        for at in range(rows_of(batch)):
            places = np.frombuffer(batch["places"][at], PLACE).reshape(-1, 3)
            for start, end, covered in places.tolist():
                both = int(batch["other"][at]), int(batch["one"][at])
                yield (*both, start, end, covered)


def by_arrays(seeds, lengths, frequent):
    for some in shared_places(seeds, lengths, frequent):
        rows = some.later, some.earlier, some.starts[0], some.ends[0], some.covered
        yield from zip(*(row.tolist() for row in rows), strict=True)


@given(TEXTS, st.integers(0, 5))
def test_tables_find_what_arrays_do(texts, frequent):
    codes = list(map(loose, texts))
    seeds, lengths = list(map(seeds_of, codes)), list(map(len, codes))

    found = sorted(by_tables(seeds, lengths, frequent))

    assert found == sorted(by_arrays(seeds, lengths, frequent))


def test_much_is_found_in_much():
    texts = [invented(n % 5) + RARE * (n % 3) + FORMULA for n in range(30)]
    codes = list(map(loose, texts))
    seeds, lengths = list(map(seeds_of, codes)), list(map(len, codes))

    found = sorted(by_tables(seeds, lengths, 32))

    assert len(found) > 50
    assert found == sorted(by_arrays(seeds, lengths, 32))


@given(st.lists(st.lists(st.integers(0, 9), max_size=6), max_size=30))
def test_twins_are_those_of_one_machine(sketches):
    rows = [
        {"key": np.array(keys), "document": np.full(len(keys), number)}
        for number, keys in enumerate(map(sorted, map(set, sketches)))
    ]

    found = {
        (int(one), int(other))
        for batch in near_twins(shuffled(rows, ["key", "document"]), 4)
        for one, other in zip(batch["one"], batch["other"], strict=True)
    }

    assert found == twins_by_sketch(sorted(set(keys)) for keys in sketches)


@given(st.lists(st.integers(0, 3), max_size=60).map(sorted), st.integers(1, 9))
def test_no_batch_ends_amid_a_group(keys, size):
    table = {"key": np.array(keys, dtype=np.int64)}
    batches = [
        taken(table, slice(start, start + size)) for start in range(0, len(keys), size)
    ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "_AT_LEAST", 2)
        found = [batch["key"].tolist() for batch in whole_groups(batches, ["key"])]

    assert [key for batch in found for key in batch] == keys
    assert all(not set(one) & set(other) for one, other in pairwise(found))
