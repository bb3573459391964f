"""What a rule is told about a place."""

from collections.abc import Mapping
from typing import NamedTuple

from detector.model.span import Span


class Trace(NamedTuple):
    """Something that does not belong where it stands.

    Attributes
    ----------
    code : str
        Code of `detector.messages` that words the facts.
    """

    span: Span
    code: str
    facts: Mapping[str, object]


def apart(traces: list[Trace]) -> tuple[Trace, ...]:
    """Return traces in order; of those that overlap, the first and longest."""
    kept: list[Trace] = []
    for one in sorted(traces, key=lambda trace: (trace.span.start, -trace.span.end)):
        if not kept or one.span.start >= kept[-1].span.end:
            kept.append(one)
    return tuple(kept)
