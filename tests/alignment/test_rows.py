"""Long rows of equal units that say enough by themselves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.alignment.options import AlignmentOptions
from detector.alignment.rows import Row, find_rows, has_telling_part
from detector.alignment.tiling import Tiles

OPTIONS = AlignmentOptions()
rows = st.lists(st.sampled_from([0.0, 0.1, 0.4, 0.5, 0.9, 2.0, 6.0]), max_size=120)


def sums_of(bits):
    return np.concatenate([[0.0], np.cumsum(np.array(bits, dtype=np.float64))])


def says_enough(bits):
    """Tell the same as the definition does, in O(n^2) time."""
    sums = sums_of(bits)
    return any(
        sums[stop] - sums[start] >= OPTIONS.evidence
        and sums[stop] - sums[start] >= OPTIONS.toll * (stop - start) - 1e-9
        for start in range(len(bits))
        for stop in range(start + OPTIONS.exact, len(bits) + 1)
    )


@given(rows)
def test_a_part_is_found_if_there_is_one(bits):
    found = has_telling_part(sums_of(bits), OPTIONS.toll, OPTIONS)

    assert found == says_enough(bits)


@given(rows, rows, rows, st.sampled_from([0.0, 1.0]))
def test_who_copies_more_is_not_found_less_nor_made_common(before, bits, after, less):
    more = [*before, *bits, *after]
    lost = np.concatenate([np.full(len(before), less), np.zeros(len(more))])
    alone = Row(len(before), np.array(bits, dtype=np.float64))

    if has_telling_part(sums_of(bits), OPTIONS.toll, OPTIONS):
        assert has_telling_part(sums_of(more), OPTIONS.toll, OPTIONS)
    if alone.is_enough(lost, OPTIONS):
        assert Row(0, np.array(more)).is_enough(lost, OPTIONS)


@pytest.mark.parametrize(
    ("bits", "is_one"),
    [
        pytest.param([1.3125] * 32, True, id="as long as it takes, as much"),
        pytest.param([2.0] * 31, False, id="one too short"),
        pytest.param([1.3] * 32, False, id="too little"),
        pytest.param([0.5] * 84, True, id="just its toll"),
        pytest.param([0.49] * 200, False, id="less than its toll"),
        pytest.param([0.49] * 200 + [1.4] * 32, True, id="a telling part of one"),
    ],
)
def test_a_row_is_long_says_enough_and_pays_its_toll(bits, is_one):
    assert has_telling_part(sums_of(bits), OPTIONS.toll, OPTIONS) is is_one


def test_all_long_rows_are_kept_if_one_of_them_tells():
    bits = [9.0] * 20 + [0.2] * 40 + [2.0] * 40
    tiles = Tiles(
        first=np.array([0, 20, 60]),
        second=np.array([500, 100, 300]),
        length=np.array([20, 40, 40]),
        worth=np.array([180.0, 8.0, 80.0]),
    )

    found = find_rows(tiles, sums_of(bits), OPTIONS)

    assert [(row.start, len(row.bits)) for row in found] == [(20, 40), (60, 40)]
    assert found[1].bits == pytest.approx(np.full(40, 2.0))
    assert not find_rows(tiles.chosen(slice(0, 2)), sums_of(bits), OPTIONS)


def test_what_is_common_must_say_twice_its_toll():
    row = Row(10, np.array([0.9] * 80))
    lost = np.zeros(100, dtype=np.float32)

    assert has_telling_part(sums_of(row.bits), OPTIONS.toll, OPTIONS)
    assert not row.is_enough(lost, OPTIONS)
    assert row._replace(bits=row.bits + 0.1).is_enough(lost, OPTIONS)


def test_a_row_is_enough_as_long_as_part_of_it_is():
    row = Row(10, np.array([2.0] * 80))
    lost = np.zeros(100, dtype=np.float32)

    lost[10:50] = np.inf  # all of a set phrase
    assert row.is_enough(lost, OPTIONS)
    lost[50:70] = 2.0
    assert not row.is_enough(lost, OPTIONS)
