"""Plain text: the text of the file as it is, and nothing else."""

from detector.formats.encodings import decode
from detector.formats.limits import ReadLimits
from detector.model.document import Document, Origin
from detector.text.sentences import paragraphs


def read(data: bytes, path: str, limits: ReadLimits) -> Document:
    """Return the decoded text, line ends included; its lines are its places.

    Raises
    ------
    EmptyFileError, BinaryFileError
        If it is no text.
    LimitError
        If it has too many lines.
    """
    text, encoding, omissions = decode(data, path)
    limits.check(path, "max_blocks", sum(1 for _ in paragraphs(text)))
    origin = Origin(path, reader="txt", encoding=encoding)
    return Document(text, origin, omissions=tuple(omissions))
