"""From aligned passages to matches with their credit, and to labels that add up."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.model.alignment import Alignment
from detector.model.document import Document
from detector.model.match import (
    CARRIED_OVER,
    COMMON_WORDING,
    ISSUED,
    Label,
    Match,
    MatchKind,
    Passage,
)
from detector.scoring.commonness import copied_share
from detector.scoring.labels import UnitLabels
from detector.text.units import Units

REASONS = {
    Label.CITED: "C201",
    Label.COPIED: "C202",
    Label.BOILERPLATE: "C203",
    Label.SELF_REPEAT: "C204",
}


_NONE = np.zeros(0, dtype=np.intp)
_MOST = 0.5


class Held(NamedTuple):
    """A passage of the draft that a document holds, too.

    Attributes
    ----------
    evidence : float
        Bits that it says.
    common : bool
        Whether it says too little to be copied, being wording that several share.
    issued : bool
        Whether the document was given as issued: what follows it is cited.
    young : bool
        Whether the document has it from the request that the draft is in, too.
    gone : bool
        Whether the document is no more.
    """

    document: Document
    alignment: Alignment
    kind: MatchKind
    evidence: float = 0.0
    common: bool = False
    issued: bool = False
    young: bool = False
    gone: bool = False


class Draft(NamedTuple):
    """A draft and what is known of its n units.

    Attributes
    ----------
    cited, set_phrase : bool arrays of shape (n,)
    holders, before : int64 arrays of shape (n,)
        Organisations that are known to write the same, besides those of the passages;
        and those of them that did before the request that the draft is in.
    fitting : float array of shape (n,)
        Share of each unit that counts as copied, 0–1, by how many use the template
        whose fixed wording it is; infinite for what no template has.
    """

    document: Document
    units: Units
    cited: NDArray[np.bool_]
    set_phrase: NDArray[np.bool_]
    holders: NDArray[np.int64]
    before: NDArray[np.int64]
    fitting: NDArray[np.float64]


class Scores(NamedTuple):
    """What was found, weighed.

    Attributes
    ----------
    matches : tuple of Match
        In the order of the draft.
    labels : UnitLabels
        Those of its n units.
    held : int64 array of shape (n,)
        Documents that hold each unit in a passage.
    """

    matches: tuple[Match, ...]
    labels: UnitLabels
    held: NDArray[np.int64]


class Commonness(NamedTuple):
    """How common each of the n units of a draft is.

    Attributes
    ----------
    holders : int64 array of shape (n,)
        Organisations, other than the draft's own, that hold it.
    weight : float64 array of shape (n,)
        Share of it that counts as copied, 0–1.
    """

    holders: NDArray[np.int64]
    weight: NDArray[np.float64]


def score(
    draft: Draft, held: Sequence[Held], repeats: Sequence[Held], common: Commonness
) -> Scores:
    """Weigh what was found, credit each unit once, and label all units.

    Where several sources hold a unit, the one whose passage weighs most is credited;
    of equals the older document, then the one whose path comes first. What a request
    brings along has no credit that something else could have, and makes nothing common
    that stood elsewhere before.

    Parameters
    ----------
    held : sequence of Held
        Passages found in other documents.
    repeats : sequence of Held
        Passages that stand in the draft earlier, too.
    common : Commonness
        Of the units of the draft.
    """
    holders, weight = common
    shared = [_equal_units(draft.units, passage) for passage in held]
    of_issued = [
        units for passage, units in zip(held, shared, strict=True) if passage.issued
    ]
    again = [_equal_units(draft.units, passage) for passage in repeats]
    size = len(draft.units)
    documents = [f"{one.document.id} {one.document.origin.path}" for one in held]
    labels = UnitLabels(
        cited=draft.cited | _union(size, of_issued),
        found=_union(size, shared) | np.isfinite(draft.fitting),
        repeated=_union(size, again),
        set_phrase=draft.set_phrase,
        weight=weight,
    )
    matches = [
        *_matches(draft, held, shared, labels, holders),
        *_matches(draft, repeats, again, labels, None),
    ]
    matches.sort(key=lambda m: (m.draft.span, -m.credit, m.source.document.id))
    numbered = (replace(match, id=f"m{n}") for n, match in enumerate(matches, 1))
    return Scores(tuple(numbered), labels, _count(documents, shared, size))


def commonness(draft: Draft, held: Sequence[Held], among: int) -> Commonness:
    """Return how common the units of a draft are; parts of passages leave it as it is.

    Parameters
    ----------
    held : sequence of Held
        Passages found in other documents.
    among : int
        M: organisations (documents, where none is known) other than the draft's own.
    """
    shared = [_equal_units(draft.units, passage) for passage in held]
    holders = _holders(draft, held, shared)
    says_more = [
        units for passage, units in zip(held, shared, strict=True) if not passage.common
    ]
    # What only a template has comes from no source that could be named.
    weight = np.minimum(copied_share(holders, among), draft.fitting)
    return Commonness(holders, weight * _union(len(draft.units), says_more))


def _holders(
    draft: Draft, held: Sequence[Held], shared: Sequence[NDArray[np.intp]]
) -> NDArray[np.int64]:
    """Count for each unit the organisations, other than the draft's, that hold it."""
    holders = np.maximum(_holding(draft, held, shared), draft.holders)
    if not any(passage.young for passage in held):
        return holders
    old = [at for at, passage in enumerate(held) if not passage.young]
    stood = _holding(draft, [held[at] for at in old], [shared[at] for at in old])
    return np.where(stood > 0, np.maximum(stood, draft.before), holders)


