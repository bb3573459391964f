"""What ships with the package: the demonstration corpus and the set phrases."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from detector.errors import UnreadableFileError, reason_of


def shipped_folder() -> Path:
    """Return the folder ``corpora`` of the installed package or of the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_corpora"
    return installed if installed.is_dir() else package.parent / "corpora"


@cache
def shipped_phrases() -> tuple[str, ...]:
    """Return the fixed formulations of all shipped lists."""
    return read_phrases(sorted((shipped_folder() / "set_phrases").glob("*.txt")))


def read_phrases(files: Iterable[Path]) -> tuple[str, ...]:
    """Return the phrases of `files`: one a line, ``#`` begins a comment.

    Raises
    ------
    UnreadableFileError
        If one cannot be read or is not UTF-8.
    """
    phrases: list[str] = []
    for file in files:
        try:
            lines = file.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableFileError(
                path=str(file), reason=reason_of(error)
            ) from error
        phrases += (line.partition("#")[0].strip() for line in lines)
    return tuple(filter(None, phrases))
