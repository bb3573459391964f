"""A template with its slots, and what was seen in them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from detector.charts.canvas import DIM, INK, WIDTH, Chart, drawing, drawn, figure, short
from detector.charts.palette import COLOURS
from detector.messages import Language, say
from detector.model.template import Slot, Template
from detector.text.scripts import language_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

_POINTS = 72
_SIZE, _LINE, _EDGE = 11, 24, 12
"""Points of a letter, from line to line, and around all."""
_PAD = 9
"""Points that the box of a slot takes besides its name."""
_FILLS = 84
_WORD = re.compile(r"[A-Za-z0-9'’-]{1,40}[,.;:!?]*|.")
"""What stays on one line."""
_BOX = {
    "boxstyle": "round,pad=0.25",
    "facecolor": "#f2dff5",
    "edgecolor": COLOURS["self_repeat"],
    "linewidth": 0.8,
}


class _Placed(NamedTuple):
    """A piece of text that begins so many points from the left, in a line."""

    x: float
    line: int
    text: str
    is_slot: bool


def template(template: Template, language: Language | None = None) -> Chart:
    """Draw the wording of a template, its slots in boxes, and what stood in each.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    language = language or language_of(template.text)
    facts = {"organisations": template.organisations, "documents": template.documents}
    title = f"{short(template.id)} · {say('N-used-by', language, **facts)}"
    fills = [
        f"{number} {piece.name(language)}  {short(' · '.join(piece.fills), _FILLS)}"
        for number, piece in template.numbered()
        if isinstance(piece, Slot) and piece.fills
    ]
    with drawing():
        placed = list(_laid_out(template, language))
        lines = placed[-1].line + 1 if placed else 0
        height = (lines + len(fills) + 1.3) * _LINE + 2 * _EDGE
        page = figure(height / _POINTS)
        page.set_layout_engine(None)
        axes = page.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, WIDTH * _POINTS)
        axes.set_ylim(height, 0)
        _write(axes, _EDGE, 0, title, DIM)
        for one in placed:
            if one.is_slot:
                x = one.x + _PAD / 2
                _write(axes, x, one.line + 1, one.text, INK).set_bbox(_BOX)
            else:
                _write(axes, one.x, one.line + 1, one.text, INK)
        for number, fill in enumerate(fills, lines + 1):
            _write(axes, _EDGE, number + 0.5, fill, DIM)
    wording = drawn(template.text.strip())
    return Chart(page, f"{title}: {wording} {'; '.join(fills)}".strip())


def _laid_out(template: Template, language: Language) -> Iterator[_Placed]:
    """Yield the pieces of the lines that the wording takes."""
    right = WIDTH * _POINTS - _EDGE
    x, line, begin, held = float(_EDGE), 0, float(_EDGE), ""
    for text, is_slot in _tokens(template, language):
        wide = _width(text) + _PAD * is_slot
        if x + wide > right and x > _EDGE:
            if held:
                yield _Placed(begin, line, held, is_slot=False)
            x, line, begin, held = float(_EDGE), line + 1, float(_EDGE), ""
            if text == " ":
                continue
        if is_slot:
            if held:
                yield _Placed(begin, line, held, is_slot=False)
            yield _Placed(x, line, text, is_slot=True)
            begin, held = x + wide, ""
        else:
            held += text
        x += wide
    if held:
        yield _Placed(begin, line, held, is_slot=False)


def _tokens(template: Template, language: Language) -> Iterator[tuple[str, bool]]:
    """Yield what stays on one line: a word, or the name of a slot."""
    for number, piece in template.numbered():
        if isinstance(piece, Slot):
            yield f"{number} {piece.name(language)}", True
        else:
            yield from ((one, False) for one in _WORD.findall(drawn(piece.strip("\n"))))


@cache
def _width(text: str) -> float:
    """Return how many points a text takes; call it where charts are drawn."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    wide: float = text_to_path.get_text_width_height_descent(
        text, FontProperties(size=_SIZE), ismath=False
    )[0]
    return wide


def _write(axes: "Axes", x: float, line: float, text: str, colour: str) -> "Text":
    y = _EDGE + line * _LINE + _SIZE
    return axes.text(x, y, text, size=_SIZE, color=colour, va="baseline")
