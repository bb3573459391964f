"""A Word document gives the text that stands once all its changes are accepted."""

import io
import zipfile

import docx
import pytest

from detector.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    LimitError,
    ScannedFileError,
    UnknownFormatError,
)
from detector.formats import ReadLimits, load_bytes
from detector.model.document import BlockKind, Omission, Place
from tests.formats.files import W, make_docx, raw_docx, saved, zipped

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def _read(data, limits=ReadLimits()):  # noqa: B008 - frozen
    return load_bytes(data, "a.docx", ".docx", limits)


def _run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _p(*inside):
    return f"<w:p>{''.join(inside)}</w:p>"


def _cell(inside, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def _row(*cells):
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _table(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def _field(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


_BOX = f"<w:txbxContent>{_p(_run('框'))}</w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(_p(_run("甲"), _run("乙")), "甲乙", id="runs are joined"),
        pytest.param(_p(_run("甲")) + _p() + _p(_run("乙")), "甲\n乙", id="paragraphs"),
        pytest.param(
            _p(_run("甲"), f"<w:ins>{_run('增')}</w:ins>"), "甲增", id="an insertion"
        ),
        pytest.param(
            _p(_run("甲"), "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"),
            "甲",
            id="a deletion",
        ),
        pytest.param(
            _p(_run("甲"), f"<w:moveFrom>{_run('移')}</w:moveFrom>")
            + _p(f"<w:moveTo>{_run('移')}</w:moveTo>"),
            "甲\n移",
            id="a move",
        ),
        pytest.param(
            f"<w:sdt><w:sdtContent>{_p(_run('控'))}</w:sdtContent></w:sdt>",
            "控",
            id="a content control",
        ),
        pytest.param(
            _p(f"<w:hyperlink>{_run('链')}</w:hyperlink>"), "链", id="a hyperlink"
        ),
        pytest.param(
            _p(
                _field("begin"),
                "<w:r><w:instrText>PAGE</w:instrText></w:r>",
                _run("码"),
                _field("separate"),
                _run("果"),
                _field("end"),
                _run("后"),
            ),
            "果后",
            id="a field gives its result",
        ),
        pytest.param(
            _p(_run("甲"), "<w:r><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>"),
            "甲\n乙\t丙",
            id="a soft break and a tab",
        ),
        pytest.param(
            _p(_run("甲"), '<w:r><w:br w:type="page"/></w:r>', _run("乙")),
            "甲乙",
            id="a page break is no line break",
        ),
        pytest.param(
            _p(
                _run("甲"),
                "<w:r><mc:AlternateContent>"
                f"<mc:Choice><w:drawing>{_BOX}</w:drawing></mc:Choice>"
                "<mc:Fallback><w:pict><v:shape><v:textbox>"
                f"{_BOX}</v:textbox></v:shape></w:pict></mc:Fallback>"
                "</mc:AlternateContent></w:r>",
                _run("乙"),
            ),
            "甲乙\n框",
            id="a text box, once, after its paragraph",
        ),
        pytest.param(
            _p(_run("藏", '<w:vanish w:val="0"/>')), "藏", id="hiding switched off"
        ),
    ],
)
def test_text_of_the_body(body, text):
    assert _read(raw_docx(body)).text == text


@pytest.mark.parametrize(
    ("body", "parts", "omission"),
    [
        pytest.param(
            _p(_run("藏起", "<w:vanish/>")), {}, Omission("X102", 2), id="a hidden run"
        ),
        pytest.param(
            _p('<w:pPr><w:pStyle w:val="s"/></w:pPr>', _run("藏")),
            {"styles": '<w:style w:styleId="s"><w:rPr><w:vanish/></w:rPr></w:style>'},
            Omission("X102", 1),
            id="a hidden style",
        ),
        pytest.param(
            _p("<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"),
            {},
            Omission("X103", 2),
            id="a deletion",
        ),
        pytest.param(
            "", {"header": _p(_run("页眉"))}, Omission("X104", 2), id="header"
        ),
        pytest.param(
            "",
            {"comments": f"<w:comment>{_p(_run('批'))}</w:comment>"},
            Omission("X105", 1),
            id="a comment",
        ),
        pytest.param(
            _p("<w:r><w:pict><v:imagedata/></w:pict></w:r>"),
            {},
            Omission("X106", 1),
            id="a picture",
        ),
        pytest.param(
            _p('<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', _run("乙")),
            {},
            Omission("X107", 1),
            id="an automatic number",
        ),
        pytest.param(
            "", {"aFChunk": ""}, Omission("X108", 1, doubtful=True), id="embedded"
        ),
    ],
)
def test_what_is_left_out_is_counted(body, parts, omission):
    document = _read(raw_docx(_p(_run("甲")) + body, **parts))

    assert document.text.replace("\n乙", "") == "甲"
    assert document.omissions == (omission,)


def test_merged_and_nested_cells_are_read_once_with_their_places():
    nested = _table(_row(_cell(_p(_run("内")))))
    first = _row(
        _cell(_p(_run("宽")), '<w:gridSpan w:val="2"/>'),
        _cell(_p(_run("高")), '<w:vMerge w:val="restart"/>'),
    )
    second = _row(
        _cell(_p(_run("一")) + nested),
        _cell(_p(_run("二"))),
        _cell(_p(), "<w:vMerge/>"),
    )

    document = _read(raw_docx(_table(first, second)))

    places = {b.span.of(document.text): b.place for b in document.blocks}
    assert places == {
        "宽": Place(table=1, row=1, column=1, paragraph=1),
        "高": Place(table=1, row=1, column=3, paragraph=1),
        "一": Place(table=1, row=2, column=1, paragraph=1),
        "内": Place(table=2, row=1, column=1, paragraph=1),
        "二": Place(table=1, row=2, column=2, paragraph=1),
    }
    assert {block.kind for block in document.blocks} == {BlockKind.CELL}


def test_notes_come_after_the_body():
    separator = f'<w:footnote w:type="separator">{_p(_run("-"))}</w:footnote>'
    notes = f"{separator}<w:footnote>{_p(_run('注'))}</w:footnote>"

    document = _read(raw_docx(_p(_run("甲")), footnotes=notes))

    assert document.text == "甲\n注"
    assert document.blocks[1].kind is BlockKind.FOOTNOTE
    assert document.blocks[1].place == Place(paragraph=1, part="footnote")


def test_headings_are_known_by_their_styles_and_the_title_by_the_properties():
    made = docx.Document()
    made.core_properties.title = "检查报告"
    made.add_heading("总体情况", 1)
    made.add_paragraph("情况良好。")
    made.add_heading("存在问题", 2)

    document = _read(saved(made))

    kinds = [(block.kind, block.level) for block in document.blocks]
    heading, paragraph = BlockKind.HEADING, BlockKind.PARAGRAPH
    assert kinds == [(heading, 1), (paragraph, 0), (heading, 2)]
    assert [block.place.paragraph for block in document.blocks] == [1, 2, 3]
    assert document.origin.title == "检查报告"


def test_an_outline_level_makes_a_heading():
    level = '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'

    assert _read(raw_docx(_p(level, _run("标题")))).blocks[0].level == 3


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(
            OLE + "EncryptedPackage".encode("utf-16-le"),
            EncryptedFileError,
            id="encrypted",
        ),
        pytest.param(OLE + bytes(600), UnknownFormatError, id="the format before docx"),
        pytest.param(b"PK\x03\x04 cut off", DamagedFileError, id="cut off"),
        pytest.param(b"plain text", DamagedFileError, id="another format"),
        pytest.param(zipped({"a.txt": "a"}), DamagedFileError, id="another archive"),
        pytest.param(
            zipped({"word/document.xml": "<w:p>"}), DamagedFileError, id="no XML"
        ),
        pytest.param(raw_docx(_p()), EmptyFileError, id="no text"),
        pytest.param(
            raw_docx(_p("<w:r><w:pict><v:imagedata/></w:pict></w:r>")),
            ScannedFileError,
            id="pictures only",
        ),
        pytest.param(
            zipped({"word/document.xml": " " * (2 << 20)}), LimitError, id="a zip bomb"
        ),
    ],
)
def test_what_cannot_be_read_is_refused(data, error):
    with pytest.raises(error):
        _read(data)


