"""Which files of a repository are documents, and which only look as if they were not.

A request may rename a report to what no reader is asked for, or put a link in its
place. What a gate does not read it has to refuse, or the gate is open.
"""

import io
import os
import re
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from detector.errors import (
    DetectorError,
    DisguisedFileError,
    LinkError,
    MissingFileError,
    ModuleError,
    PathTwinError,
    PointerError,
    UnknownFormatError,
    UnreadableFileError,
)
from detector.gate.git import LINK, MODULE, File
from detector.gate.patterns import composed

_WORDS = re.compile(
    r"\.(?:docm?|dot[xm]?|wp[st]|rtf|od[tm]|ott|pages|epub|ofd|hwp|eml|mht|mhtml)"
)
"""Suffixes of documents for which there is no reader."""
_NO_PROSE = re.compile(
    r"\.(?:pyi?|[mc]?[jt]s|[jt]sx|s?css|less|vue|jsonl?|ya?ml|toml|ini|cfg|conf|lock|xml"
    r"|xsd|xsl|svg|[ct]sv|pot?|(?:ba|z)?sh|ps1|bat|cmd|java|kt|[ch]|cc|[ch]pp|cs|go|rs|rb"
    r"|php|pl|lua|r|sql|ipynb|bib|proto|gradle|cmake|mk|j2|tmpl|tpl)"
)
"""Suffixes of code and data: Chinese in them is no report."""
_PACKED = re.compile(r"\.(?:xlsx|pptx|jar|whl|egg|vsdx)")
_TABLES = re.compile(r"\.(?:xls|ppt|msi|db)")
_AT_THE_TOP = re.compile("LICEN[SC]E|COPYING|NOTICE|AUTHORS|CODEOWNERS")
_POINTER = b"version https://git-lfs.github.com/spec/"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_LOOKED_AT = 1 << 20
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z]{2,}[ ,.;:\n]")
_FEWEST = 60
"""Chinese characters, or words, from which a text is a document."""


class Names:
    """Which names are those of documents.

    Parameters
    ----------
    suffixes : iterable of str
        Those that have a reader.
    """

    def __init__(self, suffixes: Iterable[str]) -> None:
        self._suffixes = frozenset(suffixes)

    def is_document(self, path: str) -> bool:
        """Tell whether a reader is asked for a file of this name."""
        return suffix_of(path) in self._suffixes

    def refused(self, top: Path, file: File, before: str = "") -> DetectorError | None:
        """Return why a file cannot be read as the document it is; None if it is none.

        Documents by name are fine here, but for links.

        Parameters
        ----------
        before : str
            The name it had.
        """
        path = file.path
        if file.mode == MODULE:
            return ModuleError(path=path)
        if file.mode == LINK or (top / path).is_symlink():
            return self._link(top, path)
        if self.is_document(path):
            return None
        suffix = suffix_of(path)
        if _WORDS.fullmatch(suffix):
            return UnknownFormatError(path=path, suffix=suffix, known=".docx")
        looks = suffix_of(before) if before and self.is_document(before) else ""
        looks = looks or self._looks(top / path, path)
        if not looks:
            return None
        return DisguisedFileError(path=path, suffix=suffix or "-", looks=looks)

    def _link(self, top: Path, path: str) -> DetectorError | None:
        try:
            target = (top / path).readlink().as_posix()
        except OSError:  # Windows has it as a file
            target = "?"
        inside = os.path.realpath(top / path).startswith(os.path.realpath(top) + os.sep)
        named = self.is_document(path) or self.is_document(target)
        return LinkError(path=path, target=target) if named or not inside else None

    def _looks(self, file: Path, path: str) -> str:
        """Return the suffix of the format that a file of another name has."""
        try:
            if not stat.S_ISREG(file.lstat().st_mode):
                return ""
            with file.open("rb") as opened:
                data = opened.read(_LOOKED_AT)
        except OSError:
            return ""
        return self._format(file, path, data)

    def _format(self, file: Path, path: str, data: bytes) -> str:
        suffix = suffix_of(path)
        if data.startswith(b"PK\x03\x04") and not _PACKED.fullmatch(suffix):
            return self._packed(file)
        if data.startswith(b"{\\rtf"):
            return ".rtf"
        if data.startswith(_OLE):
            return "" if _TABLES.fullmatch(suffix) else ".doc"
        if _NO_PROSE.fullmatch(suffix) or _AT_THE_TOP.fullmatch(path):
            return ".pdf" if data.startswith(b"%PDF-") else ""
        if b"%PDF-" in data[:1024]:
            return ".pdf"
        return ".txt" if is_prose(data) else ""

    def _packed(self, file: Path) -> str:
        from zipfile import BadZipFile, ZipFile

        try:
            with ZipFile(io.BytesIO(file.read_bytes())) as archive:
                names = archive.namelist()
        except (BadZipFile, ValueError, OSError):
            return ""
        if "word/document.xml" in names:
            return ".docx"
        if any(map(self.is_document, names)) or "content.xml" in names:
            return ".zip"
        return ""


def suffix_of(path: str) -> str:
    """Return the suffix of a name, in small letters."""
    return PurePosixPath(path).suffix.lower()


def is_prose(data: bytes) -> bool:
    """Tell whether bytes are a text that people wrote: mostly Chinese, or words."""
    text = _text(data)
    if "\0" in text:
        return False
    signs = sum(map(str.isalnum, text))
    if (han := len(_HAN.findall(text))) >= _FEWEST:
        return han * 2 > signs
    words = _WORD.findall(text)
    letters = sum(map(len, words)) - len(words)
    return len(words) >= _FEWEST and letters * 5 > signs * 4


def _text(data: bytes) -> str:
    """Decode what may be cut off within a character; nothing if it is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "ignore")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data[:-4].decode(encoding)
        except UnicodeDecodeError as error:
            if error.start >= len(data) - 8:
                return data[: error.start].decode(encoding)
    return ""


def read(top: Path, path: str, most: int) -> bytes:
    """Return the bytes of a document; never more than one more than `most`.

    Raises
    ------
    MissingFileError, UnreadableFileError, LinkError
        If there is none, or it is no regular file of the repository.
    PointerError
        If Git LFS has left a pointer in its place.
    """
    file = top / path
    try:
        folder = Path(os.path.realpath(file.parent))
        if not folder.is_relative_to(os.path.realpath(top)):
            raise LinkError(path=path, target=os.path.realpath(file))
        mode = file.lstat().st_mode
        if stat.S_ISLNK(mode):
            raise LinkError(path=path, target=file.readlink().as_posix())
        if not stat.S_ISREG(mode):
            raise UnreadableFileError(path=path, reason="not a regular file")
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except FileNotFoundError as error:
        raise MissingFileError(path=path) from error
    except OSError as error:
        raise UnreadableFileError(path=path, reason=error.strerror) from error
    if is_pointer(data):
        raise PointerError(path=path)
    return data


def is_pointer(data: bytes) -> bool:
    """Tell whether bytes are a pointer of Git LFS."""
    return data.startswith(_POINTER)


def twins(paths: Iterable[str], changed: frozenset[str]) -> Iterator[PathTwinError]:
    """Yield changed paths that elsewhere are one with another: in case, or in form."""
    groups: Mapping[str, list[str]] = defaultdict(list)
    for path in paths:
        groups[_folded(path)].append(path)
    for group in groups.values():
        for path in group if len(group) > 1 else ():
            if path in changed:
                other = next(one for one in group if one != path)
                yield PathTwinError(path=path, other=other)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", composed(path).casefold())
