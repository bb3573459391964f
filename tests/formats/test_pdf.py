"""A PDF gives paragraphs again, without the lines that its pages repeat."""

import pytest
from reportlab.lib import pdfencrypt

from detector.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    LimitError,
    ScannedFileError,
)
from detector.formats import ReadLimits, load_bytes
from tests.formats.files import blocks_of, drawn_pdf, make_pdf

FULL = "各单位要提高认识精心组织扎实推进确保工作取得实际效果并及时报送"  # 31 × 12 pt
LEFT, INDENTED = 100, 124


def _read(data, limits=ReadLimits()):  # noqa: B008 - frozen
    return load_bytes(data, "a.pdf", ".pdf", limits)


def _lines(*lines):
    return [(x, 700 - 20 * at, text) for at, (x, text) in enumerate(lines)]


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        pytest.param(
            [(LEFT, FULL), (LEFT, "到位。"), (LEFT, FULL)],
            [FULL + "到位。", FULL],
            id="a short line ends a paragraph",
        ),
        pytest.param(
            [(LEFT, FULL), (INDENTED, FULL[2:]), (LEFT, FULL)],
            [FULL, FULL[2:] + FULL],
            id="an indented line begins one, after a full line too",
        ),
        pytest.param(
            [(LEFT, "1. " + FULL[:-2]), (INDENTED, FULL[2:]), (INDENTED, "完成。")],
            ["1. " + FULL[:-2] + FULL[2:] + "完成。"],
            id="a list item hangs",
        ),
        pytest.param(
            [(LEFT, FULL[:-1] + "。"), (LEFT, "（一）" + FULL[3:]), (LEFT, "完")],
            [FULL[:-1] + "。", "（一）" + FULL[3:] + "完"],
            id="a numbered item begins one where nothing is indented",
        ),
    ],
)
def test_lines_become_paragraphs(lines, paragraphs):
    assert blocks_of(_read(drawn_pdf(_lines(*lines)))) == paragraphs


def test_latin_lines_are_joined_with_a_space_and_divided_words_without():
    wide = "The committee shall report annually on all measures to be imple-"
    lines = _lines((LEFT, wide), (LEFT, "mented and on those which have been"))

    [found] = blocks_of(_read(drawn_pdf([*lines, (LEFT, 660, "completed.")])))

    assert found.endswith("implemented and on those which have been completed.")


def test_a_paragraph_over_two_pages_is_one_block_of_the_first():
    first = _lines((LEFT, FULL), (LEFT, FULL))
    second = _lines((LEFT, FULL), (LEFT, "到位。"), (LEFT, "另起。"))

    document = _read(drawn_pdf(first, second))

    assert blocks_of(document) == [FULL * 3 + "到位。", "另起。"]
    places = [(block.place.page, block.place.paragraph) for block in document.blocks]
    assert places == [(1, 1), (2, 1)]


def test_running_lines_are_left_out_and_counted():
    pages = [
        [(90, 800, "某单位工作报告"), *_lines((LEFT, body)), (290, 40, f"- {at} -")]
        for at, body in enumerate(("甲、情况", "乙、问题", "丙、打算"), 1)
    ]

    document = _read(drawn_pdf(*pages))

    assert document.text == "甲、情况\n乙、问题\n丙、打算"
    assert [(o.code, o.count) for o in document.omissions] == [("X109", 6)]


def test_a_number_in_the_running_text_is_no_page_number():
    assert "2024" in _read(drawn_pdf(_lines((LEFT, "2024"), (LEFT, "完成")))).text


def test_two_columns_are_read_one_after_the_other():
    half = FULL[:16]
    left = [(60, 700 - 20 * at, half) for at in range(3)]
    right = [(320, 700 - 20 * at, half) for at in range(2)]

    document = _read(drawn_pdf([*left, *right, (320, 660, "完。")]))

    assert blocks_of(document) == [half * 5 + "完。"]


@pytest.mark.parametrize(
    ("pages", "omission"),
    [
        pytest.param(
            (_lines((LEFT, FULL)), None), ("X110", 1), id="a page is a picture"
        ),
        pytest.param(
            (_lines((LEFT, FULL), (LEFT, "\ue000" * 3)),), ("X111", 3), id="garbled"
        ),
    ],
)
def test_what_may_be_lost_is_doubtful(pages, omission):
    [found] = _read(drawn_pdf(*pages)).omissions

    assert (found.code, found.count) == omission
    assert found.doubtful


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(drawn_pdf(None, None), ScannedFileError, id="a scan"),
        pytest.param(drawn_pdf([]), EmptyFileError, id="a blank page"),
        pytest.param(
            make_pdf(["甲"], encrypt=pdfencrypt.StandardEncryption("secret")),
            EncryptedFileError,
            id="a password",
        ),
        pytest.param(b"%PDF-1.7 cut off", DamagedFileError, id="cut off"),
    ],
)
def test_what_cannot_be_read_is_refused(data, error):
    with pytest.raises(error):
        _read(data)


def test_a_password_only_against_changes_is_none():
    lock = pdfencrypt.StandardEncryption("", ownerPassword="owner")

    assert "甲单位" in _read(make_pdf(["甲单位"], encrypt=lock)).text


@pytest.mark.parametrize("limits", [{"max_pages": 1}, {"max_characters": 3}])
def test_limits_are_kept(limits):
    pages = [_lines((LEFT, FULL))] * 2

    with pytest.raises(LimitError):
        _read(drawn_pdf(*pages), ReadLimits(**limits))
