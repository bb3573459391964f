"""Figures are worked out again: what is printed is a sum that comes out."""

import json
import re
from pathlib import Path

import pytest

from detector import Config, Corpus, Document, check
from detector.errors import MissingFileError, ReportFileError
from detector.messages import LANGUAGES
from detector.model.report import Batch
from detector.pipeline import open_corpus
from detector.reporters.explained import (
    COLUMNS,
    FIGURES,
    REASONS,
    explained,
    read_reports,
)
from detector.reporters.json_report import render
from detector.rules import RULES
from tests.reporters.builders import against_corpus, alone

DEMO = Path(__file__).parents[2] / "corpora" / "demo"


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
        line, *_ = explained(name, [report], "a.json", language)

        before, _, after = line.partition(" = ")
        shown = re.match(r"[\d.,]+%?", after)[0]
        value = float(shown.rstrip("%").replace(",", ""))
        value /= 100 if "%" in shown else 1
        assert value == pytest.approx(report["scores"][name], abs=0.06)
        assert worth(before) == pytest.approx(report["scores"][name], rel=1e-2)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", [*FIGURES, *RULES, *COLUMNS, *REASONS, "m1", "M3", "m4"]
)
def test_everything_can_be_explained(reports, name, language):
    lines = list(explained(name, reports[1:], "a.json", language))

    assert all(line and "{" not in line for line in lines)
    assert lines or not any(f["rule"] == name for f in reports[1]["findings"])


@pytest.mark.parametrize(
    ("number", "key", "value"),
    [
        (0, "credit", 6000),
        (0, "weight", 0.2),
        (2, "weight", 0.9),
        (2, "credit", 999),
        (0, "credit", -1),
        (0, "equal", 999),
    ],
)
def test_a_passage_that_was_altered_is_refused(reports, number, key, value):
    matches = [dict(match) for match in reports[1]["matches"]]
    matches[number][key] = value
    altered = {**reports[1], "matches": matches}

    for name in ("m1", "copied", "originality", "C202"):
        with pytest.raises(ReportFileError, match=f"{key} should be"):
            explained(name, [altered], "a.json", "en")


@pytest.mark.parametrize("number", [0, 3])
def test_a_passage_with_a_label_for_another_reason_is_refused(reports, number):
    matches = [dict(match) for match in reports[1]["matches"]]
    matches[number]["label"] = "copied" if number else "self_repeat"

    with pytest.raises(ReportFileError, match=r"label|credit"):
        explained("m1", [{**reports[1], "matches": matches}], "a.json", "en")


def test_adequacy_is_the_last_doubling(reports):
    (line,) = explained("adequacy", reports[1:], "a.json", "en")

    assert line.endswith("53.89, 48.99, 47.69, 46.89; 48.99 − 46.89 = 2.10")


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
    with pytest.raises(ReportFileError, match="m9; there are: m1 m2"):
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


@pytest.mark.parametrize("name", ["largest_source", "carry_over"])
def test_a_share_of_passages_comes_out_at_the_figure(name, tmp_path):
    report = checked(tmp_path)
    line, *_ = explained(name, [report], "a.json", "en")

    found = re.search(r"([\d,]+)(?: characters)?; ÷ ([\d,]+) = ([\d.]+)%", line)
    characters, counted, share = (float(n.replace(",", "")) for n in found.groups())
    assert 100 * characters / counted == pytest.approx(share, abs=0.06)
    assert "m1" in line


def test_the_longest_match_is_the_longest_of_all(tmp_path):
    report = checked(tmp_path)
    (line,) = explained("longest_match", [report], "a.json", "en")

    assert f"{max(match['equal'] for match in report['matches'])} equal" in line


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("largest_source", {"largest_source": {"path": "b", "share": 0.9}}),
        ("longest_match", {"longest_match": {"characters": 9999, "match": "m1"}}),
        ("adequacy", {"saturation": [99.0, 98.0, 97.0, 96.0]}),
    ],
)
def test_a_figure_that_its_passages_do_not_make_is_refused(tmp_path, name, change):
    report = checked(tmp_path)
    altered = {**report, "scores": {**report["scores"], **change}}

    with pytest.raises(ReportFileError):
        explained(name, [altered], "a.json", "en")


def test_a_carry_over_beyond_its_passages_is_refused(tmp_path):
    report = checked(tmp_path)
    altered = {**report, "carry_over": {**report["carry_over"], "share": 0.99}}

    with pytest.raises(ReportFileError, match="carry_over should be"):
        explained("carry_over", [altered], "a.json", "en")


