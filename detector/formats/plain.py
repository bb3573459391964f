"""Plain text: the text of the file as it is, and nothing else."""

from detector.formats.encodings import decode
from detector.formats.limits import ReadLimits
from detector.model.document import Document, Origin


def read(data: bytes, path: str, limits: ReadLimits) -> Document:
    """Return the decoded text, line ends included; its lines are its places.

    Raises
    ------
    EmptyFileError, BinaryFileError
        If it is no text.
    """
    del limits  # the size of the file bounds everything
    text, encoding, omissions = decode(data, path)
    origin = Origin(path, reader="txt", encoding=encoding)
    return Document(text, origin, omissions=tuple(omissions))
