"""What counts as one character, and that punctuation and disguise do not."""

import re
from operator import le

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detector.model.span import Span
from detector.text.rules import normalize
from detector.text.scripts import SYLLABIC
from detector.text.units import count_units
from tests.strategies import texts

LETTER = rf"[^\W\d_{SYLLABIC}]"
UNIT = re.compile(
    rf"[{SYLLABIC}]|\d+(?:[.,]\d+)*|(?P<word>{LETTER}+(?:['’]{LETTER}+)*)"
)
"""What a unit is, in one pattern."""
WORDS = st.text(alphabet="aab1.,,'’_ 水é", max_size=20)


def units_of(raw, skip=()):
    return count_units(normalize(raw), skip)


@pytest.mark.parametrize(
    ("raw", "pieces"),
    [
        pytest.param("全面从严", ["全", "面", "从", "严"], id="Chinese by characters"),
        pytest.param("the cat's mat", ["the", "cat's", "mat"], id="English by words"),
        pytest.param("增长12.5%", ["增", "长", "12.5"], id="a number is one"),
        pytest.param("xx市", ["xx", "市"], id="a placeholder is one"),
        pytest.param("ＡＢ公司", ["ＡＢ", "公", "司"], id="full-width letters"),
        pytest.param(
            "《通知》，“要求”！", ["通", "知", "要", "求"], id="no punctuation"
        ),
        pytest.param(
            "行\n政\u200b区", ["行", "政", "区"], id="no break, nothing hidden"
        ),
        pytest.param("𠮷野家", ["𠮷", "野", "家"], id="beyond the basic plane"),
        pytest.param("㎏", ["㎏"], id="one sign that folds to two letters"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_units_are_what_a_person_would_count(raw, pieces):
    units = units_of(raw)

    assert [raw[a:b] for a, b in zip(units.starts, units.ends, strict=True)] == pieces


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("国家发展", "國家發展", id="traditional"),
        pytest.param("工作，总结", "工作总结", id="punctuation"),
        pytest.param("ABC公司", "ａｂｃ公司", id="width and case"),
        pytest.param("xx市", "хх市", id="Cyrillic look-alikes"),
        pytest.param("一次性", "⼀次性", id="a Kangxi radical"),
    ],
)
def test_disguise_changes_no_unit(one, other):
    assert units_of(one).codes.tolist() == units_of(other).codes.tolist()


@given(texts)
def test_units_ascend_and_lie_in_the_text(raw):
    units = units_of(raw)

    assert len(units.text) == len(units)
    assert all(
        0 <= a <= b <= len(raw) for a, b in zip(units.starts, units.ends, strict=True)
    )
    assert sorted(units.starts.tolist()) == units.starts.tolist()


@given(texts | WORDS)
def test_units_are_those_of_one_pattern(raw):
    normalized = normalize(raw)
    units = count_units(normalized)
    found = list(UNIT.finditer(normalized.text))
    wholes = [match[0] for match in found]
    ends = [normalized.ends[match.end()] for match in found]
    starts = [normalized.starts[match.start()] for match in found]
    assume(all(map(le, ends, starts[1:])))  # ½ is one unit: see below

    assert units.starts.tolist() == [normalized.starts[m.start()] for m in found]
    assert units.ends.tolist() == [normalized.ends[m.end()] for m in found]
    assert len(set(units.codes.tolist())) == len(set(wholes))
    assert len(set(zip(units.codes.tolist(), wholes, strict=True))) == len(set(wholes))


@pytest.mark.parametrize(
    ("raw", "count"), [("½", 1), ("长½米", 3), ("㎡", 1), ("㋀初", 2)]
)
def test_a_raw_character_is_one_unit_whatever_it_is_folded_to(raw, count):
    units = units_of(raw)

    assert len(units) == len(units.text) == count
    assert (units.starts[1:] >= units.ends[:-1]).all()
    assert units_of(raw).codes.tolist() == units.codes.tolist()


def test_a_word_has_its_code_on_every_machine():
    assert units_of("水 task").codes.tolist() == [0x6C34, 12678432732130064715]


@given(texts, st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=5))
def test_a_mask_is_what_lies_in_any_of_the_spans(raw, bounds):
    units = units_of(raw)
    spans = [Span(*sorted(pair)) for pair in bounds]
    inside = [False] * len(units)
    for span in spans:
        part = units.within(span)
        inside[part] = [True] * (part.stop - part.start)

    assert units.mask(spans).tolist() == inside


def test_what_is_skipped_is_not_counted():
    raw = "年度总结\n开展工作"

    assert units_of(raw, [Span(0, 4)]).text == "开展工作"


def test_a_span_of_units_leads_back_to_the_raw_text():
    raw = "甲方，应当 付款"
    units = units_of(raw)

    assert units.span(1, 4).of(raw) == "方，应当"
    assert units.within(Span(1, 5)) == slice(1, 4)
