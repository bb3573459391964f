"""What a hostile input is, and what may become of it."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.torture.bounded import KILLED, Ran, run

PASSAGE = (
    "老渡口的浮桥改成了双车道，赶集的人不再排队等船，两岸菜农把鲜藕送进县城只要"
    "四十分钟；河堤上补种的垂柳活了九成，护林员老陶每天傍晚仍要沿堤走上一个来回。"
)
"""What is planted where a right answer is to find it."""
SOURCE = f"清溪镇二〇二三年水利工作小结\n{PASSAGE}\n冬修水利按期完成，未发生险情。\n"
CODE = re.compile(r"D\d{3}")


_SHORT = 60


class Case(NamedTuple):
    """Somebody's attempt to break what reads it.

    Attributes
    ----------
    make : callable
        Writes its files into an empty folder; returns how detector is called there.
    answer : str
        ``read``: the work is done (status 0 or 1) and JSON is whole. ``found``: that,
        and `PASSAGE` is found. ``D309`` and the like: status 2, nothing on stdout but
        a report that is whole, and a line on stderr with that code. Several,
        with ``|`` between them, if any of them is right. Anything else: it is read,
        and that is in the report.
    seconds, mebibytes : int
        What it may take at the most.
    """

    name: str
    make: Callable[[Path], Sequence[str]]
    answer: str = "read"
    seconds: int = 30
    mebibytes: int = 1024

    @property
    def long(self) -> bool:
        """Whether it may take long, so that it is left to the script."""
        return self.seconds > _SHORT


def checked(  # noqa: PLR0913, PLR0917 - one parameter for each way to differ
    name: str,
    suffix: str,
    content: Callable[[], bytes],
    answer: str = "read",
    source: Callable[[], str] = lambda: SOURCE,
    seconds: int = 30,
) -> Case:
    """Return the case of a file that is checked against a source with `PASSAGE`."""

    def make(folder: Path) -> Sequence[str]:
        (folder / f"draft{suffix}").write_bytes(content())
        (folder / "source.txt").write_text(source(), "utf-8")
        return "check", f"draft{suffix}", "--corpus", "source.txt", "--format", "json"

    return Case(name, make, answer, seconds)


def tried(case: Case, folder: Path) -> tuple[Ran, list[str]]:
    """Run a case in an empty folder; return how it ended, and what is wrong with it."""
    ran = run(case.make(folder), folder, case.seconds)
    return ran, list(_wrong(case, ran))


def _wrong(case: Case, ran: Ran) -> list[str]:
    wrong = []
    if ran.status == KILLED or ran.seconds > case.seconds:
        wrong.append(f"took more than {case.seconds} s")
    elif ran.status not in {0, 1, 2}:
        wrong.append(f"ended with status {ran.status}")
    if ran.mebibytes > case.mebibytes:
        wrong.append(f"took {ran.mebibytes} MiB, more than {case.mebibytes}")
    if "Traceback" in ran.err or "DETECTOR_DEBUG" in ran.err:
        wrong.append(f"a bug of ours: {ran.err[-300:]}")
    if any(not c.isprintable() for line in ran.err.splitlines() for c in line):
        wrong.append(f"stderr has control characters: {ran.err[:300]!r}")
    if not wrong and not any(_is(one, ran) for one in case.answer.split("|")):
        told = ran.err.strip()[:300]
        wrong.append(f"is not {case.answer}: status {ran.status}, {told}")
    return wrong


def _is(answer: str, ran: Ran) -> bool:
    report = _report(ran.out)
    if CODE.fullmatch(answer):
        lines = [line for line in ran.err.splitlines() if line]
        codes = [CODE.search(line) for line in lines]
        fine = all(codes) and any(code and code[0] == answer for code in codes)
        return ran.status == 2 and fine and (not ran.out or report is not None)
    if ran.status not in {0, 1} or report is None:
        return False
    if answer == "found":
        return any(_has_passage(one) for one in report.get("reports", ()))
    return answer == "read" or answer in json.dumps(report, ensure_ascii=False)


def _has_passage(report: dict[str, object]) -> bool:
    """Tell whether most of the passage is in matches with another document."""
    matches = report["matches"]
    assert isinstance(matches, list)
    whole = {
        at
        for match in matches
        if match["source"]["path"] != report["path"]
        for at in range(match["start"], match["end"])
    }
    return len(whole) >= 0.9 * len(PASSAGE)


def _report(out: bytes) -> dict[str, object] | None:
    try:
        read = json.loads(out)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None
