"""What kind of thing stands in a slot."""

from collections import Counter

import pytest

from detector.templates.fills import kind_of


@pytest.mark.parametrize(
    ("fills", "kind"),
    [
        (["2021", "2022", "1998"], "year"),
        (["二〇二一", "二〇二二年"], "year"),
        (["三十余户", "12.5公里", "近两百人"], "number"),
        (["2021", "12", "37"], "number"),
        (["槐里镇", "青禾县"], "place"),
        (["槐里镇", "青禾县水务局", "松砚有限公司"], "organisation"),
        (["河道清淤", "渔港整治"], "any"),
        (["河道清淤", "2021"], "any"),
        (["", " "], "any"),
    ],
)
def test_a_slot_is_what_nearly_all_of_its_fills_are(fills, kind):
    assert kind_of(Counter(fills)) == kind


def test_one_in_five_may_be_something_else():
    assert kind_of({"2021": 4, "去年": 1}) == "year"
    assert kind_of({"2021": 3, "去年": 1}) == "any"
