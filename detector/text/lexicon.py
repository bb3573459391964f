"""The words that jieba knows, asked one at a time: nothing is loaded but their file.

Its dictionary is 349,000 lines `word frequency tag`, sorted by the bytes of the word
but for a few Latin ones before the Chinese: a word is found by bisection.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from os.path import join
from typing import NamedTuple

_HAN = "[\u4e00-\u9fff]"
_FIRST_HAN = b"\n\xe3"
"""Nothing of CJK Extension A and after it is out of order."""


def listed(words: str) -> tuple[str, ...]:
    """Return the words of a list that is written with spaces between them."""
    return tuple(words.split())


class Word(NamedTuple):
    """An entry: how often it was seen, and its part of speech (``ns``: a place)."""

    times: int
    tag: str


class Lexicon:
    """A sorted list of words.

    Parameters
    ----------
    data : bytes
        UTF-8, a line ``word count tag`` each, sorted by bytes.
    """

    def __init__(self, data: bytes) -> None:
        self._data = b"\n" + data.strip() + b"\n"
        self._first = max(self._data.find(_FIRST_HAN), 0)
        self._look_up = lru_cache(maxsize=1 << 16)(self._found)

    def __contains__(self, word: str) -> bool:
        return self._look_up(word) is not None

    def get(self, word: str) -> Word | None:
        """Return the entry of a Chinese `word`; None for any other."""
        return self._look_up(word)

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
        which = "|".join(map(re.escape, sorted(parts)))
        longest = 2 * most + max(map(len, parts))
        pattern = re.compile(
            rf"\n({_HAN}{{0,{most}}}(?:{which}){_HAN}{{0,{longest}}}) (\d+) "
        )
        lengths = sorted(set(map(len, parts)))
        for word, count in pattern.findall(self._data.decode("utf-8")):
            for start in range(min(most + 1, len(word))):
                for length in lengths:
                    part, after = word[start : start + length], word[start + length :]
                    if len(part) == length and part in parts and len(after) <= most:
                        yield word[:start], part, after, int(count)

    def _found(self, word: str) -> Word | None:
        """Bisect in O(log n) time: some 20 short reads."""
        wanted = word.encode("utf-8", "surrogatepass") + b" "
        low, high = self._first, len(self._data) - 1
        while low < high:  # both stand at the line break before an entry
            middle = self._data.rfind(b"\n", low, (low + high) // 2 + 1)
            end = self._data.find(b"\n", middle + 1)
            entry = self._data[middle + 1 : end]
            if entry.startswith(wanted):
                _, count, tag = entry.decode("utf-8").split(" ")
                return Word(int(count), tag)
            if entry.partition(b" ")[0] < wanted[:-1]:
                low = end
            else:
                high = middle
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
