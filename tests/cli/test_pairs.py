"""`detector pairs`: the page, the JSON, and the status."""

import json

import pytest

from tests.cli.test_index import detector
from tests.test_pairing import ONE, OWN, TWO


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    texts = {
        "甲镇/2023-总结": ONE + TWO + OWN[0],
        "乙镇/2024-总结": ONE + TWO + OWN[1],
        "丙镇/2024-总结": OWN[2],
    }
    for name, text in texts.items():
        file = folder / f"{name}.txt"
        file.parent.mkdir(parents=True)
        file.write_text(f"一、工作情况\n{text}", "utf-8")
    layout = 'layout = "{organisation}/{year}-{genre}"'
    (folder / "corpus.toml").write_text(layout, "utf-8")
    return folder


def test_the_page_says_what_is_shared_and_who_was_first(corpus):
    ran = detector("pairs", corpus)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith(
        "documents: 3; pairs that share passages: 1; clusters: 1"
    )
    assert "the second is older (year)" in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) < 80


def test_json_and_file_are_the_same(corpus, tmp_path):
    ran = detector("pairs", corpus, "--format", "json", "-o", tmp_path / "a.json")

    found = json.loads(ran.stdout)
    assert ran.stdout == (tmp_path / "a.json").read_text("utf-8")
    assert found["schema"] == "detector/pairs/1"
    (pair,) = found["pairs"]
    paths = [found["documents"][n]["path"][-14:] for n in pair["documents"]]
    assert paths == ["乙镇/2024-总结.txt", "甲镇/2023-总结.txt"]
    assert (pair["first"], pair["basis"]) == (pair["documents"][1], "date")
    assert found["clusters"][0]["documents"] == pair["documents"]
    assert len(found["matrix"]) == len(found["organisations"]) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "D302"),
        (["{corpus}", "--alike", "2"], "--alike"),
        (["{corpus}", "-o", "s3a://bucket/a.parquet"], "only --engine spark writes"),
        (["{corpus}", "--engine", "spark", "-o", "s3a://bucket/a.json"], "only .parqu"),
        (["{corpus}", "--work", "here"], "need --engine spark"),
        (["{corpus}", "--engine", "spark", "--master", "host"], "none of: local[*]"),
        (["{corpus}", "-o", "{corpus}/no/a.html"], "D311"),
        (["{corpus}", "--engine", "flink"], "serial, processes, spark"),
    ],
)
def test_what_cannot_be_done_is_said(corpus, arguments, said):
    ran = detector("pairs", *(one.format(corpus=corpus) for one in arguments))

    assert ran.returncode == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
