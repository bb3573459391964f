"""A page gives what a browser shows of it, a block a line."""

import pytest

from detector.errors import EmptyFileError, LimitError
from detector.formats import ReadLimits, load_bytes
from detector.model.document import BlockKind, Omission, Place


def _read(page, codec="utf-8"):
    return load_bytes(page.encode(codec), "a.html", ".html")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        pytest.param("<p>甲</p><p>乙</p>", "甲\n乙", id="paragraphs"),
        pytest.param("<div>甲<br>乙<br/>丙</div>", "甲\n乙\n丙", id="bare breaks"),
        pytest.param(
            "<div>甲<p>乙</p>丙</div>", "甲\n乙\n丙", id="text between blocks"
        ),
        pytest.param("<p>一段\n  文字</p>", "一段文字", id="a broken line of Chinese"),
        pytest.param("<p>two\n words</p>", "two words", id="a broken line of Latin"),
        pytest.param("<p>甲<b>乙</b><a>丙</a></p>", "甲乙丙", id="inline elements"),
        pytest.param("<p>甲&amp;&#20057;</p>", "甲&乙", id="character references"),
        pytest.param("<p>甲</p><script>x</script><style>y</style>", "甲", id="script"),
        pytest.param("<p>甲<!-- 批注 --></p>", "甲", id="a comment"),
        pytest.param("<ul><li>甲</li><li>乙</li></ul>", "甲\n乙", id="a list"),
        pytest.param("<pre>甲\n  乙</pre>", "甲\n  乙", id="preformatted"),
        pytest.param("<div>" * 999 + "甲</div>乙", "甲\n乙", id="deeply nested"),
    ],
)
def test_visible_text(page, text):
    assert _read(page).text == text


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param('<p style="display : none">藏起</p>', id="not displayed"),
        pytest.param("<div hidden><p>藏</p><p>起</p></div>", id="hidden"),
    ],
)
def test_hidden_text_is_left_out_and_counted(hidden):
    document = _read(f"<p>甲</p>{hidden}")

    assert document.text == "甲"
    assert document.omissions == (Omission("X102", 2),)


def test_headings_and_cells_have_their_places():
    document = _read(
        "<h2>标题</h2><table><tr><th colspan=2>宽</th><th>三</th></tr>"
        "<tr><td>一</td><td>二</td></tr></table>"
    )

    found = {
        b.span.of(document.text): (b.kind, b.level, b.place) for b in document.blocks
    }
    cell = BlockKind.CELL
    assert found == {
        "标题": (BlockKind.HEADING, 2, Place(paragraph=1)),
        "宽": (cell, 0, Place(table=1, row=1, column=1)),
        "三": (cell, 0, Place(table=1, row=1, column=3)),
        "一": (cell, 0, Place(table=1, row=2, column=1)),
        "二": (cell, 0, Place(table=1, row=2, column=2)),
    }


def test_a_cell_that_lays_out_the_page_is_running_text():
    document = _read("<table><tr><td><h1>标题</h1><p>甲</p></td></tr></table>")

    kinds = [block.kind for block in document.blocks]
    assert kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    ("said", "codec", "encoding"),
    [
        pytest.param("gb2312", "gbk", "gb18030", id="more than gb2312"),
        pytest.param("gb2312", "utf-8", "utf-8", id="not what it says"),
        pytest.param("big5", "gbk", "big5", id="what is said is believed"),
        pytest.param("no-such", "gbk", "gb18030", id="an unknown name"),
        pytest.param("utf-8", "gbk", "gb18030", id="not UTF-8"),
    ],
)
def test_the_declared_encoding(said, codec, encoding):
    text = "朱镕基，各单位要认真组织学习。"

    document = _read(f"<meta charset={said}><title>题</title><p>{text}", codec)

    assert document.origin.encoding == encoding
    assert document.text == text or encoding == "big5"


def test_the_title_is_known():
    assert _read("<title> 检查\n报告 </title><p>甲").origin.title == "检查 报告"


def test_a_page_without_text_is_refused():
    with pytest.raises(EmptyFileError):
        _read("<html><script>x</script></html>")


@pytest.mark.parametrize(
    "carrier",
    [
        "<textarea>{}</textarea>",
        "<select><option>{}</option></select>",
        '<input value="{}">',
        "<svg><title>图</title><text>{}</text></svg>",
        "<svg><foreignObject><p>{}</p></foreignObject></svg>",
        "<object>{}</object>",
        '<iframe srcdoc="&lt;p&gt;{}&lt;/p&gt;"></iframe>',
        "<ruby>甲<rt>jiǎ</rt></ruby><ruby>乙<rp>(</rp><rt>yǐ</rt><rp>)</rp></ruby>",
        "<svg><text><tspan>甲</tspan><tspan>乙</tspan></text></svg>",
    ],
)
def test_what_a_browser_shows_is_read_whatever_carries_it(carrier):
    assert _read(f"<div>{carrier.format('甲乙')}</div>").text == "甲乙"


