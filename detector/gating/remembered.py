"""The baseline in force, under the names that files have now."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from detector.errors import NoBaselineError
from detector.gate.baseline import Entry, moved, read_file, write
from detector.gating.request import Request
from detector.gating.scope import Scope

_DEFAULT = "detector-baseline.jsonl"


@dataclass
class Remembered:
    """The baseline: as the base has it, or to be written anew.

    Parameters
    ----------
    in_force : str
        Where it is; empty without one.
    """

    request: Request
    scope: Scope
    in_force: str

    @cached_property
    def file(self) -> Path:
        """Return the file of the working tree, whatever is in force."""
        if self.request.baseline:
            return Path(self.request.baseline)
        if not self.in_force:
            return self.scope.top / _DEFAULT
        if self._mirrored is not None:
            return self.scope.top / self._mirrored
        return Path(self.in_force)

    @property
    def shown(self) -> str:
        """Its path from the top; empty without one."""
        if not self.in_force and not self.request.update:
            return ""
        return self.scope.ground.inside(self.file) or self.file.as_posix()

    @property
    def _mirrored(self) -> str | None:
        return self.scope.ground.mirrored(self.in_force)

    @cached_property
    def entries(self) -> list[Entry]:
        """What has been accepted.

        Raises
        ------
        NoBaselineError
            If there is no such file.
        BaselineFileError
            If it is none of ours, or the request would make it so.
        """
        if self.request.update:
            found = read_file(self.file, self.shown) if self.file.exists() else []
        elif self.in_force:
            found = self._of_base()
        else:
            return []
        return moved(found, {**self._renamed(), **self.scope.renamed})

    def _of_base(self) -> list[Entry]:
        if self._mirrored is None:  # the one of the working tree is in force
            return read_file(Path(self.in_force), self.shown)
        if self.file.exists():
            read_file(self.file, self.shown)
        try:
            return read_file(Path(self.in_force), self.shown)
        except NoBaselineError:
            return []  # the request brings it, which is told; it is not in force

    def write(self, entries: Iterable[Entry]) -> None:
        """Write a new one.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        write(self.file, entries)

    def _renamed(self) -> dict[str, str]:
        """Return what has got another name since the baseline was committed."""
        repository = self.scope.repository
        below = self.scope.ground.inside(self.file)
        commit = repository.last_change(below) if repository and below else ""
        if not repository or not commit:
            return {}
        pairs = [(c.before, c.after) for c in repository.changes(commit)]
        return {b.path: a.path for b, a in pairs if b and a and b.path != a.path}