def test_a_passage_names_the_template_that_it_fits(tmp_path):
    lines = explained("m1", [checked(tmp_path)], "a.json", "zh")

    assert any("符合模板 T-001（9 家使用）" in line for line in lines)


def checked(tmp_path):
    """Return the report on a document that follows one of its own, and a template."""
    library = tmp_path / "a.toml"
    library.write_text(
        'schema = "detector/library/1"\norganisations = 20\n[[template]]\n'
        f'id = "T-001"\ntext = "{SENTENCE}"\norganisations = 9\n',
        encoding="utf-8",
    )
    earlier, draft = (
        Document.from_text(
            f"{SENTENCE}全年走访{count}户，{OWN[count]}",
            path=f"{count}.txt",
            organisation="青禾镇",
            year=year,
        )
        for count, year in ((12, "2022"), (31, "2023"))
    )
    fillers = [Document.from_text(text, path=f"{text[:2]}.txt") for text in FILLERS]
    corpus = Corpus("a", (earlier, *fillers))
    report = check(draft, corpus, Config(library=str(library)))
    path = tmp_path / "a.json"
    path.write_bytes(render(Batch((report,)), "en"))
    return read_reports(path)[0]


SENTENCE = (
    "干部驻点联户，逐户登记屋顶漏雨和水井变浑的情况，每月十日前把台账交到镇水利站。"
)
OWN = {12: "修好了村口的石桥。", 31: "给学校换了新的锅炉。"}
FILLERS = (
    "渔船回港的时候天已经黑了，码头上点起了灯。",
    "图书馆把旧报纸装订成册，存放在二楼西侧。",
    "果园今年改种了晚熟的桃子，采收推迟到九月。",
)


def test_the_largest_source_of_twins_is_explained(tmp_path):
    twins = [Document.from_text(SENTENCE, path=f"{name}.txt") for name in "ab"]
    report = check(
        Document.from_text(f"{SENTENCE}夜里下了雨。"), Corpus("c", (*twins,))
    )
    path = tmp_path / "a.json"
    path.write_bytes(render(Batch((report,)), "en"))

    (line,) = explained("largest_source", read_reports(path), "a.json", "en")

    assert "m1" in line


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("originality", "originality", float("nan")),
        ("largest_source", "largest_source", None),
        ("longest_match", "longest_match", None),
        ("longest_match", "longest_match", {"characters": 10, "match": "m999"}),
        ("adequacy", "adequacy", 77.0),
    ],
)
def test_what_was_taken_out_or_altered_is_refused(tmp_path, name, key, value):
    report = checked(tmp_path)
    altered = {**report, "scores": {**report["scores"], key: value}}

    with pytest.raises(ReportFileError):
        explained(name, [altered], "a.json", "en")


def test_specifics_are_listed(tmp_path):
    lines = explained("specificity", [checked(tmp_path)], "a.json", "zh")

    assert any("31户" in line for line in lines)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_is_a_share_of_what_is_counted(reports, name):
    for report in reports:
        first, *_ = explained(name, [report], "a.json", "en")

        share = report["ledger"][name] / report["counted_characters"]
        assert first.endswith(f"= {share:.1%}")


def test_a_reason_shows_its_passages_and_no_others(reports):
    for code in REASONS:
        held = [one["id"] for one in reports[1]["matches"] if one["reason"] == code]
        lines = explained(code, reports[1:], "a.json", "en")

        told = [line.split()[0] for line in lines if re.match(r"m\d+  ", line)]
        assert told == held
    assert {one["reason"] for one in reports[1]["matches"]} <= set(REASONS)


def test_what_a_text_copied_is_what_its_passages_are_credited_with():
    """Without a library all that is copied, or boilerplate, is in a passage."""
    demo = open_corpus([str(DEMO)])
    told = 0
    for draft in demo.documents[:6]:
        report = check(draft, demo)
        (read,) = json.loads(render(Batch((report,)), "en"))["reports"]
        for line in explained("copied", [read], "a.json", "en"):
            if found := re.search(r"= ([\d,]+) characters credited", line):
                ledger = read["ledger"]
                total = int(found[1].replace(",", ""))
                assert total == pytest.approx(ledger["copied"] + ledger["boilerplate"])
                told += 1
    assert told > 3
