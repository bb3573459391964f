"""Computes the shipped background model: statistics of real documents, no text.

Beside them it is made of our own lists of what everyone writes (`corpora/wording`,
`corpora/set_phrases`): documents of one year in a model are few.

    python benchmarks/background.py DATA [--into corpora/background]

DATA holds `zh_gov_reports/`, `zh_gov_notices/`, `zh_laws/`, `zh_tech/`, `pan13/`,
`en_state_bills/` and `en_licences/`. What is measured with `benchmarks/quality` is
weighed by models of the same recipe that never saw the documents they are tested on.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.background.estimate import Entries, Genre, assemble, entries_of
from detector.background.model import Background
from detector.formats.background import save_background
from detector.formats.shipped import read_phrases, shipped_folder, shipped_phrases
from detector.text.rules import normalize
from detector.text.stems import find_stems
from detector.text.units import count_units

_NEVER = 1 << 31


class Recipe(NamedTuple):
    """A genre: where its documents are, and what is kept of it."""

    folders: tuple[str, ...]
    documents: tuple[int, ...]
    gain: float


_LISTS = ("corpora/set_phrases", "corpora/wording")
RECIPES = {
    "reports": Recipe(
        (
            "zh_gov_reports/province_2026",
            "zh_gov_reports/national",
            "zh_gov_reports/congress",
            "zh_gov_notices/docs",
        ),
        (1, 1, 1, 1, 1, 1),
        0.5,
    ),
    "provinces": Recipe(("zh_gov_reports/province_2026",), (1, 1, 1, 1, 1, 1), 0.5),
    "laws": Recipe(("zh_laws/docs", "zh_laws/docs2"), (4, 4, 4, 4, 4, 4), 1.0),
    "technical": Recipe(("zh_tech/docs",), (4, 4, 4, 4, 4, 4), 1.0),
    "web": Recipe(("pan13/src",), (2, 2, 3, 3), 0.5),
    "legal": Recipe(("en_state_bills/docs", "en_licences/docs"), (2, 2, 3, 3), 0.5),
}


def build(data: Path, may_use: Callable[[Path], bool] = lambda _: True) -> Background:
    """Return the model of all documents of DATA that may be used."""
    return assemble([entries for _, entries in parts(data, may_use)])


def parts(
    data: Path, may_use: Callable[[Path], bool] = lambda _: True
) -> Iterable[tuple[str, Entries]]:
    for name, recipe in RECIPES.items():
        files = [
            file
            for folder in recipe.folders
            for file in sorted((data / folder).glob("*"))
            if file.is_file() and may_use(file)
        ]
        if not files:
            continue
        stems = [stems_of(file) for file in files]
        yield name, entries_of(Genre(stems, recipe.documents, recipe.gain))
    yield "wording", wording()


@cache
def wording() -> Entries:
    """Return what is kept of our lists, each line a document.

    Only what three units lead to: which words a genre uses how often they do not say.
    But one line is enough to call its wording common.
    """
    lists = sorted((shipped_folder() / "wording").glob("*.txt"))
    stems = [_stems(piece) for piece in (*shipped_phrases(), *read_phrases(lists))]
    return entries_of(Genre(stems, (_NEVER,) * 3 + (1,) * 3, lone=0.0))


def stems_of(file: Path) -> NDArray[np.uint64]:
    with file.open(encoding="utf-8", newline="") as stream:
        return _stems(stream.read())


def _stems(text: str) -> NDArray[np.uint64]:
    return find_stems(count_units(normalize(text)), text)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--into", type=Path, default=Path("corpora/background"))
    options = arguments.parse_args()
    began = time.process_time()
    found = []
    origin = {}
    for name, entries in parts(options.data):
        folders = RECIPES[name].folders if name in RECIPES else _LISTS
        origin[name] = {"folders": list(folders), "ngrams": len(entries.hashes)}
        found.append(entries)
        print(name, len(entries.hashes), file=sys.stderr)
    model = assemble(found)
    save_background(model, options.into, {"origin": origin})
    spent = time.process_time() - began
    print(f"{2 * len(model.cells) / 1e6:.1f} MB, {spent:.0f} CPU-seconds")


if __name__ == "__main__":
    main()
