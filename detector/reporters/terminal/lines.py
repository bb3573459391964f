"""Lines that fit."""

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from detector.text.visible import visible

_WHOLE = "\ue000"  # no text on the page has it: `visible` shows private characters
_OPEN = r"(?:\[-|\{\+|[（《“‘「『【〔〈])"
_CLOSE = r"(?:-\]|\+\}|[，。、；：？！）》”’」』】〕〉…%])"
_WORD = rf"(?:(?!{_OPEN}|{_CLOSE})[!-~\u00a1-\u02ff])+"
_TOKEN = re.compile(rf" |{_OPEN}*(?:{_WORD}|.)[\u0300-\u036f]*{_CLOSE}*", re.DOTALL)


def whole(text: str) -> str:
    """Return `text`, visible already, so that `wrap` breaks it only if it must."""
    return f"{_WHOLE}{text}{_WHOLE}"


def shorten(text: str, cells: int) -> str:
    """Return `text` visible, its middle left out if it is wider than `cells`."""
    cells = max(cells, 3)
    if len(text) <= cells and cell_len(shown := visible(text)) <= cells:
        return shown
    half = (cells - 1) // 2
    tail = visible(text[-half:])[::-1]
    return (
        _head(visible(text[:cells]), cells - 1 - half) + "…" + _head(tail, half)[::-1]
    )


def cut(text: str, cells: int) -> str:
    """Return `text` visible, its end left out if it is wider than `cells`."""
    if len(text) <= cells and cell_len(shown := visible(text)) <= cells:
        return shown
    return _head(visible(text[:cells]), max(cells - 1, 0)) + "…"


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """Return `text` filled with spaces to `cells`, at its `right` or its left."""
    space = " " * max(cells - cell_len(text), 0)
    return space + text if right else text + space


def wrap(text: Text, width: int) -> list[Text]:
    """Break `text` where Chinese may be broken, between words otherwise.

    No line begins with a closing sign or ends with an opening one, unless a single
    token is wider than `width` cells.
    """
    pieces = text.split(_WHOLE, allow_blank=True)
    text = Text().join(pieces)
    lines: list[Text] = []
    start = end = used = 0
    for at, size, cells in _tokens([piece.plain for piece in pieces], width):
        if used and used + cells > width:
            lines.append(text[start:end])
            start, used = at, 0
        if text.plain[at] == " " and at == start and lines:
            start = at + size
            continue
        used += cells
        end = at + size
    lines.append(text[start:])
    for line in lines:
        line.rstrip()
    return lines


def _head(text: str, cells: int) -> str:
    used = 0
    for at, char in enumerate(text):
        used += cell_len(char)
        if used > cells:
            return text[:at]
    return text


def _tokens(pieces: list[str], width: int) -> Iterator[tuple[int, int, int]]:
    """Yield start, length and cells of what may not be broken, at most `width` wide.

    Every other piece is whole: a place that a reader may click on.
    """
    at = 0
    for number, piece in enumerate(pieces):
        for token in [piece] if number % 2 else _TOKEN.findall(piece):
            for size, cells in _cut_up(token, width):
                yield at, size, cells
                at += size


def _cut_up(token: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield length and cells of the parts of `token`, at most `width` wide."""
    while token:
        piece = token if cell_len(token) <= width else _head(token, width)
        piece = piece or token[0]
        yield len(piece), cell_len(piece)
        token = token[len(piece) :]
