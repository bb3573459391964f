"""Edits that change no word: width, punctuation, line breaks, script."""

import re
from functools import cache
from random import Random
from typing import Any

from detector.evaluation.edits.material import Material
from detector.text.scripts import HAN

_HALF = "".join(map(chr, range(0x21, 0x7F)))
_FULL = "".join(map(chr, range(0xFF01, 0xFF5F)))
_WIDER = str.maketrans(_HALF, _FULL)
_NARROWER = str.maketrans(_FULL, _HALF)
_NUMBER = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+")
_MARKS = {
    "，": ", ", "。": ". ", "；": "; ", "：": ": ", "！": "! ", "？": "? ",
    "（": " (", "）": ") ", "“": '"', "”": '"', "、": ",",
}  # fmt: skip
_BETWEEN = re.compile(f"(?<=[{HAN}])[，、](?=[{HAN}])|(?<=[{HAN}])(?=[{HAN}])")
_SPACE = re.compile(r"(?<=\w) (?=\w)")
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_COMMA_DROPPED, _COMMA_ADDED, _BREAK = 0.3, 0.04, 0.02


def width_changed(passage: str, material: Material, rng: Random) -> str:
    """Change the width of figures and letters, the punctuation and the lines."""
    if not material.chinese:
        return _wrapped(passage.translate(_QUOTES), rng)
    changed = _BETWEEN.sub(lambda found: _between(found[0], rng), passage)
    table = _WIDER if rng.random() < 0.5 else _NARROWER  # noqa: PLR2004 - a coin
    changed = _NUMBER.sub(lambda found: found[0].translate(table), changed)
    if rng.random() < 0.5:  # noqa: PLR2004
        changed = "".join(_MARKS.get(sign, sign) for sign in changed)
    return changed.strip()


def traditional(passage: str, material: Material, rng: Random) -> str:
    """Write the passage in traditional characters."""
    return in_traditional_forms(passage)


def in_traditional_forms(text: str) -> str:
    """Return a text in traditional characters."""
    return str(_converter().convert(text))


def _between(sign: str, rng: Random) -> str:
    """Return what stands between two characters in place of `sign`, or of nothing."""
    chance = rng.random()
    if sign:
        return "" if chance < _COMMA_DROPPED else sign
    if chance < _BREAK:
        return "\n"
    return "，" if chance < _BREAK + _COMMA_ADDED else ""


def _wrapped(passage: str, rng: Random) -> str:
    """Break lines elsewhere, and put in some commas."""

    def between(_: re.Match[str]) -> str:
        chance = rng.random()
        if chance < 4 * _BREAK:
            return "\n"
        return ", " if chance < 4 * _BREAK + _COMMA_ADDED else " "

    return _SPACE.sub(between, " ".join(passage.split()))


@cache
def _converter() -> Any:  # noqa: ANN401
    from opencc import OpenCC

    return OpenCC("s2t")
