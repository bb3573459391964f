"""Titles, signatures and tables of contents are listed, not counted."""

import pytest

from detector.text.furniture import find_furniture

BODY = "今年以来，我单位认真落实各项部署，取得了成效。\n一、主要工作\n完成了任务。"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param(BODY, [], id="running text only"),
        pytest.param(
            f"关于2024年工作的报告\n\n{BODY}",
            [("N101", "关于2024年工作的报告")],
            id="a title",
        ),
        pytest.param(
            f"{BODY}\n\n清平镇人民政府\n2024年12月3日\n",
            [("N102", "清平镇人民政府\n2024年12月3日")],
            id="a signature",
        ),
        pytest.param(
            f"{BODY}\n清平镇人民政府\n二〇二四年十二月",
            [("N102", "清平镇人民政府\n二〇二四年十二月")],
            id="a date in words",
        ),
        pytest.param(f"{BODY}\n完成了工作", [], id="a last line without a date"),
        pytest.param(
            f"工作总结\n一、主要工作……………3\n{BODY}",
            [("N101", "工作总结"), ("N103", "一、主要工作……………3")],
            id="a table of contents",
        ),
        pytest.param(
            f"---\ntitle: 总结\n---\n{BODY}",
            [("N104", "---\ntitle: 总结\n---\n")],
            id="front matter",
        ),
        pytest.param("苹果\n梨\n桃", [], id="a list without prose is text"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_is_not_counted(text, parts):
    assert [(code, span.of(text)) for code, span in find_furniture(text)] == parts
