"""A PDF gives paragraphs again, without the lines that its pages repeat."""

import io

import pytest
from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.lib.colors import blue, red
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

from detector.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    LimitError,
    ScannedFileError,
)
from detector.formats import ReadLimits, load_bytes
from detector.formats.pdf_looks import Glyph, Look, shown, unsure
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
FILLERS = "枣茶桃柳梅松竹兰菊桂杏李"


def _drawn(draw, *more):
    """Return a PDF of a page that `draw` draws, and of those of `more`."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for one in (draw, *more):
        canvas.setFont(FONT, 12)
        one(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _pairs(letters):
    # One letter alone has no width, for PDFium, in a font that is not there.
    return [letters[at : at + 2] for at in range(0, len(letters), 2)]


def _interspersed(prepare, size=2, far=0):
    """Return a PDF in which others stand, unseen, behind each pair of letters."""

    def draw(canvas):
        for at, pair in enumerate(_pairs(LETTERS)):
            canvas.drawString(60 + 48 * at, 700, pair)
            canvas.saveState()
            prepare(canvas)
            filler = (FILLERS[at:] + FILLERS)[:size]
            canvas.drawString(60 + 48 * at + 24 + far, 700, filler)
            canvas.restoreState()

    return _drawn(draw)


def _operator(code):
    return lambda canvas: canvas._code.append(code)


def _clip(canvas):
    path = canvas.beginPath()
    path.rect(0, 0, 1, 1)
    canvas.clipPath(path, stroke=0, fill=0)


HIDING = [
    pytest.param(_operator("3 Tr"), id="in no colour"),
    pytest.param(_operator("7 Tr"), id="as a hole"),
    pytest.param(lambda canvas: canvas.setFillGray(1), id="white"),
    pytest.param(lambda canvas: canvas.setFillGray(0.955), id="near white"),
    pytest.param(lambda canvas: canvas.setFillAlpha(0.04), id="clear"),
    pytest.param(lambda canvas: canvas.setFont(FONT, 0.8), id="tiny"),
    pytest.param(_operator("1 Tr 1 G"), id="in white outline"),
    pytest.param(_operator("2 Tr 1 G 1 g"), id="white in white outline"),
    pytest.param(_operator("1 Tz"), id="without width"),
    pytest.param(_clip, id="clipped away"),
]


@pytest.mark.parametrize("prepare", HIDING)
def test_letters_that_nobody_sees_are_left_out_and_counted(prepare):
    document = _read(_interspersed(prepare))

    assert document.text.replace(" ", "") == LETTERS
    assert document.omissions == (Omission("X102", 2 * len(_pairs(LETTERS))),)


def test_white_letters_between_others_may_be_many():
    def draw(canvas):
        for at, pair in enumerate(_pairs(LETTERS)):
            canvas.drawString(20 + 54 * at, 700, pair)
            canvas.saveState()
            canvas.setFillGray(1)
            canvas.setFont(FONT, 6)
            filler = (FILLERS[at:] + FILLERS)[:5]
            canvas.drawString(20 + 54 * at + 24, 700, filler)
            canvas.restoreState()

    assert _read(_drawn(draw)).text == LETTERS


def test_letters_off_the_page_beside_others_are_doubtful():
    [found] = _read(_interspersed(lambda _: None, far=5000)).omissions

    assert (found.code, found.doubtful) == ("X111", True)


def test_letters_upon_others_are_doubtful():
    document = _read(_interspersed(lambda _: None, far=-22))

    assert [(o.code, o.doubtful) for o in document.omissions] == [("X111", True)]


@pytest.mark.parametrize(
    ("at", "count"),
    [
        pytest.param(lambda x, y: (x, y - 300), 21, id="white, elsewhere"),
        pytest.param(lambda x, y: (x, y + 3000), 21, id="above the page"),
    ],
)
def test_letters_nobody_sees_between_others_in_the_order_only_are_left_out(at, count):
    def draw(canvas):
        for number, letter in enumerate(LETTERS):
            canvas.setFillGray(0)
            canvas.drawString(60 + 12 * number, 700, f"{letter} ")
            canvas.setFillGray(1)
            canvas.drawString(*at(60 + 12 * number, 700), (FILLERS + FILLERS)[number:])

    document = _read(_drawn(draw))

    assert "".join(document.text.split())[: len(LETTERS) - 1] == LETTERS[:-1]
    assert [o.code for o in document.omissions] == ["X102"]


def test_a_watermark_that_leaves_the_page_is_no_doubt():
    def draw(canvas):
        canvas.drawString(LEFT, 700, FULL)
        canvas.translate(500, 830)
        canvas.rotate(25)
        canvas.drawString(0, 0, LETTERS)

    assert not _read(_drawn(draw)).omissions


def _lines_of(pieces, across):
    """Return where pieces stand that are set on to each other, 24 in a row."""
    return [
        (60 + across * (at % 24), 730 - 20 * (at // 24), f"{piece} ")
        for at, piece in enumerate(pieces)
    ]


INTERLEAVED = [
    (x, y - 200 * (at % 2), piece)
    for at, (x, y, piece) in enumerate(
        one
        for pair in zip(
            *(_lines_of(_pairs(one), 24) for one in (FULL, OTHER)), strict=True
        )
        for one in pair
    )
]


CELLS = [
    (60 + 30 * (at // 30), 730 - 20 * (at % 30), "优良差"[at % 7 % 3] + " ")
    for at in range(150)
]


@pytest.mark.parametrize(
    ("lines", "is_doubtful"),
    [
        pytest.param(INTERLEAVED, True, id="two lines by turns"),
        pytest.param(sorted(INTERLEAVED), True, id="by columns"),
        pytest.param(_lines_of(FULL, 12), False, id="as they are read"),
        pytest.param(CELLS, False, id="cells"),
        pytest.param(
            [(100 + 3 * at, 730 - 10 * at, f"{one} ") for at, one in enumerate(FULL)],
            False,
            id="stairs",
        ),
    ],
)
def test_an_order_that_is_not_that_of_a_reader_is_doubtful(lines, is_doubtful):
    codes = [one.code for one in _read(drawn_pdf(lines)).omissions]

    assert codes == (["X111"] if is_doubtful else [])


def test_the_text_of_a_scan_and_a_white_word_are_read():
    for mode, gray in ((3, 0), (0, 1)):

        def draw(canvas, mode=mode, gray=gray):
            canvas._code.append(f"{mode} Tr {gray} g")
            canvas.drawString(90, 700, LETTERS)

        assert _read(_drawn(draw)).text == LETTERS


def _scanned(canvas):
    picture = ImageReader(Image.new("L", (40, 60), 240))
    canvas.drawImage(picture, 0, 0, *A4)
    canvas.saveState()
    canvas._code.append("3 Tr")
    for x, y, text in _lines((LEFT, FULL), (LEFT, OTHER), (LEFT, THIRD)):
        canvas.drawString(x, y, text)
    canvas.restoreState()


def test_the_text_of_a_scan_is_read_beside_a_stamp():
    def draw(canvas):
        _scanned(canvas)
        canvas.drawString(LEFT, 60, LETTERS + LETTERS[::-1])

    document = _read(_drawn(draw))

    assert document.text.startswith(FULL + OTHER + THIRD)
    assert not document.omissions


def test_narrow_letters_of_turned_text_are_read():
    said = "Illustrative little tabulation: all filings lie still, 11.1%"

    def draw(canvas):
        canvas.rotate(90)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(40, -60, said)

    assert _read(_drawn(draw)).text == said


def test_white_numbers_on_dark_cells_are_read():
    def draw(canvas):
        canvas.setFont("Helvetica", 10)
        for at in range(20):
            x, y = 50 + at % 10 * 45, 700 - at // 10 * 100
            canvas.setFillGray(0.2)
            if at % 2:
                canvas.rect(x, y - 4, 45, 18, fill=1, stroke=0)
                canvas.setFillGray(1)
            canvas.drawString(x + 5, y, str(37 + at))

    document = _read(_drawn(draw))

    assert document.text.split() == [*map(str, range(37, 57))]
    assert not document.omissions


@pytest.mark.parametrize(
    ("grounds", "is_read"),
    [
        pytest.param([(0.2, 0)], True, id="dark"),
        pytest.param([], False, id="paper"),
        pytest.param([(1, 0)], False, id="white"),
        pytest.param([(0.2, 0), (1, 0)], False, id="white upon dark"),
        pytest.param([(0.2, 50)], False, id="dark elsewhere"),
        pytest.param([(0.2, 0), (1, 50)], True, id="white elsewhere"),
    ],
)
def test_white_words_of_a_line_are_read_on_a_dark_ground(grounds, is_read):
    def draw(canvas):
        for at, pair in enumerate(_pairs(LETTERS)):
            x = 60 + 48 * at
            canvas.setFillGray(0)
            canvas.drawString(x, 700, pair)
            for gray, above in grounds:
                canvas.setFillGray(gray)
                canvas.rect(x + 24, 696 + above, 24, 16, fill=1, stroke=0)
            canvas.setFillGray(1)
            canvas.drawString(x + 24, 700, (FILLERS[at:] + FILLERS)[:2])

    document = _read(_drawn(draw))

    assert (document.text.replace(" ", "") != LETTERS) is is_read
    assert bool(document.omissions) is not is_read


def test_letters_in_no_colour_are_unseen_on_a_dark_ground_too():
    def prepare(canvas):
        canvas.drawImage(ImageReader(Image.new("L", (1, 1))), 0, 0, 9, 9)
        canvas.rect(0, 690, 600, 40, fill=1, stroke=0)
        canvas._code.append("3 Tr")

    assert _read(_interspersed(prepare)).text.replace(" ", "") == LETTERS


def _in_form(draw, name="form"):
    """Return what draws the same within a form, which is half as large in itself."""

    def drawn(canvas):
        canvas.beginForm(name, 0, 0, 300, 421)
        canvas.scale(0.5, 0.5)
        draw(canvas)
        canvas.endForm()
        canvas.saveState()
        canvas.scale(2, 2)
        canvas.doForm(name)
        canvas.restoreState()

    return drawn


def test_white_words_are_read_on_a_dark_ground_within_a_form():
    def draw(canvas):
        for at, pair in enumerate(_pairs(LETTERS)):
            x = 60 + 48 * at
            canvas.setFont(FONT, 12)
            canvas.setFillGray(0)
            canvas.drawString(x, 700, pair)
            canvas.rect(x + 24, 696, 24, 16, fill=1, stroke=0)
            canvas.setFillGray(1)
            canvas.drawString(x + 24, 700, (FILLERS[at:] + FILLERS)[:2])

    document = _read(_drawn(_in_form(draw)))

    assert len("".join(document.text.split())) == 2 * len(LETTERS)
    assert not document.omissions


def test_a_dark_ground_that_is_clipped_away_is_none():
    def prepare(canvas):
        canvas.setFillGray(0)
        canvas.saveState()
        _clip(canvas)
        canvas.rect(0, 0, 600, 800, fill=1, stroke=0)
        canvas.restoreState()
        canvas.setFillGray(1)

    assert _read(_interspersed(prepare)).text.replace(" ", "") == LETTERS


def test_white_letters_with_a_black_outline_are_read():
    document = _read(_interspersed(_operator("2 Tr 0 G 1 g")))

    assert len(document.text.replace(" ", "")) == 2 * len(LETTERS)
    assert not document.omissions


@pytest.mark.parametrize(
    ("letters", "step", "count"),
    [
        pytest.param("水库大坝", 3, 3, id="others"),
        pytest.param("水库大坝", 12, 0, id="beside each other"),
        pytest.param("水水水水", 3, 0, id="the same, as bold"),
        pytest.param("，》。”", 3, 0, id="punctuation set close"),
        pytest.param("abcd", 3, 0, id="Latin, whose widths may be unknown"),
    ],
)
def test_letters_upon_each_other_are_unsure(letters, step, count):
    placed = [
        Glyph(char, left=step * at, right=step * at + 12, bottom=0, top=12)
        for at, char in enumerate(letters)
    ]

    assert unsure(placed) == count


@pytest.mark.parametrize(
    ("look", "gap", "is_left_out"),
    [
        pytest.param(Look.FAINT, 0, True, id="white, close"),
        pytest.param(Look.FAINT, 12, False, id="white, in a cell"),
        pytest.param(Look.NEVER, 12, False, id="recognised, in a form"),
        pytest.param(Look.AWAY, 12, True, id="clipped away"),
    ],
)
def test_unseen_letters_are_left_out_by_their_distance(look, gap, is_left_out):
    step = 12 + gap
    line = [
        Glyph(char, step * at, step * at + 12, 0, 12, look if at % 2 else Look.SEEN)
        for at, char in enumerate(LETTERS)
    ]

    found = shown(line, [], has_pictures=True)

    assert len(found) == len(LETTERS) // (2 if is_left_out else 1)


def test_a_blank_belongs_to_what_stands_before_it():
    seen, faint = Look.SEEN, Look.FAINT
    looks = [("水", seen), *zip("a b c", [faint, seen] * 3, strict=False)] * 4
    line = [
        Glyph(char, 3 * at, 3 * at + 3, 0, 12, look)
        for at, (char, look) in enumerate([*looks, ("库", seen)])
    ]

    found = shown(line, [], has_pictures=False)

    assert "".join(one.char for one in found).split() == list("水水水水库")


def test_the_size_of_a_turned_letter_is_its_width():
    assert Glyph("i", left=0, right=6, bottom=0, top=1.4).size == 6


def test_a_title_that_is_painted_through_is_read():
    def draw(canvas):
        canvas.saveState()
        canvas._code.append("7 Tr")
        canvas.drawString(LEFT, 780, LETTERS)
        canvas.linearGradient(50, 780, 500, 800, (red, blue))
        canvas.restoreState()
        for x, y, text in _lines((LEFT, FULL), (LEFT, OTHER)):
            canvas.drawString(x, y, text)

    document = _read(_drawn(draw))

    assert document.text.startswith(LETTERS)
    assert not document.omissions


def _field(kind, key, flags=4):
    """Draw a line and an annotation whose text is the value of `key`."""

    def draw(canvas):
        canvas.drawString(LEFT, 700, FULL)
        entries = {
            "Type": PDFName("Annot"),
            "Subtype": PDFName(kind),
            "FT": PDFName("Tx"),
            "F": flags,
            "Rect": PDFArray([90, 500, 500, 600]),
            key: PDFString(LETTERS),
        }
        canvas._addAnnotation(PDFDictionary(entries))

    return draw


@pytest.mark.parametrize(("kind", "key"), [("FreeText", "Contents"), ("Widget", "V")])
def test_what_is_written_upon_a_page_is_read(kind, key):
    document = _read(_drawn(_field(kind, key)))

    assert blocks_of(document) == [FULL, LETTERS]
    assert document.blocks[1].place.page == 1


def test_what_is_written_upon_a_page_counts_for_the_limit():
    limits = ReadLimits(max_characters=len(FULL) + len(LETTERS) - 1)

    with pytest.raises(LimitError):
        _read(_drawn(_field("FreeText", "Contents")), limits)


@pytest.mark.parametrize(
    ("kind", "flags"), [("FreeText", 2), ("FreeText", 32), ("Text", 4)]
)
def test_an_annotation_that_is_not_shown_is_not_read(kind, flags):
    assert blocks_of(_read(_drawn(_field(kind, "Contents", flags)))) == [FULL]


@pytest.mark.parametrize(
    ("size", "omissions"),
    [
        pytest.param((500, 700), [("X110", True)], id="most of the page"),
        pytest.param((400, 300), [("X106", False)], id="a figure"),
        pytest.param((60, 60), [], id="a mark"),
    ],
)
def test_a_picture_beside_text_is_told_by_its_size(size, omissions):
    def draw(canvas):
        canvas.drawImage(ImageReader(Image.new("L", (4, 4))), 40, 20, *size)
        canvas.drawString(LEFT, 800, FULL)

    document = _read(_drawn(draw))

    assert [(o.code, o.doubtful) for o in document.omissions] == omissions


def test_a_picture_within_a_form_is_told_by_its_size():
    def draw(canvas):
        canvas.drawImage(ImageReader(Image.new("L", (4, 4))), 40, 20, 500, 700)

    def letters(canvas):
        _in_form(draw)(canvas)
        canvas.drawString(LEFT, 800, FULL)

    assert [one.code for one in _read(_drawn(letters)).omissions] == ["X110"]


def test_of_a_picture_that_is_clipped_the_rest_counts():
    def draw(canvas):
        canvas.drawString(LEFT, 800, FULL)
        path = canvas.beginPath()
        path.rect(40, 20, 60, 60)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.drawImage(ImageReader(Image.new("L", (4, 4))), 40, 20, 500, 700)

    assert not _read(_drawn(draw)).omissions


def test_a_picture_under_text_is_its_ground():
    assert not _read(_drawn(_scanned)).omissions
