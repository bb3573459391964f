"""Segmentation by the frequencies of a lexicon."""

from itertools import combinations, pairwise
from math import log2

import pytest

from detector.text.lexicon import Lexicon
from detector.text.segmentation import Segmenter

WORDS = Lexicon("中 50 f\n中心 900 n\n局 40 n\n局面 300 n\n心 70 n\n面 60 n\n".encode())


def brute_force(text):
    """Return the cheapest way to cut a text, of all there are."""
    best = None
    for count in range(len(text)):
        for inner in combinations(range(1, len(text)), count):
            cuts = (0, *inner, len(text))
            words = [text[a:b] for a, b in pairwise(cuts)]
            if all(len(word) == 1 or word in WORDS for word in words):
                times = [WORDS.get(w).times if WORDS.get(w) else 1 for w in words]
                bits = sum(log2(60_101_967 / one) for one in times)
                best = min(best or (bits, cuts), (bits, cuts))
    return best


@pytest.mark.parametrize("text", ["局面", "中心面", "局中心", "新局面中", "面"])
def test_the_best_of_all_segmentations_is_found(text):
    found = Segmenter(WORDS).segment(text)

    bits, cuts = brute_force(text)
    assert found.bits == pytest.approx(bits)
    assert found.cuts == set(cuts)


def test_nothing_costs_nothing():
    assert Segmenter(WORDS).segment("") == (0.0, frozenset({0}))
