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


def _refers(kind, part):
    """A mark in the text without which a part of the file is not shown."""
    return f'<w:sectPr><w:{kind} xmlns:r="r" r:id="r{part}"/></w:sectPr>'


def _code(code):
    instruction = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return _field("begin") + instruction + _field("end")


def _ruby(above, base):
    both = f"<w:rt>{_run(above)}</w:rt><w:rubyBase>{_run(base)}</w:rubyBase>"
    return f"<w:r><w:ruby>{both}</w:ruby></w:r>"


_BOX_BEGUN = f"<w:txbxContent>{_p(_field('begin'), _run('框'))}</w:txbxContent>"
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
        pytest.param(
            _p(_field("begin"), _run("甲")) + _p(_run("乙")),
            "甲\n乙",
            id="a field that never ends is none",
        ),
        pytest.param(
            _p(_field("begin"), "<w:del>", _field("end"), "</w:del>", _run("甲")),
            "甲",
            id="a field that ends in what is deleted",
        ),
        pytest.param(
            _p(
                _field("begin"),
                f"<w:r><w:pict>{_BOX_BEGUN}</w:pict></w:r>",
                _run("码"),
                _field("end"),
                _run("后"),
            ),
            "后\n框",
            id="a text box has fields of its own",
        ),
        pytest.param(
            _p(_field("begin"), f"<w:r><w:pict>{_BOX}</w:pict></w:r>")
            + _p(_run("码"), _field("end"), _run("后")),
            "框\n后",
            id="a text box within a field",
        ),
        pytest.param(
            f"<w:del>{_p(_run('删'))}</w:del><w:sdt><w:sdtPr>{_p(_run('空'))}</w:sdtPr>"
            f"<w:sdtContent>{_p(_run('甲'))}</w:sdtContent></w:sdt>",
            "甲",
            id="paragraphs in properties or deleted",
        ),
        pytest.param(
            _p(_ruby("a long remark above letters", "工")),
            "a long remark above letters工",
            id="a remark above letters",
        ),
        pytest.param(
            _p(
                _code("MACROBUTTON 无 单击此处"),
                _code('QUOTE "引文"'),
                _code("GOTOBUTTON 书签 转到此处"),
                _code("TOC a b"),
            ),
            "单击此处引文转到此处",
            id="what a field shows without a result",
        ),
        pytest.param(
            _p(
                _run("第"),
                _code(r"eq \o\ac(○,1)"),
                _run("项"),
                _code(r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(gōng),工)'),
                _code(r" EQ \x\to(作，)"),
            ),
            "第1项工作，",
            id="a formula: a ringed figure, an aid to reading, a frame",
        ),
        pytest.param(
            _p('<w:fldSimple w:instr="MACROBUTTON 无 单击此处"/>'),
            "单击此处",
            id="a simple field, likewise",
        ),
        pytest.param(
            _p(_ruby("gōng", "工"), _ruby("ㄗㄨㄛˋ", "作"), _ruby("总结", "一")),
            "工作总结一",
            id="an aid to reading is left out, text above text is not",
        ),
        pytest.param(
            _p('<w:r><w:pict><v:textpath string="艺术字"/></w:pict></w:r>'),
            "艺术字",
            id="a text that is drawn",
        ),
        pytest.param(
            f"<w:x>{_p(_run('甲'))}{_table(_row(_cell(_p(_run('乙')))))}</w:x>",
            "甲\n乙",
            id="what an unknown element holds",
        ),
        pytest.param(
            _table(_row(_cell(_p(_run("甲")), "<w:vMerge/>"))),
            "甲",
            id="a cell that goes on with none",
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
            _refers("headerReference", "header"),
            {"header": _p(_run("页眉"))},
            Omission("X104", 2),
            id="header",
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
    notes = f'{separator}<w:footnote w:id="2">{_p(_run("注"))}</w:footnote>'
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'

    document = _read(raw_docx(_p(_run("甲"), mark), footnotes=notes))

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
        pytest.param({"max_elements": 5}, id="elements"),
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
    body = _p(_run("正文")) + _refers(f"{part}Reference", part)
    mark = '<w:r><w:pict><v:textpath string="机密"/></w:pict></w:r>'
    document = _read(raw_docx(body, **{part: _p(_run(long), mark)}))

    assert document.text == f"正文\n{long}"
    assert document.blocks[-1].place == Place(part=part)
    assert not document.omissions


def _in_a_box(inside):
    """A text box as it is written for those that know it, and for those that do not."""
    box = f"<w:txbxContent>{inside}</w:txbxContent>"
    return _p(
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_header_in_a_text_box_is_counted_once():
    line = (
        "某某市某某局二〇二五年度党组工作总结报告暨二〇二六年工作打算（征求意见稿）甲"
    )
    deleted = _p("<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>")
    body = _p(_run("正文")) + _refers("headerReference", "header")

    document = _read(raw_docx(body, header=_in_a_box(_p(_run(line))) + deleted))

    assert document.text == "正文"
    assert document.omissions == (Omission("X104", len(line)),)


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


def test_a_prefix_means_what_it_is_declared_for_where_it_stands():
    office = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    inside, unknown = _alternatives("x", office), "http://example.org/unknown"
    around = f'<w:y xmlns:x="{unknown}">{inside}{_alternatives("x", unknown)}</w:y>'

    none = _p("<w:r><mc:AlternateContent/></w:r>")

    assert _read(raw_docx(around + none + inside)).text == "新\n旧\n新"


def test_the_pictures_of_alternatives_are_counted_once():
    choice = "<mc:Choice><w:drawing><blip/></w:drawing></mc:Choice>"
    fallback = "<mc:Fallback><w:pict><v:imagedata/></w:pict></mc:Fallback>"
    both = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"

    document = _read(raw_docx(_p(_run("甲"), f"<w:r>{both}</w:r>")))

    assert document.omissions == (Omission("X106", 1),)


@pytest.mark.parametrize(
    ("folder", "target"),
    [("word/", "styles.xml"), ("word/", "../word/./styles.xml"), ("", "styles.xml")],
)
def test_parts_are_found_from_where_the_main_part_is(folder, target):
    relation = '<R><R Id="r" Type="x/{}" Target="{}"/></R>'
    style = '<w:style w:styleId="s"><w:rPr><w:vanish/></w:rPr></w:style>'
    members = {
        "_rels/.rels": relation.format("officeDocument", f"{folder}document.xml"),
        f"{folder}document.xml": _body(_p(_run("甲")) + _styled("s", _run("藏"))),
        f"{folder}_rels/document.xml.rels": relation.format("styles", target),
        f"{folder}styles.xml": f'<w:styles xmlns:w="{W}">{style}</w:styles>',
    }

    assert _read(zipped(members)).text == "甲"


def test_the_text_of_diagrams_is_read():
    diagram = "<pt><t><p><r><t>第一步</t></r></p></t></pt>"

    drawn = '<w:r><w:drawing><relIds dm="rdiagramData"/></w:drawing></w:r>'
    document = _read(raw_docx(_p(_run("正文"), drawn), diagramData=diagram))

    assert document.text == "正文\n第一步"


def test_a_member_of_very_many_elements_is_refused():
    with pytest.raises(LimitError, match="max_elements"):
        _read(make_docx(["甲", "乙"]), ReadLimits(max_elements=10))


def test_a_part_that_is_named_again_and_again_is_read_once():
    relation = '<Relationship Id="r" Type="http://x/header" Target="header.xml"/>'
    members = {
        "word/document.xml": _body(
            '<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:headerReference w:id="r"/>'
        ),
        "word/header.xml": f'<w:hdr xmlns:w="{W}">'
        f"<w:p><w:r><w:t>{'乙' * 90}</w:t></w:r></w:p></w:hdr>",
        "word/_rels/document.xml.rels": f"<R>{relation * 50}</R>",
    }
    limits = ReadLimits(max_archive_bytes=9 * sum(map(len, members.values())))

    assert _read(zipped(members), limits).text.count("乙") == 90


def _body(inside):
    return f'<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'


def _shade(fill):
    return f'<w:shd w:val="clear" w:fill="{fill}"/>'


def _text_fill(inside):
    return f"<w:textFill>{inside}</w:textFill>"


_WHITE = '<w:color w:val="FFFFFF"/>'
_OUTLINE = (
    '<w:textOutline><w:solidFill><w:srgbClr w:val="C00000"/></w:solidFill>'
    "</w:textOutline>"
)
_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
    '<w:style w:styleId="white"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:styleId="below"><w:basedOn w:val="white"/></w:style>'
    '<w:style w:styleId="small"><w:rPr><w:sz w:val="2"/></w:rPr></w:style>'
    '<w:style w:styleId="dark"><w:basedOn w:val="white"/><w:rPr>'
    '<w:color w:val="000000"/></w:rPr></w:style>'
    "<w:style><w:rPr><w:vanish/></w:rPr></w:style>"
    f'<w:style w:styleId="band"><w:pPr>{_shade("1F4E79")}</w:pPr>'
    '<w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:styleId="flat"><w:pPr><w:spacing w:line="2" w:lineRule="exact"/>'
    "</w:pPr></w:style>"
    f'<w:style w:styleId="zebra"><w:tblStylePr><w:tcPr>{_shade("1F4E79")}</w:tcPr>'
    "</w:tblStylePr></w:style>"
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
        ('<w:color w:val="F4F4F4"/>', "white"),
        ('<w:color w:val="FFFFFF"/>' + _shade("EEEEEE"), "white"),
        ('<w:color w:val="FFFF01"/><w:highlight w:val="yellow"/>', "white"),
        ('<w:color w:val="000000"/>' + _text_fill("<w:noFill/>"), "white"),
        (_text_fill('<w:solidFill><w:srgbClr w:val="FFFFFF"/></w:solidFill>'), "white"),
        (
            _text_fill('<w:srgbClr w:val="0"><w:alpha w:val="98000"/></w:srgbClr>'),
            "white",
        ),
        (_text_fill('<w:schemeClr w:val="bg1"/>'), "white"),
        ("<w:specVanish/>", "white"),
        ('<w:sz w:val="7"/>', "tiny"),
        ('<w:sz w:val="6"/>', "tiny"),
        ('<w:w w:val="1"/>', "tiny"),
        (_WHITE + '<w:shd w:fill="auto" w:themeFill="background1"/>', "white"),
        (_WHITE + '<w:shd w:fill="1F3864" w:themeFill="background1"/>', "white"),
        (_WHITE + '<w:shd w:val="pct5" w:color="auto" w:fill="auto"/>', "white"),
        (
            _WHITE
            + '<w:shd w:fill="7F7F7F" w:themeFill="light1" w:themeFillShade="7F"/>',
            "",
        ),
        ('<w:rStyle w:val="small"/><w:sz w:val="24"/>', ""),
        ('<w:rStyle w:val="white"/><w:color w:val="000000"/>', ""),
        ('<w:rStyle w:val="dark"/>', ""),
        (_WHITE + '<w:shd w:fill="auto" w:themeFill="accent1"/>', ""),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>', ""),
        ('<w:color w:val="FFFF00"/><w:highlight w:val="black"/>', ""),
        ('<w:color w:val="auto" w:themeColor="background1" w:themeShade="80"/>', ""),
        ('<w:w w:val="80"/>', ""),
        ('<w:sz w:val="10"/>', ""),
        ('<w:color w:val="BFBFBF"/>', ""),
        (_WHITE + '<w:shd w:val="solid" w:color="1F3864" w:fill="auto"/>', ""),
        (_WHITE + '<w:shd w:val="pct50" w:fill="FFFFFF"/>', ""),
        (_WHITE + _text_fill('<w:srgbClr w:val="C00000"/>'), ""),
        (_text_fill('<w:srgbClr w:val="FFFFFF"/>') + _OUTLINE, ""),
        (_text_fill("<w:noFill/>") + _OUTLINE, ""),
        (
            _text_fill('<w:srgbClr w:val="FFFFFF"/><w:srgbClr w:val="C00000"/>'),
            "",
        ),
        (_text_fill('<w:srgbClr w:val="0"><w:alpha w:val="5000"/></w:srgbClr>'), ""),
    ],
)
def test_what_nobody_sees_is_told_wherever_it_is_said(properties, why):
    data = raw_docx(_p(_run("甲"), _run("藏", properties), _run("乙")), styles=_STYLES)

    document = _read(data)

    assert document.text == "甲藏乙"
    assert [(w.value, s.of(document.text)) for w, s in document.unseen] == [
        (why, "藏")
    ] * bool(why)


