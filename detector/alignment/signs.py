"""The signs at the ends of a passage: what closes or opens it on both sides is its own.

Passages are found in units, and punctuation is none. A sentence that was copied whole
is shown with its full stop, a title with its brackets.
"""

import unicodedata
from dataclasses import replace

from detector.model.alignment import Alignment, Run
from detector.model.span import Span

_AFTER = frozenset({"Pe", "Pf", "Po"})
_BEFORE = frozenset({"Ps", "Pi"})


def with_signs(alignment: Alignment, draft: str, source: str) -> Alignment:
    """Return the alignment with the signs that both raw texts have at its ends.

    A passage whose parts changed places is returned as it is.
    """
    if alignment.reordered:
        return alignment
    runs = list(alignment.runs)
    runs[-1] = _closed(runs[-1], draft, source)
    runs[0] = _opened(runs[0], draft, source)
    return replace(alignment, runs=tuple(runs))


def _closed(run: Run, draft: str, source: str) -> Run:
    ours, theirs = run.draft, run.source
    while _same(draft, ours.end, source, theirs.end, _AFTER):
        ours = Span(ours.start, ours.end + 1)
        theirs = Span(theirs.start, theirs.end + 1)
    return run._replace(draft=ours, source=theirs)


def _opened(run: Run, draft: str, source: str) -> Run:
    ours, theirs = run.draft, run.source
    while _same(draft, ours.start - 1, source, theirs.start - 1, _BEFORE):
        ours = Span(ours.start - 1, ours.end)
        theirs = Span(theirs.start - 1, theirs.end)
    return run._replace(draft=ours, source=theirs)


def _same(a: str, i: int, b: str, j: int, kinds: frozenset[str]) -> bool:
    """Return whether ``a[i]`` and ``b[j]`` are the same sign, of one of `kinds`."""
    if not (0 <= i < len(a) and 0 <= j < len(b)):
        return False
    return unicodedata.category(a[i]) in kinds and _folded(a[i]) == _folded(b[j])


def _folded(char: str) -> str:
    return unicodedata.normalize("NFKC", char)
