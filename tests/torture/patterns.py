"""Finds the regular expressions whose time grows faster than the text.

Each pattern of the package is given texts of one, two or three of its own characters,
over and over, of two lengths. What is linear takes four times as long for four times
the text.
"""

import importlib
import pkgutil
import random
import re
import time
from collections.abc import Iterator, Mapping
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import detector

_PUMPS, _SHORT, _TIMES = 150, 1500, 4
_SLOW, _GROWS = 0.004, 9.0
_CATEGORIES = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_SPACE: "柳",
    codes.CATEGORY_NOT_WORD: "-",
    codes.CATEGORY_NOT_DIGIT: "x",
}


def patterns() -> Mapping[str, re.Pattern[str]]:
    """Return the compiled patterns of text in all modules, by where they are."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(detector.__path__, "detector."):
        if module.name == "detector.__main__" or "notebook" in module.name:
            continue
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            for at, one in enumerate(_inside(value)):
                found.setdefault(f"{module.name}.{name}{f'[{at}]' if at else ''}", one)
    once = {one.pattern: name for name, one in reversed(found.items())}
    return {name: found[name] for name in sorted(once.values())}


def _inside(value: object, depth: int = 3) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, Mapping) and depth:
        for one in value.values():
            yield from _inside(one, depth - 1)
    elif isinstance(value, tuple | list) and depth:
        for one in value:
            yield from _inside(one, depth - 1)


def letters(pattern: re.Pattern[str]) -> list[str]:
    """Return the characters a pattern names, its words, and one of each class."""
    parsed = parser.parse(pattern.pattern, pattern.flags)
    found = dict.fromkeys(_named(parsed))
    return list(found | dict.fromkeys("柳a1 \n\tx"))


def _named(tokens: Any) -> Iterator[str]:
    word = ""
    for token in tokens:
        if isinstance(token, parser.SubPattern | list):
            yield from _named(token)
            continue
        if not isinstance(token, tuple):
            continue
        op, arg = token[0], token[-1]
        if op is codes.LITERAL:
            yield chr(arg)
            word += chr(arg)
            continue
        yield from (word,) if word else ()
        word = ""
        if op is codes.RANGE:
            yield chr(arg[0])
        elif op is codes.CATEGORY:
            yield _CATEGORIES[arg]
        elif isinstance(arg, parser.SubPattern | list | tuple):
            yield from _named(arg)
    yield from (word,) if word else ()


def pumps(pattern: re.Pattern[str], chosen: random.Random) -> Iterator[tuple[str, str]]:
    """Yield what to begin with and what to say over and over."""
    known = list(dict.fromkeys(letters(pattern)))
    for one in chosen.sample(known, min(len(known), 60)):
        yield "", one
    for _ in range(_PUMPS):
        body = "".join(chosen.choices(known, k=chosen.choice((1, 2, 2, 3))))
        yield chosen.choice(("", *known)), body


def slow(pattern: re.Pattern[str], seed: int = 0) -> tuple[str, str, float] | None:
    """Return a text, before and over and over, on which a pattern is not linear."""
    chosen = random.Random(f"{seed}{pattern.pattern}".encode("utf-8", "surrogatepass"))
    for before, body in pumps(pattern, chosen):
        for after in ("", "!\n"):
            short = before + body * _SHORT + after
            took = _time(pattern, short)
            if took < _SLOW:
                continue
            longer = before + body * (_SHORT * _TIMES) + after
            grew = min(_time(pattern, longer) / _time(pattern, short) for _ in "12")
            if grew > _GROWS:
                return before, body, grew
    return None


def _time(pattern: re.Pattern[str], text: str) -> float:
    began = time.process_time()
    for _ in pattern.finditer(text):
        pass
    pattern.match(text)
    return time.process_time() - began
