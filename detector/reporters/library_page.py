"""What was mined, on a page: the templates that say most."""

from collections.abc import Iterator

from detector.messages import Language, say
from detector.model.template import Library
from detector.reporters.terminal.lines import cut
from detector.text.visible import visible

_SHOWN = 20
_WIDTH = 79


def page(library: Library, path: str, language: Language) -> str:
    """Return a line for each of the first templates, and where the others are."""
    lines = [
        say(
            "M-found",
            language,
            count=len(library.templates),
            documents=library.documents,
            organisations=library.organisations,
            phrases=len(library.phrases),
            path=visible(path),
        )
    ]
    lines += template_lines(library, language)
    if (left := len(library.templates) - _SHOWN) > 0:
        lines.append(say("M-more", language, count=left))
    return "\n".join(lines) + "\n"


def template_lines(library: Library, language: Language) -> Iterator[str]:
    """Yield a line for each of the first templates."""
    for one in library.templates[:_SHOWN]:
        head = say("M-line", language, id=one.id, organisations=one.organisations)
        yield cut(f"{head}{one.text.strip()}", _WIDTH)
