"""Files into an index and out of it, and checks against it."""

import errno
import json
import random
from pathlib import Path

import numpy as np
import pytest

from detector.config import Config
from detector.errors import (
    DamagedIndexError,
    EmptyIndexError,
    KeyNeededError,
    MissingFileError,
    NotEmptyError,
    NoTextsError,
    NotInIndexError,
    OptionError,
    OutputError,
)
from detector.fingerprints.key import Key
from detector.fingerprints.seeds import seeds_of
from detector.formats.key import load_key
from detector.formats.shipped import shipped_folder
from detector.indexing import add, export, loose_of, remove, status
from detector.pipeline import Checker, open_corpus, open_sources
from detector.prepared import Prepared
from detector.sources import IndexedSources
from detector.store.index import Index, find_damage
from tests.altered import alter

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


def test_a_report_says_how_the_index_was_asked(tmp_path, monkeypatch):
    monkeypatch.setattr("detector.sources._LITTLE", 0)
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


def test_a_little_index_is_aligned_whole(tmp_path):
    rng = random.Random(2)
    passage = "".join(chr(rng.randrange(0x4E00, 0x9FA0)) for _ in range(90))
    edited = "".join(
        chr(rng.randrange(0x4E00, 0x9FA0)) if at % 3 == 2 else sign
        for at, sign in enumerate(passage)
    )
    others = {f"{n}": f"第{n}组同志修好了水渠{n}处。" for n in range(12)}
    add(tmp_path / "ix", [files(tmp_path / "reports", **others, source=passage)])
    (draft, *_) = open_corpus([files(tmp_path / "drafts", a=edited)]).documents

    found = [
        Checker(open_sources([str(tmp_path / corpus)])).check(draft)
        for corpus in ("ix", "reports")
    ]

    assert found[0].nominated is None
    assert [len(report.matches) for report in found] == [1, 1]


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


def test_what_cannot_be_exported_whole_leaves_nothing(tmp_path):
    reports = files(tmp_path / "reports", a=TEXT, b=TEXT * 2)
    add(tmp_path / "ix", [reports])

    def full(done, of):
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OutputError, match="no space"):
        export(tmp_path / "ix", tmp_path / "out", full)
    assert export(tmp_path / "ix", tmp_path / "out") == 2


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
    alter(seeds, bytes(data))
    (draft,) = open_corpus([str(tmp_path / "reports")]).documents

    with pytest.raises(DamagedIndexError):
        Checker(open_sources([str(tmp_path / "ix")])).check(draft)


KEY, OTHER = Key.of(b"one secret for all"), Key.of(b"quite another secret")


@pytest.fixture(scope="module")
def hidden_index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hidden") / "demo"
    add(folder, [str(DEMO)], key=KEY)
    return folder


def test_a_hidden_index_finds_what_is_word_for_word(demo_index, hidden_index):
    plain = IndexedSources(Index.open(demo_index), "ix")
    hidden = IndexedSources(Index.open(hidden_index), "ix", key=KEY)
    found = total = shares = 0
    for document in open_corpus([str(DEMO)]).documents[::2]:
        one, other = (Checker(sources).check(document) for sources in (plain, hidden))
        shares += other.ledger.copied / max(one.ledger.copied, 1)
        for match in one.matches:
            if not match.within and match.kind == "verbatim" and match.credit >= 30:
                total += 1
                found += any(
                    again.source.document.origin.path
                    == match.source.document.origin.path
                    and again.draft.span.start < match.draft.span.end
                    and match.draft.span.start < again.draft.span.end
                    for again in other.matches
                )

    assert found == total > 10
    assert shares / 18 > 0.8  # of what is edited, runs below four units are not seen


def test_a_hidden_index_shows_only_what_the_draft_has(hidden_index, tmp_path):
    source = next(iter(open_corpus([str(DEMO)]).documents))
    start = source.text.index("。") + 1
    passage = source.text[start : start + 80]
    draft = files(tmp_path / "drafts", a=f"{passage}\n此外别无其他内容。")
    (document,) = open_corpus([draft]).documents

    report = Checker(IndexedSources(Index.open(hidden_index), "ix", key=KEY)).check(
        document
    )

    shown = {match.source.document for match in report.matches if not match.within}
    paths = {one.origin.path for one in shown}
    assert source.origin.path in {path[-len(source.origin.path) :] for path in paths}
    assert all(one.origin.reader == "hash" for one in shown)
    for one in shown:
        assert set(one.text) - {"□"} <= set(passage)


