"""The dictionary of jieba, asked a word at a time."""

from importlib.resources import files
from itertools import pairwise

import pytest

from detector.text.lexicon import Lexicon, jieba_words

LINES = files("jieba").joinpath("dict.txt").read_text("utf-8").split("\n")
SAMPLE = [line.split(" ") for line in LINES[::97] if line >= "\u3400"]


def test_every_word_of_the_dictionary_is_found_with_its_entry():
    words = jieba_words()
    entries = [line.split(" ") for line in LINES if line]

    assert len(entries) > 300_000
    assert all(words.get(word) == (int(n), tag) for word, n, tag in entries)


def test_what_is_no_word_is_not_found():
    known = {line.split(" ")[0] for line in LINES}
    others = [one[0][:2] + other[0][-1:] for one, other in pairwise(SAMPLE)]

    found = [word for word in others if word in jieba_words()]

    assert set(found) == known.intersection(others)
    assert 0 < len(found) < len(others) / 2


@pytest.mark.parametrize("word", ["中", "中心", "心", "心中有数"])
def test_short_and_long_words_that_begin_alike(word):
    words = Lexicon("中 50 f\n中心 900 n\n心 70 n\n心中 5 s\n心中有数 4 i\n".encode())

    assert word in words
    assert not any(
        other in words for other in (word[0] + "中间", word + "有", "有", "", "龘", "a")
    )


def test_a_lexicon_of_nothing():
    assert "中" not in Lexicon(b"")
