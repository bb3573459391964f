"""Files that hang, crash or take all memory end nothing but the process that reads."""

import time

import pytest

from detector import loading
from detector.errors import CrashedFileError, DamagedFileError, LimitError, OptionError
from detector.formats.limits import ReadLimits
from detector.loading import Loader
from tests.formats.files import make_docx, make_html, make_pdf

TEXT = ["水库大坝除险加固通过验收，下游三个村的灌溉用水得到保障，群众反映较好。"]


@pytest.mark.parametrize(
    ("make", "suffix"), [(make_docx, ".docx"), (make_html, ".html"), (make_pdf, ".pdf")]
)
def test_what_is_read_apart_is_what_is_read_here(make, suffix, monkeypatch):
    data = make(TEXT)
    here = loading.load_here(data, f"a{suffix}", suffix)
    monkeypatch.setattr(loading, "_LITTLE", 0)
    with Loader() as loader:
        assert loader.load_bytes(data, f"a{suffix}", suffix) == here
        assert loader.load_bytes(data, f"a{suffix}") == here


def test_a_little_archive_of_much_is_read_apart(monkeypatch):
    many, few = make_docx([f"{n}{TEXT[0]}" for n in range(9000)]), make_docx(TEXT)
    assert len(many) < 1 << 16
    here = loading.load_here(many, "many.docx", ".docx")
    monkeypatch.setattr(loading, "load_here", None)
    with Loader() as loader:
        assert loader.load_bytes(many, "many.docx") == here
        with pytest.raises(TypeError):
            loader.load_bytes(few, "few.docx")


def test_an_archive_of_another_version_is_refused():
    data = bytearray(make_docx(TEXT))
    data[data.index(b"PK\x01\x02") + 6] = 99
    with Loader() as loader, pytest.raises(DamagedFileError, match=r"a\.docx"):
        loader.load_bytes(bytes(data), "a.docx", ".docx")


def test_what_cannot_be_read_is_told_as_ever():
    with Loader() as loader, pytest.raises(DamagedFileError, match=r"a\.pdf"):
        loader.load_bytes(b"%PDF-1.7 " * 9, "a.pdf", ".pdf")


def test_what_takes_too_long_is_ended_and_the_next_is_read():
    """Elements in elements take a parser the square of their number."""
    limits = ReadLimits(max_read_seconds=1.5, max_depth=10**9)
    began = time.monotonic()
    with Loader(limits) as loader:
        with pytest.raises(LimitError, match="max_read_seconds"):
            loader.load_bytes(b"<div>" * 10**6, "deep.html", ".html")
        assert time.monotonic() - began < 60
        began = time.monotonic()
        with pytest.raises(LimitError, match="max_read_seconds"):
            loader.load_bytes(b"<p>" + b"<div>" * 10**6, "again.html", ".html")
        assert time.monotonic() - began < 60  # its own time, and no longer
        read = loader.load_bytes(make_pdf(TEXT), "a.pdf", ".pdf")
    assert TEXT[0] in read.text


@pytest.mark.skipif("sys.platform != 'linux'", reason="bounds memory on Linux only")
def test_what_takes_too_much_memory_is_ended_and_the_next_is_read():
    limits = ReadLimits(
        max_read_memory=200 << 20, max_read_seconds=600, max_blocks=10**9
    )
    with Loader(limits) as loader:
        with pytest.raises((LimitError, CrashedFileError, DamagedFileError)):
            loader.load_bytes("<p>一\n".encode() * 300_000, "wide.html", ".html")
        assert loader.load_bytes(make_pdf(TEXT), "a.pdf", ".pdf").text


@pytest.mark.parametrize("value", [0, -1, float("nan")])
def test_a_limit_that_lets_nothing_through_is_refused(value):
    with pytest.raises(OptionError, match="max_read_seconds"):
        ReadLimits(max_read_seconds=value)


def test_a_process_that_reads_has_memory_enough_to_say_that_it_has_not():
    with pytest.raises(OptionError, match="max_read_memory"):
        ReadLimits(max_read_memory=100_000_000)
