"""A place is what a person looks up in the file that lies before them."""

import pytest

from detector.model.document import Block, Document, Origin, Place
from detector.model.span import Span
from detector.reporters.places import place, place_in_file


def document(where, reader="docx"):
    block = Block(Span(0, 4), where)
    return Document("甲乙丙丁", Origin(f"总结.{reader}", reader), (block,))


@pytest.mark.parametrize(
    ("where", "zh", "en"),
    [
        pytest.param(Place(paragraph=27), "第 27 段", "para. 27", id="docx paragraph"),
        pytest.param(
            Place(page=3, paragraph=2),
            "第 3 页第 2 段",
            "p. 3, para. 2",
            id="pdf page and paragraph",
        ),
        pytest.param(
            Place(table=2, row=5, column=1),
            "表 2 第 5 行第 1 列",
            "table 2, row 5, column 1",
            id="table cell",
        ),
        pytest.param(
            Place(page=4, part="footnote", paragraph=3),
            "第 4 页脚注第 3 段",
            "p. 4, footnote, para. 3",
            id="footnote",
        ),
        pytest.param(Place(part="textbox"), "文本框", "text box", id="text box"),
        pytest.param(Place(), "总结.docx:1:3", "总结.docx:1:3", id="nothing known"),
    ],
)
def test_a_block_is_found_in_the_original_file(where, zh, en):
    assert place(document(where), 2, "zh") == zh
    assert place(document(where), 2, "en") == en


@pytest.mark.parametrize("reader", ["txt", "md"])
def test_a_text_has_lines_whatever_its_blocks_say(reader):
    assert place(document(Place(paragraph=9), reader), 2, "zh") == f"总结.{reader}:1:3"


def test_a_twin_is_named_with_its_file_once():
    text = Document.from_text("甲\n乙", path="来源.txt")

    assert place_in_file(document(Place(paragraph=2)), 0, "zh") == "总结.docx 第 2 段"
    assert place_in_file(text, 2, "zh") == "来源.txt:2:1"
