"""The joins of k-grams keep to their definitions."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detector.kernels.join import join_kgrams, sorted_kgrams
from detector.kernels.rolling import kgram_hashes

codes = st.lists(st.integers(0, 2), max_size=30).map(lambda v: np.array(v, np.uint64))


def join(a, b, k, most=1000):
    ordered, places = sorted_kgrams(kgram_hashes(b, k))
    return join_kgrams(kgram_hashes(a, k), ordered, places, most)


def equal_places(a, b, k):
    return {
        (i, j)
        for i in range(len(a) - k + 1)
        for j in range(len(b) - k + 1)
        if a[i : i + k].tolist() == b[j : j + k].tolist()
    }


def pairs(first, second):
    return list(zip(first.tolist(), second.tolist(), strict=True))


@given(codes, codes, st.integers(1, 4))
def test_all_equal_kgrams_are_paired(a, b, k):
    first, second, _ = join(a, b, k)

    assert set(pairs(first, second)) == equal_places(a, b, k)


def test_of_a_frequent_kgram_the_first_places_count():
    many = np.zeros(50, np.uint64)

    first, second, frequent = join(many[:5], many, k=2, most=10)

    assert (len(first), second.max(), frequent) == (4 * 10, 9, 4)
