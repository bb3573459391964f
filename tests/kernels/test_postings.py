"""A table of postings answers like a search in the sorted list of all pairs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.kernels.postings import MOST_PLACES, PLACE_BITS, Postings

HASHES = st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 3), max_size=60)


def table(hashes):
    codes = np.array(hashes, dtype=np.uint64)
    return Postings.of(codes, np.arange(len(codes)))


def found(postings, value):
    begins, counts = postings.find(np.array([value], dtype=np.uint64))
    return postings.places[begins[0] : begins[0] + counts[0]].tolist()


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

    again = Postings.of_keys(postings.keys)

    assert all((one == other).all() for one, other in zip(postings, again, strict=True))


@pytest.mark.parametrize("size", [0, 1, 7, 70_000, (1 << 20) - 1, (1 << 20) + 5])
def test_small_and_large_tables_answer_alike(size):
    rng = np.random.default_rng(size)
    hashes = rng.integers(0, 2**63, size, dtype=np.uint64) << np.uint64(1)
    places = rng.permutation(size)
    postings = Postings.of(hashes, places)

    asked = np.concatenate([hashes[:500], hashes[:500] ^ np.uint64(1 << 40)])
    begins, counts = postings.find(asked)

    keys = np.sort(hashes >> np.uint64(PLACE_BITS))
    wanted = asked >> np.uint64(PLACE_BITS)
    left = np.searchsorted(keys, wanted)
    assert counts.tolist() == (np.searchsorted(keys, wanted, "right") - left).tolist()
    assert begins[counts > 0].tolist() == left[counts > 0].tolist()


def test_a_large_table_takes_six_bytes_a_pair_besides_its_directory():
    size = 1 << 21
    postings = Postings.of(
        np.arange(size, dtype=np.uint64) << np.uint64(43), np.arange(size)
    )

    assert postings.rests.nbytes + postings.places.nbytes == 6 * size
    assert postings.directory.nbytes < 5_000_000


def test_the_last_place_and_the_last_hash_have_room():
    last = np.array([2**64 - 1], dtype=np.uint64)
    postings = Postings.of(last, np.array([MOST_PLACES - 1]))

    assert found(postings, 2**64 - 1) == [MOST_PLACES - 1]
