"""What a text says of itself is believed where it is plain, and nowhere else."""

import pytest

from detector.model.document import Document
from detector.text.provenance import described

BODY = "一年来，全镇上下同心协力，各项工作取得新的进展。\n二、工作情况\n道路修好了。\n"


def origin(text, path="report.txt", **known):
    found = described(Document.from_text(text, path, **known))
    return found.organisation, found.year, found.genre


@pytest.mark.parametrize(
    ("title", "organisation", "year", "genre"),
    [
        ("青禾镇人民政府2024年工作总结", "青禾镇人民政府", "2024", "工作总结"),
        (
            "中共青禾镇委员会领导班子2023年度述职报告",
            "青禾镇委员会",
            "2023",
            "述职报告",
        ),
        ("青禾县水务局关于印发应急预案的通知", "青禾县水务局", "", "通知"),
        ("关于２０２２年工作的汇报材料", "", "2022", "汇报材料"),
        ("# 青禾集团有限公司2021年度工作报告", "青禾集团有限公司", "2021", "工作报告"),
        ("青禾市总体规划（2018—2035年）\n青政发〔2018〕3号", "", "2018", ""),
        ("Annual Report 2020", "", "2020", "annual report"),
    ],
)
def test_a_title_says_whose_it_is_and_of_when(title, organisation, year, genre):
    assert origin(f"{title}\n{BODY}") == (organisation, year, genre)


def test_a_signature_goes_before_the_title():
    text = f"青禾镇2024年工作总结\n{BODY}青禾镇人民政府\n2025年1月6日"

    assert origin(text) == ("青禾镇人民政府", "2024", "工作总结")


def test_a_version_of_a_law_is_of_the_year_of_its_file():
    text = f"青禾县河道管理条例\n（1992年4月3日通过 2015年8月29日修正）\n{BODY}"
    for year in ("2015", "2025"):
        found = described(Document.from_text(text, f"河道管理条例({year}-08-29).md"))
        assert found.year == year


def test_a_date_is_the_year_where_nothing_else_is():
    for date, year in (("2025年6月30日", "2025"), ("2025年1月6日", "2024")):
        found = origin(f"工作总结\n{BODY}王某某\n{date}")
        assert found == ("", year, "工作总结")


def test_the_name_of_the_file_helps():
    assert origin(BODY, "归档/2019-述职报告.docx") == ("", "2019", "述职报告")


def test_what_is_known_is_kept():
    text = f"青禾镇人民政府2024年工作总结\n{BODY}"

    assert origin(text, organisation="甲", year="1999", genre="乙") == (
        "甲",
        "1999",
        "乙",
    )


def test_running_text_says_nothing():
    assert origin("青禾镇人民政府2024年做了很多工作，群众满意。\n" * 3) == ("", "", "")
