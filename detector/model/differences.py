"""A passage beside its source as pieces of text, punctuation between runs included."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from detector.model.alignment import Alignment, Change


class Piece(NamedTuple):
    """A stretch of text: ``delete`` of the source, all others of the draft."""

    change: Change
    text: str


def differences(alignment: Alignment, draft: str, source: str) -> tuple[Piece, ...]:
    """Return the passage of `draft` in pieces, with what `source` had instead.

    The pieces that are not ``delete`` are together the passage as it stands in the
    draft: what lies between runs is taken from the draft and passes for equal. What was
    replaced comes as a ``delete`` and an ``insert``.
    """
    return tuple(_joined(_pieces(alignment, draft, source)))


def source_pieces(alignment: Alignment, source: str) -> tuple[Piece, ...]:
    """Return the passage of `source` as it stands there: ``equal`` and ``delete``.

    Signs between what is equal on both sides pass for equal; words that no run has do
    not.
    """
    return tuple(_joined(_of_source(alignment, source)))


def marked(pieces: Iterable[Piece]) -> str:
    """Return `pieces` as one text, with ``[-source-]`` and ``{+draft+}``."""
    return "".join(enclosed(piece) for piece in pieces)


def enclosed(piece: Piece) -> str:
    """Return the text of `piece`, in signs that tell without colour what it is."""
    signs = {"delete": ("[-", "-]"), "insert": ("{+", "+}")}
    before, after = signs.get(piece.change, ("", ""))
    return f"{before}{piece.text}{after}"


def _pieces(alignment: Alignment, draft: str, source: str) -> Iterator[Piece]:
    done = alignment.draft.start
    for run in alignment.readable():
        yield Piece("equal", draft[done : run.draft.start])
        if run.change == "equal":
            yield Piece("equal", run.draft.of(draft))
        else:
            yield Piece("delete", run.source.of(source))
            yield Piece("insert", run.draft.of(draft))
        done = run.draft.end


def _of_source(alignment: Alignment, source: str) -> Iterator[Piece]:
    done = alignment.source.start
    for run in sorted(alignment.readable(), key=lambda run: run.source.start):
        between = source[done : run.source.start]
        said = any(char.isalnum() for char in between)
        yield Piece("delete" if said else "equal", between)
        begin = max(done, run.source.start)
        change: Change = "equal" if run.change == "equal" else "delete"
        yield Piece(change, source[begin : max(begin, run.source.end)])
        done = max(done, run.source.end)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Leave out empty pieces and join neighbours that say the same."""
    last: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last and last.change == piece.change:
            last = Piece(last.change, last.text + piece.text)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last
