"""Every sentence the tool says to a person, in every language it speaks.

A message is looked up by a stable code, so a log, a test or a bug report can name
it in any language. The language is always an argument, never a global. Each language
is a folder of TOML files, one for each part of the tool that speaks.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias, get_args

Language: TypeAlias = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Return the messages of one language, by code.

    Raises
    ------
    ValueError
        If there is no such language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language is {language!r}; allowed: {', '.join(LANGUAGES)}")
    messages: dict[str, str] = {}
    folder = files(__name__).joinpath(language)
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            messages |= tomllib.loads(file.read_text("utf-8"))
    return messages


def say(code: str, language: Language = "en", /, **facts: object) -> str:
    """Return message `code` with its `{placeholders}` filled from `facts`."""
    return catalogue(language)[code].format(**facts)
