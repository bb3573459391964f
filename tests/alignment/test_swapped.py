"""Passages that changed places are one passage where they touch on both sides."""

import pytest

from tests.alignment.texts import shared

SIZE = 400
SIGNS = [chr(0x4E00 + 8 * n) for n in range(6 * SIZE)]
ONE, TWO, THREE, AHEAD, BEHIND, NEW = (
    "".join(SIGNS[SIZE * n : SIZE * (n + 1)]) for n in range(6)
)
FROM = f"{AHEAD}。{ONE}。{TWO}。{THREE}。{BEHIND}"


def places(draft, source):
    return sorted(
        (one.draft.of(draft), one.source.of(source)) for one in shared(draft, source)
    )


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        pytest.param(f"{TWO}。{ONE}", f"{ONE}。{TWO}", id="two swapped"),
        pytest.param(f"{THREE}。{TWO}。{ONE}", f"{ONE}。{TWO}。{THREE}", id="three"),
        pytest.param(f"{ONE}。{THREE}。{TWO}", f"{ONE}。{TWO}。{THREE}", id="the last"),
        pytest.param(f"{TWO}甲乙丙{ONE}", f"{ONE}。{TWO}", id="three units between"),
    ],
)
def test_swapped_paragraphs_are_one_passage(draft, source):
    text = f"{NEW}。{draft}。{BEHIND[:9]}"

    (found,) = shared(text, FROM)

    assert found.draft.of(text) == draft
    assert found.source.of(FROM) == source
    assert found.reordered


def test_a_paragraph_moved_out_of_the_middle_belongs_to_the_passage():
    draft = f"{ONE}。{THREE}。{TWO[:60]}。{NEW}"
    source = FROM.replace(TWO, TWO[:60])

    (found,) = shared(draft, source)

    assert found.draft.of(draft) == f"{ONE}。{THREE}。{TWO[:60]}"


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        pytest.param(f"{TWO}。{ONE}", FROM.replace(TWO, f"{NEW}{TWO}"), id="there"),
        pytest.param(f"{TWO}。{NEW}。{ONE}", FROM, id="here"),
        pytest.param(f"{TWO}甲乙丙丁{ONE}", FROM, id="four units"),
    ],
)
def test_what_something_lies_between_stays_two(draft, source):
    assert places(draft, source) == sorted([(ONE, ONE), (TWO, TWO)])


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param(f"{ONE}。{ONE}", id="a paragraph"),
        pytest.param(f"{TWO}{THREE[:200]}。{ONE[200:]}{TWO[:200]}", id="half of one"),
        pytest.param(f"{TWO}{THREE}。{ONE}{TWO[:30]}", id="the beginning of one"),
        pytest.param(f"{TWO}。{ONE}。{TWO[100:230]}", id="the middle of one"),
    ],
)
def test_nothing_is_lost_of_what_was_copied_twice(draft):
    equal = {
        at
        for one in shared(draft, FROM)
        for span in one.equal_spans()
        for at in range(span.start, span.end)
    }

    assert equal == {at for at, sign in enumerate(draft) if sign != "。"}


def test_what_was_copied_twice_stays_two():
    assert places(f"{ONE}。{ONE}", FROM) == [(ONE, ONE)] * 2


def test_a_passage_of_moved_paragraphs_is_best_by_all_that_it_says():
    draft = f"{AHEAD}{BEHIND[200:]}。{NEW}。{TWO}。{ONE}"

    best, *rest = shared(draft, FROM)

    assert best.draft.of(draft) == f"{TWO}。{ONE}"
    assert {one.draft.of(draft) for one in rest} == {AHEAD, BEHIND[200:]}


def test_little_that_is_out_of_order_is_chance_but_for_a_passage():
    few = f"{TWO[:4]}。{ONE}。{TWO[4:]}"
    many = f"{TWO[-30:]}。{ONE}。{TWO[:-30]}"

    assert {one.draft.of(few) for one in shared(few, FROM)} == {few[5:]}
    (found,) = shared(many, FROM)

    assert found.draft.of(many) == many
    assert found.reordered
