"""Each edit is the edit that its name says."""

import re
from collections import Counter
from random import Random

import pytest

from detector.evaluation.edits import EDITS
from detector.evaluation.edits.material import Material, is_word
from detector.evaluation.edits.synonyms import rephrasing_of, thesaurus
from detector.evaluation.pieces import clause_pieces, joined, sentence_pieces
from detector.text.rules import normalize
from detector.text.units import count_units

PASSAGE = (
    "2023年，江苏省加强组织领导，完善工作机制，全年完成投资32.5亿元。"
    "上海市推进重点项目建设，解决突出问题46个，提高服务水平；"
    "各级干部认真落实责任，进一步转变作风。群众满意度持续提升，取得明显成效。"
)
HOST = (
    "今年以来，浙江省坚持稳中求进，扎实做好各项工作。粮食产量达到410万吨，比上年增加3%。"
    "杭州市新建道路12公里，改造老旧小区58个！绿水青山就是金山银山的理念深入人心。"
    "我们将继续努力，为建设美丽乡村作出更大贡献。"
)
ENGLISH = (
    "The committee met in March 2021 and agreed, after a long debate, on 14 points. "
    "Its chair, who lives near Ashford, spoke first; the members listened. "
    "A vote was taken at noon. Nobody was against it."
)
OTHER = (
    "Rainfall was heavy in Langley that year. The river rose by 30 inches and did "
    "much damage. Repairs, it was said, would take until spring."
)
MATERIAL = Material(HOST, chinese=True)
FOREIGN = Material(OTHER, chinese=False)
SEEDS = range(5)


def edit(kind, seed, passage=PASSAGE, material=MATERIAL):
    return EDITS[kind].change(passage, material, Random(seed))


def words(text, material=MATERIAL):
    return [token for token in material.tokens(text) if is_word(token)]


def units(text):
    return count_units(normalize(text)).codes.tolist()


def changed_words(before, after):
    kept = Counter(words(before)) & Counter(words(after))
    return 1 - kept.total() / len(words(before))


@pytest.mark.parametrize("kind", EDITS)
@pytest.mark.parametrize("seed", SEEDS)
def test_only_verbatim_changes_nothing(kind, seed):
    assert (edit(kind, seed) == PASSAGE) is (kind == "verbatim")


@pytest.mark.parametrize("kind", EDITS)
def test_the_same_seed_gives_the_same_text(kind):
    assert edit(kind, 3) == edit(kind, 3)


@pytest.mark.parametrize("kind", [k for k, e in EDITS.items() if not e.chinese_only])
def test_english_is_edited_too(kind):
    assert (edit(kind, 1, ENGLISH, FOREIGN) == ENGLISH) is (kind == "verbatim")


@pytest.mark.parametrize("seed", SEEDS)
def test_width_changes_no_word(seed):
    assert units(edit("width", seed)) == units(PASSAGE)
    assert units(edit("width", seed, ENGLISH, FOREIGN)) == units(ENGLISH)


def test_traditional_changes_the_script_only():
    edited = edit("traditional", 1)

    assert "組織領導" in edited
    assert len(edited) == len(PASSAGE)


@pytest.mark.parametrize("seed", SEEDS)
def test_names_and_figures_change_and_nothing_else(seed):
    edited = edit("names", seed)

    assert not {"江苏省", "上海市", "32.5", "46"} & set(words(edited))
    assert re.search(r"\b20\d\d年", edited)
    assert "加强组织领导，完善工作机制，全年完成投资" in edited


def test_the_same_name_becomes_the_same_name():
    edited = edit(
        "names", 1, "江苏省与上海市合作，江苏省出资30万元，上海市也出资30万元。"
    )

    pattern = r"(\w+)与(\w+)合作，\1出资(\d+)万元，\2也出资\3万元。"
    assert re.fullmatch(pattern, edited)


def test_a_passage_without_names_gives_no_hold():
    assert edit("names", 1, "我们要认真学习，努力工作。") is None


@pytest.mark.parametrize("share", [5, 10, 20, 30, 40])
@pytest.mark.parametrize("seed", SEEDS)
def test_so_many_words_change(share, seed):
    passage = PASSAGE * 4  # enough words for the mix of operations to show
    edited = edit(f"words_{share:02}", seed, passage)

    # One edited word in five stays, and gets a new neighbour.
    assert 0.5 * share <= 100 * changed_words(passage, edited) <= 1.3 * share


@pytest.mark.parametrize("seed", SEEDS)
def test_a_fifth_of_the_characters_is_replaced(seed):
    edited = edit("characters_20", seed)
    different = sum(a != b for a, b in zip(PASSAGE, edited, strict=True))

    assert different == round(0.2 * sum(map(str.isalnum, PASSAGE)))


@pytest.mark.parametrize("seed", SEEDS)
def test_words_become_their_synonyms(seed):
    known = sum(word in thesaurus() for word in words(PASSAGE))
    half, every = (edit(f"synonyms_{how}", seed) for how in ("half", "all"))

    assert known >= 0.25 * len(words(PASSAGE))
    assert changed_words(PASSAGE, half) < changed_words(PASSAGE, every)
    assert changed_words(PASSAGE, every) > 0.25


def test_unknown_words_give_no_hold_and_are_rephrased_at_last():
    passage = "鸬鹚的羽毛乌黑，翠鸟的羽毛湛蓝，麻雀轻轻地跳"

    rephrased = rephrasing_of(1.0)(passage, MATERIAL, Random(1))

    assert edit("synonyms_all", 1, passage) is None
    assert "的" not in rephrased
    assert "鸬鹚" in rephrased


def test_the_thesaurus_is_symmetric():
    assert len(thesaurus()) > 1000
    for word, others in thesaurus().items():
        assert others
        assert all(word in thesaurus()[other] for other in others)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("passage", [PASSAGE, PASSAGE[:33], "甲先说话，乙后来才到。"])
def test_reordered_is_another_order_of_the_same(passage, seed):
    edited = edit("reordered", seed, passage)

    pieces = [clause_pieces(text, True) for text in (passage, edited)]
    before, after = ([piece.body for piece in part] for part in pieces)
    assert Counter(after) == Counter(before)
    assert after != before


def test_a_single_clause_has_no_other_order():
    assert edit("reordered", 1, "这是一个没有逗号的句子。") is None


@pytest.mark.parametrize("seed", SEEDS)
def test_interleaved_keeps_all_sentences_in_order(seed):
    edited = edit("interleaved", seed)

    at = 0
    for body, _ in sentence_pieces(PASSAGE, True):
        at = edited.index(body, at) + len(body)
    assert len(edited) > len(PASSAGE)
    assert any(sentence in edited for sentence in MATERIAL.sentences)


@pytest.mark.parametrize("text", [PASSAGE, HOST, "", "\n\n", "。。，", "a, b. c"])
@pytest.mark.parametrize("chinese", [True, False])
def test_pieces_lose_nothing(text, chinese):
    assert joined(sentence_pieces(text, chinese)) == joined(
        clause_pieces(text, chinese)
    )
    assert joined(sentence_pieces(text, chinese)).strip() == text.strip()
