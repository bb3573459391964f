"""What a run measures: where the data is, which methods, how many pairs."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from folds import Folds
from held_out import config_for
from methods import METHODS
from peers import Finder, MissingPeerError


@dataclass(frozen=True)
class Bench:
    """One run.

    Attributes
    ----------
    limit : int or None
        At most so many pairs of each kind; None takes all.
    show : bool
        Whether passages are shown on stderr; never on stdout, which is committed.
    """

    data: Path
    names: tuple[str, ...]
    limit: int | None
    show: bool = False

    @cached_property
    def methods(self) -> list[str]:
        """The names of the methods that are installed; the others get a line."""
        usable = []
        for name in self.names:
            try:
                METHODS[name]({})
            except MissingPeerError as error:
                print(f"{name} is left out: {error}")
            else:
                usable.append(name)
        return usable

    def finder(self, method: str, set_name: str, fold: Folds) -> Finder:
        """Return the finder of a method for the pairs of a fold."""
        return _finder(method, set_name, fold, self.data)


@lru_cache(maxsize=64)
def _finder(method: str, set_name: str, fold: Folds, data: Path) -> Finder:
    return METHODS[method](config_for(set_name, fold, data))
