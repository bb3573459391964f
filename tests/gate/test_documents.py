"""Which files are documents, whatever they are called."""

import pytest

from detector.gate.documents import Names, is_prose, twins
from detector.gate.git import File

NAMES = Names([".md", ".txt", ".docx"])
CHINESE = "今年修路三公里，架桥两座，通水四十户，补种树苗一千二百株。" * 8
ENGLISH = "The bridge was mended in May and the ferry runs again. " * 15
CODE = "def main():\n    # 读取文件\n    return open('x').read()\n" * 60


@pytest.mark.parametrize(
    ("data", "prose"),
    [
        pytest.param(CHINESE.encode(), True, id="utf-8"),
        pytest.param(CHINESE.encode()[:-1], True, id="cut within a character"),
        pytest.param(CHINESE.encode("gb18030"), True, id="gb18030"),
        pytest.param(CHINESE.encode("utf-16"), True, id="utf-16"),
        pytest.param(ENGLISH.encode(), True, id="english"),
        pytest.param(CODE.encode(), False, id="code"),
        pytest.param("短。".encode(), False, id="too short to tell"),
        pytest.param(bytes(range(256)) * 40, False, id="binary"),
        pytest.param(b"", False, id="nothing"),
        pytest.param(("1,2,3.5,甲\n" * 200).encode(), False, id="a table"),
    ],
)
def test_prose_is_told_from_code_and_data(data, prose):
    assert is_prose(data) is prose


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.py", CODE.encode()),
        ("messages.toml", CHINESE.encode()),
        ("LICENSE", ENGLISH.encode()),
        ("table.xlsx", b"PK\x03\x04rest"),
        ("old.xls", bytes.fromhex("D0CF11E0A1B11AE1")),
        ("picture.png", bytes(range(256))),
        ("Makefile", b"all:\n\tcc x.c\n"),
        ("a.md", CHINESE.encode()),
    ],
)
def test_what_is_no_document_or_has_a_reader_is_not_refused(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)

    assert NAMES.refused(tmp_path, File(name, "100644", "")) is None


def test_a_link_between_other_files_is_no_matter(tmp_path):
    (tmp_path / "tool").write_text("x")
    (tmp_path / "run").symlink_to("tool")

    assert NAMES.refused(tmp_path, File("run", "120000", "")) is None


def test_twins_are_told_for_what_changed_only():
    paths = ["a/总结.md", "A/总结.md", "b.md", "B.MD", "c.md"]

    found = [e.facts for e in twins(paths, frozenset({"A/总结.md", "c.md"}))]

    assert found == [{"path": "A/总结.md", "other": "a/总结.md"}]
