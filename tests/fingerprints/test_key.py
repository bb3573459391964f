"""A key hides seeds: with another one, or with none, nothing is found."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detector.fingerprints.key import Key
from detector.fingerprints.seeds import Seeds

ONE, OTHER = Key.of(b"a secret of bytes"), Key.of(b"another of the same")


def seeds(values):
    hashes = np.array(values, dtype=np.uint64)
    places = np.arange(len(hashes))
    return Seeds(places, np.full(len(hashes), 4), hashes)


@given(st.lists(st.integers(0, 2**64 - 1), unique=True, max_size=30))
def test_different_seeds_stay_different_and_equal_ones_equal(values):
    hidden = ONE.hidden(seeds(values)).hashes

    assert len(set(hidden.tolist())) == len(values)
    assert hidden.tolist() == ONE.hidden(seeds(values)).hashes.tolist()


def test_another_key_hides_otherwise():
    plain = seeds(range(1000))
    hidden = [key.hidden(plain).hashes.tolist() for key in (ONE, OTHER)]

    assert not {*hidden[0]} & {*hidden[1]}
    assert not {*hidden[0]} & {*range(1000)}
    assert ONE.name(bytes(32)) != OTHER.name(bytes(32)) != bytes(32)
    assert ONE.check != OTHER.check


def test_a_key_does_not_tell_itself():
    assert "secret" not in repr(ONE)
    assert not any(b"secret" in part for part in (ONE.ids, ONE.check.encode()))
