"""Every normalized character can be shown where it was written."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import EditError, OffsetMapError
from detector.model.span import Span
from detector.text.folds import drop_invisible, fold_compatible
from detector.text.normalized import Edit, NormalizedText
from detector.text.rules import DEFAULT_RULES, follow, normalize
from detector.text.scripts import common_han
from tests.strategies import TRICKY, texts

WITH_CONTEXT = TRICKY + "國發乾隆⻛хАομΒ〇…®ŉΐ\u0e33\ufdfa\u3099\ufe0f\ud800"
"""Beside the tricky ones: what rules read together with what stands beside it."""


@pytest.mark.parametrize(
    ("raw", "part", "expected"),
    [
        pytest.param("甲方应于付款", "付款", "付款", id="unchanged"),
        pytest.param("重㎏以上", "kg", "㎏", id="one character became two"),
        pytest.param("重㎏以上", "g", "㎏", id="half of an expansion is all of it"),
        pytest.param("cafe\u0301", "é", "e\u0301", id="a split accent"),
        pytest.param(
            "\u1100\u1161\u11a8", "각", "\u1100\u1161\u11a8", id="split Hangul"
        ),
        pytest.param("⼀次性", "一次性", "⼀次性", id="a Kangxi radical from a PDF"),
        pytest.param("保密\u200b义务", "密义", "密\u200b义", id="a dropped character"),
        pytest.param("⻛险⺠生", "风险民", "⻛险⺠", id="radicals that NFKC leaves"),
        pytest.param("國家發展", "发", "發", id="a traditional character"),
        pytest.param(
            "在乾隆年间的後面", "乾隆", "乾隆", id="not the 乾 that becomes 干"
        ),
        pytest.param("хx市", "xx", "хx", id="a Cyrillic look-alike"),
        pytest.param("😀ＡＢ", "ab", "ＡＢ", id="beyond the basic plane"),
    ],
)
def test_a_finding_points_at_the_raw_characters(raw, part, expected):
    normalized = normalize(raw)
    at = normalized.text.index(part)

    assert normalized.to_raw(slice(at, at + len(part))).of(raw) == expected


@given(texts)
def test_each_character_is_explained_by_its_raw_range(raw):
    normalized = normalize(raw)

    for at, char in enumerate(normalized.text):
        assert char in normalize(normalized.to_raw(slice(at, at + 1)).of(raw)).text


@given(texts.filter(lambda raw: not any("⺀" <= char <= "⻿" for char in raw)))
def test_folding_agrees_with_the_unicode_database(raw):
    folded = NormalizedText.unchanged(raw).apply(fold_compatible).text

    assert folded == unicodedata.normalize("NFKC", raw)


@given(
    texts
    | st.text(alphabet=st.sampled_from(WITH_CONTEXT), max_size=30)
    | st.text(alphabet=st.sampled_from("的，１aＡ①…㎏ß\u200b。😀"), max_size=30)
)
def test_the_array_says_what_the_rules_say(raw):
    quick, slow = normalize(raw), follow(NormalizedText.unchanged(raw), DEFAULT_RULES)

    assert quick.text == slow.text
    assert quick.starts.tolist() == slow.starts.tolist()
    assert quick.ends.tolist() == slow.ends.tolist()
    assert {quick.starts.dtype, quick.ends.dtype} == {np.dtype(np.int32)}


def test_no_rule_touches_a_common_character():
    common = "".join(map(chr, common_han()))

    assert len(common) == 6763
    assert all(not list(rule(common)) for rule in DEFAULT_RULES)


@pytest.mark.parametrize("char", ["國", "①", "⻛"])
def test_one_odd_character_changes_nothing_else(char):
    raw = f"全面从严，{char}２０２４年ABC…"

    assert normalize(raw).text.startswith("全面从严,")
    assert normalize(raw).text.endswith("2024年abc...")


@given(texts, st.data())
def test_the_way_there_and_back_loses_no_character(raw, data):
    normalized = normalize(raw)
    at = data.draw(st.integers(0, max(len(normalized.text) - 1, 0)))
    found = normalized.to_raw(slice(at, at + 1))

    back = normalized.from_raw(found)

    assert back.start <= at < back.stop or not found


@given(texts, st.data())
def test_a_raw_span_became_the_characters_that_touch_it(raw, data):
    normalized = normalize(raw)
    offset = st.integers(0, len(raw) + 1)
    start, end = sorted(
        data.draw(st.lists(offset, min_size=2, max_size=2, unique=True))
    )
    touching = [
        at
        for at in range(len(normalized.text))
        if normalized.starts[at] < end and start < normalized.ends[at + 1]
    ]

    part = normalized.from_raw(Span(start, end))

    assert [*range(part.start, part.stop)] == touching


def test_an_inserted_character_has_an_empty_place():
    spaced = NormalizedText.unchanged("用AI写").apply(lambda _: [Edit(1, 1, " ")])

    assert spaced.text == "用 AI写"
    assert spaced.to_raw(slice(1, 2)) == Span(1, 1)


def test_an_insertion_where_something_was_dropped_comes_after_its_left_neighbour():
    dropped = NormalizedText.unchanged("保密\u200b义务").apply(drop_invisible)

    spaced = dropped.apply(lambda _: [Edit(2, 2, " ")])

    assert dropped.to_raw(slice(2, 2)) == Span(2, 2)
    assert spaced.to_raw(slice(2, 3)) == Span(2, 2)


def test_an_insertion_inside_an_expansion_belongs_to_it():
    folded = NormalizedText.unchanged("㎏").apply(fold_compatible)

    spaced = folded.apply(lambda _: [Edit(1, 1, "·")])

    assert spaced.text == "k·g"
    assert spaced.to_raw(slice(1, 2)) == Span(0, 1)


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([Edit(0, 2, ""), Edit(1, 3, "")], id="overlapping"),
        pytest.param([Edit(2, 1, "")], id="backwards"),
        pytest.param([Edit(2, 4, "")], id="beyond the end"),
    ],
)
def test_a_rule_may_not_propose_impossible_edits(edits):
    with pytest.raises(EditError):
        NormalizedText.unchanged("abc").apply(lambda _: edits)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        pytest.param([0, 1], [0, 1], id="a character without a range"),
        pytest.param([1, 0, 2], [0, 2, 2], id="ranges going backwards"),
        pytest.param([0, 2, 2], [0, 1, 1], id="a range ending before it starts"),
        pytest.param([0, 1, 2], [0, 1, 3], id="a range beyond the raw text"),
        pytest.param([-1, 1, 2], [0, 1, 2], id="a range before the raw text"),
        pytest.param([0, 1, 1], [0, 1, 2], id="a map that stops short"),
    ],
)
def test_a_broken_offset_map_cannot_be_made(starts, ends):
    with pytest.raises(OffsetMapError):
        NormalizedText("ab", "ab", np.array(starts), np.array(ends))


def test_the_offset_map_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        normalize("abc").starts[0] = 2
