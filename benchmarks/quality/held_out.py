"""Which documents a background model may be built from, and the hook that builds it.

The documents of a set are in two folds; a pair is tested in the fold of its source.
What a pair of the tested fold consists of is never handed out for training.
"""

from pathlib import Path

from data import rows
from folds import BOTH, fold_of

FOLDERS = {
    "pan13": ("src", "susp"),
    "zh_laws": ("docs",),
    "zh_revisions": ("src", "susp"),
    "zh_gov_reports": ("national", "tmx_zh"),
    "province_2026": ("province_2026",),
    "zh_gov_notices": ("docs",),
}
"""The sets whose documents are split, and the folders of each."""
_ROOTS = {"province_2026": "zh_gov_reports"}


def config_for(set_name: str, fold: int, data: Path) -> dict[str, object]:
    """Return keyword arguments of `detector.compare` for the pairs of a fold.

    The place to build the background model in: out of `training_files(...)`, and of
    whatever else is no part of the set that is tested. Called once for each fold,
    outside of the time that is measured.
    """
    del set_name, fold, data
    return {}


def training_files(set_name: str, fold: int, data: Path) -> list[Path]:
    """Return the documents of a set that may be learned from when `fold` is tested.

    Those of the other fold, but for drafts that are compared with a source of this
    one; none at all where pairs have documents of both.
    """
    if fold == BOTH:
        return []
    root = data / _ROOTS.get(set_name, set_name)
    tested = _tested(root, fold)
    return [
        path
        for folder in FOLDERS[set_name]
        for path in sorted((root / folder).iterdir())
        if fold_of(path.name) != fold and f"{folder}/{path.name}" not in tested
    ]


def _tested(root: Path, fold: int) -> set[str]:
    listed = root / "pairs.jsonl"
    pairs = rows(listed) if listed.exists() else iter(())
    return {
        pair[side]
        for pair in pairs
        if fold_of(pair["src"]) == fold
        for side in ("susp", "src")
    }
