"""Which of two folds a document is in, by its name alone."""

from pathlib import PurePath
from zlib import crc32

BOTH = 2
"""Fold of a pair whose documents are of different folds."""


def fold_of(name: str) -> int:
    """Return 0 or 1: the parity of the CRC-32 of the file's name.

    All versions of a law are of one fold: the date in their names is left out.
    """
    return crc32(PurePath(name).name.partition("(")[0].encode()) & 1


def fold_of_pair(draft: str, source: str) -> int:
    folds = {fold_of(draft), fold_of(source)}
    return folds.pop() if len(folds) == 1 else BOTH
