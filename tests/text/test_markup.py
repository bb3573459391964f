"""What a reader of the page does not see is no part of what is counted."""

import pytest

from detector.model.document import Document, Origin
from detector.prepared import Prepared
from detector.text.markup import find_markup


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("<b>坚</b><b>持</b>", "坚持", id="tags"),
        pytest.param("[坚](#a)[持](http://x.example/y '题')", "坚持", id="links"),
        pytest.param("<ruby>坚<rt>jiān</rt></ruby>持", "坚持", id="readings"),
        pytest.param(f"<rt>{'坚持' * 9}</rt>", "坚持" * 9, id="text for a reading"),
        pytest.param("坚<!-- x某 -->持", "坚持", id="a short comment"),
        pytest.param("<!-- 坚持 -->" * 9, "", id="short comments"),
        pytest.param(f"<!-- {'坚持' * 30} -->", "坚持" * 30, id="text in a comment"),
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


def test_in_a_plain_text_everything_is_text():
    assert not list(find_markup(Document("<b>坚</b>", Origin("a.txt", reader="txt"))))
