"""BOIL002 quotes a template from the sentence on that fits."""

import pytest

import detector as d
from detector.formats.library import save_library
from detector.model.template import Library, Template
from detector.pipeline import Checker

TEMPLATE = (
    "一、自查\n〔单位〕围绕〔任意〕开展自查，梳理全部问题清单。\n"
    "会议强调：“逐条制定措施，限期〔数字〕日整改到位。”会后由专人负责督办落实到位。\n"
    "“限期仍不整改的，由办公室通报各单位。”"
)


def quoted(drafted, tmp_path):
    path = tmp_path / "a.toml"
    save_library(Library((Template("T-001", TEMPLATE),)), path, "zh")
    report = Checker(None, d.Config(library=str(path))).check(
        d.Document.from_text(drafted)
    )
    (finding,) = [one for one in report.findings if one.rule == "BOIL002"]
    return finding.facts["text"]


@pytest.mark.parametrize(
    ("drafted", "expected"),
    [
        (
            "县水务局围绕河道清淤开展自查，梳理全部问题清单。",
            "一、自查 〔单位〕围绕〔任意〕开展自查，梳理全部问题清单。 会议",
        ),
        # The first of two, though the second has no slots.
        (
            "县水务局围绕河道清淤开展自查，梳理全部问题清单。会后由专人负责督办落实到位。",
            "一、自查 〔单位〕围绕〔任意〕开展自查",
        ),
        ("会议强调：“逐条制定措施，限期三十日整改到位。”", "…会议强调：“逐条制定措施"),
        ("会后由专人负责督办落实到位。", "…会后由专人负责督办落实到位。"),
        ("限期仍不整改的，由办公室通报各单位。", "…“限期仍不整改的，由办公室"),
    ],
)
def test_it_begins_where_the_draft_does(drafted, expected, tmp_path):
    assert quoted(drafted, tmp_path).startswith(expected)
