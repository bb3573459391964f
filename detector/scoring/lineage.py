"""Which of two documents was first; that it is not known is an answer, too."""

import re
from collections.abc import Sequence, Set

from detector.model.document import Document, Origin
from detector.model.pairs import Basis, Lineage
from detector.text.provenance import ORGANISATION

_OFTEN = 2
"""Times that a name was exchanged from which what is left of it tells."""
_SHORTEST, _LONGEST = 2, 16
"""Characters of a name."""
_MOSTLY = 0.5
"""Share of what two documents have in common that many others have, too."""
_PLACES = "省市县区州盟旗镇乡村"
_NAME = re.compile(rf"[\w（）()]{{2,}}(?:{ORGANISATION}|[{_PLACES}])")
# What is about a time to come is of no year that it names.
_PLAN = re.compile("规划|计划|方案|纲要|目标|要点|[—–~-](?:19|20)\\d{2}")


def lineage(
    documents: tuple[Document, Document],
    numbers: tuple[int, int],
    exchanged: Sequence[tuple[str, str, int]],
    left: Set[str],
    common: float,
) -> Lineage:
    """Return which document was first, and by what that is said.

    In this order. What is mostly wording of several others comes from none of the two.
    Years tell, where both are known and of reports of one genre. A name that was
    exchanged (甲县 → 乙县) and stands on both sides at another place is the one's whose
    name it is: it was left in the other.

    Parameters
    ----------
    exchanged : sequence of (str, str, int)
        Wordings of one and of the other document, and how often they were exchanged.
    left : set of str
        Those that stand on both sides at some place of what the two share.
    common : float
        Share of what both have that several other organisations have, too, 0–1.
    """
    if common > _MOSTLY:
        return Lineage(None, Basis.TEMPLATE)
    origins = [document.origin for document in documents]
    years = [origin.year for origin in origins]
    if all(years) and years[0] != years[1] and _comparable(*origins):
        return Lineage(numbers[years[0] > years[1]], Basis.DATE)
    for ours, theirs, count in exchanged:
        if count < _OFTEN or ours in theirs or theirs in ours:
            continue
        both = (ours, documents[0]), (theirs, documents[1])
        if (ours in left) != (theirs in left) and all(_is_name(*one) for one in both):
            first = 0 if ours in left else 1
            return Lineage(numbers[first], Basis.RESIDUE, both[first][0])
    return Lineage(None, Basis.UNKNOWN)


def _comparable(one: Origin, other: Origin) -> bool:
    """Return whether the years of two documents are those they were written in."""
    if one.genre != other.genre:
        return False
    about = f"{one.genre} {one.title} {other.title}"
    return not _PLAN.search(about)


def _is_name(wording: str, document: Document) -> bool:
    """Return whether a wording is a name: of a place, or of whose the document is."""
    if not _SHORTEST <= len(wording) <= _LONGEST:
        return False
    if _NAME.fullmatch(wording) or wording in document.origin.organisation:
        return True
    return any(f"{wording}{kind}" in document.text for kind in _PLACES)
