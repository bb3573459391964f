"""What an index consists of: one small file, replaced as a whole.

A change writes its files first, then puts a new manifest in the place of the old one.
Whoever is stopped before that has changed nothing; whoever reads has the old state or
the new one.
"""

import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from detector.errors import (
    DamagedIndexError,
    DetectorError,
    IndexVersionError,
    NoIndexError,
    UnreadableFileError,
    os_reason,
)
from detector.fingerprints.seeds import EVERY, OF_CHARACTERS, OF_WORDS, TEXT_RULES
from detector.store.container import Written

NAME = "manifest.json"
NEW = "manifest.json.new"
FORMAT = "detector/index/2"
_OURS, _BEGINNING = b'"detector/index/', 100
"""By what a manifest is known from other files of its name, in so many bytes."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment on disk.

    Attributes
    ----------
    name : str
        Its files are ``<name>.<kind>``.
    documents, units, characters : int
    files : mapping of kind to Written
    """

    name: str
    documents: int
    units: int
    characters: int
    files: Mapping[str, Written]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of an index.

    Attributes
    ----------
    generation : int
        Changes so far; it numbers the files.
    parts : tuple of Part
    names : tuple of str
        Organisations; documents name them by their place here.
    digest : str
        Of all texts and whose they are, in any order: equal corpora, equal digests.
    key : str
        `Key.check` of the secret by which the index is hidden, if it holds no text.
    """

    generation: int = 0
    parts: tuple[Part, ...] = ()
    names: tuple[str, ...] = ()
    digest: str = "0" * 64
    key: str = ""

    @property
    def every(self) -> int:
        """One seed of characters in so many is kept: all, where there is no text."""
        return 1 if self.key else EVERY

    @property
    def documents(self) -> int:
        """Documents of all parts."""
        return sum(part.documents for part in self.parts)

    def changed(self, **facts: Any) -> "Manifest":  # noqa: ANN401
        """Return the next state."""
        return replace(self, generation=self.generation + 1, **facts)


def read_manifest(folder: Path) -> Manifest:
    """Return the state of the index in `folder`.

    Raises
    ------
    NoIndexError
        If there is none.
    DamagedIndexError, IndexVersionError
        If it is not as we wrote it, or another version did.
    """
    try:
        data = json.loads(_read(folder))
    except (ValueError, RecursionError) as error:
        raise DamagedIndexError(path=str(folder), reason=NAME) from error
    if not isinstance(data, dict) or "format" not in data:
        raise _none_in(folder)
    if (data["format"], data.get("settings")) != (FORMAT, _settings(data.get("key"))):
        raise IndexVersionError(path=str(folder), found=data["format"], known=FORMAT)
    if data.pop("sha256", None) != _digest(data):
        raise DamagedIndexError(path=str(folder), reason=NAME)
    try:
        return _manifest(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedIndexError(path=str(folder), reason=NAME) from error


def is_index(folder: Path) -> bool:
    """Return whether a folder is an index, be it one that has lost its manifest."""
    try:
        if (folder / NAME).is_file():
            with (folder / NAME).open("rb") as file:
                if _OURS in file.read(_BEGINNING):
                    return True
    except OSError:
        pass
    return _has_parts(folder)


def _read(folder: Path) -> bytes:
    try:
        if (folder / NAME).is_file():
            return (folder / NAME).read_bytes()
    except OSError as error:
        raise UnreadableFileError(path=str(folder), reason=os_reason(error)) from error
    raise _none_in(folder)


def _has_parts(folder: Path) -> bool:
    try:
        return any(folder.glob("*.seeds"))
    except OSError:
        return False


def _none_in(folder: Path) -> DetectorError:
    """Return what to say where there is no manifest."""
    if _has_parts(folder):
        return DamagedIndexError(path=str(folder), reason=NAME)
    return NoIndexError(path=str(folder))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put `manifest` in place of the one before, and wait until it is on the disk."""
    data = {"format": FORMAT, "settings": _settings(manifest.key)} | asdict(manifest)
    data["unicode"] = unicodedata.unidata_version
    for part in data["parts"]:
        part["files"] = {kind: list(file) for kind, file in part["files"].items()}
    data["sha256"] = _digest(data)
    new = folder / NEW
    sync_folder(folder)  # the names of new files before the one that names them
    with new.open("wb") as file:
        file.write(json.dumps(data, indent=1).encode())
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / NAME)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Wait until the names in `folder` are on the disk, where the system can say so."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _manifest(data: Mapping[str, Any]) -> Manifest:
    parts = [
        Part(
            name=_plain(part["name"]),
            documents=int(part["documents"]),
            units=int(part["units"]),
            characters=int(part["characters"]),
            files={
                _plain(kind): Written(int(size), str(digest), int(modified))
                for kind, (size, digest, modified) in part["files"].items()
            },
        )
        for part in data["parts"]
    ]
    return Manifest(
        generation=int(data["generation"]),
        parts=tuple(parts),
        names=tuple(map(str, data["names"])),
        digest=str(data["digest"]),
        key=str(data["key"]),
    )


def _settings(key: object) -> Mapping[str, Any]:
    """Return what decides which seeds a text has: others cannot be asked for."""
    every = 1 if key else EVERY
    return {"seeds": [OF_CHARACTERS, OF_WORDS, every], "text_rules": TEXT_RULES}


def _digest(data: Mapping[str, Any]) -> str:
    """Return SHA-256 of all that a manifest says."""
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _plain(name: str) -> str:
    """Return `name`; it must not lead out of the folder."""
    if not name.replace("-", "").isalnum():
        raise ValueError
    return name
