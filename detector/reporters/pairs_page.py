"""All pairs of a corpus on a page: clusters, pairs, organisations."""

from collections.abc import Iterator

from detector.messages import Language, say
from detector.model.pairs import Pair, Pairs
from detector.reporters.terminal.lines import cut, shorten
from detector.reporters.wording import lineage, pairs_found
from detector.text.visible import visible

_WIDTH = 79
_PAIRS, _CLUSTERS, _ORGANISATIONS = 20, 10, 10
"""What is shown of each."""
_SUBSTITUTIONS, _LONGEST = 3, 12
"""Wordings exchanged that are named, and characters of the longest."""


def page(pairs: Pairs, language: Language) -> str:
    """Return the page, of lines that fit 80 columns."""
    parts = (_clusters(pairs, language), _pairs(pairs, language))
    lines = [
        pairs_found(pairs, language),
        *(line for part in parts for line in part),
        *_matrix(pairs, language),
    ]
    return "\n".join(lines) + "\n"


def _clusters(pairs: Pairs, language: Language) -> Iterator[str]:
    for number, cluster in enumerate(pairs.clusters[:_CLUSTERS], 1):
        yield ""
        size, least = len(cluster.documents), cluster.least
        yield say("P-cluster", language, number=number, documents=size, least=least)
        for document in cluster.documents:
            glyph = "●" if document == cluster.medoid else "○"
            yield f"  {glyph} {_path(pairs, document, 4)}"
    yield from _more(len(pairs.clusters) - _CLUSTERS, language)


def _pairs(pairs: Pairs, language: Language) -> Iterator[str]:
    for pair in pairs.pairs[:_PAIRS]:
        yield ""
        yield cut(_head(pair, language), _WIDTH)
        yield f"  {cut(lineage(pair, language), _WIDTH - 2)}"
        for document in pair[:2]:
            yield f"  {_path(pairs, document, 2)}"
        short = [s for s in pair.substitutions if max(map(len, s[:2])) <= _LONGEST]
        if named := short[:_SUBSTITUTIONS]:
            told = (f"{visible(old)} → {visible(new)} ×{n}" for old, new, n in named)
            exchanged = f"{say('P-exchanged', language)} {' · '.join(told)}"
            yield "  " + cut(exchanged, _WIDTH - 2)
    yield from _more(len(pairs.pairs) - _PAIRS, language)


def _head(pair: Pair, language: Language) -> str:
    shares = f"{pair.shares[0]:.0%} · {pair.shares[1]:.0%}"
    facts = {"equal": max(pair.equal), "longest": pair.longest}
    return say("P-pair", language, shares=shares, **facts)


def _matrix(pairs: Pairs, language: Language) -> Iterator[str]:
    """Yield a row for each organisation: what share of its text each other one has."""
    names = pairs.organisations[:_ORGANISATIONS]
    if len(names) < 2:  # noqa: PLR2004 - there is nothing to compare
        return
    yield ""
    yield say("P-matrix", language)
    yield "    " + "".join(f"{number:>5}" for number in range(1, len(names) + 1))
    for number, (name, row) in enumerate(zip(names, pairs.matrix, strict=False), 1):
        cells = "".join(f"{share:5.0%}" for share in row[: len(names)])
        room = _WIDTH - 6 - len(cells)
        yield f"{number:>4}{cells}  {shorten(name, max(room, 8))}"
    yield from _more(len(pairs.organisations) - len(names), language)


def _more(count: int, language: Language) -> Iterator[str]:
    if count > 0:
        yield say("P-more", language, count=count)


def _path(pairs: Pairs, document: int, margin: int) -> str:
    return shorten(pairs.documents[document].origin.path, _WIDTH - margin)