def test_signs_that_nobody_sees_say_nothing():
    data = raw_docx(_p(_run("姓名"), _run("……__", _WHITE), _run("张三")))

    assert not _read(data).unseen


def _styled(name, *inside):
    return _p(f'<w:pPr><w:pStyle w:val="{name}"/></w:pPr>', *inside)


def _filled(fill, inside, how=""):
    box = f"<v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox>"
    return _p(f"<w:r><w:pict><v:rect {fill}>{how}{box}</v:rect></w:pict></w:r>")


def _drawn(fill, inside):
    properties = f"<spPr><solidFill>{fill}</solidFill></spPr>"
    box = f"{properties}<txbx><w:txbxContent>{inside}</w:txbxContent></txbx>"
    return _p(f"<w:r><w:drawing><wsp>{box}</wsp></w:drawing></w:r>")


def _in_table(properties, inside, of_cell="", of_row=""):
    cell = _cell(inside, of_cell)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tr>{of_row}{cell}</w:tr></w:tbl>"


_DARK_ROW = f"<w:tblPrEx>{_shade('1F4E79')}</w:tblPrEx>"
_FLAT_ROW = '<w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>'
_FLAT_LINE = '<w:pPr><w:spacing w:line="1" w:lineRule="exact"/></w:pPr>'
_HIDDEN = _p(_run("藏", _WHITE))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        pytest.param(_HIDDEN, "white", id="on the page"),
        pytest.param(_styled("white", _run("藏")), "white", id="a style"),
        pytest.param(
            _styled("white", _run("藏", '<w:rStyle w:val="dark"/>')),
            "",
            id="a style of letters before one of paragraphs",
        ),
        pytest.param(_styled("band", _run("藏")), "", id="a band, by one style"),
        pytest.param(_in_table("", _HIDDEN), "white", id="a cell"),
        pytest.param(
            _in_table("", _HIDDEN, _shade("FFFFFF")), "white", id="white cell"
        ),
        pytest.param(_in_table("", _HIDDEN, _shade("1F4E79")), "", id="a dark cell"),
        pytest.param(_in_table(_shade("1F4E79"), _HIDDEN), "", id="a dark table"),
        pytest.param(
            _in_table('<w:tblStyle w:val="zebra"/>', _HIDDEN), "", id="rows by a style"
        ),
        pytest.param(
            _in_table('<w:tblStyle w:val="zebra"/>' + _shade("FFFFFF"), _HIDDEN),
            "",
            id="rows by a style, in a table that is white otherwise",
        ),
        pytest.param(
            _in_table("", _in_table("", _HIDDEN), _shade("1F4E79")),
            "",
            id="a table in a dark cell",
        ),
        pytest.param(
            _in_table('<w:tblStyle w:val="white"/>', _p(_run("藏"))),
            "white",
            id="white by the style of the table",
        ),
        pytest.param(_filled('fillcolor="#1F4E79 [3204]"', _HIDDEN), "", id="dark box"),
        pytest.param(_filled('fillcolor="white"', _HIDDEN), "white", id="white box"),
        pytest.param(_filled("", _HIDDEN), "", id="a box of which nothing is said"),
        pytest.param(
            _filled('fillcolor="white" filled="f"', _HIDDEN), "", id="an empty box"
        ),
        *(
            pytest.param(
                _filled('fillcolor="white"', _HIDDEN, f"<v:fill {how}/>"), why, id=how
            )
            for how, why in (
                ('on="f"', ""),
                ('type="gradient" color2="#003366"', ""),
                ('opacity="0"', ""),
                ('on="t"', "white"),
            )
        ),
        pytest.param(
            _drawn('<srgbClr val="C00000"/>', _styled("white", _run("藏"))),
            "",
            id="a drawn box",
        ),
        pytest.param(
            _drawn('<schemeClr val="bg1"/>', _HIDDEN), "white", id="a drawn white box"
        ),
        pytest.param(
            _in_table("", _p(_run("藏")), of_row=_FLAT_ROW), "tiny", id="a flat row"
        ),
        pytest.param(_p(_FLAT_LINE, _run("藏")), "tiny", id="a flat line"),
        pytest.param(_styled("flat", _run("藏")), "tiny", id="flat by a style"),
        pytest.param(
            _p(
                '<w:pPr><w:pStyle w:val="flat"/><w:spacing w:line="360"/></w:pPr>',
                _run("藏"),
            ),
            "",
            id="flat by a style, and not by its own properties",
        ),
        pytest.param(
            _p(
                '<w:pPr><w:pStyle w:val="flat"/><w:spacing w:before="0"/></w:pPr>',
                _run("藏"),
            ),
            "tiny",
            id="flat by a style, with a space before it",
        ),
        pytest.param(_in_table("", _HIDDEN, of_row=_DARK_ROW), "", id="a dark row"),
    ],
)
def test_whether_letters_are_seen_depends_on_what_they_stand_on(body, why):
    document = _read(raw_docx(_p(_run("甲")) + body, styles=_STYLES))

    assert document.text == "甲\n藏"
    assert [w.value for w, _ in document.unseen] == [why] * bool(why)


