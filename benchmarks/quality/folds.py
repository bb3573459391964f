"""Which fold a document is in, by its name alone.

A set of few documents is cut into folds in several ways, one after another, so that
more of its pairs are of one fold.
"""

from pathlib import PurePath
from typing import TypeAlias
from zlib import crc32

Folds: TypeAlias = tuple[int, ...]
"""The folds that a pair is of, ascending: one, or two where its documents differ."""
HALVES, QUARTERS = 2, 4
CUTS = 5
"""Ways in which a set is cut into quarters: folds 0–3 are of the first, 4–7 of the
second, and so on."""
_BITS = 2
"""Bits of a name's checksum that tell its quarter."""


def fold_of(name: str, folds: int = HALVES, cut: int = 0) -> int:
    """Return the fold of a document in one of the ways to cut a set into `folds`.

    By the CRC-32 of the file's name, other bits of it for other cuts. All versions of a
    law are of one fold: the date in their names is left out.
    """
    checksum = crc32(PurePath(name).name.partition("(")[0].encode())
    return cut * folds + (checksum >> _BITS * cut) % folds


def is_in(name: str, folds: Folds, number: int = HALVES) -> bool:
    """Return whether a document is in one of `folds`; a cut has `number` of them."""
    return any(fold_of(name, number, fold // number) == fold for fold in folds)


def folds_of_pair(draft: str, source: str, folds: int = QUARTERS) -> Folds:
    return tuple(sorted({fold_of(draft, folds), fold_of(source, folds)}))
