"""Background models that never saw the documents they are tested on.

They are made by the recipe of the shipped model (`benchmarks/background.py`), our lists
of common wording among it, but for the documents of the tested folds. What passages are
planted in is cut into four folds, and where there are few documents in several ways;
whatever else is tested, into two.
"""

import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from data import rows
from folds import HALVES, QUARTERS, Folds, is_in

from detector import Config
from detector.background.estimate import Entries, Genre, assemble, entries_of
from detector.formats.background import save_background

sys.path.insert(0, str(Path(__file__).parents[1]))
from background import RECIPES, Recipe, stems_of, wording

FOLDERS = {
    "pan13": ("pan13/src", "pan13/susp"),
    "zh_laws": ("zh_laws/docs", "zh_laws/docs2"),
    "zh_revisions": ("zh_revisions/src", "zh_revisions/susp", "zh_tech/docs"),
    "zh_gov_reports": ("zh_gov_reports/national", "zh_gov_reports/tmx_zh"),
    "province_2026": ("zh_gov_reports/province_2026",),
    "zh_gov_notices": ("zh_gov_notices/docs",),
    "zh_tech": ("zh_tech/docs",),
}
"""The folders whose documents a set tests, or that may hold versions of them."""
_IN_QUARTERS = ("province_2026", "zh_gov_notices", "zh_tech")


@cache
def config_for(set_name: str, folds: Folds, data: Path) -> dict[str, object]:
    """Return keyword arguments of `detector.compare` for the pairs of some folds.

    Called once for each, outside of the time that is measured.
    """
    parts = [_entries(name, set_name, folds, data) for name in RECIPES]
    parts.append(wording())
    folder = Path(mkdtemp(prefix="background-"))
    save_background(assemble([part for part in parts if part]), folder)
    return {"config": Config(background=str(folder))}


def _entries(name: str, set_name: str, folds: Folds, data: Path) -> Entries | None:
    recipe = RECIPES[name]
    tested = set(recipe.folders) & set(FOLDERS[set_name])
    files = [
        file
        for folder in recipe.folders
        for file in sorted((data / folder).glob("*"))
        if file.is_file()
    ]
    if tested:
        seen = _tested(set_name, folds, data)
        files = [file for file in files if not _is_tested(file, set_name, folds, seen)]
    return _estimated(recipe, tuple(files)) if files else None


def _is_tested(file: Path, set_name: str, folds: Folds, seen: frozenset[str]) -> bool:
    place = f"{file.parent.parent.name}/{file.parent.name}"
    if place not in FOLDERS[set_name]:
        return False
    number = QUARTERS if set_name in _IN_QUARTERS else HALVES
    return is_in(file.name, folds, number) or f"{file.parent.name}/{file.name}" in seen


@cache
def _tested(set_name: str, folds: Folds, data: Path) -> frozenset[str]:
    """Return the documents of the tested pairs, whichever folds they are in."""
    listed = data / set_name / "pairs.jsonl"
    pairs = rows(listed) if listed.exists() else iter(())
    return frozenset(
        pair[side]
        for pair in pairs
        if is_in(pair["src"], folds)
        for side in ("susp", "src")
    )


@cache
def _estimated(recipe: Recipe, files: tuple[Path, ...]) -> Entries:
    return entries_of(Genre([_stems(file) for file in files], *recipe[1:]))


@cache
def _stems(file: Path) -> object:
    return stems_of(file)
