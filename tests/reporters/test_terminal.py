"""The page a person reads: golden pages, and what must hold for every page."""

import io
import os
import re
import string
import subprocess
import sys
import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from detector.model.document import Document
from detector.model.finding import Level
from detector.model.report import Batch
from detector.model.span import Span
from detector.reporters.terminal import render, write
from detector.reporters.terminal.passages import grouped
from tests.reporters.builders import (
    LATER,
    against_corpus,
    alone,
    everywhere,
    finding,
    match,
    report,
)
from tests.strategies import texts

GOLDEN = Path(__file__).parent / "golden"


def page(batch, language="zh", width=80, **options):
    stream = io.StringIO()
    write(batch, stream, language, width, **options)
    return stream.getvalue()


def many(count):
    """Return a batch whose draft shares `count` passages; later ones are longer."""
    passages = [f"{'工' * (20 + at)}作第{chr(0x4E00 + at)}" for at in range(count)]
    text = "\n".join(passages)
    draft = Document.from_text(text, path="甲.txt")
    source = Document.from_text(text, path="乙.txt")
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in passages]
    found = (
        match(draft, span, source, span, id=f"m{at + 1}")
        for at, span in enumerate(spans)
    )
    return Batch((report(draft, tuple(found)),))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["alone", "against_corpus"])
def test_golden_page(name, language):
    made = page({"alone": alone, "against_corpus": against_corpus}[name](), language)
    golden = GOLDEN / f"{name}.{language}.txt"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        golden.write_text(made, "utf-8", newline="\n")

    assert made == golden.read_text("utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
@pytest.mark.parametrize("batch", [alone(), against_corpus()], ids=["alone", "corpus"])
def test_no_line_is_wider_than_the_terminal(batch, language, width):
    for line in page(batch, language, width).splitlines():
        assert cell_len(line) <= width
        assert line == line.rstrip()


@settings(max_examples=25, deadline=None)
@given(texts, st.sampled_from([40, 80]))
def test_nothing_in_a_document_can_act_or_widen_a_line(text, width):
    made = page(everywhere(text), "zh", width)

    assert all(c.isprintable() or c in "\n\u3000" for c in made)
    assert all(cell_len(line) <= width for line in made.split("\n"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("[/附件]", "[/附件]", id="closing markup"),
        pytest.param("[red]", "[red]", id="markup"),
        pytest.param(":smile:", ":smile:", id="emoji code"),
        pytest.param("\x1b]52;c;eA==\x07", "[U+001B]]52;c;eA==[U+0007]", id="OSC 52"),
        pytest.param("\u202etxt", "[U+202E]txt", id="bidi"),
        pytest.param("{0}{path}", "{0}{path}", id="format string"),
    ],
)
def test_a_hostile_name_is_printed_and_not_obeyed(text, shown):
    made = page(everywhere(text), "en", 120)

    assert f"名{shown}.txt" in made
    assert "\x1b" not in made


def test_the_legend_adds_up_to_the_counted_characters():
    made = page(against_corpus())
    legend = made.split("字数账")[1].split("原创度")[0]

    *columns, total = [
        int(n.replace(",", "")) for n in re.findall(r"([\d,]+) 字", legend)
    ]

    assert sum(columns) == total == 354


def test_without_a_corpus_no_figure_pretends():
    made = page(alone())

    assert "只看了文档本身" in made
    assert "套话率 " not in made
    assert not re.search(r"原创度 +\d", made)


def test_substitutions_and_differences_read_without_colour():
    made = page(against_corpus())

    assert "[-镇-]{+街道+}" in made
    assert "镇 → 街道 ×1" in made
    assert "\x1b" not in made


def test_with_colour_styles_stand_for_the_signs():
    made = page(against_corpus(), colour=True)

    assert "[-" not in made
    assert re.search(r"\x1b\[9;31m镇\x1b\[0m\x1b\[4;32m街道", made)


def test_the_same_passage_is_shown_once_and_its_other_twins_in_a_line():
    groups = grouped(against_corpus().reports[1].matches)

    assert [[m.id for m in group] for group in groups] == [["m1", "m2"], ["m3"], ["m4"]]
    assert "也见于  m2 corpora/demo/河湾镇2023.txt:1:4（一致" in page(against_corpus())


def test_twelve_passages_with_most_credit_stay_in_the_order_of_the_draft():
    made = page(many(15))

    shown = re.findall(r"^  (m\d+)  ", made, re.MULTILINE)
    assert shown == [f"m{at}" for at in range(4, 16)]
    assert "另有 3 处" in made


def test_the_passage_of_a_finding_is_shown_however_short_it_is():
    made = many(15).reports[0]
    stated = finding(
        made.draft, made.matches[0], "SELF001", Level.NOTE, equal=1, total=1, share=1
    )

    shown = page(Batch((replace(made, findings=(stated,)),)))

    assert re.findall(r"^  (m\d+)  ", shown, re.MULTILINE)[:2] == ["m1", "m5"]


def test_a_repeat_is_not_hidden_behind_a_source_of_the_same_passage():
    repeat, draft = alone().reports[0].matches[0], alone().reports[0].draft
    source = Document.from_text(LATER, path="来源.txt")
    copied = match(
        draft, repeat.draft.span, source, Span(0, len(LATER)), id="m2", credit=99
    )

    assert [len(group) for group in grouped((repeat, copied))] == [1, 1]


def test_a_long_passage_takes_few_lines():
    text = "这是很长的一段话，" * 400
    draft, source = (Document.from_text(text, path=p) for p in ("甲.txt", "乙.txt"))
    whole = Span(0, len(text))
    made = page(Batch((report(draft, (match(draft, whole, source, whole),)),)))

    assert "…" in made
    assert len(made.splitlines()) < 40


def test_many_differences_are_counted_when_they_are_too_many():
    ours = "".join(f"工作落实到位{chr(0x4E00 + at)}" for at in range(300))
    theirs = "".join(f"工作落实到位{chr(0x5E00 + at)}" for at in range(300))
    draft, source = Document.from_text(ours), Document.from_text(theirs)
    found = match(draft, Span(0, len(ours)), source, Span(0, len(theirs)))

    made = page(Batch((report(draft, (found,)),)))

    assert re.search(r"后面还有 [\d,]+ 处不同", made)
    assert len(made.splitlines()) < 60


def test_several_drafts_come_worst_first():
    made = page(against_corpus())

    assert made.startswith("共 2 份文档 · 错误 1 条 · 警告 1 条\n")
    assert made.index("云岭街道2025.txt") < made.index("清水村.txt")
    assert made.rstrip().endswith("reports/空白.txt 是空的：没有可供检查的文字")


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1", "utf-8", "utf-16"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_any_stream_can_take_the_page(encoding, language):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")

    write(against_corpus(), stream, language, 80)
    stream.flush()

    made = raw.getvalue().decode(encoding)
    assert all(cell_len(line) <= 80 for line in made.splitlines())
    assert "354" in made


