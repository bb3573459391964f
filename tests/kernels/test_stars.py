"""Stars: nobody follows one that it is not linked to."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detector.kernels.stars import stars

links = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1]),
    st.floats(0.1, 1),
    max_size=20,
)


def leaders(linked, before=()):
    pairs = np.array(list(linked), dtype=np.int64).reshape(-1, 2)
    first = np.zeros(8, dtype=bool)
    first[list(before)] = True
    alike = np.array(list(linked.values()), dtype=float)
    return stars(pairs[:, 0], pairs[:, 1], alike, first).tolist()


@given(links, st.sets(st.integers(0, 7)))
def test_each_follows_a_leader_that_it_is_linked_to_most(linked, before):
    found = leaders(linked, before)

    alike = {**linked, **{(b, a): value for (a, b), value in linked.items()}}
    for thing, leader in enumerate(found):
        assert found[leader] == leader
        if leader != thing:
            others = [alike.get((thing, one), 0) for one in set(found)]
            assert alike[thing, leader] == max(others)
        else:  # no two leaders are linked
            assert all((thing, one) not in alike for one in set(found) - {thing})


def test_the_one_that_is_most_alike_to_many_leads():
    assert leaders({(0, 3): 0.5, (1, 3): 0.5, (2, 3): 0.5, (0, 1): 0.9}) == [
        *(3, 3, 3, 3, 4, 5, 6, 7)
    ]


def test_those_that_come_first_lead():
    assert leaders({(0, 3): 0.5, (1, 3): 0.5}, before={0})[:4] == [0, 1, 2, 0]
