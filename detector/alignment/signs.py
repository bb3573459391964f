"""The signs at the ends of a passage: what closes or opens it on both sides is its own.

Passages are found in units, and punctuation is none. A sentence that was copied whole
is shown with its full stop, a title with its brackets.
"""

import re
import unicodedata
from dataclasses import replace

from detector.model.alignment import Alignment, Run
from detector.model.span import Span
from detector.text.rules import normalize
from detector.text.units import count_units

_AFTER = frozenset({"Pe", "Pf", "Po"})
_BEFORE = frozenset({"Ps", "Pi"})


def with_signs(alignment: Alignment, draft: str, source: str) -> Alignment:
    """Return the alignment with the signs that both raw texts have at its ends.

    The ends are those of the draft's passage. What hangs over beyond its last sign, or
    before its first, by three characters at the most and in the same letters on both
    sides, is cut off: 第 of an article whose number differs.
    """
    runs = list(alignment.runs)
    runs[-1] = _without_tail(runs[-1], draft, source)
    runs[0] = _without_head(runs[0], draft, source)
    return closed(replace(alignment, runs=tuple(runs)), draft, source)


def closed(alignment: Alignment, draft: str, source: str) -> Alignment:
    """Return the alignment with the same signs at its ends, and nothing cut off."""
    runs = list(alignment.runs)
    runs[-1] = _closed(runs[-1], draft, source)
    runs[0] = _opened(runs[0], draft, source)
    return replace(alignment, runs=tuple(runs))


_TAIL = re.compile(r"[。！？；.!?;\n][^\w。！？；\n]*(\w{1,3})\Z")
_HEAD = re.compile(r"\A(\w{1,3})[。！？；.!?;\n]\W*(?=\w)")


def _without_tail(run: Run, draft: str, source: str) -> Run:
    ours, theirs = run.draft, run.source
    found = _TAIL.search(draft, max(ours.start, ours.end - 12), ours.end)
    if not found or found.start() == ours.start:
        return run
    cut = ours.end - found.start()
    same = draft[ours.end - cut : ours.end] == source[theirs.end - cut : theirs.end]
    if not same or cut >= min(len(ours), len(theirs)):
        return run
    return run._replace(
        draft=Span(ours.start, ours.end - cut),
        source=Span(theirs.start, theirs.end - cut),
        units=run.units - _count(found[1]),
    )


def _without_head(run: Run, draft: str, source: str) -> Run:
    ours, theirs = run.draft, run.source
    found = _HEAD.match(draft[ours.start : min(ours.end, ours.start + 12)])
    if not found:
        return run
    cut = found.end()
    same = draft[ours.start :][:cut] == source[theirs.start :][:cut]
    if not same or cut >= min(len(ours), len(theirs)):
        return run
    return run._replace(
        draft=Span(ours.start + cut, ours.end),
        source=Span(theirs.start + cut, theirs.end),
        units=run.units - _count(found[1]),
    )


def _count(hanging: str) -> int:
    """Return the units of what hangs over: a word is one."""
    return len(count_units(normalize(hanging)))


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
