"""SUBS001: residue of find and replace, 社区村振兴 ← 乡村振兴."""

from collections.abc import Iterator
from dataclasses import replace

from detector.model.finding import Finding, Level
from detector.rules._common import examples, finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject
from detector.text.provenance import without_organ
from detector.traces.replacement import MODERATE, find_residue


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each word that was replaced by another, with all places."""
    del options
    if not subject.background:
        return
    for residue in find_residue(
        subject.text,
        subject.surprisal,
        subject.own_names,
        (subject.owner, without_organ(subject.owner)),
    ):
        each = tuple((place.said, place.meant) for place in residue.places)
        first = residue.places[0].span
        sure = max(place.bits for place in residue.places) >= MODERATE
        stated = finding(
            subject.report,
            "SUBS001",
            Level.ERROR if sure else Level.WARNING,
            first,
            old=residue.old,
            new=residue.new,
            count=len(residue.places),
            each=each,
            examples=examples(each),
            bits=sum(place.bits for place in residue.places),
        )
        yield replace(stated, places=tuple(place.span for place in residue.places))
