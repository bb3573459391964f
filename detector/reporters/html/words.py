"""Words in both languages: the page has all of them and shows one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from detector.messages import LANGUAGES, Language, say
from detector.text.visible import visible

if TYPE_CHECKING:
    from markupsafe import Markup


def both(word: Callable[[Language], str]) -> "Markup":
    """Return what `word` says in each language, escaped, in an element each.

    What is the same in all of them stands there once.
    """
    from markupsafe import Markup

    said = {language: visible(word(language)) for language in LANGUAGES}
    if len(set(said.values())) == 1:
        return Markup("<bdi>{}</bdi>").format(next(iter(said.values())))
    return Markup().join(
        Markup('<span class="w" lang="{}">{}</span>').format(language, text)
        for language, text in said.items()
    )


def prose(code: str, /, **facts: object) -> "Markup":
    """Return message `code` of several lines as one text, in both languages."""

    def joined(language: Language) -> str:
        gap = "" if language == "zh" else " "
        return gap.join(say(code, language, **facts).split("\n")).strip()

    return both(joined)


def message(code: str, /, **facts: object) -> "Markup":
    """Return message `code` in both languages."""
    return both(lambda language: say(code, language, **facts))
