"""The ledger of a report by section."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detector.charts.canvas import DIM, PAPER, Chart, drawing, legend, panel, short
from detector.charts.palette import COLOURS, HATCHES
from detector.errors import OptionError
from detector.messages import Language, say
from detector.model.ledger import SHOWN, Ledger
from detector.model.match import Label
from detector.model.report import Report, SectionLedger
from detector.text.scripts import language_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ROW, _REST = 0.34, 1.3
_ROWS = 40
"""Bars that can be told apart; what is more is left out, and said."""


def sections(
    report: Report, language: Language | None = None, *, level: int = 2
) -> Chart:
    """Draw the ledger of each section as a bar as long as the section.

    Parameters
    ----------
    language : str, optional
        ``"zh"`` or ``"en"``; by default that of the draft.
    level : int
        Sections of the outline down to this level, 1 or more. Those of level 1 are what
        adds up to the whole; deeper ones are parts of them, drawn thinner.

    Raises
    ------
    OptionError
        If `level` is less than 1.
    MissingExtraError
        If matplotlib is not installed.
    """
    if level < 1:
        raise OptionError(name="level", value=level, allowed="≥ 1")
    language = language or language_of(report.draft.text)
    rows = [part for part in report.sections if part.section.level <= level]
    rows = [part for part in rows if part.ledger.counted]
    of_all = len(rows)
    if of_all > _ROWS:
        rows = [part for part in rows if part.section.level == 1][:_ROWS]
    left_out = of_all - len(rows)
    title = say(
        "G-sections", language, path=short(report.draft.origin.path, 60, of_end=0.8)
    )
    if left_out:
        title += say("G-left-out", language, n=left_out)
    with drawing():
        page, axes = panel(_ROW * max(len(rows), 1) + _REST, title)
        _bars(axes, rows, language)
        _legend(page, report.ledger, language)
    parts = "; ".join(_worded(part, language) for part in rows)
    return Chart(page, f"{title}: {parts}")


def _bars(axes: "Axes", rows: Sequence[SectionLedger], language: Language) -> None:
    longest = max((row.ledger.counted for row in rows), default=1)
    for at, row in enumerate(rows):
        start = 0.0
        for label in SHOWN:
            width = row.ledger[label]
            axes.barh(
                at,
                width,
                left=start,
                height=0.72 if row.section.level == 1 else 0.42,
                color=COLOURS[label.value],
                hatch=HATCHES[label.value],
                edgecolor=PAPER,
                linewidth=0.4 if width else 0,
            )
            start += width
        share = say("G-own", language, share=row.ledger.share(Label.OWN))
        axes.text(start + longest * 0.01, at, share, va="center", color=DIM)
    names = [_name(row, language) for row in rows]
    axes.set_yticks(range(len(rows)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, longest * 1.12)
    axes.set_xlabel(say("G-characters", language))
    axes.grid(visible=True, axis="x")
    axes.spines["left"].set_visible(False)


def _name(row: SectionLedger, language: Language) -> str:
    """Return how a section is called; a deeper one in fewer places."""
    section = row.section
    said = f"{section.number} {section.title}".strip()
    if not said:
        return say("G-before-sections", language)
    return short(said, 34 - 4 * (section.level - 1))


def _legend(page: "Figure", ledger: Ledger, language: Language) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(
            facecolor=COLOURS[label.value],
            hatch=HATCHES[label.value],
            edgecolor=PAPER,
            label=_share(ledger, label, language),
        )
        for label in SHOWN
    ]
    legend(page, handles)


def _worded(row: SectionLedger, language: Language) -> str:
    own = say("G-own", language, share=row.ledger.share(Label.OWN))
    return f"{_name(row, language)} {row.ledger.counted:,}, {own}"


def _share(ledger: Ledger, label: Label, language: Language) -> str:
    return f"{say(f'R-label-{label.value}', language)} {ledger.share(label):.1%}"
