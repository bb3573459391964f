"""A passage is shown with the signs that close and open it on both sides."""

import pytest

from detector.alignment.signs import with_signs
from detector.model.alignment import Alignment, Run
from detector.model.span import Span


def shown(draft, source, words="甲乙丙"):
    at, there = draft.index(words), source.index(words)
    run = Run("equal", Span(at, at + 3), Span(there, there + 3), 3)
    found = with_signs(Alignment((run,)), draft, source)
    return found.draft.of(draft), found.source.of(source)


@pytest.mark.parametrize(
    ("draft", "source", "passage"),
    [
        pytest.param("前，甲乙丙。后", "甲乙丙。", "甲乙丙。", id="a full stop"),
        pytest.param("《甲乙丙》）", "（《甲乙丙》）", "《甲乙丙》）", id="brackets"),
        pytest.param("甲乙丙！", "甲乙丙。", "甲乙丙", id="different signs"),
        pytest.param("。甲乙丙", "。甲乙丙", "甲乙丙", id="the end of what is before"),
        pytest.param("甲乙丙 丁", "甲乙丙 丁", "甲乙丙", id="white space"),
    ],
)
def test_signs_that_both_sides_have_belong_to_the_passage(draft, source, passage):
    assert shown(draft, source) == (passage, passage)


def test_the_width_of_a_sign_makes_no_difference():
    assert shown("甲乙丙，丁", "甲乙丙,丁") == ("甲乙丙，", "甲乙丙,")


def test_where_parts_changed_places_nothing_is_added():
    runs = (
        Run("equal", Span(0, 2), Span(3, 5), 2),
        Run("equal", Span(2, 4), Span(0, 2), 2),
    )
    found = Alignment(runs)

    assert with_signs(found, "丙丁甲乙。", "甲乙。丙丁。") is found
