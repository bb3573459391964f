"""The pieces of a passage lose no character of either side's wording."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.model.document import Document
from detector.model.span import Span
from tests.reporters.builders import match

texts = st.text(alphabet="甲乙丙，。 \n", max_size=30).map(lambda text: f"始{text}终")


def between(draft, source):
    ours, theirs = Document.from_text(draft), Document.from_text(source)
    return match(ours, Span(0, len(draft)), theirs, Span(0, len(source)))


@pytest.mark.parametrize(
    ("source", "draft", "expected"),
    [
        pytest.param(
            "服务经济发展，自我加压",
            "服务全社区发展，自我加压",
            "服务[-经济-]{+全社区+}发展，自我加压",
            id="a replacement, the comma kept",
        ),
        pytest.param(
            "不由地产生想法", "产生了想法", "产生{+了+}想法", id="an insertion"
        ),
        pytest.param(
            "压实领导责任，抓好落实",
            "压实责任、抓好落实",
            "压实[-领导-]责任、抓好落实",
            id="an omission, the draft's punctuation",
        ),
        pytest.param("层层压实责任", "层层压实责任", "层层压实责任", id="verbatim"),
    ],
)
def test_differences_are_marked_without_colour(source, draft, expected):
    assert between(draft, source).diff() == expected


@given(texts, texts)
def test_what_is_not_deleted_is_the_passage_of_the_draft(draft, source):
    found = between(draft, source)

    pieces = found.differences()

    assert "".join(p.text for p in pieces if p.change != "delete") == found.draft.text
    assert all(a.change != b.change for a, b in pairwise(pieces))
