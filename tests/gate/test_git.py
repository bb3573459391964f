"""What git is asked, in every kind of checkout."""

import os
import sys
from pathlib import Path

import pytest

from detector.errors import (
    GitError,
    NoGitError,
    NoRepositoryError,
    OtherOwnerError,
    UnknownRevisionError,
)
from detector.gate.git import File, Repository
from tests.gating.repository import Repo


@pytest.fixture
def repo(tmp_path):
    repo = Repo.made(tmp_path)
    repo.write("报告/一 季度.md", "甲\n乙\n丙\n丁\n")
    repo.write("b.txt", "乙\n")
    repo.commit()
    return repo


def at(repo):
    return Repository.at(repo.folder)


def test_names_come_as_they_are_whatever_git_is_told_to_quote(repo):
    repo.git("config", "core.quotepath", "true")

    assert [file.path for file in at(repo).files()] == ["b.txt", "报告/一 季度.md"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of bytes")
def test_names_that_are_no_utf8_come_as_the_system_has_them(repo):
    name = os.fsdecode(b"\xb1\xa8.md")
    (repo.folder / name).write_text("甲", "utf-8")
    repo.commit()

    assert name in [file.path for file in at(repo).files()]


def test_changes_are_added_modified_renamed_and_gone(repo):
    base = at(repo).base("HEAD")
    repo.git("mv", "报告/一 季度.md", "报告/二季度.md")
    repo.write("报告/二季度.md", "甲\n乙\n丙\n戊\n")
    repo.write("b.txt", "乙乙\n")
    repo.write("c\nd.txt", "丙\n")
    repo.git("add", "-A")

    found = at(repo).changes(base.start)

    assert [
        (one.status, one.before and one.before.path, one.after and one.after.path)
        for one in found
    ] == [
        ("M", "b.txt", "b.txt"),
        ("A", None, "c\nd.txt"),
        ("R", "报告/一 季度.md", "报告/二季度.md"),
    ]


def test_a_change_that_is_in_no_commit_is_a_change(repo):
    repo.write("b.txt", "还没有提交\n")

    [change] = at(repo).changes("HEAD")

    assert change.after == File("b.txt", "100644", "")


def test_settings_of_a_user_do_not_change_what_is_found(repo):
    for name, value in (
        ("diff.renames", "false"),
        ("diff.relative", "true"),
        ("diff.external", "false"),
        ("diff.noprefix", "true"),
        ("diff.ignoreSubmodules", "all"),
        ("color.ui", "always"),
        ("core.fsmonitor", "false-is-no-program"),
    ):
        repo.git("config", name, value)
    repo.git("mv", "b.txt", "c.txt")

    [change] = at(repo).changes("HEAD")

    assert change.status == "R"


def test_the_base_is_where_both_come_from(repo):
    start = repo.git("rev-parse", "HEAD")
    repo.git("checkout", "-q", "-b", "request")
    repo.write("c.txt", "丙")
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.write("d.txt", "丁")
    tip = repo.commit()
    repo.git("checkout", "-q", "request")

    base = at(repo).base("main")

    assert (base.start, base.tip, base.direct) == (start, tip, False)
    changed = [one.after.path for one in at(repo).changes(base.start) if one.after]
    assert changed == ["c.txt"]


def test_in_a_shallow_clone_changes_are_counted_from_the_tip(repo, tmp_path_factory):
    repo.git("checkout", "-q", "-b", "request")
    repo.write("c.txt", "丙")
    repo.commit()
    clone = tmp_path_factory.mktemp("clone")
    url = repo.folder.as_uri()
    repo.git("clone", "-q", "--depth=1", "--branch=request", url, str(clone))
    shallow = Repository.at(clone)

    with pytest.raises(UnknownRevisionError, match="fetch-depth"):
        shallow.base("origin/main")
    where = ["-C", str(clone)]
    refspec = "main:refs/remotes/origin/main"
    repo.git(*where, "fetch", "-q", "--depth=1", "origin", refspec)
    base = shallow.base("origin/main")

    assert base.direct
    [change] = shallow.changes(base.start)
    assert (change.status, change.after and change.after.path) == ("A", "c.txt")


def test_before_the_first_commit_everything_is_new(tmp_path):
    repo = Repo.made(tmp_path)
    repo.write("a.md", "甲")
    repo.git("add", "-A")

    base = at(repo).base("HEAD")

    assert [one.status for one in at(repo).changes(base.start)] == ["A"]


def test_a_worktree_is_a_repository_with_a_folder_of_its_own(repo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("trees") / "第二"
    repo.git("worktree", "add", "-q", "-b", "other", str(folder))

    tree = Repository.at(folder)

    assert tree.top == Path(os.path.realpath(folder))
    assert tree.folder != at(repo).folder
    assert [file.path for file in tree.files()] == ["b.txt", "报告/一 季度.md"]


def test_a_folder_below_the_top_is_in_the_repository(repo):
    below = Repository.at(repo.folder / "报告")

    assert below.top == Path(os.path.realpath(repo.folder))
    assert len(below.files()) == 2


def test_outside_of_a_repository_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    with pytest.raises(NoRepositoryError):
        Repository.at(tmp_path)


def test_without_git_the_error_says_so(repo, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(NoGitError):
        at(repo)


def test_a_repository_of_somebody_else_is_named_with_what_to_do(repo, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    with pytest.raises(OtherOwnerError) as raised:
        at(repo)

    assert f"safe.directory {repo.folder}" in str(raised.value)


def test_contents_come_in_the_order_asked(repo):
    found = at(repo)
    blobs = [file.blob for file in found.tree("HEAD")]

    assert list(found.contents(blobs[::-1])) == [
        "甲\n乙\n丙\n丁\n".encode(),
        "乙\n".encode(),
    ]
    with pytest.raises(GitError):
        list(found.contents(["0" * 40]))


def test_a_file_of_a_commit_is_found_by_its_whole_name_only(repo):
    found = at(repo)

    assert found.content("HEAD", "b.txt") == "乙\n".encode()
    assert found.content("HEAD", "b") is None
    assert found.content("HEAD", "报告") is None
