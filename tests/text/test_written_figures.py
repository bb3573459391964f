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
        ("三个月内、十个工作日内，三分之一", ["三", "十", "三", "一"]),
        ("一千多平方公里，三千余个工作日，五千万吨", ["一千", "三千", "五千万"]),
        ("三点五万元，百分之三点五，三点要求", ["三点五万", "三点五"]),
        ("十月一日、一月底、十日内", ["十", "一", "一", "十"]),
        ("三至五万元，十到十五人", ["三", "五万", "十", "十五"]),
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
        "六一节，两节期间，二十四节气，三八节活动",
        "周三日程，星期五日程，十月革命，百日攻坚",
        "第二十条件，五成员单位，十四五期间",
        "三十年，一年一度",
    ],
)
def test_what_is_part_of_a_word_does_not(text):
    assert list(written_figures(text)) == []