@pytest.mark.parametrize(
    ("settings", "told"), [("<w:displayBackgroundShape/>", 0), ("", 1)]
)
def test_pages_have_a_colour_when_the_settings_say_so(settings, told):
    members = {
        "word/document.xml": f'<w:document xmlns:w="{W}">'
        f'<w:background w:color="1F4E79"/><w:body>{_HIDDEN}</w:body></w:document>',
        "word/settings.xml": f'<w:settings xmlns:w="{W}">{settings}</w:settings>',
        "word/_rels/document.xml.rels": '<R><R Id="r" Type="x/settings" '
        'Target="settings.xml"/></R>',
    }

    assert len(_read(zipped(members)).unseen) == told


_TEN = "".join(f"<w:x{number}/>" for number in range(10))


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("<w:rPr><w:vanish/></w:rPr>", lambda d: d.omissions[0].code == "X102"),
        ('<w:pPr><w:outlineLvl w:val="1"/></w:pPr>', lambda d: d.blocks[1].level == 2),
        ("<w:pPr><w:numPr/></w:pPr>", lambda d: d.omissions[0].code == "X107"),
        (f"<w:rPr>{_WHITE}</w:rPr>", lambda d: d.unseen[0][0].value == "white"),
    ],
)
def test_a_style_says_much_before_its_properties(said, read):
    style = f'<w:style w:styleId="s">{_TEN}{said}</w:style>'
    body = _p(_run("甲")) + _styled("s", _run("乙"))

    assert read(_read(raw_docx(body, styles=style)))


