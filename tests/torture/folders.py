"""Folders, names, indexes and settings that are made to break what reads them."""

import json
import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from detector.indexing import add
from tests.altered import alter
from tests.torture.case import PASSAGE, SOURCE, Case

_DRAFT = f"甲镇水利工作小结\n{PASSAGE}\n另有一段说明灌溉用水的情况，群众反映较好。\n"


def _against(corpus: str = "corpus") -> Sequence[str]:
    return "check", "draft.txt", "--corpus", corpus, "--format", "json"


def _corpus(folder: Path) -> Path:
    """Write a draft, and a corpus of one source."""
    (folder / "draft.txt").write_text(_DRAFT, "utf-8")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "source.txt").write_text(SOURCE, "utf-8")
    return corpus


def _beside(
    name: str,
    make: Callable[[Path], object],
    answer: str = "matches",
    seconds: int = 60,
) -> Case:
    """Return the case of a corpus in which something stands beside the source."""

    def made(folder: Path) -> Sequence[str]:
        make(_corpus(folder))
        return _against()

    return Case(name, made, answer, seconds)


def _named(name: str) -> Case:
    shown = os.fsencode(name)

    def make(corpus: Path) -> None:
        with open(os.path.join(os.fsencode(corpus), shown), "w") as file:  # noqa: PTH118, PTH123
            file.write(SOURCE + "又一稿。")

    return _beside(f"a name: {name[:40]!r}", make)


def _pipe(corpus: Path) -> None:
    os.mkfifo(corpus / "pipe.txt")


def _socket(corpus: Path) -> None:
    here = Path.cwd()
    os.chdir(corpus)  # names of sockets are short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("s.txt")
    finally:
        os.chdir(here)


def _deep(corpus: Path) -> None:
    here = Path.cwd()
    os.chdir(corpus)
    try:
        for _ in range(400):
            Path("深").mkdir()
            os.chdir("深")
        Path("x.txt").write_text(SOURCE + "深处的一稿。", "utf-8")
    finally:
        os.chdir(here)


def _changing(corpus: Path) -> None:
    file = corpus / "changing.txt"
    file.write_text(SOURCE * 99, "utf-8")

    def change() -> None:
        with suppress(FileNotFoundError):  # until the folder is gone
            for n in range(60):
                file.write_text(SOURCE * (n % 7), "utf-8")
                time.sleep(0.05)
                file.unlink()
                time.sleep(0.01)
                file.write_text(SOURCE, "utf-8")

    threading.Thread(target=change, daemon=True).start()


def _many(text: str, count: int) -> Callable[[Path], None]:
    def make(corpus: Path) -> None:
        for n in range(count):
            (corpus / f"{n:05}.txt").write_text(text, "utf-8")

    return make


def _linked(target: str) -> Callable[[Path], None]:
    return lambda corpus: (corpus / "link.txt").symlink_to(target)


def _outside(corpus: Path) -> None:
    secret = corpus.parent / "secret.txt"
    secret.write_text(SOURCE + "不在文件夹之内的一句。", "utf-8")
    (corpus / "link.txt").symlink_to(secret)


def _layout(text: str) -> Callable[[Path], object]:
    return lambda corpus: (corpus / "corpus.toml").write_text(text, "utf-8")


FOLDERS: Sequence[Case] = (
    _beside("a pipe", _pipe),
    _beside("a socket", _socket),
    _beside("a link to a device", _linked("/dev/zero")),
    _beside("a link to itself", _linked("link.txt")),
    _beside("a link to nothing", _linked("nothing.txt")),
    _beside("a link out of the folder", _outside),
    _beside("a link to the folder", lambda corpus: (corpus / "in").symlink_to(corpus)),
    _beside("a folder in a folder, 400 times", _deep),
    _beside("a folder called like a file", lambda c: (c / "a.txt").mkdir()),
    _beside("a file that changes", _changing, "matches|D302|D303"),
    _beside("three thousand equal files", _many(SOURCE, 3000)),
    _beside("two thousand empty files", _many("", 2000), "D303"),
    _beside(
        "a file larger than its limit",
        lambda c: os.truncate(_made(c / "a.txt"), 65 << 20),
        "D309",
    ),
    _beside(
        "a file with a hole of 8 GB",
        lambda c: os.truncate(_made(c / "a.txt"), 8 << 30),
        "D309",
    ),
    _beside(
        "a layout that goes back",
        _layout('layout = "{organisation}{year}{genre}{organisation}/{year}.txt"'),
        "D203|matches",
    ),
    _beside("a layout that is deep", _layout("x=" + "[" * 10**5), "D203"),
    _beside("a layout that is no TOML", _layout("\0"), "D203"),
    _beside("a layout that is a number", _layout("layout = " + "9" * 5000), "D203"),
    *map(
        _named,
        (
            "a\nb.txt",
            "a\r::error::b.txt",
            "\x1b[31mred\x1b]0;x\x07.txt",
            "\u202etxt.exe.txt",
            "::error file=x::y.txt",
            "-n.txt",
            "--help.txt",
            "$(id);`id`.txt",
            "<img src=x onerror=alert(1)>.txt",
            "=cmd|' ' !A0.txt",
            "[x](https:example).txt",
            "*?.txt",
            "\udcff\udcfe.txt",
            "长" * 83 + ".txt",
            " .txt",
        ),
    ),
)


def _made(file: Path) -> Path:
    file.write_text(SOURCE, "utf-8")
    return file


