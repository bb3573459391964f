"""The file with what was accepted, and how findings are known by it."""

import json

import pytest

from detector.errors import OutputError
from detector.gate.baseline import FORMAT, Accepted, Entry, moved, read_file, write
from detector.gate.wording import Clause, Wording, digest
from detector.model.document import Document
from detector.model.finding import Finding, Level
from detector.model.span import Span


def entry(path="a.md", rule="COPY001", names="甲乙丙", text="甲…"):
    return Entry(path, rule, text, names, tuple(map(clause_name, names)))


def clause_name(letter):
    return digest(letter.encode())


def clauses(letters, units=12):
    return [Clause(clause_name(letter), units) for letter in letters]


def test_what_is_written_is_read_sorted_and_each_once(tmp_path):
    file = tmp_path / "sub" / "b.jsonl"
    entries = [entry("z.md"), entry("a\u2028\x1b.md", text="坚\udcff持"), entry("z.md")]

    write(file, entries)
    lines = file.read_text("utf-8").splitlines()

    assert json.loads(lines[0]) == {"format": FORMAT}
    assert len(lines) == 3
    assert read_file(file, "b") == sorted(set(entries))
    write(tmp_path / "again.jsonl", entries[::-1])
    assert (tmp_path / "again.jsonl").read_bytes() == file.read_bytes()


def test_it_cannot_be_written_where_a_folder_is(tmp_path):
    with pytest.raises(OutputError):
        write(tmp_path, [])


@pytest.mark.parametrize(
    ("found", "is_known"),
    [
        pytest.param("甲乙丙", True, id="the same"),
        pytest.param("乙丙", True, id="a part"),
        pytest.param("甲乙丙丁", True, id="a little more"),
        pytest.param("甲乙丙丁戊己", False, id="thirty units more"),
        pytest.param("甲丁", False, id="half of it new"),
        pytest.param("甲甲", False, id="a clause that is there once"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_finding_is_known_as_long_as_little_of_it_is_new(found, is_known):
    accepted = Accepted([entry()])

    assert accepted.take("a.md", "COPY001", clauses(found)) is is_known


@pytest.mark.parametrize(("path", "rule"), [("b.md", "COPY001"), ("a.md", "SELF001")])
def test_a_finding_is_known_where_it_is_and_by_its_rule(path, rule):
    assert not Accepted([entry()]).take(path, rule, clauses("甲乙丙"))


def test_what_is_known_is_met_once():
    accepted = Accepted([entry()], [entry()])  # from two sides: still one

    assert accepted.take("a.md", "COPY001", clauses("甲乙丙"))
    assert not accepted.take("a.md", "COPY001", clauses("甲乙丙"))
    assert list(accepted.gone()) == []


def test_what_is_not_met_is_gone():
    accepted = Accepted([entry(), entry(names="丁戊", rule="SELF001")], [entry()])
    accepted.take("a.md", "SELF001", clauses("丁"))

    assert list(accepted.gone()) == [entry(), entry(names="丁戊", rule="SELF001")]


def test_entries_go_with_their_files():
    assert moved([entry("a.md")], {"a.md": "b.md"}) == [entry("b.md")]


TEXT = "一是抓学习，每周一次。二是抓落实，逐项销号；三是抓监督，投入3.5万元。"


def found(text, part, whole=TEXT, **facts):
    at = whole.index(part)
    return Finding(
        "COPY001", Level.ERROR, Span(at, at + len(part)), 1, 1, "COPY001", facts
    )


def test_ends_that_move_within_a_clause_change_nothing():
    wording = Wording(Document.from_text(TEXT))
    whole = wording.of(found(TEXT, "抓学习，每周一次。二是抓落实，"))

    assert wording.of(found(TEXT, "是抓学习，每周一次。二是抓落实，逐")) == whole
    assert [clause.units for clause in whole] == [5, 4, 5]


def test_a_short_finding_is_known_by_the_clause_it_stands_in():
    text = "投入资金xx万元，建成通车。"
    wording = Wording(Document.from_text(text))

    [clause] = wording.of(found(text, "xx", text))

    assert clause.units == 7


def test_a_finding_about_the_whole_is_known_by_the_other_document():
    wording = Wording(Document.from_text(TEXT))

    def of(path):
        stated = Finding(
            "COPY002", Level.ERROR, Span(0, 0), 1, 1, "COPY002", {"path": path}
        )
        return wording.of(stated)

    assert of("a.md") != of("b.md")


def test_changed_clauses_are_those_that_the_base_has_not_there():
    now = "甲句在前。新的一句。乙句在后。甲句在前。"
    wording = Wording(Document.from_text(now))
    before = Wording(Document.from_text("甲句在前。乙句在后。"))

    changed = [span.of(now) for span in wording.changed_since(before)]

    assert changed == ["新的一句", "甲句在前"]


@pytest.mark.parametrize(
    "wrapped", ["甲句在前\n面说明", "甲句\r\n在前面说明", "甲句在前面说\n明"]
)
def test_lines_that_are_wrapped_anew_change_nothing(wrapped):
    def clauses_of(text):
        return [c.digest for c in Wording(Document.from_text(text)).of(whole(text))]

    def whole(text):
        span = Span(0, len(text))
        return Finding("COPY001", Level.ERROR, span, 1, 1, "COPY001")

    assert clauses_of(f"{wrapped}，乙句在后。") == clauses_of(
        "甲句在前面说明，乙句在后。"
    )
    assert clauses_of("标题\n\n甲句。")[0] == clauses_of("标题")[0]
