"""A fixed formulation stands in different sentences; a sentence does not."""

import pytest

from detector.templates.phrases import mine_phrases
from detector.templates.sentences import sentences_of
from tests.templates.test_mining import own, text

PHRASE = "沿江岸线整治"


def phrases(raws, least=3):
    texts = [text(raw, n) for n, raw in enumerate(raws)]
    found = mine_phrases(texts, sentences_of(texts), least)
    return {one.text: one for one in found}


def embedded(phrase, count=9):
    return [f"{own(n)[:-1]}{phrase}{own(n + 99)}" for n in range(count)]


def test_a_phrase_in_different_sentences_is_found_whole():
    found = phrases(embedded(PHRASE))

    assert list(found) == [PHRASE]
    assert (found[PHRASE].holders, found[PHRASE].documents) == (9, 9)
    assert found[PHRASE].left == found[PHRASE].right == pytest.approx(3.17, abs=0.01)


def test_a_sentence_that_recurs_as_such_is_none():
    assert phrases([f"{own(n)}{PHRASE}。{own(n + 99)}" for n in range(9)]) == {}


def test_what_always_follows_belongs_to_it():
    assert list(phrases(embedded(f"{PHRASE}三年行动"))) == [f"{PHRASE}三年行动"]


def test_too_few_users_make_none():
    assert phrases(embedded(PHRASE), least=10) == {}
    assert PHRASE in phrases(embedded(PHRASE), least=9)


@pytest.mark.parametrize(
    "phrase", ["的岸线整治", "岸线整治的", "岸线，整治好", "1岸线整治"]
)
def test_scraps_are_none(phrase):
    assert phrase not in phrases(embedded(phrase))


def test_four_characters_must_stand_in_quotation_marks():
    assert phrases(embedded("沿江整治")) == {}
    assert list(phrases(embedded("“沿江整治”"))) == ["沿江整治"]


@pytest.mark.parametrize("raws", [[], [""], ["甲"], [PHRASE]])
def test_where_there_is_nothing_nothing_is_found(raws):
    assert phrases(raws) == {}
