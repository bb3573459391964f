"""A page for a person at a terminal; the only package that knows rich."""

import io
import os
import shutil
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from detector.messages import Language
from detector.model.report import Batch
from detector.model.verdict import Verdict
from detector.text.visible import inert

if TYPE_CHECKING:
    from rich.text import Text

NARROWEST, WIDEST = 20, 120
"""Columns: below the first nothing fits, beyond the last no eye follows a line."""
_PLAIN = 80
"""Columns of a file."""


def write(
    batch: Batch,
    stream: TextIO,
    language: Language,
    width: int | None = None,
    colour: bool | None = None,
) -> None:
    """Write the reports of `batch` to `stream`; what it cannot encode becomes ``?``.

    Parameters
    ----------
    width : int, optional
        Columns; by default those of the terminal, at most 120, or 80 for a file.
    colour : bool, optional
        By default where `stream` is a terminal and ``NO_COLOR`` is not set.
    """
    wide = max(width or _width_of(stream), NARROWEST)
    page = _page(
        batch, language, wide, _colour_on(stream) if colour is None else colour
    )
    _put(page, stream)


def render(batch: Batch, language: Language) -> bytes:
    """Return the page as UTF-8, 80 columns wide and without colour."""
    return _page(batch, language, _PLAIN, colour=False).encode("utf-8", "replace")


def write_verdict(verdict: Verdict, stream: TextIO, language: Language) -> None:
    """Write what the gate found to `stream`, as `write` does."""
    wide, colour = max(_width_of(stream), NARROWEST), _colour_on(stream)
    _put(_verdict_page(verdict, language, wide, colour), stream)


def render_verdict(verdict: Verdict, language: Language) -> bytes:
    """Return what the gate found as `render` does."""
    page = _verdict_page(verdict, language, _PLAIN, colour=False)
    return page.encode("utf-8", "replace")


def _page(batch: Batch, language: Language, width: int, colour: bool) -> str:
    from detector.reporters.terminal.look import Look
    from detector.reporters.terminal.page import lines

    return _printed(lines(batch, Look(language, width, colour)), width, colour)


def _verdict_page(
    verdict: Verdict, language: Language, width: int, colour: bool
) -> str:
    from detector.reporters.terminal.gate import lines
    from detector.reporters.terminal.look import Look

    return _printed(lines(verdict, Look(language, width, colour)), width, colour)


def _printed(lines: "Iterable[Text]", width: int, colour: bool) -> str:
    from rich.console import Console

    page = io.StringIO()
    console = Console(
        file=page,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for line in lines:
        console.print(line, soft_wrap=True)
    return inert(page.getvalue())


def _put(page: str, stream: TextIO) -> None:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(_encodable(page, encoding))


def _encodable(page: str, encoding: str) -> str:
    """Return `page` with signs that `encoding` has; no letter gets wider by it."""
    from detector.reporters.terminal.look import PLAINER

    def known(sign: str) -> bool:
        return bool(sign.encode(encoding, "ignore"))

    plainer = {ord(s): plain for s, plain in PLAINER.items() if not known(s)}
    return page.translate(plainer).encode(encoding, "replace").decode(encoding)


def _width_of(stream: TextIO) -> int:
    if not stream.isatty() and not os.environ.get("COLUMNS"):
        return _PLAIN
    return min(shutil.get_terminal_size((_PLAIN, 24)).columns, WIDEST)


def _colour_on(stream: TextIO) -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain
