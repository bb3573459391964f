"""What is known of a character is asked for once."""

import numpy as np
from hypothesis import given

from detector.text.lookup import CodePointTable, points_of, text_of
from tests.strategies import texts


def test_each_character_is_asked_for_once():
    asked = []
    table = CodePointTable(lambda char: asked.append(char) or ord(char))
    table.learn(points_of("水"), np.array([7], dtype=np.uint32))

    assert table(points_of("水a水a😀")).tolist() == [7, 97, 7, 97, 0x1F600]
    assert table(points_of("😀")).tolist() == [0x1F600]
    assert sorted(asked) == ["a", "😀"]


@given(texts)
def test_code_points_and_back(raw):
    assert points_of(raw).tolist() == [ord(char) for char in raw]
    assert text_of(points_of(raw)) == raw
