"""What nobody vouches for is read, or refused in one line; what was kept stays kept.

The whole of it, and for longer, is `python -m tests.torture`.
"""

import os
import random
import sys

import pytest

from tests.torture import fuzz
from tests.torture.case import tried
from tests.torture.hostile import CASES
from tests.torture.kills import CHANGES, kills

linux = pytest.mark.skipif(sys.platform != "linux", reason="forks, bounds and measures")


@linux
@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case.name) for case in CASES if not case.long],
)
def test_a_hostile_input_is_read_or_refused(case, tmp_path):
    _, wrong = tried(case, tmp_path)

    assert not wrong


def test_there_are_very_many_of_them_and_no_two_of_one_name():
    names = [case.name for case in CASES]

    assert len(set(names)) == len(names) >= 200


@linux
@pytest.mark.parametrize("change", CHANGES)
def test_killed_anywhere_an_index_holds_what_was_acknowledged(change, tmp_path):
    done = list(kills(change, tmp_path, most=24))

    assert len(done) >= 40
    assert [one for one in done if one.wrong] == []


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_any_bytes_are_read_or_refused(target):
    """Sixty changes of each sample; the fuzzer does it for hours."""
    chosen = random.Random(target)
    for sample in fuzz.seeds(target):
        fuzz.once(target, sample)
        for _ in range(60 if target not in {"check", "report"} else 20):
            fuzz.once(target, _changed(sample, chosen))


def _changed(sample, chosen):
    data = bytearray(sample)
    for _ in range(chosen.choice((1, 1, 2, 8))):
        at = chosen.randrange(len(data) + 1)
        kind = chosen.randrange(4)
        if kind == 0 and data:
            data[at % len(data)] = chosen.randrange(256)
        elif kind == 1:
            del data[at : at + chosen.choice((1, 4, 64))]
        elif kind == 2:
            data[at:at] = chosen.randbytes(chosen.choice((1, 2, 16)))
        else:
            other = chosen.randrange(len(data) + 1)
            data[at:at] = data[other : other + chosen.choice((4, 32))]
    return bytes(data)


def test_what_was_found_once_is_read_or_refused():
    for file in sorted(fuzz.FOUND.glob("*-*")):
        fuzz.once(file.name.rpartition("-")[0], file.read_bytes())


@linux
def test_a_full_disk_and_one_that_takes_no_writing_are_told(tmp_path):
    from tests.torture.bounded import run

    (tmp_path / "a.txt").write_text(
        "水库大坝除险加固通过验收，群众反映较好。" * 9, "utf-8"
    )
    for place in ("/dev/full/index", "/proc/index"):
        ran = run(["index", "add", place, "a.txt"], tmp_path, 30)

        assert ran.status == 2
        assert "D311" in ran.err
        assert len(ran.err.strip().splitlines()) == 1
    assert not os.path.exists("/proc/index")  # noqa: PTH110
