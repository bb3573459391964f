"""A source that may be worth aligning, before anyone has looked."""

from enum import StrEnum
from typing import NamedTuple


class Nominator(StrEnum):
    """What nominated a candidate."""

    ALL = "all"
    MINHASH = "minhash"
    TFIDF = "tfidf"


class Candidate(NamedTuple):
    """A source by its place in the corpus, and what nominated it."""

    source: int
    nominators: frozenset[Nominator]
