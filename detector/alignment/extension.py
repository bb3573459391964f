"""From a chain to an alignment: gaps filled, ends extended and trimmed.

The runs of a chain are certain; between them, and for some units beyond them, an edit
script says what happened. Both ends are then placed where they earn most, so that no
match begins or ends with a stretch that is not shared.
"""

from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from detector.alignment.chaining import Chain
from detector.errors import OptionError
from detector.model.alignment import Change


class Step(NamedTuple):
    """A stretch of an edit script, in units: ``a[a0:a1]`` against ``b[b0:b1]``."""

    change: Change
    a0: int
    a1: int
    b0: int
    b1: int

    @property
    def width(self) -> int:
        """Columns it takes: the longer side."""
        return max(self.a1 - self.a0, self.b1 - self.b0)


@dataclass(frozen=True, slots=True)
class ExtensionOptions:
    """How far beyond its certain runs a match may reach.

    Attributes
    ----------
    window : int
        Units beyond the last certain run that are looked at.
    gain : float
        What a stretch at an end must earn to belong to the match: its equal units less
        `mismatch` for each unit that differs.
    mismatch : float
        Cost of a unit that differs.
    """

    window: int = 24
    gain: float = 1.5
    mismatch: float = 0.75

    def __post_init__(self) -> None:
        for name in ("window", "gain", "mismatch"):
            if getattr(self, name) < 0:
                raise OptionError(name=name, value=getattr(self, name), allowed=">= 0")


def extend(
    a: str,
    b: str,
    chain: Chain,
    limits: tuple[int, int, int, int],
    options: ExtensionOptions,
) -> tuple[Step, ...]:
    """Return the steps from the first to the last equal unit around `chain`.

    Parameters
    ----------
    a, b : str
        The units of draft and source, one character each.
    limits : (a_low, a_high, b_low, b_high)
        What lies outside of these belongs to others.
    """
    a_low, a_high, b_low, b_high = limits
    a0, b0, _ = chain[0]
    before = min(options.window, a0 - a_low), min(options.window, b0 - b_low)
    head = _script(a, b, (a0 - before[0], a0, b0 - before[1], b0))
    last_a, last_b = chain[-1][0] + chain[-1][2], chain[-1][1] + chain[-1][2]
    after = min(options.window, a_high - last_a), min(options.window, b_high - last_b)
    tail = _script(a, b, (last_a, last_a + after[0], last_b, last_b + after[1]))
    steps = _merged([*head, *_inside(a, b, chain), *tail])
    return _trimmed(steps, options)


def _inside(a: str, b: str, chain: Chain) -> list[Step]:
    steps: list[Step] = []
    for first, second, length in chain:
        if steps:
            gap = (steps[-1].a1, first, steps[-1].b1, second)
            steps += _script(a, b, gap)
        steps.append(Step("equal", first, first + length, second, second + length))
    return steps


def _script(a: str, b: str, window: tuple[int, int, int, int]) -> list[Step]:
    a0, a1, b0, b1 = window
    return [
        Step(
            _CHANGES[op.tag],
            a0 + op.dest_start,
            a0 + op.dest_end,
            b0 + op.src_start,
            b0 + op.src_end,
        )
        for op in Levenshtein.opcodes(b[b0:b1], a[a0:a1])
    ]


_CHANGES: dict[str, Change] = {
    "equal": "equal",
    "replace": "replace",
    "insert": "insert",
    "delete": "delete",
}


def _merged(steps: list[Step]) -> list[Step]:
    """Join neighbours that are both equal, or both not."""
    merged: list[Step] = []
    for step in steps:
        if merged and (merged[-1].change == "equal") == (step.change == "equal"):
            last = merged[-1]
            joined = Step("equal", last.a0, step.a1, last.b0, step.b1)
            merged[-1] = joined._replace(change=_kind(joined, step.change == "equal"))
        else:
            merged.append(step)
    return merged


def _kind(step: Step, equal: bool) -> Change:
    if equal:
        return "equal"
    if step.a0 == step.a1:
        return "delete"
    return "insert" if step.b0 == step.b1 else "replace"


def _trimmed(steps: list[Step], options: ExtensionOptions) -> tuple[Step, ...]:
    """Cut both ends back to where every stretch beyond would earn too little."""
    forward = steps[: _best_end(steps, options)]
    backward = forward[::-1]
    return tuple(backward[: _best_end(backward, options)][::-1])


def _best_end(steps: list[Step], options: ExtensionOptions) -> int:
    """Return how many steps to keep, so that the last is equal and pays for itself."""
    longest = max(
        range(len(steps)),
        key=lambda at: (steps[at].change == "equal") * steps[at].width,
    )
    best, earned = longest + 1, 0.0
    for at in range(longest + 1, len(steps)):
        if steps[at].change != "equal":
            earned -= options.mismatch * _costly(steps[at])
            continue
        earned += steps[at].width
        if earned >= options.gain:
            best, earned = at + 1, 0.0
    return best


def _costly(step: Step) -> float:
    """Weigh a change: what stands on one side only costs a third."""
    both = min(step.a1 - step.a0, step.b1 - step.b0)
    return both + (step.width - both) / 3
