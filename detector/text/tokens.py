"""Words, by jieba, without its shared cache and without its global state."""

import logging
import sys
import warnings
from functools import cache
from typing import Any

_LONGEST_PIECE = 2000
"""Characters handed over at once: jieba's time on one piece has no good bound."""


def words(text: str) -> list[str]:
    """Return the words of two characters and more that jieba cuts `text` into.

    >>> words("全面从严治党主体责任")
    ['全面', '从严治党', '主体', '责任']
    """
    pieces = (
        text[at : at + _LONGEST_PIECE] for at in range(0, len(text), _LONGEST_PIECE)
    )
    cut = _tokenizer().lcut
    return [word for piece in pieces for word in cut(piece) if len(word.strip()) > 1]


@cache
def _tokenizer() -> Any:  # noqa: ANN401
    """Return a tokenizer of our own, made from the dictionary that jieba ships.

    Its cache lies in a folder that all users share, saves no time, and changes the
    cut if somebody else has written it. Importing it warns on new versions of Python.
    """
    logging.getLogger("jieba").setLevel(logging.WARNING)
    missing = object()
    before = sys.modules.get("pkg_resources", missing)
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba
    finally:
        if before is missing:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = before  # type: ignore[assignment]
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer
