"""All pairs of a corpus, as JSON for scripts: schema ``detector/pairs/1``."""

from collections.abc import Sequence
from typing import Any

from detector.errors import DetectorError
from detector.messages import Language, say
from detector.model.pairs import Pair, Pairs
from detector.reporters.figures import DIGITS
from detector.reporters.json_report import error_as_dict, tool_as_dict
from detector.reporters.json_text import json_text
from detector.reporters.wording import NOTICE

SCHEMA = "detector/pairs/1"


def render_pairs(
    pairs: Pairs, errors: Sequence[DetectorError], language: Language
) -> bytes:
    """Return the pairs as JSON in UTF-8; equal pairs, equal bytes."""
    return json_text(as_dict(pairs, errors, language))


def as_dict(
    pairs: Pairs, errors: Sequence[DetectorError], language: Language
) -> dict[str, Any]:
    """Return the pairs as plain values; documents are named by their place."""
    return {
        "schema": SCHEMA,
        "tool": tool_as_dict(),
        "notice": say(NOTICE, language),
        "documents": [
            {
                "path": document.origin.path,
                "sha256": document.id,
                "organisation": document.origin.organisation,
                "year": document.origin.year,
            }
            for document in pairs.documents
        ],
        "aligned": pairs.looked_at,
        "pairs": [pair_as_dict(pair) for pair in pairs.pairs],
        "clusters": [
            {
                "medoid": cluster.medoid,
                "documents": list(cluster.documents),
                "least_share": round(cluster.least, DIGITS),
            }
            for cluster in pairs.clusters
        ],
        "organisations": list(pairs.organisations),
        "matrix": [[round(share, DIGITS) for share in row] for row in pairs.matrix],
        "errors": [error_as_dict(error, language) for error in errors],
    }


def pair_as_dict(pair: Pair) -> dict[str, Any]:
    """Return a pair as plain values."""
    return {
        "documents": [pair.one, pair.other],
        "equal": list(pair.equal),
        "shares": [round(share, DIGITS) for share in pair.shares],
        "longest": pair.longest,
        "passages": pair.passages,
        "substitutions": [
            {"one": one, "other": other, "count": count}
            for one, other, count in pair.substitutions
        ],
        "first": pair.lineage.first,
        "basis": pair.lineage.basis.value,
        "left": pair.lineage.left,
    }
