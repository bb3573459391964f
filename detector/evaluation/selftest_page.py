"""The outcome of a self-test, as a page for a person at a terminal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from detector.evaluation.selftest import Evasion, Figures, SelfTest
from detector.messages import Language, say
from detector.reporters.terminal.lines import pad, shorten

_Row = TypeVar("_Row", Figures, Evasion)

_NAME, _LONGEST_PATH = 22, 60
_WIDTHS: Mapping[str, int] = {
    "n": 5,
    "found": 7,
    "interval": 11,
    "plagdet": 9,
    "precision": 10,
    "recall": 8,
    "granularity": 7,
    "told": 7,
    "escaped": 9,
    "gain": 10,
}
"""Cells of each column, the gap before it included."""
_SHOWN: Mapping[str, Callable[[Figures], str]] = {
    "n": lambda row: str(row.found.total),
    "found": lambda row: f"{row.found.value:.0%}",
    "interval": lambda row: _interval(*row.found.interval),
    "plagdet": lambda row: f"{row.plagdet.score:.3f}",
    "precision": lambda row: f"{row.plagdet.precision:.2f}",
    "recall": lambda row: f"{row.plagdet.recall:.2f}",
    "granularity": lambda row: f"{row.plagdet.granularity:.2f}",
}
_OF_LENGTHS = ("n", "found", "interval")
_OF_DISGUISES: Mapping[str, Callable[[Evasion], str]] = {
    "n": lambda row: str(row.found.total),
    "found": lambda row: f"{row.found.value:.0%}",
    "told": lambda row: f"{row.told.value:.0%}",
    "escaped": lambda row: f"{row.escaped.value:.0%}",
    "gain": lambda row: f"{row.gain:+.1f}",
}


def page(outcome: SelfTest, language: Language) -> str:
    """Return the page; its tables are at most 80 cells wide."""
    return "\n".join(_lines(outcome, language)) + "\n"


def _lines(outcome: SelfTest, language: Language) -> Iterator[str]:
    corpus = outcome.corpus
    yield say(
        "T-title",
        language,
        path=shorten(corpus.path, _LONGEST_PATH),
        documents=len(corpus.documents),
        usable=outcome.usable,
    )
    yield say("T-planted", language, pairs=outcome.plan.pairs, seed=outcome.plan.seed)
    if outcome.kinds:
        yield ""
        yield from _table("kinds", outcome.kinds, _SHOWN, language)
        yield ""
        shown = {name: _SHOWN[name] for name in _OF_LENGTHS}
        yield from _table("lengths", outcome.lengths, shown, language)
    if outcome.disguises:
        yield ""
        yield from _table("disguises", outcome.disguises, _OF_DISGUISES, language)
    if outcome.clean:
        count, found = len(outcome.clean), sum(outcome.clean)
        yield ""
        yield say("T-clean", language, pairs=count, found=found, each=found / count)
    yield ""
    yield from say("T-notes", language).strip().split("\n")


def _table(
    title: str,
    rows: Sequence[_Row],
    columns: Mapping[str, Callable[[_Row], str]],
    language: Language,
) -> Iterator[str]:
    heads = [say(f"T-column-{column}", language) for column in columns]
    yield _line(say(f"T-{title}", language), tuple(columns), heads)
    for row in rows:
        # Of no passages at all, nothing but their number is known.
        cells = [
            shown(row) if row.found.total or column == "n" else "-"
            for column, shown in columns.items()
        ]
        name = row.name if title == "lengths" else say(f"T-kind-{row.name}", language)
        yield _line(name, tuple(columns), cells)


def _line(name: str, columns: Sequence[str], cells: Sequence[str]) -> str:
    padded = (
        pad(cell, _WIDTHS[column], right=True)
        for column, cell in zip(columns, cells, strict=True)
    )
    return pad(name, _NAME) + "".join(padded)


def _interval(low: float, high: float) -> str:
    return f"{100 * low:.0f}-{high:.0%}"
