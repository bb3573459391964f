"""The annotated copy of a Word document, read again by python-docx."""

import io
import sys

import docx
import pytest
from docx.shared import RGBColor

import detector as d
from detector.errors import MissingExtraError, OptionError, UnreadableFileError
from detector.formats import load
from detector.model.report import Batch
from detector.pipeline import Checker
from detector.reporters import render
from tests.reporters.goldens import assert_golden

SHARED = "灌区管理站给每条支渠编了号，水量按亩到户，往年为争水红脸的事少了许多。"
LINES = (
    "青禾镇2025年工作总结",
    f"全镇推进治水。{SHARED}群众满意。",
    "xx镇党委认真学习。",
)


@pytest.fixture
def made(tmp_path):
    """Return a file of short runs with formats of their own, and its annotated copy."""
    word = docx.Document()
    for line in LINES:
        paragraph = word.add_paragraph()
        for at in range(0, len(line), 7):
            run = paragraph.add_run(line[at : at + 7])
            run.bold = at % 2 == 0
            run.font.color.rgb = RGBColor(0, 0, at)
    word.add_table(1, 2).cell(0, 1).text = "总投资XX万元，已开工。"
    file = tmp_path / "总结.docx"
    word.save(str(file))
    source = d.Document.from_text(
        f"云溪镇。{SHARED}", "云溪.txt", organisation="云溪镇"
    )
    report = Checker(d.Corpus("corpus", (source,))).check(load(file))
    return file, report


def opened(data):
    return docx.Document(io.BytesIO(data))


def formats(document):
    return [
        (char, run.bold, run.font.color.rgb)
        for paragraph in document.paragraphs
        for run in paragraph.runs
        for char in run.text
    ]


def highlighted(document):
    paragraphs = [*document.paragraphs, *document.tables[0].cell(0, 1).paragraphs]
    return [
        "".join(run.text for run in paragraph.runs if run.font.highlight_color)
        for paragraph in paragraphs
        if any(run.font.highlight_color for run in paragraph.runs)
    ]


def told(document):
    """Yield the paragraphs, [highlighted] runs in brackets, then the comments."""
    cells = (
        cell for table in document.tables for row in table.rows for cell in row.cells
    )
    for paragraph in [*document.paragraphs, *(p for c in cells for p in c.paragraphs)]:
        runs = (
            f"[{run.font.highlight_color}: {run.text}]"
            if run.font.highlight_color
            else run.text
            for run in paragraph.runs
        )
        yield "".join(runs)
    for comment in document.comments:
        yield f"{comment.author} {comment.initials}: {comment.text}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_golden_copy(made, language):
    _, report = made

    copy = opened(render(Batch((report,)), "docx", language))

    assert_golden(f"annotated.{language}.docx.txt", "\n".join([*told(copy), ""]))


def test_text_and_formats_of_every_character_stay(made):
    file, report = made
    before = docx.Document(str(file))

    after = opened(render(Batch((report,)), "docx", "zh"))

    assert formats(after) == formats(before)
    assert [c.text for c in after.tables[0].rows[0].cells] == [
        c.text for c in before.tables[0].rows[0].cells
    ]


def test_what_was_found_is_highlighted_and_nothing_else(made):
    _, report = made

    after = opened(render(Batch((report,)), "docx", "zh"))

    assert highlighted(after) == [SHARED, "xx", "XX"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_comments_name_source_share_and_rule(made, language):
    _, report = made

    after = opened(render(Batch((report,)), "docx", language))

    said = [comment.text for comment in after.comments]
    passage = next(text for text in said if "m1" in text)
    assert "云溪.txt" in passage
    assert "100%" in passage
    assert "COPY001" in passage
    assert sum(text.startswith("SLOT001") for text in said) == 2
    assert {comment.author for comment in after.comments} == {"detector"}


def test_a_highlight_of_the_author_stays(made, tmp_path):
    file, _ = made
    word = docx.Document(str(file))
    for run in word.paragraphs[2].runs:
        run.font.highlight_color = docx.enum.text.WD_COLOR_INDEX.RED
    word.save(str(file))
    report = Checker(None).check(load(file))

    after = opened(render(Batch((report,)), "docx", "zh"))

    runs = [run for run in after.paragraphs[2].runs if run.text]
    colours = {run.font.highlight_color for run in runs}
    assert colours == {docx.enum.text.WD_COLOR_INDEX.RED}


def test_what_could_not_be_marked_is_told(made):
    file, _ = made
    word = docx.Document(str(file))
    word.paragraphs[2].add_run("看不见").font.hidden = True
    word.save(str(file))
    report = Checker(None).check(load(file))

    after = opened(render(Batch((report,)), "docx", "en"))

    assert any("could not be marked here" in comment.text for comment in after.comments)


def test_only_one_word_document_has_a_copy(made):
    _, report = made
    text = Checker(None).check(d.Document.from_text("xx镇党委。"))

    for batch in (Batch((text,)), Batch((report, report)), Batch(())):
        with pytest.raises(OptionError):
            render(batch, "docx", "zh")


def test_a_file_that_is_gone_is_told(made):
    file, report = made
    file.unlink()

    with pytest.raises(UnreadableFileError):
        render(Batch((report,)), "docx", "zh")


def test_without_its_library_the_extra_is_named(made, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)

    with pytest.raises(MissingExtraError, match=r"detector\[docx\]"):
        render(Batch((made[1],)), "docx", "zh")
