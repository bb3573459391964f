"""Hook, action and template: valid by the tools of their makers, and really run."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from detector.config import Config
from tests.gating.repository import COPIED, OWN, Repo, begun

ROOT = Path(__file__).parents[2]
OTHERS = {"--global", "--add", "--no-verify", "--body-file", "--edit-last"} | {
    "--create-if-none"
}
"""Options of other commands."""
REPORT = "docs/2026/云岭乡.md"
NETWORK = pytest.mark.skipif(
    "DETECTOR_NETWORK" not in os.environ,
    reason="installs packages; DETECTOR_NETWORK=1 runs it, as .ci/run does",
)
BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(not BASH, reason="needs bash")


def beside(name: str) -> str:
    """Return a command that is installed with the tests."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    assert found, f"{name} is in the extra 'test'"
    return found


def run(*command, cwd=ROOT, check=True, **environment):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, **environment},
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.mark.parametrize(
    "command",
    [
        ("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"),
        ("pre-commit", "validate-config", "docs/ci/pre-commit.yaml"),
        ("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"),
        (
            "check-jsonschema",
            "--builtin-schema",
            "vendor.github-workflows",
            "docs/ci/github.yml",
        ),
        (
            "check-jsonschema",
            "--builtin-schema",
            "vendor.gitlab-ci",
            "docs/ci/gitlab.yml",
        ),
        (
            "zizmor",
            "--offline",
            "--persona=pedantic",
            "--no-progress",
            "action.yml",
            "docs/ci/github.yml",
        ),
    ],
    ids=" ".join,
)
def test_files_are_valid_by_the_tools_of_their_makers(command, tmp_path):
    run(beside(command[0]), *command[1:], PRE_COMMIT_HOME=str(tmp_path))


def test_settings_of_the_example_are_settings():
    gate = Config.from_file(ROOT / "docs/ci/detector.toml").gate

    assert gate.error[0] == "COPY001>=80字"
    assert list(gate.paths) == ["contracts/**"]


@pytest.mark.parametrize("name", ["gate.md", "gate.zh-CN.md"])
def test_the_documentation_shows_settings_commands_and_files_that_there_are(name):
    text = (ROOT / "docs" / name).read_text("utf-8")

    (shown,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert Config.from_mapping(tomllib.loads(shown)).gate.seconds == 60.0
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / "docs" / link).exists(), link
    helped = run(sys.executable, "-P", "-m", "detector", "gate", "--help").stdout
    for option in set(re.findall(r"(?<![\w-])--[a-z-]{4,}", text)) - OTHERS:
        assert option in helped, option


def test_what_is_installed_is_pinned_with_hashes():
    for name in ("build", "requirements"):
        text = (ROOT / ".ci" / f"{name}.txt").read_text("utf-8")
        lines = [line for line in text.splitlines() if line.strip(" #")]
        lines = [line for line in lines if not line.startswith("#")]
        pinned = [line for line in lines if "==" in line]
        assert len(pinned) > 2
        assert all("==" in line or "--hash=sha256:" in line for line in lines)
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    assert all("uses" not in step for step in action["runs"]["steps"])


def test_every_dependency_is_among_what_is_installed():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = (ROOT / ".ci" / "requirements.txt").read_text("utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", listed, re.MULTILINE))

    for requirement in wanted["dependencies"]:
        name = re.split("[><=]", requirement)[0].lower()
        assert name in pinned


@pytest.fixture
def repo(tmp_path):
    folder = tmp_path / "repository"
    folder.mkdir()
    return begun(folder)


@pytest.fixture
def clone(repo, tmp_path):
    """What a runner has: one commit of the request, and a remote."""
    repo.write(REPORT, f"{OWN}三、渡口\n{COPIED}\n")
    repo.write("docs/::error::x%0A.md", OWN)
    repo.commit()
    folder = tmp_path / "checkout"
    url = repo.folder.as_uri()
    repo.git("clone", "-q", "--depth=1", "--branch=request", url, str(folder))
    return folder


def of_action(name: str):
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    [step] = [one for one in action["runs"]["steps"] if one["name"] == name]
    return step["run"], action["inputs"]


def run_gate_step(clone, temporary, **inputs):
    script, known = of_action("Gate")
    given = {name: str(one["default"]) for name, one in known.items()} | inputs
    names = {"lang": "LANGUAGE_SAID", "fail-on": "FAIL_ON"}
    environment = {
        names.get(name, name.upper()): value for name, value in given.items()
    }
    for file in ("output", "summary"):
        (temporary / file).touch()
    return run(
        BASH,
        "--noprofile",
        "--norc",
        "-eo",
        "pipefail",
        "-c",
        script,
        cwd=clone,
        check=False,
        RUNNER_TEMP=str(temporary),
        GITHUB_OUTPUT=str(temporary / "output"),
        GITHUB_STEP_SUMMARY=str(temporary / "summary"),
        GITHUB_ACTIONS="true",
        **environment,
    )


