"""Figures are worked out again: what is printed is a sum that comes out."""

import json
import re

import pytest

from detector.errors import MissingFileError, ReportFileError
from detector.messages import LANGUAGES
from detector.reporters.explained import FIGURES, explained, read_reports
from detector.reporters.json_report import render
from detector.rules import RULES
from tests.reporters.builders import against_corpus, alone


@pytest.fixture
def reports(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(render(against_corpus(), "en"))
    return read_reports(path)


def worth(text):
    """Return what a printed sum comes to."""
    for sign, operator in (("÷", "/"), ("×", "*"), ("−", "-"), (",", "")):
        text = text.replace(sign, operator)
    assert re.fullmatch(r"[\d.()*/+ -]+", text)
    return eval(text)


SUMS = (
    "originality",
    "gross_overlap",
    "attributable_overlap",
    "boilerplate_share",
    "self_repetition",
    "specificity",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SUMS)
def test_each_sum_comes_out_at_the_figure_of_the_report(reports, name, language):
    for report in reports:
        line = next(explained(name, [report], "a.json", language))

        before, _, after = line.partition(" = ")
        shown = re.match(r"[\d.,]+%?", after)[0]
        value = float(shown.rstrip("%").replace(",", ""))
        value /= 100 if "%" in shown else 1
        assert value == pytest.approx(report["scores"][name], abs=0.06)
        assert worth(before) == pytest.approx(report["scores"][name], rel=1e-2)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*FIGURES, *RULES, "m1", "M3", "m4"])
def test_everything_can_be_explained(reports, name, language):
    lines = list(explained(name, reports[1:], "a.json", language))

    assert all(line and "{" not in line for line in lines)
    assert lines or not any(f["rule"] == name for f in reports[1]["findings"])


def test_adequacy_is_the_last_doubling(reports):
    (line,) = explained("adequacy", reports[1:], "a.json", "en")

    assert line.endswith("70.00, 65.10, 63.80, 63.00; 65.10 − 63.00 = 2.10")


def test_a_passage_is_explained_with_its_numbers(reports):
    lines = "\n".join(explained("m3", reports[1:], "a.json", "en"))

    assert "df = 14, M = 0, K = 8" in lines
    assert "m3" in lines


def test_what_has_no_value_says_why(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(render(alone(), "en"))
    (report,) = read_reports(path)

    for name in ("adequacy", "largest_source", "carry_over"):
        assert len(list(explained(name, [report], "a.json", "en"))) == 1


def test_what_the_report_lacks_is_said(reports, tmp_path):
    with pytest.raises(ReportFileError, match="m9: m1 m2"):
        list(explained("m9", reports, "a.json", "en"))
    with pytest.raises(ReportFileError, match="TypeError"):
        list(explained("originality", [{**reports[1], "scores": None}], "a", "en"))
    with pytest.raises(MissingFileError):
        read_reports(tmp_path / "b.json")


def changed(report, **ledger):
    return {**report, "ledger": {**report["ledger"], **ledger}}


@pytest.mark.parametrize(
    "change",
    [
        lambda report: changed(report, own=10),
        lambda report: {**report, "counted_characters": 0},
        lambda report: {**report, "scores": {**report["scores"], "originality": 12.3}},
        lambda report: {**report, "facts": []},
    ],
)
def test_a_report_that_does_not_add_up_is_refused(reports, change):
    with pytest.raises(ReportFileError):
        list(explained("originality", [change(reports[1])], "a.json", "en"))


def test_of_several_reports_those_without_a_passage_are_passed_over(reports):
    lines = list(explained("m3", reports, "a.json", "en"))

    assert lines[0] == reports[1]["path"]


def test_nothing_in_a_report_acts_on_the_terminal(reports):
    hostile = {**reports[1], "path": "a\x1b]0;x\x07\u202e\n.txt"}

    for line in explained("m1", [hostile, hostile], "a.json", "en"):
        assert line.isprintable()


BAD = [
    *("", "[]", "{}", json.dumps({"schema": "x"}), "[" * 100_000),
    *(
        json.dumps({"schema": "detector/report/1", "reports": reports})
        for reports in (5, "ab", {"a": 1}, None, [1, 2], [{}, {}], [])
    ),
]


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_report_is_refused(tmp_path, text):
    (tmp_path / "a.json").write_text(text, "utf-8")

    with pytest.raises(ReportFileError):
        read_reports(tmp_path / "a.json")
