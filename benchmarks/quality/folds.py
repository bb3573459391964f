"""Which fold a document is in, by its name alone."""

from pathlib import PurePath
from typing import TypeAlias
from zlib import crc32

Folds: TypeAlias = tuple[int, ...]
"""The folds that a pair is of, ascending: one, or two where its documents differ."""
HALVES, QUARTERS = 2, 4


def fold_of(name: str, folds: int = HALVES) -> int:
    """Return the CRC-32 of the file's name, modulo `folds`.

    All versions of a law are of one fold: the date in their names is left out.
    """
    return crc32(PurePath(name).name.partition("(")[0].encode()) % folds


def folds_of_pair(draft: str, source: str, folds: int = QUARTERS) -> Folds:
    return tuple(sorted({fold_of(draft, folds), fold_of(source, folds)}))
