"""`detector gate`, as a person or a pipeline meets it."""

import json
import os
import subprocess
import sys

import pytest

from tests.gating.repository import COPIED, OWN, Repo, begun

REPORT = "docs/2026/云岭乡.md"
WITH_COPY = f"{OWN}三、渡口\n{COPIED}\n"


@pytest.fixture
def repo(tmp_path):
    folder = tmp_path / "仓库 一"
    folder.mkdir()
    return begun(folder)


def run(folder, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "detector", "gate", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "DETECTOR_LANG": "en", **environment},
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("text", "arguments", "status"),
    [
        pytest.param(OWN, ["--since", "main"], 0, id="nothing new"),
        pytest.param(WITH_COPY, ["--since", "main"], 1, id="a copy"),
        pytest.param(WITH_COPY, ["--since", "main", "--fail-on", "never"], 0, id="-"),
        pytest.param(WITH_COPY, ["--since", "HEAD"], 0, id="nothing changed"),
        pytest.param("", ["--since", "main"], 2, id="empty"),
        pytest.param(OWN, ["--since", "nowhere"], 2, id="no such revision"),
        pytest.param(OWN, ["--since", ""], 2, id="an unset variable"),
        pytest.param(OWN, ["nowhere"], 2, id="no such path"),
        pytest.param(OWN, ["--baseline", "no.jsonl"], 2, id="no such baseline"),
        pytest.param(OWN, ["--config", "no.toml", "--since", "main"], 2, id="settings"),
        pytest.param(OWN, ["--format", "odd"], 2, id="no such format"),
        pytest.param(OWN, ["--corpus", "no", "--since", "main"], 2, id="no corpus"),
    ],
)
def test_the_status_says_what_came_of_it(repo, text, arguments, status):
    repo.write(REPORT, text)
    repo.commit()

    done = run(repo.folder, *arguments)

    assert done.returncode == status, done.stderr
    assert b"Traceback" not in done.stderr
    if status == 2:
        assert len(done.stderr.decode().strip().splitlines()) <= 4


def test_files_and_stdout_are_written_in_one_run(repo, tmp_path):
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    made = [tmp_path / f"gate.{end}" for end in ("md", "sarif", "html", "xml", "json")]
    outputs = [part for file in made for part in ("-o", file)]

    done = run(repo.folder, "--since", "main", "--format", "github", *outputs)

    assert done.returncode == 1
    assert done.stdout.startswith(f"::error file={REPORT}".encode())
    assert all(file.stat().st_size for file in made)
    assert json.loads(made[-1].read_bytes())["outcome"] == "stopped"


def test_equal_runs_give_equal_bytes(repo):
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    first, second, other = (
        run(repo.folder, "--since", "main", "--format", "json", PYTHONHASHSEED=seed)
        for seed in ("1", "1", "77")
    )

    assert first.stdout == second.stdout == other.stdout


def test_it_runs_from_a_folder_below_the_top_with_its_own_paths(repo):
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    done = run(repo.folder / "docs", "2026", "--since", "main", "--format", "json")

    [finding] = [
        one for one in json.loads(done.stdout)["findings"] if one["level"] == "error"
    ]
    assert finding["path"] == REPORT
    assert finding["sources"][0]["path"] == "docs/2024/河湾镇工作总结.md"


def test_it_runs_in_a_worktree(repo, tmp_path):
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    repo.git("worktree", "add", "-q", "--detach", str(tmp_path / "tree"), "HEAD")

    assert run(tmp_path / "tree", "--since", "main").returncode == 1
    assert not (repo.folder / ".git" / "detector").exists()


def test_it_runs_where_nothing_may_be_written(repo):
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    (repo.folder / ".git" / "detector").write_text("in the way", "utf-8")

    assert run(repo.folder, "--since", "main").returncode == 1


def test_it_runs_before_the_first_commit(tmp_path):
    from tests.gating.repository import Repo

    repo = Repo.made(tmp_path)
    repo.write("a.md", OWN)
    repo.write("b.md", f"河湾镇2024年工作总结\n一、渡口\n{COPIED}\n")
    repo.write("c.md", WITH_COPY)
    repo.git("add", "-A")

    done = run(tmp_path, "--since", "HEAD", "--format", "json")

    assert done.returncode == 1
    assert json.loads(done.stdout)["looked_at"] == 3


def test_it_runs_on_a_folder_in_no_repository(tmp_path):
    (tmp_path / "b.md").write_text(
        f"河湾镇2024年工作总结\n一、渡口\n{COPIED}\n", "utf-8"
    )
    (tmp_path / "c.md").write_text(WITH_COPY, "utf-8")
    outside = {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}

    assert run(tmp_path, **outside).returncode == 1
    accepted = run(
        tmp_path, "--baseline", "known.jsonl", "--update-baseline", **outside
    )
    assert accepted.returncode == 0
    assert b"COPY001" in accepted.stdout
    assert run(tmp_path, "--baseline", "known.jsonl", **outside).returncode == 0
    assert run(tmp_path, "--since", "main", **outside).returncode == 2


def test_a_path_from_elsewhere_says_which_repository_it_is(repo, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    outside = {"GIT_CEILING_DIRECTORIES": str(tmp_path)}

    done = run(elsewhere, "--since", "main", str(repo.folder / "docs"), **outside)

    assert done.returncode == 0, done.stderr


def test_a_corpus_that_is_nowhere_is_told_with_its_setting(repo):
    repo.write("detector.toml", '[gate]\ncorpus = ["nowhere"]\n')

    done = run(repo.folder)

    assert done.returncode == 2
    assert b"[gate] corpus" in done.stderr


def test_a_repository_of_somebody_else_says_what_to_do(repo):
    done = run(
        repo.folder,
        "--since",
        "main",
        GIT_TEST_ASSUME_DIFFERENT_OWNER="1",
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_CONFIG_NOSYSTEM="1",
    )

    assert done.returncode == 2
    assert b"safe.directory" in done.stderr


def test_what_is_not_tracked_is_told(repo):
    repo.write("docs/2026/草稿.md", WITH_COPY)

    told = run(repo.folder, "--since", "main", COLUMNS="120")
    named = run(repo.folder, "docs/2026/草稿.md", "--since", "main")

    assert (told.returncode, named.returncode) == (0, 1)
    assert "docs/2026/草稿.md".encode() in told.stdout


def test_it_speaks_chinese(repo):
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    done = run(repo.folder, "--since", "main", "--lang", "zh")

    assert "未通过 · 新增 1".encode() in done.stdout


def test_a_format_without_notices_has_them_on_stderr(repo):
    repo.write(REPORT, OWN)
    repo.write("detector.toml", "[gate]\n")
    repo.commit()

    shown = {
        name: run(repo.folder, "--since", "main", "--format", name).stderr.decode()
        for name in ("gitlab", "sarif")
    }

    assert "detector.toml; it is in force once it is in the base" in shown["gitlab"]
    assert "detector.toml" not in shown["sarif"]


def test_documents_that_git_has_not_yet_are_named(tmp_path):
    repo = Repo.made(tmp_path)
    repo.write("总结.md", OWN)

    done = run(tmp_path)

    assert done.returncode == 2
    assert "D508 git tracks no document here; `git add`" in done.stderr.decode()


def test_a_format_of_one_document_is_refused_at_once(repo):
    done = run(repo.folder, "--format", "docx")

    assert done.returncode == 2
    assert "is not one of: terminal" in done.stderr.decode()
