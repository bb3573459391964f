"""BOIL002 quotes a template from the sentence on that fits."""

import pytest

from detector.rules.boil002 import _from_what_fits

TEMPLATE = (
    "〔单位〕围绕〔任意〕开展自查，梳理问题清单。\n"
    "逐条制定措施，限期整改到位；会后由专人负责督办。"
)


@pytest.mark.parametrize(
    ("drafted", "expected"),
    [
        (
            "县水务局围绕河道清淤开展自查，梳理问题清单。",
            "〔单位〕围绕〔任意〕开展自查，梳理问题清单。 "
            "逐条制定措施，限期整改到位；会后由专人负责督办。",
        ),
        (
            "逐条制定措施，限期整改到位。",
            "…逐条制定措施，限期整改到位；会后由专人负责督办。",
        ),
        ("会后专人负责督办。", "…会后由专人负责督办。"),
    ],
)
def test_it_begins_where_the_draft_does(drafted, expected):
    assert _from_what_fits(TEMPLATE, drafted) == expected


def test_what_is_no_sentence_is_quoted_whole():
    assert _from_what_fits("", "甲") == ""
    assert _from_what_fits("填报说明", "甲") == "填报说明"
