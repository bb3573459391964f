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


def test_what_was_copied_twice_stays_two():
    draft = f"{ONE}。{ONE}"

    assert places(draft, FROM) == [(ONE, ONE)] * 2


def test_what_is_mostly_the_same_place_stays_two():
    draft = f"{TWO}{THREE[:200]}。{ONE[200:]}{TWO[:200]}"

    assert len(shared(draft, FROM)) == 2


def test_no_unit_is_in_it_twice():
    draft = f"{TWO}{THREE}。{ONE}{TWO[:20]}"

    (found,) = shared(draft, FROM)

    used = [at for span in found.equal_sources() for at in range(span.start, span.end)]
    assert len(used) == len(set(used))
