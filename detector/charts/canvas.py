"""What every chart is drawn on: fonts that have Chinese characters, and its files."""

import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, filterwarnings

from detector.errors import MissingExtraError, OptionError
from detector.files import write_whole
from detector.text.visible import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 8.8
"""Inches; the page of a notebook is about as wide."""
INK, DIM, LINE, PAPER = "#1d1f21", "#5c6066", "#d9dbd6", "#ffffff"
_DPI = 100
_SHARP = 2
"""Pixels of a PNG to each one it is shown in: screens are fine."""
_PACKAGED = ("zhplot", "fonts/NotoSansSC-Regular.ttf")
"""A package of the extra that holds a font of 30,000 Chinese characters, and where."""
_SYSTEM = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Zen Hei",
    "Noto Sans SC",
)
_ALWAYS = "DejaVu Sans"
"""What matplotlib brings along."""
_PLACES = 28
_ONE_AT_A_TIME = RLock()


@dataclass(frozen=True)
class Chart:
    """A picture that draws itself in a notebook, and can be saved.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        To be changed by who wants to.
    alt : str
        What it shows, for who cannot see it.
    """

    figure: "Figure"
    alt: str

    def __repr__(self) -> str:
        return f"Chart({self.alt!r})"

    def png(self) -> bytes:
        """Return the picture as PNG, twice as fine as it is shown."""
        return self._saved(
            "png",
            dpi=_DPI * _SHARP,
            metadata={"Software": None},
            pil_kwargs={"optimize": True},
        )

    def svg(self) -> str:
        """Return the picture as an ``<svg>`` element, its letters as outlines."""
        drawn = self._saved("svg", metadata={"Date": None, "Creator": None}).decode()
        named = f'<svg role="img" aria-label="{escape(self.alt)}"'
        return re.sub(r"\A.*?<svg", lambda _: named, drawn, count=1, flags=re.DOTALL)

    def save(self, path: str | Path) -> None:
        """Write the picture as the suffix says: ``.png``, ``.svg`` or ``.pdf``.

        Raises
        ------
        OptionError
            If the suffix is another one.
        OutputError
            If the file cannot be written.
        """
        suffix = Path(path).suffix.lower().removeprefix(".")
        made: dict[str, Callable[[], bytes]] = {
            "png": self.png,
            "svg": lambda: self.svg().encode(),
            "pdf": lambda: self._saved("pdf", metadata={"CreationDate": None}),
        }
        if suffix not in made:
            allowed = " ".join(f".{one}" for one in made)
            raise OptionError(name="path", value=str(path), allowed=allowed)
        write_whole(path, made[suffix]())

    def _repr_mimebundle_(self, **_: object) -> tuple[Mapping[str, Any], ...]:
        # A PNG is shown by every viewer, also where a notebook is not trusted.
        width, height = (round(one * _DPI) for one in self.figure.get_size_inches())
        shown = {"width": width, "height": height, "alt": self.alt}
        data = {"image/png": self.png(), "text/plain": repr(self)}
        return data, {"image/png": shown}

    def _saved(self, kind: str, **options: Any) -> bytes:  # noqa: ANN401
        file = io.BytesIO()
        with drawing():
            self.figure.savefig(file, format=kind, **options)
        return file.getvalue()


@contextmanager
def drawing() -> Iterator[None]:
    """Let matplotlib draw with our fonts and colours, whatever it is set to.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    packaged, families = fonts()
    import matplotlib as mpl

    style: dict[Any, Any] = {
        "axes.axisbelow": True,
        "axes.edgecolor": LINE,
        "axes.labelcolor": DIM,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlecolor": INK,
        "axes.titlelocation": "left",
        "axes.titlesize": 11,
        "axes.unicode_minus": False,
        "figure.dpi": _DPI,
        "font.family": list(families),
        "font.size": 9.5,
        "grid.color": LINE,
        "hatch.linewidth": 1.2,
        "legend.frameon": False,
        # Without a font of ours the reader's browser has to draw what is Chinese.
        "svg.fonttype": "path" if packaged else "none",
        "svg.hashsalt": "detector",
        "text.color": INK,
        "text.hinting": "none",  # letters are as wide as they are measured
        "text.parse_math": False,
        "xtick.color": DIM,
        "ytick.color": INK,
        "ytick.left": False,
    }
    # What matplotlib is set to is one for all threads.
    with _ONE_AT_A_TIME, mpl.rc_context(), catch_warnings():
        if not packaged:
            filterwarnings("ignore", "Glyph .* missing from")
        mpl.rcdefaults()
        mpl.rcParams.update(style)
        yield


def figure(height: float) -> "Figure":
    """Return an empty figure of the page's width, its parts laid out by themselves."""
    from matplotlib.figure import Figure

    return Figure(figsize=(WIDTH, height), layout="constrained", facecolor=PAPER)


def panel(height: float, title: str, above: float = 10) -> "tuple[Figure, Axes]":
    """Return a figure of one plot with its title, so many points above it."""
    page = figure(height)
    axes = page.add_subplot()
    axes.set_title(title, pad=above)
    return page, axes


def legend(page: "Figure", handles: Sequence[Any]) -> None:
    """Put a legend in one line below all, if there is anything to tell."""
    if handles:
        page.legend(handles=handles, loc="outside lower center", ncols=len(handles))


@cache
def fonts() -> tuple[bool, tuple[str, ...]]:
    """Return whether a font with Chinese characters was found, and all to be used.

    Every text to be drawn and every chart asks for them first.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    try:
        from matplotlib import font_manager
    except ModuleNotFoundError as error:
        raise MissingExtraError(name="matplotlib", extra="notebook") from error

    spec = find_spec(_PACKAGED[0])
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / _PACKAGED[1]
        if path.is_file():
            font_manager.fontManager.addfont(path)
            name = font_manager.FontProperties(fname=path).get_name()
            return True, (name, _ALWAYS)
    known = {font.name for font in font_manager.fontManager.ttflist}
    if system := [name for name in _SYSTEM if name in known]:
        return True, (system[0], _ALWAYS)
    return False, (_ALWAYS, *_SYSTEM)


@cache
def _characters() -> frozenset[int]:
    """Return the code points that the fonts have."""
    from matplotlib.font_manager import findfont, get_font

    _, families = fonts()
    paths = {findfont(name, fallback_to_default=True) for name in families[:2]}
    return frozenset(code for path in paths for code in get_font(path).get_charmap())


def drawn(text: str) -> str:
    """Return a text of a document as it can be drawn: on one line, nothing hidden.

    A character that no font has is written as its code.
    """
    shown = visible(text)
    if not fonts()[0]:
        return shown
    has = _characters()
    return "".join(c if ord(c) in has else f"[U+{ord(c):04X}]" for c in shown)


def short(text: str, places: int = _PLACES, *, of_end: float = 0.0) -> str:
    """Return a text to be drawn, cut to `places`; a Chinese character takes two.

    Parameters
    ----------
    of_end : float
        Share of the places, 0–1, that go to the end of a text that is cut: names and
        paths differ there.
    """
    text = drawn(text)
    if _cells(text) <= places:
        return text
    end = ""
    while end != text and _cells(end) < of_end * places:
        end = text[-len(end) - 1 :]
    begin = text
    while begin and _cells(begin) + _cells(end) + 1 > places:
        begin = begin[:-1]
    return f"{begin}…{end}"


def _cells(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
