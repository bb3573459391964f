"""How loudly the rules speak in the gate, and what it looks at."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from detector.errors import OptionError
from detector.gate.patterns import matches
from detector.model.finding import Finding, Level
from detector.rules import RULES

_LIMIT = re.compile(
    r"(?P<rule>[A-Za-z]+\d+)\s*"
    r"(?:(?P<sign>>=|≥|>|＞)\s*(?P<least>\d+(?:\.\d+)?)\s*"
    r"(?P<unit>字|个字|characters|chars|words|%|％)?)?"
)
_SHARE = frozenset({"%", "％"})
_ALLOWED = "a rule, or a rule with a limit: COPY001>=80字, COPY002>=90%"
_EQUAL = frozenset({"COPY001", "COPY002", "SELF001", "UPST001"})
"""Rules whose findings say how many characters are equal."""
_SHARED = frozenset({"COPY002", "COPY003", "SELF001", "YEAR001", "UPST001", "BOIL001"})
"""Rules whose findings say a share."""


class Limit(NamedTuple):
    """A rule, and from where on it is meant.

    Attributes
    ----------
    fact : str
        Fact of the finding that is compared: ``equal`` or ``share``; empty: always.
    strict : bool
        Whether it must be above `least`.
    """

    rule: str
    fact: str = ""
    least: float = 0
    strict: bool = False

    def holds(self, finding: Finding) -> bool:
        """Tell whether a finding of this rule is one that is meant."""
        if not self.fact:
            return True
        found = finding.facts.get(self.fact)
        if not isinstance(found, int | float):
            return True  # what cannot be measured does not slip through
        return found > self.least if self.strict else found >= self.least


@cache
def parse_limit(text: str) -> Limit:
    """Return what ``COPY001>=80字`` says.

    Raises
    ------
    OptionError
        If it says nothing, names no rule, or limits what has no size.
    """
    found = _LIMIT.fullmatch(text.strip())
    rule = found["rule"].upper() if found else ""
    if not found or rule not in RULES:
        raise OptionError(name="", value=text, allowed=_ALLOWED)
    if not found["sign"]:
        return Limit(rule)
    of_share = found["unit"] in _SHARE
    if rule not in (_SHARED if of_share else _EQUAL):
        sized = ", ".join(sorted(_SHARED if of_share else _EQUAL))
        raise OptionError(name="", value=text, allowed=sized)
    least = float(found["least"]) / (100 if of_share else 1)
    strict = found["sign"] in {">", "＞"}
    return Limit(rule, "share" if of_share else "equal", least, strict)


@dataclass(frozen=True, slots=True)
class LevelOptions:
    """Levels of findings; what no list names keeps the level of its rule.

    A rule that is named with limits only, none of which is reached, is a warning where
    it might have been an error, else a note.

    Attributes
    ----------
    error, warning, note, ignore : tuple of str
        Rules, each with a limit perhaps; looked through in this order.
    """

    error: tuple[str, ...] = ()
    warning: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_limits(self)

    def level_of(self, finding: Finding) -> Level | str | None:
        """Return the level, ``ignore``, or None where no list names the rule."""
        below: Level | None = None
        for name in (*reversed(Level), "ignore"):
            for limit in map(parse_limit, getattr(self, str(name))):
                if limit.rule != finding.rule:
                    continue
                if limit.holds(finding):
                    return name
                below = Level.WARNING if name is Level.ERROR else Level.NOTE
        return below


class LevelTables(Mapping[str, LevelOptions]):
    """Levels by pattern of path, or by genre, in the order of the file."""

    def __init__(self, tables: Mapping[str, LevelOptions] | None = None) -> None:
        self._tables = dict(tables or {})

    def __getitem__(self, name: str) -> LevelOptions:
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __repr__(self) -> str:
        return f"LevelTables({self._tables!r})"

    def __deepcopy__(self, _: object) -> "LevelTables":
        return self  # nothing of it changes


@dataclass(frozen=True, slots=True)
class GateOptions(LevelOptions):
    """What the gate looks at, and what stops a request.

    Attributes
    ----------
    paths, genres : LevelTables
        Levels for documents whose path fits a pattern, or of a genre. The last pattern
        that fits and names a rule decides, then the genre, then the lists above.
    exclude : tuple of str
        Patterns of paths that are no documents: neither looked at nor compared with.
    baseline : str
        File with the findings that have been accepted.
    corpus : tuple of str
        What documents are compared with besides the repository.
    comments : bool
        Whether a comment that a request brings keeps a rule silent in that request.
    seconds : float
        Time for a document; it is an error if it takes longer.
    """

    paths: LevelTables = field(default_factory=LevelTables)
    genres: LevelTables = field(default_factory=LevelTables)
    exclude: tuple[str, ...] = ()
    baseline: str = ""
    corpus: tuple[str, ...] = ()
    comments: bool = False
    seconds: float = 60.0

    def __post_init__(self) -> None:
        _check_limits(self)
        if not self.seconds > 0:
            raise OptionError(name="seconds", value=self.seconds, allowed="> 0")

    def judged(self, finding: Finding, path: str, genre: str) -> Level | None:
        """Return the level of a finding in a document; None: it is ignored."""
        for options in self._tables(path, genre):
            level = options.level_of(finding)
            if level == "ignore":
                return None
            if level is not None:
                return Level(level)
        return finding.level

    def is_excluded(self, path: str) -> bool:
        """Tell whether a file is no document."""
        return any(matches(pattern, path) for pattern in self.exclude)

    def rules_of(self, path: str, genre: str) -> tuple[LevelOptions, ...]:
        """Return what decides for documents of a path and genre, the first first."""
        return tuple(self._tables(path, genre))

    def _tables(self, path: str, genre: str) -> Iterator[LevelOptions]:
        for pattern in reversed(list(self.paths)):
            if matches(pattern, path):
                yield self.paths[pattern]
        if genre in self.genres:
            yield self.genres[genre]
        yield self


def _check_limits(options: LevelOptions) -> None:
    for name in (*Level, "ignore"):
        for text in getattr(options, str(name)):
            try:
                parse_limit(text)
            except OptionError as error:
                raise OptionError(**error.facts | {"name": str(name)}) from error
