"""The join of k-grams keeps to its definition."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detector.kernels.join import equal_runs, join_kgrams, sorted_kgrams
from detector.kernels.rolling import kgram_hashes

codes = st.lists(st.integers(0, 2), max_size=30).map(lambda v: np.array(v, np.uint64))


def join(a, b, k, most=1000):
    ordered, places = sorted_kgrams(kgram_hashes(b, k))
    return join_kgrams(kgram_hashes(a, k), ordered, places, most)


@given(codes, codes, st.integers(1, 4))
def test_all_equal_kgrams_are_paired(a, b, k):
    first, second, _ = join(a, b, k)

    expected = {
        (i, j)
        for i in range(len(a) - k + 1)
        for j in range(len(b) - k + 1)
        if a[i : i + k].tolist() == b[j : j + k].tolist()
    }
    assert set(zip(first.tolist(), second.tolist(), strict=True)) == expected


@given(codes, codes, st.integers(1, 4))
def test_runs_are_maximal_and_equal(a, b, k):
    runs = equal_runs(*join(a, b, k)[:2], k)

    for i, j, n in zip(*(column.tolist() for column in runs), strict=True):
        assert n >= k
        assert a[i : i + n].tolist() == b[j : j + n].tolist()
        assert min(i, j) == 0 or a[i - 1] != b[j - 1]
        assert i + n == len(a) or j + n == len(b) or a[i + n] != b[j + n]


def test_of_a_frequent_kgram_the_first_places_count():
    many = np.zeros(50, np.uint64)

    first, second, frequent = join(many[:5], many, k=2, most=10)

    assert (len(first), second.max(), frequent) == (4 * 10, 9, 4)
