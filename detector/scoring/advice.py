"""What to rewrite first: which paragraph, why, and what a version of its own needs.

Never other words for the same: only that which the writer knows makes it specific.
"""

from collections.abc import Iterable, Iterator, Sequence

from detector.model.ledger import Ledger
from detector.model.match import Label, Match
from detector.model.report import Advice, Fact
from detector.model.span import Span

MOST = 10
"""Paragraphs that are named."""
_FEWEST = 20
"""Counted characters from which a paragraph is worth it."""
_WORTH = {"W101": 1.0, "W102": 1.0, "W103": 0.5, "W104": 0.25}
"""How much a character weighs: copied, repeated, boilerplate, without a fact."""
_ASKED: dict[str, frozenset[str]] = {
    "when": frozenset({"date", "frequency"}),
    "how_many": frozenset({"quantity", "percentage", "number"}),
    "who_where": frozenset({"name", "title", "document_number"}),
}


def advise(
    paragraphs: Sequence[tuple[Span, Ledger]],
    matches: Sequence[Match],
    facts: Sequence[Fact],
    empty: Iterable[Span],
) -> tuple[Advice, ...]:
    """Return the paragraphs that are worth rewriting, the most telling first.

    Parameters
    ----------
    paragraphs : sequence of (Span, Ledger)
        In order.
    empty : iterable of Span
        Those of them that no fact is in (rule VOID001).
    """
    none = set(empty)
    found = [
        (_WORTH[one.code] * one.units, one)
        for span, ledger in paragraphs
        for one in _of(span, ledger, matches, facts, none)
    ]
    found.sort(key=lambda pair: (-pair[0], pair[1].span.start))
    return tuple(one for _, one in found[:MOST])


def _of(
    span: Span,
    ledger: Ledger,
    matches: Sequence[Match],
    facts: Sequence[Fact],
    empty: set[Span],
) -> Iterator[Advice]:
    """Yield at most one advice about a paragraph: the one that is worth most."""
    if not (ledger.copied or ledger.self_repeat or ledger.boilerplate or span in empty):
        return
    shares = {
        "W101": ledger.copied,
        "W102": float(ledger.self_repeat),
        "W103": ledger.boilerplate,
        "W104": float(ledger.counted) if span in empty else 0.0,
    }
    code = max(shares, key=lambda name: (_WORTH[name] * shares[name], name))
    units = round(shares[code])
    if units < _FEWEST:
        return
    label = {"W101": Label.COPIED, "W102": Label.SELF_REPEAT, "W103": Label.BOILERPLATE}
    inside = [
        m for m in matches if m.draft.start < span.end and m.draft.end > span.start
    ]
    held = [m for m in inside if m.label is label.get(code)]
    best = max(held, key=lambda m: m.alignment.equal, default=None)
    own = [fact for fact in facts if span.start <= fact.span.start < span.end]
    kinds = {fact.kind for fact in own}
    lacks = tuple(name for name, ones in _ASKED.items() if kinds.isdisjoint(ones))
    source = best.source.document.origin.path if best and not best.within else ""
    kept = tuple(fact.span for fact in own if best and _stands_in(fact, best))
    facts_said: dict[str, object] = {"units": units, "counted": ledger.counted}
    yield Advice(span, code, units, facts_said, source, lacks, kept)


def _stands_in(fact: Fact, match: Match) -> bool:
    """Tell whether a fact stands in the passage of the source, too."""
    inside = match.draft.start <= fact.span.start and fact.span.end <= match.draft.end
    return inside and fact.span.of(match.draft.document.text) in match.source.text
