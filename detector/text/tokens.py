"""Words, by jieba, without its shared cache and without its global state."""

import logging
import sys
import warnings
from collections.abc import Iterator
from functools import cache
from typing import Any

_LONGEST_PIECE = 2000
"""Characters handed over at once: jieba's time on one piece has no good bound."""


def words(text: str) -> list[str]:
    """Return the words of two characters and more that jieba cuts `text` into.

    >>> words("全面从严治党主体责任")
    ['全面', '从严治党', '主体', '责任']
    """
    return [token for token in tokens(text) if len(token.strip()) > 1]


def tokens(text: str) -> list[str]:
    """Return all that jieba cuts `text` into, in order; joined, it is `text` again.

    >>> tokens("今年，完成了3项。")
    ['今年', '，', '完成', '了', '3', '项', '。']
    """
    cut = _tokenizer().lcut
    return [token for piece in _pieces(text) for token in cut(piece)]


def tagged(text: str) -> list[tuple[str, str]]:
    """Return the tokens of `text` with jieba's tag of their part of speech.

    Names of people, places and organisations are ``nr``, ``ns`` and ``nt``.

    >>> tagged("上海市的经验")
    [('上海市', 'ns'), ('的', 'uj'), ('经验', 'n')]
    """
    cut = _tagger().lcut
    return [(pair.word, pair.flag) for piece in _pieces(text) for pair in cut(piece)]


def _pieces(text: str) -> Iterator[str]:
    return (
        text[at : at + _LONGEST_PIECE] for at in range(0, len(text), _LONGEST_PIECE)
    )


@cache
def _tagger() -> Any:  # noqa: ANN401
    tokenizer = _tokenizer()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from jieba import posseg
    return posseg.POSTokenizer(tokenizer)


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
