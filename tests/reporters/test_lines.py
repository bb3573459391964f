"""Lines fit, and no character of a document acts on the terminal."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from detector.reporters.terminal.lines import cut, shorten, whole, wrap
from detector.text.visible import percent, visible
from tests.strategies import texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("甲\u202e乙", "甲[U+202E]乙", id="a bidi control"),
        pytest.param("\x1b[31m红", "[U+001B][31m红", id="an escape sequence"),
        pytest.param("密\u200b码", "密[U+200B]码", id="zero width"),
        pytest.param("\ud800", "[U+D800]", id="a lone surrogate"),
        pytest.param("A\ufe0f", "A[U+FE0F]", id="a variation selector"),
        pytest.param("a\x85b\u2028c", "a[U+0085]b[U+2028]c", id="odd line breaks"),
        pytest.param("甲\r\n\n乙", "甲↵↵乙", id="line breaks"),
        pytest.param("甲\t\u3000 乙", "甲 乙", id="wide spaces"),
        pytest.param("[red]甲[/red]", "[red]甲[/red]", id="markup is only text"),
    ],
)
def test_what_could_hide_or_act_is_shown(text, expected):
    assert visible(text) == expected


@given(texts, st.integers(8, 30))
@example("\xad \u0301 ", 8)
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text, width):
    plain = visible(text)

    lines = wrap(Text(plain), width)

    assert all(cell_len(line.plain) <= width for line in lines)
    kept = "".join(line.plain for line in lines)
    assert kept.replace(" ", "") == plain.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("甲乙丙丁。", 8, ["甲乙丙", "丁。"], id="no line begins with 。"),
        pytest.param("甲乙（丙", 6, ["甲乙", "（丙"], id="no line ends with （"),
        pytest.param("甲乙[-丙-]", 8, ["甲乙", "[-丙-]"], id="marks stay on"),
        pytest.param("one two", 5, ["one", "two"], id="words are whole"),
        pytest.param("abcdefgh", 4, ["abcd", "efgh"], id="too long a word"),
        pytest.param("甲乙丙", 1, ["甲", "乙", "丙"], id="hopeless, but ends"),
    ],
)
def test_lines_break_where_a_reader_expects(text, width, expected):
    assert [line.plain for line in wrap(Text(text), width)] == expected


def test_a_place_is_broken_only_if_it_must():
    text = f"见甲 {whole('总结.txt:9:1')} 乙"

    assert [line.plain for line in wrap(Text(text), 15)] == ["见甲", "总结.txt:9:1 乙"]
    assert [line.plain for line in wrap(Text(text), 8)][1:] == ["总结.txt", ":9:1 乙"]


def test_a_place_may_stand_first_or_alone():
    assert [line.plain for line in wrap(Text(whole("一二 三") + " 四"), 8)] == [
        "一二 三",
        "四",
    ]
    assert [line.plain for line in wrap(Text(whole("一 二")), 20)] == ["一 二"]


@given(texts, st.integers(3, 20))
def test_shortened_texts_fit(text, cells):
    assert cell_len(shorten(text, cells)) <= cells
    assert cell_len(cut(text, cells)) <= cells


def test_the_middle_is_left_out():
    assert shorten("甲乙丙丁戊己庚辛", 9) == "甲乙…庚辛"
    assert cut("甲乙丙丁戊", 6) == "甲乙…"


@pytest.mark.parametrize(
    ("share", "expected"), [(1, "100%"), (0.999, "99%"), (0.001, "<1%"), (0.29, "29%")]
)
def test_all_is_said_only_of_all(share, expected):
    assert percent(share) == expected
