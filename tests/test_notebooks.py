"""The notebooks run from a clean kernel, and say what they said."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


def executed(path):
    book = nbformat.read(path, as_version=4)
    NotebookClient(
        book,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    book.metadata.pop("widgets", None)
    book.metadata["language_info"] = {"name": "python"}  # not the version that ran it
    return book


def said(cell):
    """Return what a cell put out, of pictures what they show."""
    for output in cell.get("outputs", ()):
        if output.output_type == "stream":
            yield output.name, output.text
            continue
        for kind, data in sorted(output.data.items()):
            if kind == "image/png":
                yield kind, output.metadata[kind]["alt"]
            elif kind != "text/html" or "<style" not in data:
                yield kind, data


def test_there_are_four():
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem[:2])
def test_a_notebook_says_what_it_said(path):
    kept = nbformat.read(path, as_version=4)
    fresh = executed(path)
    if UPDATE:
        nbformat.write(fresh, path)
        return

    for before, after in zip(kept.cells, fresh.cells, strict=True):
        assert list(said(after)) == list(said(before)), before.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem[:2])
def test_its_pictures_and_its_story_are_there(path):
    kept = nbformat.read(path, as_version=4)

    nbformat.validate(kept)
    kinds = [kind for cell in kept.cells for kind, _ in said(cell)]
    assert "image/png" in kinds
    assert "stderr" not in kinds
    assert all(cell.outputs for cell in kept.cells[1:2] if cell.cell_type == "code")
    assert sum(cell.cell_type == "markdown" for cell in kept.cells) >= 5
