"""`detector check`, as a person or a build script meets it."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

SENTENCE = "面对千头万绪的工作，产生了歇一歇、缓一缓的想法，缺乏越是艰难越向前的精气神"
TWICE = f"一、问题\n{SENTENCE}。\n二、原因\n今年雨水较多。{SENTENCE}。\n"
ONCE = f"一、问题\n{SENTENCE}。\n二、原因\n今年雨水较多，河堤加固了三公里。\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "once.txt").write_text(ONCE, "utf-8")
    (tmp_path / "twice.txt").write_text(TWICE, "utf-8")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "other.txt").write_text(f"摘要。{SENTENCE}。完。", "utf-8")
    return tmp_path


def command(*arguments):
    return [sys.executable, "-m", "detector", *map(str, arguments)]


def run(folder, *arguments, stdin=None, **environment):
    return subprocess.run(
        command(*arguments),
        cwd=folder,
        input=stdin,
        capture_output=True,
        env={**os.environ, "DETECTOR_LANG": "en", **environment},
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param(["check", "once.txt"], 0, id="clean"),
        pytest.param(["check", "twice.txt"], 1, id="a finding"),
        pytest.param(["check", "twice.txt", "--fail-on", "never"], 0, id="never fail"),
        pytest.param(["check", "once.txt", "-c", "corpus"], 0, id="only a warning"),
        pytest.param(
            ["check", "once.txt", "-c", "corpus", "--fail-on", "warning"],
            1,
            id="a warning that fails",
        ),
        pytest.param(["compare", "once.txt", "twice.txt"], 0, id="compare"),
        pytest.param(["explain", "SELF001"], 0, id="explain"),
        pytest.param(["explain"], 0, id="all rules"),
        pytest.param(["--version"], 0, id="version"),
    ],
)
def test_the_status_says_what_was_found(folder, arguments, status):
    result = run(folder, *arguments)

    assert (result.returncode, result.stderr) == (status, b"")
    assert result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["check", "lost.txt"], "D302", id="a missing file"),
        pytest.param(["check", "empty"], "D310", id="a folder without documents"),
        pytest.param(["check", "*.pdf"], "D310", id="a pattern without documents"),
        pytest.param(["check", "binary.txt"], "D306", id="a binary file"),
        pytest.param(["check", "blank.txt"], "D303", id="an empty file"),
        pytest.param(["check", "signs.txt"], "D303", id="nothing to count"),
        pytest.param(["compare", "once.txt", "signs.txt"], "D303", id="empty source"),
        pytest.param(["check", ""], "D302", id="an empty name"),
        pytest.param(["check", "old.doc"], "D307", id="a format without reader"),
        pytest.param(["check", "fake.docx"], "D308", id="a broken docx"),
        pytest.param(["check", "once.txt", "-c", "lost"], "D302", id="no corpus"),
        pytest.param(["check", "once.txt", "-c", "empty"], "D310", id="empty corpus"),
        pytest.param(
            ["check", "once.txt", "--config", "x.toml"], "D302", id="no config"
        ),
        pytest.param(["check", "once.txt", "--config", "a.toml"], "D202", id="a typo"),
        pytest.param(["check", "once.txt", "--config", "b.toml"], "D201", id="a range"),
        pytest.param(["check", "once.txt", "-o", "no/where.json"], "D311", id="output"),
        pytest.param(["explain", "SELF01"], "SELF001", id="an unknown rule"),
    ],
)
def test_bad_input_gets_one_clear_line_and_status_2(folder, arguments, said):
    (folder / "empty").mkdir()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "blank.txt").write_text(" \n", "utf-8")
    (folder / "signs.txt").write_text("……！！\n，，", "utf-8")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (folder / "fake.docx").write_bytes(b"PK\x03\x04 no zip")
    (folder / "a.toml").write_text("[alignment]\nshortes = 20\n", "utf-8")
    (folder / "b.toml").write_text("[alignment]\nshortest = 0\n", "utf-8")

    result = run(folder, *arguments)
    lines = result.stderr.decode().splitlines()

    assert result.returncode == 2
    assert len(lines) == 1
    assert said in lines[0]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["check"], id="nothing to check"),
        pytest.param(["check", "once.txt", "--corpsu", "x"], id="a misspelt option"),
        pytest.param(["check", "once.txt", "--format", "pdf"], id="a format"),
        pytest.param(["check", "once.txt", "--lang", "fr"], id="a language"),
        pytest.param(["check", "once.txt", "-o", "x.exe"], id="an output"),
        pytest.param(["chekc"], id="a command"),
    ],
)
def test_bad_usage_is_status_2_without_a_traceback(folder, arguments):
    result = run(folder, *arguments)

    assert result.returncode == 2
    assert b"Traceback" not in result.stderr
    assert b"Error" in result.stderr or b"error" in result.stderr


def test_one_bad_file_does_not_hide_the_others(folder):
    result = run(folder, "check", "twice.txt", "lost.txt", "--format", "json")
    page = json.loads(result.stdout)

    assert result.returncode == 2
    assert [report["path"] for report in page["reports"]] == ["twice.txt"]
    assert [error["code"] for error in page["errors"]] == ["D302"]


def test_a_report_comes_from_stdin_in_any_encoding(folder):
    result = run(
        folder, "check", "-", "--format", "json", stdin=TWICE.encode("gb18030")
    )
    (report,) = json.loads(result.stdout)["reports"]

    assert result.returncode == 1
    assert [finding["rule"] for finding in report["findings"]] == ["SELF001"]


def test_a_file_is_written_as_its_suffix_says(folder):
    result = run(folder, "check", "once.txt", "--quiet", "-o", "report.json")

    assert result.stdout == b""
    assert json.loads((folder / "report.json").read_bytes())["reports"]


def test_the_same_input_gives_the_same_bytes(folder):
    arguments = ["check", "twice.txt", "-c", "corpus", "--format", "json"]

    runs = {run(folder, *arguments, PYTHONHASHSEED=seed).stdout for seed in "12"}

    assert len(runs) == 1


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
def test_any_terminal_can_show_the_page(folder, encoding):
    result = run(
        folder, "check", "twice.txt", "--lang", "zh", PYTHONIOENCODING=encoding
    )

    assert (result.returncode, result.stderr) == (1, b"")


def test_a_closed_pipe_is_no_error(folder):
    line = " ".join(command("check", "twice.txt", "once.txt")) + " | head -c 1"

    result = subprocess.run(
        line, shell=True, cwd=folder, capture_output=True, check=False, timeout=120
    )

    assert b"Traceback" not in result.stderr
    assert b"Broken" not in result.stderr


def test_ctrl_c_ends_with_130_and_one_line(folder):
    # A shell starts background jobs with SIGINT ignored; a terminal does not.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        command("check", "-"),
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    signal.signal(signal.SIGINT, before)
    time.sleep(3)  # until it waits for stdin
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)

    assert process.returncode == 130
    assert len(said.splitlines()) == 1


def test_messages_come_in_chinese(folder):
    result = run(folder, "check", "lost.txt", "--lang", "zh")

    assert "没有文件或文件夹" in result.stderr.decode()


def test_the_language_follows_the_locale(folder):
    result = run(folder, "explain", "SELF001", DETECTOR_LANG="", LC_ALL="zh_CN.UTF-8")

    assert "文内重复段落" in result.stdout.decode()


def test_no_output_accuses(folder):
    texts = [
        run(
            folder, "check", "twice.txt", "-c", "corpus", "--lang", lang
        ).stdout.decode()
        for lang in ("zh", "en")
    ]

    assert all("抄袭" not in text and "plagiar" not in text.lower() for text in texts)
