"""A git repository as the gate needs it: what is in it, and what a request changed.

Asked by its command line, which every place that has a checkout has, and which takes
10 ms where libraries take 200 and more. Names come with NUL after them, so that no
setting (`core.quotepath`) and no name can spoil them; a revision never stands where an
option may; no program that a repository names is run (`--no-ext-diff`,
`--no-textconv`), and no replaced object believed.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from detector.errors import (
    AmbiguousRevisionError,
    GitError,
    NoGitError,
    NoRepositoryError,
    OtherOwnerError,
    UnknownRevisionError,
    os_reason,
)

LINK, MODULE = "120000", "160000"
"""Modes of what is no file: a symbolic link, and a repository of its own."""
_RENAMES = 20_000
"""Files up to which git looks for renames by content."""
_HEADS = ("refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")
_REASON = 200
_ABBREVIATED = re.compile("[0-9a-f]{4,39}")
"""What is the beginning of an id, unless a tag is called so."""
_ALWAYS = ("--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false")
_OURS = {"LC_ALL": "C", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_TERMINAL_PROMPT": "0"}
_NOT_OURS = frozenset(
    {"GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"}
)


class File(NamedTuple):
    """A file of a tree: mode as git writes it, id of its content, path from the top."""

    path: str
    mode: str
    blob: str


class Change(NamedTuple):
    """What became of a file since the base.

    Attributes
    ----------
    status : str
        ``A`` added, ``M`` modified, ``R`` renamed, ``T`` of another kind, ``D`` gone.
    before, after : File or None
        In the base, and now. The content of `after` has no id if it is in no commit.
    """

    status: str
    before: File | None
    after: File | None


class Base(NamedTuple):
    """What a request is compared with.

    Attributes
    ----------
    ref : str
        As it was asked for.
    tip : str
        Id of the commit that `ref` names; what it holds is in force.
    start : str
        Id of the commit that changes are counted from: the merge base.
    direct : bool
        Whether it is the tip itself because the clone, being shallow perhaps, has no
        commit that both come from. Then what only the base has is a change, too.
    """

    ref: str
    tip: str
    start: str
    direct: bool = False


@dataclass(frozen=True)
class Repository:
    """A working tree.

    Attributes
    ----------
    top : Path
        Its uppermost folder.
    """

    top: Path

    @classmethod
    def at(cls, folder: Path) -> "Repository":
        """Return the repository that `folder` is in.

        Raises
        ------
        NoGitError
            If git is not installed.
        OtherOwnerError
            If it is somebody else's (`safe.directory`).
        NoRepositoryError
            If it is in none.
        """
        try:
            top = _git(folder, "rev-parse", "--show-toplevel")
        except NoGitError:
            raise
        except GitError as error:
            said = str(error.facts["reason"])
            if "dubious ownership" in said:
                raise OtherOwnerError(path=_owned(said, folder)) from error
            raise NoRepositoryError(path=str(folder)) from error
        return cls(Path(os.fsdecode(top.removesuffix(b"\n"))))

    @cached_property
    def folder(self) -> Path:
        """Its private folder; of a worktree, that of the worktree."""
        found = self._ask("rev-parse", "--absolute-git-dir").removesuffix(b"\n")
        return Path(os.fsdecode(found))

    def base(self, ref: str) -> Base:
        """Return what to compare with.

        Raises
        ------
        UnknownRevisionError
            If the clone has no such revision.
        AmbiguousRevisionError
            If a tag and a branch, say, are called so: who made one may not choose.
        """
        if ref == "HEAD" and not self._commit_of(ref):
            empty = self._empty_tree()
            return Base(ref, empty, empty)
        tip = self._commit_of(ref)
        if not tip:
            raise UnknownRevisionError(name=ref)
        self._refuse_twins(ref)
        run = self._run("merge-base", tip, "HEAD")
        if run.returncode != 0:
            return Base(ref, tip, tip, direct=True)
        return Base(ref, tip, run.stdout.split()[0].decode())

    def files(self) -> list[File]:
        """Return what git tracks, by path; without a file that is gone."""
        found = {}
        for line in self._fields("ls-files", "--stage", "-z", "--full-name", ":/"):
            about, _, path = line.partition(b"\t")
            mode, blob, _ = about.split()
            name = os.fsdecode(path)
            found[name] = File(name, mode.decode(), blob.decode())
        return [found[name] for name in sorted(found)]

    def untracked(self) -> list[str]:
        """Return paths of files that git neither tracks nor is told to ignore."""
        asked = ("ls-files", "--others", "--exclude-standard", "-z", "--full-name")
        return sorted(map(os.fsdecode, self._fields(*asked, ":/")))

    def unstaged(self) -> list[str]:
        """Return paths of files that the next commit has not as they are now."""
        asked = ("diff", "--name-only", "-z", "--no-relative", "--no-ext-diff")
        return sorted(map(os.fsdecode, self._fields(*asked, "--no-textconv", "--")))

    def changes(self, commit: str) -> list[Change]:
        """Return what the working tree has otherwise than a commit, by path."""
        fields = iter(
            self._fields(
                "diff",
                "--raw",
                "--no-abbrev",
                "-z",
                "-M",
                f"-l{_RENAMES}",
                "--no-relative",
                "--no-ext-diff",
                "--no-textconv",
                "--ignore-submodules=none",
                commit,
                "--",
            )
        )
        found = [_change(about, fields) for about in fields]
        return sorted(found, key=lambda one: (one.after or one.before or _NONE).path)

    def differs(self, commit: str, path: str) -> bool:
        """Tell whether a file or folder is otherwise than in a commit."""
        asked = ("diff", "--quiet", "--no-ext-diff", "--no-textconv", commit, "--")
        return self._run(*asked, f":(top,literal){path}").returncode != 0

    def tree(self, commit: str, path: str = "") -> list[File]:
        """Return the files of a commit, below a folder of it or that file itself."""
        asked = ["ls-tree", "-r", "-z", "--full-tree", commit]
        found = []
        for line in self._fields(*asked, *(["--", path] if path else [])):
            about, _, name = line.partition(b"\t")
            mode, _, blob = about.split()
            found.append(File(os.fsdecode(name), mode.decode(), blob.decode()))
        return found

    def contents(self, blobs: Sequence[str]) -> Iterator[bytes]:
        """Yield the content of each blob, in order.

        Raises
        ------
        GitError
            If the clone lacks one.
        """
        if not blobs:
            return
        command = ["git", *_ALWAYS, "cat-file", "--batch"]
        with subprocess.Popen(
            command,
            cwd=self.top,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        ) as process:
            assert process.stdin
            assert process.stdout
            for blob in blobs:
                process.stdin.write(f"{blob}\n".encode())
                process.stdin.flush()
                head = process.stdout.readline().split()
                if len(head) != 3 or head[1] != b"blob":  # noqa: PLR2004 - id, kind, size
                    raise GitError(reason=f"cat-file {blob}: missing")
                yield process.stdout.read(int(head[2]) + 1)[:-1]

    def content(self, commit: str, path: str) -> bytes | None:
        """Return a file of a commit; None if it has none, or a link in its place."""
        found = [
            file
            for file in self.tree(commit, path)
            if file.path == path and file.mode not in {LINK, MODULE}
        ]
        return next(self.contents([found[0].blob])) if found else None

    def last_change(self, path: str) -> str:
        """Return the id of the last commit that changed a file; empty: none did."""
        asked = ("log", "-1", "--format=%H", "--no-ext-diff", "HEAD", "--")
        run = self._run(*asked, f":(top,literal){path}")
        return run.stdout.decode().strip() if run.returncode == 0 else ""

    def _commit_of(self, ref: str) -> str:
        """Return the id of the commit that `ref` names; empty if it names none."""
        if not ref.strip() or "\0" in ref:
            return ""
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options")
        run = self._run(*asked, f"{ref}^{{commit}}")
        # git before 2.30 tells the option, too.
        return run.stdout.split()[-1].decode() if run.returncode == 0 else ""

    def _empty_tree(self) -> str:
        """Return the id of the tree without a file: the base of a first commit."""
        return self._ask("hash-object", "-t", "tree", "--stdin").decode().strip()

    def _refuse_twins(self, ref: str) -> None:
        """Refuse a name that a tag and a branch have, where they lead elsewhere.

        git prefers the tag: who may push a tag ``origin/main`` would choose what a
        request is compared with.
        """
        name = re.split(r"[~^:]|@\{", ref)[0]
        wanted = [head.format(name) for head in _HEADS] if name else []
        asked = "--format=%(refname)%00%(objectname)%00%(*objectname)"
        found: dict[str, bytes] = {}
        for line in self._ask("for-each-ref", asked, *wanted).splitlines():
            refname, identity, peeled = line.split(b"\0")
            if os.fsdecode(refname) in wanted:
                found[os.fsdecode(refname)] = peeled or identity
        abbreviated = bool(found) and _ABBREVIATED.fullmatch(name)
        if len(set(found.values())) > 1 or abbreviated:
            raise AmbiguousRevisionError(name=ref, found=", ".join(sorted(found)))

    def _fields(self, *arguments: str) -> list[bytes]:
        return self._ask(*arguments).split(b"\0")[:-1]

    def _ask(self, *arguments: str) -> bytes:
        return _git(self.top, *arguments)

    def _run(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        return _run(self.top, *arguments)


_NONE = File("", "", "")


def _change(about: bytes, fields: Iterator[bytes]) -> Change:
    """Read ``:100644 100644 id id R087`` and the one or two paths that follow."""
    before_mode, after_mode, before, after, status = about[1:].decode().split()
    kind = status[0]
    path = os.fsdecode(next(fields))
    now = os.fsdecode(next(fields)) if kind in "RC" else path
    old = None if kind in "AC" else File(path, before_mode, before)
    new = None if kind == "D" else File(now, after_mode, after.strip("0"))
    if new and new.blob:
        new = new._replace(blob=after)
    return Change("A" if kind == "C" else kind, old, new)


def _git(folder: Path, *arguments: str) -> bytes:
    """Return what git says.

    Raises
    ------
    GitError
        If it fails.
    """
    run = _run(folder, *arguments)
    if run.returncode != 0:
        said = " ".join(run.stderr.decode("utf-8", "replace").split())
        raise GitError(reason=f"git {arguments[0]}: {said}"[:_REASON])
    return run.stdout


def _run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    command = ["git", *_ALWAYS, *arguments]
    try:
        return subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env=_environment(),
        )
    except FileNotFoundError as error:
        raise NoGitError from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in an argument
        reason = os_reason(error)
        raise GitError(reason=f"git {arguments[0]}: {reason}") from error


def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in _NOT_OURS}
    return kept | _OURS


def _owned(said: str, folder: Path) -> str:
    """Return the folder that git says is somebody else's."""
    named = re.search(r"safe\.directory (\S+)", said)
    return named[1].strip("'") if named else str(folder)
