"""First on the page: how large the draft is, its ledger, and its figures."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from detector.model.match import Label
from detector.model.report import CorpusFacts, Peers, Report
from detector.reporters.figures import NEED_CORPUS, SHOWN, apportion, whole_columns
from detector.reporters.places import place
from detector.reporters.terminal.lines import pad, shorten, visible
from detector.reporters.terminal.look import GLYPHS, Look

_BAR = 72
"""Cells of the widest bar: beyond it a cell says no more."""
_GAP = 4
"""Cells between the entries of the legend."""


class Entry(NamedTuple):
    """A line of the legend: a column of the ledger, or all of them."""

    name: str
    glyph: str
    colour: str
    characters: int
    share: float


class Figure(NamedTuple):
    """A figure by the name of its messages, its value, and where it comes from."""

    name: str
    value: str
    detail: str


def summary(report: Report, look: Look) -> Iterator[Text]:
    """Yield name, size and corpus, the ledger, and the figures that mean something."""
    origin, ledger = report.draft.origin, report.ledger
    yield from look.fit(Text(visible(origin.path), "bold"))
    if origin.organisation or origin.year:
        said = " · ".join(
            filter(None, (origin.organisation, origin.year, origin.genre))
        )
        yield from look.fit(Text(look.say("R-read", said=visible(said))), "  ")
    size = look.say("R-size", characters=len(report.draft.text), counted=ledger.counted)
    yield from look.fit(Text(f"{size} · {_compared(report.corpus, look)}"), "  ")
    if report.nominated and report.nominated.capped:
        capped = look.say("R-capped", count=report.nominated.capped)
        yield from look.fit(Text(capped, "dim"), "  ")
    yield from look.title(look.say("R-ledger"))
    yield from _ledger(report, look)
    yield Text()
    yield from _table(list(_figures(report, look)), look)
    if report.corpus is None:
        yield from look.fit(Text(look.say("R-needs-corpus"), "dim"), "  ")


def _compared(corpus: CorpusFacts | None, look: Look) -> str:
    if corpus is None:
        return look.say("R-alone")
    known = "R-corpus-organisations" if corpus.organisations else "R-corpus"
    facts = corpus._asdict() | {"path": visible(corpus.path)}
    return look.say(known, **facts)


def _ledger(report: Report, look: Look) -> Iterator[Text]:
    """Yield the bar, and a legend whose numbers add up to its last line."""
    ledger = report.ledger
    columns = whole_columns(ledger)
    shown = [
        label
        for label in SHOWN
        if columns[label] or report.corpus or label not in NEED_CORPUS
    ]
    cells = apportion(list(columns.values()), min(look.width - 4, _BAR), least=1)
    bar = Text("  ")
    for label, length in zip(columns, cells, strict=True):
        glyph, colour = GLYPHS[label]
        bar.append(glyph * length, colour)
    yield bar
    rows = [Entry(k.value, *GLYPHS[k], columns[k], ledger.share(k)) for k in shown]
    rows.append(Entry("total", " ", "", ledger.counted, 1.0))
    yield from _legend(rows, look)


def _legend(rows: list[Entry], look: Look) -> Iterator[Text]:
    """Yield as many entries a line as fit, three at most."""
    labels = [look.say(f"R-label-{row.name}") for row in rows]
    counts = [look.say("R-entry", characters=row.characters) for row in rows]
    name, wide = max(map(cell_len, labels)), max(map(cell_len, counts))
    entries = []
    for row, label, count in zip(rows, labels, counts, strict=True):
        entry = Text().append(row.glyph, row.colour).append(f" {pad(label, name)} ")
        entry.append(pad(count, wide, right=True))
        entries.append(entry.append(pad(f"{row.share:.1%}", 7, right=True), "dim"))
    fitting = (look.width - 2 + _GAP) // (entries[0].cell_len + _GAP)
    each = min(max(fitting, 1), 3)
    for start in range(0, len(entries), each):
        yield Text("  ") + Text(" " * _GAP).join(entries[start : start + each])


def _figures(report: Report, look: Look) -> Iterator[Figure]:
    if report.corpus is not None:
        yield from _against_corpus(report, look)
    if report.peers:
        yield _peers(report.peers, look)
    yield _share(report, Label.SELF_REPEAT, look)
    if longest := report.longest_match:
        value = look.say("R-value-characters", n=longest.alignment.equal)
        where = visible(place(report.draft, longest.draft.start, look.language))
        detail = look.say("R-detail-longest", id=visible(longest.id), place=where)
        yield Figure("longest", value, detail)
    value = look.say("R-value-facts", value=report.specificity)
    detail = look.say("R-detail-facts", n=len(report.facts))
    yield Figure("specificity", value, detail)


def _against_corpus(report: Report, look: Look) -> Iterator[Figure]:
    ledger = report.ledger
    free = ledger.counted - ledger.cited - ledger.set_phrase
    value = look.say("R-value-hundred", value=report.originality)
    detail = look.say("R-detail-originality", own=ledger.own, free=free)
    yield Figure("originality", value, detail)
    if report.adequacy is not None:
        value = look.say("R-value-adequacy", value=report.adequacy)
        value = value if round(report.adequacy, 1) else "0.0"
        yield Figure("adequacy", value, look.say("R-detail-adequacy"))
    yield _share(report, Label.COPIED, look)
    yield _share(report, Label.BOILERPLATE, look)
    if carried := report.carry_over:
        path = shorten(carried.document.origin.path, max(look.width - 8, 20))
        same, changed = len(carried.unchanged), len(carried.changed)
        detail = look.say("R-detail-carried", path=path)
        if same + changed:
            detail += look.say(
                "R-detail-facts-carried", same=same, facts=same + changed
            )
        yield Figure("carried", f"{carried.share:.1%}", detail)
    if largest := report.largest_source:
        path = shorten(largest.document.origin.path, max(look.width - 8, 20))
        part = round(largest.share * ledger.counted)
        detail = look.say("R-detail-largest", part=part, path=path)
        yield Figure("largest", f"{largest.share:.1%}", detail)


def _peers(peers: Peers, look: Look) -> Figure:
    """Return how many reports of the genre there are, and where this one stands."""
    value = look.say("R-value-peers", n=peers.reports)
    if not peers.percentiles:
        return Figure("peers", value, look.say("R-detail-peers-few"))
    told = (
        look.say("R-percentile", figure=look.say(f"{name}.title"), value=share)
        for name, share in peers.percentiles.items()
    )
    return Figure("peers", value, look.say("R-detail-peers") + " · ".join(told))


def _share(report: Report, label: Label, look: Look) -> Figure:
    part = whole_columns(report.ledger)[label]
    counted = report.ledger.counted
    detail = look.say("R-detail-share", part=part, counted=counted)
    return Figure(label.value, f"{report.ledger.share(label):.1%}", detail)


def _table(rows: list[Figure], look: Look) -> Iterator[Text]:
    """Yield each figure on a line, with its detail beside it, or else below."""
    labels = [look.say(f"R-figure-{row.name}") for row in rows]
    name = max(map(cell_len, labels))
    wide = max(cell_len(row.value) for row in rows)
    for label, (_, value, detail) in zip(labels, rows, strict=True):
        line = Text(f"  {pad(label, name)}  ")
        line.append(pad(value, wide, right=True), "bold")
        if line.cell_len + 2 + cell_len(detail) <= look.width:
            yield line.append(f"  {detail}", "dim")
        else:  # below, so that a place stays whole and can be clicked
            yield line
            yield from look.fit(Text(detail, "dim"), " " * 4)
