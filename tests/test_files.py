"""A file is written whole, or stays as it was."""

import os
import subprocess
import sys

import pytest

from detector.errors import OutputError
from detector.files import write_whole

posix = pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")


def test_it_takes_the_place_of_the_one_before(tmp_path):
    file = tmp_path / "a.json"
    for text in (b"first", b"second"):
        write_whole(file, text)
        assert file.read_bytes() == text
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_what_fails_leaves_what_was_there_and_nothing_else(
    tmp_path, monkeypatch, moment
):
    file = tmp_path / "a.json"
    file.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(os, moment, full)
    with pytest.raises(OutputError, match="no space left"):
        write_whole(file, b"new")

    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


@posix
def test_a_link_stays_one_and_modes_are_kept(tmp_path):
    file, link = tmp_path / "a.json", tmp_path / "b.json"
    file.write_bytes(b"old")
    file.chmod(0o600)
    link.symlink_to(file)

    write_whole(link, b"new")

    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o600


@posix
def test_what_is_no_file_is_written_to():
    write_whole(os.devnull, b"nothing stays")

    assert not os.path.isfile(os.devnull)  # noqa: PTH113


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(OutputError):
        write_whole(tmp_path, b"")


@posix
def test_a_pipe_and_what_leads_to_it_are_written_to(tmp_path):
    (tmp_path / "link").symlink_to("/dev/stdout")
    for path in ("/dev/stdout", tmp_path / "link"):
        code = (
            f"from detector.files import write_whole; write_whole({str(path)!r}, b'hi')"
        )

        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=False
        )

        assert (done.stdout, done.stderr) == (b"hi", b"")
