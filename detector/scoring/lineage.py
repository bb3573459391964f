"""Which of two documents was first; that it is not known is an answer, too."""

import re
from collections.abc import Iterator, Sequence, Set

from detector.model.document import Document, Origin
from detector.model.pairs import Basis, Lineage
from detector.text.lexicon import jieba_words
from detector.text.provenance import ORGANISATION

_OFTEN = 2
"""Times that a name was exchanged from which what is left of it tells."""
_SHORTEST, _LONGEST = 2, 16
"""Characters of a name."""
TEMPLATE = Lineage(None, Basis.TEMPLATE)
UNKNOWN = Lineage(None, Basis.UNKNOWN)
"""What is mostly wording of several others comes from none of the two."""
_PLACES = "省市县区州盟旗镇乡村"
_NAME = re.compile(rf"[\w（）()]{{2,}}(?:{ORGANISATION}|[{_PLACES}])")
# What is about a time to come is of no year that it names.
_REPORT = re.compile("总结|报告|汇报|述职")
_PLAN = re.compile("规划|计划|方案|纲要|目标|要点|[—–~-](?:19|20)\\d{2}")


def lineage(
    documents: tuple[Document, Document],
    numbers: tuple[int, int],
    exchanged: Sequence[tuple[str, str, int]],
    left: Set[str],
) -> Lineage:
    """Return which document was first, and by what that is said.

    In this order. Years tell, where both are known and of reports of one genre. A name
    that was exchanged (甲县 → 乙县) and stands on both sides at another place is the
    one's whose name it is: it was left in the other.

    Parameters
    ----------
    exchanged : sequence of (str, str, int)
        Wordings of one and of the other document, and how often they were exchanged.
    left : set of str
        Those that stand on both sides at some place of what the two share.
    """
    origins = [document.origin for document in documents]
    years = [origin.year for origin in origins]
    if all(years) and years[0] != years[1] and _comparable(*origins):
        return Lineage(numbers[years[0] > years[1]], Basis.DATE)
    for ours, theirs, count in exchanged:
        if count < _OFTEN or ours in theirs or theirs in ours:
            continue
        names = ours, theirs
        if (ours in left) == (theirs in left) or not _are_names(names, documents):
            continue
        first = 0 if ours in left else 1
        if not _is_superior(names[first], documents[1 - first].text):
            return Lineage(numbers[first], Basis.RESIDUE, names[first])
    return UNKNOWN


def _comparable(one: Origin, other: Origin) -> bool:
    """Return whether the years of two documents are those they were written in."""
    if one.genre != other.genre:
        return False
    titles = [title for title in (one.title, other.title) if not _REPORT.search(title)]
    return not _PLAN.search(" ".join((one.genre, *titles)))


def _are_names(names: tuple[str, str], documents: tuple[Document, Document]) -> bool:
    """Return whether two wordings are names of one kind, of places or of the owners."""
    if not all(_SHORTEST <= len(name) <= _LONGEST for name in names):
        return False
    if all(name == one.origin.organisation for name, one in _each(names, documents)):
        return True
    if all(map(_NAME.fullmatch, names)):
        return True
    if not all(map(_may_be_a_place, names)):
        return False  # 城市 stands before 区, and 办理 before 乡
    return any(
        all(f"{name}{kind}" in one.text for name, one in _each(names, documents))
        for kind in _PLACES
    )


def _each(
    names: tuple[str, str], documents: tuple[Document, Document]
) -> Iterator[tuple[str, Document]]:
    return zip(names, documents, strict=True)


def _may_be_a_place(name: str) -> bool:
    entry = jieba_words().get(name)
    return entry is None or entry.tag in {"ns", "nr", "nrt", "nz"}


def _is_superior(name: str, text: str) -> bool:
    """Return whether a text names a place as its superior: 荆门市委."""
    return bool(re.search(rf"{re.escape(name)}[{_PLACES}]?(?:委|政府|人民政府)", text))
