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
        '<p style="display : none">@</p>',
        "<div hidden><p>@</p></div>",
        "<div hidden><script>@</script><b>@</b></div>",
        '<p style="opacity:0">@</p>',
        '<p style="font-size:0"><b>@</b></p>',
        '<p style="color:transparent">@</p>',
        '<p style="position:absolute;left:-9999px">@</p>',
        "<dialog>@</dialog>",
        "<style>.q{display:none}</style><p class=q>@</p>",
    ],
)
def test_long_hidden_text_is_left_out_and_counted(hidden):
    document = _read(f"<p>甲</p>{hidden}".replace("@", "藏起" * 60))

    assert document.text == "甲"
    assert document.omissions == (Omission("X102", 120),)


@pytest.mark.parametrize(
    "page",
    [
        "<p>甲</p><ul style='display:none'><li>首页<li>联系</ul><p>乙</p>",
        "<p>甲</p><div hidden>首页 联系我们</div><p>乙</p>",
        "<style>.n{display:none}</style><p>甲</p><nav class=n>首页</nav><p>乙</p>",
        "<p>甲</p><a style='position:absolute;left:-999px'>跳到正文</a><p>乙</p>",
    ],
)
def test_a_small_menu_that_is_not_shown_is_ordinary(page):
    document = _read(page)

    assert document.text == "甲\n乙"
    assert not document.omissions


def test_hidden_text_amid_a_line_is_told_whatever_its_length():
    document = _read("甲<i style='opacity:.01'>" + "藏起" * 30 + "</i>乙")

    assert document.text == "甲乙"
    assert document.omissions == (Omission("X102", 60),)


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
        "甲<i style='opacity:.001'>藏</i>乙",
        "甲<i style='color:#fff0'>藏</i>乙",
        "甲<i style='color:rgb(100%,100%,100%)'>藏</i>乙",
        "甲<i style='-webkit-text-fill-color:transparent'>藏</i>乙",
        "甲<i style='visibility:collapse'>藏</i>乙",
        "甲<i style='font:0/0 a'>藏</i>乙",
        "甲<i style='display:/**/none'>藏</i>乙",
        r"甲<i style='disp\6c ay:none'>藏</i>乙",
        "甲<i style='font-size:0'><b>藏</b></i>乙",
        "甲<b style='color:#fff'><i style='font-size:9pt'>藏</i></b>乙",
        "<b>甲</b><i style='color:#fff'>藏</i><b>乙</b>",
        "<style>.q{color:white}</style>甲<i class=q>藏</i>乙",
        "<style>@media screen{.q{display:none}}</style>甲<i class=q>藏</i>乙",
        "<style>@layer a{i{font-size:1px}}</style>甲<i>藏</i>乙",
        "<style>@media (min-width:1px){.q{display:none}}</style>甲<i class=q>藏</i>乙",
        "<style>@media print, screen{.q{display:none}}</style>甲<i class=q>藏</i>乙",
        "<style media=screen>.q{display:none}</style>甲<i class=q>藏</i>乙",
        "<style>@media not all and (max-width:9px){.q{display:none}}</style>"
        "甲<i class=q>藏</i>乙",
        "<style media='all,\"'>\n.q{display:none}</style>甲<i class=q>藏</i>乙",
        "<style media=print>.r{</style><style>.q{display:none}</style>"
        "甲<i class=q>藏</i>乙",
        "<style>/*</style><style>.q{display:none</style>甲<i class=q>藏</i>乙",
        "<style>.r{content:'/*'}.q{display:none}</style>甲<i class=q>藏</i>乙",
        """<style>.r{content:"\\""}.q{content:"\\"";display:none}</style>"""
        "甲<i class=q>藏</i>乙",
        "<style>i{position:absolute;right:-9999px}</style>甲<i>藏</i>乙",
        "<style>p{.q{display:none}}</style><p>甲<i class=q>藏</i>乙</p>",
        "<style>i:not(b){/*;}*/display:none}</style>甲<i>藏</i>乙",
        "<style><!-- .q{color:red;display:none!important} i{}--></style>"
        "甲<i class=q style='display:inline'>藏</i>乙",
        "甲<dialog>藏</dialog>乙",
        "甲<canvas>藏</canvas>乙",
        "甲<datalist><option>藏</datalist>乙",
        "甲<details style='display:inline'>藏</details>乙",
        "甲<tspan display=none>藏</tspan>乙",
    ],
)
def test_fillers_that_nobody_sees_are_left_out_and_counted(style):
    document = _read(style)

    assert document.text.replace("\n", "") == "甲乙"
    assert document.omissions == (Omission("X102", 1),)


