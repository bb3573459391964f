"""`detector selftest`, as a person meets it."""

import json
import os
import subprocess
import sys

import pytest

from detector.formats.shipped import shipped_folder

DEMO = str(shipped_folder() / "demo")
FEW = ("--pairs", "1", "--kind", "verbatim", "--kind", "clean")


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "detector", "selftest", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "DETECTOR_LANG": "en"},
        check=False,
        timeout=120,
    )


def test_a_page_comes_on_stdout_and_json_in_a_file(tmp_path):
    result = run(tmp_path, DEMO, *FEW, "-o", "out.json")
    page = result.stdout.decode()

    assert (result.returncode, result.stderr) == (0, b"")
    assert "verbatim" in page
    assert "plagiar" not in page.lower()
    assert json.loads((tmp_path / "out.json").read_bytes())["pairs"] == 1


def test_json_comes_on_stdout_and_a_bad_file_makes_status_2(tmp_path):
    for name in ("one", "two"):
        lines = (f"{name}之{n}：完成了第{n * 7}项工作，取得成效。" for n in range(20))
        (tmp_path / f"{name}.txt").write_text("\n".join(lines), "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")

    result = run(tmp_path, ".", *FEW, "--format", "json")
    found = json.loads(result.stdout)

    assert result.returncode == 2
    assert b"D303" in result.stderr
    assert [error["code"] for error in found["errors"]] == ["D303"]
    assert [row["kind"] for row in found["kinds"]] == ["verbatim", "all"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["lost"], "D302", id="no corpus"),
        pytest.param(["alone.txt"], "D312", id="one document"),
        pytest.param(["alone.txt", "--config", "no.toml"], "D302", id="no settings"),
    ],
)
def test_bad_input_gets_one_clear_line_and_status_2(tmp_path, arguments, said):
    (tmp_path / "alone.txt").write_text("今年完成了各项工作，取得成效。" * 20, "utf-8")

    result = run(tmp_path, *arguments)

    assert (result.returncode, result.stdout) == (2, b"")
    (line,) = result.stderr.decode().splitlines()
    assert said in line


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no corpus"),
        pytest.param([DEMO, "--kind", "rot13"], id="a kind"),
        pytest.param([DEMO, "--pairs", "0"], id="no pairs"),
        pytest.param([DEMO, "--format", "xml"], id="a format"),
        pytest.param([DEMO, "-o", "x.html"], id="an output"),
    ],
)
def test_bad_usage_is_status_2_without_a_traceback(tmp_path, arguments):
    result = run(tmp_path, *arguments)

    assert result.returncode == 2
    assert b"Traceback" not in result.stderr
    assert b"rror" in result.stderr
