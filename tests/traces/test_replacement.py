"""Residue of find and replace."""

import numpy as np
import pytest

from detector.formats.background import load_background
from detector.text.normalized import NormalizedText
from detector.text.stems import find_stems
from detector.text.units import count_units
from detector.traces.replacement import find_residue

MODEL = load_background("shipped")


def surprisal(text):
    units = count_units(NormalizedText.unchanged(text))
    return MODEL.surprisal(find_stems(units, text))


def residue(text, names=()):
    found = find_residue(text, surprisal, names)
    return {
        (one.old, one.new): [(place.said, place.meant) for place in one.places]
        for one in found
    }


@pytest.mark.parametrize(
    ("old", "new", "text", "expected"),
    [
        (
            "乡",
            "社区",
            "乡党委认真学习。乡干部走访乡里各户。大力实施乡村振兴战略，乡容乡貌焕然一新。",
            ("社区村振兴", "乡村振兴"),
        ),
        (
            "局",
            "公司",
            "局党组认真学习，局机关召开会议，局领导班子带头，努力开创新局面。",
            ("公司面", "局面"),
        ),
        (
            "市",
            "县",
            "市委要求，市直单位落实，全市推进，加强市场监管，提升城市品质。",
            ("县场监管", "市场监管"),
        ),
    ],
)
def test_what_became_no_word_is_found_with_the_original(old, new, text, expected):
    found = residue(text.replace(old, new))

    assert expected in found[old, new]


@pytest.mark.parametrize(
    "text",
    [
        "全社区上下齐心，社区党委、社区居民小组和社区干部下社区走访，农村社区、城市社区同建。",
        "公司面向市场，公司法务部门把关，公司势必做强，公司局部调整。公司面临挑战。",
        "县区联动，市县两级，县域经济，县级财政，各县场镇，县委、县政府。",
        "镇村两级，镇党委，全镇，镇政府，乡镇卫生院。",
    ],
)
def test_words_that_go_with_any_neighbour_are_none(text):
    assert residue(text) == {}


def test_a_name_that_was_put_in_for_an_ordinary_word_is_found():
    text = (
        "清水镇推进清水建设，创建清水校园，做好清水建设工作，建设更高水平的清水中国。"
    )

    found = residue(text, ("清水",))

    assert ("平安", "清水") in found


def test_it_needs_a_word_that_the_text_often_uses():
    assert residue("社区村振兴") == {}


def test_without_a_language_nothing_is_told():
    def nothing(text):
        return np.zeros(len(text), np.float32)

    text = "社区党委。社区干部。社区村振兴。社区村振兴。"

    assert find_residue(text, nothing) == ()


def test_two_non_words_of_the_lexicon_tell_where_the_genre_knows_neither():
    text = "厂2024年总结。2号厂房东侧已清理，督促设备厂商派驻人员，本厂职工268人。"

    found = residue(text.replace("厂", "公司"))

    assert [said for said, _ in found["厂", "公司"]] == ["公司房东侧", "公司商派驻"]


def test_a_word_that_was_replaced_for_sure_has_its_rare_words_told_too():
    text = (
        "乡党委推进乡村振兴，乡风文明建设见效，记得住乡愁，乡贤理事会成立，乡亲们满意。"
    )

    found = residue(text.replace("乡", "社区"))

    meant = [word for _, word in found["乡", "社区"]]
    assert meant == ["乡村振兴", "乡风文明建设", "乡愁", "乡贤理事会", "乡亲"]


@pytest.mark.parametrize(
    "text",
    [
        "链主企业12家，科创企业30家，科创企业融资4亿元，企业满意。",
        "镇村两级干部、镇村两级网格员、镇村两级书记包片，推进村村通。",
        "市域治理、市域铁路、校市合作、市区联动、院市合作，市市通高铁。",
    ],
)
def test_abbreviations_are_no_words_and_no_residue(text):
    assert residue(text) == {}


def test_what_is_part_of_the_owner_is_no_residue():
    text = "东柳街道办事处结合东柳街道实际，东柳街道居民同意率高，街道牵头。"

    assert find_residue(text, surprisal, owners=["东柳街道办事处", "东柳街道"]) == ()


@pytest.mark.parametrize(
    ("old", "new", "text", "said"),
    [
        (
            "系",
            "学院",
            "系党支部建立体系，加强联系，理顺关系，系统推进。",
            "学院统推进",
        ),
        (
            "部",
            "处",
            "按部署，全部门干部培训，各部门配合，党支部组织学习。",
            "处门配合",
        ),
        (
            "厂",
            "公司",
            "2号厂房东侧，设备厂商派驻，全厂职工，厂长每月到车间。",
            "公司长每月",
        ),
    ],
)
def test_words_with_what_goes_with_any_are_told_of_a_replacement(old, new, text, said):
    places = residue(text.replace(old, new))[old, new]

    assert said in [one for one, _ in places]