@pytest.fixture
def temporary(tmp_path):
    """A runner's folder in which the first step has installed this checkout."""
    bin_folder = tmp_path / "temporary" / "detector-gate" / "bin"
    bin_folder.mkdir(parents=True)
    command = bin_folder / "detector"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m detector "$@"\n')
    command.chmod(0o755)
    return tmp_path / "temporary"


def test_the_step_of_the_action_stops_a_pull_request(clone, temporary):
    done = run_gate_step(clone, temporary, lang="en", GITHUB_BASE_REF="main")

    assert done.returncode == 1, done.stderr
    assert f"::error file={REPORT},title=COPY001" in done.stdout
    outputs = dict(
        line.split("=", 1)
        for line in (temporary / "output").read_text("utf-8").splitlines()
    )
    assert outputs["status"] == "1"
    for name in ("summary", "sarif", "report"):
        assert Path(outputs[name]).is_file()
    summary = (temporary / "summary").read_text("utf-8")
    assert summary.startswith("<!-- detector gate -->")
    assert REPORT in summary


def test_the_step_takes_paths_and_passes_where_nothing_is_new(clone, temporary):
    done = run_gate_step(
        clone,
        temporary,
        paths="docs/2024\n\ndocs/2025\n",
        GITHUB_BASE_REF="main",
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_the_step_tells_a_job_that_could_not_be_done(clone, temporary):
    done = run_gate_step(clone, temporary, since="nowhere")

    assert done.returncode == 2
    assert "D504" in done.stderr
    assert "status=2" in (temporary / "output").read_text("utf-8")


@NETWORK
def test_the_action_installs_what_it_pins_and_runs(clone, tmp_path):
    script, _ = of_action("Install detector")
    folder = tmp_path / "runner"
    folder.mkdir()
    source = checkout(tmp_path)

    run(
        BASH,
        "-eo",
        "pipefail",
        "-c",
        script,
        cwd=clone,
        GITHUB_ACTION_PATH=str(source),
        RUNNER_TEMP=str(folder),
    )
    done = run_gate_step(clone, folder, GITHUB_BASE_REF="main")

    assert done.returncode == 1, done.stderr
    assert f"::error file={REPORT}" in done.stdout


@NETWORK
def test_the_template_of_gitlab_runs(clone, tmp_path):
    source = checkout(tmp_path)
    template = yaml.safe_load((ROOT / "docs/ci/gitlab.yml").read_text("utf-8"))
    script = "\n".join(template["documents"]["script"])
    for path in ("/tmp/detector", "/tmp/gate"):
        script = script.replace(path, str(tmp_path / Path(path).name))

    done = run(
        BASH,
        "-eo",
        "pipefail",
        "-c",
        script,
        cwd=clone,
        check=False,
        CI_PROJECT_DIR=str(clone),
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main",
        DETECTOR_REPOSITORY=source.as_uri(),
        DETECTOR_COMMIT=Repo(source).git("rev-parse", "HEAD"),
        GIT_CONFIG_COUNT="1",
        GIT_CONFIG_KEY_0="safe.directory",
        GIT_CONFIG_VALUE_0=str(clone),
    )

    assert done.returncode == 1, done.stderr
    assert (clone / "gate.json").read_text("utf-8").startswith("[")
    assert (clone / "gate.xml").is_file()
    assert REPORT in done.stdout


@NETWORK
def test_the_hook_stops_a_commit(repo, tmp_path):
    source = checkout(tmp_path)
    head = Repo(source).git("rev-parse", "HEAD")
    repo.write(
        ".pre-commit-config.yaml",
        f"repos: [{{repo: '{source.as_uri()}', rev: {head}, "
        "hooks: [{id: detector-gate}]}]\n",
    )
    repo.git("add", ".")
    home = {"PRE_COMMIT_HOME": str(tmp_path / "pre-commit")}
    run(beside("pre-commit"), "install", cwd=repo.folder, **home)
    first = run("git", "commit", "-qm", "hook", cwd=repo.folder, check=False, **home)
    assert first.returncode == 0, first.stdout + first.stderr
    repo.write(REPORT, f"{OWN}三、渡口\n{COPIED}\n")
    repo.git("add", ".")

    done = run("git", "commit", "-qm", "copy", cwd=repo.folder, check=False, **home)

    assert done.returncode == 1
    assert "COPY001" in done.stdout + done.stderr
    repo.write(REPORT, OWN)
    repo.git("add", ".")
    run("git", "commit", "-qm", "own", cwd=repo.folder, **home)


def checkout(tmp_path: Path) -> Path:
    """Return a clone of what is here, changes that are in no commit included."""
    folder = tmp_path / "source"
    run("git", "clone", "-q", ROOT, folder)
    files = run("git", "ls-files", "-z", "-mo", "--exclude-standard").stdout
    source = Repo(folder)
    for name in filter(None, files.split("\0")):
        if (ROOT / name).is_file():
            source.write(name, (ROOT / name).read_bytes())
            shutil.copymode(ROOT / name, folder / name)
    source.git("config", "user.name", "tester")
    source.git("config", "user.email", "tester@example.org")
    source.commit()
    source.git("config", "uploadpack.allowAnySHA1InWant", "true")
    return folder
