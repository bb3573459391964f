"""Nothing that is shown can act."""

import pytest

from detector.text.visible import inert


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("甲\n::error::乙\n", "甲\n∶:error::乙\n"),
        ("\t ::add-mask::甲", "\t ∶:add-mask::甲"),
        ("甲::乙", "甲::乙"),
        ("甲 ##[error]乙", "甲 [U+0023]#[error]乙"),
        ("###[x] ##vso[y]", "#[U+0023]#[x] [U+0023]#vso[y]"),
    ],
)
def test_no_line_is_a_command_to_a_service_that_reads_it(page, shown):
    assert inert(page) == shown
