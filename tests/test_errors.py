"""Errors are worded whole in the language of their reader, reasons included."""

import errno
import os
import pickle

import pytest

from detector.errors import OutputError, Reason, os_reason, reason_of
from detector.messages import LANGUAGES, catalogue


def test_a_reason_is_worded_with_the_error_that_it_is_of():
    error = OutputError(path="a.json", reason=os_reason(errno.ENOSPC))

    assert error.in_language("zh") == "D311 无法写入 a.json：磁盘空间不足"
    assert str(error) == "D311 cannot write a.json: no space left on the disk"


def test_a_reason_comes_home_from_another_process():
    error = OutputError(path="a", reason=Reason("W-line", number=3))

    assert pickle.loads(pickle.dumps(error)).in_language("zh").endswith("第 3 行")


def test_what_the_system_says_and_we_do_not_is_said_as_it_says_it():
    assert os_reason(errno.EXDEV) == os.strerror(errno.EXDEV)
    assert os_reason(OSError(errno.EXDEV, "odd")) == "odd"
    assert os_reason(ValueError("odd")) == "ValueError"


def test_the_reason_that_an_error_was_raised_with():
    assert reason_of(ValueError(Reason("W-id"))).in_language("zh") == "有模板没有 id"
    assert reason_of(ValueError("line 3")) == "line 3"
    assert reason_of(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "")) == "not UTF-8"
    assert reason_of(ValueError()) == "ValueError"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_system_that_is_worded_is_one(language):
    codes = {name for name in catalogue(language) if name.startswith("OS-")}

    assert codes
    assert codes <= {f"OS-{name}" for name in errno.errorcode.values()}
