"""Files, folders and patterns name documents; nothing stops the rest."""

import os

import pytest

from detector.errors import (
    BinaryFileError,
    ConfigFileError,
    DamagedFileError,
    LimitError,
    MissingFileError,
    NothingToReadError,
    UnknownFormatError,
    UnreadableFileError,
)
from detector.formats import ReadLimits, load, plain
from detector.formats.folder import Layout, find_files, layout_of, load_found
from detector.model.document import Origin


@pytest.fixture
def corpus(tmp_path):
    names = (
        "乙镇/2024-述职.txt",
        "甲镇/2023-述职.txt",
        "甲镇/说明.TXT",
        "甲镇/README.md",
        "甲镇/.hidden.txt",
        "甲镇/~$2023.docx",
        "甲镇/表.xlsx",
        ".git/a.txt",
        "truth.jsonl",
    )
    for name in names:
        file = tmp_path / "库" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"内容 {name}", "utf-8")
    layout = 'layout = "{organisation}/{year}-{genre}"'
    (tmp_path / "库" / "corpus.toml").write_text(layout, "utf-8")
    return tmp_path / "库"


def _names(found, corpus):
    return [file.path.relative_to(corpus).as_posix() for file in found]


@pytest.mark.parametrize(
    ("below", "names"),
    [
        pytest.param(
            "",
            ["乙镇/2024-述职.txt", "甲镇/2023-述职.txt", "甲镇/说明.TXT"],
            id="a folder, to any depth",
        ),
        pytest.param("甲镇/2023-述职.txt", ["甲镇/2023-述职.txt"], id="a file"),
        pytest.param("甲镇/README.md", ["甲镇/README.md"], id="a file by its name"),
        pytest.param("*/*述职*", ["乙镇/2024-述职.txt", "甲镇/2023-述职.txt"], id="*"),
        pytest.param(
            "**/202?-*.txt", ["乙镇/2024-述职.txt", "甲镇/2023-述职.txt"], id="**"
        ),
    ],
)
def test_documents_are_found_in_order(corpus, below, names):
    found, errors = find_files([str(corpus / below)])

    assert (_names(found, corpus), errors) == (names, [])


def test_a_file_reached_twice_is_listed_once(corpus):
    file = str(corpus / "甲镇" / "说明.TXT")

    found, _ = find_files([file, str(corpus), file])

    assert len(found) == 3
    assert found[0].shown == file


@pytest.mark.parametrize(
    ("below", "error"),
    [
        pytest.param("没有.txt", MissingFileError, id="no such file"),
        pytest.param("**/*.pdf", NothingToReadError, id="a pattern of nothing"),
        pytest.param(".git", None, id="a hidden folder by its name"),
        pytest.param("甲镇/表.xlsx", UnknownFormatError, id="an unknown suffix"),
        pytest.param("\0", (UnreadableFileError, MissingFileError), id="impossible"),
    ],
)
def test_what_cannot_be_found_is_an_error_beside_the_others(corpus, below, error):
    found, errors = find_files([str(corpus / below), str(corpus / "甲镇")])

    assert found
    assert not errors if error is None else isinstance(errors[0], error)


def test_an_empty_folder_is_nothing_to_read(tmp_path):
    assert isinstance(find_files([str(tmp_path)])[1][0], NothingToReadError)


@pytest.mark.parametrize("suffix", [".doc", ".wps"])
def test_legacy_formats_are_to_be_saved_as_docx(tmp_path, suffix):
    file = tmp_path / f"a{suffix}"
    file.write_bytes(b"x")

    [error] = find_files([str(file)])[1]

    assert error.facts["known"] == ".docx"
    with pytest.raises(UnknownFormatError):
        load(file)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes need privileges there")
def test_links_that_lead_out_and_pipes_are_passed_over(corpus, tmp_path):
    (tmp_path / "outside.txt").write_text("外", "utf-8")
    (corpus / "link.txt").symlink_to(tmp_path / "outside.txt")
    (corpus / "all").symlink_to(tmp_path)
    os.mkfifo(corpus / "pipe.txt")

    found, _ = find_files([str(corpus), str(corpus / "**" / "*.txt")])

    assert len(found) == 3
    with pytest.raises(UnreadableFileError):
        load(corpus / "pipe.txt")


def test_one_bad_file_does_not_stop_the_others(corpus, monkeypatch):
    (corpus / "甲镇" / "坏.docx").write_bytes(b"PK")
    (corpus / "甲镇" / "图.txt").write_bytes(bytes(99))

    documents, errors = load_found(find_files([str(corpus)])[0])

    assert len(documents) == 3
    assert {type(error) for error in errors} == {DamagedFileError, BinaryFileError}


def test_what_a_library_raises_is_a_damaged_file(corpus, monkeypatch):
    def fail(data, path, limits):
        raise IndexError("list index out of range")

    monkeypatch.setattr(plain, "read", fail)

    with pytest.raises(DamagedFileError) as caught:
        load(corpus / "甲镇" / "说明.TXT", origin="说明")

    assert caught.value.facts["reason"] == "IndexError: list index out of range"
    assert caught.value.facts["path"] == "说明"


def test_a_file_above_the_limit_is_not_read(corpus):
    with pytest.raises(LimitError):
        load(corpus / "甲镇" / "说明.TXT", ReadLimits(max_file_bytes=3))


def test_the_layout_of_a_corpus_fills_the_origins(corpus):
    documents, _ = load_found(find_files([str(corpus)])[0])

    known = [(d.origin.organisation, d.origin.year, d.origin.genre) for d in documents]
    assert known == [("乙镇", "2024", "述职"), ("甲镇", "2023", "述职"), ("", "", "")]


def test_what_a_document_says_of_itself_is_stronger_than_its_path():
    layout = Layout.parse("{organisation}/{title}")

    origin = layout.fill(Origin("-", organisation="甲镇"), "乙镇/报告.v2.md")

    assert (origin.organisation, origin.title) == ("甲镇", "报告.v2")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("layout = ", id="no TOML"),
        pytest.param('layout = "{author}"', id="an unknown field"),
        pytest.param('layout = "{year}/{year}"', id="a field twice"),
        pytest.param('layout = "reports"', id="no field"),
        pytest.param("layout = 3", id="no text"),
        pytest.param('lay_out = "{year}"', id="an unknown key"),
    ],
)
def test_a_wrong_layout_is_one_error_and_stops_nothing(corpus, text):
    (corpus / "corpus.toml").write_text(text, "utf-8")

    documents, errors = load_found(find_files([str(corpus)])[0])

    assert len(documents) == 3
    assert [type(error) for error in errors] == [ConfigFileError]
    with pytest.raises(ConfigFileError):
        layout_of(corpus)


def test_a_folder_without_a_description_has_no_layout(tmp_path):
    assert layout_of(tmp_path) is None


def test_a_folder_that_cannot_be_read_does_not_stop_the_others(corpus, monkeypatch):
    closed = str(corpus / "乙镇")
    real = os.scandir

    def scandir(path):
        if str(path) == closed:
            raise PermissionError(13, "Permission denied", closed)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)

    found, errors = find_files([str(corpus)])

    assert {file.path.parent.name for file in found} == {"甲镇"}
    assert [type(error) for error in errors] == [UnreadableFileError]
    assert errors[0].facts["path"].endswith("乙镇")
