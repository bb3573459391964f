"""Files into an index and out of it, and checks against it."""

import json
from pathlib import Path

import pytest

from detector.config import Config
from detector.errors import (
    DamagedIndexError,
    EmptyIndexError,
    MissingFileError,
    NotEmptyError,
    NotInIndexError,
)
from detector.formats.shipped import shipped_folder
from detector.indexing import add, export, remove, status
from detector.pipeline import Checker, open_corpus, open_sources
from detector.store.index import Index

TEXT = "水库大坝除险加固通过验收，下游三个村的灌溉用水得到保障，群众反映较好。"
DEMO = shipped_folder() / "demo"


@pytest.fixture(scope="module")
def demo_index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index") / "demo"
    add(folder, [str(DEMO)])
    return folder


def files(folder, **texts):
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return str(folder)


def test_files_are_added_once_and_changes_are_noticed(tmp_path):
    reports = files(tmp_path / "reports", a=TEXT, b=TEXT * 2, c=TEXT, empty="。")

    first = add(tmp_path / "ix", [reports])
    files(tmp_path / "reports", b=TEXT * 3)
    second = add(tmp_path / "ix", [reports])

    assert first.counts == {"added": 2, "twin": 1, "replaced": 0, "kept": 0}
    assert first.twins == (("reports/c.txt", "reports/a.txt"),)
    assert [error.code for error in first.errors] == ["D303"]
    assert second.counts == {"added": 0, "twin": 0, "replaced": 1, "kept": 2}
    assert second.documents == 3


def test_a_bad_file_stops_no_other(tmp_path):
    reports = files(tmp_path / "reports", a=TEXT)
    (tmp_path / "reports" / "b.pdf").write_bytes(b"%PDF-1.7 nothing")

    added = add(tmp_path / "ix", [reports, str(tmp_path / "missing.txt")])

    assert added.documents == 1
    assert {error.code for error in added.errors} == {"D302", "D308"}


def test_what_was_read_before_an_interruption_is_kept(tmp_path):
    reports = files(tmp_path / "reports", **{f"{n}": f"{TEXT}{n}" for n in range(6)})

    def interrupt(done, of):
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(tmp_path / "ix", [reports], interrupt)

    assert add(tmp_path / "ix", [reports]).counts["kept"] == 4


def test_progress_is_told(tmp_path):
    told = []

    add(
        tmp_path / "ix",
        [files(tmp_path / "r", a=TEXT, b=TEXT * 2)],
        lambda *n: told.append(n),
    )

    assert told == [(1, 2), (2, 2)]


def test_documents_are_removed_by_path_and_by_id(tmp_path):
    reports = files(tmp_path / "reports", a=TEXT, b=TEXT * 2, c=TEXT * 3)
    add(tmp_path / "ix", [reports])
    identity = Index.open(tmp_path / "ix").id(1)

    removed = remove(tmp_path / "ix", [f"{reports}/a.txt", identity[:12].upper()])

    assert removed == ["reports/a.txt", "reports/b.txt"]
    assert status(tmp_path / "ix")["documents"] == 1
    with pytest.raises(NotInIndexError):
        remove(tmp_path / "ix", [f"{reports}/c.txt", "nothing"])
    assert status(tmp_path / "ix")["documents"] == 1


def test_an_index_is_exported_whole(demo_index, tmp_path):
    count = export(demo_index, tmp_path / "out")

    rows = [
        json.loads(line)
        for line in (tmp_path / "out" / "documents.jsonl")
        .read_text("utf-8")
        .splitlines()
    ]
    assert count == len(rows) == 36
    for row, document in zip(rows, open_corpus([str(DEMO)]).documents, strict=True):
        exported = (tmp_path / "out" / row["file"]).read_bytes().decode("utf-8")
        assert (exported, row["id"]) == (document.text, document.id)
        assert row["organisation"] == document.origin.organisation
    with pytest.raises(NotEmptyError):
        export(demo_index, tmp_path / "out")


def test_a_file_name_does_not_lead_out_of_the_export(tmp_path):
    from detector.indexing import loose_of
    from detector.model.document import Document
    from detector.store.writer import writing

    with writing(tmp_path / "ix", loose_of) as writer:
        for path in ("../../a.txt", "..\\b.txt", "/etc/..", "甲" * 300):
            writer.add(Document.from_text(TEXT + path, path), bytes(32))

    export(tmp_path / "ix", tmp_path / "deep" / "out")

    assert len(list((tmp_path / "deep" / "out").iterdir())) == 5
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]


def test_a_check_against_an_index_says_what_one_against_its_folder_says(demo_index):
    read, indexed = (Checker(open_sources([str(p)])) for p in (DEMO, demo_index))
    same = total = 0
    for document in open_corpus([str(DEMO)]).documents:
        reports = [checker.check(document) for checker in (read, indexed)]
        one, other = (
            {(m.draft.span, m.source.document.id, m.source.span) for m in r.matches}
            for r in reports
        )
        same += len(one & other)
        total += len(one | other)
        assert reports[0].corpus[1:3] == reports[1].corpus[1:3] == (35, 4)
        assert abs(reports[0].ledger.own - reports[1].ledger.own) < 40

    assert same / total > 0.93  # seeds are sampled: some short edited passages differ


