"""How loud a finding is, by rule, size, path and genre."""

import pytest

from detector.config import Config
from detector.errors import OptionError, UnknownOptionError
from detector.gate.options import GateOptions, parse_limit
from detector.gate.patterns import matches
from detector.model.finding import Finding, Level
from detector.model.span import Span


def finding(rule="COPY001", level=Level.WARNING, **facts):
    return Finding(rule, level, Span(0, 1), 1, 1, rule, facts)


def options(**gate):
    return Config.from_mapping({"gate": gate}).gate


@pytest.mark.parametrize(
    ("text", "equal", "held"),
    [
        ("COPY001", 1, True),
        ("COPY001>=80字", 80, True),
        ("COPY001>=80字", 79, False),
        ("copy001 ≥ 80", 80, True),
        ("COPY001>80 characters", 80, False),
        ("COPY001＞80个字", 81, True),
    ],
)
def test_a_limit_is_of_characters(text, equal, held):
    assert parse_limit(text).holds(finding(equal=equal)) is held


@pytest.mark.parametrize(("share", "held"), [(0.9, True), (0.89, False)])
def test_a_limit_is_of_a_share(share, held):
    assert parse_limit("COPY002>=90%").holds(finding("COPY002", share=share)) is held


@pytest.mark.parametrize(
    "text",
    [
        "COPY009",
        "COPY001>=",
        "COPY001>=80%",
        "SLOT001>=3字",
        "YEAR001>=3字",
        "",
        "80字",
    ],
)
def test_a_limit_that_means_nothing_is_refused(text):
    with pytest.raises(OptionError):
        options(error=[text])


def test_what_no_list_names_keeps_its_level():
    assert options(error=["SELF001"]).judged(finding(), "a.md", "") is Level.WARNING


def test_the_first_list_whose_limit_is_reached_decides():
    gate = options(error=["COPY001>=200字"], warning=["COPY001>=80字"])
    sizes = {300: Level.ERROR, 100: Level.WARNING, 40: Level.NOTE}

    for equal, level in sizes.items():
        loud = finding(level=Level.ERROR, equal=equal)
        assert gate.judged(loud, "a.md", "") is level


def test_below_the_only_limit_an_error_is_a_warning():
    gate = options(error=["COPY001>=200字"])

    found = finding(level=Level.ERROR, equal=100)

    assert gate.judged(found, "a.md", "") is Level.WARNING


def test_what_is_ignored_has_no_level():
    assert options(ignore=["COPY001"]).judged(finding(), "a.md", "") is None


def test_path_outweighs_genre_and_genre_the_rest():
    gate = options(
        note=["COPY001"],
        genres={"合同": {"warning": ["COPY001"]}},
        paths={
            "合同/**": {"error": ["COPY001"]},
            "合同/范本/": {"ignore": ["COPY001"]},
        },
    )

    assert gate.judged(finding(), "a.md", "") is Level.NOTE
    assert gate.judged(finding(), "a.md", "合同") is Level.WARNING
    assert gate.judged(finding(), "合同/甲.docx", "合同") is Level.ERROR
    assert gate.judged(finding(), "合同/范本/甲.docx", "合同") is None


@pytest.mark.parametrize(
    "gate",
    [
        {"errors": ["COPY001"]},
        {"paths": {"a": {"eror": ["COPY001"]}}},
        {"second": 3.0},
    ],
)
def test_unknown_keys_are_refused_with_the_nearest(gate):
    with pytest.raises(UnknownOptionError):
        options(**gate)


@pytest.mark.parametrize(
    "gate", [{"seconds": 0.0}, {"paths": ["a"]}, {"error": "COPY001"}]
)
def test_values_of_another_kind_are_refused(gate):
    with pytest.raises(OptionError):
        options(**gate)


def test_the_gate_decides_nothing_of_a_report():
    assert Config.from_mapping({"gate": {"ignore": ["COPY001"]}}).digest == (
        Config().digest
    )
    assert GateOptions().exclude == ()


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("*.md", "a/b/c.md", True),
        ("/*.md", "a/c.md", False),
        ("/*.md", "c.md", True),
        ("docs/*.md", "docs/a.md", True),
        ("docs/*.md", "docs/a/b.md", False),
        ("docs/**", "docs/a/b.md", True),
        ("docs/**", "docs", False),
        ("docs/", "docs/a/b.md", True),
        ("**/范本/*", "a/b/范本/c.txt", True),
        ("a?c.txt", "abc.txt", True),
        ("a[b].txt", "a[b].txt", True),
        ("caf\u00e9.md", "cafe\u0301.md", True),
        ("DOCS/**", "docs/a.md", False),
        ("*", "a\nb.md", True),
    ],
)
def test_patterns_are_those_of_ignore_files(pattern, path, fits):
    assert matches(pattern, path) is fits
