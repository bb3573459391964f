"""The ledger adds up, and every character is counted once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import LedgerError
from detector.model.ledger import Ledger
from detector.scoring.commonness import copied_share
from detector.scoring.labels import UnitLabels

flags = st.lists(
    st.tuples(*[st.booleans()] * 4, st.floats(0, 1)), min_size=1, max_size=40
)


def labels_of(rows):
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    return UnitLabels(*columns)


@given(flags)
def test_every_character_has_exactly_one_label(rows):
    ledger = labels_of(rows).ledger()

    assert ledger.counted == len(rows)
    assert 0 <= ledger.originality <= 100


@given(flags, st.integers(0, 40))
def test_the_ledgers_of_the_parts_add_up_to_the_whole(rows, cut):
    labels = labels_of(rows)
    parts = [labels.ledger(slice(0, cut)), labels.ledger(slice(cut, None))]

    for name in ("cited", "copied", "boilerplate", "self_repeat", "set_phrase", "own"):
        whole = getattr(labels.ledger(), name)
        assert sum(getattr(part, name) for part in parts) == pytest.approx(whole)


def test_a_citation_comes_before_the_corpus_and_that_before_a_repeat():
    rows = [(True, True, True, True, 1.0), (False, True, True, True, 0.25)]

    ledger = labels_of(rows).ledger()

    assert (ledger.cited, ledger.copied, ledger.boilerplate) == (1, 0.25, 0.75)


def test_originality_can_be_checked_by_hand():
    ledger = Ledger(100, cited=10, copied=20, set_phrase=10, own=60)

    assert ledger.originality == 75.0
    assert ledger.gross_overlap == 0.3


@pytest.mark.parametrize(
    "columns", [{"own": 9}, {"own": 11}, {"own": 11, "cited": -1}, {}]
)
def test_a_ledger_that_does_not_add_up_cannot_be_made(columns):
    with pytest.raises(LedgerError):
        Ledger(10, **columns)


@pytest.mark.parametrize(
    ("holders", "among", "weight"),
    [
        pytest.param(1, 40, 1.0, id="one other organisation"),
        pytest.param(3, 200, 0.633, id="three of two hundred"),
        pytest.param(8, 10, 0.0, id="as many as K"),
        pytest.param(0, 5, 1.0, id="only the organisation itself"),
    ],
)
def test_the_more_hold_it_the_less_is_it_copied(holders, among, weight):
    assert copied_share(np.array([holders]), among)[0] == pytest.approx(
        weight, abs=1e-3
    )
