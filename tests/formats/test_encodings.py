"""A text is decoded as it was written, or the doubt is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import BinaryFileError, EmptyFileError
from detector.formats import load_bytes
from detector.formats.encodings import decode
from detector.messages import say

NOTICE = "关于开展专项检查工作的通知，各单位要认真组织学习。"
TRADITIONAL = "關於開展專項檢查工作的通知，各單位應當認真組織學習。"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        pytest.param(NOTICE, "utf-8", "utf-8", id="UTF-8"),
        pytest.param(NOTICE, "utf-8-sig", "utf-8-sig", id="UTF-8 with a mark"),
        pytest.param(NOTICE, "gb18030", "gb18030", id="GB18030"),
        pytest.param(NOTICE, "gb2312", "gb18030", id="GB2312"),
        pytest.param("经济发展", "gbk", "gb18030", id="four characters"),
        pytest.param("2021年\t35.6\t12\n" * 9, "gbk", "gb18030", id="a table"),
        pytest.param("朱镕基、㐀、𠀀" + NOTICE, "gb18030", "gb18030", id="rare"),
        pytest.param(TRADITIONAL, "big5", "big5", id="Big5"),
        pytest.param("\ufeff" + NOTICE, "utf-16-le", "utf-16-le", id="UTF-16 LE"),
        pytest.param("\ufeff" + NOTICE, "utf-16-be", "utf-16-be", id="UTF-16 BE"),
        pytest.param(NOTICE, "utf-16-le", "utf-16-le", id="UTF-16 without a mark"),
        pytest.param("Plain text", "utf-16-be", "utf-16-be", id="Latin as UTF-16"),
        pytest.param("plain", "ascii", "utf-8", id="ASCII"),
        pytest.param("Le café est fermé à midi", "cp1252", "cp1252", id="accents"),
    ],
)
def test_an_encoding_is_recognised(text, codec, name):
    assert decode(text.encode(codec), "a.txt") == (text.lstrip("\ufeff"), name, [])


@pytest.mark.parametrize(
    ("data", "encoding", "count"),
    [
        pytest.param(
            (NOTICE * 9).encode()[:-1], "utf-8", 1, id="UTF-8 cut in a character"
        ),
        pytest.param(
            (NOTICE * 9).encode() + b"\xff" + NOTICE.encode(),
            "utf-8",
            1,
            id="UTF-8 with one bad byte",
        ),
        pytest.param(
            (NOTICE * 9).encode("gbk")[:-1], "gb18030", 1, id="GBK cut in a character"
        ),
    ],
)
def test_what_cannot_be_decoded_is_counted_and_doubtful(data, encoding, count):
    text, name, [omission] = decode(data, "a.txt")

    assert (name, omission.count, omission.detail) == (encoding, count, encoding)
    assert omission.doubtful
    assert text.count("\ufffd") == count
    assert encoding in say(omission.code, "zh", count=count, detail=omission.detail)


def test_a_replacement_character_of_the_file_itself_is_no_doubt():
    assert decode((NOTICE + "\ufffd").encode(), "a.txt")[2] == []


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_never_taken_for_anything_else(text):
    data = (text + NOTICE).encode()

    assert decode(data, "a.txt")[0] == (text + NOTICE).removeprefix("\ufeff")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data):
    try:
        text, _, _ = decode(data, "a.txt")
    except (BinaryFileError, EmptyFileError):
        return
    assert text.strip()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"", EmptyFileError, id="no bytes"),
        pytest.param(b" \r\n\t\n", EmptyFileError, id="white space"),
        pytest.param(b"\xef\xbb\xbf", EmptyFileError, id="only a mark"),
        pytest.param("　\n".encode("gbk"), EmptyFileError, id="wide spaces"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(40), BinaryFileError, id="a picture"),
        pytest.param(bytes(range(32)) * 4 + b"x", BinaryFileError, id="controls"),
    ],
)
def test_what_is_no_text_is_refused(data, error):
    with pytest.raises(error):
        decode(data, "a.txt")


def test_plain_text_keeps_its_line_ends_and_needs_no_blocks():
    document = load_bytes("甲\r\n乙\r丙\n".encode(), "a.txt", ".txt")

    assert document.text == "甲\r\n乙\r丙\n"
    assert document.blocks == ()
    assert document.line_and_column(document.text.index("丙")) == (3, 1)
