"""Items that announce headings and say them otherwise."""

import pytest

from detector.text.outline import outline
from detector.traces.echoes import find_mismatches

HEADINGS = "一、带头应对风险挑战的丰富经验方面\n略。\n二、带头弘扬斗争精神方面\n略。"


def mismatches(preamble, headings=HEADINGS):
    text = f"{preamble}\n{headings}"
    found = find_mismatches(text, outline(text))
    return [(echo.here, echo.there) for echo in found]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("带头应对风险挑的丰富经验", [("挑的", "挑战的")]),
        ("带头应对风脸挑战的丰富经验", [("风脸挑", "风险挑")]),
        ("带头应对风险挑战的的丰富经验", [("的的丰", "的丰")]),
        ("应对风险挑的丰富经验", [("挑的", "挑战的")]),
    ],
)
def test_a_slip_in_the_middle_is_found(item, expected):
    preamble = f"对照“{item}、带头弘扬斗争精神”两个方面，检查如下："

    assert mismatches(preamble) == expected


@pytest.mark.parametrize(
    "preamble",
    [
        "对照“带头应对风险挑战的丰富经验、带头弘扬斗争精神”两个方面，检查如下：",
        "对照“应对风险挑战的丰富经验、弘扬斗争精神”两个方面，检查如下：",
        "班子在应对各类风险挑战中积累了丰富经验，也有带头精神。",
        "带头应对风险挑的丰富经验。",
    ],
)
def test_another_wording_is_no_slip(preamble):
    assert mismatches(preamble) == []


LISTED = (
    "## 一、加强组织建设\n略。\n## 二、推动产业发展\n略\n## 三、落实民生保障服务\n略"
)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("落实民生保证服务", [("保证服", "保障服")]),
        ("落实民生保障服物", [("服物", "服务")]),
        ("落石民生保障服务", [("落石民", "落实民")]),
    ],
)
def test_in_the_place_of_a_heading_either_end_may_differ(item, expected):
    preamble = f"围绕加强组织建设、推动产业发展、{item}三个方面开展工作。"

    assert mismatches(preamble, LISTED) == expected


@pytest.mark.parametrize(
    "item", ["民生保障服务", "落实民生保障服务", "抓好安全生产", "民生", "落实民生保障"]
)
def test_in_the_place_of_a_heading_a_shorter_or_another_item_is_no_slip(item):
    preamble = f"围绕加强组织建设、推动产业发展、{item}三个方面开展工作。"

    assert mismatches(preamble, LISTED) == []
