"""Stems: inflected words and figures of one form are one class."""

import numpy as np
import pytest
from hypothesis import given

from detector.text.rules import normalize
from detector.text.stems import YEAR, figure_digits, find_stems
from detector.text.units import count_units
from tests.strategies import texts


def stems(text):
    units = count_units(normalize(text))
    return units, find_stems(units, text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tasks were completed", "task WERE completing"),
        ("the company's shares", "the company shares"),
        ("增长12.5", "增长37.1"),
        ("2024年", "1998年"),
    ],
)
def test_forms_of_a_word_and_figures_are_one_class(one, other):
    assert stems(one)[1].tolist() == stems(other)[1].tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [("task", "tax"), ("增长5", "增长12"), ("1999年", "999年"), ("年", "月")],
)
def test_different_words_and_forms_of_figures_are_not(one, other):
    assert stems(one)[1].tolist() != stems(other)[1].tolist()


def test_digits_of_figures_are_counted():
    _, found = stems("2024年完成投资12.5亿元，Top 10")

    digits = figure_digits(found)

    assert digits[found == YEAR].tolist() == [-1]
    assert digits[digits > 0].tolist() == [3, 2]


@given(texts)
def test_equal_units_have_equal_stems(text):
    units, found = stems(text)

    for code in np.unique(units.codes):
        assert len(np.unique(found[units.codes == code])) == 1
    alone = units.codes < np.uint64(1 << 63)
    assert (found[alone] == units.codes[alone]).all()
