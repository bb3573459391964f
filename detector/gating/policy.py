"""The settings in force: those of the base, which a request cannot change for itself.

detector.toml ── of the tip of the base branch ──> Config
files it names ── as they are, where the request has not touched them
              └── else as the tip has them, in a folder of this run
"""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from detector.config import Config, find_config, mentions_us
from detector.errors import LinkError, MissingFileError
from detector.formats.folder import is_pattern
from detector.gate.git import LINK, Base, Change, File, Repository
from detector.gate.patterns import matches, told_from
from detector.gating.request import Request
from detector.model.verdict import Notice

_CONFIGS = ("detector.toml", "pyproject.toml")
_AROUND = (
    "/.github/**",
    "/.gitlab-ci.yml",
    "/.gitlab/**",
    "/.pre-commit-config.yaml",
    "/.pre-commit-hooks.yaml",
    ".gitattributes",
    ".gitmodules",
    "corpus.toml",
)
"""What decides, besides our own files, whether and how a gate runs."""


@dataclass
class Ground:
    """Where files in force are taken from.

    Attributes
    ----------
    repository : Repository or None
    base : Base or None
        None: everything in the working tree is in force.
    mirror : Path
        A folder of this run, for files as the base has them.
    """

    repository: Repository | None
    base: Base | None
    mirror: Path
    notices: list[Notice] = field(default_factory=list)

    def inside(self, path: str | Path) -> str | None:
        """Return a path from the top of the repository; None if it is not in it."""
        if not self.repository:
            return None
        top = os.path.realpath(self.repository.top)
        whole = os.path.abspath(path)  # noqa: PTH100 - no links are followed
        folder, name = os.path.split(whole)
        return told_from(top, os.path.join(os.path.realpath(folder), name))  # noqa: PTH118

    def in_force(self, path: str) -> str:
        """Return where a file or folder is, as it is in force."""
        below = self.inside(path)
        if not self.base or not self.repository or below is None:
            return path
        files = self.repository.tree(self.base.tip, below)
        if not files:
            if any(is_below(f.path, below) for f in self.repository.files()):
                self._tell("G-policy-new", below)
                return str(self.mirror / below)  # there is nothing in force
            if Path(path).exists():
                self._tell("G-policy-untracked", below)
            return path
        if not self.repository.differs(self.base.tip, below):
            self.refuse_links([file for file in files if file.path == below])
            return path
        self.refuse_links(files)
        self._tell("G-policy-changed", below)
        for file, data in zip(
            files, self.repository.contents([f.blob for f in files]), strict=True
        ):
            target = self.mirror / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return str(self.mirror / below)

    def refuse_links(self, files: list[File]) -> None:
        """Refuse what leads elsewhere: nobody could say what of that is in force.

        Raises
        ------
        LinkError
            If there is a link among files of the base.
        """
        assert self.repository
        for file in files:
            if file.mode == LINK:
                target = os.fsdecode(next(self.repository.contents([file.blob])))
                raise LinkError(path=file.path, target=target)

    def mirrored(self, path: str | Path) -> str | None:
        """Return a path from the top, of what is in the mirror; None if it is not."""
        if not Path(path).is_relative_to(self.mirror):
            return None
        return Path(path).relative_to(self.mirror).as_posix()

    def tell_of(self, changes: list[Change]) -> None:
        """Tell which changes decide whether and how a gate runs."""
        for change in changes:
            for file in dict.fromkeys((change.before, change.after)):
                if file and any(matches(one, file.path) for one in _AROUND):
                    self._tell("G-around-changed", file.path)

    def _tell(self, code: str, path: str) -> None:
        notice = Notice(code, {"path": path})
        if notice not in self.notices:
            self.notices.append(notice)


def settings(ground: Ground, asked: str | None) -> Config:
    """Return the configuration in force, its files where they are in force.

    Parameters
    ----------
    asked : str or None
        Path of the file; by default the nearest at or above the working directory.

    Raises
    ------
    DetectorError
        If it cannot be used, or `asked` is nowhere.
    """
    here = Path.cwd()
    now = Path(asked) if asked else find_config(here)
    if not ground.base or (asked and ground.inside(asked) is None):
        return Config.from_file(now) if now else Config()
    # What is new must be right, too.
    current = Config.as_written(now) if now and now.exists() else None
    found = _of_base(ground, asked, here)
    new = ground.inside(now) if now else None
    if found is None:
        if asked and not Path(asked).exists():
            raise MissingFileError(path=asked)
        if new is not None:
            ground.in_force(str(now))
        return Config() if new is not None or not now else Config.from_file(now)
    path, data = found
    if new is not None and new != path:
        ground.in_force(str(now))
    whole = _top(ground) / path
    config = Config.from_bytes(data, path)
    if new != path or current != config:
        ground.in_force(str(whole))
    return config.with_paths(lambda name: ground.in_force(str(whole.parent / name)))


def with_options(config: Config, ground: Ground, request: Request) -> Config:
    """Return a configuration with what the command line asks for besides.

    Raises
    ------
    MissingFileError
        If a corpus is nowhere.
    """
    gate = config.gate
    if request.corpus:
        gate = replace(gate, corpus=tuple(map(ground.in_force, request.corpus)))
    if request.baseline is not None:
        gate = replace(gate, baseline=ground.in_force(request.baseline))
    for path in gate.corpus:
        new = ground.mirrored(path) is not None  # told, and not in force
        if not (new or Path(path).exists() or is_pattern(path)):
            setting = "" if request.corpus else " ([gate] corpus)"
            raise MissingFileError(path=f"{path}{setting}")
    key = request.key or config.index_key
    return replace(config, gate=gate, index_key=key)


def is_below(path: str, folder: str) -> bool:
    """Tell whether a path is a folder, or below it; all are below the top (``.``)."""
    return folder in {".", path} or path.startswith(f"{folder}/")


def _top(ground: Ground) -> Path:
    assert ground.repository
    return ground.repository.top


def _of_base(ground: Ground, asked: str | None, here: Path) -> tuple[str, bytes] | None:
    """Return path and content of the configuration that the base has."""
    assert ground.repository
    assert ground.base
    if asked:
        wanted = [ground.inside(asked) or ""]
    else:
        folder = Path(ground.inside(here / "_") or "_").parent
        wanted = [
            (f / n).as_posix() for f in (folder, *folder.parents) for n in _CONFIGS
        ]
    for path in wanted:
        data = ground.repository.content(ground.base.tip, path)
        if data is None:
            continue
        files = ground.repository.tree(ground.base.tip, path)
        ground.refuse_links([file for file in files if file.path == path])
        if asked or Path(path).name != _CONFIGS[1] or mentions_us(data):
            return path, data
    return None
