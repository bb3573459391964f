"""A library is a file that a person edits: it comes back as it is, or is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import LibraryFileError, MissingFileError, OutputError
from detector.formats.library import load_library, save_library
from detector.model.template import (
    SLOT_NAMES,
    Library,
    Phrase,
    PhraseVerdict,
    Slot,
    Template,
    Verdict,
)

ONE = Template(
    "T-001",
    "〔年份〕年，〔单位〕开展“自查”，\n全部整改到位。\t\x7f\\",
    (Slot("year", ("2021",)), Slot("organisation")),
    47,
    60,
    ("2019", "2024"),
    1234,
    Verdict.KEEP,
    "范本",
)


def test_what_is_written_is_read(tmp_path):
    phrase = Phrase("“两个确立”", 9, 12, PhraseVerdict.SET_PHRASE)
    two = Template("T-002", "逾期的按日支付违约金。")
    library = Library((ONE, two), 17, 120, 7, (phrase, Phrase("稳中求进")))

    save_library(library, tmp_path / "a.toml", "zh")

    assert load_library(tmp_path / "a.toml") == library
    assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(words, st.lists(words, max_size=3), words)
def test_any_text_is_read_as_it_was_written(tmp_path_factory, text, fills, note):
    path = tmp_path_factory.mktemp("library") / "a.toml"
    one = Template("T-001", text, (Slot("any", tuple(fills)),), note=note)

    save_library(Library((one,)), path, "en")

    assert load_library(path).templates == (one,)


@pytest.mark.parametrize("language", [0, 1])
def test_slots_are_told_from_other_brackets(language):
    names = {kind: f"〔{names[language]}〕" for kind, names in SLOT_NAMES.items()}
    text = f"槐政发〔{names['year']}〕{names['number']}号，{names['any']}〔2021〕办理"

    one = Template("T-001", text)

    plain = one.with_slots("…", "0")
    assert len(plain) == len(text)
    assert re.sub("0{3,}", "0", plain.replace(" ", "")) == (
        "槐政发〔0〕0号，…〔2021〕办理"
    )
    assert one.fixed == ("槐政发〔", "〕", "号，", "〔2021〕办理")


HEAD = 'schema = "detector/library/1"\n'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "schema"),
        ('schema = "detector/library/9"', "schema"),
        ("[[template", ""),
        (HEAD + "[[template]]\ntext = '甲'", "without id"),
        (HEAD + "[[template]]\nid = 'T-1'", "T-1 text"),
        (HEAD + "[[template]]\nid = 'T-1'\ntext = 3", "T-1 text"),
        (HEAD + "[[template]]\nid = 'T-1'\ntext = '甲'\nverdict = 'yes'", "keep"),
        (HEAD + "[[template]]\nid = 'T-1'\ntext = '甲'\ngain = -1", "gain"),
        (HEAD + "[[template]]\nid = 'T-1'\ntext = '甲'\n" * 2, "two templates"),
        (HEAD + "[[template]]\nid = 'T-1'\ntext = '甲'\nslots = [3]", ""),
        (HEAD + "[[template]]\nid='T'\ntext='甲'\nslots=[{kind='x'}]", "kind"),
        (HEAD + "documents = 'many'", "documents"),
        (HEAD + "template = 3", ""),
        (HEAD + "[[phrase]]\nverdict = 'no'", "phrase"),
        (HEAD + "[[phrase]]\ntext = '甲'\nverdict = 'keep'", "set_phrase"),
        (HEAD + "organisations = 99999999999999999999", "organisations"),
    ],
)
def test_what_is_no_library_is_refused_with_the_reason(tmp_path, text, reason):
    path = tmp_path / "a.toml"
    path.write_text(text, "utf-8")

    with pytest.raises(LibraryFileError) as refused:
        load_library(path)

    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_where_there_is_no_file_that_is_said(tmp_path):
    with pytest.raises(MissingFileError):
        load_library(tmp_path / "a.toml")
    with pytest.raises(LibraryFileError):
        load_library(tmp_path)
    with pytest.raises(OutputError):
        save_library(Library(), tmp_path / "no" / "a.toml", "en")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('[[templates]]\nid = "T-1"\ntext = "甲"', "'templates'"),
        ('[[template]]\nid = "T-1"\ntext = "甲"\nverdit = "keep"', "'verdit'"),
        ('[[template]]\nid = "T-1"\ntext = "〔年分〕甲"', "〔年分〕"),
        ('[[template]]\nid = "T-1"\ntext = "甲"\nyears = "2021"', "years"),
        ('template = "abc"', "not a list"),
        ('[[phrase]]\ntext = "甲"\nverdict = ["keep"]', "verdict"),
    ],
)
def test_a_slip_of_the_pen_is_told_before_it_costs_a_verdict(tmp_path, wrong, told):
    path = tmp_path / "a.toml"
    path.write_text(f"{HEAD}{wrong}\n", "utf-8")

    with pytest.raises(LibraryFileError) as refused:
        load_library(path)

    assert told in str(refused.value.facts["reason"])