def _holding(
    draft: Draft, held: Sequence[Held], shared: Sequence[NDArray[np.intp]]
) -> NDArray[np.int64]:
    """Count whose some passages are: now, or before the documents that are gone went.

    One document may be in both, with other words or under another name.
    """
    counts = []
    for gone in (False, True):
        chosen = [at for at, passage in enumerate(held) if passage.gone is gone]
        owners = [holder_of(held[at].document) for at in chosen]
        units = [shared[at] for at in chosen]
        own = draft.document.origin.organisation
        counts.append(_count(owners, units, len(draft.units), without=own))
    return np.maximum(*counts)


def holder_of(document: Document) -> str:
    """Return whose a document is: its organisation or, if unknown, itself."""
    return document.origin.organisation or document.id


def _equal_units(units: Units, passage: Held) -> NDArray[np.intp]:
    runs = units.within_each(passage.alignment.equal_spans())
    return np.concatenate([_NONE, *(np.arange(one.start, one.stop) for one in runs)])


def _union(length: int, passages: Sequence[NDArray[np.intp]]) -> NDArray[np.bool_]:
    inside = np.zeros(length, dtype=np.bool_)
    for units in passages:
        inside[units] = True
    return inside


def _count(
    names: Sequence[str],
    shared: Sequence[NDArray[np.intp]],
    size: int,
    without: str | None = None,
) -> NDArray[np.int64]:
    """Count for each unit the different names, but one, of the passages it is in."""
    by_name: dict[str, list[NDArray[np.intp]]] = {}
    for name, units in zip(names, shared, strict=True):
        by_name.setdefault(name, []).append(units)
    by_name.pop(without or "", None)
    count = np.zeros(size, dtype=np.int64)
    for passages in by_name.values():
        count += _union(size, passages)
    return count


def _matches(
    draft: Draft,
    passages: Sequence[Held],
    shared: Sequence[NDArray[np.intp]],
    labels: UnitLabels,
    holders: NDArray[np.int64] | None,
) -> Iterator[Match]:
    """Yield a match for each passage; without `holders` they are repeats."""
    taken = labels.cited.copy() if holders is not None else labels.cited | labels.found
    by_issue = labels.cited & ~draft.cited  # whoever else has it, too
    weights = labels.weight if holders is not None else np.ones(len(draft.units))
    for at in _best_first(passages, [weights[units].sum() for units in shared]):
        passage, units = passages[at], shared[at]
        credit = int((~taken[units]).sum())
        taken[units] = True
        repeat = holders is None and not labels.cited[units].mean() > _MOST
        label = Label.SELF_REPEAT if repeat else labels.main_label(units)
        yield Match(
            id="",
            draft=Passage(draft.document, passage.alignment.draft),
            source=Passage(passage.document, passage.alignment.source),
            alignment=passage.alignment,
            kind=passage.kind,
            label=label,
            weight=float(weights[units].mean()),
            credit=credit,
            organisations=0 if holders is None else int(np.median(holders[units])),
            reason=ISSUED
            if label is Label.CITED and by_issue[units].mean() > _MOST
            else _reason(label, draft.document, passage),
            evidence=passage.evidence,
        )


def _reason(label: Label, draft: Document, passage: Held) -> str:
    own = draft.origin.organisation
    if label is Label.COPIED and own and own == passage.document.origin.organisation:
        return CARRIED_OVER
    if passage.issued:
        return ISSUED
    if label is Label.BOILERPLATE and passage.common:
        return COMMON_WORDING
    return REASONS[label]


def _best_first(passages: Sequence[Held], weights: Sequence[float]) -> list[int]:
    def rank(at: int) -> tuple[bool, float, int, str, str, int]:
        origin, young = passages[at].document.origin, passages[at].young
        equal = passages[at].alignment.equal
        return young, -weights[at], -equal, origin.year or "9999", origin.path, at

    return sorted(range(len(passages)), key=rank)
