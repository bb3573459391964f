"""What a report takes over from its organisation's earlier one."""

import pytest

import detector as d
from detector.pipeline import Checker

BEFORE = (
    "一、工作情况\n全年共排查沿江码头夜间停泊渔船37条，清理废弃网箱12处，"
    "老船工自发轮班看护灯塔与岸线航标，群众来信同比减少14件。\n"
)
AFTER = BEFORE.replace("37条", "41条").replace("14件", "九件")


def check(text, *sources, organisation="甲镇", year="2024"):
    draft = d.Document.from_text(
        text, "draft.txt", organisation=organisation, year=year
    )
    corpus = d.Corpus("corpus", sources)
    return Checker(corpus).check(draft)


def source(text, year, organisation="甲镇"):
    path = f"{organisation}{year}.txt"
    return d.Document.from_text(text, path, organisation=organisation, year=year)


def test_what_changed_and_what_did_not_is_told():
    carried = check(AFTER, source(BEFORE, "2023")).carry_over

    assert carried.document.origin.year == "2023"
    assert carried.share > 0.8
    assert [fact.span.of(AFTER) for fact in carried.unchanged] == ["12处"]
    changed = [(one.before, one.fact.span.of(AFTER)) for one in carried.changed]
    assert changed == [("37条", "41条")]


@pytest.mark.parametrize(
    ("year", "organisation"),
    [("2024", "甲镇"), ("2025", "甲镇"), ("", "甲镇"), ("2023", "乙镇"), ("2023", "")],
)
def test_only_an_earlier_one_of_the_same_organisation_counts(year, organisation):
    assert check(AFTER, source(BEFORE, year, organisation)).carry_over is None


def test_of_several_the_one_that_is_followed_most_counts():
    part = BEFORE[: len(BEFORE) // 2]

    found = check(AFTER, source(part, "2023"), source(BEFORE, "2021")).carry_over

    assert found.document.origin.year == "2021"


def test_where_nobody_knows_whose_a_draft_is_nothing_is_said():
    found = check(AFTER, source(BEFORE, "2023", ""), organisation="")

    assert found.carry_over is None


@pytest.mark.parametrize(("before", "after"), [("1,200", "1200"), ("１２", "12")])
def test_the_same_number_written_otherwise_is_no_change(before, after):
    text = BEFORE.replace("12处", f"{after}处")

    carried = check(
        text, source(BEFORE.replace("12处", f"{before}处"), "2023")
    ).carry_over

    assert carried.changed == ()
    assert len(carried.unchanged) >= 1
