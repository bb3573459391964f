"""What a reader of the page does not see is no part of what is counted."""

import pytest

from detector.formats import load_bytes
from detector.model.document import Document, Origin
from detector.prepared import Prepared
from detector.text.markup import find_markup
from detector.text.rules import normalize
from detector.text.units import count_units


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("<b>坚</b><b>持</b>", "坚持", id="tags"),
        pytest.param("[坚](#a)[持](http://x.example/y '题')", "坚持", id="links"),
        pytest.param("<ruby>坚<rt>jiān</rt></ruby>持", "坚持", id="readings"),
        pytest.param(f"<rt>{'坚持' * 9}</rt>", "坚持" * 9, id="text for a reading"),
        pytest.param("坚<!-- x某 -->持", "坚持", id="a short comment"),
        pytest.param("<!-- 坚持 -->" * 9, "", id="short comments"),
        pytest.param(f"<!-- {'坚持' * 30} -->持", "持", id="a long comment"),
        pytest.param("坚<!-- a>\nb -->持<!-->", "坚持", id="comments of lines"),
        pytest.param("坚<!-- 持", "坚持", id="a comment without an end"),
        pytest.param("坚<?枣 枣?>持<![CDATA[枣]]><!A 枣>", "坚持", id="instructions"),
        pytest.param("坚<b title='>枣'></b>持", "坚持", id="a tag with a sign"),
        pytest.param("<p 坚持>", "p坚持", id="no tag"),
        pytest.param(r"\<b>坚\</b>", "b坚b", id="escaped tags"),
        pytest.param("`<b>坚` ``[`持](行)``", "b坚持行", id="code"),
        pytest.param("`` <b>坚</b> `", "坚", id="code without an end"),
        pytest.param(r"\[坚\](持)", "坚持", id="an escaped link"),
        pytest.param("坚](持)", "坚持", id="no link"),
        pytest.param("[[坚](a)](持)", "坚持", id="a link within another"),
        pytest.param("[![坚](a)](b)", "坚", id="a picture that leads on"),
        pytest.param("[坚](<枣 枣>)[持](枣(枣(枣)))", "坚持", id="where links lead"),
        pytest.param(r'[坚](x (枣))[持](x "枣\"枣")', "坚持", id="titles of links"),
        pytest.param("[坚][枣 枣]\n\n[枣  枣]: /x", "坚枣枣x", id="labels"),
        pytest.param("[坚][持]", "坚持", id="labels of nothing"),
        pytest.param("坚[^持续推进]", "坚持续推进", id="a note of nothing"),
        pytest.param("坚[^枣]\n\n[^枣]: 持", "坚枣持", id="a note"),
        pytest.param("<sub>坚持</sub>H<sub>2</sub>O", "坚持H2O", id="low letters"),
        pytest.param("10<sup>3</sup>", "103", id="powers"),
        pytest.param("<rt>坚持</rt><rt>到底</rt>", "坚持到底", id="no readings"),
        pytest.param("<s>坚持</s><s>到底</s>", "坚持到底", id="all struck out"),
        pytest.param('<b title="a hidden b">坚持</b>', "坚持", id="called hidden"),
        pytest.param('<b data-x="display:none">坚</b>', "坚", id="called a style"),
        pytest.param(
            '<img src="枣" alt="坚持到底不放松一刻也不停">',
            "坚持到底不放松一刻也不停",
            id="what stands for a picture",
        ),
        pytest.param("坚<span hidden><b>枣</b></span>持", "坚持", id="hidden elements"),
        pytest.param(
            "坚<i hidden>枣<i>枣</i>枣</i>持", "坚持", id="elements of one name"
        ),
        pytest.param(
            "<i style='font-size:0'><b style='font-size:9pt'>坚</b></i>",
            "坚",
            id="shown again",
        ),
        pytest.param("坚<i hidden>持", "坚持", id="hidden without an end"),
        pytest.param(
            "坚<i hidden>持\n\n行</i>", "坚持行", id="hidden until a blank line"
        ),
        pytest.param("坚<template>枣</template>持", "坚持", id="templates"),
        pytest.param("坚<i hidden>噪</i>持", "坚持", id="hidden"),
        pytest.param('坚<i style="display:none">噪</i>持', "坚持", id="not shown"),
        pytest.param("坚<del>噪</del>持<sup>1</sup>[^2]", "坚持", id="asides"),
        pytest.param("坚&thinsp;持&ic;&#8203;", "坚持", id="references to signs"),
        pytest.param(r"$\text{坚}\text{持}$", "坚持", id="formulas"),
        pytest.param("坚:a:持", "坚持", id="pictures by name"),
        pytest.param("AT&T;与10:30:00", "ATT与103000", id="no markup"),
        pytest.param("1 < 2 且 3 > 2", "12且32", id="comparisons"),
        pytest.param("甲(乙)", "甲乙", id="brackets"),
    ],
)
def test_markup_is_not_counted(text, kept):
    units = Prepared(Document(text, Origin("a.md", reader="md"))).units

    spans = zip(units.starts.tolist(), units.ends.tolist(), strict=True)
    assert "".join(text[start:end] for start, end in spans) == kept


PAGE = """[坚]: /x "枣枣"

```枣枣
<b>持</b> [a]: /x
```

<div>
[到](底)
</div>

<div style="display:none">

枣枣枣枣枣枣枣枣枣枣枣枣

</div>

<style>
枣枣枣枣枣枣枣枣枣枣枣枣枣枣
</style>
"""


def test_code_and_elements_between_paragraphs_are_what_a_page_shows():
    document = load_bytes(PAGE.encode(), "a.md", ".md")
    shown = count_units(normalize(PAGE), find_markup(document))

    assert shown.text.replace("\ufffc", "a") == "a持aaa到底"
    assert [(one.code, one.count) for one in document.omissions] == [("X102", 12)]


def test_in_a_plain_text_everything_is_text():
    assert not list(find_markup(Document("<b>坚</b>", Origin("a.txt", reader="txt"))))
