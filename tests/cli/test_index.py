"""`detector index`: what is printed, and with which status."""

import json
import subprocess
import sys

import pytest

TEXT = "水库大坝除险加固通过验收，下游三个村的灌溉用水得到保障，群众反映较好。"


def detector(*arguments, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "detector", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={"PATH": "", "DETECTOR_LANG": "en", "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in {"a": TEXT, "b": TEXT * 2, "twin": TEXT}.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def test_a_corpus_is_added_listed_checked_against_and_removed(reports, tmp_path):
    index = tmp_path / "ix"

    added = detector("index", "add", index, reports)
    assert added.returncode == 0
    assert "added: 2;" in added.stdout
    assert "same text: " in added.stdout

    listed = detector("index", "list", index)
    assert [line.split()[-1][-5:] for line in listed.stdout.splitlines()] == [
        *("a.txt", "b.txt", "n.txt")
    ]
    rows = json.loads(detector("index", "list", index, "--format", "json").stdout)
    assert {row["characters"] for row in rows["documents"]} == {
        len(TEXT),
        2 * len(TEXT),
    }

    draft = tmp_path / "draft.txt"
    draft.write_text(f"一、工作情况\n{TEXT}", "utf-8")
    checked = detector("check", draft, "--corpus", index, "--format", "json")
    (report,) = json.loads(checked.stdout)["reports"]
    assert {match["label"] for match in report["matches"]} == {"copied"}

    removed = detector("index", "remove", index, rows["documents"][1]["id"])
    assert removed.stdout.splitlines()[-1] == "removed documents: 1"
    facts = json.loads(detector("index", "status", index, "--format", "json").stdout)
    assert (facts["documents"], facts["twins"]) == (2, 1)

    verified = detector("index", "verify", index)
    assert (verified.returncode, "(documents: 2)" in verified.stdout) == (0, True)


def test_damage_is_a_finding(reports, tmp_path):
    detector("index", "add", tmp_path / "ix", reports)
    seeds = next((tmp_path / "ix").glob("*.seeds"))
    seeds.write_bytes(seeds.read_bytes()[:-1] + b"\xff")

    verified = detector("index", "verify", tmp_path / "ix")

    assert verified.returncode == 1
    assert seeds.name in verified.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("status", "{reports}"), "D401"),
        (("add", "{reports}", "{reports}"), "D405"),
        (("remove", "{index}", "nothing"), "D406"),
        (("add", "{index}", "{tmp}/missing"), "D302"),
        (("add", "{reports}/a.txt", "{reports}"), "D311"),
        (("export", "{index}", "{reports}"), "D405"),
        (("list", "{tmp}/missing"), "D401"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(
    reports, tmp_path, arguments, said
):
    detector("index", "add", tmp_path / "ix", reports)
    places = {"reports": reports, "index": tmp_path / "ix", "tmp": tmp_path}

    run = detector("index", *(one.format(**places) for one in arguments))

    assert run.returncode == 2
    assert run.stderr.startswith(f"detector: {said} ")
    assert "Traceback" not in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_an_index_and_a_folder_are_one_corpus(reports, tmp_path):
    detector("index", "add", tmp_path / "ix", reports / "a.txt")
    draft = tmp_path / "draft.txt"
    draft.write_text(f"一、工作情况\n{TEXT}", "utf-8")
    twin = reports / "twin.txt"

    run = detector(
        *("check", draft, "-c", tmp_path / "ix", "-c", twin, "--format", "json")
    )

    data = json.loads(run.stdout)
    assert data["corpus"]["documents"] == 2
    found = {match["source"]["path"] for match in data["reports"][0]["matches"]}
    assert found == {"reports/a.txt", str(twin)}


def test_another_form_is_refused(reports, tmp_path):
    detector("index", "add", tmp_path / "ix", reports)

    assert detector("index", "list", tmp_path / "ix", "--format", "xml").returncode == 2
