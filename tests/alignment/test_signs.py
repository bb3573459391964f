"""A passage is shown with the signs that close and open it on both sides."""

import pytest

from detector.alignment.signs import with_signs
from detector.model.alignment import Alignment, Run
from detector.model.span import Span
from tests.alignment.texts import shared


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


def test_where_parts_changed_places_the_end_of_the_draft_has_its_sign():
    runs = (
        Run("equal", Span(0, 2), Span(3, 5), 2),
        Run("equal", Span(2, 4), Span(0, 2), 2),
    )

    found = with_signs(Alignment(runs), "丙丁甲乙。", "甲乙。丙丁。")

    assert (found.draft, found.source) == (Span(0, 5), Span(0, 5))


@pytest.mark.parametrize(
    ("equal", "passage"),
    [
        pytest.param("甲乙丙丁。\n第", "甲乙丙丁。", id="after the end"),
        pytest.param("条\n甲乙丙丁", "甲乙丙丁", id="before the beginning"),
        pytest.param("甲乙丙丁，戊己", "甲乙丙丁，戊己", id="a clause"),
        pytest.param("甲。乙丙丁戊", "乙丙丁戊", id="the end of a sentence"),
        pytest.param("甲乙丙丁。戊己庚辛", "甲乙丙丁。戊己庚辛", id="four characters"),
    ],
)
def test_what_hangs_over_a_sentence_is_cut_off(equal, passage):
    draft, source = f"前后{equal}八左", f"上{equal}九下"
    run = Run("equal", Span(2, 2 + len(equal)), Span(1, 1 + len(equal)), 9)

    found = with_signs(Alignment((run,)), draft, source)

    assert found.draft.of(draft) == found.source.of(source) == passage


def test_a_word_that_hangs_over_counts_as_one():
    (found,) = shared(
        f"Old boats sail. {ENGLISH} The mayor spoke.", f"{ENGLISH} The river rose."
    )

    whole = with_signs(
        found,
        f"Old boats sail. {ENGLISH} The mayor spoke.",
        f"{ENGLISH} The river rose.",
    )

    assert whole.equal == len(ENGLISH.split())


ENGLISH = (
    "The committee found that the bridge over the northern canal had been closed twice "
    "in the spring, because the timber beneath its eastern ramp was rotten."
)
