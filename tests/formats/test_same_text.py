"""The same report gives the same paragraphs in whatever format it was saved."""

import pytest

from detector.formats import load_bytes
from tests.formats.files import (
    blocks_of,
    make_docx,
    make_html,
    make_pdf,
    seed_paragraphs,
    squeeze,
)


def _text(paragraphs):
    return "\r\n".join(paragraphs).encode("gb18030")


@pytest.mark.parametrize(
    ("suffix", "make", "reader"),
    [
        pytest.param(".txt", _text, "txt", id="GB18030 text"),
        pytest.param(".docx", make_docx, "docx", id="docx"),
        pytest.param(".html", make_html, "html", id="html said to be gb2312"),
        pytest.param(".pdf", make_pdf, "pdf", id="pdf"),
    ],
)
def test_a_report_of_several_pages_in_every_format(suffix, make, reader):
    paragraphs = seed_paragraphs()

    document = load_bytes(make(paragraphs), "report" + suffix, suffix)

    found = blocks_of(document) or document.text.split("\r\n")
    assert document.origin.reader == reader
    assert [squeeze(p) for p in found] == [squeeze(p) for p in paragraphs]
    assert not any(omission.doubtful for omission in document.omissions)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(_text, id="text"),
        pytest.param(make_docx, id="docx"),
        pytest.param(make_html, id="html"),
        pytest.param(make_pdf, id="pdf"),
    ],
)
def test_standard_input_is_recognised_by_what_it_begins_with(make):
    paragraphs = ["一、总体要求", "各单位要高度重视，认真落实，确保取得实效。"]

    document = load_bytes(make(paragraphs), "-")

    assert squeeze("".join(paragraphs)) in squeeze(document.text)
