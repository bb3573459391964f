"""Answers of processes, and errors in place of those that did not come."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from detector.errors import CrashedFileError, DetectorError, LateFileError
from detector.executors.processes import Stopped
from detector.gating.looking import Bytes, Work
from detector.model.document import Document

_Answer = TypeVar("_Answer")

_AT_ONCE = 256
"""Documents whose bytes are in memory together."""


def answered(
    answer: _Answer | DetectorError | Stopped, path: str
) -> _Answer | DetectorError:
    """Return the answer, or the error of a process that ended before it."""
    if not isinstance(answer, Stopped):
        return answer
    if answer.seconds:
        return LateFileError(path=path, seconds=f"{answer.seconds:g}")
    return CrashedFileError(path=path, reason="-")


def read_each(
    paths: Sequence[str],
    load: Callable[[list[str]], Iterable[Bytes | DetectorError]],
    work: Work,
) -> Iterator[Document | DetectorError]:
    """Yield the documents of some paths, and what is wrong with the others.

    Parameters
    ----------
    load : callable
        Returns the bytes of so many documents.
    """
    for at in range(0, len(paths), _AT_ONCE):
        loaded = list(load(list(paths[at : at + _AT_ONCE])))
        yield from (one for one in loaded if isinstance(one, DetectorError))
        asked = [one for one in loaded if isinstance(one, Bytes)]
        for one, answer in zip(asked, work.map(asked), strict=True):
            found = answered(answer, one.path)
            if isinstance(found, Document | DetectorError):
                yield found
