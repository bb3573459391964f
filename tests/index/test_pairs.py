"""All pairs of a corpus that share something, in one go."""

from collections import defaultdict
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.fingerprints.seeds import seeds_of
from detector.index import pairs
from detector.index.pairs import shared_places
from detector.kernels.postings import MOST_PLACES
from tests.index.test_search import FORMULA, RARE, invented, loose


def places(texts, frequent=32):
    """Return (later, earlier, (start, end), (start, end)), units of each document."""
    codes = [loose(text) for text in texts]
    lengths = list(map(len, codes))
    found = []
    for some in shared_places(list(map(seeds_of, codes)), lengths, frequent):
        starts, ends = some.starts, some.ends
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


def test_documents_shorter_than_a_band_are_told_apart():
    for copies in (2, 3, 5):
        texts = [RARE[:24]] * copies + [invented(9, 2000)]

        assert len(pairs_of(texts)) == copies * (copies - 1) // 2


@pytest.mark.parametrize("frequent", [-1, 1 << 14])
def test_more_places_than_are_counted_cannot_be_followed(frequent):
    with pytest.raises(ValueError, match="places to follow"):
        list(shared_places([seeds_of(loose(RARE))], [len(loose(RARE))], frequent))


def by_definition(seeds, lengths, frequent):
    """Return what `shared_places` should, seed by seed."""
    begins = np.cumsum([0, *((length // 64 + 1) * 64 for length in lengths)])
    width = {
        int(place + start): wide
        for one, start in zip(seeds, begins.tolist(), strict=False)
        for place, wide in zip(one.places.tolist(), one.widths.tolist(), strict=True)
    }
    count, groups = pairs_by_definition(seeds, begins.tolist(), frequent)
    units, found = sum(lengths) + len(lengths), []
    for (_, host, source), pairs_ in groups.items():
        pairs_.sort()
        cuts = [n for n, (a, b) in enumerate(pairwise(pairs_), 1) if b[0] - a[0] > 64]
        for low, high in pairwise([0, *cuts, len(pairs_)]):
            part = pairs_[low:high]
            fresh = [width[part[0][0]]]
            fresh += [min(b[0] - a[0], width[b[0]]) for a, b in pairwise(part)]
            said = sum(
                np.log2(units / count[at]) * new / width[at]
                for (at, _), new in zip(part, fresh, strict=True)
            )
            if said > np.log2(units):
                ends = [(at + width[at], at - shift + width[at]) for at, shift in part]
                starts = [(at, at - shift) for at, shift in part]
                low_end, high_end = np.min(starts, axis=0), np.max(ends, axis=0)
                both = np.stack([low_end, high_end], axis=1)
                both -= begins[[host, source]][:, None]
                spans = both.ravel().tolist()
                found.append((host, source, *spans, round(said, 6)))
    return sorted(found)


def pairs_by_definition(seeds, begins, frequent):
    """Return how often each seed stands, and the pairs of each band and documents."""
    stands, owner = defaultdict(list), {}
    for number, one in enumerate(seeds):
        for place, key in zip(one.places.tolist(), one.hashes.tolist(), strict=True):
            stands[key >> 28].append(place + begins[number])
            owner[place + begins[number]] = number
    count = {at: len(same) for same in stands.values() for at in same}
    rare = [at for at in count if count[at] <= frequent]
    groups = defaultdict(list)
    for ours, theirs in (p for same in stands.values() for p in permutations(same, 2)):
        near = any(abs(r - ours) <= 8 and owner[r] == owner[ours] for r in rare)
        followed = count[ours] <= (frequent if near else 4 * frequent)
        if theirs < ours and owner[theirs] != owner[ours] and followed:
            key = ((ours - theirs + 32) // 64, owner[ours], owner[theirs])
            groups[key].append((ours, ours - theirs))
    return count, groups


@given(
    st.lists(
        st.lists(st.sampled_from([RARE[:9], RARE[4:30], FORMULA, "柳", "of ", "港务 "]))
        .map("".join)
        .map(lambda text: text[:300]),
        max_size=6,
    ),
    st.integers(0, 5),
)
def test_it_is_what_the_definition_says(texts, frequent):
    codes = list(map(loose, texts))
    seeds, lengths = list(map(seeds_of, codes)), list(map(len, codes))

    found = [
        row
        for some in shared_places(seeds, lengths, frequent)
        for row in zip(
            some.later.tolist(),
            some.earlier.tolist(),
            some.starts[0].tolist(),
            some.ends[0].tolist(),
            some.starts[1].tolist(),
            some.ends[1].tolist(),
            some.bits.round(6).tolist(),
            strict=True,
        )
    ]

    assert sorted(found) == by_definition(seeds, lengths, frequent)
