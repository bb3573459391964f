"""How large an input may be before a reader refuses it."""

from dataclasses import dataclass, fields

from detector.errors import LimitError, OptionError

MIB = 1 << 20
_LEAST = {"max_read_memory": 160 * MIB}
"""Below that the process could not even say that it has too little."""


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What the readers accept; anything beyond is a `LimitError`.

    A report of 500 pages stays far below every one of them. A file of 330 KB can
    unpack to gigabytes, so archives are judged by their directory, before unpacking.

    Attributes
    ----------
    max_file_bytes : int
        Size of a file, or of standard input.
    max_archive_entries : int
        Members of a zip archive.
    max_archive_bytes : int
        All members of an archive together, unpacked.
    max_member_bytes : int
        One member of an archive, unpacked.
    max_archive_ratio : int
        Unpacked by packed size of a member, for members above `ratio_from_bytes`.
    ratio_from_bytes : int
        Small members may compress as well as they like.
    max_elements : int
        Signs ``<`` in one member of an archive: beginnings and ends of elements.
    max_depth : int
        Elements of a page in each other, as far as their tags tell.
    max_attributes : int
        Attributes of one element of a page.
    max_blocks : int
        Paragraphs and cells, empty ones included; in Markdown lines with text.
    max_pages : int
        Pages of a PDF.
    max_characters : int
        Characters of the text layer of a PDF.
    max_read_seconds : float
        Time to read one file.
    max_read_memory : int
        Bytes that the process has that reads it; Linux sees to that.

    Raises
    ------
    OptionError
        If one of them is not above 0, or leaves the process that reads no memory.
    """

    max_file_bytes: int = 64 * MIB
    max_archive_entries: int = 5_000
    max_archive_bytes: int = 200 * MIB
    max_member_bytes: int = 64 * MIB
    max_archive_ratio: int = 200
    ratio_from_bytes: int = MIB
    max_elements: int = 4_000_000
    max_depth: int = 10_000
    max_attributes: int = 5_000
    max_blocks: int = 200_000
    max_pages: int = 5_000
    max_characters: int = 20_000_000
    max_read_seconds: float = 60.0
    max_read_memory: int = 1 << 30

    def __post_init__(self) -> None:
        for option in fields(self):
            value = getattr(self, option.name)
            least = _LEAST.get(option.name, 0)
            if not value > least:
                raise OptionError(name=option.name, value=value, allowed=f"> {least}")

    def check(self, path: str, limit: str, found: int) -> None:
        """Refuse `found` if it is beyond the limit of that name.

        Raises
        ------
        LimitError
            If it is.
        """
        allowed = int(getattr(self, limit))
        if found > allowed:
            raise LimitError(path=path, limit=limit, found=found, allowed=allowed)

    def memory_error(self, path: str) -> LimitError:
        """Return what to say of a file for which there was not enough memory."""
        most = self.max_read_memory
        return LimitError(
            path=path, limit="max_read_memory", found=f"> {most}", allowed=most
        )
