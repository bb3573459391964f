"""What counts as a specific."""

import pytest

from detector.text.facts import find_facts


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
        pytest.param("做出了一些成绩，解决了个别问题", [], id="vague"),
    ],
)
def test_specifics_are_found(text, facts):
    assert [fact.span.of(text) for fact in find_facts(text)] == facts