@pytest.mark.parametrize(
    "style",
    [
        "<style>.q{display:none}</style>甲<i class=q>藏</i>乙",
        "<style>p .q, #z { color:red; visibility : hidden }</style>"
        "<p>甲<i class=q>藏</i>乙</p>",
        '甲<i style="font-size:0">藏</i>乙',
        '甲<i style="opacity:0.0">藏</i>乙',
        '甲<i style="position:absolute;left:-9999px">藏</i>乙',
        '甲<i style="color:transparent">藏</i>乙',
        '甲<i style="color:white">藏</i>乙',
        '甲<i style="color: #FFF">藏</i>乙',
        '甲<i style="color:#fefefe">藏</i>乙',
        '甲<i style="color:rgb(255, 255, 255)">藏</i>乙',
        '甲<i style="color:rgba(0,0,0,0)">藏</i>乙',
        '甲<i style="color:hsl(0 0% 100%)">藏</i>乙',
        '甲<font color="white">藏</font>乙',
        '甲<i style="font-size:1px">藏</i>乙',
        '甲<i style="font-size:.01em">藏</i>乙',
        '甲<i style="position:absolute;clip:rect(0 0 0 0)">藏</i>乙',
        '甲<i style="display:inline-block;width:0;overflow:hidden">藏</i>乙',
        '甲<i style="transform:scale(0)">藏</i>乙',
    ],
)
def test_fillers_that_nobody_sees_are_left_out_and_counted(style):
    document = _read(style)

    assert document.text == "甲乙"
    assert document.omissions == (Omission("X102", 1),)


@pytest.mark.parametrize(
    "style",
    [
        "<style>@media print{.q{display:none}}</style>甲<i class=q>明</i>乙",
        "<style>.q{font-size:0.9em}..[{display:none}</style>甲<i class=q>明</i>乙",
        '甲<i style="opacity:0.5;font-size:08pt">明</i>乙',
        '甲<i style="background-color:transparent;margin-left:-120px">明</i>乙',
        '<b style="font-size:0">甲<i style="font-size:9pt">明</i>乙</b>',
        '甲<i style="background:#c00;color:#fff">明</i>乙',
        '甲<i style="color:#f00;font-size:12px;width:100%">明</i>乙',
        '甲<i style="font-size:16px;line-height:1.5">明</i>乙',
        '甲<i style="font-size:100%">明</i>乙',
        '甲<i style="font-size:1.2em;max-width:0">明</i>乙',
    ],
)
def test_what_is_seen_on_a_screen_stays(style):
    assert _read(style).text == "甲明乙"


def test_what_a_script_may_show_stays():
    page = (
        "<style>.tab{display:none}</style>甲<p class=tab>第二页上的一段完整的话。</p>"
    )

    assert _read(page).text == "甲\n第二页上的一段完整的话。"


@pytest.mark.parametrize(
    "page",
    [
        "<style>" + "@" * 200_000 + "</style>甲",
        "<style>" + "a" * 200_000 + "</style>甲",
        "<style>.a{.b{color:red}background:url(" + "A" * 200_000 + ")}</style>甲",
        "<i style='font-size:" + "0" * 200_000 + "1'></i>甲",
        "<meta " * 340 + "charset=" + " " * 2000 + "<p>甲",
        "甲" + "<p b='>" * 10_000 + '<p b=">' * 10_000,
        "甲" + "<p " * 4_000 + '"' * 200_000,
    ],
)
def test_a_page_that_was_made_to_be_slow_is_read(page):
    """In time that grows with the square of its length it would take an hour."""
    assert _read(page).text == "甲"


@pytest.mark.parametrize(
    ("page", "limit"),
    [
        ("<div>" * 101 + "甲", "max_depth"),
        ("甲<div></x>" * 101, "max_depth"),
        ("<b>甲</b>" * 101, ""),
        ("<p>甲" * 101, ""),
        ("<br>" * 101 + "甲", ""),
        ("<p " + "".join(f" a{n}=1" for n in range(101)) + ">甲", "max_attributes"),
        ("<p " + "".join(f" a{n}" for n in range(101)) + ">甲", "max_attributes"),
        ("<p b='>'" + "".join(f" a{n}" for n in range(101)) + ">", "max_attributes"),
        ('<!--<a b="--><p' + " a" * 101 + '>甲"', "max_attributes"),
        ('<p "' + " a" * 101 + '">甲', "max_attributes"),
        ("<p b=\">' <p b='>\" " * 90 + ">", "max_attributes"),
        ("甲<img src='data:image/png;base64," + "a/b+" * 101 + "'>", ""),
        ('甲<svg><path d="M0 0' + " L 1 1" * 101 + '"></svg>', ""),
        ("甲<script>if(a<b){};t='" + "x " * 101 + "'</script>", ""),
    ],
)
def test_what_takes_the_square_of_its_length_is_refused(page, limit):
    limits = ReadLimits(max_depth=100, max_attributes=100)
    if not limit:
        assert load_bytes(page.encode(), "a.html", ".html", limits).text[0] == "甲"
        return
    with pytest.raises(LimitError, match=limit):
        load_bytes(page.encode(), "a.html", ".html", limits)
