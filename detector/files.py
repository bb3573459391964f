"""Files written as a whole: whoever is stopped in the middle has changed nothing."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from detector.errors import OutputError, os_reason


def write_whole(path: Path | str, data: bytes) -> None:
    """Put a file in the place of the one before, or write a new one.

    It is written beside that one, and takes its place when it is on the disk. A link
    stays one: what it leads to is replaced. What is no regular file, as a pipe or
    ``/dev/stdout``, is written to; so is a file in a folder that takes no other.

    Raises
    ------
    OutputError
        If it cannot be written; then what was there before still is.
    """
    there, target = Path(path), Path(os.path.realpath(path))
    try:
        # Of a pipe, /dev/stdout leads to a name that is none of a file.
        if there.exists() and not (
            there.is_file() and os.access(target.parent, os.W_OK)
        ):
            there.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        reason = os_reason(error)
        raise OutputError(path=str(path), reason=reason) from error


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".detector-{secrets.token_hex(8)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            if target.exists():
                with suppress(OSError):  # of another file system, or another owner
                    beside.chmod(target.stat().st_mode & 0o777)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
