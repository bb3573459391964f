"""The process at the other end: builds what works, then answers one item at a time."""

import os
import pickle
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

BUILD = b"build:"
"""Before a message that says what works from here on; no pickle begins so."""


def main(memory: int = 0, seconds: float = 0.0) -> None:
    """Read items from stdin and write answers to stdout, until stdin ends.

    Parameters
    ----------
    memory : int
        Bytes that this process may have, where the system can see to it; 0: any.
    seconds : float
        After which it ends itself amid an item, where the system can see to it; 0:
        never. Whoever started it ends it sooner, unless it was ended itself.
    """
    if memory:
        _bound(memory)
    # Libraries that print must not write between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    items = sys.stdin.buffer
    work = None
    while (message := _message(items)) is not None:
        _alarm(seconds)
        try:
            if message.startswith(BUILD):
                work = None
                work = pickle.loads(message[len(BUILD) :])()
                continue
            assert work
            told = pickle.dumps((True, work(pickle.loads(message))))
        except MemoryError:
            return  # it is no fault of whoever asks: there, other items go on
        except Exception as error:
            told = _failure(error)
        answers.write(len(told).to_bytes(8, "little") + told)
        answers.flush()
        _alarm(0)
        if work is None:  # it could not be built: that was the answer
            return


def _alarm(seconds: float) -> None:
    """Have the system end this process: also one that is caught in a library."""
    if hasattr(signal, "setitimer"):  # Windows has none
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bound(memory: int) -> None:
    try:
        from resource import RLIMIT_DATA, getrlimit, setrlimit
    except ImportError:  # Windows has no such limit
        return
    hard = getrlimit(RLIMIT_DATA)[1]
    # Not all that is mapped: libraries and threads reserve what they never use.
    with suppress(ValueError, OSError):
        setrlimit(RLIMIT_DATA, (memory, hard))


def _failure(error: Exception) -> bytes:
    """Return an exception as an answer, or one like it if it cannot be sent."""
    try:
        told = pickle.dumps((False, error))
        pickle.loads(told)
    except Exception:
        like = RuntimeError(f"{type(error).__name__}: {error}")
        return pickle.dumps((False, like))
    return told


def _message(items: BinaryIO) -> bytes | None:
    size = items.read(8)
    return items.read(int.from_bytes(size, "little")) if len(size) == 8 else None  # noqa: PLR2004