@pytest.mark.parametrize(
    "styles",
    [
        "<w:docDefaults><w:rPrDefault>{}</w:rPrDefault></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="a">{}</w:style>',
    ],
)
def test_what_holds_for_all_the_document_holds_for_each_run(styles):
    body = _p(_run("甲", '<w:vanish w:val="0"/><w:color w:val="000000"/>'), _run("藏"))
    hidden = styles.format("<w:rPr><w:vanish/></w:rPr>")
    white = styles.format(f"<w:rPr>{_WHITE}</w:rPr>")

    assert _read(raw_docx(body, styles=hidden)).text == "甲"
    document = _read(raw_docx(body, styles=white))
    assert [s.of(document.text) for _, s in document.unseen] == ["藏"]


@pytest.mark.parametrize("part", ["header", "footer", "diagramData"])
def test_a_part_that_nothing_refers_to_is_no_text(part):
    long = f"<p><t>{'渡口改造成码头，' * 20}</t></p>"

    document = _read(raw_docx(_p(_run("正文")), **{part: long}))

    assert document.text == "正文"
    assert not document.omissions


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_that_nothing_refers_to_is_no_text(kind):
    notes = "".join(
        f'<w:{kind} w:id="{number}">{_p(_run(f"注{number}"))}</w:{kind}>'
        for number in (1, 2)
    )
    mark = f'<w:r><w:{kind}Reference w:id="2"/></w:r>'

    document = _read(raw_docx(_p(_run("正文"), mark), **{f"{kind}s": notes}))

    assert document.text == "正文\n注2"


