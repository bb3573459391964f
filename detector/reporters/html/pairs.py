"""All pairs of a corpus as a page: clusters, a table to be sorted, organisations."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from detector.errors import DetectorError
from detector.messages import Language
from detector.model.pairs import Pairs
from detector.reporters.html.shell import filled
from detector.reporters.html.words import both, message
from detector.reporters.wording import lineage_code
from detector.text.visible import visible

if TYPE_CHECKING:
    from markupsafe import Markup

_PAIRS, _ORGANISATIONS, _DOCUMENTS = 1_000, 60, 100
"""What is shown of each; JSON has all."""
_SUBSTITUTIONS, _LONGEST = 3, 12
_SHADES = 9
"""Shades of the matrix, the last for a half and more."""


class Row(NamedTuple):
    """A pair: both documents, what they share, who was first."""

    one: str
    other: str
    shares: tuple[float, float]
    equal: int
    longest: int
    first: "Markup"
    exchanged: Sequence[tuple[str, str, int]]


class Cell(NamedTuple):
    """A cell of the matrix: its share in percent, and how dark it is, 0–9."""

    percent: str
    shade: int


def render_pairs(
    pairs: Pairs, errors: Sequence[DetectorError], language: Language
) -> bytes:
    """Return the page as UTF-8; it begins in `language` and holds both."""
    names = pairs.organisations[:_ORGANISATIONS]
    return filled(
        "pairs.html",
        language,
        pairs=pairs,
        rows=list(_rows(pairs)),
        clusters=list(_clusters(pairs)),
        names=[visible(name) for name in names],
        matrix=[[_cell(share) for share in row[: len(names)]] for row in pairs.matrix],
        more=(
            len(pairs.pairs[_PAIRS:]),
            len(pairs.organisations[_ORGANISATIONS:]),
        ),
        errors=[both(error.in_language) for error in errors],
    )


def _rows(pairs: Pairs) -> Iterator[Row]:
    for pair in pairs.pairs[:_PAIRS]:
        short = [s for s in pair.substitutions if max(map(len, s[:2])) <= _LONGEST]
        yield Row(
            _path(pairs, pair.one),
            _path(pairs, pair.other),
            pair.shares,
            max(pair.equal),
            pair.longest,
            message(lineage_code(pair), left=pair.lineage.left),
            [(visible(a), visible(b), n) for a, b, n in short[:_SUBSTITUTIONS]],
        )


def _clusters(
    pairs: Pairs,
) -> Iterator[tuple["Markup", list[tuple[str, bool]], int]]:
    """Yield the heading of each cluster, its documents, and how many more it has."""
    for number, cluster in enumerate(pairs.clusters, 1):
        size, least = len(cluster.documents), cluster.least
        head = message("P-cluster", number=number, documents=size, least=least)
        shown = [
            (_path(pairs, document), document == cluster.medoid)
            for document in cluster.documents[:_DOCUMENTS]
        ]
        yield head, shown, len(cluster.documents[_DOCUMENTS:])


def _cell(share: float) -> Cell:
    shade = min(round(share * 2 * _SHADES), _SHADES) if share else 0
    return Cell(f"{share:.0%}" if share else "", max(shade, int(share > 0)))


def _path(pairs: Pairs, document: int) -> str:
    return visible(pairs.documents[document].origin.path)
