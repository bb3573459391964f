"""What a file is, whatever it is called: a document, prose, or an archive of them."""

import bz2
import gzip
import io
import lzma
import re
import stat
import tarfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, Any, TypeAlias
from zipfile import BadZipFile, ZipFile, is_zipfile

WITHOUT_READER = re.compile(
    r"\.(?:docm?|dot[xm]?|wp[st]|rtf|od[tm]|ott|pages|epub|ofd|hwp|eml|mht|mhtml)"
)
"""Suffixes of documents for which there is no reader."""
_NO_PROSE = re.compile(
    r"\.(?:pyi?|[mc]?[jt]s|[jt]sx|s?css|less|vue|jsonl?|ya?ml|toml|ini|cfg|conf|lock|xml"
    r"|xsd|xsl|svg|[ct]sv|pot?|(?:ba|z)?sh|ps1|bat|cmd|java|kt|[ch]|cc|[ch]pp|cs|go|rs|rb"
    r"|php|pl|lua|r|sql|ipynb|bib|proto|gradle|cmake|mk|j2|tmpl|tpl)"
)
"""Suffixes of code and data: Chinese in them is no report, unless there is no more."""
_SHEETS = re.compile(r"\.(?:xls|ppt|msi|db)")
_ARCHIVES = re.compile(r"\.(?:zip|t?gz|tar|t?bz2|t?xz|7z|rar|zst)")
_OWN_USE = re.compile(r"\.(?:xlsx|pptx|vsdx|jar|whl|egg)")
"""Zip files with a use of their own."""
_SEALED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd")
"""7z, RAR and Zstandard, into which nothing here can look."""
_OPENERS: Mapping[bytes, Callable[[Path], Any]] = {
    b"\x1f\x8b\x08": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}
_SQUEEZED = tuple(_OPENERS)
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_FLAT_WORD, _HEAD = b'progid="Word.Document"', 1024
_AT_THE_TOP = re.compile("LICEN[SC]E|COPYING|NOTICE|AUTHORS|CODEOWNERS")
_LEGAL = re.compile(r"(?i)licen[sc]e|copyright|许可|版权|著作权")
_LOOKED_AT = 1 << 20
"""Bytes of a file by which its format is known."""
_PIECE = 1 << 13
_MOST_MEMBERS = 10_000
_MOST_UNPACKED = 1 << 30
"""Bytes of an archive that are looked through for its members: half a minute."""
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}+[ ,.;:\n]")
_FEWEST = 60
"""Chinese characters, or words, from which a text is a document."""
_HARDLY_ANY = 100
"""Characters among which one that is none is a slip."""
_MARKS = re.compile(r"[\u3000-\u303f\uff00-\uffef\s\u2014\u2018-\u201d\u20260-9]")
_LONG, _PLAIN = 200, 0.95
"""Characters, and share of them that is text, from which a file that is called like
code or data is a report."""
_BROKEN = (
    OSError,
    EOFError,
    ValueError,
    BadZipFile,
    tarfile.TarError,
    lzma.LZMAError,
    zlib.error,
)

IsDocument: TypeAlias = Callable[[str], bool]
"""Tells whether a reader is asked for files of a name."""


def suffix_of(path: str) -> str:
    """Return the suffix of a name, in small letters."""
    return PurePosixPath(path).suffix.lower()


def format_of(file: Path, path: str, is_document: IsDocument) -> str:
    """Return the suffix of the format of a document that has another name.

    Empty if it is none, or cannot be opened.

    Parameters
    ----------
    path : str
        Its name in the repository.
    """
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return ""
        with file.open("rb") as opened:
            data = opened.read(_LOOKED_AT)
            while data and not data.strip():  # empty lines in front
                data = opened.read(_LOOKED_AT)
    except OSError:
        return ""
    found = ""
    with suppress(*_BROKEN):  # what only begins like an archive may be a text
        found = _archive(file, path, data, is_document)
    return found or _document(path, data)


def _archive(file: Path, path: str, data: bytes, is_document: IsDocument) -> str:
    """Return the suffix of an archive of documents, of one, or of what is packed so."""
    if data.startswith(_SEALED):
        return ".7z"
    if data.startswith(b"PK\x03\x04") or is_zipfile(file):  # whatever is in front
        return _zipped(file, path, is_document)
    opener = next(
        (one for sign, one in _OPENERS.items() if data.startswith(sign)), None
    )
    if opener is None:
        if not _is_tar(data):
            return ""
        with tarfile.open(file) as archive:
            return _listed(archive, is_document)
    return _squeezed(file, opener, is_document)