def test_a_line_between_notes_is_text_when_it_says_something():
    line = f'<w:footnote w:type="separator">{_p(_run("渡口改造" * 6))}</w:footnote>'

    assert (
        _read(raw_docx(_p(_run("甲")), footnotes=line)).text == "甲\n" + "渡口改造" * 6
    )


def test_headers_that_say_more_than_a_title_are_in_doubt():
    chapters = [
        f"第{letter}章总体情况和各项主要任务完成情况"
        for letter in "甲乙丙丁戊己庚辛壬癸"
    ]
    parts = {f"header{at}": _p(_run(line)) for at, line in enumerate(chapters)}
    marks = "".join(_refers("headerReference", name) for name in parts)
    titled = "".join(_p(_run(line)) for line in chapters)

    alone = _read(_with_headers(_p(_run("正文")) + marks, parts))
    beside = _read(_with_headers(titled + marks, parts))

    count = sum(map(len, chapters))
    assert alone.omissions == (Omission("X104", count, doubtful=True),)
    assert beside.omissions == (Omission("X104", count),)


def _with_headers(body, parts):
    """Return a package in which each part is a header."""
    data = io.BytesIO(raw_docx(body, **parts))
    with zipfile.ZipFile(data) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    relations = members["word/_rels/document.xml.rels"].decode()
    for name in parts:
        relations = relations.replace(f"http://x/{name}", "http://x/header")
    return zipped(members | {"word/_rels/document.xml.rels": relations})


@pytest.mark.parametrize(
    ("label", "doubtful"), [("第%1条", False), ("渡口改造成码头，" * 4, True)]
)
def test_numbers_that_say_more_than_a_label_are_in_doubt(label, doubtful):
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    levels = (
        f'<w:abstractNum><w:lvl><w:lvlText w:val="{label}"/></w:lvl></w:abstractNum>'
    )

    document = _read(raw_docx(_p(numbered, _run("甲")), numbering=levels))

    assert document.omissions == (Omission("X107", 1, doubtful=doubtful),)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("码头改造", "\u202e码头改造\u202c"),
        ("שלום abc", "שלום abc"),
        ("2025", "2025"),
    ],
)
def test_letters_that_are_made_to_run_backwards_are_told(said, text):
    turned = f'<w:bdo w:val="rtl">{_run(said)}</w:bdo>'

    assert _read(raw_docx(_p(_run("甲"), turned))).text == "甲" + text
    kept = turned.replace("rtl", "ltr")
    assert _read(raw_docx(_p(_run("甲"), kept))).text == "甲" + said
