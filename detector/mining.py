"""From a corpus to its library of templates."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from detector.classification.set_phrases import SetPhrases
from detector.errors import TooFewHoldersError
from detector.executors.progress import quiet
from detector.formats.shipped import shipped_phrases
from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.model.template import Library, Phrase, Template
from detector.prepared import Prepared
from detector.scoring.matches import holder_of
from detector.templates.mining import mine as mine_texts
from detector.templates.phrases import MinedPhrase, mine_phrases
from detector.templates.review import carried_over, judged_phrases
from detector.templates.sentences import Text, sentences_of
from detector.templates.users import users

_PHRASES = 300
"""Phrases of a library, at the most: a person looks at them."""
_AS_COMMON, _MORE = 0.7, 2
"""Share of its users from which a longer phrase stands for a part of it, and characters
more that make no other phrase of a listed one."""
_FEWEST = 4
"""Organisations that use one, at least: with fewer its neighbours tell nothing."""
LEAST = 3
"""Organisations (documents, where none is known) that must use a template."""


def mine(
    corpus: Corpus,
    least: int = LEAST,
    before: Library | None = None,
    progress: Callable[[int, int], None] = quiet,
) -> Library:
    """Return the templates of a corpus, those that say most first.

    Parameters
    ----------
    least : int
        Organisations (documents, where none is known) that must use a template; at
        least 2.
    before : Library, optional
        What was mined earlier: ids, verdicts and notes are kept.

    Raises
    ------
    TooFewHoldersError
        If the corpus has fewer organisations than that.
    """
    documents = _once(corpus.documents)
    names = [holder_of(document) for document in documents]
    numbers = {name: at for at, name in enumerate(dict.fromkeys(names))}
    if len(numbers) < least:
        raise TooFewHoldersError(path=corpus.path, found=len(numbers), least=least)
    texts = []
    for count, (document, name) in enumerate(zip(documents, names, strict=True), 1):
        ready = Prepared(document)
        texts.append(
            Text(document.text, ready.units, ready.weighed.stems, numbers[name])
        )
        progress(count, len(documents))
    phrases = _phrases(texts, least)
    for at, text in enumerate(texts):
        texts[at] = text.with_whole_figures()  # one copy of a large corpus at a time
    mined = sorted(mine_texts(texts, least), key=lambda one: (-one.gain, one.text))
    found = [Template("", one.text, one.slots, gain=round(one.gain)) for one in mined]
    known = SetPhrases(shipped_phrases())
    used = users(found, texts, lambda text: known.mask(text.units))
    templates = [
        replace(
            template,
            organisations=len({texts[at].holder for at in having}),
            documents=len(having),
            years=_years([documents[at] for at in sorted(having)]),
        ).as_mined()
        for template, one, fitting in zip(found, mined, used, strict=True)
        # What was clustered are variants, too; what nothing fits would not be reported.
        if fitting and (having := fitting | set(one.documents))
    ]
    before = before or Library()
    kept = carried_over(templates, before)
    return replace(
        kept,
        organisations=len(numbers),
        documents=len(documents),
        phrases=judged_phrases(phrases, before.phrases),
    )


def _phrases(texts: Sequence[Text], least: int) -> list[Phrase]:
    """Return the phrases that most organisations use, and longer ones before."""
    found = sorted(
        mine_phrases(texts, sentences_of(texts), max(least, _FEWEST)),
        key=lambda one: (-one.holders * len(one.text), one.text),
    )
    chosen: list[MinedPhrase] = []
    for one in found:
        # Part of one that nearly as many use is no other one, nor what is a bit longer.
        if not any(_is_part(one, other) for other in chosen):
            chosen.append(one)
        if len(chosen) == _PHRASES:
            break
    return [Phrase(one.text, one.holders, one.documents) for one in chosen]


def _is_part(one: MinedPhrase, other: MinedPhrase) -> bool:
    """Return whether a phrase is part of another that is as common, or has it in it."""
    if one.text in other.text:
        return other.holders >= _AS_COMMON * one.holders
    return other.text in one.text and len(one.text) - len(other.text) <= _MORE


def _once(documents: Sequence[Document]) -> list[Document]:
    """Return the documents without the twins of one organisation."""
    return list({(one.id, holder_of(one)): one for one in documents}.values())


def _years(documents: Sequence[Document]) -> tuple[str, ...]:
    known = sorted({one.origin.year for one in documents} - {""})
    return (known[0], known[-1]) if known else ()
