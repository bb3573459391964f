"""Kills whoever changes an index, at every line of its code, and looks at what is left.

A change is made once to count the lines of `detector.store` that it runs. Then, for
each of them, a process of its own makes the same change on a copy and is gone before
that line: nothing is closed, nothing is flushed, no ``finally`` runs. What an index
holds then must open, and hold every document that was acknowledged before.

With ``power``, what the system had not been told to bring to the disk is lost as well,
as when the plug is pulled: files are cut off where they were not synced, and names are
as at the last sync of their folder.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from detector.errors import DetectorError
from detector.indexing import loose_of
from detector.model.document import Document
from detector.store.index import Index, find_damage
from detector.store.lock import LOCK
from detector.store.writer import Writer, writing

TEXT = "水库大坝除险加固通过验收，下游三个村的灌溉用水得到保障，群众反映较好。"
_GONE = 99
Change = Callable[[Path, Callable[[str], None]], None]
"""Changes an index; says what is acknowledged: ``+path`` or ``-path``."""


class Kill(NamedTuple):
    """What was left where a process was killed.

    Attributes
    ----------
    change : str
    place : str
        Module and line, and how often that had been run.
    wrong : str
        What is wrong with what was left; empty if nothing is.
    """

    change: str
    place: str
    power: bool
    wrong: str


def document(number: int, text: str = "") -> Document:
    """Return a document of its own text."""
    return Document.from_text(f"{number}{text or TEXT}" * 3, f"{number}.txt")


def _put(writer: Writer, one: Document) -> None:
    writer.add(one, bytes.fromhex(one.id))


def _make(folder: Path, tell: Callable[[str], None]) -> None:
    with writing(folder, loose_of) as writer:
        _put(writer, document(100))
    tell("+100.txt")


def _add(folder: Path, tell: Callable[[str], None]) -> None:
    with writing(folder, loose_of) as writer:
        for number in (101, 102):
            _put(writer, document(number))
            writer.commit()
            tell(f"+{number}.txt")


def _add_twin(folder: Path, tell: Callable[[str], None]) -> None:
    with writing(folder, loose_of) as writer:
        twin = Document.from_text(document(0).text, "twin.txt")
        writer.add(twin, b"\1" * 32)
    tell("+twin.txt")


def _replace(folder: Path, tell: Callable[[str], None]) -> None:
    with writing(folder, loose_of) as writer:
        _put(
            writer, document(0, "另一稿：河道清淤按期完成，沿线群众反映良好，无险情。")
        )
    tell("+0.txt")


def _remove(folder: Path, tell: Callable[[str], None]) -> None:
    with writing(folder, loose_of) as writer:
        writer.remove(writer.index.find("1.txt", "1.txt"))
    tell("-1.txt")


def _compact(folder: Path, tell: Callable[[str], None]) -> None:
    """Merge parts: one as large as all before makes one of them."""
    with writing(folder, loose_of) as writer:
        for number in range(200, 206):
            _put(writer, document(number))
    for number in range(200, 206):
        tell(f"+{number}.txt")


CHANGES: dict[str, Change] = {
    "make": _make,
    "add": _add,
    "add a twin": _add_twin,
    "replace": _replace,
    "remove": _remove,
    "merge parts": _compact,
}


def prepared(folder: Path) -> Path:
    """Return an index of three documents in two parts."""
    for numbers in ((0, 1), (2,)):
        with writing(folder, loose_of) as writer:
            for number in numbers:
                _put(writer, document(number))
    return folder


def kills(name: str, room: Path, most: int = 10**6) -> Iterator[Kill]:
    """Kill a change before each line it runs, `most` times, and look at the index."""
    before = room / "before"
    if name != "make":
        prepared(before)
    change = CHANGES[name]
    places = _places(change, before, room)
    chosen = _spread(range(len(places)), most)
    for power in (False, True):
        for at in chosen:
            folder = room / f"{at}-{power}"
            if before.exists():
                shutil.copytree(before, folder)
            told = _killed(change, folder, at, power=power)
            expected = {"0.txt", "1.txt", "2.txt"} if before.exists() else set()
            if name == "remove":  # before that is told it may be there or not
                expected -= {"1.txt"}
            wrong = _wrong(folder, told, expected)
            yield Kill(name, places[at], power, wrong)
            shutil.rmtree(folder, ignore_errors=True)


def _spread(numbers: Sequence[int], most: int) -> list[int]:
    step = max(1, -(-len(numbers) // most))
    return list(numbers[::step])


def _places(change: Change, before: Path, room: Path) -> list[str]:
    """Return the lines of the store that a change runs, in order."""
    folder = room / "counted"
    if before.exists():
        shutil.copytree(before, folder)
    places: list[str] = []
    _traced(places.append, lambda: change(folder, _nothing))
    shutil.rmtree(folder)
    return places


def _nothing(said: str) -> None:
    del said


def _killed(change: Change, folder: Path, at: int, *, power: bool) -> list[str]:
    """Make a change in a process that ends at a line; return what it acknowledged."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        _die_at(change, folder, at, write, power=power)
    os.close(write)
    with os.fdopen(read) as pipe:
        told = pipe.read().split()
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in {_GONE, 0}, status
    return told


