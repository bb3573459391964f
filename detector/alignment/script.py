"""From tiles to an alignment: what is equal, replaced, inserted and left out, in order.

Tiles that go forward on both sides make a block; between them an edit script says what
happened. A passage whose parts changed places has several blocks.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein

from detector.alignment.tiling import Tiles
from detector.model.alignment import Alignment, Change, Run
from detector.text.units import Units

_STRAY = 0.1
"""Share of equal units out of order up to which they are taken for chance, but for runs
that carry the bits of a passage."""
_JUMP = 120
"""Units of the source beyond which two tiles are in two blocks."""


class Step(NamedTuple):
    """A stretch of an edit script, in units: ``a[a0:a1]`` against ``b[b0:b1]``."""

    change: Change
    a0: int
    a1: int
    b0: int
    b1: int

    @property
    def width(self) -> int:
        """Columns it takes: the longer side."""
        return max(self.a1 - self.a0, self.b1 - self.b0)


def spell_out(
    texts: tuple[str, str], units: tuple[Units, Units], tiles: Tiles, evidence: float
) -> Alignment | None:
    """Return the alignment of a passage; None if nothing of it is equal to the letter.

    Parameters
    ----------
    texts : (draft, source)
        One character a unit; equal characters for equal units.
    tiles : Tiles
        Equal by stem, in the order of the draft.
    evidence : float
        Bits that a passage needs.
    """
    steps = [step for block in _blocks(_ordered(tiles, evidence)) for step in block]
    steps = _trimmed(list(_compared(steps, *texts)))
    return _alignment(steps, units) if steps else None


def _ordered(tiles: Tiles, evidence: float) -> Tiles:
    """Leave out what is out of order and says little, if it is little in all."""
    chain = heaviest_chain(tiles.second.tolist(), tiles.length.tolist())
    size = int(tiles.length.sum())
    if size - int(tiles.length[chain].sum()) > _STRAY * size:
        return tiles
    kept = tiles.worth >= evidence
    kept[chain] = True
    return tiles.chosen(kept)


def heaviest_chain(places: list[int], weights: list[int]) -> "np.ndarray":
    """Return the ascending subsequence of `places` that weighs most, as its indices.

    Takes O(n log n) time: the lightest place at which each total is reached is kept.
    """
    ends: list[int] = []
    totals: list[int] = []
    last: list[int] = []
    before = [-1] * len(places)
    for at, (place, weight) in enumerate(zip(places, weights, strict=True)):
        here = bisect_left(ends, place)
        total = weight + (totals[here - 1] if here else 0)
        before[at] = last[here - 1] if here else -1
        stop = here
        while stop < len(ends) and totals[stop] <= total:
            stop += 1
        ends[here:stop], totals[here:stop], last[here:stop] = [place], [total], [at]
    chain = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(at)
        at = before[at]
    return np.array(chain[::-1], dtype=np.intp)


def _blocks(tiles: Tiles) -> Iterator[list[Step]]:
    """Yield the tiles in blocks, gaps between them included as steps to be compared."""
    rows = list(
        zip(
            tiles.first.tolist(),
            tiles.second.tolist(),
            tiles.length.tolist(),
            strict=True,
        )
    )
    equal = [Step("equal", a, a + n, b, b + n) for a, b, n in rows]
    by_source = sorted(step.b0 for step in equal)
    block = equal[:1]
    for one, other in pairwise(equal):
        # What lies between them in the source may have gone elsewhere.
        free = bisect_left(by_source, one.b1) == bisect_left(by_source, other.b0)
        if 0 <= other.b0 - one.b1 <= _JUMP and free:
            block.append(Step("replace", one.a1, other.a0, one.b1, other.b0))
        else:
            yield block
            block = [Step("insert", one.a1, other.a0, one.b1, one.b1)]
        block.append(other)
    yield block


def _compared(steps: Iterable[Step], draft: str, source: str) -> Iterator[Step]:
    """Yield steps by the letter: stems that are equal may be different words."""
    for step in steps:
        ours, theirs = draft[step.a0 : step.a1], source[step.b0 : step.b1]
        if ours == theirs:
            if ours:
                yield step._replace(change="equal")
            continue
        for op in Levenshtein.opcodes(theirs, ours):
            a0, a1 = step.a0 + op.dest_start, step.a0 + op.dest_end
            b0, b1 = step.b0 + op.src_start, step.b0 + op.src_end
            yield Step(_CHANGES[op.tag], a0, a1, b0, b1)


_CHANGES: dict[str, Change] = {
    "equal": "equal",
    "replace": "replace",
    "insert": "insert",
    "delete": "delete",
}


def _trimmed(steps: list[Step]) -> list[Step]:
    """Return the steps from the first to the last equal one, equals joined."""
    equal = [at for at, step in enumerate(steps) if step.change == "equal"]
    if not equal:
        return []
    merged: list[Step] = []
    for step in steps[equal[0] : equal[-1] + 1]:
        last = merged[-1] if merged else None
        if last and _continues(last, step):
            joined = Step(step.change, last.a0, step.a1, last.b0, step.b1)
            merged[-1] = joined._replace(change=_change(joined, last, step))
        else:
            merged.append(step)
    return merged


def _continues(last: Step, step: Step) -> bool:
    follows = last.a1 == step.a0 and last.b1 == step.b0
    return follows and (last.change == "equal") == (step.change == "equal")


def _change(joined: Step, last: Step, step: Step) -> Change:
    if last.change == step.change == "equal":
        return "equal"
    if joined.a0 == joined.a1:
        return "delete"
    return "insert" if joined.b0 == joined.b1 else "replace"


def _alignment(steps: list[Step], units: tuple[Units, Units]) -> Alignment:
    draft, source = units
    return Alignment(
        tuple(
            Run(
                step.change,
                draft.span(step.a0, step.a1),
                source.span(step.b0, step.b1),
                step.width,
            )
            for step in steps
        )
    )
