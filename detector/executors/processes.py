"""Work in processes of its own: what hangs or crashes there is told, and only that.

A hook or a gate reads what nobody vouches for. A library that is caught in a damaged
file cannot be stopped from within Python, but its process can.

    parent ── Popen(python -P) ──> child: build() once, then work(item) for each
           <── answers by pipe ───

The children are started by name and not by `multiprocessing`, which imports the main
module again, and standard modules from the working directory, where a request may have
put its own.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Timer
from typing import Any, Generic, NamedTuple, TypeVar, cast

from detector.executors.child import BUILD

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")
_Other = TypeVar("_Other")
_Told = TypeVar("_Told")

_MAIN = "from detector.executors.child import main; main({memory}, {seconds})"
_START = 60.0
"""Seconds more for the first piece of a process: it has to import and to build."""
_LONGEST = 1e6
"""Seconds of an item; systems have no timers for very many."""


class Stopped(NamedTuple):
    """What stands for the answer of a piece of work whose process ended.

    Attributes
    ----------
    seconds : float
        After how many it was stopped because its time was over; 0: it crashed.
    """

    seconds: float


class _Failure(NamedTuple):
    """An exception on its way home; ours pickle."""

    error: BaseException


class Processes(Generic[_Item, _Answer]):
    """Some processes that answer one item after the other, until they are closed.

    Parameters
    ----------
    build : callable
        Called once in each process; returns what answers an item. It must pickle, as
        must items and answers.
    seconds : float
        Time for each item; then its process is stopped and a new one started.
    processes : int
        At the most; by default as many as there are processors.
    memory : int
        Bytes that each of them may have, where the system can see to it; 0: any. What
        needs more crashes.
    """

    def __init__(
        self,
        build: Callable[[], Callable[[_Item], _Answer]],
        seconds: float,
        processes: int | None = None,
        memory: int = 0,
    ) -> None:
        most = processes or os.cpu_count() or 1
        seconds = min(seconds, _LONGEST)
        self._children = [_Child(seconds, memory) for _ in range(most)]
        self.build(build)

    def build(
        self, build: Callable[[], Callable[[_Other], _Told]]
    ) -> "Processes[_Other, _Told]":
        """Have what is asked from here on answered by something else.

        What it needs to know goes to each process once, and not with every item.
        """
        message = pickle.dumps(build)
        for child in self._children:
            child.build(message)
        return cast("Processes[_Other, _Told]", self)

    def __enter__(self) -> "Processes[_Item, _Answer]":
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children:
            child.close()

    def map(self, items: Sequence[_Item]) -> Iterator[_Answer | Stopped]:
        """Yield the answer to each item, in their order.

        Raises
        ------
        Exception
            What the work raised: it is no fault of one item.
        """
        idle: SimpleQueue[_Child] = SimpleQueue()
        for child in self._children:
            idle.put(child)

        def answer(item: _Item) -> Any:  # noqa: ANN401 - whatever the work answers
            child = idle.get()
            try:
                return child.answer(item)
            finally:
                idle.put(child)

        with ThreadPoolExecutor(len(self._children)) as threads:
            finished = False
            try:
                for answered in threads.map(answer, items):
                    if isinstance(answered, _Failure):
                        raise answered.error
                    yield answered
                finished = True
            finally:
                threads.shutdown(wait=False, cancel_futures=True)
                if not finished:  # Ctrl-C, too, does not wait for what hangs
                    for child in self._children:
                        child.kill()


class _Child:
    """One process, started when it is first needed and again after it was stopped."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._build, self._is_built = b"", False
        self._seconds, self._memory = seconds, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._is_busy = False

    def build(self, build: bytes) -> None:
        """Note what answers the next item."""
        self._build, self._is_built = build, False

    def answer(self, item: object) -> object:
        """Return the answer, what was raised, or how the process ended."""
        process = self._process or self._started()
        first = not self._is_built
        limit = self._seconds + (_START if first else 0)
        late = []
        answered = Event()

        def stop() -> None:
            if not answered.is_set():
                late.append(True)
                process.kill()

        timer = Timer(limit, stop)
        timer.start()
        self._is_busy = True
        try:
            if first:
                _send(process, BUILD + self._build)
                self._is_built = True
            with suppress(OSError):  # it may have ended, and have said why
                _send(process, pickle.dumps(item))
            received = _received(process)
            answered.set()
        except (OSError, EOFError, pickle.UnpicklingError):
            self.close()
            return Stopped(limit if late else 0.0)
        else:
            return received
        finally:
            self._is_busy = False
            timer.cancel()

    def kill(self) -> None:
        """End the process amid its work; whoever waits for its answer goes on."""
        if self._is_busy and self._process:
            self._process.kill()

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process, self._is_built = None, False

    def _started(self) -> subprocess.Popen[bytes]:
        latest = self._seconds + 2 * _START
        main = _MAIN.format(memory=self._memory, seconds=latest)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", main],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(_import_path())},
        )
        return self._process


def _import_path() -> list[str]:
    """Return from where a child imports: as we do, but not from where we are."""
    ours = str(Path(__file__).parents[2])
    here = str(Path.cwd())
    return [ours, *(p for p in sys.path if p and p not in {ours, here})]


def _send(process: subprocess.Popen[bytes], message: bytes) -> None:
    assert process.stdin
    process.stdin.write(len(message).to_bytes(8, "little") + message)
    process.stdin.flush()


def _received(process: subprocess.Popen[bytes]) -> object:
    assert process.stdout
    size = int.from_bytes(_whole(process.stdout, 8), "little")
    fine, answer = pickle.loads(_whole(process.stdout, size))
    return answer if fine else _Failure(answer)


def _whole(stream: Any, size: int) -> bytes:  # noqa: ANN401 - a raw stream
    data: bytes = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
