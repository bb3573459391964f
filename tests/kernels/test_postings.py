"""A table of postings answers like a search in the sorted list of all pairs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.kernels.postings import MOST_PLACES, PLACE_BITS, Postings

MANY = np.array([10**6])
HASHES = st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 3), max_size=60)


def table(hashes):
    codes = np.array(hashes, dtype=np.uint64)
    return Postings.of(codes, np.arange(len(codes)))


def found(postings, value):
    _, places, counts = postings.find(np.array([value], dtype=np.uint64), MANY)
    assert counts.tolist() == [len(places)]
    return places.tolist()


@given(HASHES, st.integers(0, 2**64 - 1))
def test_every_place_of_a_hash_is_found_in_order(hashes, other):
    postings = table(hashes)

    for value in {*hashes, other}:
        same = [
            at for at, h in enumerate(hashes) if h >> PLACE_BITS == value >> PLACE_BITS
        ]
        assert found(postings, value) == same


@given(HASHES)
def test_the_keys_of_a_table_make_the_table_again(hashes):
    postings = table(hashes)

    again = Postings.of_sorted(len(hashes), postings.pieces())

    assert again.directory.tolist() == postings.directory.tolist()
    assert again.pairs.all().tolist() == postings.pairs.all().tolist()


@pytest.mark.parametrize("size", [0, 1, 7, 70_000, (1 << 20) - 1, (1 << 20) + 5])
def test_small_and_large_tables_answer_alike(size):
    rng = np.random.default_rng(size)
    hashes = rng.integers(0, 2**63, size, dtype=np.uint64) << np.uint64(1)
    places = rng.permutation(size)
    postings = Postings.of(hashes, places)

    asked = np.concatenate([hashes[:500], hashes[:500] ^ np.uint64(1 << 40)])
    which, found, counts = postings.find(asked, np.full(len(asked), 3))

    keys = np.sort(hashes >> np.uint64(PLACE_BITS))
    wanted = asked >> np.uint64(PLACE_BITS)
    left = np.searchsorted(keys, wanted)
    assert counts.tolist() == (np.searchsorted(keys, wanted, "right") - left).tolist()
    assert np.bincount(which, minlength=len(asked)).tolist() == counts.tolist()
    assert found[which < 500].tolist() == places[which[which < 500]].tolist()


def test_a_large_table_takes_six_bytes_a_pair_besides_its_directory():
    size = 1 << 21
    postings = Postings.of(
        np.arange(size, dtype=np.uint64) << np.uint64(43), np.arange(size)
    )

    assert postings.pairs.all().nbytes == 6 * size
    assert postings.directory.nbytes < 5_000_000


def test_the_last_place_and_the_last_hash_have_room():
    last = np.array([2**64 - 1], dtype=np.uint64)
    postings = Postings.of(last, np.array([MOST_PLACES - 1]))

    assert found(postings, 2**64 - 1) == [MOST_PLACES - 1]


@pytest.mark.parametrize("size", [40, 5000])
def test_of_a_hash_of_many_places_the_first_ones_are_returned(size):
    hashes = np.full(size, 77 << 40, dtype=np.uint64)
    postings = Postings.of(
        np.append(hashes, [1 << 40, 77 << 41]).astype(np.uint64), np.arange(size + 2)
    )

    asked = np.array([77 << 40, 1 << 40, 5], dtype=np.uint64)
    which, places, counts = postings.find(asked, np.array([7, 2, 2]))

    assert which.tolist() == [0] * 7 + [1]
    assert places.tolist() == [*range(7), size]
    assert counts.tolist() == [size, 1, 0]
