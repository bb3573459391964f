"""What many have is told row by row as it is told of all at once."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detector.distributed import weighing
from detector.distributed.comparing import packed_runs, runs_in
from detector.kernels.columns import batched
from detector.kernels.intervals import covered, runs_of
from detector.scoring.pairs import of_many, unions

UNITS = 12
NAMES = "甲乙丙丁"
SIDES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(NAMES),
        st.lists(st.booleans(), min_size=UNITS, max_size=UNITS),
    ),
    max_size=40,
)


def sides(rows, size):
    """Return rows as Spark hands them out: sorted, in batches of any size."""
    made = [
        (own, name, f"{own}县", UNITS, packed_runs(runs_of(np.array(mask, bool))))
        for own, name, mask in sorted(rows)
    ]
    names = ("own", "there_name", "own_name", "units", "held")
    return batched(names, made, size)


def by_document(rows):
    found = {}
    for own, name, mask in rows:
        found.setdefault(own, []).append((name, runs_of(np.array(mask, bool))))
    return found


@given(SIDES, st.integers(1, 9))
def test_what_several_have_is_the_same_in_any_batches(rows, size):
    found = {
        number: covered([runs_in(data)], UNITS).tolist()
        for batch in weighing.common(sides(rows, size))
        for number, data in zip(batch["number"], batch["common"], strict=True)
    }

    expected = {
        own: of_many((mask for _, mask in unions(others, UNITS)), UNITS).tolist()
        for own, others in by_document(rows).items()
    }
    assert found == {own: mask for own, mask in expected.items() if any(mask)}


@given(SIDES, st.integers(1, 9))
def test_what_an_organisation_holds_is_the_same_in_any_batches(rows, size):
    found = {
        (one, other): units
        for batch in weighing.held(sides(rows, size))
        for one, other, units in zip(*batch.values(), strict=True)
    }

    assert found == {
        (f"{own}县", name): mask.sum()
        for own, others in by_document(rows).items()
        for name, mask in unions(others, UNITS)
    }


def test_a_document_that_very_many_share_something_with_is_not_held_in_memory():
    """Batches come one by one: none is kept while the next is made."""
    alive = []

    class Batch(dict):
        def __init__(self, *args):
            super().__init__(*args)
            alive.append(1)

        def __del__(self):
            alive.pop()

    def many():
        mask = packed_runs(np.array([[0, UNITS]], np.int32))
        for n in range(50):
            assert len(alive) < 4
            row = (7, f"{n // 10}", "甲县", UNITS, mask)
            names = ("own", "there_name", "own_name", "units", "held")
            yield from map(Batch, batched(names, [row] * 1000))

    (found,) = weighing.common(many())

    assert found["number"].tolist() == [7]
