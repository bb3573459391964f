"""Citations, set phrases and echoes: what is not held against anybody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.classification.citation import find_citations
from detector.classification.set_phrases import SetPhrases
from detector.text.rules import normalize
from detector.text.units import count_units
from tests.strategies import texts

PIECES = st.sampled_from(
    [*"，“\u200b\u0e33\u0301㎏〇", "全面", "从严", "治党", "主体责任", "责任"]
) | st.sampled_from(["國家", "乾隆", "abc", "2024", "⻛险"])
WORDINGS = st.lists(PIECES, max_size=5).map("".join)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        pytest.param(
            "按照《关于开会的通知》要求，",
            ["《关于开会的通知》"],
            id="a title with a cue",
        ),
        pytest.param(
            "《水法》规定，取水须经许可。", ["《水法》"], id="the cue follows"
        ),
        pytest.param("会上放映了《春天》。", [], id="a title without a cue"),
        pytest.param(
            "落实“一岗双责”和“三会一课”。", [], id="slogans in quotation marks"
        ),
        pytest.param(
            "会议指出：“要把群众的事情办好办实。”",
            ["“要把群众的事情办好办实。”"],
            id="a quotation with a cue",
        ),
        pytest.param(
            "（槐政发〔2023〕12号）", ["槐政发〔2023〕12号"], id="a document number"
        ),
        pytest.param("〔2023〕12号", [], id="a document number of nobody"),
        pytest.param("会议强调“我们的工作要做好”", [], id="quoted, but not said"),
        pytest.param(
            "会议强调：“我们的工作要做好”",
            ["“我们的工作要做好”"],
            id="said, though no sentence",
        ),
        pytest.param(
            "按照《关于进一步加强新时代基层水利工程管理和农村饮水安全工作的若干意见（试行）》执行",
            [
                "《关于进一步加强新时代基层水利工程管理和农村饮水安全工作的若干意见（试行）》"
            ],
            id="a long title",
        ),
        pytest.param(
            "根据《中共槐漪县委关于制定国民经济和社会发展第十五个五年规划的建议》编制",
            ["《中共槐漪县委关于制定国民经济和社会发展第十五个五年规划的建议》"],
            id="a long title of a proposal",
        ),
        pytest.param(
            "贯彻《槐漪县人民代表大会常务委员会关于修改〈槐漪县苍坝水库饮用水水源保护条例〉〈槐漪县城市市容和环境卫生管理条例〉的决定》",
            [
                "《槐漪县人民代表大会常务委员会关于修改〈槐漪县苍坝水库饮用水水源保护条例〉〈槐漪县城市市容和环境卫生管理条例〉的决定》"
            ],
            id="a title with the titles of others in it",
        ),
        pytest.param(
            "按照《老渡口的浮桥改成了双车道赶集的人不再排队等船两岸菜农把鲜藕送进县城》执行",
            [],
            id="a sentence that is put where a title would be",
        ),
    ],
)
def test_what_is_cited(text, cited):
    assert [span.of(text) for span in find_citations(text)] == cited


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        pytest.param(
            "落实全面从严治党主体责任", "全面从严治党主体责任", id="the longest"
        ),
        pytest.param(
            "做到“内化于心、外化于行”", "内化于心外化于行", id="punctuation inside"
        ),
        pytest.param("踐行兩個維護", "两个维护", id="traditional characters"),
        pytest.param("全面推进工作", "", id="none"),
    ],
)
def test_set_phrases_are_found_as_units(text, covered):
    phrases = SetPhrases(
        ["全面从严治党", "全面从严治党主体责任", "内化于心、外化于行", "两个维护"]
    )
    units = count_units(normalize(text))

    mask = phrases.mask(units)

    assert "".join(c for c, m in zip(units.text, mask, strict=True) if m) == covered


def test_without_phrases_nothing_is_covered():
    assert not SetPhrases([]).mask(count_units(normalize("全面从严治党"))).any()


@given(st.lists(WORDINGS | texts, max_size=6))
def test_phrases_are_folded_together_as_each_alone(phrases):
    alone = {count_units(normalize(phrase)).text for phrase in phrases} - {""}

    assert set(SetPhrases(phrases).phrases) == alone


@given(st.lists(WORDINGS, max_size=6), st.lists(WORDINGS, max_size=6).map("".join))
def test_set_phrases_are_found_as_a_pattern_finds_them(wordings, text):
    phrases = SetPhrases(wordings)
    units = count_units(normalize(text))
    pattern = re.compile(f"(?=({'|'.join(map(re.escape, phrases.phrases))}))")
    inside = [False] * len(units)
    for match in pattern.finditer(units.text):
        inside[slice(*match.span(1))] = [True] * len(match[1])

    assert phrases.mask(units).tolist() == inside
