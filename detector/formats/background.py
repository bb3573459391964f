"""A background model in a folder: ``cells.npy``, and ``model.json`` about it."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from detector.background.model import ORDER, Background
from detector.errors import DamagedFileError, OptionError
from detector.formats.shipped import shipped_folder

_FORMAT = "detector/background/1"


def save_background(
    model: Background, folder: Path, about: dict[str, Any] | None = None
) -> None:
    """Write `model` into `folder`, with what is to be known about it."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = {"format": _FORMAT, "order": ORDER, "seed": model.seed}
    facts |= {"sha256": model.digest, **(about or {})}
    np.save(folder / "cells.npy", model.cells, allow_pickle=False)
    text = json.dumps(facts, ensure_ascii=False, indent=2)
    (folder / "model.json").write_text(text + "\n", "utf-8")


@lru_cache(maxsize=4)
def load_background(name: str) -> Background | None:
    """Return the model in a folder; ``shipped`` is the package's own, ``none`` is None.

    Raises
    ------
    OptionError
        If there is no such folder, or no model in it.
    DamagedFileError
        If its digest is not the one that was written with it.
    """
    if name == "none":
        return None
    folder = shipped_folder() / "background" if name == "shipped" else Path(name)
    try:
        facts = json.loads((folder / "model.json").read_text("utf-8"))
        cells = np.load(folder / "cells.npy", allow_pickle=False)
        model = Background(cells, int(facts["seed"]))
        known = (facts["format"], facts["order"]) == (_FORMAT, ORDER)
        if not known or model.digest != facts["sha256"]:
            raise DamagedFileError(path=str(folder), reason="digest")
    except FileNotFoundError as error:
        allowed = "shipped | none | a folder with model.json"
        raise OptionError(name="background", value=name, allowed=allowed) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedFileError(path=str(folder), reason=str(error)) from error
    return model
