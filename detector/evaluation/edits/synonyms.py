"""Edits by synonyms, out of a list of our own."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.resources import files
from random import Random

from detector.evaluation.edits.material import Material, is_word

_LEAST_KNOWN = 0.25
_PARTICLES = frozenset("的地")
_SWAPPED = 0.15


@cache
def thesaurus() -> Mapping[str, tuple[str, ...]]:
    """Return for each word of the list what may stand in its place."""
    page = files("detector.evaluation").joinpath("synonyms_zh.txt").read_text("utf-8")
    others: dict[str, dict[str, None]] = defaultdict(dict)
    for line in page.splitlines():
        group = line.partition("#")[0].split()
        for word in group:
            others[word].update(dict.fromkeys(one for one in group if one != word))
    return {word: tuple(known) for word, known in others.items()}


def edit_of(share: float) -> Callable[[str, Material, Random], str | None]:
    """Return the edit that replaces a `share`, 0–1, of the words in the list."""

    def edit(passage: str, material: Material, rng: Random) -> str | None:
        words = [token for token in material.tokens(passage) if is_word(token)]
        known = sum(word in thesaurus() for word in words)
        if not known or known < _LEAST_KNOWN * len(words):
            return None
        return replaced(passage, material, rng, share=share)

    return edit


def rephrasing_of(share: float) -> Callable[[str, Material, Random], str | None]:
    """Return the edit for texts whose words the list does not know."""
    return partial(_rephrased, share=share)


def replaced(passage: str, material: Material, rng: Random, *, share: float) -> str:
    """Replace a `share` of the words that have a synonym, at least one if any has."""
    tokens = material.tokens(passage)
    at = [n for n, token in enumerate(tokens) if token in thesaurus()]
    count = max(round(share * len(at)), 1) if at else 0
    for n in rng.sample(at, count):
        tokens[n] = rng.choice(thesaurus()[tokens[n]])
    return "".join(tokens)


def _rephrased(
    passage: str, material: Material, rng: Random, *, share: float
) -> str | None:
    """Replace what can be replaced, drop 的 and 地, and swap neighbouring words."""
    changed = replaced(passage, material, rng, share=share)
    tokens = [t for t in material.tokens(changed) if t not in _PARTICLES]
    at = 0
    while at < len(tokens) - 1:
        pair = tokens[at : at + 2]
        if all(map(is_word, pair)) and rng.random() < _SWAPPED * 2 * share:
            tokens[at : at + 2] = reversed(pair)
            at += 1
        at += 1
    text = "".join(tokens)
    return text if text != passage else None
