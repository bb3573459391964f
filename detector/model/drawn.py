"""Value objects draw themselves in notebooks and terminals, and become tables."""

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame


class Drawn:
    """A value object that reporters know how to draw.

    It must not know them: they are imported when a notebook or rich asks for them.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        drawn: str = import_module("detector.reporters.notebook").html(self)
        return drawn

    def __rich_console__(self, console: Any, options: Any) -> Iterable[Any]:  # noqa: ANN401
        terminal = import_module("detector.reporters.terminal.drawn")
        lines: Iterable[Any] = terminal.lines(
            self, options.max_width, colour=console.color_system is not None
        )
        return lines

    def frame(self, table: str = "") -> "DataFrame":
        """Return one of its tables in pandas, by default the first of them.

        ========= ===============================================================
        Report    ``matches``, ``findings``, ``sections``, ``facts``,
                  ``rewrite_first``
        Batch     ``reports``
        Ledger    ``labels``
        Match     ``pieces``
        Corpus    ``documents``
        Pairs     ``pairs``, ``clusters``, ``matrix``
        Library   ``templates``, ``phrases``
        Template  ``slots``
        ========= ===============================================================

        Raises
        ------
        OptionError
            If there is no such table.
        MissingExtraError
            If pandas is not installed.
        """
        return import_module("detector.reporters.frames").frame(self, table)
