"""Which documents follow which, over the years."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from detector.charts.canvas import DIM, LINE, Chart, drawing, legend, panel, short
from detector.charts.names import names_of
from detector.charts.palette import COLOURS
from detector.messages import Language, say
from detector.model.document import Document
from detector.model.pairs import Basis, Pair, Pairs
from detector.text.scripts import first_text, language_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST = 60
"""Lines that can be followed: the pairs with the greatest shares."""
_ROW, _REST = 0.3, 1.5
_ACROSS, _RISE = 6.0, 0.3
"""Inches of the columns; twice those that a line bends away, so that it stays on."""
_COLOURS: Mapping[Basis, str] = {
    Basis.DATE: COLOURS["cited"],
    Basis.RESIDUE: COLOURS["copied"],
    Basis.TEMPLATE: DIM,
    Basis.UNKNOWN: DIM,
}
_STYLES: Mapping[Basis, Any] = {
    Basis.DATE: "-",
    Basis.RESIDUE: (0, (6, 2)),
    Basis.TEMPLATE: "-.",
    Basis.UNKNOWN: ":",
}
_LABELS = 14
"""Years that have room for their names; of more, every second or third is named."""
_YEAR = re.compile(r"\d{4}")


class _Place(NamedTuple):
    """A column by its year, None where it is not known, and a row."""

    year: int | None
    row: int


class _Row(NamedTuple):
    """What stands in a line of the chart: an organisation's reports of one kind."""

    organisation: str
    kind: str


