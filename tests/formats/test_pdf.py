"""A PDF gives paragraphs again, without the lines that its pages repeat."""

import io

import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from detector.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    LimitError,
    ScannedFileError,
)
from detector.formats import ReadLimits, load_bytes
from detector.model.document import Omission
from tests.formats.files import FONT, blocks_of, drawn_pdf, make_pdf

# PDFium drops a text that repeats at the same x if its font is not embedded, as here,
# so that no line may be drawn twice.
FULL = "各单位要提高认识精心组织扎实推进确保工作取得实际效果并及时报送"  # 31 × 12 pt
OTHER, THIRD = FULL[5:] + FULL[:5], FULL[9:] + FULL[:9]
LEFT, INDENTED = 100, 124


def _read(data, limits=ReadLimits()):  # noqa: B008 - frozen
    return load_bytes(data, "a.pdf", ".pdf", limits)


def _lines(*lines):
    return [(x, 700 - 20 * at, text) for at, (x, text) in enumerate(lines)]


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        pytest.param(
            [(LEFT, FULL), (LEFT, "到位。"), (LEFT, OTHER)],
            [FULL + "到位。", OTHER],
            id="a short line ends a paragraph",
        ),
        pytest.param(
            [(LEFT, FULL), (INDENTED, FULL[2:]), (LEFT, OTHER)],
            [FULL, FULL[2:] + OTHER],
            id="an indented line begins one, after a full line too",
        ),
        pytest.param(
            [(LEFT, "1. " + FULL[:-2]), (INDENTED, FULL[2:]), (INDENTED, "完成。")],
            ["1. " + FULL[:-2] + FULL[2:] + "完成。"],
            id="a list item hangs",
        ),
        pytest.param(
            [(LEFT, FULL[:-1] + "。"), (LEFT, "（一）" + FULL[3:]), (LEFT, OTHER)],
            [FULL[:-1] + "。", "（一）" + FULL[3:] + OTHER],
            id="a numbered item begins one where nothing is indented",
        ),
    ],
)
def test_lines_become_paragraphs(lines, paragraphs):
    assert blocks_of(_read(drawn_pdf(_lines(*lines)))) == paragraphs


def test_latin_lines_are_joined_with_a_space_and_divided_words_without():
    lines = _lines(
        (LEFT, "The committee shall report every year on all measures to be imple-"),
        (LEFT, "mented in the district and on the results that were reached by then"),
        (LEFT, "and afterwards."),
    )

    [found] = blocks_of(_read(drawn_pdf(lines)))

    assert found.endswith(
        "to be implemented in the district and on the results that "
        "were reached by then and afterwards."
    )


def test_a_paragraph_over_two_pages_is_one_block_of_the_first():
    first = _lines((LEFT, FULL), (LEFT, OTHER))
    second = _lines((LEFT, THIRD), (LEFT, "到位。"), (LEFT, "另起。"))

    document = _read(drawn_pdf(first, second))

    assert blocks_of(document) == [FULL + OTHER + THIRD + "到位。", "另起。"]
    places = [(block.place.page, block.place.paragraph) for block in document.blocks]
    assert places == [(1, 1), (2, 1)]


def test_running_lines_are_left_out_and_counted():
    pages = [
        [(90, 800, "某单位工作报告"), *_lines((LEFT, body)), (290, 40, f"- {at} -")]
        for at, body in enumerate((FULL, OTHER, THIRD), 1)
    ]

    document = _read(drawn_pdf(*pages))

    assert document.text == FULL + OTHER + THIRD
    assert [(o.code, o.count) for o in document.omissions] == [("X109", 6)]


def test_a_number_in_the_running_text_is_no_page_number():
    assert "2024" in _read(drawn_pdf(_lines((LEFT, "2024"), (LEFT, "完成")))).text


def test_two_columns_are_read_one_after_the_other():
    halves = [FULL[at : at + 16] for at in range(5)]
    left = [(60, 700 - 20 * at, text) for at, text in enumerate(halves[:3])]
    right = [(320, 700 - 20 * at, text) for at, text in enumerate(halves[3:])]

    document = _read(drawn_pdf([*left, *right, (320, 660, "完。")]))

    assert blocks_of(document) == ["".join(halves) + "完。"]


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
    pages = [_lines((LEFT, FULL)), _lines((LEFT, OTHER))]

    with pytest.raises(LimitError):
        _read(drawn_pdf(*pages), ReadLimits(**limits))


LETTERS = "水库大坝除险加固通过验收灌溉用水得到保障"


def _interspersed(**look):
    """Return a PDF in which another letter stands, unseen, behind each."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    text = canvas.beginText(90, 700)
    for letter in LETTERS:
        for char, hidden in ((letter, False), ("枣", True)):
            text.setFont(FONT, look.get("size", 12) if hidden else 12)
            text.setTextRenderMode(look.get("mode", 0) if hidden else 0)
            text.setFillGray(look.get("gray", 0) if hidden else 0)
            text.textOut(char)
    canvas.drawText(text)
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize(
    "look", [{"mode": 3}, {"mode": 7}, {"gray": 1}, {"gray": 0.97}, {"size": 0.8}]
)
def test_letters_that_nobody_sees_are_left_out_and_counted(look):
    document = _read(_interspersed(**look))

    assert document.text == LETTERS
    assert document.omissions == (Omission("X102", len(LETTERS)),)


def test_the_text_of_a_scan_and_a_white_word_are_read():
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    for mode, gray in ((3, 0), (0, 1)):
        file = io.BytesIO()
        canvas = Canvas(file, pagesize=A4, invariant=1)
        text = canvas.beginText(90, 700)
        text.setFont(FONT, 12)
        text.setTextRenderMode(mode)
        text.setFillGray(gray)
        text.textOut(LETTERS)
        canvas.drawText(text)
        canvas.save()

        assert _read(file.getvalue()).text == LETTERS
