"""All pairs of a corpus that share something, in one go."""

import numpy as np
import pytest

from detector.fingerprints.seeds import seeds_of
from detector.index import pairs
from detector.index.pairs import shared_places
from detector.kernels.postings import MOST_PLACES
from tests.index.test_search import FORMULA, RARE, invented, loose


def places(texts, frequent=32):
    """Return (later, earlier, (start, end), (start, end)), units of each document."""
    codes = [loose(text) for text in texts]
    lengths = list(map(len, codes))
    begins = np.concatenate([[0], np.cumsum(np.array(lengths) + 1)])
    found = []
    for some in shared_places(list(map(seeds_of, codes)), lengths, frequent):
        both = np.stack([some.later, some.earlier])
        starts, ends = some.starts - begins[both], some.ends - begins[both]
        for at in range(len(some.later)):
            spans = zip(starts[:, at].tolist(), ends[:, at].tolist(), strict=True)
            found.append((int(some.later[at]), int(some.earlier[at]), *spans))
    return sorted(found)


def pairs_of(texts, frequent=32):
    return {(later, earlier) for later, earlier, *_ in places(texts, frequent)}


def test_each_pair_is_found_once_with_its_places():
    texts = [invented(1), invented(2)[:90] + RARE, invented(3), RARE + invented(4)]

    (later, earlier, ours, theirs) = places(texts)[0]

    assert len(places(texts)) == 1
    assert (later, earlier) == (3, 1)
    length = len(loose(RARE))
    assert 0 <= ours[0] < 9
    assert length - 9 < ours[1] <= length
    assert theirs == (ours[0] + 90, ours[1] + 90)


def test_what_a_document_repeats_itself_is_no_pair():
    assert pairs_of([RARE + invented(1) + RARE, invented(2)]) == set()


def test_chance_is_not_enough():
    texts = [invented(n) + RARE[n : n + 5] for n in range(4)] + [RARE]

    assert pairs_of(texts) == set()


def test_words_left_out_do_not_break_a_place():
    texts = [RARE + invented(1), RARE.replace("夜间", "").replace("老船工", "老人")]

    assert len(places(texts)) == 1


@pytest.mark.parametrize(("frequent", "expected"), [(9, 28), (4, 28), (1, 0)])
def test_boilerplate_is_followed_to_some_places_only(frequent, expected):
    texts = [invented(n) + RARE for n in range(8)]

    # All seeds around one are frequent at 4: they are followed to some more.
    assert len(pairs_of(texts, frequent)) == expected


def test_a_frequent_seed_beside_a_rare_one_is_not_followed():
    alone = invented(1)[:9]
    texts = [alone + RARE[:9], *(invented(n) + RARE[:9] for n in range(2, 9)), alone]

    assert pairs_of(texts, 2) == {(8, 0)}


def test_it_does_not_matter_how_much_is_looked_at_in_one_go(monkeypatch):
    texts = [invented(n % 5) + RARE * (n % 3) + FORMULA for n in range(30)]
    at_once = places(texts)
    monkeypatch.setattr(pairs, "_MOST_PAIRS", 50)

    assert places(texts) == at_once
    assert len(at_once) > 50


@pytest.mark.parametrize("texts", [[], [""], ["", "甲"], [RARE]])
def test_where_there_is_nothing_to_share_nothing_is_found(texts):
    assert places(texts) == []


def test_english_is_joined_by_words():
    copied = "the harbour wall was rebuilt from salvaged granite blocks last winter"
    texts = [f"alpha {copied} omega", "nothing of the kind", f"{copied} indeed"]

    assert pairs_of(texts) == {(2, 0)}


def test_more_units_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="units to join"):
        list(shared_places([seeds_of(loose(RARE))], [MOST_PLACES], 32))
