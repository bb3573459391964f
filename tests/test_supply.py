"""What is installed, what is imported, and what never is."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKED = re.compile(
    r"^([\w.-]+)==([\w.+!]+)(?: ; [^\\]+)? \\\n"
    r"((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    re.MULTILINE,
)


def locked(name):
    text = (ROOT / "requirements" / name).read_text("utf-8")
    found = {
        canonicalize_name(one): version for one, version, _ in LOCKED.findall(text)
    }
    assert len(found) == len(re.findall(r"^[\w.-]+==", text, re.MULTILINE))
    return found


def wanted(*extras):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [project["optional-dependencies"][extra] for extra in extras]
    return list(map(Requirement, sum(named, project["dependencies"])))


@pytest.mark.parametrize(
    ("file", "extras"),
    [("run.txt", ()), ("ci.txt", ("test", "spark", "docx", "notebook"))],
)
def test_all_that_is_asked_for_is_locked_with_its_digest(file, extras):
    known = locked(file)

    for one in wanted(*extras):
        version = known[canonicalize_name(one.name)]
        assert one.specifier.contains(version), f"{one} is locked as {version}"


def test_what_runs_is_what_was_tested():
    tested = locked("ci.txt")

    assert locked("run.txt").items() <= tested.items()


def test_nothing_that_a_file_holds_is_ever_executed():
    """No pickle but between our own processes, no eval, no loader that calls either."""
    refused = {"pickle", "joblib", "shelve", "marshal", "dill", "cloudpickle", "yaml"}
    for file in sorted((ROOT / "detector").rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        ours = file.parent.name == "executors"
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names = {one.name.partition(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = {(node.module or "").partition(".")[0]}
            else:
                names = set()
            assert ours or not names & refused, file
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                assert called not in {"eval", "exec", "load_npz"}, file
                pickles = [k for k in node.keywords if k.arg == "allow_pickle"]
                assert all(k.value.value is False for k in pickles), file


def test_words_are_cut_without_the_cache_that_anybody_may_plant(tmp_path, monkeypatch):
    """jieba keeps one in the folder for temporary files, which all users share."""
    from detector.text.tokens import _tokenizer, words

    _tokenizer.cache_clear()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "jieba.cache").write_bytes(b"planted")

    assert "水库" in list(words("水库大坝除险加固通过验收"))
    assert (tmp_path / "jieba.cache").read_bytes() == b"planted"
    assert [file.name for file in tmp_path.iterdir()] == ["jieba.cache"]
