"""Figures in Chinese numerals: where they count something."""

import pytest

from detector.text.figures import written_figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("处一万元以上十万五千元以下罚款", ["一万", "十万五千"]),
        ("增长百分之八十五，下降百分之十二点五", ["八十五", "十二点五"]),
        ("第三季度完成第二十届", ["三", "二十"]),
        ("依照第十二条第二款", ["十二", "二"]),
        ("二〇二三年十二月三十一日", ["二〇二三", "十二", "三十一"]),
        ("三十余户，三座桥，两万人次", ["三十", "三", "两万"]),
        ("三个月内、十个工作日内，三分之一", ["三", "十", "三"]),
        ("投资3.5万元，3000万人次", ["万", "万"]),
    ],
)
def test_what_counts_something(text, expected):
    assert [figure.of(text) for figure in written_figures(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "进一步统一思想",
        "一批干部，一项制度，一件小事",
        "千家万户，百人大会，万人空巷",
        "两个维护，三个代表，四个意识",
        "第一，第二，一是，二是",
        "十四五规划，两个一百年奋斗目标",
        "12.5公里，2023年",
    ],
)
def test_what_is_part_of_a_word_does_not(text):
    assert list(written_figures(text)) == []
