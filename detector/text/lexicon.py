"""The words that jieba knows, asked one at a time: nothing is loaded but their file.

Its dictionary is 349,000 lines `word frequency tag`, sorted by the bytes of the word
but for a few Latin ones before the Chinese: a word is found by bisection of the first
bytes of the lines, which are two characters.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from os.path import join
from typing import NamedTuple

import numpy as np

_HAN = re.compile("[\u4e00-\u9fff]+")
_FIRST_HAN = b"\n\xe3"
"""Nothing of CJK Extension A and after it is out of order."""
_HEAD = 6
"""Bytes by which lines are told apart: two characters."""


def listed(words: str) -> tuple[str, ...]:
    """Return the words of a list that is written with spaces between them."""
    return tuple(words.split())


class Word(NamedTuple):
    """An entry: how often it was seen, and its part of speech (``ns``: a place)."""

    times: int
    tag: str


class Lexicon:
    """A sorted list of words; `get` returns the entry of a Chinese word, or None.

    Parameters
    ----------
    data : bytes
        UTF-8, a line ``word count tag`` each, sorted by bytes.
    """

    def __init__(self, data: bytes) -> None:
        self._data = b"\n" + data.strip() + b"\n"
        self._first = max(self._data.find(_FIRST_HAN), 0)
        self.get = lru_cache(maxsize=1 << 16)(self._found)

    def __contains__(self, word: str) -> bool:
        return self.get(word) is not None

    def longest_at(self, text: str, start: int, most: int = 6) -> int:
        """Return the length of the longest word that begins at `start`; 0 for none."""
        for length in range(min(most, len(text) - start), 1, -1):
            if text[start : start + length] in self:
                return length
        return 0

    def around(
        self, parts: Collection[str], most: int
    ) -> Iterator[tuple[str, str, str, int]]:
        """Yield the words that hold one of some parts, in one pass over all words.

        Each as what stands before the part, the part, what stands after it, and how
        often the word was seen; both sides of `most` characters at the most.
        """
        text = self._data.decode("utf-8")
        which = re.compile("|".join(map(re.escape, sorted(parts))))
        # A pattern of whole lines would be tried at every line.
        lines = (text.rindex("\n", 0, at.start()) + 1 for at in which.finditer(text))
        lengths = sorted(set(map(len, parts)))
        for line in dict.fromkeys(lines):
            word, count, _ = text[line : text.index("\n", line)].split(" ")
            if not _HAN.fullmatch(word):
                continue
            for start in range(min(most + 1, len(word))):
                for length in lengths:
                    part, after = word[start : start + length], word[start + length :]
                    if len(part) == length and part in parts and len(after) <= most:
                        yield word[:start], part, after, int(count)

    @cached_property
    def _lines(self) -> "tuple[array[int], array[int]]":
        """First bytes of each line as a number, and its line break; both ascend."""
        data = np.frombuffer(self._data + bytes(_HEAD), dtype=np.uint8)
        breaks = np.flatnonzero(data == ord("\n"))
        breaks = breaks[breaks >= self._first]
        heads = np.zeros(len(breaks) - 1, dtype=np.int64)
        for place in range(1, _HEAD + 1):
            heads = heads << 8 | data[breaks[:-1] + place]
        return array("q", heads.tobytes()), array("q", breaks.tobytes())

    def _found(self, word: str) -> Word | None:
        """Bisect in O(log n) time; few lines begin alike."""
        wanted = word.encode("utf-8", "surrogatepass") + b" "
        heads, breaks = self._lines
        head = wanted[:_HEAD]
        least = int.from_bytes(head.ljust(_HEAD, b"\0"), "big")
        most = int.from_bytes(head.ljust(_HEAD, b"\xff"), "big")
        first = bisect_left(heads, least)
        if first == len(heads) or heads[first] > most:
            return None
        last = bisect_right(heads, most, first)
        at = self._data.find(b"\n" + wanted, breaks[first], breaks[last])
        if at < 0:
            return None
        line = self._data[at + 1 : self._data.find(b"\n", at + 1)]
        _, count, tag = line.decode("utf-8").split(" ")
        return Word(int(count), tag)


@cache
def jieba_words() -> Lexicon:
    """Return the words of the dictionary that jieba ships; jieba is not imported."""
    spec = find_spec("jieba")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise ModuleNotFoundError(name="jieba")
    with open(join(folders[0], "dict.txt"), "rb") as file:  # noqa: PTH118, PTH123
        return Lexicon(file.read())
