"""How a document is called in a chart."""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from detector.model.document import Document


def names_of(documents: Sequence[Document]) -> tuple[str, ...]:
    """Return a name for each document: organisation, year and genre where they tell.

    Where two had the same name, or nothing is known, it is the file's, or the path.
    """
    named = list(map(_known, documents))
    for otherwise in (_file, _path):
        count = Counter(named)
        named = [
            name if name and count[name] == 1 else otherwise(document)
            for name, document in zip(named, documents, strict=True)
        ]
    return tuple(named)


def _file(document: Document) -> str:
    return PurePath(document.origin.path).name


def _path(document: Document) -> str:
    return document.origin.path


def _known(document: Document) -> str:
    origin = document.origin
    return " ".join(filter(None, (origin.organisation, origin.year, origin.genre)))
