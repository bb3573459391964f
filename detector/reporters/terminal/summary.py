"""First on the page: how large the draft is, its ledger, and its figures."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from detector.model.ledger import SHOWN, Ledger
from detector.model.report import CorpusFacts, Report
from detector.reporters.figures import NEED_CORPUS, apportion, whole_columns
from detector.reporters.stated import Figure, figures
from detector.reporters.terminal.lines import pad, shorten
from detector.reporters.terminal.look import GLYPHS, Look
from detector.text.visible import visible

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
    yield from ledger_lines(report.ledger, look, compared=bool(report.corpus))
    yield Text()

    def short(path: str) -> str:
        return shorten(path, max(look.width - 8, 20))

    yield from _table(list(figures(report, look.language, short)), look)
    if report.corpus is None:
        yield from look.fit(Text(look.say("R-needs-corpus"), "dim"), "  ")


def _compared(corpus: CorpusFacts | None, look: Look) -> str:
    if corpus is None:
        return look.say("R-alone")
    known = "R-corpus-organisations" if corpus.organisations else "R-corpus"
    facts = corpus._asdict() | {"path": visible(corpus.path)}
    return look.say(known, **facts)


def ledger_lines(
    ledger: Ledger, look: Look, *, compared: bool = True
) -> Iterator[Text]:
    """Yield the bar, and a legend whose numbers add up to its last line."""
    columns = whole_columns(ledger)
    shown = [
        label
        for label in SHOWN
        if columns[label] or compared or label not in NEED_CORPUS
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