def test_a_twin_of_the_draft_is_told_and_its_own_file_is_not(tmp_path):
    reports = files(tmp_path / "reports", a=TEXT * 3, b=TEXT * 3, c="别的内容。" * 9)
    add(tmp_path / "ix", [reports])
    checker = Checker(open_sources([str(tmp_path / "ix")]))
    (draft, *_) = open_corpus([str(tmp_path / "reports" / "b.txt")]).documents

    report = checker.check(draft)

    others = [m.source.document.origin.path for m in report.matches if not m.within]
    assert set(others) == {"reports/a.txt"}
    assert report.corpus.documents == 2


def test_a_report_says_how_the_index_was_asked(tmp_path):
    many = {f"{n}": f"{TEXT}第{n}次验收合格。" for n in range(12)}
    add(tmp_path / "ix", [files(tmp_path / "reports", **many)])
    (draft, *_) = open_corpus([files(tmp_path / "drafts", a=TEXT)]).documents
    config = Config.from_mapping({"retrieval": {"most": 3, "frequent": 5}})

    asked = {
        corpus: Checker(open_sources([str(tmp_path / corpus)], config), config)
        .check(draft)
        .nominated
        for corpus in ("ix", "reports")
    }

    assert asked["reports"] is None
    assert 1 <= asked["ix"].documents <= asked["ix"].most == 3
    assert asked["ix"].capped > 3


def test_an_index_may_be_read_as_a_corpus(demo_index):
    documents = open_corpus([str(demo_index)]).documents

    assert [one.id for one in documents] == [
        one.id for one in open_corpus([str(DEMO)]).documents
    ]


def test_paths_are_the_same_from_everywhere(tmp_path, monkeypatch):
    files(tmp_path / "reports", a=TEXT * 3)
    monkeypatch.chdir(tmp_path)
    first = add(Path("ix"), ["reports"])
    monkeypatch.chdir(tmp_path / "reports")
    second = add(Path("../ix"), ["."])
    third = add(tmp_path / "ix", [str(tmp_path / "reports" / "a.txt")])

    report = Checker(open_sources(["../ix", str(DEMO)])).check(
        open_corpus(["a.txt"]).documents[0]
    )

    assert (first.counts["added"], second.counts["kept"], third.counts["kept"]) == (
        1,
        1,
        1,
    )
    assert Index.open(tmp_path / "ix").origin(0).path == "reports/a.txt"
    assert [match for match in report.matches if not match.within] == []
    assert remove(Path("../ix"), ["a.txt"]) == ["reports/a.txt"]


def test_a_file_elsewhere_keeps_its_whole_path(tmp_path):
    reports = files(tmp_path / "reports", a=TEXT)
    (tmp_path / "deep").mkdir()
    add(tmp_path / "deep" / "ix", [reports])

    assert Index.open(tmp_path / "deep" / "ix").origin(0).path == f"{reports}/a.txt"


def test_a_layout_that_comes_later_is_noticed(tmp_path):
    files(tmp_path / "reports", a=TEXT)
    add(tmp_path / "ix", [str(tmp_path / "reports")])
    (tmp_path / "reports" / "corpus.toml").write_text(
        'layout = "{organisation}"', "utf-8"
    )

    again = add(tmp_path / "ix", [str(tmp_path / "reports")])

    assert again.counts["replaced"] == 1
    assert Index.open(tmp_path / "ix").organisations == {"a": 1}


def test_a_slip_of_the_pen_makes_no_index(tmp_path):
    with pytest.raises(MissingFileError):
        add(tmp_path / "ix", [str(tmp_path / "nothing.txt")])

    assert not (tmp_path / "ix").exists()


def test_an_empty_index_is_no_corpus(tmp_path):
    reports = files(tmp_path / "reports", a=TEXT)
    add(tmp_path / "ix", [reports])
    remove(tmp_path / "ix", [f"{reports}/a.txt"])

    for ask in (open_sources, open_corpus):
        with pytest.raises(EmptyIndexError):
            ask([str(tmp_path / "ix")])


def test_damaged_seeds_are_told_and_not_believed(tmp_path):
    add(tmp_path / "ix", [files(tmp_path / "reports", a=TEXT * 9)])
    seeds = next((tmp_path / "ix").glob("*.seeds"))
    data = bytearray(seeds.read_bytes())
    data[-2000:-100] = b"\xff" * 1900
    seeds.write_bytes(bytes(data))
    (draft,) = open_corpus([str(tmp_path / "reports")]).documents

    with pytest.raises(DamagedIndexError):
        Checker(open_sources([str(tmp_path / "ix")])).check(draft)
