"""A draft fits a template by its fixed wording, whatever stands in the slots."""

import pytest

from detector.model.template import Template
from detector.templates.fit import Fitter
from tests.templates.test_mining import own, text

WORDING = "〔年份〕年，〔单位〕围绕〔任意〕开展自查，全部整改到位，群众反映良好。"
OTHER = "乙方应于收到通知后〔数字〕日内交付货物，逾期未交付的，甲方有权解除合同。"
FILLED = "2031年，松砚公司围绕库房搬迁开展自查，全部整改到位，群众反映良好。"


def fits(raw, *wordings):
    templates = [Template(f"T-{n}", one) for n, one in enumerate(wordings)]
    return list(Fitter(templates).fits(text(raw)))


def fixed(raw, fit):
    units = text(raw).units.text[fit.start : fit.stop]
    return "".join(c if f else "_" for c, f in zip(units, fit.fixed, strict=True))


def test_a_fill_fits_and_its_slots_are_known():
    raw = f"{own(1)}{FILLED}{own(2)}"

    (fit,) = fits(raw, OTHER, WORDING)

    assert fit.template == 1
    assert fit.share == 1.0
    assert fixed(raw, fit) == "_年____围绕____开展自查全部整改到位群众反映良好"


@pytest.mark.parametrize(
    ("raw", "share"),
    [
        ("2031年，松砚公司围绕库房搬迁开展自查，全部整改到位。", 11 / 17),
        ("全部整改到位，群众反映良好。", 11 / 17),
        ("松砚公司开展自查，群众反映良好。", 8 / 17),
    ],
)
def test_one_with_clauses_left_out_fits_still(raw, share):
    (fit,) = fits(raw, WORDING)

    assert fit.share == pytest.approx(share)


@pytest.mark.parametrize(
    ("worded", "raw"),
    [
        (
            "全年完成投资〔数字〕万元，资金全部到位。",
            "全年完成投资3.5万元，资金全部到位。",
        ),
        ("不改正的，处〔数字〕元以下罚款。", "不改正的，处一万五千元以下罚款。"),
        ("工程在第〔数字〕季度全部完成。", "工程在第三季度全部完成。"),
        ("工程在第三季度全部完成验收。", "工程在第三季度全部完成验收。"),
    ],
)
def test_a_figure_fits_in_chinese_numerals_too(worded, raw):
    (fit,) = fits(raw, worded)

    assert fit.share == 1.0


def test_a_fit_is_told_in_the_units_of_the_draft():
    raw = f"{own(1)}不改正的，处一万五千元以下罚款。{own(2)}"

    (fit,) = fits(raw, "不改正的，处〔数字〕元以下罚款。")

    assert fixed(raw, fit) == "不改正的处____元以下罚款"


def test_wording_that_lies_far_apart_does_not_fit():
    raw = (
        f"围绕{own(1)[:-1]}开展自查{own(2)[:-1]}全部整改到位{own(3)[:-1]}群众反映良好。"
    )

    assert fits(raw, WORDING) == []


def test_a_fit_inside_of_a_long_sentence_is_no_longer_than_itself():
    raw = (
        f"{own(1)[:-1]}，2031年，松砚公司围绕搬迁开展自查，全部整改到位，群众反映良好。"
    )

    (fit,) = fits(raw, WORDING)

    assert fit.start == 60
    assert fit.stop == len(text(raw).units)


def test_one_with_clauses_in_another_order_fits_still():
    raw = "群众反映良好，松砚公司围绕库房搬迁开展自查，全部整改到位，2031年。"

    assert len(fits(raw, WORDING)) == 1


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "今年河堤加固三公里，清理沟渠两处，种植柳树四百棵。",
        "他们围绕库房搬迁说了很多，码头上的船工听得认真，灯塔又亮了起来。",
        "群众反映良好。",
    ],
)
def test_what_shares_a_phrase_with_it_does_not_fit(raw):
    assert fits(raw, WORDING, OTHER) == []


def test_nothing_fits_where_there_are_no_templates():
    assert fits(FILLED) == []


def test_of_two_templates_the_better_one_is_named():
    poorer = "〔任意〕开展自查，全部整改到位，台账〔任意〕，责任到人，按月通报。"

    assert [fit.template for fit in fits(FILLED, poorer, WORDING)] == [1]


def test_each_sentence_is_looked_at_alone():
    second = OTHER.replace("〔数字〕", "10")

    assert [fit.template for fit in fits(FILLED + second, WORDING, OTHER)] == [0, 1]


def test_many_templates_that_are_alike_do_not_take_ever_longer():
    wordings = [
        f"〔年份〕年，〔单位〕围绕〔任意〕开展自查，全部整改到位，{own(n)[:6]}。"
        for n in range(200)
    ]

    (fit,) = fits(FILLED.replace("群众反映良好", own(77)[:6]), *wordings)

    assert fit.template == 77
