"""The README's commands and names are those of the project."""

import re
import tomllib
from pathlib import Path

import pytest

from detector.config import Config
from detector.formats import READERS
from detector.rules import RULES

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.zh-CN.md"]


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_are_the_same_in_both_languages(name):
    text = (ROOT / name).read_text("utf-8")
    blocks = re.findall(r"```\n(.*?)```", text, re.DOTALL)

    assert blocks[0].startswith("python3 -m venv .venv && ")
    assert "detector check seeds --corpus corpora/demo" in blocks[0]
    assert blocks[1] == ".venv/bin/python -m pytest -n 2 --dist loadfile\n"
    assert blocks[1].strip() in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("name", READMES)
def test_the_settings_shown_are_settings(name):
    text = (ROOT / name).read_text("utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)

    config = Config.from_mapping(tomllib.loads(shown))

    assert config.alignment == Config().alignment
    assert config.rules.copy_error == Config().rules.copy_error


@pytest.mark.parametrize("name", READMES)
def test_what_is_linked_exists(name):
    text = (ROOT / name).read_text("utf-8")

    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / link).exists()


@pytest.mark.parametrize("name", READMES)
def test_formats_and_rules_named_exist(name):
    text = (ROOT / name).read_text("utf-8")

    assert all(suffix.strip(".") in text for suffix in (".docx", ".pdf", ".html"))
    assert {".txt", ".md", ".html", ".docx", ".pdf"} <= set(READERS)
    assert set(re.findall(r"\b[A-Z]{4}\d{3}\b", text)) <= set(RULES)