@pytest.mark.parametrize(
    "limits",
    [
        pytest.param({"max_archive_entries": 1}, id="members"),
        pytest.param({"max_archive_bytes": 100}, id="bytes"),
        pytest.param({"max_member_bytes": 100}, id="bytes of a member"),
        pytest.param({"max_blocks": 1}, id="blocks"),
        pytest.param({"max_file_bytes": 100}, id="size of the file"),
    ],
)
def test_limits_are_kept(limits):
    with pytest.raises(LimitError) as caught:
        _read(make_docx(["甲", "乙"]), ReadLimits(**limits))

    assert caught.value.facts["limit"] in limits


def test_members_that_share_bytes_are_refused():
    data = bytearray(zipped({"word/document.xml": "甲" * 99, "b.xml": "乙" * 99}))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = bytes(4)  # where the second member begins

    with pytest.raises(DamagedFileError):
        _read(bytes(data))


def test_a_legacy_document_is_to_be_saved_as_docx():
    with pytest.raises(UnknownFormatError) as caught:
        _read(OLE + bytes(600))

    assert caught.value.facts["known"] == ".docx"


@pytest.mark.parametrize("part", ["header", "footer"])
def test_a_header_that_is_more_than_a_line_is_read(part):
    long = "渡口改造成码头，" * 10
    document = _read(raw_docx(_p(_run("正文")), **{part: _p(_run(long))}))

    assert document.text == f"正文\n{long}"
    assert document.blocks[-1].place == Place(part=part)
    assert not document.omissions


