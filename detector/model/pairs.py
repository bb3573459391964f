"""What the documents of a corpus share with each other."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from detector.model.document import Document
from detector.model.drawn import Drawn

Exchanged: TypeAlias = tuple[tuple[str, str, int], ...]
"""Wordings exchanged: in one document, in the other, how often."""


class Basis(StrEnum):
    """By what it is said which of two documents was first."""

    DATE = "date"
    RESIDUE = "residue"
    TEMPLATE = "template"
    UNKNOWN = "unknown"


class Lineage(NamedTuple):
    """Which of two documents was first, as far as that can be told.

    Attributes
    ----------
    first : int or None
        Number of the document that was first; None if that is not known, or if both
        follow what many write.
    basis : Basis
    left : str
        A wording of the first document that was exchanged elsewhere and left in the
        other one; empty but for `Basis.RESIDUE`.
    """

    first: int | None
    basis: Basis
    left: str = ""


class Pair(NamedTuple):
    """Two documents that share passages.

    Attributes
    ----------
    one, other : int
        Numbers of the documents, `one` the lower.
    equal : (int, int)
        Counted characters of each that the other one holds in a passage.
    shares : (float, float)
        The same as a share of all its counted characters, 0–1.
    longest : int
        Equal characters of the longest passage.
    passages : int
    substitutions : Exchanged
        The most frequent first.
    lineage : Lineage
    """

    one: int
    other: int
    equal: tuple[int, int]
    shares: tuple[float, float]
    longest: int
    passages: int
    substitutions: Exchanged
    lineage: Lineage


class Cluster(NamedTuple):
    """Documents that are nearly one.

    Attributes
    ----------
    medoid : int
        The one that has most in common with the others.
    documents : tuple of int
        All of them, ascending.
    least : float
        The smallest share, 0–1, that one of them and the medoid have in common.
    """

    medoid: int
    documents: tuple[int, ...]
    least: float


@dataclass(frozen=True, slots=True)
class Pairs(Drawn):
    """All pairs of a corpus that share passages.

    Attributes
    ----------
    pairs : tuple of Pair
        Those with the greatest share first.
    clusters : tuple of Cluster
        Largest first.
    organisations : tuple of str
        Those whose documents share something with others'; sorted.
    matrix : tuple of tuple of float
        Share of the counted characters of the documents of organisation i that some
        document of organisation j holds; of its own ones with i = j.
    looked_at : int
        Pairs that were aligned, of all there are.
    """

    documents: tuple[Document, ...]
    pairs: tuple[Pair, ...]
    clusters: tuple[Cluster, ...]
    organisations: tuple[str, ...]
    matrix: tuple[tuple[float, ...], ...]
    looked_at: int = 0

    def __repr__(self) -> str:
        return (
            f"Pairs({len(self.documents)} documents, {len(self.pairs)} pairs, "
            f"{len(self.clusters)} clusters)"
        )
