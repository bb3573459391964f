"""What a finding is about, in a form that edits elsewhere leave as it is.

A passage is known by its clauses, what stands between two signs of punctuation. Where
exactly it begins and ends depends on what it is compared with; which clauses it has
hardly does.
"""

import re
from base64 import urlsafe_b64encode
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from detector.model.document import Document
from detector.model.finding import Finding
from detector.model.span import Span
from detector.text.rules import normalize
from detector.text.units import Units, count_units

_CLAUSE = re.compile(r"(?:[^。！？；，、：!?;,:\r\n\t.]|\.(?=\d))+")
_MOST_PAIRS = 1 << 31
"""Clauses of two states of a document, multiplied: a bit of memory each."""
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
        return tuple(clause for span in spans for clause in self._at(span))

    def changed_since(self, before: "Wording") -> list[Span]:
        """Return the clauses that another state of the document does not have there.

        By a longest common subsequence of clauses. Where that would take too much
        memory, all of them.
        """
        ours, theirs = self._digests, before._digests
        if len(ours) * len(theirs) > _MOST_PAIRS:
            return self._spans
        from rapidfuzz.distance import Indel

        return [
            span
            for step in Indel.opcodes(theirs, ours)
            if step.tag == "insert"
            for span in self._spans[step.dest_start : step.dest_end]
        ]

    def _at(self, span: Span) -> Iterator[Clause]:
        first = bisect_right(self._spans, span.start, key=lambda one: one.end)
        for at in range(first, len(self._spans)):
            clause = self._spans[at]
            inside = min(clause.end, span.end) - max(clause.start, span.start)
            if inside <= 0:
                return
            if inside * 2 >= min(len(clause), len(span)):
                units = self._units.within(clause)
                yield Clause(self._digests[at], units.stop - units.start)

    @cached_property
    def _digests(self) -> list[str]:
        codes = self._units.codes.astype("<u8")
        slices = (self._units.within(span) for span in self._spans)
        return [digest(codes[one].tobytes()) for one in slices]

    @cached_property
    def _units(self) -> Units:
        return count_units(normalize(self._text))

    @cached_property
    def _spans(self) -> list[Span]:
        found = (Span(*match.span()) for match in _CLAUSE.finditer(self._text))
        return [
            span
            for span in found
            if (units := self._units.within(span)).stop > units.start
        ]