@pytest.mark.parametrize(
    "style",
    [
        "<style>@media print{.q{display:none}}</style>甲<i class=q>明</i>乙",
        "<style>.q{font-size:0.9em}..[{display:none}</style>甲<i class=q>明</i>乙",
        '甲<i style="opacity:0.5;font-size:08pt">明</i>乙',
        '甲<i style="background-color:transparent;margin-left:-120px">明</i>乙',
        '<b style="font-size:0"><i style="font-size:9pt">甲明乙</i></b>',
        '甲<i style="background:#c00;color:#fff">明</i>乙',
        "<div style='background:#c00'><p>甲<b style='color:#fff'>明</b>乙</p></div>",
        "<body bgcolor=#222222>甲<font color=white>明</font>乙",
        "<style>.d{background:url(x.png)}</style>"
        "<div class=d>甲<b style='color:#fff'>明</b>乙</div>",
        "<link rel=stylesheet href=a.css>甲<b style='color:#fff'>明</b>乙",
        "<style>.q{display:none} .q.on{display:block}</style>"
        "甲<b class='q on'>明</b>乙",
        "<i style='color:#fff'><b style='color:red'>甲明乙</b></i>",
        "<p hidden style='display:block'>甲明乙</p>",
        "<p><style style='display:block'>甲明乙</style>",
        "<div><template shadowrootmode=open><p>甲明乙</p></template></div>",
        "<svg><defs><text id=a>甲明乙</text></defs><use href=#a></svg>",
        "<details open><summary>甲明乙</summary></details>",
        "甲<i style='font-size:.16rem'>明</i>乙",
        "<style>html{font-size:1px}</style>甲明乙",
        "<link rel=stylesheet href=a.css><ul style='font-size:0'><li>甲明乙</ul>",
        "<h1 style='background:linear-gradient(red,blue);-webkit-background-clip:text;"
        "color:transparent'>甲明乙</h1>",
        "<i style='color:transparent;text-shadow:0 0 0 #000'>甲明乙</i>",
        '甲<i style="color:#f00;font-size:12px;width:100%">明</i>乙',
        '甲<i style="font-size:16px;line-height:1.5">明</i>乙',
        '甲<i style="font-size:100%">明</i>乙',
        "<style media=print>.q{display:none}</style>甲<i class=q>明</i>乙",
        "<style>@media not all and (min-width:640px){.q{display:none}}</style>"
        "甲<i class=q>明</i>乙",
        r"<style>.a\[\'x\'\]{}.q{display:none}.q{display:inline}</style>"
        "甲<i class=q>明</i>乙",
        "<style media='(max-width:600px)'>.q{display:none}</style>"
        "甲<i class=q>明</i>乙",
        "<style>@media (max-width:600px){.q{display:none}}</style>"
        "甲<i class=q>明</i>乙",
        "<style>.q{display:none}@media (min-width:48em){.q{display:block}}</style>"
        "<b class=q>甲明乙</b>",
        "<style>.q{display:none!important}"
        "@media (min-width:1200px){.q{display:block!important}}</style>"
        "<b class=q>甲明乙</b>",
        "<body><noscript><style>.q{display:none}</style></noscript>"
        "甲<i class=q>明</i>乙",
        "<p style='margin-left:105.0pt;text-indent:-84.0pt'>甲明乙</p>",
        "<table><tr style='height:.5pt;overflow:hidden'>"
        "<td style='width:1px;overflow:hidden'>甲明乙</table>",
        "<style>.q{flex:1;width:0;overflow:hidden}</style><b class=q>甲明乙</b>",
        "<style>.q{opacity:0;animation:come 1s forwards}</style><b class=q>甲明乙</b>",
        "<style>.q{color:transparent;text-shadow:0 0 0 #000}</style>"
        "<h1 class=q>甲明乙</h1>",
        '甲<i style="font-size:1.2em;max-width:0">明</i>乙',
    ],
)
def test_what_is_seen_on_a_screen_stays(style):
    assert _read(style).text == "甲明乙"


@pytest.mark.parametrize(
    "style", ["visibility: hidden; opacity: 0", "opacity:0;transform:translateY(9px)"]
)
def test_a_block_that_waits_for_a_script_stays(style):
    page = f"<p>甲</p><div style='{style}'>文章的一段话，还很长。</div>"

    assert _read(page).text == "甲"
    assert _read(page + "<script></script>").text == "甲\n文章的一段话，还很长。"


def test_white_letters_are_told_only_if_the_ground_is_known():
    white = "<p>甲</p><style>.q{color:#fff}</style><p class=q>" + "明" * 100
    media = "<style>@media (min-width:1200px){.q{background:#036}}</style>"

    assert _read(white).unseen
    assert not _read("<style>@import 'a.css';</style>" + white).unseen
    assert not _read(media + white).unseen


@pytest.mark.parametrize("tag", ["p", "span", "section"])
def test_what_a_script_may_show_stays(tag):
    page = (
        "<style>.tab{display:none}</style><script src=tabs.js></script>"
        f"<p>甲</p><{tag} class=tab>第二页上的<b class=tab>一段话，</b>很长。</{tag}>"
    )

    document = _read(page)

    assert document.text.partition("\n")[2].startswith("第二页上的")
    assert document.text.endswith("很长。")


