"""How a document is called in a chart."""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from detector.model.document import Document


def names_of(documents: Sequence[Document]) -> tuple[str, ...]:
    """Return a name for each document: organisation, year and genre where they tell.

    Where two had the same name, or nothing is known, it is the file's.
    """
    named = [_known(document) for document in documents]
    count = Counter(named)
    return tuple(
        name if name and count[name] == 1 else PurePath(document.origin.path).name
        for name, document in zip(named, documents, strict=True)
    )


def _known(document: Document) -> str:
    origin = document.origin
    return " ".join(filter(None, (origin.organisation, origin.year, origin.genre)))
