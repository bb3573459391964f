"""Edits of words: replaced, left out, put in; and of single characters."""

import re
from collections.abc import Callable
from functools import partial
from random import Random

from detector.evaluation.edits.material import Material, is_word

_OPERATIONS = ("replace", "delete", "insert")
_MIX = (60, 20, 20)
_CHARACTERS = 0.2
_TRIES = 20


def edit_of(share: float) -> Callable[[str, Material, Random], str | None]:
    """Return the edit of that share of the words, 0–1."""
    return partial(edited, share=share)


def edited(
    passage: str, material: Material, rng: Random, *, share: float
) -> str | None:
    """Edit a `share` of the words, at least one, with words of the host.

    Of the words edited, 60 % are replaced, 20 % left out, and after 20 % a word is
    put in.
    """
    tokens = material.tokens(passage)
    at = [n for n, token in enumerate(tokens) if is_word(token)]
    if not at or not material.words:
        return None
    for n in rng.sample(at, max(round(share * len(at)), 1)):
        tokens[n] = _changed(tokens[n], material, rng)
    text = "".join(tokens)
    if not material.chinese:
        text = re.sub(r"(?<=\S) {2,}", " ", text)
    return text.strip() or None


def characters_edited(passage: str, material: Material, rng: Random) -> str | None:
    """Replace a fifth of the letters by letters of the host."""
    signs = list(passage)
    at = [n for n, sign in enumerate(signs) if sign.isalnum()]
    if not material.letters:
        return None
    for n in rng.sample(at, round(_CHARACTERS * len(at))):
        signs[n] = _other(signs[n], material.letters, rng)
    return "".join(signs)


def _changed(word: str, material: Material, rng: Random) -> str:
    operation = rng.choices(_OPERATIONS, _MIX)[0]
    if operation == "replace":
        return _other(word, material.words, rng)
    if operation == "delete":
        return ""
    space = "" if material.chinese else " "
    return word + space + rng.choice(material.words)


def _other(one: str, pool: str | list[str], rng: Random) -> str:
    """Return one of `pool` that is not `one`, if there is any."""
    for _ in range(_TRIES):
        if (chosen := rng.choice(pool)) != one:
            return chosen
    return chosen
