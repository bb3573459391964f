"""The secret by which an index without texts is hidden, in a file of its own."""

from pathlib import Path

from detector.errors import (
    MissingFileError,
    OptionError,
    UnreadableFileError,
    os_reason,
)
from detector.fingerprints.key import Key

_LEAST, _MOST = 16, 4096


def load_key(path: str) -> Key:
    """Return the key in a file: all of its bytes, but for white space at both ends.

    Raises
    ------
    MissingFileError, UnreadableFileError
        If it cannot be read.
    OptionError
        If it has less than 16 bytes, which could be guessed, or more than 4,096.
    """
    try:
        secret = Path(path).read_bytes().strip()
    except FileNotFoundError as error:
        raise MissingFileError(path=path) from error
    except OSError as error:
        raise UnreadableFileError(path=path, reason=os_reason(error)) from error
    if not _LEAST <= len(secret) <= _MOST:
        allowed = f"{_LEAST}–{_MOST} bytes"
        raise OptionError(name="key", value=f"{path}: {len(secret)}", allowed=allowed)
    return Key.of(secret)
