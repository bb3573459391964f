"""Which documents of an index are looked at, and what is common in it."""

import numpy as np
import pytest

from detector.alignment.weighed import Weighed
from detector.fingerprints.seeds import seeds_of
from detector.index.choice import choose
from detector.index.common import common, numbered_holders
from detector.index.search import share
from detector.index.segment import UNKNOWN, Segment, merged
from detector.text.rules import normalize
from detector.text.stems import find_stems
from detector.text.units import count_units

FORMULA = "坚持以人民为中心的发展思想，统筹推进各项重点任务落地见效。"
RARE = "码头岸线整治后，夜间停泊的渔船由三十七艘减至九艘，老船工自发轮班看护灯塔。"


def loose(text):
    units = count_units(normalize(text))
    return Weighed(units, find_stems(units, text)).loose


def invented(seed, length=400):
    """Return text that shares nothing with anything."""
    rng = np.random.default_rng(seed)
    return "".join(map(chr, rng.integers(0x4E00, 0x9FFF, length)))


def segment(texts, holders=None):
    codes = [loose(text) for text in texts]
    whose = holders or [UNKNOWN] * len(texts)
    return Segment.of(list(map(seeds_of, codes)), list(map(len, codes)), whose)


def keys(one):
    return np.concatenate(list(one.postings.pieces())).tolist()


def chosen(segments, draft, most=10, frequent=256):
    return choose(share(segments, seeds_of(loose(draft)), frequent), most)


def test_the_document_with_a_passage_of_the_draft_is_chosen():
    texts = [invented(n) for n in range(50)]
    texts[17] = texts[17][:200] + RARE + texts[17][200:]

    assert chosen([segment(texts)], invented(99) + RARE) == [17]


def test_a_draft_that_shares_nothing_chooses_nothing():
    assert chosen([segment([invented(n) for n in range(50)])], invented(99)) == []
    assert chosen([], RARE) == []
    assert chosen([segment(["甲"])], "") == []


def test_a_rare_sentence_is_not_crowded_out_by_a_common_one():
    texts = [invented(n) + FORMULA * 3 for n in range(60)]
    texts[41] = invented(41) + RARE

    found = chosen([segment(texts)], FORMULA * 3 + RARE, most=4)

    assert 41 in found
    assert len(found) <= 4


def test_several_segments_are_asked_as_one():
    texts = [invented(n) + RARE * (n % 7 == 0) for n in range(30)]
    whole = segment(texts)
    parts = [segment(texts[:11]), segment(texts[11:12]), segment(texts[12:])]

    assert chosen(parts, RARE) == chosen([whole], RARE)
    assert keys(merged(parts)) == keys(whole)


def test_a_segment_without_documents_is_that_of_the_others():
    texts = [invented(n) + RARE for n in range(8)]
    left = segment(texts).without([0, 3, 7])
    fresh = segment([text for n, text in enumerate(texts) if n not in {0, 3, 7}])

    assert left.starts.tolist() == fresh.starts.tolist()
    assert keys(left) == keys(fresh)


def test_a_seed_of_too_many_places_is_followed_to_some_and_counted():
    shared = share(
        [segment([invented(n) + RARE for n in range(30)])], seeds_of(loose(RARE)), 5
    )

    assert shared.capped == len(np.unique(shared.runs.first)) > 0
    assert np.unique(shared.runs.document).tolist() == [0, 1, 2, 3, 4]


def test_what_is_no_evidence_is_not_looked_at():
    one = segment([invented(1) + FORMULA, invented(2)])
    draft = loose(FORMULA)
    shared = share([one], seeds_of(draft), 256)

    assert choose(shared, 10, np.linspace(0, 60, len(draft) + 1)) == [0]
    assert choose(shared, 10, np.linspace(0, 6, len(draft) + 1)) == []


@pytest.mark.parametrize(
    ("holders", "is_common"),
    [([0, 1, 2], True), ([0, 0, 1], False), ([UNKNOWN] * 3, True), ([0, 1, 0], False)],
)
def test_common_is_what_three_holders_write(holders, is_common):
    one = segment([invented(n) + FORMULA for n in range(3)], holders)
    draft = loose(RARE + FORMULA)
    bits = np.full(len(draft), 9.0, dtype=np.float32)

    found = common(
        share([one], seeds_of(draft), 256), numbered_holders([one]), len(draft)
    )
    said = bits - found.less(bits)

    inside = slice(-len(loose(FORMULA)) + 5, -5)  # seeds are sampled
    assert (said[inside] == (2.5 if is_common else 9.0)).all()
    assert (found.holders[inside] == (3 if is_common else 2)).all()
    assert (said[: len(loose(RARE)) - 3] == 9.0).all()


def test_the_drafts_own_organisation_does_not_make_wording_common():
    one = segment([invented(n) + FORMULA for n in range(3)], [0, 1, 2])
    draft = loose(FORMULA)
    shared, besides = share([one], seeds_of(draft), 256), np.array([False, True, True])

    found = common(shared, numbered_holders([one]), len(draft), besides)

    assert found.holders.max() == 2
    assert not found.is_common.any()
