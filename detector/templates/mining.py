"""Which templates a corpus has."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from detector.model.template import Slot
from detector.templates.chains import chains
from detector.templates.clusters import clustered
from detector.templates.induction import Induced, Induction
from detector.templates.sentences import Text, sentences_of
from detector.templates.votes import backbones


class Mined(NamedTuple):
    """A template, and in which documents it stands.

    Attributes
    ----------
    text : str
    slots : tuple of Slot
    gain : float
        Bits that it saves.
    holders : int
        Those of the rarest of its sentences.
    documents : tuple of int
        Numbers of the texts that have the rarest of its sentences.
    """

    text: str
    slots: tuple[Slot, ...]
    gain: float
    holders: int
    documents: tuple[int, ...]


def mine(texts: Sequence[Text], least: int) -> Iterator[Mined]:
    """Yield the templates of a corpus that at least so many holders use.

    Sentences are clustered; what most holders of a cluster have is fixed, the rest is
    slots; sentences that follow each other are one template.

    Parameters
    ----------
    texts : sequence of Text
        With whole figures.
    least : int
    """
    sentences = sentences_of(texts)
    if not len(sentences.starts):
        return
    clusters = clustered(sentences, least)
    found = backbones(sentences, clusters, least)
    induction = Induction(texts, sentences, clusters)
    induced: list[Induced] = []
    number = np.full(int(clusters.of_variant.max(initial=-1)) + 1, -1)
    support = []
    for at, cluster in enumerate(found.clusters.tolist()):
        if template := induction.template(found, at):
            number[cluster] = len(induced)
            induced.append(template)
            support.append(int(found.holders[at]))
    of_sentence = number[clusters.of_sentence]
    fits = np.flatnonzero(of_sentence >= 0)
    fits = fits[np.argsort(of_sentence[fits], kind="stable")]
    cuts = np.searchsorted(of_sentence[fits], np.arange(len(induced) + 1))
    for chain in chains(sentences, of_sentence, np.array(support, dtype=np.int64)):
        rows = [fits[cuts[one] : cuts[one + 1]] for one in chain]
        fewest = min(rows, key=lambda some: len(np.unique(sentences.holders[some])))
        yield Mined(
            "".join(induced[one].text for one in chain),
            tuple(slot for one in chain for slot in induced[one].slots),
            sum(induced[one].gain for one in chain),
            len(np.unique(sentences.holders[fewest])),
            tuple(np.unique(sentences.documents[fewest]).tolist()),
        )
