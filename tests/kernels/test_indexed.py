"""Codes by value, and the join by rank, keep to their definitions."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detector.kernels.indexed import Indexed, join_ranked

codes = st.lists(st.integers(0, 3), max_size=30).map(lambda v: np.array(v, np.uint64))


def places(codes, code):
    return [at for at, one in enumerate(codes.tolist()) if one == code]


@given(codes)
def test_an_index_gives_the_places_of_each_code(a):
    index = Indexed.of(a)

    assert index.keys.tolist() == sorted(set(a.tolist()))
    rows = zip(index.keys, index.begins, index.counts, strict=True)
    for key, begin, count in rows:
        assert index.order[begin : begin + count].tolist() == places(a, key)
    assert index.keys[index.group].tolist() == a.tolist()


@given(codes, codes)
def test_keys_are_found_in_another_index(a, b):
    one, other = Indexed.of(a), Indexed.of(b)

    for key, group in zip(one.keys, one.groups_in(other), strict=True):
        assert (other.keys[group] == key) if group >= 0 else key not in b


@given(codes, codes, st.integers(1, 6))
def test_frequent_codes_make_one_pair_a_place_by_rank(a, b, most):
    first, second = join_ranked(Indexed.of(a), Indexed.of(b), most)

    found = sorted(zip(first.tolist(), second.tolist(), strict=True))
    expected = []
    for at, code in enumerate(a.tolist()):
        there = places(b, code)
        rank = places(a, code).index(at)
        chosen = there if len(there) <= most else there[rank : rank + 1]
        expected += [(at, place) for place in chosen]
    assert found == expected


@given(codes, st.integers(1, 6))
def test_in_one_text_frequent_codes_go_with_their_first_place(a, most):
    index = Indexed.of(a)
    first, second = join_ranked(index, index, most)

    found = sorted(zip(first.tolist(), second.tolist(), strict=True))
    expected = []
    for at, code in enumerate(a.tolist()):
        there = places(a, code)
        chosen = there if len(there) <= most else there[:1]
        expected += [(at, place) for place in chosen]
    assert found == expected
