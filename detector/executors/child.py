"""The process at the other end: builds what works, then answers one item at a time."""

import os
import pickle
import sys
from typing import BinaryIO


def main() -> None:
    """Read items from stdin and write answers to stdout, until stdin ends."""
    # Libraries that print must not write between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    items = sys.stdin.buffer
    work = None
    while (message := _message(items)) is not None:
        try:
            if work is None:
                work = pickle.loads(message)()
                continue
            told = pickle.dumps((True, work(pickle.loads(message))))
        except Exception as error:
            told = pickle.dumps((False, error))
        answers.write(len(told).to_bytes(8, "little") + told)
        answers.flush()
        if work is None:  # it could not be built: that was the answer
            return


def _message(items: BinaryIO) -> bytes | None:
    size = items.read(8)
    return items.read(int.from_bytes(size, "little")) if len(size) == 8 else None  # noqa: PLR2004
