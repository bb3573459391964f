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
            f"工作总结\n一、工作……………3\n二、问题……………5\n三、打算……………9\n{BODY}",
            [
                ("N101", "工作总结"),
                ("N103", "一、工作……………3"),
                ("N103", "二、问题……………5"),
                ("N103", "三、打算……………9"),
            ],
            id="a table of contents",
        ),
        pytest.param(
            f"---\ntitle: 总结\n---\n{BODY}",
            [("N104", "---\ntitle: 总结\n---\n")],
            id="front matter",
        ),
        pytest.param(
            f"{BODY}\n道路\t45\n学校\t12\n水渠\t3", [], id="a table of figures"
        ),
        pytest.param(
            f"{BODY}\n道路硬化工程竣工\n新建卫生室三处竣工\n2023年12月",
            [("N102", "2023年12月")],
            id="items before a date are text",
        ),
        pytest.param(
            f"{BODY}\n国务院\n二○二三年五月六日\n（此件公开发布）",
            [("N102", "国务院\n二○二三年五月六日\n（此件公开发布）")],
            id="a date with circles, and a note after it",
        ),
        pytest.param(
            "The battery makes the voltage.\nIt is measured.\nMore follows here.",
            [],
            id="English sentences are no title",
        ),
        pytest.param(
            f"---\n先说几句。\n---\n{BODY}", [], id="rules are no front matter"
        ),
        pytest.param(
            "今年以来我单位在上级党委的正确领导下认真落实各项部署取得了新的明显的\n"
            "成效和进展受到了群众的好评现将有关的情况报告如下\n一、工作情况。",
            [],
            id="hard-wrapped prose without punctuation",
        ),
        pytest.param(
            f"{BODY}\n2024年5月2日\nA closing paragraph goes on for a while",
            [],
            id="what follows a date and is no note",
        ),
        pytest.param("- 新建学校三所\n- 修路五里\n今年完成。", [], id="bullets"),
        pytest.param("| 项目 | 数量 |\n今年完成。", [], id="a table row"),
        pytest.param(
            "Short prose begins\nhere and goes on with\nsmall letters. End.",
            [],
            id="wrapped English prose",
        ),
        pytest.param(
            f"{BODY}\n张三\t80\n李四\t85\n王五\t90\n{BODY}", [], id="a table of marks"
        ),
        pytest.param("苹果\n梨\n桃", [], id="a list without prose is text"),
        pytest.param(
            "---\n"
            + "".join(f"{key}: {'修建道路三十公里，' * 7}\n" for key in "ABCDE")
            + f"---\n{BODY}",
            [],
            id="a front matter that says much is text",
        ),
        pytest.param(
            "".join(f"一……{'修建道路三十公里' * 9}{at}……{at}\n" for at in range(4))
            + BODY,
            [],
            id="what stands between two leaders is part of the name",
        ),
        pytest.param(
            f"{BODY}\n<!-- detector {'修建道路三十公里，' * 30} -->\n{BODY}",
            [],
            id="a comment that says much is text",
        ),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_is_not_counted(text, parts):
    assert [(code, span.of(text)) for code, span in find_furniture(text)] == parts


def test_contents_name_headings_that_are_numbered_by_themselves():
    names = [f"加强第{n}方面的基础工作和队伍建设" for n in "一二三四五六七八九十"]
    contents = "".join(f"第{n}节 {name}……{n}\n" for n, name in enumerate(names, 1))
    body = "".join(f"{name}\n{BODY}\n" for name in names)

    found = [
        code for code, _ in find_furniture(f"某县工作报告\n目录\n{contents}{body}")
    ]

    assert found.count("N103") == len(names)


def test_long_lines_with_page_numbers_are_contents_if_the_text_has_them():
    names = [
        f"{n}、{'全镇新修机耕路惠及三十余户，用水得到保障' * 2}"
        for n in "一二三四五六七八九"
    ]
    contents = "".join(f"{name}……{at}\n" for at, name in enumerate(names))
    title = "工作总结\n"

    for body, told in (("\n".join(names), True), (BODY * 9, False)):
        found = [
            code for code, _ in find_furniture(f"{title}目录\n{contents}{body}\n{BODY}")
        ]
        assert ("N103" in found) is told