def _die_at(change: Change, folder: Path, at: int, write: int, *, power: bool) -> None:
    disk = Disk(folder) if power else None
    left = at

    def line(place: str) -> None:
        nonlocal left
        if left == 0:
            if disk:
                disk.lose()
            os._exit(_GONE)
        left -= 1

    try:
        _traced(line, lambda: change(folder, lambda s: _say(write, s)))
    except BaseException as error:
        os.write(2, f"{error!r}\n".encode())
        os._exit(1)
    os._exit(0)


def _say(write: int, said: str) -> None:
    os.write(write, f"{said}\n".encode())


def _traced(line: Callable[[str], None], run: Callable[[], None]) -> None:
    """Run something, and have each line of the store told before it is run."""

    def tracer(frame: FrameType, event: str, _: object) -> Any:
        name = str(frame.f_globals.get("__name__", ""))
        if not name.startswith("detector.store"):
            return None
        if event == "line":
            line(f"{name.rpartition('.')[2]}:{frame.f_lineno}")
        return tracer

    sys.settrace(tracer)
    try:
        run()
    finally:
        sys.settrace(None)


class Disk:
    """What of a folder is on the disk, as `os.fsync` was asked for it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = folder.with_name(f"{folder.name}.disk")
        there = [file.stat() for file in folder.iterdir()] if folder.exists() else []
        self._synced = {file.st_ino: file.st_size for file in there}
        self._fsync = os.fsync
        self._keep_names()
        os.fsync = self._told  # type: ignore[assignment]

    def _told(self, handle: int) -> None:
        self._fsync(handle)
        status = os.fstat(handle)
        self._synced[status.st_ino] = status.st_size
        if self._folder.exists() and status.st_ino == self._folder.stat().st_ino:
            self._keep_names()

    def _keep_names(self) -> None:
        """Note the names in the folder; files are kept by links."""
        shutil.rmtree(self._kept, ignore_errors=True)
        if self._folder.exists():
            self._kept.mkdir()
            for file in self._folder.iterdir():
                (self._kept / file.name).hardlink_to(file)

    def lose(self) -> None:
        """Leave what is on the disk only."""
        if not self._folder.exists():
            return
        for file in self._folder.iterdir():
            file.unlink()
        for file in self._kept.iterdir() if self._kept.exists() else ():
            target = self._folder / file.name
            target.hardlink_to(file)
            os.truncate(target, self._synced.get(file.stat().st_ino, 0))
        shutil.rmtree(self._kept, ignore_errors=True)


def _wrong(folder: Path, told: Sequence[str], expected: set[str]) -> str:
    """Return what is wrong with an index after a kill; empty if nothing is."""
    expected |= {said[1:] for said in told if said[0] == "+"}
    removed = {said[1:] for said in told if said[0] == "-"}
    try:
        if not (folder / "manifest.json").exists():
            return f"there is no index, and {sorted(expected)} were" * bool(expected)
        held = _held(folder)
        if (lost := expected - held) or (back := removed & held):
            return f"lost: {sorted(lost)}" if lost else f"there again: {sorted(back)}"
        if damage := list(find_damage(folder)):
            return f"damaged: {damage}"
        _make(folder, _nothing)
        if _held(folder) != held | {"100.txt"}:
            return "what is added next is not all there is"
        return _left_over(folder)
    except (DetectorError, OSError) as error:
        return f"{type(error).__name__}: {error}"


def _held(folder: Path) -> set[str]:
    index = Index.open(folder)
    return {index.origin(number).path for number in range(len(index))}


def _left_over(folder: Path) -> str:
    """Return the files that belong to no state; the next writer takes them away."""
    parts = Index.open(folder).manifest.parts
    named = {f"{part.name}.{kind}" for part in parts for kind in part.files}
    others = {path.name for path in folder.iterdir()} - named
    return f"left over: {sorted(others)}" * bool(others - {"manifest.json", LOCK})
