"""The words that jieba knows, asked one at a time: nothing is loaded but their file.

Its dictionary is 349,000 lines `word frequency tag`: a word is found by bisection of
the first bytes of the lines.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator
from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from os.path import join
from typing import NamedTuple

import numpy as np

_HAN = re.compile("[\u4e00-\u9fff]+")
_HEAD = 8
"""Bytes by which lines are told apart: two characters and most of a third."""


def listed(words: str) -> tuple[str, ...]:
    """Return the words of a list that is written with spaces between them."""
    return tuple(words.split())


class Word(NamedTuple):
    """An entry: how often it was seen, and its part of speech (``ns``: a place)."""

    times: int
    tag: str


class Lexicon:
    """A list of words; `get` returns the entry of a word, or None.

    Parameters
    ----------
    data : bytes
        UTF-8, a line ``word count tag`` each; the first of a word counts.
    """

    def __init__(self, data: bytes) -> None:
        self._data = b"\n" + data.strip() + b"\n"
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
        """Yield the Chinese words that hold one of some parts, in one pass over all.

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
        """The first bytes of each line as a number, ascending, and where it begins."""
        data = np.frombuffer(self._data + bytes(_HEAD), dtype=np.uint8)
        begins = np.flatnonzero(data == ord("\n"))[:-1] + 1
        heads = np.zeros(len(begins), dtype=np.uint64)
        for place in range(_HEAD):
            heads = heads << np.uint64(8) | data[begins + place]
        # jieba's are in order but for the first lines, 吉林 and 高姓大名.
        order = np.argsort(heads, kind="stable")
        return array("Q", heads[order].tobytes()), array("q", begins[order].tobytes())

    def _found(self, word: str) -> Word | None:
        """Bisect in O(log n) time; few lines begin alike."""
        wanted = word.encode("utf-8", "surrogatepass") + b" "
        heads, begins = self._lines
        head = wanted[:_HEAD]
        at = bisect_left(heads, int.from_bytes(head.ljust(_HEAD, b"\0"), "big"))
        most = int.from_bytes(head.ljust(_HEAD, b"\xff"), "big")
        while at < len(heads) and heads[at] <= most:
            start = begins[at]
            line = self._data[start : self._data.index(b"\n", start)]
            if line.startswith(wanted):
                _, count, tag = line.decode("utf-8").split(" ")
                return Word(int(count), tag)
            at += 1
        return None


@cache
def jieba_words() -> Lexicon:
    """Return the words of the dictionary that jieba ships; jieba is not imported."""
    spec = find_spec("jieba")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise ModuleNotFoundError(name="jieba")
    with open(join(folders[0], "dict.txt"), "rb") as file:  # noqa: PTH118, PTH123
        return Lexicon(file.read())
