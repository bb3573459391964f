"""What a finding is about, in a form that edits elsewhere leave as it is.

A passage is known by its clauses, what stands between two signs of punctuation. Where
exactly it begins and ends depends on what it is compared with; which clauses it has
hardly does.
"""

import re
from base64 import urlsafe_b64encode
from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.model.document import Document
from detector.model.finding import Finding
from detector.model.span import Span
from detector.text.markup import find_markup
from detector.text.rules import normalize
from detector.text.units import Units, count_units

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcode

_CLAUSE = re.compile(
    r"(?:[^。！？；，、：!?;,:\r\n\t.]|\.(?=\d)"
    r"|\r?\n(?![^\S\n]*(?:\r?\n|\Z|[#>|*+\-]|\d|[一二三四五六七八九十（(第])))+"
)
"""A line end within a paragraph ends no clause: lines are wrapped anew."""
_MOST_PAIRS = 1 << 31
"""Clauses of two states of a document, multiplied: a bit of memory each."""
_APART = 30
"""Units between clauses that, taken out, let these meet."""
_RUN = 4
"""Units in a row from which they are the old ones, and not such as any text has."""
_BYTES = 9
"""Of a digest: twelve letters, too many to find another text that has them."""


class Clause(NamedTuple):
    """A clause: a digest of its units, and how many they are."""

    digest: str
    units: int


def digest(data: bytes) -> str:
    """Return twelve letters that stand for some bytes."""
    return urlsafe_b64encode(blake2b(data, digest_size=_BYTES).digest()).decode()


class Wording:
    """The clauses of a document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.text

    def of(self, finding: Finding) -> tuple[Clause, ...]:
        """Return the clauses that a finding is about.

        Those of which it has half, or which have half of it. A finding about the whole
        document has one, which stands for the document that it is compared with.
        """
        spans = finding.places or (finding.span,)
        if not finding.span and len(spans) == 1:
            other = str(finding.facts.get("path", ""))
            return (Clause(digest(b"=" + other.encode("utf-8", "surrogatepass")), 1),)
        found = tuple(clause for span in spans for clause in self._at(span))
        return found or tuple(map(self._of_signs, spans))

    def _of_signs(self, span: Span) -> Clause:
        """Return what stands for a text of signs alone: blanks to be filled in, say."""
        signs = "".join(span.of(self._text).split())
        return Clause(digest(signs.encode("utf-8", "surrogatepass")), 1)

    def changed_since(self, before: "Wording") -> list[Span]:
        """Return the text that another state of the document does not have.

        By a longest common subsequence of clauses; those that have only been moved are
        none of it, and of those that have been edited only what was put in, and what
        met because something between was taken out. Clauses
        that meet because much between them was taken out are part of it: so parts that
        said nothing become a passage. Where that would take too much memory, all.
        """
        ours, theirs = self._digests, before._digests
        if len(ours) * len(theirs) > _MOST_PAIRS:
            return self._spans
        gone: Counter[str] = Counter()
        blocks: list[tuple[list[int], list[int]]] = [([], [])]
        changed: list[Span] = []
        for step in _steps(theirs, ours):
            if step.tag == "equal":
                blocks.append(([], []))
            elif step.tag == "delete":
                blocks[-1][0].extend(range(step.src_start, step.src_end))
                gone.update(theirs[step.src_start : step.src_end])
                left_out = before._spans[step.src_start : step.src_end]
                much = len(before._of(left_out)) >= _APART
                seam = step.dest_start if much else -1
                changed += self._spans[max(seam - 1, 0) : seam + 1]
            else:
                blocks[-1][1].extend(range(step.dest_start, step.dest_end))
        for old, new in blocks:
            fresh = []
            for at in new:
                if gone[ours[at]]:
                    gone[ours[at]] -= 1
                else:
                    fresh.append(at)
            changed += self._put_in(fresh, before, old)
        return changed

    def _put_in(
        self, fresh: list[int], before: "Wording", old: list[int]
    ) -> list[Span]:
        """Return what of some clauses is new, if they are old ones edited; else all."""
        spans = [self._spans[at] for at in fresh]
        units = self._of(spans)
        codes = before._units.codes[before._of([before._spans[at] for at in old])]
        if not len(codes) or len(units) * len(codes) > _MOST_PAIRS:
            return spans
        steps = _steps(codes.tolist(), self._units.codes[units].tolist())
        met = np.zeros(len(units), dtype=np.bool_)
        for step in steps:
            short = step.dest_end - step.dest_start < _RUN
            if step.tag == "insert" or (step.tag == "equal" and short):
                met[step.dest_start : step.dest_end] = True
            elif step.tag == "delete":  # what meets because of it
                met[max(step.dest_start - 1, 0) : step.dest_start + 1] = True
        if met.sum() * 2 > len(units):
            return spans
        return [self._units.span(int(at), int(at) + 1) for at in units[met]]

    def _of(self, spans: Iterable[Span]) -> NDArray[np.intp]:
        """Return the numbers of the units in some spans."""
        return np.flatnonzero(self._units.mask(spans))

    def count(self, spans: Iterable[Span], within: Iterable[Span]) -> tuple[int, int]:
        """Return the units in `spans`, and how many of them lie in others."""
        mask = self._units.mask(spans)
        return int(mask.sum()), int((mask & self._units.mask(within)).sum())

    def _at(self, span: Span) -> Iterator[Clause]:
        first = bisect_right(self._spans, span.start, key=lambda one: one.end)
        for at in range(first, len(self._spans)):
            clause = self._spans[at]
            inside = len(clause & span)
            if not inside:
                return
            if inside * 2 >= min(len(clause), len(span)):
                units = self._slices[at]
                yield Clause(self._digests[at], units.stop - units.start)

    @cached_property
    def _digests(self) -> list[str]:
        codes = self._units.codes.astype("<u8")
        return [digest(codes[one].tobytes()) for one in self._slices]

    @cached_property
    def _units(self) -> Units:
        return count_units(normalize(self._text), find_markup(self._document))

    @cached_property
    def _slices(self) -> list[slice]:
        return self._units.within_each(self._spans)

    @cached_property
    def _spans(self) -> list[Span]:
        found = [Span(*match.span()) for match in _CLAUSE.finditer(self._text)]
        each = zip(found, self._units.within_each(found), strict=True)
        return [span for span, units in each if units.stop > units.start]


def _steps(old: Sequence[Hashable], new: Sequence[Hashable]) -> "Iterable[Opcode]":
    """Yield the steps from one sequence to another: equal, delete, insert."""
    from rapidfuzz.distance import Indel

    return Indel.opcodes(old, new)
