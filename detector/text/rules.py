"""The normalization: which rules, in which order, and how they are followed quickly.

White space and punctuation stay: what counts as a character is decided by `units`.

Most rules replace a character whatever stands beside it, and all do in most texts: what
a character becomes is then read from an array. Marks say which characters a rule reads
together with others. A text that holds one goes through that rule itself.
"""

from collections.abc import Sequence
from functools import cache

from detector.text.folding import Folding
from detector.text.folds import (
    drop_invisible,
    fold_case,
    fold_compatible,
    fold_look_alikes,
    has_look_alike,
    has_traditional,
    may_join_previous,
    simplify,
    to_simplified,
)
from detector.text.normalized import NormalizedText, Rule, edited

DEFAULT_RULES: tuple[Rule, ...] = (
    drop_invisible,
    fold_compatible,
    fold_look_alikes,
    simplify,
    fold_case,
)

_OF_ANNOTATION = "\ufffa\ufffb"
_JOINS, _LOOK_ALIKE, _TRADITIONAL = 1, 2, 4


def normalize(raw: str, rules: Sequence[Rule] = DEFAULT_RULES) -> NormalizedText:
    """Return `raw` after `rules`, with the way back to every raw character.

    Takes O(n) time: with the default rules 10 to 30 ns a character, and 100 if one of
    them may compose with the one before it.
    """
    if rules is DEFAULT_RULES:
        return _quickly(raw)
    return follow(NormalizedText.unchanged(raw), rules)


def follow(text: NormalizedText, rules: Sequence[Rule]) -> NormalizedText:
    """Return `text` after `rules`, one after the other, each over the whole text."""
    for rule in rules:
        text = text.apply(rule)
    return text


@cache
def _foldings() -> tuple[Folding, Folding, Folding]:
    """Return all rules, the first two and the last, for characters of their own."""
    compatible = (drop_invisible, fold_compatible)
    whole = Folding((*compatible, fold_case), _marks)
    return whole, Folding(compatible), Folding((fold_case,))


def _quickly(raw: str) -> NormalizedText:
    """Return what `follow` returns for the default rules."""
    text = NormalizedText.unchanged(raw)
    whole, compatible, case = _foldings()
    marks = whole.marks(text)
    if not marks:
        return whole.fold(text)
    if marks & _JOINS:
        text = follow(text, (drop_invisible, fold_compatible))
        marks = whole.marks(text)
    else:
        text = compatible.fold(text)
    if marks & _LOOK_ALIKE:
        text = text.apply(fold_look_alikes)
    if marks & _TRADITIONAL:
        simplified = to_simplified(text.text)
        text = NormalizedText(raw, simplified, text.starts, text.ends)
    return case.fold(text)


def _marks(char: str) -> int:
    """Return for which rules the text around `char` matters."""
    visible = edited(char, drop_invisible(char))
    folded = edited(visible, fold_compatible(visible))
    joins = visible and may_join_previous(visible)
    marks = _JOINS if joins or char in _OF_ANNOTATION else 0
    if has_look_alike(folded):
        marks |= _LOOK_ALIKE
    if has_traditional(folded):
        marks |= _TRADITIONAL
    return marks
