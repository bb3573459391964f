"""Proper names by their endings, and those that are known."""

import pytest

from detector.text.names import find_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("北京津冀", ["北京"], id="known names do not overlap"),
        pytest.param(
            "北京市和京津冀地区", ["北京市", "京津冀"], id="known, with ending"
        ),
        pytest.param("到内蒙古考察", ["内蒙古"], id="of three characters"),
        pytest.param("吉林农场的同志", ["吉林农场"], id="a word out of order in jieba"),
        pytest.param("国务院国资委", ["国务院国资委"], id="the longest that is known"),
        pytest.param("在农村和全县", [], id="words"),
        pytest.param("a村", [], id="no Chinese character before the ending"),
        pytest.param("村", [], id="nothing before the ending"),
    ],
)
def test_names(text, names):
    assert [text[one.start : one.end] for one in find_names(text)] == names