def test_an_ascii_terminal_still_tells_the_columns_apart():
    stream = io.TextIOWrapper(raw := io.BytesIO(), encoding="ascii")
    write(against_corpus(), stream, "en", 80)
    stream.flush()

    bars = [line for line in raw.getvalue().decode().splitlines() if "%%%" in line]
    assert set(bars[0].strip()) == set("#%+.")


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("variables", "colour", "expected"),
    [
        pytest.param({}, None, True, id="a terminal"),
        pytest.param({"NO_COLOR": "1"}, None, False, id="NO_COLOR"),
        pytest.param({"NO_COLOR": ""}, None, True, id="NO_COLOR, but empty"),
        pytest.param({"TERM": "dumb"}, None, False, id="a dumb terminal"),
        pytest.param({}, False, False, id="asked not to"),
        pytest.param({"NO_COLOR": "1"}, True, True, id="asked to"),
    ],
)
def test_colour_is_for_terminals_that_want_it(monkeypatch, variables, colour, expected):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    stream = Terminal()

    write(alone(), stream, "zh", colour=colour)

    assert ("\x1b[" in stream.getvalue()) is expected


def test_the_width_is_that_of_the_terminal_but_never_unreadable(monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    stream = Terminal()

    write(against_corpus(), stream, "en", colour=False)

    assert max(map(cell_len, stream.getvalue().splitlines())) == 120


def test_a_file_gets_the_page_of_80_columns():
    assert render(alone(), "zh").decode() == page(alone())


def test_an_empty_draft_and_an_empty_run_have_a_page():
    empty = report(Document.from_text("", path="空.txt"), corpus=None)

    assert "计入 0 字" in page(Batch((empty,)))
    assert page(Batch(())) == ""


def test_every_page_says_what_similarity_is_not():
    for language, said in (("zh", "相似不等于不当行为"), ("en", "not misconduct")):
        made = page(against_corpus(), language)
        assert made.count(said) == 2
        assert "detector explain COPY001" in made


def test_a_finding_of_the_whole_document_has_no_line():
    assert "COPY002  全文" in page(against_corpus())


def test_rich_is_not_loaded_until_a_page_is_written():
    code = "import sys, detector.reporters; sys.exit('rich' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_both_languages_say_the_same_with_the_same_facts():
    zh, en = (
        tomllib.loads(
            files("detector.messages")
            .joinpath(f"{lang}/reporters.toml")
            .read_text("utf-8")
        )
        for lang in ("zh", "en")
    )

    assert list(zh) == list(en)
    for code in zh:
        first, second = (
            {field for _, field, *_ in string.Formatter().parse(text) if field}
            for text in (zh[code], en[code])
        )
        assert first == second, code
