"""The outline of an official document, as its reader would draw it."""

from itertools import pairwise

import pytest
from hypothesis import given

from detector.model.document import Block, BlockKind, Place
from detector.model.span import Span
from detector.text.outline import outline
from tests.strategies import texts

REPORT = """按照通知要求，现报告如下：
一、存在的问题
（一）学习方面
一是学得不深。理论联系实际不够。
二学得不全。有的同志只看标题。
三是用得不好。四是记得不牢，笔记较少。
（二）作风方面。下基层的次数较少。
二、改进措施
1.加强学习。制定计划。
2.改进作风。"""


def test_numbers_of_every_kind_make_one_tree():
    found = [(s.level, s.number, s.title) for s in outline(REPORT)]

    assert found == [
        (1, "", ""),
        (1, "一", "存在的问题"),
        (2, "（一）", "学习方面"),
        (4, "一是", "学得不深"),
        (4, "二", "学得不全"),
        (4, "三是", "用得不好"),
        (4, "四是", "记得不牢，笔记较少"),
        (2, "（二）", "作风方面"),
        (1, "二", "改进措施"),
        (3, "1.", "加强学习"),
        (3, "2.", "改进作风"),
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("第一章 总则\n第一条 为了规范", ["第一章", "第一条"], id="a law"),
        pytest.param("# 总结\n正文\n## 工作", ["#", "##"], id="Markdown"),
        pytest.param("一个人做事。一些工作。", [""], id="一 begins a sentence"),
        pytest.param("2.5万元用于修路。", [""], id="a number with a fraction"),
        pytest.param("全文没有标题。", [""], id="no heading"),
        pytest.param(
            "先说。第一，抓学习。第二，抓落实。", ["", "第一", "第二"], id="firstly"
        ),
        pytest.param("", [""], id="nothing"),
    ],
)
def test_what_is_a_heading_and_what_is_not(text, numbers):
    assert [section.number for section in outline(text)] == numbers


def test_a_heading_that_the_file_declares_needs_no_number():
    text = "工作回顾\n今年完成了任务。"
    heading = Block(Span(0, 4), Place(paragraph=1), BlockKind.HEADING, level=1)

    (section,) = outline(text, [heading])

    assert (section.title, section.span) == ("工作回顾", Span(0, len(text)))


@given(texts)
def test_the_sections_of_level_one_are_the_whole_text(raw):
    tops = [section.span for section in outline(raw) if section.level == 1]

    assert tops[0].start == 0
    assert tops[-1].end == len(raw)
    assert all(a.end == b.start for a, b in pairwise(tops))
