"""The file with what has been accepted, and what of it is still there.

A line a finding, in JSON, sorted; the first line says what the file is. So a review
sees what a change of it accepts, and two branches merge.

    {"format": "detector/baseline/1"}
    {"path": "docs/总结.md", "rule": "COPY001", "text": "坚持以…",
     "fingerprint": "9f3c…", "clauses": "k3Fq… 0aZx…"}
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from detector.errors import (
    BaselineFileError,
    NoBaselineError,
    OutputError,
    Reason,
    os_reason,
)
from detector.files import write_whole
from detector.gate.wording import Clause

FORMAT = "detector/baseline/1"
_FIELDS = {"path", "rule", "text", "fingerprint", "clauses"}
TOLERATED = 30
"""Units of new wording from which a known finding is a new one."""
_LONGEST = 1 << 28


class Entry(NamedTuple):
    """A finding as it is remembered.

    Attributes
    ----------
    path : str
        From the top of the repository.
    rule : str
        Of the finding, or the code of an error.
    text : str
        How what it is about begins, for a person.
    fingerprint : str
        Of the finding.
    clauses : tuple of str
        Digests of what it is about.
    """

    path: str
    rule: str
    text: str
    fingerprint: str
    clauses: tuple[str, ...]


def read(data: bytes, path: str) -> list[Entry]:
    """Read a baseline.

    Raises
    ------
    BaselineFileError
        If it is none, of another version, or a line of it is no finding.
    """
    lines = data.decode("utf-8", "replace").splitlines()
    try:
        head = json.loads(lines[0]) if lines else None
    except (ValueError, RecursionError):
        head = None
    said = head.get("format") if isinstance(head, dict) else None
    if said != FORMAT:
        reason = f"{said or 'line 1'}: {FORMAT}"
        raise BaselineFileError(path=path, reason=reason)
    found = [_entry(line, path, n) for n, line in enumerate(lines[1:], 2) if line]
    return list(dict.fromkeys(found))


def read_file(path: Path, shown: str) -> list[Entry]:
    """Read the baseline at a path.

    Raises
    ------
    NoBaselineError
        If there is none.
    BaselineFileError
        As `read`, or if it is no regular file.
    """
    try:
        if path.exists() and not path.is_file():
            raise BaselineFileError(path=shown, reason=Reason("W-regular"))
        if path.stat().st_size > _LONGEST:
            raise BaselineFileError(path=shown, reason=Reason("W-bytes", most=_LONGEST))
        return read(path.read_bytes(), shown)
    except FileNotFoundError as error:
        raise NoBaselineError(path=shown) from error
    except OSError as error:
        raise BaselineFileError(path=shown, reason=os_reason(error)) from error


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Write a baseline: equal findings, equal bytes.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    lines = [json.dumps({"format": FORMAT})]
    for entry in sorted(set(entries)):
        fields: Mapping[str, Any] = entry._asdict()
        lines.append(_json({**fields, "clauses": " ".join(entry.clauses)}))
    text = "\n".join(lines) + "\n"
    if path.is_symlink():
        raise OutputError(path=str(path), reason=Reason("W-link"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(path=str(path), reason=os_reason(error)) from error
    write_whole(path, text.encode())


def _json(fields: Mapping[str, Any]) -> str:
    text = json.dumps(fields, ensure_ascii=False)
    # Names of files that are no UTF-8, and what would end the line for an editor.
    odd = {c for c in text if 0xD800 <= ord(c) < 0xE000 or not c.isprintable()}  # noqa: PLR2004
    return text.translate({ord(c): f"\\u{ord(c):04x}" for c in odd if ord(c) < 1 << 16})


def _entry(line: str, path: str, number: int) -> Entry:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        fields = None
    known = isinstance(fields, dict) and fields.keys() == _FIELDS
    if not known or not all(isinstance(one, str) for one in fields.values()):
        raise BaselineFileError(path=path, reason=Reason("W-line", number=number))
    return Entry(**{**fields, "clauses": tuple(fields["clauses"].split())})


def moved(entries: Iterable[Entry], names: Mapping[str, str]) -> list[Entry]:
    """Return entries under the names that their files have now.

    Parameters
    ----------
    names : mapping of str to str
        From the old path to the new one.
    """
    return [entry._replace(path=names.get(entry.path, entry.path)) for entry in entries]


class Accepted:
    """What is known, and how much of it has been met again.

    Parameters
    ----------
    *sides : iterable of Entry
        The same finding may be known from several sides: baseline, and base. It counts
        once.
    """

    def __init__(self, *sides: Iterable[Entry]) -> None:
        self._entries = [list(entries) for entries in sides]
        self._left: dict[tuple[str, str], Counter[str]] = {}
        for entries in self._entries:
            told: dict[tuple[str, str], Counter[str]] = {}
            for entry in entries:
                key = entry.path, entry.rule
                told.setdefault(key, Counter()).update(entry.clauses)
            for key, counts in told.items():
                self._left[key] = self._left.get(key, Counter()) | counts

    def take(self, path: str, rule: str, clauses: Sequence[Clause]) -> bool:
        """Tell whether a finding is known, and count it as met.

        It is, as long as less than half of it, and less than thirty units, are wording
        that no known finding of the rule has in this document.
        """
        left = self._left.get((path, rule))
        if not left or not clauses:
            return False
        wanted = Counter(clause.digest for clause in clauses)
        met = wanted & left
        missing = wanted - met
        sizes = {clause.digest: clause.units for clause in clauses}
        unknown = sum(sizes[name] * count for name, count in missing.items())
        whole = sum(clause.units for clause in clauses)
        if unknown >= TOLERATED or unknown * 2 >= whole:
            return False
        left.subtract(met)
        return True

    def gone(self) -> Iterator[Entry]:
        """Yield what was known and has not been met: half of it and more is left."""
        for entries in self._entries:
            for entry in entries:
                left = self._left[entry.path, entry.rule]
                still = Counter(entry.clauses) & left
                if still.total() * 2 >= max(len(entry.clauses), 1):
                    left.subtract(still)
                    yield entry
