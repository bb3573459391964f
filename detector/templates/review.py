"""What a person said of templates, carried over to those that are mined again."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detector.model.template import Library, Template, Verdict
from detector.text.rules import normalize
from detector.text.units import count_units

_SAME = 0.5
"""Share of the wording of two templates, in trigrams, that makes them one."""
_NUMBER = re.compile(r"T-(\d+)")
_WIDTH = 3


def carried_over(mined: Sequence[Template], before: Library) -> tuple[Template, ...]:
    """Return the templates with the ids, verdicts and notes they had before.

    One that a person judged keeps the wording that person saw. Judged ones that were
    not found again stay, at the end, with no organisation.

    Parameters
    ----------
    mined : sequence of Template
        In the order in which new ones are numbered; their ids are not looked at.
    """
    old = {one.id: one for one in before.templates}
    partner = _partners(mined, before.templates)
    taken = set(partner.values())
    fresh = _numbers(old)
    found = []
    for at, one in enumerate(mined):
        known = old.get(partner.get(at, ""))
        if known is None:
            found.append(replace(one, id=next(fresh)))
        elif _is_judged(known):
            support = {
                name: getattr(one, name)
                for name in ("organisations", "documents", "years", "gain")
            }
            found.append(replace(known, **support))
        else:
            found.append(replace(one, id=known.id))
    lost = (one for one in before.templates if one.id not in taken and _is_judged(one))
    return (*found, *(replace(one, organisations=0, documents=0) for one in lost))


def _is_judged(template: Template) -> bool:
    return template.verdict is not Verdict.NONE or bool(template.note)


def _numbers(known: Sequence[str] | dict[str, Template]) -> Iterator[str]:
    """Yield ids that nothing has had."""
    matches = map(_NUMBER.fullmatch, known)
    last = max((int(match[1]) for match in matches if match), default=0)
    while True:
        last += 1
        yield f"T-{last:03d}"


def _partners(mined: Sequence[Template], old: Sequence[Template]) -> dict[int, str]:
    """Return which old template each new one is, most alike first, each once."""
    holders: dict[str, list[int]] = defaultdict(list)
    sizes = []
    for at, one in enumerate(old):
        grams = _grams(one)
        sizes.append(len(grams))
        for gram in grams:
            holders[gram].append(at)
    alike = []
    for at, one in enumerate(mined):
        grams = _grams(one)
        shared = Counter(other for gram in grams for other in holders.get(gram, ()))
        alike += [
            (-count / (len(grams) + sizes[other] - count), at, other)
            for other, count in shared.items()
        ]
    found: dict[int, str] = {}
    taken: set[int] = set()
    for distance, at, other in sorted(alike):
        if -distance >= _SAME and at not in found and other not in taken:
            found[at] = old[other].id
            taken.add(other)
    return found


def _grams(template: Template) -> set[str]:
    text = count_units(normalize(template.with_slots("\n", "\n"))).text
    return {text[at : at + _WIDTH] for at in range(max(len(text) - _WIDTH + 1, 1))}
