"""What share of whose text others have: a matrix in which the like stand together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.charts.canvas import DIM, INK, LINE, PAPER, Chart, drawing, figure, short
from detector.charts.names import names_of
from detector.errors import OptionError
from detector.messages import Language, say
from detector.model.pairs import Pairs
from detector.text.scripts import first_text, language_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_OF = ("organisations", "documents")
_MOST = 60
"""Rows that can be told apart: those with most in common."""
_WRITTEN = 16
"""Rows up to which shares are written into the cells, too."""
_DARK = 0.55
_PLACES = 40


class _Grid(NamedTuple):
    """Rows and columns by name, some of all; whether the diagonal means anything."""

    names: tuple[str, ...]
    shares: NDArray[np.float64]
    diagonal: bool
    of_all: int = 0


def similarity(
    pairs: Pairs, language: Language | None = None, *, of: str = ""
) -> Chart:
    """Draw which share of each one's text the others have, the like side by side.

    The order is that of a hierarchical clustering by average linkage (UPGMA), its
    leaves ordered so that neighbours are most alike (Bar-Joseph et al. 2001); the tree
    is drawn beside it. The distance of two is 1 less the mean of both shares.

    Parameters
    ----------
    of : str
        ``"organisations"``, or ``"documents"``: one by one, the 60 with most in common.
        By default organisations, where these are known.

    Raises
    ------
    OptionError
        If `of` is something else.
    MissingExtraError
        If matplotlib is not installed.
    """
    of = of or _OF[not pairs.organisations]
    if of not in _OF:
        raise OptionError(name="of", value=of, allowed=", ".join(_OF))
    grid = _organisations(pairs) if of == _OF[0] else _documents(pairs)
    language = language or language_of(first_text(pairs.documents))
    title = say(f"G-similarity-{of}", language)
    if grid.of_all > len(grid.names):
        title += say("G-greatest", language, n=len(grid.names))
    with drawing():
        size = len(grid.names)
        page = figure(1.6 + max(size, 2) * (0.42 if size <= _WRITTEN else 0.19))
        order = list(range(size))
        if size > 2:  # noqa: PLR2004 - two have one order
            left, axes = page.subplots(1, 2, width_ratios=(1, 9))
            order = _tree(left, grid)
        else:
            axes = page.add_subplot()
        axes.set_title(title, pad=10)
        if size:
            _fill(axes, grid, order, language)
        else:
            axes.set_axis_off()
            axes.text(0, 0.5, say("G-nothing", language), color=DIM)
    return Chart(page, f"{title}: {_worded(grid)}")


def _organisations(pairs: Pairs) -> _Grid:
    shares = np.array(pairs.matrix, np.float64).reshape((len(pairs.organisations),) * 2)
    return _most(_Grid(pairs.organisations, shares, diagonal=True))


def _documents(pairs: Pairs) -> _Grid:
    shares = np.zeros((len(pairs.documents),) * 2)
    for pair in pairs.pairs:
        shares[pair.one, pair.other], shares[pair.other, pair.one] = pair.shares
    return _most(_Grid(names_of(pairs.documents), shares, diagonal=False))


def _most(grid: _Grid) -> _Grid:
    """Return the rows with most in common with others, in their order."""
    besides = grid.shares - np.diag(np.diag(grid.shares))
    common = np.maximum(besides.max(axis=1, initial=0), besides.max(axis=0, initial=0))
    kept = np.sort(np.argsort(-common, kind="stable")[:_MOST])
    kept = kept[common[kept] > 0] if not grid.diagonal else kept
    names = tuple(grid.names[at] for at in kept)
    of_all = int((common > 0).sum()) if not grid.diagonal else len(grid.names)
    shares = grid.shares[np.ix_(kept, kept)]
    return grid._replace(names=names, shares=shares, of_all=of_all)


def _tree(axes: "Axes", grid: _Grid) -> list[int]:
    """Draw the tree of a clustering, and return the order of its leaves."""
    from scipy.cluster.hierarchy import dendrogram, linkage
    from scipy.spatial.distance import squareform

    distance = 1 - (grid.shares + grid.shares.T) / 2
    np.fill_diagonal(distance, 0)
    joined = linkage(squareform(distance), "average", optimal_ordering=True)
    tree = dendrogram(joined, no_plot=True)
    for across, down in zip(tree["dcoord"], tree["icoord"], strict=True):
        axes.plot(across, [(y - 5) / 10 for y in down], color=DIM, linewidth=0.9)
    size = len(grid.names)
    axes.set_ylim(size - 0.5, -0.5)
    nearest, furthest = joined[:, 2].min(), joined[:, 2].max()
    axes.set_xlim(furthest + 0.01, nearest - (furthest - nearest) / 3 - 0.01)
    axes.set_axis_off()
    return list(map(int, tree["leaves"]))


def _fill(axes: "Axes", grid: _Grid, order: Sequence[int], language: Language) -> None:
    from matplotlib import colormaps

    shares = grid.shares[np.ix_(order, order)]
    size = len(order)
    shown = shares.copy()
    np.fill_diagonal(shown, np.nan)
    top = float(np.nanmax(shown)) if size > 1 else 0.0
    image = axes.imshow(
        shown,
        cmap=colormaps["OrRd"].with_extremes(bad=LINE),
        vmin=0,
        vmax=top or 1,
        aspect="auto",
    )
    names = [_name(grid, at) for at in order]
    axes.set_yticks(range(size), names)
    axes.set_xticks(
        range(size), names, rotation=30 if size <= _WRITTEN else 90, ha="right"
    )
    axes.tick_params(length=0, labelcolor=INK)
    axes.spines[:].set_visible(False)
    if size > _WRITTEN:
        axes.tick_params(labelsize=6.5)
        bar = axes.figure.colorbar(
            image, ax=axes, format="{x:.0%}", pad=0.01, fraction=0.04, aspect=40
        )
        bar.outline.set_visible(False)
    else:
        _write(axes, shares, top, diagonal=grid.diagonal)
    axes.set_xlabel(_read(grid, language))


def _read(grid: _Grid, language: Language) -> str:
    """Say how the matrix is read: what is grey, and that the like are neighbours."""
    codes = ["G-read-tree"] if len(grid.names) > 2 else []  # noqa: PLR2004
    codes += ["G-read-grey"] if grid.diagonal else []
    return say("G-read-and", language).join(say(code, language) for code in codes)


def _write(
    axes: "Axes", shares: NDArray[np.float64], top: float, *, diagonal: bool
) -> None:
    for (row, column), share in np.ndenumerate(shares):
        if not share or (row == column and not diagonal):
            continue
        dark = row != column and share > _DARK * top
        axes.text(
            column,
            row,
            f"{share:.0%}",
            ha="center",
            va="center",
            color=PAPER if dark else INK,
        )


def _worded(grid: _Grid) -> str:
    """Return the greatest shares of the matrix in words."""
    besides = grid.shares - np.diag(np.diag(grid.shares))
    best = np.argsort(-besides, axis=None, kind="stable")[:3]
    places = [divmod(int(at), len(besides)) for at in best]
    return "; ".join(
        f"{_name(grid, row)} → {_name(grid, column)} {besides[row, column]:.0%}"
        for row, column in places
        if besides[row, column]
    )


def _name(grid: _Grid, at: int) -> str:
    return short(grid.names[at], _PLACES, of_end=0.4)
