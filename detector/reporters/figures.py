"""Numbers that are rounded and still add up."""

from collections.abc import Sequence

from detector.model.ledger import SHOWN, Ledger
from detector.model.match import Label

DIGITS = 6
"""Decimals of a float in a file: finer than any figure means, coarser than noise."""

NEED_CORPUS = frozenset({Label.COPIED, Label.BOILERPLATE})
"""Columns that are empty by nature when there was nothing to compare with."""


def apportion(values: Sequence[float], total: int, least: int = 0) -> list[int]:
    """Return whole numbers in proportion to `values` that add up to `total`.

    By largest remainder; equal remainders go to the first.

    Parameters
    ----------
    least : int
        What a value above 0 gets at least, as long as `total` allows it.

    >>> apportion([0.4, 0.4, 2.2], 3)
    [1, 0, 2]
    """
    whole = sum(values)
    if not whole:
        return [0] * len(values)
    exact = [value * total / whole for value in values]
    parts = [max(int(e), least if e > 0 else 0) for e in exact]
    while (missing := total - sum(parts)) > 0:
        at = max(range(len(parts)), key=lambda i: exact[i] - parts[i])
        parts[at] += min(missing, 1)
    while sum(parts) > total:
        parts[max(reversed(range(len(parts))), key=parts.__getitem__)] -= 1
    return parts


def whole_columns(ledger: Ledger) -> dict[Label, int]:
    """Return the columns of `ledger` in whole characters, which add up to counted."""
    values = apportion([ledger[label] for label in SHOWN], ledger.counted)
    return dict(zip(SHOWN, values, strict=True))


def rounded_columns(ledger: Ledger) -> dict[str, float]:
    """Return the columns of `ledger` to 6 digits, which add up to counted.

    `copied` is rounded and `boilerplate` takes what is left, so that no digit is lost.
    """
    whole = ledger.cited + ledger.set_phrase + ledger.self_repeat + ledger.own
    copied = round(ledger.copied, DIGITS)
    rest = max(round(ledger.counted - whole - copied, DIGITS), 0.0)
    return {
        "cited": ledger.cited,
        "set_phrase": ledger.set_phrase,
        "boilerplate": rest,
        "copied": copied,
        "self_repeat": ledger.self_repeat,
        "own": ledger.own,
    }
