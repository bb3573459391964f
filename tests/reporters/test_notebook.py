"""What reports, passages and ledgers look like in a notebook."""

import io
import re
import sys
from dataclasses import replace

import html5lib
import pandas as pd
import pytest
from rich.cells import cell_len
from rich.console import Console

import detector as d
from detector.errors import (
    EmptyFileError,
    MissingExtraError,
    OptionError,
    OutputError,
)
from detector.formats.shipped import shipped_folder
from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.model.finding import Finding
from detector.model.pairs import Basis, Cluster, Lineage, Pair, Pairs
from detector.model.template import Library, Phrase, Slot, Template
from detector.reporters.frames import TABLES
from tests.reporters.builders import against_corpus, everywhere
from tests.reporters.goldens import assert_golden

SEED = next((shipped_folder().parent / "seeds").glob("*.txt"))
REPORT = next(one for one in against_corpus().reports if one.matches)
TEMPLATE = Template(
    id="T-001",
    text="截至〔年份〕年，〔单位〕完成整改。",
    slots=(Slot("year", ("2023", "2024")), Slot("organisation", ("甲镇",))),
    organisations=4,
    documents=7,
    years=("2022", "2024"),
)
PHRASE = Phrase("稳中求进", 5, 6)


def of_a_corpus(text, name):
    """Return a corpus, its pairs and a library in which `text` and `name` stand."""
    one, other = (
        Document.from_text(text, f"{name}{n}.txt", organisation=name, year=f"202{n}")
        for n in (1, 2)
    )
    found = (Pair(0, 1, (9, 9), (0.9, 1.0), 9, 1, (), Lineage(0, Basis.RESIDUE, text)),)
    pairs = Pairs((one, other), found, (Cluster(0, (0, 1), 0.9),), (name,), ((1.0,),))
    slots = tuple(Slot(slot.kind, (text,)) for slot in TEMPLATE.slots)
    template = replace(TEMPLATE, text=TEMPLATE.text + text, slots=slots)
    library = Library((template,), 4, 7, 1, (replace(PHRASE, text=text),))
    corpus = Corpus(name, (one, other), (EmptyFileError(path=name),))
    return [corpus, pairs, library, template]


def everything(text="述职报告", name="甲镇"):
    batch = everywhere(text)
    report = batch.reports[0]
    return [batch, report, report.matches[0], report.ledger, *of_a_corpus(text, name)]


DRAWN = [REPORT, REPORT.matches[0], REPORT.ledger, against_corpus(), *everything()]


@pytest.mark.parametrize("one", DRAWN, ids=lambda one: type(one).__name__)
def test_it_draws_itself_without_script_or_style_element(one):
    drawn = one._repr_html_()

    html5lib.HTMLParser(strict=True).parseFragment(drawn)
    assert not re.search(r"<(script|style|link|img)|url\(|https?:", drawn)
    assert type(drawn) is str
    assert "\n" not in repr(one)


def test_golden_fragments():
    drawn = "\n".join(one._repr_html_() for one in DRAWN)

    assert_golden("notebook.html", drawn.replace("><", ">\n<") + "\n")


def test_each_side_of_a_passage_is_as_it_stands_in_its_document():
    ours = "灌区管理站给每条支渠编了号，水量按亩到户，往年为争水红脸的事少了许多。"
    theirs = "灌區管理站给每条支渠编了号、水量按亩到户！去年为争水红脸的事少了许多。"
    match = d.compare(
        d.Document.from_text(f"始{ours}"), d.Document.from_text(f"甲乙{theirs}")
    ).matches[0]

    sides = re.findall(r"<td[^>]*>(.*?)</td>", match._repr_html_())
    plain = [re.sub(r"<[^>]+>", "", side) for side in sides]
    assert plain == [match.draft.text, match.source.text]
    assert "".join(piece.text for piece in match.source_pieces()) == match.source.text
    assert {p.text for p in match.source_pieces() if p.change == "delete"} == {"去"}


def test_a_report_says_how_many_findings_are_not_shown():
    report = REPORT
    many = replace(report, findings=report.findings[:1] * 13)

    assert "另有 3 项" in many._repr_html_()
    assert "另有" not in REPORT._repr_html_()


def test_text_of_documents_adds_no_element():
    def shape(text):
        drawn = "".join(one._repr_html_() for one in everything(text, text))
        return set(re.findall(r"<(\w+)", drawn))

    assert shape("<script>alert(1)</script><b>\"'&") <= shape("甲")