def _indexed(name: str, damage: Callable[[Path], object], answer: str = "D402") -> Case:
    """Return the case of an index that something was done to."""

    def make(folder: Path) -> Sequence[str]:
        corpus = _corpus(folder)
        add(folder / "index", [str(corpus)])
        damage(folder / "index")
        return _against("index")

    return Case(name, make, answer)


def _part(index: Path, kind: str) -> Path:
    return next(index.glob(f"*.{kind}"))


def _cut(kind: str) -> Callable[[Path], object]:
    return lambda index: os.truncate(_part(index, kind), 100)


def _headed(kind: str, header: object) -> Callable[[Path], None]:
    """Put another header before the arrays of a file of the same length."""

    def damage(index: Path) -> None:
        file = _part(index, kind)
        size = file.stat().st_size
        text = json.dumps(header).encode()
        data = b"DETECTOR" + struct.pack("<Q", len(text)) + text
        alter(file, data[:size].ljust(size, b"\0"))

    return damage


def _manifest(**facts: object) -> Callable[[Path], None]:
    def damage(index: Path) -> None:
        file = index / "manifest.json"
        file.write_text(json.dumps(json.loads(file.read_text()) | facts))

    return damage


def _array(**facts: object) -> dict[str, object]:
    return {"starts": {"type": "<u4", "shape": [1], "at": 0} | facts}


INDEXES: Sequence[Case] = (
    _indexed("an index as it was made", lambda index: None, "matches"),
    *(
        _indexed(f"{kind} that is cut", _cut(kind))
        for kind in ("seeds", "about", "texts")
    ),
    *(
        _indexed(f"{kind} that is lost", lambda i, k=kind: _part(i, k).unlink())
        for kind in ("seeds", "about", "texts")
    ),
    _indexed(
        "seeds that are a pipe",
        lambda i: (_part(i, "seeds").unlink(), os.mkfifo(i / "00000002-new0.seeds")),
        "D402|D301",
    ),
    _indexed("an array that is huge", _headed("seeds", _array(shape=[1 << 62]))),
    _indexed("an array that is negative", _headed("seeds", _array(shape=[-5]))),
    _indexed("an array at a negative place", _headed("seeds", _array(at=-64))),
    _indexed("an array of objects", _headed("seeds", _array(type="|O8"))),
    _indexed("an array that is no number", _headed("seeds", _array(shape="x"))),
    _indexed("a header that is a list", _headed("seeds", [1])),
    _indexed("a header that is deep", _headed("seeds", "[" * 900)),
    _indexed(
        "a manifest that is empty", lambda i: (i / "manifest.json").write_text("")
    ),
    _indexed(
        "a manifest that is deep",
        lambda i: (i / "manifest.json").write_text('{"format":' + "[" * 10**5),
    ),
    _indexed("a manifest that was altered", _manifest(generation=99)),
    _indexed(
        "a manifest of another version", _manifest(format="detector/index/9"), "D403"
    ),
    _indexed("a manifest of other rules", _manifest(settings={}), "D403"),
    _indexed(
        "a manifest that is somebody else's",
        lambda i: (i / "manifest.json").write_text("{}"),
        "D401|D402|D303|D310",
    ),
    _indexed("a lock that is held", lambda i: (i / "lock").write_text("x"), "matches"),
)


def _asked(
    name: str, file: str, text: str | bytes, call: Sequence[str], answer: str
) -> Case:
    def make(folder: Path) -> Sequence[str]:
        _corpus(folder)
        data = text.encode() if isinstance(text, str) else text
        (folder / file).write_bytes(data)
        return [*call, file]

    return Case(name, make, answer)


_CONFIGURED = "check", "draft.txt", "--format", "json", "--config"
_LIBRARY = "check", "draft.txt", "--format", "json", "--library"
_EXPLAIN = "explain", "m1", "--report"

SETTINGS: Sequence[Case] = (
    _asked(
        "a number beyond",
        "a.toml",
        "[alignment]\nevidence = " + "9" * 400,
        _CONFIGURED,
        "D201",
    ),
    _asked(
        "a number of 5,000 figures",
        "a.toml",
        "[alignment]\nevidence = " + "9" * 5000,
        _CONFIGURED,
        "D203",
    ),
    _asked("no number", "a.toml", "[alignment]\nevidence = nan", _CONFIGURED, "D201"),
    _asked("below zero", "a.toml", "[alignment]\nevidence = -1", _CONFIGURED, "D201"),
    _asked(
        "a limit of nothing", "a.toml", "[limits]\nmax_blocks = 0", _CONFIGURED, "D201"
    ),
    _asked("arrays in arrays", "a.toml", "x = " + "[" * 10**5, _CONFIGURED, "D203"),
    _asked("no TOML", "a.toml", b"\xff\xfe\0", _CONFIGURED, "D203"),
    _asked("a key that is none", "a.toml", "evidense = 1", _CONFIGURED, "D202"),
    _asked("a library that is none", "l.toml", "x = 1", _LIBRARY, "D204"),
    _asked("a library that is deep", "l.toml", "x = " + "[" * 10**5, _LIBRARY, "D204"),
    _asked("a report that is none", "r.json", "[]", _EXPLAIN, "D206"),
    _asked("a report that is deep", "r.json", "[" * 10**5, _EXPLAIN, "D206"),
    _asked(
        "a report with a number beyond",
        "r.json",
        '{"schema": ' + "9" * 5000 + "}",
        _EXPLAIN,
        "D206",
    ),
)

CASES = (*FOLDERS, *INDEXES, *SETTINGS)
