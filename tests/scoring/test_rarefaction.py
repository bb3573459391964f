"""What a smaller corpus would have found is expected, not drawn."""

from itertools import combinations
from statistics import mean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.scoring.labels import UnitLabels
from detector.scoring.rarefaction import missed, saturation


@pytest.mark.parametrize("sample", range(7))
def test_it_is_the_mean_of_all_samples(sample):
    samples = list(combinations(range(6), sample))
    by_hand = [
        mean(not any(one < held for one in drawn) for drawn in samples)
        for held in range(7)
    ]

    assert missed(np.arange(7), 6, sample).tolist() == pytest.approx(by_hand)


rows = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.booleans(), st.integers(0, 9)),
    min_size=1,
    max_size=30,
)


@given(rows)
def test_it_falls_to_the_originality_of_the_ledger(rows):
    cited, repeated, phrase, held = map(np.array, zip(*rows, strict=True))
    found = held > 0
    labels = UnitLabels(cited, found, repeated, phrase, np.ones(len(held)))

    curve = saturation(labels, held, 9)

    assert list(curve) == sorted(curve, reverse=True)
    assert curve[-1] == pytest.approx(labels.ledger().originality)


def test_what_a_template_has_is_found_in_any_corpus():
    nothing = np.zeros(4, dtype=bool)
    labels = UnitLabels(
        nothing, np.array([1, 1, 0, 0], dtype=bool), nothing, nothing, np.ones(4)
    )

    assert saturation(labels, np.array([0, 2, 0, 0]), 4) == pytest.approx(
        (62.5, 50 + 25 / 6, 50, 50)
    )
