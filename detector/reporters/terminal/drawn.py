"""Value objects as rich prints them: `rich.print(report)`, or a shell that uses it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from rich.text import Text

from detector.model.corpus import Corpus
from detector.model.ledger import Ledger
from detector.model.match import Match
from detector.model.pairs import Pairs
from detector.model.report import Batch, Report
from detector.model.template import Library, Template
from detector.reporters import library_page, pairs_page
from detector.reporters.terminal import NARROWEST, WIDEST, page
from detector.reporters.terminal.look import Look
from detector.reporters.terminal.passages import passage
from detector.reporters.terminal.summary import ledger_lines
from detector.reporters.wording import corpus_size, library_size
from detector.text.scripts import first_text, language_of
from detector.text.visible import visible


def lines(of: object, width: int, *, colour: bool) -> Iterator[Text]:
    """Yield a value object line by line, none wider than `width` cells."""
    known = _DRAWN[type(of)]
    text = known.text(of)
    wide = min(max(width, NARROWEST), WIDEST)
    look = Look(language_of(text) if text else "zh", wide, colour)
    yield from known.lines(of, look)


class _Drawn(NamedTuple):
    """How a kind of object is drawn, and which text shows its language."""

    lines: Callable[[Any, Look], Iterable[Text]]
    text: Callable[[Any], str]


def _report(report: Report, look: Look) -> Iterable[Text]:
    return page.lines(Batch((report,)), look)


def _corpus(corpus: Corpus, look: Look) -> Iterable[Text]:
    said = f"{visible(corpus.path)} · {corpus_size(corpus, look.language)}"
    yield from look.fit(Text(said))
    for error in corpus.errors:
        yield from look.fit(Text(visible(error.in_language(look.language))), "  ")


def _pairs(pairs: Pairs, look: Look) -> Iterable[Text]:
    return map(Text, pairs_page.page(pairs, look.language).splitlines())


def _library(library: Library, look: Look) -> Iterable[Text]:
    yield from look.fit(Text(library_size(library, look.language)))
    yield from map(Text, library_page.template_lines(library, look.language))


def _template(template: Template, look: Look) -> Iterable[Text]:
    return look.fit(Text(f"{template.id}  {visible(template.text.strip())}"))


def _text_of_report(of: Report | Match) -> str:
    return of.draft.text


def _text_of_first(of: Corpus | Pairs) -> str:
    return first_text(of.documents)


_DRAWN: Mapping[type, _Drawn] = {
    Report: _Drawn(_report, _text_of_report),
    Batch: _Drawn(page.lines, lambda of: first_text(one.draft for one in of.reports)),
    Match: _Drawn(lambda match, look: passage([match], look), _text_of_report),
    Ledger: _Drawn(ledger_lines, lambda _: ""),
    Corpus: _Drawn(_corpus, _text_of_first),
    Pairs: _Drawn(_pairs, _text_of_first),
    Library: _Drawn(_library, lambda of: of.templates[0].text if of.templates else ""),
    Template: _Drawn(_template, lambda of: of.text),
}
