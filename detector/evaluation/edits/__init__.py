"""What is done to a copied passage, in one explicit table."""

from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple, TypeAlias

from detector.evaluation.edits import names, order, signs, synonyms, words
from detector.evaluation.edits.material import Material

Change: TypeAlias = Callable[[str, Material, Random], str | None]
"""Return a passage edited, or None where it gives no hold for this edit."""


class Edit(NamedTuple):
    """A kind of edit.

    Attributes
    ----------
    change : Change
    chinese_only : bool
        Whether documents of other languages are passed over.
    last_resort : Change, optional
        What is done where no passage gives a hold for `change`.
    """

    change: Change
    chinese_only: bool = False
    last_resort: Change | None = None


def _verbatim(passage: str, material: Material, rng: Random) -> str:
    return passage


def _heavy(passage: str, material: Material, rng: Random) -> str | None:
    """Change names and figures, half the synonyms and a fifth of the words; reorder."""
    changed = names.renamed(passage, material, rng) or passage
    if material.chinese:
        changed = synonyms.replaced(changed, material, rng, share=0.5)
    changed = words.edited(changed, material, rng, share=0.2) or changed
    return order.clauses_reordered(changed, material, rng)


EDITS: Mapping[str, Edit] = {
    "verbatim": Edit(_verbatim),
    "width": Edit(signs.width_changed),
    "traditional": Edit(signs.traditional, chinese_only=True),
    "names": Edit(names.renamed),
    "words_05": Edit(words.edit_of(0.05)),
    "words_10": Edit(words.edit_of(0.10)),
    "words_20": Edit(words.edit_of(0.20)),
    "words_30": Edit(words.edit_of(0.30)),
    "words_40": Edit(words.edit_of(0.40)),
    "characters_20": Edit(words.characters_edited, chinese_only=True),
    "synonyms_half": Edit(
        synonyms.edit_of(0.5),
        chinese_only=True,
        last_resort=synonyms.rephrasing_of(0.5),
    ),
    "synonyms_all": Edit(
        synonyms.edit_of(1.0),
        chinese_only=True,
        last_resort=synonyms.rephrasing_of(1.0),
    ),
    "reordered": Edit(order.reordered),
    "interleaved": Edit(order.interleaved),
    "heavy": Edit(_heavy),
}
