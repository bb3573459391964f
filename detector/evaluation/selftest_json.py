"""The outcome of a self-test, as JSON for scripts: schema ``detector/selftest/1``."""

from typing import Any

from detector.evaluation.selftest import Evasion, Figures, SelfTest
from detector.messages import Language
from detector.reporters.json_report import tool_as_dict
from detector.reporters.json_text import json_text

SCHEMA = "detector/selftest/1"
_DIGITS = 6


def as_json(outcome: SelfTest, language: Language) -> bytes:
    """Return the outcome as JSON in UTF-8; equal outcomes, equal bytes."""
    return json_text(as_dict(outcome, language))


def as_dict(outcome: SelfTest, language: Language) -> dict[str, Any]:
    """Return the outcome as plain values."""
    corpus = outcome.corpus
    return {
        "schema": SCHEMA,
        "tool": tool_as_dict(),
        "settings_digest": outcome.settings,
        "corpus": {**corpus.facts._asdict(), "usable": outcome.usable},
        "pairs": outcome.plan.pairs,
        "seed": outcome.plan.seed,
        "kinds": [{"kind": row.name, **_all_of(row)} for row in outcome.kinds],
        "lengths": [{"characters": row.name, **_found(row)} for row in outcome.lengths],
        "clean": {"pairs": len(outcome.clean), "matches": sum(outcome.clean)},
        "disguises": [_of_disguise(row) for row in outcome.disguises],
        "errors": [
            {
                "path": str(error.facts.get("path", "")),
                "code": error.code,
                "message": error.in_language(language),
            }
            for error in corpus.errors
        ],
    }


def _all_of(row: Figures) -> dict[str, Any]:
    figures = {**row.plagdet._asdict(), "plagdet": row.plagdet.score}
    rounded = {name: round(value, _DIGITS) for name, value in figures.items()}
    return {**_found(row), **(rounded if row.found.total else dict.fromkeys(rounded))}


def _of_disguise(row: Evasion) -> dict[str, Any]:
    gain = round(row.gain, _DIGITS) if row.found.total else None
    return {"disguise": row.name, **row.counts, "gain": gain}


def _found(row: Figures) -> dict[str, Any]:
    """Return the passages planted and found, the share with its 95 % interval."""
    share = round(row.found.value, _DIGITS) if row.found.total else None
    low, high = row.found.interval
    return {
        "planted": row.found.total,
        "found": row.found.hits,
        "share": share,
        "interval": [round(low, _DIGITS), round(high, _DIGITS)],
    }
