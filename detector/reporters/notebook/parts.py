"""Pieces of HTML that the fragments of a notebook share."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

LEFT = "text-align:left;vertical-align:top"


def box(*parts: "Markup | str") -> "Markup":
    """Return parts one below the other, as wide as a page is read."""
    from markupsafe import Markup

    inside = Markup().join(parts)
    return Markup('<div style="max-width:70em;overflow-wrap:anywhere">{}</div>').format(
        inside
    )


def line(head: str, detail: str = "") -> "Markup":
    """Return a line, what it is about in bold."""
    from markupsafe import Markup

    return Markup("<p><b>{}</b> <small>{}</small></p>").format(head, detail)


def unbroken(text: str) -> "Markup":
    """Return a text that stays on one line, such as an id in a narrow column."""
    from markupsafe import Markup

    return Markup('<span style="white-space:nowrap">{}</span>').format(text)


def table(
    head: Sequence["Markup | str"], rows: Iterable[Sequence["Markup | str"]]
) -> "Markup":
    """Return a table whose cells are texts, or safe HTML."""
    from markupsafe import Markup

    cell = Markup(f'<t{{0}} style="{LEFT}">{{1}}</t{{0}}>')
    lines = [Markup().join(cell.format("h", one) for one in head)]
    lines += [Markup().join(cell.format("d", one) for one in row) for row in rows]
    inside = Markup().join(Markup("<tr>{}</tr>").format(one) for one in lines)
    return Markup("<table>{}</table>").format(inside)