def test_two_members_of_one_name_are_refused():
    packed = io.BytesIO(make_docx(["正文"]))
    with zipfile.ZipFile(packed, "a") as archive, pytest.warns(match="Duplicate"):
        archive.writestr("word/document.xml", "<x/>")

    with pytest.raises(DamagedFileError, match="one name"):
        load_bytes(packed.getvalue(), "a.docx", ".docx")


def _alternatives(requires, space):
    choice = f'<mc:Choice Requires="{requires}">{_run("新")}</mc:Choice>'
    fallback = f"<mc:Fallback>{_run('旧')}</mc:Fallback>"
    both = f'<mc:AlternateContent xmlns:{requires}="{space}">{choice}{fallback}'
    return _p(f"{both}</mc:AlternateContent>")


@pytest.mark.parametrize(
    ("space", "text"),
    [
        ("http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "新"),
        ("http://example.org/unknown", "旧"),
    ],
)
def test_of_alternatives_the_one_that_word_shows_is_read(space, text):
    assert _read(raw_docx(_alternatives("x", space))).text == text


def test_the_text_of_diagrams_is_read():
    diagram = "<pt><t><p><r><t>第一步</t></r></p></t></pt>"

    document = _read(raw_docx(_p(_run("正文")), diagramData=diagram))

    assert document.text == "正文\n第一步"


def test_a_member_of_very_many_elements_is_refused():
    with pytest.raises(LimitError, match="max_elements"):
        _read(make_docx(["甲", "乙"]), ReadLimits(max_elements=10))


def test_a_part_that_is_named_again_and_again_is_read_once():
    relation = '<Relationship Id="r" Type="http://x/header" Target="header.xml"/>'
    members = {
        "word/document.xml": _body("<w:p><w:r><w:t>甲</w:t></w:r></w:p>"),
        "word/header.xml": f'<w:hdr xmlns:w="{W}">'
        f"<w:p><w:r><w:t>{'乙' * 90}</w:t></w:r></w:p></w:hdr>",
        "word/_rels/document.xml.rels": f"<R>{relation * 50}</R>",
    }
    limits = ReadLimits(max_archive_bytes=9 * sum(map(len, members.values())))

    assert _read(zipped(members), limits).text.count("乙") == 90


def _body(inside):
    return f'<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'


_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
    '<w:style w:styleId="white"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:styleId="below"><w:basedOn w:val="white"/></w:style>'
    '<w:style w:styleId="small"><w:rPr><w:sz w:val="2"/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        ('<w:rStyle w:val="white"/>', "white"),
        ('<w:rStyle w:val="below"/>', "white"),
        ('<w:color w:val="auto" w:themeColor="background1"/>', "white"),
        ('<w:color w:val="F7F7F7"/>', "white"),
        ('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', "white"),
        ('<w:color w:val="C00000"/><w:shd w:val="clear" w:fill="C00000"/>', "white"),
        ('<w:rStyle w:val="small"/>', "tiny"),
        ('<w:sz w:val="6"/>', "tiny"),
        ('<w:w w:val="1"/>', "tiny"),
        ('<w:rStyle w:val="small"/><w:sz w:val="24"/>', ""),
        ('<w:rStyle w:val="white"/><w:color w:val="000000"/>', ""),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>', ""),
        ('<w:color w:val="FFFF00"/><w:highlight w:val="black"/>', ""),
        ('<w:color w:val="auto" w:themeColor="background1" w:themeShade="80"/>', ""),
        ('<w:w w:val="80"/>', ""),
    ],
)
def test_what_nobody_sees_is_told_wherever_it_is_said(properties, why):
    data = raw_docx(_p(_run("甲"), _run("藏", properties), _run("乙")), styles=_STYLES)

    document = _read(data)

    assert document.text == "甲藏乙"
    assert [(w.value, s.of(document.text)) for w, s in document.unseen] == [
        (why, "藏")
    ] * bool(why)
