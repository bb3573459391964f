"""What share of known edits a self-test found, by kind."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from detector.charts.canvas import DIM, INK, Chart, drawing, panel
from detector.charts.palette import MARKED, OTHERS
from detector.messages import Language, say
from detector.model.corpus import Corpus
from detector.text.scripts import first_text, language_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROW, _REST = 0.3, 1.1


class _Share(Protocol):
    """A `detector.evaluation.selftest.Share`."""

    @property
    def value(self) -> float: ...
    @property
    def interval(self) -> tuple[float, float]: ...


class _Figures(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def found(self) -> _Share: ...


class _SelfTest(Protocol):
    @property
    def corpus(self) -> Corpus: ...
    @property
    def kinds(self) -> Sequence[_Figures]: ...


def recall(outcome: _SelfTest, language: Language | None = None) -> Chart:
    """Draw the share of planted passages that a self-test found, by kind of edit.

    The line is the interval that holds the true share in 95 % of such tests (Wilson).

    Parameters
    ----------
    outcome : detector.evaluation.selftest.SelfTest

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    language = language or language_of(first_text(outcome.corpus.documents))
    title = say("G-recall", language)
    names = [say(f"T-kind-{kind.name}", language) for kind in outcome.kinds]
    with drawing():
        page, axes = panel(_ROW * len(names) + _REST, title)
        _dots(axes, outcome.kinds)
        axes.set_yticks(range(len(names)), names)
        axes.set_ylim(len(names) - 0.4, -0.6)
        axes.set_xlabel(say("G-recall-read", language))
    shares = [kind.found.value for kind in outcome.kinds]
    told = (f"{name} {share:.0%}" for name, share in zip(names, shares, strict=True))
    return Chart(page, f"{title}: {'; '.join(told)}")


def _dots(axes: "Axes", kinds: Sequence[_Figures]) -> None:
    for at, kind in enumerate(kinds):
        axes.plot(kind.found.interval, [at, at], color=OTHERS, linewidth=4, zorder=1)
        axes.plot(kind.found.value, at, "o", color=MARKED, zorder=2, clip_on=False)
        axes.text(1.02, at, f"{kind.found.value:.0%}", va="center", color=INK)
    axes.set_xlim(0, 1.08)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    axes.grid(visible=True, axis="x")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="x", labelcolor=DIM)
