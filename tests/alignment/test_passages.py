"""Shared passages: whole, with honest ends, however they were edited."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.alignment.passages import (
    AlignmentOptions,
    align_sources,
    align_within,
    weigh,
)
from detector.errors import AlignmentError, OptionError
from detector.model.alignment import Alignment, Run
from detector.model.span import Span
from detector.text.rules import normalize
from detector.text.units import count_units

PASSAGE = (
    "面对千头万绪的工作，产生了歇一歇的想法，缺乏越是艰难越向前的精气神，"
    "在担当使命上还存在因循守旧、求稳怕乱的思想。"
)
BEFORE, AFTER = "春天的田野里开满了油菜花，", "夜里下了一场大雨，河水涨了三尺"
AHEAD, BEHIND = "图书馆周末延长开放两个小时，", "学校操场铺上了新的塑胶跑道"


def units(text):
    return count_units(normalize(text))


def shared(draft, source, **options):
    evidence = np.ones(len(units(draft)))
    found = align_sources(
        units(draft), [units(source)], evidence, AlignmentOptions(**options)
    )
    return found[0]


@pytest.mark.parametrize(
    ("edited", "changes"),
    [
        pytest.param(PASSAGE, [], id="verbatim"),
        pytest.param(
            PASSAGE.replace("想法", "念头"), [("想法", "念头")], id="replaced"
        ),
        pytest.param(PASSAGE.replace("，", ""), [], id="without punctuation"),
        pytest.param("\u200b".join(PASSAGE), [], id="zero-width characters"),
        pytest.param(PASSAGE.replace("艰难", "艰\n难"), [], id="a hard line break"),
        pytest.param(PASSAGE.replace("还存在", "仍然还是存在着"), [], id="inserted"),
    ],
)
def test_an_edited_passage_is_one_match_with_exact_ends(edited, changes):
    draft, source = BEFORE + edited + AFTER, AHEAD + PASSAGE + BEHIND

    (found,) = shared(draft, source)

    assert found.draft.of(draft) == edited.rstrip("。\u200b")
    assert found.source.of(source) == PASSAGE.rstrip("。")
    assert set(changes) <= set(found.substitutions(draft, source))


def test_a_clause_left_out_does_not_split_the_match():
    edited = PASSAGE.replace("产生了歇一歇的想法，", "")

    (found,) = shared(BEFORE + edited + AFTER, PASSAGE)

    assert [run.change for run in found.runs] == ["equal", "delete", "equal"]


def test_swapped_passages_are_two_matches():
    one, other = PASSAGE, "资金拨付及时，项目按期开工，群众反映的用水问题得到解决。"

    found = shared(one + BEFORE + other, other + AHEAD + one)

    assert len(found) == 2


def test_a_short_run_is_no_match():
    assert shared(BEFORE + "因循守旧求稳怕乱" + AFTER, AHEAD + PASSAGE) == []


def test_set_phrases_alone_are_no_match():
    phrase = "习近平新时代中国特色社会主义思想和全面从严治党主体责任"
    draft, source = BEFORE + phrase + AFTER, AHEAD + phrase + BEHIND
    known = np.array([char in phrase for char in units(draft).text])

    found = align_sources(
        units(draft), [units(source)], weigh(known), AlignmentOptions()
    )

    assert len(shared(draft, source)) == 1
    assert found == [[]]


def test_a_passage_put_into_the_middle_of_another_is_found_too():
    inside = "资金拨付及时，项目按期开工，群众反映的用水问题得到解决。"
    middle = len(PASSAGE) // 2
    draft = PASSAGE[:middle] + inside + PASSAGE[middle:]

    found = shared(draft, inside + AHEAD + PASSAGE)

    assert inside.strip("。") in {match.source.of(inside) for match in found}


def test_each_source_has_its_own_passages():
    sources = [AHEAD + PASSAGE, BEHIND, PASSAGE + BEHIND]

    found = align_sources(
        units(PASSAGE),
        [units(source) for source in sources],
        np.ones(len(units(PASSAGE))),
        AlignmentOptions(),
    )

    assert [len(each) for each in found] == [1, 0, 1]


def test_a_repeat_inside_a_text_points_back_to_the_first():
    text = PASSAGE + BEFORE + PASSAGE + AFTER

    (found,) = align_within(units(text), np.ones(len(units(text))), AlignmentOptions())

    assert found.source == Span(0, len(PASSAGE) - 1)
    assert found.draft.start == len(PASSAGE + BEFORE)


@pytest.mark.parametrize("unit", ["哈", "哈呀", "甲乙丙丁"])
def test_periodic_text_is_survived(unit):
    text = unit * 3000

    align_within(units(text), np.ones(len(units(text))), AlignmentOptions())
    shared(text, text)


words = st.text("甲乙丙丁", max_size=60)


@given(words, words)
def test_equal_runs_are_equal_and_in_order(draft, source):
    for found in shared(draft, source, shortest=4):
        for run in found.runs:
            if run.change == "equal":
                assert run.draft.of(draft) == run.source.of(source)


@given(words, words)
def test_a_text_contains_itself(before, after):
    copy = "今年共走访困难群众三百户发放慰问金二十万元"

    found = shared(before + copy + after, copy)

    assert any(match.source == Span(0, len(copy)) for match in found)


def test_an_alignment_begins_and_ends_with_something_shared():
    gap = Run("replace", Span(0, 1), Span(0, 1), 1)

    with pytest.raises(AlignmentError):
        Alignment((gap,))


@pytest.mark.parametrize("options", [{"k": 1}, {"shortest": 0}, {"frequent": 0}])
def test_impossible_options_are_refused(options):
    with pytest.raises(OptionError):
        AlignmentOptions(**options)
