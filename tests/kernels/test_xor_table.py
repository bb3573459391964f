"""A table gives back what was put in, and nearly nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.kernels.xor_table import LEVELS, build_table, look_up

entries = st.dictionaries(
    st.integers(0, 2**64 - 1), st.integers(0, LEVELS - 1), max_size=200
)


def built(known):
    keys = np.array(list(known), np.uint64)
    values = np.array(list(known.values()), np.uint8)
    return build_table(keys, values), keys, values


@given(entries)
def test_every_key_has_its_value(known):
    table, keys, values = built(known)

    assert look_up(*table, keys).tolist() == values.tolist()


def test_of_other_keys_one_in_four_thousand_is_taken_for_known():
    table, _, _ = built({at: at % LEVELS for at in range(20_000)})

    found = look_up(*table, np.arange(10**6, 10**6 + 100_000, dtype=np.uint64))

    assert (found >= 0).mean() < 1 / 2000


def test_equal_keys_are_refused():
    with pytest.raises(ValueError, match="2"):
        build_table(np.zeros(2, np.uint64), np.zeros(2, np.uint8))
