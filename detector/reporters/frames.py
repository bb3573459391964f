"""Tables of pandas: a row for each match, document, pair or template."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias

from detector.errors import MissingExtraError, OptionError
from detector.model.corpus import Corpus
from detector.model.ledger import SHOWN, Ledger
from detector.model.match import Match
from detector.model.pairs import Pairs
from detector.model.report import Batch, Report
from detector.model.template import Library, Slot, Template
from detector.reporters.figures import DIGITS, whole_columns
from detector.reporters.grouping import count_levels
from detector.reporters.json_report import as_dict, scores_as_dict
from detector.reporters.pairs_json import pair_as_dict
from detector.text.scripts import language_of

if TYPE_CHECKING:
    from pandas import DataFrame

_Row: TypeAlias = Mapping[str, Any]
_SCORES = (
    "originality",
    "adequacy",
    "attributable_overlap",
    "boilerplate_share",
    "self_repetition",
    "specificity",
)
_Table: TypeAlias = Callable[[Any], Iterable[_Row]]


def frame(of: object, table: str = "") -> "DataFrame":
    """Return a table of a report, a corpus, its pairs or templates.

    Parameters
    ----------
    table : str
        One of `TABLES`; by default the first of what is asked. The columns of a report
        are the fields of its JSON; those of `source` and `ledger` are prefixed.

    Raises
    ------
    OptionError
        If there is no such table.
    MissingExtraError
        If pandas is not installed.
    """
    tables = TABLES[type(of)]
    name = chosen(tables, table)
    made = as_frame(tables[name](of))
    if made.empty and isinstance(of, Report):
        return made.reindex(columns=_columns(name))
    return made


def chosen(tables: Collection[str], table: str) -> str:
    """Return the name of a table, by default that of the first.

    Raises
    ------
    OptionError
        If there is no such table.
    """
    name = table or next(iter(tables))
    if name not in tables:
        raise OptionError(name="table", value=table, allowed=", ".join(tables))
    return name


def as_frame(rows: Iterable[_Row]) -> "DataFrame":
    """Return rows as a table, what is inside of a field as fields of its own.

    Raises
    ------
    MissingExtraError
        If pandas is not installed.
    """
    try:
        from pandas import DataFrame
    except ModuleNotFoundError as error:
        raise MissingExtraError(name="pandas", extra="notebook") from error
    return DataFrame([_flat(row) for row in rows])


def _flat(row: _Row) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}_{key}": one for key, one in value.items()}
        else:
            flat[name] = value
    return flat


def _columns(table: str) -> list[str]:
    """Return the columns of a table of a report without a row, by its schema."""
    file = files("detector.reporters").joinpath("report.schema.json")
    known = json.loads(file.read_text("utf-8"))["$defs"]
    rows = known["report"]["properties"][table]["items"]
    return list(_fields(rows, known))


def _fields(of: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    of = known[of["$ref"].rsplit("/", 1)[-1]] if "$ref" in of else of
    for name, field in of["properties"].items():
        if "$ref" in field or field.get("type") == "object":
            yield from (f"{name}_{inner}" for inner in _fields(field, known))
        else:
            yield name


def _of_report(name: str) -> _Table:
    def rows(report: Report) -> Sequence[_Row]:
        language = language_of(report.draft.text)
        table: Sequence[_Row] = as_dict(Batch((report,)), language)["reports"][0][name]
        return table

    return rows


def _reports(batch: Batch) -> Iterable[_Row]:
    for report in batch.reports:
        origin, scores = report.draft.origin, scores_as_dict(report)
        levels = count_levels(report.findings)
        yield {
            "path": origin.path,
            "organisation": origin.organisation,
            "year": origin.year,
            "counted_characters": report.ledger.counted,
            **{name: scores[name] for name in _SCORES},
            "largest_source": scores["largest_source"] or {"path": None, "share": None},
            "matches": len(report.matches),
            **{name: levels[name] for name in ("errors", "warnings", "notes")},
        }


def _labels(ledger: Ledger) -> Iterable[_Row]:
    whole = whole_columns(ledger)
    for label in SHOWN:
        share = round(ledger.share(label), DIGITS)
        yield {"label": label.value, "characters": whole[label], "share": share}


def _documents(corpus: Corpus) -> Iterable[_Row]:
    for document in corpus.documents:
        origin = document.origin
        yield {
            "path": origin.path,
            "organisation": origin.organisation,
            "year": origin.year,
            "genre": origin.genre,
            "title": origin.title,
            "characters": len(document.text),
            "sha256": document.id,
        }


def _pairs(pairs: Pairs) -> Iterable[_Row]:
    paths = [document.origin.path for document in pairs.documents]
    for pair in pairs.pairs:
        row = pair_as_dict(pair)
        first = pair.lineage.first
        yield {
            "one": paths[pair.one],
            "other": paths[pair.other],
            "share_one": row["shares"][0],
            "share_other": row["shares"][1],
            "longest": pair.longest,
            "passages": pair.passages,
            "first": None if first is None else paths[first],
            "basis": row["basis"],
            "substitutions": row["substitutions"],
        }


def _clusters(pairs: Pairs) -> Iterable[_Row]:
    for number, cluster in enumerate(pairs.clusters, 1):
        for document in cluster.documents:
            yield {
                "cluster": number,
                "path": pairs.documents[document].origin.path,
                "medoid": document == cluster.medoid,
                "least_share": round(cluster.least, DIGITS),
            }


def _matrix(pairs: Pairs) -> Iterable[_Row]:
    for name, row in zip(pairs.organisations, pairs.matrix, strict=True):
        shares = (round(share, DIGITS) for share in row)
        yield {"organisation": name} | dict(
            zip(pairs.organisations, shares, strict=True)
        )


def _templates(library: Library) -> Iterable[_Row]:
    for one in library.templates:
        yield {
            "id": one.id,
            "text": one.text,
            "slots": len(one.slots),
            "organisations": one.organisations,
            "documents": one.documents,
            "first_year": one.years[0] if one.years else "",
            "last_year": one.years[-1] if one.years else "",
            "gain": one.gain,
            "verdict": one.verdict.value,
            "note": one.note,
        }


def _phrases(library: Library) -> Iterable[_Row]:
    for one in library.phrases:
        yield {
            "text": one.text,
            "organisations": one.organisations,
            "documents": one.documents,
            "verdict": one.verdict.value,
        }


def _pieces(match: Match) -> Iterable[_Row]:
    for piece in match.differences():
        yield {"change": piece.change, "text": piece.text}


def _slots(template: Template) -> Iterable[_Row]:
    for piece in template.pieces():
        if isinstance(piece, Slot):
            yield {"kind": piece.kind, "fills": list(piece.fills)}


TABLES: Mapping[type, Mapping[str, _Table]] = {
    Report: {
        name: _of_report(name)
        for name in ("matches", "findings", "sections", "facts", "rewrite_first")
    },
    Batch: {"reports": _reports},
    Ledger: {"labels": _labels},
    Match: {"pieces": _pieces},
    Corpus: {"documents": _documents},
    Pairs: {"pairs": _pairs, "clusters": _clusters, "matrix": _matrix},
    Library: {"templates": _templates, "phrases": _phrases},
    Template: {"slots": _slots},
}
"""What makes a table, and its tables by name."""