def lineage(
    pairs: Pairs, language: Language | None = None, *, least: float = 0.1
) -> Chart:
    """Draw the documents by organisation and year, and what went from one to another.

    An arrow leads from the document that was first; one without a head joins documents
    of which that is not known. The thicker, the more of its text the other one has.

    Parameters
    ----------
    least : float
        Share of the text, 0–1, from which two documents are joined; of more than 60
        pairs those with the greatest shares.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    enough = [pair for pair in pairs.pairs if max(pair.shares) >= least]
    joined = enough[:_MOST]
    shown = sorted({at for pair in joined for at in pair[:2]})
    kinds = _kinds(pairs.documents, shown)
    rows = _rows(pairs.documents, kinds)
    language = language or language_of(first_text(pairs.documents))
    places = _places(pairs.documents, kinds, rows)
    title = say("G-lineage", language, n=len(enough), least=least)
    if len(enough) > len(joined):
        title += say("G-greatest", language, n=len(joined))
    with drawing():
        last = max((one.row for one in places.values()), default=0)
        page, axes = panel(_ROW * (last + 1) + _REST, title)
        columns = _columns(axes, places, language)
        spots = {at: (columns[one.year], one.row) for at, one in places.items()}
        _ground(axes, rows)
        axes.set_ylim(last + 1, -1)
        if not joined:
            axes.text(0, last, say("G-nothing", language), color=DIM)
        for pair in reversed(joined):
            _join(axes, pair, spots)
        axes.scatter(
            [x for x, _ in spots.values()],
            [y for _, y in spots.values()],
            s=34,
            color=COLOURS["own"],
            edgecolor=DIM,
            zorder=3,
        )
        _legend(page, joined, language)
    return Chart(page, f"{title}: {'; '.join(_worded(pairs, joined))}")


def _kinds(documents: Sequence[Document], shown: Sequence[int]) -> dict[int, _Row]:
    """Return whose each document is, and of which genre; or which one it is itself."""
    names = names_of(documents)
    return {
        at: _Row(origin.organisation, origin.genre)
        if (origin := documents[at].origin).organisation
        else _Row("", names[at])
        for at in shown
    }


def _year(document: Document) -> int | None:
    found = _YEAR.search(document.origin.year)
    return int(found[0]) if found else None


def _rows(documents: Sequence[Document], kinds: Mapping[int, _Row]) -> dict[_Row, int]:
    """Return the first line of each kind of report; what is of one year needs more."""
    together: dict[_Row, dict[int | None, int]] = {}
    for at in kinds:
        of = together.setdefault(kinds[at], {})
        year = _year(documents[at])
        of[year] = of.get(year, 0) + 1
    first, rows = 0, {}
    for row in sorted(together):
        rows[row] = first
        first += max(together[row].values())
    return rows


def _places(
    documents: Sequence[Document], kinds: Mapping[int, _Row], rows: Mapping[_Row, int]
) -> dict[int, _Place]:
    taken: set[_Place] = set()
    places = {}
    for at, kind in kinds.items():
        place = _Place(_year(documents[at]), rows[kind])
        while place in taken:
            place = place._replace(row=place.row + 1)
        taken.add(place)
        places[at] = place
    return places


def _columns(
    axes: "Axes", places: Mapping[int, _Place], language: Language
) -> dict[int | None, int]:
    """Draw the years side by side, and return where each one is."""
    known = {one.year for one in places.values()}
    years = sorted(known, key=lambda year: (year is not None, year))
    each = 1 + len(years) // _LABELS
    names = [say("G-no-year", language) if y is None else str(y) for y in years]
    axes.set_xticks(range(0, len(years), each), names[::each])
    if years:
        axes.set_xlim(-0.35, len(years) - 0.65)
    return {year: at for at, year in enumerate(years)}


def _ground(axes: "Axes", rows: Mapping[_Row, int]) -> None:
    """Draw the lines of the reports, each organisation named once."""
    names, last = [], ""
    for row, at in rows.items():
        new = row.organisation != last
        if new and at:
            axes.axhline(at - 0.5, color=LINE, linewidth=0.8)
        named = (row.organisation if new else "", row.kind)
        names.append(short(" · ".join(filter(None, named)), 36, of_end=0.4))
        last = row.organisation
    axes.set_yticks(list(rows.values()), names)
    axes.grid(visible=True, axis="x", linestyle=":")
    axes.spines["left"].set_visible(False)


def _in_order(pair: Pair) -> tuple[int, int]:
    """Return both documents, the one that was first before the other."""
    return (pair.other, pair.one) if pair.lineage.first == pair.other else pair[:2]


def _join(axes: "Axes", pair: Pair, spots: Mapping[int, tuple[int, int]]) -> None:
    from matplotlib.patches import FancyArrowPatch

    first = pair.lineage.first
    start, end = (spots[at] for at in _in_order(pair))
    basis = pair.lineage.basis
    low, high = axes.get_xlim()
    across = abs(start[0] - end[0]) * _ACROSS / (high - low)
    down = abs(start[1] - end[1]) * _ROW
    width = (0.6 + 3 * max(pair.shares)) * (1 if first is not None else 0.5)
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-" if first is None else "-|>",
            connectionstyle=f"arc3,rad=-{min(0.18, _RISE / max(across, down)):.3f}",
            mutation_scale=6 + 2 * width,
            shrinkA=4,
            shrinkB=5,
            linewidth=width,
            linestyle=_STYLES[basis],
            color=_COLOURS[basis],
            alpha=0.65,
        )
    )


def _legend(page: "Figure", joined: Sequence[Pair], language: Language) -> None:
    from matplotlib.lines import Line2D

    used = {pair.lineage.basis for pair in joined}
    handles = [
        Line2D(
            [],
            [],
            color=_COLOURS[basis],
            linestyle=_STYLES[basis],
            linewidth=1.8,
            label=say(f"G-basis-{basis.value}", language),
        )
        for basis in Basis
        if basis in used
    ]
    legend(page, handles)


def _worded(pairs: Pairs, joined: Sequence[Pair]) -> Iterator[str]:
    names = names_of(pairs.documents)
    for pair in joined[:3]:
        mark = "–" if pair.lineage.first is None else "→"
        one, other = (short(names[at], 40, of_end=0.4) for at in _in_order(pair))
        yield f"{one} {mark} {other} {max(pair.shares):.0%}"
