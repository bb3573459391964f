"""What is written harms nobody: not what was read, nor who reads it."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detector.cli import app
from detector.text.visible import COMMAND, inert

LINE = (
    "老渡口的浮桥改成了双车道，赶集的人不再排队等船，两岸菜农把鲜藕送进县城只要四十分钟"
)
TEXT = f"甲镇工作总结\n\n{LINE}。\n\n另有一段说明水质监测的情况。\n\n{LINE}。\n"


def run(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def draft(tmp_path):
    (tmp_path / "a.md").write_text(TEXT, "utf-8")
    return tmp_path / "a.md"


@pytest.mark.parametrize("command", ["check", "compare", "gate", "selftest", "pairs"])
def test_a_document_that_is_read_is_not_written_over(draft, tmp_path, command):
    (tmp_path / "b.json").symlink_to(draft)
    calls = {
        "check": [draft, "-o", draft],
        "compare": [draft, draft, "-o", draft],
        "gate": [draft, "-o", draft],
        "selftest": [tmp_path, "-o", tmp_path / "b.json"],
        "pairs": [tmp_path, "-o", tmp_path / "b.json"],
    }

    done = run(command, *calls[command], "--lang", "en")

    assert done.exit_code == 2
    assert "D321" in done.stderr
    assert draft.read_text("utf-8") == TEXT


def test_nor_is_one_of_the_corpus(draft, tmp_path):
    other = tmp_path / "corpus" / "b.html"
    other.parent.mkdir()
    other.write_text(f"<p>{LINE}", "utf-8")

    assert run("check", draft, "-c", other.parent, "-o", other).exit_code == 2
    assert other.read_text("utf-8") == f"<p>{LINE}"


@pytest.mark.parametrize("output", ["nowhere/a.json", "folder.json"])
@pytest.mark.parametrize("command", ["check", "compare", "selftest", "mine"])
def test_what_cannot_be_written_is_told_before_the_work(
    draft, tmp_path, monkeypatch, command, output
):
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "folder.toml").mkdir()
    output = tmp_path / output
    output = output.with_suffix(".toml") if command == "mine" else output
    monkeypatch.setattr("detector.formats.load_bytes", None)  # nothing is read

    done = run(command, draft, *[draft] * (command == "compare"), "-o", output)

    assert done.exit_code == 2
    assert "D311" in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux")  # noqa: PTH110
@pytest.mark.parametrize(
    ("sent_to", "status", "told"), [("/dev/full", 2, "D311"), ("closed", 0, "")]
)
def test_a_stdout_that_takes_nothing_is_no_fault_of_ours(draft, sent_to, status, told):
    to = ">&-" if sent_to == "closed" else f"> {sent_to}"
    command = (
        f'"$0" -m detector check "$1" -q --lang en; "$0" -m detector check "$1" {to}'
    )
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, draft],
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == status or (not told and done.returncode == 1)
    assert "fault of detector" not in done.stderr
    assert told in done.stderr


@pytest.mark.skipif("sys.platform == 'win32'", reason="folders in use stay there")
def test_a_folder_that_was_removed_is_no_fault_of_ours(draft, tmp_path):
    (tmp_path / "gone").mkdir()
    asked = f"rmdir {tmp_path}/gone; {sys.executable} -m detector check {draft}"

    done = subprocess.run(
        ["sh", "-c", asked],
        check=False,
        capture_output=True,
        cwd=tmp_path / "gone",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )

    assert done.returncode == 2
    assert done.stderr.startswith(b"detector: D302 ")


def test_no_line_is_a_command_wherever_a_line_ends():
    page = (
        "甲\r::error::乙\r\n  ::debug::丙\n::丁 ##[x] ##vso[x] ##teamcity[x] ## 标题[1]"
    )
    shown = inert(page)

    assert not COMMAND.search(shown)
    assert not any(
        line.lstrip().startswith("::") for line in io.StringIO(shown, newline=None)
    )
    assert shown.endswith("## 标题[1]")


COMMANDS = "##vso[task.setvariable x] ##teamcity[x]"


@pytest.mark.parametrize(
    "form",
    [
        "terminal",
        "json",
        "html",
        "markdown",
        "csv",
        "sarif",
        "junit",
        "gitlab",
        "github",
    ],
)
def test_no_format_says_a_command_of_the_text(tmp_path, form):
    line = f"{LINE}{COMMANDS}，{LINE[::-1]}"
    text = f"{COMMANDS}小结\n\n{line}。\n\n::error::另有一段。\n\n{line}浮\u200b桥。\n"
    (tmp_path / "甲##vso[b].txt").write_text(text, "utf-8")

    done = run("check", tmp_path, "--format", form, "--lang", "zh")

    assert "vso" in done.stdout
    assert not COMMAND.search(done.stdout)
    ours = ("::error", "::warning", "::notice", "::group", "::endgroup")
    for said in done.stdout.splitlines():
        assert not said.startswith("::error::另")
        assert not said.lstrip().startswith("::") or said.startswith(ours)


def test_nor_does_an_explanation(tmp_path):
    line = f"{LINE}{COMMANDS}，{LINE[::-1]}"
    (tmp_path / "##vso[a].txt").write_text(f"小结\n\n{line}。\n\n{line}。\n", "utf-8")

    run("check", tmp_path / "##vso[a].txt", "-o", tmp_path / "r.json")

    done = run("explain", "m1", "-r", tmp_path / "r.json", "--lang", "zh")

    assert "vso" in done.stdout
    assert not COMMAND.search(done.stdout)


def test_a_table_has_no_line_ends_of_others_and_no_formula(tmp_path):
    text = TEXT.replace("\n\n", "\r\r").replace("菜农", "菜农;=1+1\r::error::x")
    (tmp_path / "a;@x.txt").write_bytes(text.encode())
    (tmp_path / "b\u202ec.txt").write_bytes(text.encode())

    done = run("check", tmp_path, "--format", "csv")

    assert "b[U+202E]c.txt" in done.stdout
    assert "\u202e" not in done.stdout
    assert b"\r" not in done.stdout_bytes.replace(b"\r\n", b"")
    assert "\n::" not in done.stdout
    cells = [c for row in csv.reader(io.StringIO(done.stdout)) for c in row]
    assert any(";'=1+1" in cell for cell in cells)
    assert any("a;'@x.txt" in cell for cell in cells)


def test_a_message_for_code_scanning_has_no_links(tmp_path):
    name = "[please confirm](https:evil.example).txt"
    for at, path in enumerate((name, "b.txt")):
        (tmp_path / path).write_text(f"{TEXT}{at}", "utf-8")

    done = run("check", tmp_path / "b.txt", "-c", tmp_path, "--format", "sarif")

    results = json.loads(done.stdout)["runs"][0]["results"]
    texts = [one["message"]["text"] for one in results]
    texts += [m["message"]["text"] for r in results for m in r["relatedLocations"]]
    assert any(r"\[please confirm\](https" in text for text in texts)


def test_no_message_of_sarif_quotes_a_link(tmp_path):
    link = "[确认](https:evil.example)"
    (tmp_path / "a.txt").write_text(
        TEXT.replace("浮桥", "[浮\u200b桥](https:e)"), "utf-8"
    )
    (tmp_path / f"{link}.txt").write_text("", "utf-8")

    done = run("check", tmp_path, "--format", "sarif", "--lang", "zh")

    texts = list(_texts(json.loads(done.stdout)))
    notices = [text for text in texts if "D303" in text or "没有" in text]
    assert any(r"\](https" in text for text in notices)
    assert any(r"桥\](htt" in text for text in texts)
    assert not any(re.search(r"(?<!\\)\]\(htt", text) for text in texts)


def _texts(value):
    """Yield all messages of a SARIF log."""
    if isinstance(value, dict):
        if isinstance(value.get("message"), dict):
            yield value["message"].get("text", "")
        for inside in value.values():
            yield from _texts(inside)
    if isinstance(value, list):
        for inside in value:
            yield from _texts(inside)


def test_a_report_of_somebody_else_says_nothing_to_the_terminal(draft, tmp_path):
    run("check", draft, "-o", tmp_path / "r.json")
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    for match in report["reports"][0]["matches"]:
        match["source"]["path"] = "\x1b]0;x\x07\n::error::\u009b"
    for finding in report["reports"][0]["findings"]:
        finding["level"] = "\x1b[31m\n::error::"
    (tmp_path / "r.json").write_text(json.dumps(report), "utf-8")

    for wanted in ("m1", "SELF001"):
        shown = run("explain", wanted, "-r", tmp_path / "r.json").stdout

        assert "[U+001B]" in shown
        assert all(c.isprintable() or c == "\n" for c in shown)
        assert "\n::" not in shown


def test_what_is_mined_is_written_and_told_without_controls(tmp_path):
    for at in range(4):
        text = TEXT.replace("甲镇", f"{'甲乙丙丁'[at]}镇")
        text = text.replace("四十", "四十\u009b\u202e") + f"{at}"
        (tmp_path / f"{at}.txt").write_text(text, "utf-8")
    output = tmp_path / "l\x1b[31m.toml"

    done = run("mine", tmp_path, "-o", output)

    assert done.exit_code == 0, done.output
    assert "\x1b" not in done.stdout
    assert not {"\u009b", "\u202e"} & set(output.read_text("utf-8"))
