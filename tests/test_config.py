"""Settings come from TOML, are checked, and have a digest."""

import pytest

from detector.config import Config, find_config
from detector.errors import ConfigFileError, OptionError, UnknownOptionError


def test_a_file_replaces_defaults(tmp_path):
    (tmp_path / "detector.toml").write_text("[alignment]\nshortest = 25\n", "utf-8")

    config = Config.from_file(tmp_path / "detector.toml")

    assert config.alignment.shortest == 25
    assert config.alignment.evidence == Config().alignment.evidence


def test_the_nearest_file_wins(tmp_path):
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(
        "[tool.detector.rules]\ncopy_error = 90\n", "utf-8"
    )
    (tmp_path / "a" / "detector.toml").write_text("", "utf-8")

    assert find_config(below) == tmp_path / "a" / "detector.toml"
    assert find_config(tmp_path) == tmp_path / "pyproject.toml"


def test_set_phrase_files_stand_beside_the_settings(tmp_path):
    (tmp_path / "detector.toml").write_text('set_phrases = ["own.txt"]', "utf-8")

    config = Config.from_file(tmp_path / "detector.toml")

    assert config.set_phrases == (str(tmp_path / "own.txt"),)


@pytest.mark.parametrize("name", ["shipped", "none", "ours"])
def test_a_background_model_stands_beside_the_settings_too(tmp_path, name):
    (tmp_path / "detector.toml").write_text(f'background = "{name}"', "utf-8")

    config = Config.from_file(tmp_path / "detector.toml")

    assert config.background == (str(tmp_path / name) if name == "ours" else name)


@pytest.mark.parametrize(
    ("values", "error", "said"),
    [
        pytest.param({"alignmnt": {}}, UnknownOptionError, "alignment", id="{ … }"),
        pytest.param(
            {"alignment": {"shortst": 9}},
            UnknownOptionError,
            "alignment.shortest",
            id="a key",
        ),
        pytest.param({"alignment": 3}, OptionError, "{ … }", id="no table"),
        pytest.param(
            {"alignment": {"tile": "4"}},
            OptionError,
            "1, 2, 3",
            id="a wrong type",
        ),
        pytest.param(
            {"alignment": {"tile": True}}, OptionError, "1, 2, 3", id="a boolean"
        ),
        pytest.param(
            {"rules": {"ignore": ["SLF001"]}}, UnknownOptionError, "SELF001", id="rule"
        ),
        pytest.param({"rules": {"ignore": [1]}}, OptionError, "ignore", id="no text"),
        pytest.param(
            {"set_phrases": "x.txt"}, OptionError, "set_phrases", id="no list"
        ),
        pytest.param(
            {"retrieval": {"nominators": []}}, OptionError, "tfidf", id="none"
        ),
        pytest.param(
            {"alignment": {"evidence": 0}}, OptionError, "evidence", id="out of range"
        ),
        pytest.param(
            {"alignment": {"bridge": float("nan")}},
            OptionError,
            "bridge",
            id="nan",
        ),
        pytest.param({"rules": {"twin_share": 2.0}}, OptionError, "0–1", id="a range"),
    ],
)
def test_a_mistake_is_named(values, error, said):
    with pytest.raises(error, match=said):
        Config.from_mapping(values)


def test_what_is_not_toml_is_refused(tmp_path):
    (tmp_path / "detector.toml").write_text("[alignment", "utf-8")

    with pytest.raises(ConfigFileError):
        Config.from_file(tmp_path / "detector.toml")


def test_equal_settings_have_equal_digests():
    changed = Config.from_mapping({"alignment": {"shortest": 25}})

    assert Config().digest == Config.from_mapping({}).digest
    assert Config().digest != changed.digest
