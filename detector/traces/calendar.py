"""What was valid when: meetings, laws and plans, each with its months."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from detector.errors import OptionError


class Kind(StrEnum):
    """What an entry of the calendar is."""

    MEETING = "meeting"
    """Superseded by the next of its series."""
    DOCUMENT = "document"
    """In force until it is repealed."""
    PLAN = "plan"
    """Runs from its first to its last month."""


class Entry(NamedTuple):
    """A meeting, document or plan.

    Attributes
    ----------
    names : tuple of str
        The first one is what a reader is told.
    since, until : str
        Months such as ``2021-11``; empty if open or not known.
    series : str
        Of meetings or plans that follow one another; empty if it is alone.
    by : str
        What took its place; empty if nothing.
    """

    kind: Kind
    names: tuple[str, ...]
    since: str = ""
    until: str = ""
    series: str = ""
    by: str = ""


@dataclass(frozen=True)
class Calendar:
    """Dated entries; of several with one name, the last one counts."""

    entries: tuple[Entry, ...] = ()
    by_name: dict[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for entry in self.entries:
            if not entry.names or (entry.kind is Kind.MEETING and not entry.since):
                raise OptionError(
                    name="calendar", value=entry.names, allowed="name, since"
                )
        named = {name: entry for entry in self.entries for name in entry.names}
        object.__setattr__(self, "by_name", named)

    @cached_property
    def longest_first(self) -> tuple[str, ...]:
        """All names, so that 二十届三中全会 is found before 三中全会 would be."""
        return tuple(sorted(self.by_name, key=lambda name: (-len(name), name)))

    def mentions(self, text: str) -> Iterator[tuple[Entry, int, int]]:
        """Yield the entries that `text` names, with their ranges, in order."""
        taken = bytearray(len(text))
        found = []
        for name in self.longest_first:
            at = text.find(name)
            while at >= 0:
                end = at + len(name)
                if 1 not in taken[at:end]:
                    taken[at:end] = b"\1" * len(name)
                    found.append((self.by_name[name], at, end))
                at = text.find(name, end)
        yield from sorted(found, key=lambda one: one[1])

    def later(self, entry: Entry, by: str) -> Entry | None:
        """Return the last entry of the series of `entry` that began before month `by`.

        None if that is `entry` itself.
        """
        known = [
            other
            for other in self.entries
            if entry.series and other.series == entry.series
            if entry.since < other.since <= by
        ]
        return max(known, key=lambda other: other.since, default=None)


def months_before(month: str, count: int) -> str:
    """Return the month `count` months before one such as ``2024-03``.

    >>> months_before("2024-03", 6)
    '2023-09'
    """
    total = int(month[:4]) * 12 + int(month[5:7]) - 1 - count
    return f"{total // 12:04d}-{total % 12 + 1:02d}"


def in_series(entries: Iterable[Entry], series: str) -> bool:
    """Tell whether one of some entries is of a series."""
    return any(entry.series == series for entry in entries)
