"""Which of two documents was first; that it is not known is an answer, too."""

import re
from collections.abc import Sequence

from detector.model.document import Document
from detector.model.pairs import Basis, Lineage
from detector.text.provenance import ORGANISATION

_OFTEN = 2
"""Times that a name was exchanged from which what is left of it tells."""
_SHORTEST, _LONGEST = 2, 16
"""Characters of a name."""
_MOSTLY = 0.5
"""Share of what two documents have in common that many others have, too."""
_PLACES = "省市县区州盟旗镇乡村"
_NAME = re.compile(rf"[\w（）()]*(?:{ORGANISATION}|[{_PLACES}])")


def lineage(
    documents: tuple[Document, Document],
    numbers: tuple[int, int],
    exchanged: Sequence[tuple[str, str, int]],
    common: float,
) -> Lineage:
    """Return which document was first, and by what that is said.

    In this order. What is mostly wording of several others comes from none of the two.
    Years tell, where both are known. A name that was exchanged (甲县 → 乙县) and is
    left in one document only is the other one's.

    Parameters
    ----------
    exchanged : sequence of (str, str, int)
        Wordings of one and of the other document, and how often they were exchanged.
    common : float
        Share of what both have that several other organisations have, too, 0–1.
    """
    if common > _MOSTLY:
        return Lineage(None, Basis.TEMPLATE)
    years = [document.origin.year for document in documents]
    if all(years) and years[0] != years[1]:
        return Lineage(numbers[years[0] > years[1]], Basis.DATE)
    for *names, count in exchanged:
        known = zip(names, documents, strict=True)
        if count < _OFTEN or not all(_is_name(*one) for one in known):
            continue
        left = [names[0] in documents[1].text, names[1] in documents[0].text]
        if left[0] != left[1]:
            first = 0 if left[0] else 1
            return Lineage(numbers[first], Basis.RESIDUE, names[first])
    return Lineage(None, Basis.UNKNOWN)


def _is_name(wording: str, document: Document) -> bool:
    """Return whether a wording is a name: of a place, or of whose the document is."""
    if not _SHORTEST <= len(wording) <= _LONGEST:
        return False
    about = document.origin.organisation, document.origin.title
    if _NAME.fullmatch(wording) or any(wording in one for one in about):
        return True
    return any(f"{wording}{kind}" in document.text for kind in _PLACES)
