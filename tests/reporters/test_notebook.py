"""What reports, passages and ledgers look like in a notebook."""

import re
import sys

import html5lib
import pandas as pd
import pytest

import detector as d
from detector.errors import MissingExtraError, OptionError, OutputError
from detector.model.finding import Finding
from detector.reporters.notebook import TABLES
from tests.reporters.builders import against_corpus, everywhere

REPORT = next(one for one in against_corpus().reports if one.matches)
DRAWN = [REPORT, REPORT.matches[0], REPORT.ledger]


@pytest.mark.parametrize("one", DRAWN, ids=["report", "match", "ledger"])
def test_it_draws_itself_without_script_or_style_element(one):
    drawn = one._repr_html_()

    html5lib.HTMLParser(strict=True).parseFragment(drawn)
    assert not re.search(r"<(script|style|link|img)|url\(|https?:", drawn)
    assert type(drawn) is str
    assert "\n" not in repr(one)


def test_text_of_documents_adds_no_element():
    def shape(text):
        report = everywhere(text).reports[0]
        drawn = report._repr_html_() + report.matches[0]._repr_html_()
        return set(re.findall(r"<(\w+)", drawn))

    assert shape("<script>alert(1)</script><b>\"'&") <= shape("甲")


def test_the_legend_of_a_ledger_adds_up():
    numbers = [
        int(found.replace(",", ""))
        for found in re.findall(
            r" ([\d,]+)(?= ·|</small>)", REPORT.ledger._repr_html_()
        )
    ]

    assert sum(numbers[:-1]) == numbers[-1] == REPORT.ledger.counted


@pytest.mark.parametrize("table", TABLES)
def test_a_frame_has_a_row_for_each(table):
    frame = REPORT.frame(table)

    assert isinstance(frame, pd.DataFrame)
    assert len(frame) == len(getattr(REPORT, table))


def test_a_frame_has_the_fields_of_the_report():
    frame = REPORT.frame()

    assert frame["id"].tolist() == [match.id for match in REPORT.matches]
    assert frame["source_path"].tolist() == [
        match.source.document.origin.path for match in REPORT.matches
    ]
    with pytest.raises(OptionError):
        REPORT.frame("nothing")


def test_without_pandas_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(MissingExtraError, match=r"detector\[notebook\]"):
        REPORT.frame()


def test_it_is_saved_as_the_suffix_says(tmp_path):
    REPORT.save(tmp_path / "a.html", language="en")

    assert (tmp_path / "a.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    with pytest.raises(OptionError):
        REPORT.save("a.txt")
    with pytest.raises(OutputError):
        REPORT.save(tmp_path / "none" / "a.md")


def test_a_checked_file_draws_itself():
    report = d.check(d.Document.from_text("xx镇党委认真学习。"))

    assert "SLOT001" in report._repr_html_()
    assert isinstance(report.findings[0], Finding)
