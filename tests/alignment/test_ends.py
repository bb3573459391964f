"""Ends of passages: what was copied with the rest, and nothing by chance."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alignment.texts import (
    AFTER,
    AHEAD,
    BEFORE,
    BEHIND,
    OTHER,
    PASSAGE,
    repeats,
    shared,
)

WHOLE = PASSAGE.rstrip("。")
ENGLISH = (
    "The committee found that the bridge over the northern canal had been closed twice "
    "in the spring, because the timber beneath its eastern ramp was rotten."
)


@pytest.mark.parametrize(
    "edited",
    [
        PASSAGE.replace("千头万绪", "纷繁复杂"),
        PASSAGE.replace("怕乱", "畏难"),
        PASSAGE.replace("千头万绪", "纷繁复杂").replace("怕乱", "畏难"),
        PASSAGE.replace("千头万绪的", "繁重"),
    ],
)
def test_words_changed_near_an_end_leave_the_passage_whole(edited):
    draft, source = BEFORE + edited + AFTER, AHEAD + PASSAGE + BEHIND

    (found,) = shared(draft, source)

    assert found.draft.of(draft) == edited.rstrip("。")
    assert found.source.of(source) == WHOLE


def test_a_word_changed_near_the_end_of_an_english_sentence():
    edited = ENGLISH.replace("rotten", "entirely rotten").replace("timber", "wood")
    draft = f"It rained all week. {edited} Nobody was hurt."
    source = f"Trams are late. {ENGLISH} A new school opens."

    (found,) = shared(draft, source)

    assert found.draft.of(draft) == edited.rstrip(".")
    assert found.source.of(source) == ENGLISH.rstrip(".")


def test_an_exact_passage_does_not_go_on_to_a_chance_character():
    draft = f"{BEFORE}{PASSAGE}春天的田野里开满了油菜花"
    source = f"{AHEAD}{PASSAGE}面对着窗外的一片田地"

    (found,) = shared(draft, source)

    assert found.draft.of(draft) == WHOLE


def test_passages_that_changed_places_do_not_run_into_each_other():
    draft = BEFORE + OTHER + PASSAGE + AFTER
    source = AHEAD + PASSAGE + BEHIND + "，" + OTHER

    found = shared(draft, source)
    spans = sorted((one.draft.start, one.draft.end) for one in found)

    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert {one.draft.of(draft) for one in found} <= {
        WHOLE,
        OTHER.rstrip("。"),
        OTHER + WHOLE,
    }


@given(st.integers(0, 20), st.sampled_from(["", "。", "，的", "思想的思想。"]))
def test_a_repeat_ends_where_its_source_begins_again(cut, between):
    text = PASSAGE[cut:] + between + PASSAGE + between + PASSAGE

    for one in repeats(text):
        assert one.source.end <= one.draft.start
        assert one.draft.end <= len(text)


def test_the_sides_of_a_repeat_with_changed_ends_stay_apart():
    text = (
        "规斗29件提中自治欧区人大常6审议地方性法规案29件，制定修改废止政府规章8件。"
        "提5自治改区人大常6审议地方过法规案29件，制定修改废止政府绰章8件。"
        "提请自治欧区人大常6审议破方性法规29件，制定修改废止政府5章8件。"
    )

    for one in repeats(text):
        assert one.source.end <= one.draft.start
