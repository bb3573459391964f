"""Zip archives from anybody, judged by their directory before anything is unpacked."""

import io
from itertools import pairwise
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, ZipInfo

from detector.errors import DamagedFileError, EncryptedFileError, LimitError, Reason
from detector.formats.docx_xml import keep_shown
from detector.formats.limits import ReadLimits

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENCRYPTED = 1
_LOCAL_HEADER = 30


class Archive:
    """The XML members of a zip file.

    Raises
    ------
    DamagedFileError
        If it is no zip archive, or its members overlap.
    EncryptedFileError, LimitError
        If a member needs a password, or the directory declares too much.
    """

    def __init__(self, data: bytes, path: str, limits: ReadLimits) -> None:
        self._path, self._limits = path, limits
        self._unpacked = 0
        try:
            self._zip = ZipFile(io.BytesIO(data))
        except (BadZipFile, ValueError, OSError) as error:
            reason = "not a zip archive"
            raise DamagedFileError(path=path, reason=reason) from error
        members = self._zip.infolist()
        _check_sizes(members, path, limits)
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise EncryptedFileError(path=path)
        if len({member.filename for member in members}) < len(members):
            raise DamagedFileError(path=path, reason=Reason("W-members"))
        if _overlap(members, self._zip.start_dir):
            raise DamagedFileError(path=path, reason=Reason("W-overlap"))

    def xml(self, name: str) -> "_Element | None":
        """Return the root of a member, without resolving anything; None if missing.

        Of alternatives it has those that are shown.

        Raises
        ------
        DamagedFileError
            If it cannot be unpacked or parsed.
        LimitError
            If it has too many elements, or the same is asked for again and again.
        """
        from lxml.etree import XMLParser, XMLSyntaxError, fromstring

        parser = XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            data = self._zip.read(name)
            self._unpacked += len(data)
            self._limits.check(self._path, "max_archive_bytes", self._unpacked)
            self._limits.check(self._path, "max_elements", data.count(b"<"))
            return keep_shown(fromstring(data, parser))
        except KeyError:
            return None
        except (BadZipFile, EOFError, NotImplementedError, XMLSyntaxError) as error:
            reason = f"{name}: {type(error).__name__}"
            raise DamagedFileError(path=self._path, reason=reason) from error


def _check_sizes(members: list[ZipInfo], path: str, limits: ReadLimits) -> None:
    limits.check(path, "max_archive_entries", len(members))
    limits.check(path, "max_archive_bytes", sum(m.file_size for m in members))
    for member in members:
        limits.check(path, "max_member_bytes", member.file_size)
        ratio = member.file_size // (member.compress_size or 1)
        allowed = limits.max_archive_ratio
        if member.file_size > limits.ratio_from_bytes and ratio > allowed:
            raise LimitError(
                path=path, limit="max_archive_ratio", found=ratio, allowed=allowed
            )


def _overlap(members: list[ZipInfo], directory: int) -> bool:
    """Tell whether two members share bytes, which no writer does by accident."""
    ends = [
        (m.header_offset, m.header_offset + _LOCAL_HEADER + m.compress_size)
        for m in members
    ]
    ends.append((directory, directory))
    return any(first[1] > second[0] for first, second in pairwise(sorted(ends)))