@pytest.mark.parametrize(
    "page",
    [
        "<style>" + "@" * 200_000 + "</style>甲",
        "<style>" + "a" * 200_000 + "</style>甲",
        "<style>.a{.b{color:red}background:url(" + "A" * 200_000 + ")}</style>甲",
        "<i style='font-size:" + "0" * 200_000 + "1'></i>甲",
        "<style>.k" + " div" * 5 + "{display:none}</style>" + "<div>" * 500 + "甲",
        "<style>.k" + " ~ b" * 5 + "{display:none}</style>" + "<b></b>" * 500 + "甲",
        "<style>:has(* * .k){display:none}</style>" + "<b><i>" * 1000 + "甲",
        "<style>" + ":nth-child(3n+2) a{display:none}" * 200 + "</style>"
        "" + "<b></b>" * 6000 + "甲",
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
        (("<br b=\">' <br b='>\" " * 45 + "'>\">") * 20, "max_attributes"),
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


def _in_words(element, times):
    return "<p>" + "".join(f"老渡{element}" for _ in range(times)) + "老渡</p>"


@pytest.mark.parametrize(
    "element",
    [
        "<i style='mask:url(#m)'>藏起</i>",
        "<i style='font-size:var(--z)'>藏起</i>",
        "<i style='animation:x'><b>藏起</b></i>",
        "<style>.q{filter:blur(9px)}</style><i class=q>藏起</i>",
    ],
)
def test_letters_in_a_style_between_letters_over_and_over_are_told(element):
    document = _read(_in_words(element, 9))

    assert document.text == "老渡藏起" * 9 + "老渡"
    assert [span.of(document.text) for _, span in document.unseen] == ["藏起"] * 9


@pytest.mark.parametrize(
    "page",
    [
        _in_words("<i style='mask:url(#m)'>藏起</i>", 8),
        _in_words("<i style='mask:url(#m)'>2025</i>", 20),
        _in_words("<b>明</b>", 20),
        _in_words("<i style='mask:url(#m)'>x</i>", 20),
        _in_words("<b style='color:red;font-family:a'>明</b>", 20),
        "<link rel=stylesheet href=a.css>" + _in_words("<a href=# class=k>明</a>", 20),
        "<style>.k{color:red}</style>" + _in_words("<i class=k>明</i>", 20),
        _in_words("各地要认真组织抓好贯彻落实<i style='mask:url(#m)'>明</i>", 20),
    ],
)
def test_words_that_stand_out_are_not_told(page):
    document = _read(page)

    assert not document.unseen
    assert not document.omissions


def test_classes_between_letters_are_told_if_their_style_is_elsewhere():
    page = "<link rel=stylesheet href=a.css>" + _in_words("<i class=q>藏</i>", 9)

    assert len(_read(page).unseen) == 9


def test_a_white_paragraph_on_white_is_told():
    document = _read("<p>甲</p><p style='color:#fff'>" + "藏起" * 60 + "</p>")

    assert [len(span) for _, span in document.unseen] == [120]


@pytest.mark.parametrize(
    "page",
    [
        "<bdo dir=rtl>起藏</bdo>",
        "<p style='direction:rtl;unicode-bidi:bidi-override'>起藏</p>",
        "<style>p{direction:rtl}.q{unicode-bidi:bidi-override}</style><p class=q>起藏",
        "<div dir=rtl><p style='unicode-bidi:isolate-override'>起藏</p></div>",
        "<div dir=rtl><p style='direction:inherit;unicode-bidi:bidi-override'>起藏"
        "</p></div>",
        "<style>@media (orientation:landscape){p{direction:rtl;"
        "unicode-bidi:bidi-override}}</style><p>起藏",
    ],
)
def test_letters_set_from_right_to_left_have_the_signs_that_say_so(page):
    assert _read(page).text == "\u202e起藏\u202c"


def test_letters_that_run_from_right_to_left_have_no_signs():
    assert _read("<bdo dir=rtl>שלום</bdo>").text == "שלום"


@pytest.mark.parametrize(
    "page",
    [
        "<style>p::before{content:'@'}</style><p>",
        "<style>@counter-style x{system:cyclic;symbols:'@'}</style>",
        "<li style='list-style-type:\"@\"'></li>",
        "<iframe src='data:text/html,@'></iframe>",
        '<img src="data:image/svg+xml,<svg><text>@</text></svg>">',
    ],
)
def test_text_that_is_shown_and_not_read_is_doubtful(page):
    told = _read("<p>甲</p>" + page.replace("@", "明" * 20))
    short = _read("<p>甲</p>" + page.replace("@", "明" * 19))

    assert told.omissions == (Omission("X113", 1, doubtful=True),)
    assert not short.omissions


def test_a_style_sheet_that_names_no_attribute_is_passed_over():
    assert _read("<style>p::after{content:attr(1a)}</style><p>甲</p>").text == "甲"


@pytest.mark.parametrize(
    "page",
    [
        "<noscript>@</noscript>",
        "<input placeholder='@'>",
        "<style>p::after{content:attr(data-x)}</style><p data-x='@'></p>",
    ],
)
def test_what_ordinary_pages_say_so_is_doubtful_if_it_is_long(page):
    told = _read("<p>甲</p>" + page.replace("@", "明" * 100))

    assert told.omissions == (Omission("X113", 1, doubtful=True),)
    assert not _read("<p>甲</p>" + page.replace("@", "明" * 99)).omissions
