"""An alignment says what was replaced, and nothing where parts changed places."""

import pytest

from detector.classification.kind import kind_of
from detector.model.alignment import Alignment, Run
from detector.model.match import MatchKind
from detector.model.span import Span


def alignment(*rows):
    return Alignment(
        tuple(
            Run(
                change,
                Span(*draft),
                Span(*source),
                max(len(range(*draft)), len(range(*source))),
            )
            for change, draft, source in rows
        )
    )


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        pytest.param([("equal", (0, 9), (5, 14))], MatchKind.VERBATIM, id="verbatim"),
        pytest.param(
            [("equal", (0, 9), (0, 9)), ("equal", (9, 18), (140, 149))],
            MatchKind.EDITED,
            id="a hole in the source",
        ),
        pytest.param(
            [("equal", (0, 9), (9, 18)), ("equal", (9, 18), (0, 9))],
            MatchKind.REORDERED,
            id="swapped",
        ),
        pytest.param(
            [
                ("equal", (0, 9), (0, 9)),
                ("insert", (9, 60), (9, 9)),
                ("equal", (60, 69), (9, 18)),
            ],
            MatchKind.EDITED,
            id="a long insertion is no rewording",
        ),
        pytest.param(
            [
                ("equal", (0, 5), (0, 5)),
                ("replace", (5, 18), (5, 16)),
                ("equal", (18, 22), (16, 20)),
            ],
            MatchKind.PARAPHRASED,
            id="more is replaced than kept",
        ),
    ],
)
def test_the_kind_is_read_from_the_runs(rows, kind):
    assert kind_of(alignment(*rows)) is kind


def test_nothing_is_replaced_across_parts_that_changed_places():
    draft, source = "丙丁新字甲乙旧", "甲乙隔开很远的文字丙丁"
    moved = alignment(
        ("equal", (0, 2), (9, 11)),
        ("insert", (2, 4), (11, 11)),
        ("equal", (4, 6), (0, 2)),
    )

    assert moved.substitutions(draft, source) == {}
    assert [run.change for run in moved.readable()] == ["equal", "insert", "equal"]


def test_signs_are_no_part_of_what_was_replaced():
    draft, source = "甲乙，丙丁戊", "甲乙，丁老戊"
    edited = alignment(
        ("equal", (0, 2), (0, 2)),
        ("insert", (3, 4), (2, 2)),
        ("replace", (4, 5), (3, 5)),
        ("equal", (5, 6), (5, 6)),
    )

    assert edited.substitutions(draft, source) == {("丁老", "丙丁"): 1}
