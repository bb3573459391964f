"""Every promise of docs/reliability.md names a test that there is."""

import re
from pathlib import Path

import pytest

from detector.formats.limits import ReadLimits

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`(tests/[\w/]+\.py)?::(test_\w+)`")
FIGURES = re.compile("^## (?:Figures|最近一次)", re.MULTILINE)
PAGES = ("docs/reliability.md", "docs/reliability.zh-CN.md")


def named(page):
    """Yield the tests that a page names; a file is not said again in its row."""
    for line in (ROOT / page).read_text("utf-8").splitlines():
        file = ""
        for found in NAMED.finditer(line):
            file = found[1] or file
            yield file, found[2]


@pytest.mark.parametrize("page", PAGES)
def test_every_promise_names_its_test(page):
    text = (ROOT / page).read_text("utf-8")
    rows = FIGURES.split(text)[0].splitlines()
    promises = [
        row for row in rows if row.startswith("| ") and not row.startswith("|--")
    ]
    heads = [
        row for row in promises if row in {"| promise | test |", "| 承诺 | 测试 |"}
    ]

    assert len(promises) - len(heads) >= 20
    for row in set(promises) - set(heads):
        assert "test" in row or ".ci/smoke" in row, row
    for file, test in named(page):
        assert f"def {test}(" in (ROOT / file).read_text("utf-8"), f"{file}::{test}"


def test_both_pages_name_the_same_tests():
    assert set(named(PAGES[0])) == set(named(PAGES[1]))


@pytest.mark.parametrize("page", PAGES)
def test_the_limits_are_those_there_are(page):
    text = (ROOT / page).read_text("utf-8")

    for name in ReadLimits.__dataclass_fields__:
        assert re.search(
            rf"^{name} = {re.escape(str(getattr(ReadLimits(), name)))}\b",
            text,
            re.MULTILINE,
        ), name
