"""The pairs as a table."""

import io
import sys
from pathlib import Path

import pytest

import detector as d
from detector.errors import MissingExtraError
from detector.reporters.pairs_json import as_dict
from detector.reporters.pairs_parquet import render_pairs

DEMO = Path(__file__).parents[2] / "corpora" / "demo"


def test_a_row_says_what_json_does():
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs detector[spark]")
    found = d.Corpus.open(str(DEMO)).pairs()

    rows = parquet.read_table(io.BytesIO(render_pairs(found))).to_pylist()

    documents = [document.origin.path for document in found.documents]
    expected = as_dict(found, (), "en")["pairs"]
    assert len(rows) == len(expected) > 50
    for row, told in zip(rows, expected, strict=True):
        assert [row["one"], row["other"]] == [documents[n] for n in told["documents"]]
        assert [row["one_equal"], row["other_equal"]] == told["equal"]
        assert [row["one_share"], row["other_share"]] == pytest.approx(
            told["shares"], abs=1e-6
        )
        assert row["substitutions"] == told["substitutions"]
        first = told["first"]
        assert row["first"] == ("" if first is None else documents[first])
        assert (row["basis"], row["left"]) == (told["basis"], told["left"])


def test_without_pyarrow_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MissingExtraError, match=r"detector\[spark\]"):
        render_pairs(d.Corpus("none", ()).pairs())
