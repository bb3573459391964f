"""What a finding is about, in a form that edits elsewhere leave as it is.

A passage is known by its clauses, what stands between two signs of punctuation. Where
exactly it begins and ends depends on what it is compared with; which clauses it has
hardly does.
"""

import re
from base64 import urlsafe_b64encode
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

    def _at(self, span: Span) -> Iterator[Clause]:
        for clause in self._spans:
            inside = min(clause.end, span.end) - max(clause.start, span.start)
            if inside > 0 and inside * 2 >= min(len(clause), len(span)):
                codes = self._units.codes[self._units.within(clause)]
                yield Clause(digest(codes.astype("<u8").tobytes()), len(codes))

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
