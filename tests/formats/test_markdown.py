"""Markdown keeps its text, and knows its headings and paragraphs."""

import pytest

from detector.errors import LimitError
from detector.formats import ReadLimits, load_bytes
from detector.model.document import BlockKind

PAGE = """---
title: 检查报告
organisation: 甲镇
year: 2024
genre: '述职'
draft: true
---

# 总体情况

第一行
第二行

<!-- 批注 -->

```
代码
```

> 引文

| 项目 | 数量 |
|------|------|
| 会议 |      |

    缩进的段落

问题
----
"""


def _read(text):
    return load_bytes(text.encode(), "a.md", ".md")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_text_is_the_file_and_the_blocks_are_its_lines(line_end):
    text = PAGE.replace("\n", line_end)

    document = _read(text)

    found = [(b.kind, b.level, b.span.of(text)) for b in document.blocks]
    assert document.text == text
    assert found == [
        (BlockKind.HEADING, 1, "# 总体情况"),
        (BlockKind.PARAGRAPH, 0, f"第一行{line_end}第二行"),
        (BlockKind.PARAGRAPH, 0, "> 引文"),
        (BlockKind.CELL, 0, "项目"),
        (BlockKind.CELL, 0, "数量"),
        (BlockKind.CELL, 0, "会议"),
        (BlockKind.PARAGRAPH, 0, "    缩进的段落"),
        (BlockKind.HEADING, 2, "问题"),
    ]


def test_front_matter_fills_the_origin():
    origin = _read(PAGE).origin

    assert (origin.title, origin.organisation) == ("检查报告", "甲镇")
    assert (origin.year, origin.genre) == ("2024", "述职")


def test_a_rule_at_the_beginning_is_no_front_matter():
    assert _read("---\n\ntitle: 甲\n").origin.title == ""


def test_very_many_lines_are_refused_before_they_are_parsed(monkeypatch):
    limits = ReadLimits(max_blocks=100)
    assert load_bytes("甲\n\n".encode() * 100, "a.md", ".md", limits).blocks
    with pytest.raises(LimitError, match="max_blocks"):
        load_bytes("甲\n\n".encode() * 101, "a.md", ".md", limits)

    def parsed(*_):
        raise AssertionError

    monkeypatch.setattr("detector.formats.markdown._blocks", parsed)
    with pytest.raises(LimitError, match="max_blocks"):
        load_bytes("甲\n\n".encode() * 101, "a.md", ".md", limits)


def test_comments_upon_comments_are_read():
    page = "<!--a-->" * 200 + "正文内容。\n"
    assert load_bytes(page.encode(), "a.md", ".md").text == page


def _omissions(text):
    return [(one.code, one.count, one.doubtful) for one in _read(text).omissions]


@pytest.mark.parametrize("written", ["&#{};", "&#x{:x};", "&#X0{:X};"])
@pytest.mark.parametrize("letters", ["水库大坝除险加固通过验收", "harbour board"])
def test_letters_that_are_written_as_references_are_told(written, letters):
    text = "甲" + "".join(written.format(ord(c)) for c in letters)

    assert _omissions(text) == [("X112", 12, True)]


@pytest.mark.parametrize(
    "text",
    [
        "甲&nbsp;&#8212;乙&copy;" * 9,
        "第一段&#160;&#160;正文\n\n" * 9,
        "| a&#124;b | &#9989; |\n|---|---|\n" * 9,
        "He said &#8220;no&#8221;. " * 9,
        "写作`&#20849;`\n" * 20,
        "```\n" + "&#20849;&#x61;\n" * 20 + "```\n",
        r"写作\&#20849;" * 20,
    ],
    ids=["named", "blanks", "table", "quotes", "code", "block", "escaped"],
)
def test_references_to_signs_and_those_of_code_are_not(text):
    assert _omissions(text) == []


@pytest.mark.parametrize("sign", ["&#8203;", "&zwj;", "&shy;"])
def test_references_to_nothing_within_words_are_told(sign):
    assert _omissions(sign.join("harbourboard")) == [("X112", 11, True)]
    assert _omissions(f"the {sign} " * 20) == []
    assert _omissions(sign.join("水库大坝除险加固通过验收")) == []
