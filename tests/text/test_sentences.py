"""Sentences end where a reader would end them."""

import pytest

from detector.text.sentences import paragraphs, sentences


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("甲完成。乙完成！", ["甲完成。", "乙完成！"], id="two sentences"),
        pytest.param(
            "一是学习；二是落实。", ["一是学习；二是落实。"], id="one with clauses"
        ),
        pytest.param(
            "他说：“好的。走吧。”", ["他说：“好的。走吧。”"], id="a quotation"
        ),
        pytest.param(
            "第一段\n\n  第二段。", ["第一段", "第二段。"], id="a line break ends it"
        ),
        pytest.param("", [], id="nothing"),
    ],
)
def test_sentences_by_their_offsets(text, pieces):
    assert [span.of(text) for span in sentences(text)] == pieces


def test_a_paragraph_is_a_line_with_something_on_it():
    text = "甲\r\n \r\n乙"

    assert [span.of(text) for span in paragraphs(text)] == ["甲", "乙"]
