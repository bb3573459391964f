"""Places of a form that nobody filled."""

import pytest

from detector.text.names import find_names
from detector.traces.placeholders import filled_form, find_placeholders


def found(text):
    return [one.span.of(text) for one in find_placeholders(text)]


@pytest.mark.parametrize(
    ("text", "placeholders"),
    [
        ("按照《xx市纪委通知》要求", ["xx"]),
        ("ＸＸ镇党委", ["ＸＸ"]),
        ("中共××镇委员会", ["××"]),
        ("×镇×村", ["×", "×"]),
        ("某某镇党委", ["某某"]),
        ("20XX年X月X日", ["20XX年X月X"]),
        ("X月X日前，第X届", ["X月X", "第X"]),
        ("20__年", ["20__"]),
        ("2024年  月  日", ["  月  "]),
        ("第X届", ["第X"]),
        ("完成【】个项目", ["【】"]),
        ("甲方：________", ["________"]),
        ("（请填写单位名称）", ["（请填写单位名称）"]),
        ("（此处插入图表）", ["（此处插入图表）"]),
        ("[单位名称]与{{name}}", ["[单位名称]", "{{name}}"]),
        ("数据待补充。", ["待补充"]),
        ("电费约待补充元", ["待补充"]),
        ("[集团名称]法务部", ["[集团名称]"]),
        ("争取资金xx万元，剩余XX件", ["xx", "XX"]),
        ("增长X%，项目X个，第X季度", ["X", "X", "X"]),
        ("完成率为__%，共__个", ["__", "__"]),
        ("1. ××村\n××区中心", ["××", "××"]),
        ("召开会议（）次，投入￥    元", ["（）", "￥    "]),
        ("20**年投入**万元", ["20**", "**"]),
        ("错误!未找到引用源。见#REF!", ["错误!未找到引用源", "#REF!"]),
        ("由【责任部门】牵头", ["【责任部门】"]),
        ("Dear {name}, by XX June 2025", ["XX", "{name}"][::-1]),
        ("TODO 补数据，todo：核对", ["TODO", "todo"]),
        ("a total of XXX employees of XXX Ltd", ["XXX", "XXX"]),
        ("联系电话：________\n负责人签字：________", ["________"]),
        ("Dear [Client Name],", ["[Client Name]"]),
        ("in ○○、青禾○○公司", ["○○"]),
    ],
)
def test_an_unfilled_place_is_found(text, placeholders):
    assert found(text) == placeholders


@pytest.mark.parametrize(
    "text",
    [
        "张某某反映的问题，某些同志",
        "规格100×200毫米，5×3",
        "X光检查，XL号，XXL码，XX世纪，XX染色体",
        "【案例】见[链接](http://a.example/xx)",
        "有待补充。尚待填写，",
        "二〇〇八年",
        "Title XX of the Act",
        "张XX反映，鄂A·XXXX，xxxx@a.example，5X年级，SUV XX型",
        "~~~\nxx镇\n~~~",
        "The TBD Partnership",
        "the games of the XXX Olympiad, Bowl XXX in 1996",
        "甲方（盖章）：________    乙方（盖章）：________\n日期：____年__月__日",
        "签名：________\n____年____月____日\n",
        "Signature: ____________\nDate: ____________",
        "**重点**推进，- [ ] 事项",
        "投入**320**万元",
        "`xx` 和 https://a.example/xx/yy",
        "___\n",
        "近 20 年来",
    ],
)
def test_what_only_looks_like_one_is_not(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("xx镇党委认真学习。会上，青禾镇党委书记强调", "青禾镇"),
        ("20XX年度工作。在2024年度工作中", "2024"),
        (
            "学习xx思想。学习习近平新时代中国特色社会主义思想",
            "习近平新时代中国特色社会主义思想",
        ),
        ("xx镇党委认真学习。会上，青禾镇政府强调", None),
        ("推进xx项目", None),
    ],
)
def test_what_belongs_there_is_known_from_elsewhere(text, filled):
    (one, *_) = find_placeholders(text)

    span = filled_form(text, one, find_names(text))

    assert (span and span.of(text)) == filled


@pytest.mark.parametrize(
    "before", ["\tWe opened two depots, and the work went on.\n\n", "```\n"]
)
def test_what_is_set_in_or_never_closed_hides_nothing_further_on(before):
    text = f"{before}A plan.\n\nThe contract with XXX Ltd was signed by [NAME].\n"

    found = [one.span.of(text) for one in find_placeholders(text)]

    assert found == ["XXX", "[NAME]"]


def test_code_that_is_set_in_is_code():
    assert not find_placeholders("    total = XXX + f(xx)\n")
    assert not find_placeholders("```\nXX镇\n\nXX村\n```\n")
