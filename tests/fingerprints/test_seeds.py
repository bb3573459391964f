"""Seeds: a passage and its copy keep the same ones, wherever they stand."""

from hashlib import sha256

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detector.alignment.weighed import Weighed
from detector.fingerprints.seeds import EVERY, TEXT_RULES, seeds_of
from detector.text.rules import normalize
from detector.text.stems import find_stems
from detector.text.units import count_units

PASSAGE = "坚持即知即改，列出问题清单、责任清单，逐条销号，做到件件有着落。"


def loose(text):
    units = count_units(normalize(text))
    return Weighed(units, find_stems(units, text)).loose


def hashes(text):
    return set(seeds_of(loose(text)).hashes.tolist())


@given(st.text("甲乙丙丁戊己庚", max_size=30), st.text("子丑寅卯辰巳", max_size=30))
def test_a_passage_keeps_its_seeds_in_any_text(before, after):
    assert hashes(PASSAGE) <= hashes(before + PASSAGE + after)


def test_one_seed_in_three_is_kept():
    codes = np.random.default_rng(1).integers(0x4E00, 0x9FFF, 30_000).astype(np.uint64)

    assert abs(len(seeds_of(codes).places) * EVERY / 30_000 - 1) < 0.05


def test_all_seeds_of_words_are_kept():
    seeds = seeds_of(loose("the quick brown fox jumps over the lazy dog"))

    assert seeds.places.tolist() == list(range(8))
    assert set(seeds.widths.tolist()) == {2}


def test_width_and_traditional_characters_make_no_difference():
    assert hashes("推进２０２４年工作，落實責任清單") == hashes(
        "推进2024年工作,落实责任清单"
    )


def test_the_rules_of_texts_are_those_of_the_number_an_index_records():
    text = (
        "推進２０２４年工作，落實責任清單（第三批）；The Harbour’s 2nd ferry bɑrge, ½"
    )
    seeds = seeds_of(loose(text))
    digest = sha256(seeds.places.astype("<i8").tobytes() + seeds.hashes.tobytes())

    # Other seeds? Then give TEXT_RULES another number: old indexes must not be asked.
    assert (TEXT_RULES, digest.hexdigest()[:16]) == (3, "dfd9cf64cee45f65")


def test_a_text_shorter_than_a_seed_has_none():
    assert [len(seeds_of(loose(text)).places) for text in ("", "甲", "甲乙丙")] == [
        0
    ] * 3
