"""What counts as a specific."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.text.facts import find_facts, find_numbers
from detector.text.scripts import NUMERAL

COUNT = rf"(?:\d+(?:[.,，]\d+)*|[{NUMERAL}两]+)"
DAY = r"年(?:\d{1,2}月(?:\d{1,2}日)?)?"
UNITS = "(?:万元|元|平方公里|个百分点|个月|个|次)"
KINDS = (
    ("document_number", r"[\u4e00-\u9fff]{1,8}[〔\[(（]\d{4}[〕\])）]\d+号"),
    (
        "date",
        rf"(?:\d{{4}}|[〇零一二三四五六七八九]{{4}}){DAY}"
        r"|\d{1,2}月\d{1,2}日|\d{4}[-/]\d{1,2}[-/]\d{1,2}",
    ),
    ("percentage", rf"\d+(?:\.\d+)?[%％‰]|百分之{COUNT}"),
    ("quantity", rf"\d+(?:[.,，]\d+)*[余多]?[万亿]?[余多]?{UNITS}"),
    ("quantity", rf"(?<![{NUMERAL}第])[{NUMERAL}两]{{2,}}[余多]?{UNITS}"),
    ("number", r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d{3,}"),
)
"""The patterns as one would write them, with the units that the pieces below make."""
FIGURES = st.sampled_from("0123456789〇二三两十百\u0663𝟡")
SIGNS = st.sampled_from("第年月日-/.,，%％余多万元个次号〔〕[](（）槐政发\n的")
LONGER = st.sampled_from(
    [
        "百分之",
        "1,234",
        "3多万个",
        "第三十个",
        "两百个百分点",
        "2多平方公里",
        "2024年",
        "的" * 5,
        "的" * 8,
    ]
)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param("新修道路12.5公里", ["12.5公里"], id="a quantity"),
        pytest.param("走访三十余户", ["三十余户"], id="a quantity in words"),
        pytest.param("2024年3月召开", ["2024年3月"], id="a date"),
        pytest.param("同比增长6.3%", ["6.3%"], id="a percentage"),
        pytest.param(
            "槐政发〔2023〕12号", ["槐政发〔2023〕12号"], id="a document number"
        ),
        pytest.param("一是抓落实。第一，抓学习", [], id="numbering"),
        pytest.param("这是我们的第三十个", [], id="an ordinal"),
        pytest.param("扩大了12多平方公里", ["12多平方公里"], id="a long unit"),
        pytest.param("做出了一些成绩，解决了个别问题", [], id="vague"),
    ],
)
def test_specifics_are_found(text, facts):
    assert [fact.span.of(text) for fact in find_facts(text)] == facts


@given(st.lists(FIGURES | SIGNS | LONGER, max_size=40).map("".join))
def test_quick_patterns_find_what_readable_ones_do(text):
    found = []
    for kind, pattern in KINDS:
        for match in re.finditer(pattern, text):
            taken = {at for _, start, end in found for at in range(start, end)}
            if taken.isdisjoint(range(*match.span())):
                found.append((kind, *match.span()))

    facts = [(fact.kind, fact.span.start, fact.span.end) for fact in find_facts(text)]

    assert facts == sorted(found, key=lambda one: one[1])
    assert [span.of(text) for span in find_numbers(text)] == re.findall(
        r"\d+(?:[.,]\d+)*", text
    )
