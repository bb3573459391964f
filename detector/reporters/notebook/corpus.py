"""A corpus and its pairs in a notebook."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from detector.messages import Language, say
from detector.model.corpus import Corpus
from detector.model.pairs import Pair, Pairs
from detector.reporters.notebook.parts import box, line, table
from detector.reporters.wording import corpus_size, lineage, pairs_found
from detector.text.scripts import first_text, language_of
from detector.text.visible import percent, visible

if TYPE_CHECKING:
    from markupsafe import Markup

_ORGANISATIONS, _PAIRS, _CLUSTERS, _ERRORS = 20, 10, 10, 10
"""What is shown of each; `frame()` has all."""


def corpus_html(corpus: Corpus) -> "Markup":
    """Return how much a corpus has of whom and of which years."""
    language = language_of(first_text(corpus.documents))
    head = line(visible(corpus.path), corpus_size(corpus, language))
    failed = [
        line("✗", visible(error.in_language(language)))
        for error in corpus.errors[:_ERRORS]
    ]
    return box(head, _by_year(corpus, language), *failed)


def _by_year(corpus: Corpus, language: Language) -> "Markup | str":
    """Return a table of how many documents each organisation has of each year."""
    count = Counter((d.origin.organisation, d.origin.year) for d in corpus.documents)
    if not any(name for name, _ in count):
        return ""
    owned = Counter(d.origin.organisation for d in corpus.documents)
    names = sorted(owned, key=lambda name: (-owned[name], name))
    years = sorted({year for _, year in count})
    rows: list[list[Markup | str]] = [
        [
            visible(name) or say("N-unknown", language),
            *(f"{count[name, year] or ''}" for year in years),
        ]
        for name in names[:_ORGANISATIONS]
    ]
    if (more := len(names) - _ORGANISATIONS) > 0:
        rows.append([say("N-more", language, n=more)])
    unknown = say("N-unknown", language)
    head = [say("N-organisation", language), *(visible(y) or unknown for y in years)]
    return table(head, rows)


def pairs_html(pairs: Pairs) -> "Markup":
    """Return how many documents share passages, the clusters and the first pairs."""
    language = language_of(first_text(pairs.documents))
    parts = [line(pairs_found(pairs, language)), *_clusters(pairs, language)]
    if pairs.pairs:
        head = [say(f"N-{name}", language) for name in ("pair", "shares", "first")]
        rows = [_row(pairs, pair, language) for pair in pairs.pairs[:_PAIRS]]
        parts.append(table(head, rows))
    if (more := len(pairs.pairs) - _PAIRS) > 0:
        parts.append(line("", say("N-more", language, n=more)))
    return box(*parts)


def _row(pairs: Pairs, pair: Pair, language: Language) -> list["Markup | str"]:
    from markupsafe import Markup

    paths = (visible(pairs.documents[at].origin.path) for at in pair[:2])
    return [
        Markup("{}<br>{}").format(*paths),
        " · ".join(map(percent, pair.shares)),
        lineage(pair, language),
    ]


def _clusters(pairs: Pairs, language: Language) -> Iterator["Markup"]:
    for number, cluster in enumerate(pairs.clusters[:_CLUSTERS], 1):
        size, least = len(cluster.documents), cluster.least
        head = say("P-cluster", language, number=number, documents=size, least=least)
        shown = cluster.documents[:_PAIRS]
        paths = [
            ("● " if at == cluster.medoid else "○ ")
            + visible(pairs.documents[at].origin.path)
            for at in shown
        ]
        if more := size - len(shown):
            paths.append(say("N-more", language, n=more))
        yield line(head, " ".join(paths))