def _squeezed(
    file: Path, opener: Callable[[Path], Any], is_document: IsDocument
) -> str:
    """Return the suffix of what is packed: an archive, a text, or what is packed."""
    with opener(file) as opened:
        inside = _beginning(opened)
    if not _is_tar(inside):
        found = inside.startswith(_SQUEEZED) or _document("", inside)
        return ".gz" if found else ""
    try:
        with opener(file) as opened, _streamed(opened) as archive:
            return _listed(archive, is_document)
    except _TooMuchError:
        return ".tar"


def _beginning(opened: Any) -> bytes:  # noqa: ANN401 - what unpacks
    """Return how a file begins, as far as it can be unpacked."""
    pieces: list[bytes] = []
    with suppress(*_BROKEN):  # what is damaged at its end may be read up to there
        while len(pieces) < _LOOKED_AT // _PIECE and (piece := opened.read1(_PIECE)):
            pieces.append(piece)
    return b"".join(pieces)


def _zipped(file: Path, path: str, is_document: IsDocument) -> str:
    with ZipFile(file) as archive:
        names = archive.namelist()
    if "word/document.xml" in names:
        return ".docx"
    if "content.xml" in names:
        return ".odt"
    if _OWN_USE.fullmatch(suffix_of(path)):
        return ""
    return ".zip" if _holds(names, is_document) else ""


class _Bounded(io.RawIOBase):
    """What can be read of a file; a little of a file may unpack to terabytes."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened, self._left = opened, _MOST_UNPACKED

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes.

        Raises
        ------
        _TooMuchError
            After a gigabyte.
        """
        self._left -= size
        if self._left < 0:
            raise _TooMuchError
        return self._opened.read(size)


def _is_tar(data: bytes) -> bool:
    """Tell by its checksum whether bytes begin with the header of a tar archive."""
    try:
        tarfile.TarInfo.frombuf(data[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def _streamed(opened: IO[bytes]) -> tarfile.TarFile:
    return tarfile.open(fileobj=_Bounded(opened), mode="r|")


class _TooMuchError(Exception):
    """An archive goes on for longer than anybody looks."""


def _listed(archive: tarfile.TarFile, is_document: IsDocument) -> str:
    """Return the suffix of a tar archive if it holds documents."""
    members = (one.name for one in islice(archive, _MOST_MEMBERS))
    return ".tar" if _holds(members, is_document) else ""


def _holds(names: Iterable[str], is_document: IsDocument) -> bool:
    """Tell whether an archive of these members holds documents, or archives."""
    return any(
        is_document(name)
        or WITHOUT_READER.fullmatch(suffix_of(name))
        or _ARCHIVES.fullmatch(suffix_of(name))
        for name in names
    )


def _document(path: str, data: bytes) -> str:
    suffix = suffix_of(path)
    code = bool(_NO_PROSE.fullmatch(suffix))
    if _FLAT_WORD in data[:_HEAD]:
        return ".doc"
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(_OLE):
        plain = _SHEETS.fullmatch(suffix) and _WORD_STREAM not in data
        return "" if plain else ".doc"
    if b"%PDF-" in data[: 5 if code else _HEAD]:
        return ".pdf"
    if _AT_THE_TOP.fullmatch(path) and _LEGAL.search(_text(data)):
        return ""
    found = is_prose(data) and (not code or _is_nothing_else(data))
    return ".txt" if found else ""


def is_prose(data: bytes) -> bool:
    """Tell whether bytes are a text that people wrote: mostly Chinese, or words."""
    text = _text(data)
    if text.count("\0") * _HARDLY_ANY > len(text):
        return False
    signs = sum(map(str.isalnum, text))
    if (han := len(_HAN.findall(text))) >= _FEWEST:
        return han * 2 > signs
    words = _WORD.findall(text)
    letters = sum(map(len, words)) - len(words)
    return len(words) >= _FEWEST and letters * 5 > signs * 4


def _is_nothing_else(data: bytes) -> bool:
    """Tell whether prose has nothing in it that a program would read."""
    text = _text(data)
    if len(text) < _LONG:
        return False
    chinese = len(_HAN.findall(text)) + len(_MARKS.findall(text))
    words = re.sub(r"[^A-Za-z ,.'\n-]", "", text)
    return max(chinese, len(words)) > len(text) * _PLAIN


def _text(data: bytes) -> str:
    """Decode what may be cut off, or have an odd byte; nothing if it is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "ignore")
    if wide := _without_mark(data):
        return data[: len(data) & -2].decode(wide, "ignore")
    for encoding in ("utf-8", "gb18030", "big5"):
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") * _HARDLY_ANY <= len(text):
            return text
    return ""


def _without_mark(data: bytes) -> str:
    """Return the byte order of UTF-16 without a mark: half of its line ends are NUL."""
    for codec, line_end in (("utf-16-le", b"\n\0"), ("utf-16-be", b"\0\n")):
        if line_end in data and b"\0\0" not in data:
            return codec
    return ""
