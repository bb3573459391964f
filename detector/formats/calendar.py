"""Calendars: TOML tables of meetings, documents and plans with their months."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from detector.errors import ConfigFileError, MissingFileError, reason_of
from detector.formats.shipped import shipped_folder
from detector.traces.calendar import Calendar, Entry, Kind

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\Z")
_TEXTS = ("since", "until", "series", "by")


@lru_cache(maxsize=4)
def load_calendar(files: tuple[str, ...] = ()) -> Calendar:
    """Return the shipped calendar with the entries of `files` added.

    Raises
    ------
    MissingFileError
        If one of them is not there.
    ConfigFileError
        If it cannot be read, or has something that is no entry.
    """
    shipped = shipped_folder() / "calendar" / "calendar.toml"
    entries = [entry for path in (shipped, *map(Path, files)) for entry in _read(path)]
    return Calendar(tuple(entries))


def _read(path: Path) -> Iterator[Entry]:
    try:
        tables: Mapping[str, Any] = tomllib.loads(path.read_text("utf-8-sig"))
        yield from _entries(tables)
    except FileNotFoundError as error:
        raise MissingFileError(path=str(path)) from error
    except (OSError, ValueError) as error:
        raise ConfigFileError(path=str(path), reason=reason_of(error)) from error


def _entries(tables: Mapping[str, Any]) -> Iterator[Entry]:
    for name, rows in tables.items():
        if name not in set(Kind):
            raise ValueError(f"[[{name}]] ≠ {', '.join(f'[[{one}]]' for one in Kind)}")
        kind = Kind(name)
        if not isinstance(rows, list):
            raise ValueError(f"[[{name}]]")  # noqa: TRY004 - one error for a bad file
        for row in rows:
            yield _entry(kind, row)


def _entry(kind: Kind, row: Mapping[str, Any]) -> Entry:
    names = row.get("names")
    unknown = set(row) - {"names", *_TEXTS}
    if (
        unknown
        or not isinstance(names, list)
        or not names
        or not all(map(_is_name, names))
    ):
        odd = "".join(f" {key} ?" for key in sorted(unknown))
        raise ValueError(f'[[{kind}]] names = ["…"]{odd}')
    texts: Sequence[Any] = [row.get(key, "") for key in _TEXTS]
    months = [text for text in texts[:2] if text != ""]
    needed = texts[0] if kind is Kind.MEETING else months
    right = all(isinstance(text, str) for text in texts) and all(
        map(_MONTH.match, months)
    )
    if right and len(months) > 1 and months[1] < months[0]:
        raise ValueError(
            f"[[{kind}]] {names[0]}: until {months[1]} < since {months[0]}"
        )
    if not right or not needed:
        raise ValueError(f'[[{kind}]] {names[0]}: since, until = "2024-07"')
    return Entry(kind, tuple(names), *texts)


def _is_name(name: object) -> bool:
    return isinstance(name, str) and len(name) > 1
