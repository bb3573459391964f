"""What is worked out when it is first asked for."""

import pickle
from collections.abc import Iterator, Sequence
from copy import copy, deepcopy

import pytest

from detector.model.later import Later


class Counted:
    """Makes (1, 2, 3), and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Iterator[int]:
        self.times += 1
        return iter((1, 2, 3))


def test_nothing_is_made_before_it_is_asked_for_and_all_of_it_once() -> None:
    made = Counted()
    later = Later(made)
    assert made.times == 0
    assert (list(later), len(later), later[0], later[1:]) == ([1, 2, 3], 3, 1, (2, 3))
    assert made.times == 1


def test_it_is_equal_to_a_tuple_on_either_side_and_to_its_like() -> None:
    later, tuples = Later(Counted()), (1, 2, 3)
    assert later == tuples
    assert tuples == later
    assert later == Later(Counted())
    assert later != (1, 2)
    assert later != [1, 2, 3]
    assert hash(later) == hash(tuples)
    assert repr(later) == "(1, 2, 3)"
    assert isinstance(later, Sequence)
    assert not Later(tuple)


def test_it_is_added_to_tuples_on_either_side():
    later = Later(Counted())
    assert later + (4,) == (1, 2, 3, 4)  # noqa: RUF005
    assert (0,) + later == (0, 1, 2, 3)  # noqa: RUF005
    assert later + later == (1, 2, 3, 1, 2, 3)
    for other in ([4], "4", 4):
        with pytest.raises(TypeError):
            later + other
        with pytest.raises(TypeError):
            other + later


@pytest.mark.parametrize(
    "again", [copy, deepcopy, lambda one: pickle.loads(pickle.dumps(one))]
)
def test_copies_are_tuples(again: object) -> None:
    copied = again(Later(lambda: (1, 2, 3)))  # type: ignore[operator]
    assert type(copied) is tuple
    assert copied == (1, 2, 3)


def test_what_fails_fails_again_and_is_not_empty() -> None:
    def fails() -> tuple[int, ...]:
        raise ValueError

    later = Later(fails)
    for _ in range(2):
        with pytest.raises(ValueError):  # noqa: PT011
            len(later)