def test_what_a_hidden_index_shows_is_what_the_source_says(hidden_index):
    documents = open_corpus([str(DEMO)]).documents
    real = {Path(d.origin.path).resolve(): Prepared(d).units for d in documents}
    sources = IndexedSources(Index.open(hidden_index), "ix", key=KEY)
    shown = 0
    for document in documents[::6]:
        draft = Prepared(document)
        for found in sources.candidates(draft, draft.weighed, spare=True):
            whole = real[Path(found.document.origin.path).resolve()].codes
            known = np.array([sign != "□" for sign in found.units.text])
            assert len(whole) == len(found.units)
            assert (found.units.codes[known] == whole[known]).all()
            shown += int(known.sum())

    assert shown > 200


def test_a_hidden_index_holds_no_text_and_no_digest_of_one(hidden_index):
    documents = open_corpus([str(DEMO)]).documents
    held = b"".join(path.read_bytes() for path in hidden_index.iterdir())
    open_seeds = seeds_of(loose_of(documents[0]), 1).hashes
    kept = Index.open(hidden_index).segments[0].postings

    assert not list(hidden_index.glob("*.texts"))
    assert not any(bytes.fromhex(one.id) in held for one in documents)
    _, places, _ = kept.find(open_seeds, np.full(len(open_seeds), 9))
    assert len(places) < 3
    for ask in (
        lambda: Index.open(hidden_index).document(0),
        lambda: open_corpus([str(hidden_index)]),
    ):
        with pytest.raises(NoTextsError):
            ask()


@pytest.mark.parametrize("key", [None, OTHER])
def test_a_hidden_index_is_asked_and_added_to_with_its_key_only(
    hidden_index, tmp_path, key
):
    with pytest.raises(KeyNeededError):
        IndexedSources(Index.open(hidden_index), "ix", key=key)
    with pytest.raises(KeyNeededError):
        add(hidden_index, [files(tmp_path / "more", a=TEXT)], key=key)
    assert list(find_damage(hidden_index)) == []


def test_a_hidden_index_changes_like_any_other(tmp_path):
    reports = files(tmp_path / "reports", a=TEXT, twin=TEXT, b=TEXT * 2)
    add(tmp_path / "ix", [reports], key=KEY)
    files(tmp_path / "reports", b=TEXT * 3)

    again = add(tmp_path / "ix", [reports], key=KEY)
    removed = remove(tmp_path / "ix", [f"{reports}/a.txt"])

    assert again.counts == {"added": 0, "twin": 0, "replaced": 1, "kept": 2}
    assert removed == ["reports/a.txt"]
    index = Index.open(tmp_path / "ix")
    assert {index.origin(n).path for n in range(len(index))} == {
        "reports/b.txt",
        "reports/twin.txt",
    }
    assert status(tmp_path / "ix")["texts"] is False


def test_a_key_does_not_make_an_index_with_texts_a_hidden_one(tmp_path):
    reports = files(tmp_path / "reports", a=TEXT * 3)
    add(tmp_path / "ix", [reports])

    with pytest.raises(OptionError):
        add(tmp_path / "ix", [files(tmp_path / "more", b=TEXT * 5)], key=KEY)
    assert status(tmp_path / "ix")["documents"] == 1


def test_a_hidden_index_keeps_no_title(tmp_path):
    (tmp_path / "a.html").write_text(f"<title>绝密</title><p>{TEXT}", "utf-8")
    add(tmp_path / "ix", [str(tmp_path / "a.html")], key=KEY)

    assert Index.open(tmp_path / "ix").origin(0).title == ""


@pytest.mark.parametrize("size", [0, 15, 5000])
def test_a_key_that_could_be_guessed_is_refused(tmp_path, size):
    (tmp_path / "key").write_bytes(b"k" * size)

    with pytest.raises(OptionError, match="16"):
        load_key(str(tmp_path / "key"))
    with pytest.raises(MissingFileError):
        load_key(str(tmp_path / "none"))
