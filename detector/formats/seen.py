"""Which pieces of a block a reader sees: by their styles, and by how they stand."""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple

from detector.model.document import Unseen

_LONG = 100
"""Letters from which on it is told what nobody sees and stands apart, as menus do."""
_PIECE = 12
"""Letters up to which a piece between others is a short one."""
_OFTEN = 8
"""Times that letters in a style alternate with short pieces by chance."""


class Seen(IntEnum):
    """Whether styles show letters to a reader."""

    YES = 0
    NO = 1
    WHITE = 2
    """No, if nothing is behind them that is not known."""
    DOUBTED = 3
    """Something is said of them that may hide them, or not."""


class _Run(NamedTuple):
    text: str
    seen: Seen
    before: str
    """The end of what is seen before it."""
    after: str


def judged(
    pieces: Sequence[tuple[str, Seen]],
) -> tuple[list[tuple[str, Unseen | None]], int]:
    """Return what stays of a block, and how many characters that are left out to tell.

    What cannot be sure to be hidden stays, and is told as unseen only if it stands in
    words over and over.
    """
    if not any(seen for _, seen in pieces):
        return [(text, None) for text, _ in pieces], 0
    runs = list(_runs(pieces))
    doubted = _alternating(runs)
    kept: list[tuple[str, Unseen | None]] = []
    left_out = 0
    for number, run in enumerate(runs):
        told = _size(run.text) if _is_told(run) else 0
        if run.seen is Seen.NO or (run.seen is Seen.WHITE and _is_in_a_word(run)):
            left_out += told
        else:
            why = Unseen.WHITE if run.seen is Seen.WHITE and told else None
            kept.append((run.text, Unseen.BETWEEN if number in doubted else why))
    return kept, left_out


def _runs(pieces: Sequence[tuple[str, Seen]]) -> Iterator[_Run]:
    """Yield the pieces, joined if they are alike, with what is seen beside them."""
    joined = [
        ("".join(text for text, _ in group), seen)
        for seen, group in groupby(pieces, key=lambda piece: piece[1])
    ]
    afters = [""]
    for text, seen in reversed(joined):
        shown = seen is Seen.YES and text.strip()
        afters.append(text[:_PIECE] if shown else afters[-1])
    before = ""
    for number, (text, seen) in enumerate(joined):
        yield _Run(text, seen, before, afters[len(joined) - number - 1])
        if seen is Seen.YES and text.strip():
            before = text[-_PIECE - 1 :]


def _is_in_a_word(run: _Run) -> bool:
    return run.before[-1:].isalnum() and run.after[:1].isalnum()


def _is_told(run: _Run) -> bool:
    """Tell whether it lies amid what is seen, or is long; menus are neither."""
    amid = bool(run.before and run.after)
    return any(map(str.isalnum, run.text)) and (amid or _size(run.text) >= _LONG)


def _alternating(runs: Sequence[_Run]) -> set[int]:
    """Return the doubted runs that part words, if there are many of them."""
    found = {
        number
        for number, run in enumerate(runs)
        if run.seen is Seen.DOUBTED
        and _is_in_a_word(run)
        and len(run.before) <= _PIECE
        and _is_word(run.text)
    }
    return found if len(found) > _OFTEN else set()


def _is_word(text: str) -> bool:
    """Tell whether it is more than a figure or a letter of a formula."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 or not "".join(letters).isascii()


def _size(text: str) -> int:
    return sum(not char.isspace() for char in text)
