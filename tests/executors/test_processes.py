"""Work in processes of its own, that may hang, crash or raise."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from detector.errors import EmptyFileError
from detector.executors.processes import Processes, Stopped


def doubling():
    return double


def double(item):
    if item == "hang":
        time.sleep(60)
    if item == "crash":
        os._exit(7)
    if item == "raise":
        raise EmptyFileError(path="空.md")
    if item == "fill":
        raise MemoryError
    print("a library that prints")  # noqa: T201 - it must not disturb
    return item * 2


def not_built():
    raise ValueError("cannot be built")


def answers(items, seconds=30.0, processes=2):
    with Processes(doubling, seconds, processes) as work:
        return list(work.map(items))


def test_answers_come_in_the_order_of_the_items():
    assert answers([3, "甲", b"\x00" * 300_000, 4]) == [
        6,
        "甲甲",
        b"\x00" * 600_000,
        8,
    ]


def test_what_hangs_is_stopped_and_the_rest_is_answered(monkeypatch):
    monkeypatch.setattr("detector.executors.processes._START", 5.0)

    assert answers([1, "hang", 2], seconds=0.5, processes=1) == [2, Stopped(0.5), 4]


def test_what_crashes_is_told_and_the_rest_is_answered():
    assert answers([1, "crash", 2], processes=1) == [2, Stopped(0), 4]


def test_what_has_too_little_memory_is_told_and_the_rest_is_answered():
    assert answers([1, "fill", 2], processes=1) == [2, Stopped(0), 4]


def test_time_may_be_without_end():
    assert answers([1], seconds=float("inf"), processes=1) == [2]


def test_what_is_raised_comes_home():
    with pytest.raises(EmptyFileError, match=r"空\.md"):
        answers([1, "raise", 2])


def test_what_cannot_be_built_is_raised():
    with (
        Processes(not_built, 30.0, 1) as work,
        pytest.raises(ValueError, match="cannot be built"),
    ):
        list(work.map([1]))


def test_processes_stay_for_the_next_items():
    with Processes(partial(_counting, 0), 30.0, 1) as work:
        assert [*work.map([1, 1]), *work.map([1])] == [1, 2, 3]


def _counting(start):
    total = [start]

    def add(item):
        total[0] += item
        return total[0]

    return add


def test_no_items_start_no_process():
    with Processes(not_built, 30.0) as work:
        assert list(work.map([])) == []


def test_the_same_processes_go_on_with_something_else():
    with Processes(doubling, 30.0, 1) as work:
        assert list(work.map([2])) == [4]
        assert list(work.build(partial(_counting, 5)).map([1, 2])) == [6, 8]


def test_a_process_started_again_goes_on_with_what_came_last(monkeypatch):
    monkeypatch.setattr("detector.executors.processes._START", 5.0)
    with Processes(partial(_counting, 0), 30.0, 1) as work:
        last = work.build(doubling)
        assert list(last.map(["crash", 3])) == [Stopped(0), 6]


class _OddError(Exception):
    def __init__(self, one, two):
        super().__init__(one)


def odd():
    def raising(item):
        raise _OddError(item, item)

    return raising


def test_an_exception_that_does_not_travel_is_told_by_one_that_does():
    with (
        Processes(odd, 30.0, 1) as work,
        pytest.raises(RuntimeError, match="_OddError: 1"),
    ):
        list(work.map([1]))


def test_what_cannot_be_built_is_raised_whatever_is_asked():
    with (
        Processes(not_built, 30.0, 1) as work,
        pytest.raises(ValueError, match="cannot be built"),
    ):
        list(work.map([b"x" * 10_000_000]))


ORPHAN = """
import os, sys
from detector.executors import processes
processes._START = 0.5
from tests.executors.test_processes import telling
with processes.Processes(telling, 0.5, 1) as work:
    list(work.map([sys.argv[1]]))
"""


def telling():
    return tell_and_hang


def tell_and_hang(path):
    part = Path(f"{path}.part")
    part.write_text(str(os.getpid()))
    part.rename(path)
    time.sleep(3600)


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif("sys.platform != 'linux'", reason="looks for processes in /proc")
@pytest.mark.parametrize("with_signal", [signal.SIGKILL, signal.SIGINT])
def test_no_process_outlives_the_one_that_started_it(tmp_path, with_signal):
    told = tmp_path / "pid"
    parent = subprocess.Popen(
        [sys.executable, "-c", ORPHAN, str(told)], stderr=subprocess.DEVNULL
    )
    while not told.exists():
        time.sleep(0.05)
    parent.send_signal(with_signal)
    parent.wait()

    pid = int(told.read_text())
    for _ in range(600):
        if not is_running(pid):
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("it goes on")
