"""Which files are documents, whatever they are called."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest

from detector.gate import disguise
from detector.gate.disguise import is_prose
from detector.gate.documents import Names, twins
from detector.gate.git import File
from tests.formats.files import make_docx

NAMES = Names([".md", ".txt", ".docx"])
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
CHINESE = "今年修路三公里，架桥两座，通水四十户，补种树苗一千二百株。" * 8
ENGLISH = "The bridge was mended in May and the ferry runs again. " * 15
CODE = "def main():\n    # 读取文件\n    return open('x').read()\n" * 60


def gzipped(data):
    """Return the same bytes at any time: they are in the names of tests."""
    return gzip.compress(data, mtime=0)


def packed(name, text=CHINESE):
    """Return a tar archive of one file, with gzip."""
    archived = io.BytesIO()
    with tarfile.open(fileobj=archived, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(text.encode())
        archive.addfile(member, io.BytesIO(text.encode()))
    return gzipped(archived.getvalue())


def without_mark(packed_):
    """Return a tar archive as the seventh Unix had it, unpacked."""
    data = bytearray(gzip.decompress(packed_))
    data[257:265] = bytes(8)
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    return bytes(data)


def zipped(**members):
    archived = io.BytesIO()
    with zipfile.ZipFile(archived, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return archived.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "looks"),
    [
        ("a.tar.gz", packed("云岭乡.md"), ".tar"),
        ("a.tgz", packed("云岭乡.doc"), ".tar"),
        ("a.dat", packed("inner.zip"), ".tar"),
        ("a.gz", gzipped(CHINESE.encode()), ".gz"),
        ("a.bz2", bz2.compress(CHINESE.encode()), ".gz"),
        ("a.xz", lzma.compress(CHINESE.encode()), ".gz"),
        ("a.bak", b"BZh\n" + CHINESE.encode(), ".txt"),
        ("a.bak", b"\xfd7zXZ\x00" + CHINESE.encode(), ".txt"),
        ("a.bak", b"\x1f\x8b\x08" + CHINESE.encode(), ".txt"),
        ("a.bak", b"PK\x03\x04" + CHINESE.encode(), ".txt"),
        ("a.bak", CHINESE.encode()[:255] + b"  ustar\n" + CHINESE.encode(), ".txt"),
        ("a.bin", gzipped(without_mark(packed("a.docx"))), ".tar"),
        ("a.bin", without_mark(packed("a.docx")), ".tar"),
        ("a.gz", gzipped(CHINESE.encode())[:-1], ".gz"),
        ("a.gz", gzipped(ENGLISH.encode())[:-9], ".gz"),
        ("a.gz", gzipped(CHINESE.encode()) + b"garbage", ".gz"),
        ("a.bz2", bz2.compress(CHINESE.encode()) + b"garbage", ".gz"),
        ("a.tgz", packed("report.md")[:-1], ".tar"),
        ("a.tgz", packed("report.md") + b"garbage", ".tar"),
        ("a.tgz", packed("report.md")[:-8] + bytes(8), ".tar"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c rest", ".7z"),
        ("a.zip", zipped(inner_zip=b"PK"), ".zip"),
        ("b.zip", zipped(old_doc=b"x"), ".zip"),
        ("sheet.xlsx", make_docx([CHINESE]), ".docx"),
        ("sheet.xls", OLE + "WordDocument".encode("utf-16-le"), ".doc"),
        ("a.dat", b"\n" * (1 << 20) + CHINESE.encode(), ".txt"),
        ("a.dat", f"{CHINESE}\n".encode("utf-16-le"), ".txt"),
        ("a.dat", f"{CHINESE}\n".encode("utf-16-be"), ".txt"),
        ("a.csv", CHINESE.encode(), ".txt"),
        ("a.log", CHINESE.encode() + b"\xff" + CHINESE.encode(), ".txt"),
        ("a.log", CHINESE.encode() + b"\0", ".txt"),
        ("a.xml", b'<?mso-application progid="Word.Document"?><w/>', ".doc"),
        ("a.xlsx", zipped(content_xml=b"<x/>"), ".odt"),
        ("a.sh", b"#!/bin/sh\n" + zipped(report_md=CHINESE), ".zip"),
        ("a.gz", gzipped(gzipped(CHINESE.encode())), ".gz"),
        ("a.xml", CHINESE.encode(), ".txt"),
        ("a.py", (ENGLISH * 4).encode(), ".txt"),
        ("LICENSE", CHINESE.encode(), ".txt"),
    ],
)
def test_a_document_is_known_whatever_it_is_called(tmp_path, name, data, looks):
    (tmp_path / name).write_bytes(data)

    refused = NAMES.refused(tmp_path, File(name, "100644", ""))

    assert refused
    assert refused.facts["looks"] == looks


@pytest.mark.parametrize(
    "kind", [tarfile.REGTYPE, tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME]
)
def test_an_archive_that_does_not_end_is_refused(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(disguise, "_MOST_UNPACKED", 1 << 23)
    with bz2.open(tmp_path / "a.tar.bz2", "wb") as file:
        member = tarfile.TarInfo("code.bin")
        member.type = kind
        member.size = 1 << 30
        file.write(member.tobuf())
        for _ in range(9):
            file.write(bytes(1 << 20))

    refused = NAMES.refused(tmp_path, File("a.tar.bz2", "100644", ""))

    assert refused
    assert refused.facts["looks"] == ".tar"


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
        (
            "messages.toml",
            b"".join(f'k{n} = "{CHINESE[:20]}"\n'.encode() for n in range(30)),
        ),
        (
            "table.csv",
            "".join(f"{n},河湾镇,修路,{n}公里\n" for n in range(99)).encode(),
        ),
        ("LICENSE", b"Copyright. " + ENGLISH.encode()),
        ("code.tar.gz", packed("main.py")),
        ("tool.whl", zipped(README_md=CHINESE)),
        ("data.gz", gzipped(bytes(range(256)) * 9)),
        ("broken.gz", gzipped(CODE.encode())[:-9]),
        ("broken.tar", bytes(257) + b"ustar" + bytes(99)),
        ("table.xlsx", b"PK\x03\x04rest"),
        ("old.xls", OLE),
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
