"""Rounded numbers still add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.model.ledger import Ledger
from detector.reporters.figures import apportion, rounded_columns, whole_columns


@st.composite
def ledgers(draw):
    found, *whole = draw(st.lists(st.integers(0, 9000), min_size=5, max_size=5))
    copied = found * draw(st.floats(0, 1))
    names = ("cited", "self_repeat", "set_phrase", "own")
    columns = dict(zip(names, whole, strict=True))
    counted = found + sum(whole)
    return Ledger(counted, copied=copied, boilerplate=found - copied, **columns)


@given(ledgers())
def test_the_columns_of_a_file_add_up_within_a_millionth(ledger):
    columns = rounded_columns(ledger)

    assert sum(columns.values()) == pytest.approx(ledger.counted, abs=1e-6, rel=0)
    assert min(columns.values()) >= 0


@given(ledgers())
def test_the_columns_of_a_page_are_whole_and_add_up(ledger):
    columns = whole_columns(ledger)

    assert sum(columns.values()) == ledger.counted
    assert all(abs(columns[label] - ledger[label]) < 1 for label in columns)


@pytest.mark.parametrize(
    ("values", "total", "least", "expected"),
    [
        pytest.param([1, 1, 1], 10, 0, [4, 3, 3], id="the first of equals gets more"),
        pytest.param([999, 1], 20, 1, [19, 1], id="little is still seen"),
        pytest.param([98, 1, 1], 20, 1, [18, 1, 1], id="the largest gives way"),
        pytest.param([0, 5], 8, 1, [0, 8], id="nothing stays nothing"),
        pytest.param([0, 0], 8, 1, [0, 0], id="nothing to share out"),
        pytest.param([1, 1, 1], 2, 1, [1, 1, 0], id="more values than cells"),
    ],
)
def test_cells_are_shared_out(values, total, least, expected):
    assert apportion(values, total, least) == expected
