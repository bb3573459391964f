"""Signatures are datasketch's, bit for bit, and agree as often as the sets do."""

import numpy as np
import pytest
from datasketch import MinHash, MinHashLSH
from hypothesis import given
from hypothesis import strategies as st

from detector.fingerprints.minhash import MinHashOptions, as_datasketch, sketch
from detector.kernels.minhash import band_keys, permutations, signatures
from detector.text.rules import normalize
from detector.text.units import count_units


def of_sets(sets, count=16, seed=1):
    flat = np.array([value for one in sets for value in one], dtype=np.uint32)
    stops = np.cumsum([len(one) for one in sets])
    starts = stops - [len(one) for one in sets]
    return signatures(flat, starts, stops, count, seed)


def theirs(one, count=16, seed=1):
    signature = MinHash(num_perm=count, seed=seed, hashfunc=int)
    signature.update_batch(one)
    return signature.hashvalues.tolist()


@given(
    st.lists(st.lists(st.integers(0, 2**32 - 1), min_size=1), min_size=1, max_size=5)
)
def test_signatures_are_those_of_datasketch(sets):
    assert of_sets(sets).tolist() == [theirs(one) for one in sets]


@pytest.mark.parametrize("seed", [1, 7])
def test_sets_may_overlap_and_need_several_batches(seed):
    hashes = np.random.default_rng(seed).integers(0, 2**32, 90_000).astype(np.uint32)
    starts = np.arange(0, 89_000, 700)
    stops = np.minimum(starts + 1500, len(hashes))

    found = signatures(hashes, starts, stops, 8, seed)

    for at in (0, 1, 46, 47, len(starts) - 1):
        one = hashes[starts[at] : stops[at]].tolist()
        assert found[at].tolist() == theirs(one, 8, seed)


def test_equal_bands_have_equal_keys_and_others_have_not():
    one = of_sets([[1, 2, 3], [1, 2, 3], [4, 5, 6]])

    keys = band_keys(one, 4, 4)

    assert keys.shape == (3, 4)
    assert keys[0].tolist() == keys[1].tolist()
    assert set(keys[0].tolist()).isdisjoint(keys[2].tolist())
    assert len(set(band_keys(np.zeros((1, 16), np.uint32), 4, 4)[0].tolist())) == 4


def test_permutations_are_the_same_every_time():
    assert permutations(4, 1) == permutations(4, 1) != permutations(4, 2)


def test_windows_may_be_put_into_an_index_of_datasketch():
    text = "坚持即知即改、立行立改，列出问题清单、责任清单、时限清单，逐条销号。" * 3
    units = count_units(normalize(text))
    windows = sketch(units, MinHashOptions())
    index = MinHashLSH(num_perm=64, params=(32, 2))
    for number, signature in enumerate(as_datasketch(windows)):
        index.insert(number, signature)

    assert 0 in index.query(next(as_datasketch(windows[:1])))


def test_a_text_without_shingles_has_no_window():
    assert [
        len(sketch(count_units(normalize(text)), MinHashOptions()))
        for text in ("", "甲乙")
    ] == [0, 0]