@pytest.mark.parametrize("width", [40, 100])
def test_rich_prints_it_in_lines_that_fit(width):
    for one in DRAWN:
        page = io.StringIO()
        Console(file=page, width=width, color_system=None).print(one)
        said = page.getvalue()

        assert said.strip()
        assert all(cell_len(line) <= width for line in said.splitlines())


def test_rich_shows_what_hides_and_takes_no_markup():
    for one in everything("\x1b[31m[bold]甲\u202e", "[red]\u202e"):
        page = io.StringIO()
        Console(file=page, width=120, color_system=None).print(one)

        assert not {"\x1b", "\u202e"} & set(page.getvalue())


@pytest.mark.parametrize("one", DRAWN, ids=lambda one: type(one).__name__)
def test_its_name_is_one_short_line(one):
    assert "\n" not in repr(one)
    assert len(repr(one)) < 400


def test_a_template_has_its_slots_marked_and_what_stood_in_them():
    drawn = TEMPLATE._repr_html_()

    assert re.findall(r"<span title=\"([^\"]*)\"[^>]*>([^<]*)</span>", drawn) == [
        ("2023 · 2024", "1 年份"),
        ("甲镇", "2 单位"),
    ]
    assert "截至" in drawn
    assert "4 家、7 份文档 · 2022–2024" in drawn
    written = Template("T-2", "按〔任意〕和〔年份〕", (Slot("year", ("2023",)),))
    assert written.pieces() == ("按", Slot("any"), "和", Slot("year"))


def test_a_corpus_says_what_it_has_of_whom():
    corpus, pairs, *_ = of_a_corpus("甲乙", "甲镇")

    cells = re.findall(r"<t[hd][^>]*>([^<]*)", corpus._repr_html_())
    assert cells == ["单位", "2021", "2022", "甲镇", "1", "1"]
    assert "后者留有" in pairs._repr_html_()


def test_the_legend_of_a_ledger_adds_up():
    numbers = [
        int(found.replace(",", ""))
        for found in re.findall(
            r" ([\d,]+)(?= ·|</small>)", REPORT.ledger._repr_html_()
        )
    ]

    assert sum(numbers[:-1]) == numbers[-1] == REPORT.ledger.counted


ROWS = {
    "labels": 6,
    "documents": 2,
    "clusters": 2,
    "matrix": 1,
    "slots": 2,
}


@pytest.mark.parametrize(
    ("one", "table"),
    [(one, table) for one in DRAWN[3:] + DRAWN[:3] for table in TABLES[type(one)]],
    ids=lambda one: one if isinstance(one, str) else type(one).__name__,
)
def test_a_frame_has_a_row_for_each(one, table):
    frame = one.frame(table)

    assert isinstance(frame, pd.DataFrame)
    held = {"pieces": "differences", "rewrite_first": "advice"}.get(table, table)
    rows = getattr(one, held, ())
    assert len(frame) == ROWS.get(table, len(rows() if callable(rows) else rows))


def test_a_batch_has_a_row_of_figures_for_each_report():
    frame = against_corpus().frame()

    assert list(frame["originality"]) == [
        pytest.approx(report.originality) for report in against_corpus().reports
    ]
    assert list(frame["errors"] + frame["warnings"] + frame["notes"]) == [
        len(report.findings) for report in against_corpus().reports
    ]
    assert "largest_source" not in frame
    assert frame["largest_source_path"].notna().any()


@pytest.mark.parametrize("table", ["matches", "findings", "facts", "rewrite_first"])
def test_a_table_without_a_row_has_its_columns(table):
    clean = d.check(d.Document.from_text("没有"))
    full = [one for one in (REPORT, d.check(SEED)) if len(one.frame(table))]

    assert len(clean.frame(table)) == 0
    assert sorted(clean.frame(table)) == sorted(full[-1].frame(table))


def test_it_is_saved_in_the_language_of_the_draft(tmp_path):
    english = d.check(d.Document.from_text("The report was written. " * 9))
    english.save(tmp_path / "a.md")

    assert "misconduct" in (tmp_path / "a.md").read_text("utf-8")
    with pytest.raises(OptionError, match="zh"):
        english.save(tmp_path / "a.md", language="fr")


def test_without_a_name_it_is_the_first_table():
    assert REPORT.frame().equals(REPORT.frame("matches"))


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
