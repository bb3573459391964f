"""Answers of processes, and errors in place of those that did not come."""

from typing import TypeVar

from detector.errors import CrashedFileError, DetectorError, LateFileError
from detector.executors.processes import Stopped

_Answer = TypeVar("_Answer")


def answered(
    answer: _Answer | DetectorError | Stopped, path: str, seconds: float
) -> _Answer | DetectorError:
    """Return the answer, or the error of a process that ended before it."""
    if not isinstance(answer, Stopped):
        return answer
    if answer.late:
        return LateFileError(path=path, seconds=f"{seconds:g}")
    return CrashedFileError(path=path, reason="-")
