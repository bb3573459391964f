"""Everything that reads what others have written, to be given any bytes at all.

Nothing but an error of ours may be raised. What a reader calls a damaged file because
of an exception in our own code is a finding, too: it was not foreseen. What was
found once is in `tests/torture/found`, and tried by the tests.
"""

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from detector.errors import DamagedFileError, DetectorError
from detector.formats.limits import ReadLimits

Try = Callable[[bytes], None]
FOUND = Path(__file__).parent / "found"
_LIMITS = ReadLimits(max_archive_bytes=4 << 20, max_member_bytes=4 << 20)
_SAMPLE = (
    "一、存在问题\n学习不够深入，全年集中学习12次。\n二、下步打算\n（一）抓好整改。\n"
)


def read(suffix: str) -> Try:
    """Return what reads bytes as a file of a format."""

    def run(data: bytes) -> None:
        from detector.formats import load_bytes

        try:
            load_bytes(data, f"a{suffix}", suffix, _LIMITS)
        except DamagedFileError as error:
            _is_foreseen(error)

    return run


def _is_foreseen(error: BaseException) -> None:
    """Raise what is behind an error, if it came from code of ours."""
    behind = error.__cause__
    trace = behind.__traceback__ if behind else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    # `raise … from` names what was foreseen: it was caught where it is named.
    caught = error.__traceback__
    while caught and caught.tb_next:
        caught = caught.tb_next
    ours = trace and f"{os.sep}detector{os.sep}" in trace.tb_frame.f_code.co_filename
    wrapped = caught and caught.tb_frame.f_code.co_name == "load_bytes"
    if behind and ours and wrapped:
        raise behind


def docx_member(data: bytes) -> None:
    """Read a Word document whose XML is the input."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", data)
        archive.writestr("word/styles.xml", data[len(data) // 2 :])
    read(".docx")(file.getvalue())


def index(data: bytes) -> None:
    """Open an index of which one file is the input, and ask it for all it has."""
    from detector.store.index import Index, find_damage

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = _index_files()
        chosen = sorted(kept)[data[0] % len(kept)] if data else sorted(kept)[0]
        for file, (content, modified) in kept.items():
            (folder / file).write_bytes(data[1:] if file == chosen else content)
            os.utime(folder / file, ns=(modified, modified))
        for _ in find_damage(folder):
            pass
        opened = Index.open(folder)
        for number in range(min(len(opened), 9)):
            opened.about(number)
            opened.document(number)
            opened.units(number)
        _ = opened.organisations, opened.ids, opened.marks, opened.has_text


_KEPT: dict[str, tuple[bytes, int]] = {}


def _index_files() -> Mapping[str, tuple[bytes, int]]:
    """Return the files of an index, and when each was written."""
    if not _KEPT:
        from detector.indexing import add

        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "a.txt").write_text(_SAMPLE, "utf-8")
            (Path(name) / "b.txt").write_text(_SAMPLE * 2, "utf-8")
            add(Path(name) / "i", [f"{name}/a.txt", f"{name}/b.txt"])
            files = (Path(name) / "i").iterdir()
            for file in files:
                _KEPT[file.name] = file.read_bytes(), file.stat().st_mtime_ns
            _KEPT.pop("lock", None)
    return _KEPT


def library(data: bytes) -> None:
    """Read a library of templates."""
    from detector.formats.library import load_library

    _of_file("l.toml", data, load_library)


def layout(data: bytes) -> None:
    """Read what a corpus says of its layout."""
    from detector.formats.layout import layout_of

    _of_file("corpus.toml", data, lambda path: layout_of(path.parent))


def settings(data: bytes) -> None:
    """Read a configuration."""
    from detector.config import Config

    Config.from_bytes(data, "detector.toml")


def baseline(data: bytes) -> None:
    """Read a baseline."""
    from detector.gate.baseline import read as read_baseline

    read_baseline(data, "baseline.jsonl")


def report(data: bytes) -> None:
    """Have a report of somebody else explained."""
    from detector.reporters.explained import explained, read_reports

    def run(path: Path) -> None:
        read_ = read_reports(path)
        for wanted in ("m1", "SELF001", "originality"):
            for _ in explained(wanted, read_, str(path), "en"):
                pass

    _of_file("r.json", data, run)


def key(data: bytes) -> None:
    """Read the secret of an index."""
    from detector.formats.key import load_key

    _of_file("key", data, lambda path: load_key(str(path)))


def check(data: bytes) -> None:
    """Check a text against another one, both made of the input."""
    import detector as d

    text = data.decode("utf-8", "surrogateescape")
    middle = len(text) // 2
    draft, source = text[:middle], text[middle:]
    d.compare(d.Document.from_text(draft), d.Document.from_text(source))


def _of_file(name: str, data: bytes, run: Callable[[Path], object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        run(path)


TARGETS: Mapping[str, Try] = {
    **{
        suffix[1:]: read(suffix) for suffix in (".txt", ".md", ".html", ".docx", ".pdf")
    },
    "docx-member": docx_member,
    "index": index,
    "library": library,
    "layout": layout,
    "settings": settings,
    "baseline": baseline,
    "report": report,
    "key": key,
    "check": check,
}


def seeds(target: str) -> list[bytes]:
    """Return inputs to begin with."""
    from tests.formats import files

    lines = _SAMPLE.split("\n")
    if target == "index":
        kept = _index_files()
        return [bytes([at]) + kept[name][0] for at, name in enumerate(sorted(kept))]
    made: dict[str, list[bytes]] = {
        "docx": [files.make_docx(lines), files.raw_docx("<w:p/>", header="<w:p/>")],
        "pdf": [files.make_pdf(lines), files.drawn_pdf([(90, 700, "甲")], None)],
        "html": [files.make_html(lines), b"<table><tr><td colspan=2>a<ruby>b<rt>c"],
        "md": [b"---\ntitle: a\n---\n# b\n\n|c|d|\n|-|-|\n|e|f|\n\n- g\n  > h"],
        "docx-member": [_member(files.make_docx(lines))],
        "layout": [b'layout = "{organisation}/{year}-{genre}.txt"\n'],
        "settings": [
            b"[alignment]\nevidence = 30.0\n[gate.levels.error]\nrules=['A']\n"
        ],
        "library": [b'schema="detector/library/1"\norganisations=3\n[[template]]\n'],
        "baseline": [b'{"format": "detector/baseline/1"}\n'],
        "report": [_a_report()],
    }
    return made.get(target, [_SAMPLE.encode(), _SAMPLE.encode("gb18030")])


def _member(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml")


def _a_report() -> bytes:
    import detector as d
    from detector.model.report import Batch
    from detector.reporters import render

    text = (
        _SAMPLE + "老渡口的浮桥改成了双车道，赶集的人不再排队等船，两岸都说方便。\n" * 2
    )
    one = d.check(d.Document.from_text(text))
    return render(Batch((one,)), "json", "en")


def once(target: str, data: bytes) -> None:
    """Try one input; raise what should not have been raised."""
    try:
        TARGETS[target](data)
    except DetectorError as error:
        json.dumps(error.in_language("zh"))
