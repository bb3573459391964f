"""What a person said of templates, carried over to those that are mined again."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from detector.kernels.rolling import kgram_hashes
from detector.model.template import Library, Phrase, PhraseVerdict, Template
from detector.text.rules import normalize
from detector.text.units import count_units

_SAME = 0.5
"""Share of the wording of two templates, in trigrams, that makes them one."""
_NUMBER = re.compile(r"T-(\d{1,9})")
_FREQUENT = 200
"""Templates with a trigram from which it tells nothing about which of them it is."""
_SUPPORT = ("organisations", "documents", "years", "gain")
_WIDTH = 3


def carried_over(mined: Sequence[Template], before: Library) -> Library:
    """Return the templates with the ids, verdicts and notes they had before.

    One that a person judged, edited or wrote keeps the wording that person saw. Those
    that were not found again stay at the end, as they are.

    Parameters
    ----------
    mined : sequence of Template
        In the order in which new ones are numbered; they have no ids yet.
    """
    old = {one.id: one for one in before.templates}
    partner = _partners(mined, before.templates)
    matches = map(_NUMBER.fullmatch, old)
    last = max([before.last, *(int(match[1]) for match in matches if match)])
    found = []
    for at, one in enumerate(mined):
        known = old.get(partner.get(at, ""))
        if known is None:
            last += 1
            found.append(replace(one, id=f"T-{last:03d}"))
        elif known.is_judged:
            support = {name: getattr(one, name) for name in _SUPPORT}
            found.append(replace(known, **support))
        else:
            found.append(replace(one, id=known.id))
    # What a person worded so is not listed again beside it.
    worded = {one.text for one in found if one.is_judged}
    found = [one for one in found if one.is_judged or one.text not in worded]
    taken = set(partner.values())
    lost = (one for one in before.templates if one.id not in taken and one.is_judged)
    return Library((*found, *lost), last=last)


def judged_phrases(
    mined: Sequence[Phrase], before: Sequence[Phrase]
) -> tuple[Phrase, ...]:
    """Return the phrases with the verdicts they had before, and lost ones with one."""
    old = {_wording(one.text): one for one in before}
    found = []
    for one in mined:
        known = old.pop(_wording(one.text), None)
        found.append(replace(one, verdict=known.verdict) if known else one)
    lost = (one for one in old.values() if one.verdict is not PhraseVerdict.NONE)
    return (*found, *lost)


def _wording(text: str) -> bytes:
    return count_units(normalize(text)).codes.tobytes()


def _partners(mined: Sequence[Template], old: Sequence[Template]) -> dict[int, str]:
    """Return which old template each new one is, most alike first, each once."""
    holders: dict[int, list[int]] = defaultdict(list)
    sizes, edited = [], []
    for at, one in enumerate(old):
        edited.append(one.is_judged)
        grams = _grams(one)
        sizes.append(len(grams))
        for gram in grams:
            holders[gram].append(at)
    same = {one.text: at for at, one in enumerate(old)}
    alike = [
        (-1.0, at, same[one.text]) for at, one in enumerate(mined) if one.text in same
    ]
    for at, one in enumerate(mined):
        if one.text in same:
            continue
        grams = _grams(one)
        of_few = (holders[gram] for gram in grams if len(holders[gram]) <= _FREQUENT)
        shared = Counter(other for others in of_few for other in others)
        for other, count in shared.items():
            smaller = min(len(grams), sizes[other])
            either = len(grams) + sizes[other] - count
            # Who edits a template mostly makes it shorter.
            alike.append((-count / (smaller if edited[other] else either), at, other))
    found: dict[int, str] = {}
    taken: set[int] = set()
    for distance, at, other in sorted(alike):
        if -distance >= _SAME and at not in found and other not in taken:
            found[at] = old[other].id
            taken.add(other)
    return found


def _grams(template: Template) -> set[int]:
    codes = count_units(normalize(template.with_slots("\n", "\n"))).codes
    return set(kgram_hashes(codes, min(_WIDTH, max(len(codes), 1))).tolist())
