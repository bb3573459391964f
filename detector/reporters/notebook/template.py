"""A template with its slots, and a library of them, in a notebook."""

from typing import TYPE_CHECKING

from detector.messages import Language, say
from detector.model.template import Library, Slot, Template
from detector.reporters.notebook.parts import box, line, table, unbroken
from detector.reporters.wording import library_size
from detector.text.scripts import language_of
from detector.text.visible import visible

if TYPE_CHECKING:
    from markupsafe import Markup

_TEMPLATES, _PHRASES = 10, 20
"""What of a library is shown; `frame()` has all."""
_SLOT = (
    '<span title="{}" style="border:1px solid #9a3fa6;border-radius:.3em;'
    'padding:0 .3em;background:#f2dff5;color:#3d1742">{}</span>'
)


def template_html(template: Template) -> "Markup":
    """Return a template, its slots marked, and what was seen in each of them."""
    language = language_of(template.text)
    parts = [line(template.id, _used(template, language)), _text(template, language)]
    rows = [
        [f"{number}", piece.name(language), visible(" · ".join(piece.fills))]
        for number, piece in template.numbered()
        if isinstance(piece, Slot) and piece.fills
    ]
    if rows:
        head = ["", say("N-slot", language), say("N-fills", language)]
        parts.append(table(head, rows))
    return box(*parts)


def library_html(library: Library) -> "Markup":
    """Return the templates that say most, and the phrases that most use."""
    text = "".join(one.text for one in library.templates[:_TEMPLATES])
    language = language_of(text)
    parts = [line(library_size(library, language))]
    if library.templates:
        head = ["", say("N-template", language), say("N-used", language)]
        rows = [
            [unbroken(visible(one.id)), _text(one, language), _used(one, language)]
            for one in library.templates[:_TEMPLATES]
        ]
        parts.append(table(head, rows))
    if (more := len(library.templates) - _TEMPLATES) > 0:
        parts.append(line("", say("N-more", language, n=more)))
    if library.phrases:
        told = " · ".join(visible(one.text) for one in library.phrases[:_PHRASES])
        parts.append(line(say("N-phrases", language), told))
    return box(*parts)


def _text(template: Template, language: Language) -> "Markup":
    """Return the wording, each slot numbered and, on a longer look, its fills."""
    from markupsafe import Markup

    drawn = Markup("<p>")
    for number, piece in template.numbered():
        if isinstance(piece, Slot):
            fills = visible(" · ".join(piece.fills))
            named = f"{number} {piece.name(language)}"
            drawn += Markup(_SLOT).format(fills, named)
        else:
            drawn += visible(piece.strip("\n"))
    return drawn + Markup("</p>")


def _used(template: Template, language: Language) -> str:
    facts = {"organisations": template.organisations, "documents": template.documents}
    used = say("N-used-by", language, **facts)
    return " · ".join((used, "–".join(dict.fromkeys(template.years)))).rstrip(" ·")
