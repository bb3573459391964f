"""Where a figure of a report stands among those of its peers."""

from typing import TYPE_CHECKING

from detector.charts.canvas import DIM, PAPER, Chart, drawing, drawn, panel
from detector.charts.palette import MARKED, OTHERS
from detector.errors import OptionError
from detector.messages import Language, say
from detector.model.report import Report
from detector.text.scripts import language_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BINS = 24
_HEIGHT = 2.9
_ANCHORS = ("left", "center", "right")
"""Where the name of the line begins, so that it stays on the page."""
_SHARES = frozenset({"attributable_overlap", "boilerplate_share", "self_repetition"})


def distribution(
    report: Report, name: str = "originality", language: Language | None = None
) -> Chart:
    """Draw how a figure is distributed among the peers, with this report in it.

    Parameters
    ----------
    report : Report
        Checked with peers, as ``check(draft, corpus, peers=60)`` does.
    name : str
        ``"originality"``, ``"attributable_overlap"``, ``"boilerplate_share"``,
        ``"self_repetition"`` or ``"specificity"``.

    Raises
    ------
    OptionError
        If there is no such figure, or the report was checked without peers.
    MissingExtraError
        If matplotlib is not installed.
    """
    language = language or language_of(report.draft.text)
    if not report.peers or not report.peers.figures:
        found = report.peers.reports if report.peers else None
        raise OptionError(name="peers", value=found, allowed="check(…, peers=60)")
    known = report.peers.figures
    if name not in known:
        raise OptionError(name="name", value=name, allowed=", ".join(known))
    facts = {"n": report.peers.reports, "genre": drawn(report.peers.genre)}
    title = say(f"{name}.title", language) + say("G-among", language, **facts)
    title = title[:1].upper() + title[1:]
    scale = 100 if name in _SHARES else 1
    mine = known[name].own * scale
    place = say("G-this", language, value=mine, unit="%" * (scale > 1))
    if name in report.peers.percentiles:
        share = report.peers.percentiles[name]
        place += say("G-percentile", language, percentile=share)
    with drawing():
        page, axes = panel(_HEIGHT, title, above=26)
        _draw(axes, mine, [other * scale for other in known[name].others], place)
        axes.set_xlabel(say(f"G-of-{name}", language))
        axes.set_ylabel(say("G-reports", language))
        if scale > 1:
            axes.xaxis.set_major_formatter("{x:g}%")
    return Chart(page, f"{title}: {place}")


def _draw(axes: "Axes", mine: float, others: list[float], place: str) -> None:
    from matplotlib.ticker import MaxNLocator

    span = _range([mine, *others])
    axes.hist(others, bins=_BINS, range=span, color=OTHERS, edgecolor=PAPER)
    side = axes.get_xaxis_transform()
    axes.plot(others, [0.02] * len(others), "|", color=DIM, transform=side)
    axes.axvline(mine, color=MARKED, linewidth=2.2)
    low, high = axes.get_xlim()
    anchor = _ANCHORS[min(int(3 * (mine - low) / (high - low)), 2)]
    axes.text(mine, 1.03, place, color=MARKED, transform=side, ha=anchor)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(visible=True, axis="y")
    axes.tick_params(axis="y", labelcolor=DIM)


def _range(values: list[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    return (low, high) if high > low else (low, low + 1)
