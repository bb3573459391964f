"""Changes to an index: whole or not at all, one at a time, and nothing is left over."""

import errno
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from detector.errors import (
    DamagedIndexError,
    IndexLockedError,
    IndexVersionError,
    NoIndexError,
    NotEmptyError,
    NotInIndexError,
    OutputError,
    UnreadableFileError,
)
from detector.indexing import loose_of
from detector.model.document import Block, Document, Omission, Origin, Place
from detector.model.span import Span
from detector.store import container
from detector.store.index import Index, find_damage
from detector.store.manifest import FORMAT, _digest, is_index
from detector.store.parts import KINDS
from detector.store.records import pack_about, pack_text
from detector.store.writer import Outcome, writing
from tests.altered import alter

TEXT = "水库大坝除险加固通过验收，下游三个村的灌溉用水得到保障，群众反映较好。"


def document(text, path, **origin):
    return Document.from_text(text, path, **origin)


def put(folder, *documents):
    with writing(folder, loose_of) as writer:
        return [writer.add(one, bytes.fromhex(one.id)) for one in documents]


def paths(folder):
    index = Index.open(folder)
    return [index.origin(number).path for number in range(len(index))]


def find(index, name):
    return index.find(name, name)


def everything_in(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_documents_come_back_as_they_were(tmp_path):
    block = Block(Span(0, 4), Place(page=2, paragraph=7), level=1)
    origin = Origin("甲/2024.docx", "docx", "", "标题", "甲镇", "2024", "述职报告")
    whole = Document(TEXT, origin, (block,), (Omission("X101", 2, detail="utf-8"),))

    put(tmp_path / "ix", whole, document("a lone surrogate \ud800", "b.txt"))

    index = Index.open(tmp_path / "ix")
    assert index.document(0) == whole
    assert index.document(1).text == "a lone surrogate \ud800"
    assert list(find_damage(tmp_path / "ix")) == []
    assert index.organisations == {"甲镇": 1, "": 1}


def test_an_index_is_what_was_added_in_however_many_steps(tmp_path):
    texts = [document(f"{TEXT}第{n}次。" * 5, f"{n}.txt") for n in range(9)]
    put(tmp_path / "once", *texts)
    for one in texts:
        put(tmp_path / "one by one", one)

    once, steps = (Index.open(tmp_path / name) for name in ("once", "one by one"))

    assert paths(tmp_path / "once") == paths(tmp_path / "one by one")
    assert once.manifest.digest == steps.manifest.digest
    assert len(steps.parts) < 4
    assert steps.manifest.documents == 9


def test_the_digest_knows_texts_and_organisations_and_no_order(tmp_path):
    one, two = document(TEXT, "1.txt"), document(TEXT * 2, "2.txt", organisation="甲")
    put(tmp_path / "a", one, two)
    put(tmp_path / "b", two, one)
    put(tmp_path / "c", one, document(TEXT * 2, "2.txt", organisation="乙"))

    a, b, c = (Index.open(tmp_path / name).manifest.digest for name in "abc")

    assert a == b != c


def test_a_file_that_is_there_is_kept_and_a_changed_one_takes_its_place(tmp_path):
    put(tmp_path / "ix", document(TEXT, "1.txt"), document(TEXT * 2, "2.txt"))

    again = put(tmp_path / "ix", document(TEXT, "1.txt"), document("改" * 30, "2.txt"))

    assert again == [Outcome.KEPT, Outcome.REPLACED]
    assert sorted(paths(tmp_path / "ix")) == ["1.txt", "2.txt"]
    index = Index.open(tmp_path / "ix")
    assert {index.document(n).text for n in range(2)} == {TEXT, "改" * 30}


def test_twins_share_one_text_and_outlive_each_other(tmp_path):
    folder = tmp_path / "ix"
    outcomes = put(folder, document(TEXT, "1.txt"), document(TEXT, "2.txt"))
    assert outcomes == [Outcome.ADDED, Outcome.TWIN]
    index = Index.open(folder)
    assert index.same(index.id(0)) == [0, 1]
    assert index.document(1).text == TEXT
    assert index.manifest.parts[0].characters == len(TEXT)

    with writing(folder, loose_of) as writer:
        writer.remove(find(writer.index, "1.txt"))

    index = Index.open(folder)
    assert (paths(folder), index.document(0).text) == (["2.txt"], TEXT)
    assert index.has_text[0]
    assert list(find_damage(tmp_path / "ix")) == []


def test_a_text_may_move_from_one_path_to_another(tmp_path):
    put(tmp_path / "ix", document(TEXT, "1.txt"))

    put(tmp_path / "ix", document("改" * 30, "1.txt"), document(TEXT, "2.txt"))

    index = Index.open(tmp_path / "ix")
    texts = {index.origin(n).path: index.document(n).text for n in range(len(index))}
    assert texts == {"1.txt": "改" * 30, "2.txt": TEXT}


def test_one_path_twice_in_one_go_leaves_the_last(tmp_path):
    put(tmp_path / "ix", document(TEXT, "1.txt"), document("改" * 30, "1.txt"))

    index = Index.open(tmp_path / "ix")
    assert [index.document(n).text for n in range(len(index))] == ["改" * 30]


def test_what_is_removed_leaves_no_trace(tmp_path):
    folder = tmp_path / "ix"
    others = [document(f"{TEXT}{n}" * 3, f"{n}.txt") for n in range(5)]
    put(folder, *others)
    before = Index.open(folder)
    secret = document("码头岸线整治进入收尾" * 9, "secret.txt", organisation="密单位")
    put(folder, secret)
    held = everything_in(folder)
    kept = pack_text(secret), pack_about(secret), bytes.fromhex(secret.id)
    named = json.dumps("密单位").strip('"').encode()
    traces = [trace for trace in (*kept, named) if trace in held]

    with writing(folder, loose_of) as writer:
        writer.remove(find(writer.index, "secret.txt"))

    left = everything_in(folder)
    after = Index.open(folder)
    assert traces
    assert [trace for trace in traces if trace in left] == []
    assert after.manifest.digest == before.manifest.digest
    assert sum(len(s.postings.pairs) for s in after.segments) == sum(
        len(s.postings.pairs) for s in before.segments
    )
    assert list(find_damage(folder)) == []


def test_an_index_may_lose_its_last_document(tmp_path):
    put(tmp_path / "ix", document(TEXT, "1.txt"))

    with writing(tmp_path / "ix", loose_of) as writer:
        writer.remove([0])

    index = Index.open(tmp_path / "ix")
    assert (len(index), index.manifest.digest, index.organisations) == (0, "0" * 64, {})
    with pytest.raises(NotInIndexError):
        find(index, "1.txt")


def test_a_reader_keeps_the_state_it_opened(tmp_path):
    put(tmp_path / "ix", *(document(f"{TEXT}{n}", f"{n}.txt") for n in range(4)))
    index = Index.open(tmp_path / "ix")

    with writing(tmp_path / "ix", loose_of) as writer:
        writer.remove([0, 1])

    assert len(index) == 4
    assert index.document(0).text == f"{TEXT}0"
    assert len(Index.open(tmp_path / "ix")) == 2


def test_a_second_writer_is_told(tmp_path):
    folder = tmp_path / "ix"
    with (
        writing(folder, loose_of),
        pytest.raises(IndexLockedError),
        writing(folder, loose_of),
    ):
        pass


@pytest.mark.parametrize("moment", ["write_part", "merge_parts", "write_manifest"])
def test_a_change_that_fails_changes_nothing(tmp_path, monkeypatch, moment):
    folder = tmp_path / "ix"
    put(folder, document(TEXT, "1.txt"))
    before = everything_in(folder)

    def full(*_, **__):
        raise OSError(28, "no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(f"detector.store.writer.{moment}", full)
        with pytest.raises(OutputError, match="no space"):
            put(folder, document(TEXT * 2, "2.txt"))
        assert everything_in(folder) == before

    assert paths(folder) == ["1.txt"]
    put(folder, document(TEXT, "1.txt"))
    assert everything_in(folder) == before


KILLED = """
import sys
from hashlib import sha256
from pathlib import Path
from detector.indexing import loose_of
from detector.model.document import Document
from detector.store.writer import writing

SENTENCE = "水库大坝除险加固通过验收，群众反映较好。"
with writing(Path(sys.argv[1]), loose_of) as writer:
    for number in range(10**6):
        one = Document.from_text(f"{number}{SENTENCE}" * 20, f"{number}.txt")
        writer.add(one, sha256(one.text.encode()).digest())
        if number % 3 == 0:
            writer.commit()
            print(number, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills with SIGKILL")
@pytest.mark.parametrize("round_", range(4))
def test_killed_at_any_moment_it_opens_and_holds_what_was_acknowledged(
    tmp_path, round_
):
    folder = tmp_path / "ix"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder)], stdout=subprocess.PIPE, text=True
    )
    acknowledged = int(process.stdout.readline())
    time.sleep(0.05 + 0.037 * round_)
    process.send_signal(signal.SIGKILL)
    rest = process.communicate()[0].split()
    acknowledged = int(rest[-1]) if rest else acknowledged

    index = Index.open(folder)

    held = {index.origin(number).path for number in range(len(index))}
    assert held >= {f"{number}.txt" for number in range(acknowledged + 1)}
    assert list(find_damage(tmp_path / "ix")) == []
    put(folder, document(TEXT, "after.txt"))
    kinds = {"seeds", "about", "texts"}
    files = [p for p in folder.iterdir() if p.suffix[1:] in kinds]
    assert len(files) == 3 * len(Index.open(folder).parts)


def _change(folder, rounds):
    for number in range(rounds):
        put(folder, document(f"{TEXT}{number}" * 3, f"{number}.txt"))


@pytest.mark.skipif(os.name != "posix", reason="forks")
def test_readers_never_wait_for_a_writer_and_never_see_half_a_change(tmp_path):
    folder = tmp_path / "ix"
    put(folder, document(TEXT, "first.txt"))
    writer = multiprocessing.get_context("spawn").Process(
        target=_change, args=(folder, 25)
    )
    writer.start()
    seen = []
    while writer.is_alive():
        index = Index.open(folder)
        seen.append(len(index))
        assert index.document(len(index) - 1).text.startswith("水库")
    writer.join()

    assert writer.exitcode == 0
    assert seen == sorted(seen)
    assert len(Index.open(folder)) == 26


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", DamagedIndexError),
        ("[]", NoIndexError),
        ('{"name": "a web app"}', NoIndexError),
        ('{"format": "detector/index/9"}', IndexVersionError),
    ],
)
def test_another_manifest_is_refused(tmp_path, text, error):
    (tmp_path / "manifest.json").write_text(text)

    with pytest.raises(error):
        Index.open(tmp_path)


def test_a_manifest_that_leads_elsewhere_is_refused(tmp_path):
    put(tmp_path / "ix", document(TEXT, "1.txt"))
    manifest = tmp_path / "ix" / "manifest.json"
    said = json.loads(manifest.read_text())
    said["parts"][0]["name"] = "../ix/00000001-new0"
    del said["sha256"]
    said["sha256"] = _digest(said)
    manifest.write_text(json.dumps(said))

    with pytest.raises(DamagedIndexError):
        Index.open(tmp_path / "ix")


def test_a_lost_or_altered_file_is_told(tmp_path):
    folder = tmp_path / "ix"
    put(folder, document(TEXT, "1.txt"))
    texts = folder / "00000001-new0.texts"
    data = bytearray(texts.read_bytes())
    data[-70] ^= 1
    alter(texts, bytes(data))

    Index.open(folder)
    assert list(find_damage(folder)) == ["00000001-new0.texts"]
    texts.touch()
    with pytest.raises(DamagedIndexError, match=r"new0\.texts .*SHA-256"):
        Index.open(folder)
    texts.unlink()
    with pytest.raises(DamagedIndexError, match=r"new0\.texts"):
        Index.open(folder)
    assert list(find_damage(folder)) == ["00000001-new0.texts"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no such files")
@pytest.mark.parametrize("kind", [*KINDS, "json"])
def test_what_stands_instead_of_a_file_is_not_waited_for(tmp_path, kind):
    folder = tmp_path / "ix"
    put(folder, document(TEXT, "1.txt"))
    (file,) = folder.glob(f"*.{kind}")
    file.unlink()
    os.mkfifo(file)

    assert is_index(folder)
    with pytest.raises(DamagedIndexError):
        Index.open(folder)
    assert list(find_damage(folder)) == [file.name]


def test_an_index_that_lost_its_manifest_is_a_damaged_one(tmp_path):
    folder = tmp_path / "ix"
    put(folder, document(TEXT, "1.txt"))
    (folder / "manifest.json").unlink()

    assert is_index(folder)
    with pytest.raises(DamagedIndexError, match="manifest"):
        put(folder, document(TEXT, "2.txt"))
    assert list(find_damage(folder)) == ["manifest.json"]


def test_a_manifest_of_something_else_makes_no_index(tmp_path):
    (tmp_path / "manifest.json").write_text('{"name": "a page"}')

    assert not is_index(tmp_path)
    with pytest.raises(NoIndexError):
        Index.open(tmp_path)


def test_what_may_not_be_read_is_not_called_damaged(tmp_path, monkeypatch):
    def refused(path):
        raise PermissionError(errno.EACCES, "refused", str(path))

    put(tmp_path / "ix", document(TEXT, "1.txt"))
    monkeypatch.setattr("detector.store.index.digest_of", refused)

    with pytest.raises(UnreadableFileError, match=r"new0\.seeds"):
        list(find_damage(tmp_path / "ix"))


def test_an_index_is_not_made_among_other_files(tmp_path):
    (tmp_path / "letter.txt").write_text("a")

    with pytest.raises(NotEmptyError), writing(tmp_path, loose_of):
        pass

    assert not is_index(tmp_path)
    with pytest.raises(NoIndexError):
        Index.open(tmp_path)


def test_the_manifest_names_its_format_and_settings(tmp_path):
    put(tmp_path / "ix", document(TEXT, "1.txt"))
    said = (tmp_path / "ix" / "manifest.json").read_text("utf-8")

    assert all(word in said for word in (FORMAT, '"settings"', '"unicode"'))
    assert np.array_equal(Index.open(tmp_path / "ix").segments[0].holders, [-1])


def test_a_manifest_that_was_altered_is_refused(tmp_path):
    put(tmp_path / "ix", document(TEXT, "1.txt", organisation="甲"))
    manifest = tmp_path / "ix" / "manifest.json"
    said = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(said | {"names": ["乙"]}))

    with pytest.raises(DamagedIndexError, match="manifest"):
        Index.open(tmp_path / "ix")


@pytest.mark.parametrize("kind", ["seeds", "about", "texts"])
def test_damage_is_not_written_again_as_if_it_were_sound(tmp_path, kind):
    folder = tmp_path / "ix"
    put(folder, *(document(f"{TEXT}{n}" * 9, f"{n}.txt") for n in range(3)))
    file = folder / f"00000001-new0.{kind}"
    data = file.read_bytes()
    alter(file, data[:-100] + bytes(byte ^ 1 for byte in data[-100:]))

    with pytest.raises(DamagedIndexError), writing(folder, loose_of) as writer:
        writer.remove([0])
    with pytest.raises(DamagedIndexError):
        put(folder, document(f"{TEXT}new" * 60, "new.txt"))  # they would be merged

    assert list(find_damage(folder)) == [file.name]
    alter(file, data)
    assert list(find_damage(folder)) == []


def test_a_copy_is_read_through_until_it_is_changed(tmp_path, monkeypatch):
    put(tmp_path / "ix", document(TEXT * 99, "1.txt"))
    shutil.copytree(tmp_path / "ix", tmp_path / "copy", copy_function=shutil.copyfile)
    read = []
    digest = container.digest_of
    monkeypatch.setattr(
        container, "digest_of", lambda path: read.append(path.name) or digest(path)
    )

    Index.open(tmp_path / "ix")
    assert not read
    Index.open(tmp_path / "copy")
    assert len(read) == len(KINDS)
    put(tmp_path / "copy", document("丙" * 9, "2.txt"))
    read.clear()
    assert len(Index.open(tmp_path / "copy")) == 2
    assert not read


def test_a_commit_that_was_interrupted_is_made_good_by_the_next(tmp_path, monkeypatch):
    folder = tmp_path / "ix"
    put(
        folder,
        document(TEXT, "a.txt"),
        document(TEXT, "b.txt"),
        document("丙" * 30, "c.txt"),
    )

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    with writing(folder, loose_of) as writer:
        for name in "ac":
            text = f"改{name}" * 30
            writer.add(document(text, f"{name}.txt"), text.encode()[:32])
        with monkeypatch.context() as broken:
            broken.setattr("detector.store.writer.write_part", interrupted)
            with pytest.raises(KeyboardInterrupt):
                writer.commit()

    index = Index.open(folder)
    texts = {index.origin(n).path: index.document(n).text for n in range(len(index))}
    assert texts == {"a.txt": "改a" * 30, "b.txt": TEXT, "c.txt": "改c" * 30}
    assert list(find_damage(folder)) == []


def test_what_is_removed_may_be_added_again_by_the_same_writer(tmp_path):
    folder = tmp_path / "ix"
    put(folder, document(TEXT, "a.txt"))

    with writing(folder, loose_of) as writer:
        writer.remove([0])
        again = writer.add(
            document(TEXT, "a.txt"), bytes.fromhex(document(TEXT, "").id)
        )

    assert (again, paths(folder)) == (Outcome.ADDED, ["a.txt"])


def test_what_was_added_before_a_removal_is_kept(tmp_path):
    folder = tmp_path / "ix"
    put(folder, *(document(f"{TEXT}{n}", f"{n}.txt") for n in range(4)))

    with writing(folder, loose_of) as writer:
        writer.add(document("改" * 30, "0.txt"), bytes(32))
        writer.remove([2])

    assert sorted(paths(folder)) == ["0.txt", "1.txt", "3.txt"]


def test_what_is_known_of_a_document_is_brought_up_to_date(tmp_path):
    folder = tmp_path / "ix"
    put(folder, document(TEXT, "a.txt"))

    with writing(folder, loose_of) as writer:
        outcome = writer.add(document(TEXT, "a.txt", organisation="甲"), bytes(32))

    assert (outcome, Index.open(folder).organisations) == (Outcome.REPLACED, {"甲": 1})


def test_numbers_of_organisations_are_used_again(tmp_path):
    folder = tmp_path / "ix"
    for n in range(6):
        put(folder, document(f"{TEXT}{n}", "a.txt", organisation=f"单位{n}"))

    assert Index.open(folder).manifest.names.count("") <= 1
    assert Index.open(folder).organisations == {"单位5": 1}


def test_twins_keep_their_own_layout(tmp_path):
    block = Block(Span(0, 4), Place(page=2))
    owner = Document(TEXT, Origin("a.docx"), (block,), (Omission("X101", 2),))
    put(tmp_path / "ix", owner, document(TEXT, "b.txt"))

    index = Index.open(tmp_path / "ix")

    assert index.document(0) == owner
    assert index.document(1) == document(TEXT, "b.txt")


def test_a_path_or_an_organisation_that_is_no_text_stops_nothing(tmp_path):
    odd = document(TEXT, "g\udcff/a.txt", organisation="g\udcff")

    put(tmp_path / "ix", odd, document(TEXT * 2, "b.txt"))

    assert paths(tmp_path / "ix") == ["g\udcff/a.txt", "b.txt"]
    assert Index.open(tmp_path / "ix").organisations == {"g\udcff": 1, "": 1}


def test_an_index_that_is_a_file_is_told(tmp_path):
    (tmp_path / "letter.txt").write_text("a")

    with pytest.raises(OutputError), writing(tmp_path / "letter.txt", loose_of):
        pass


@pytest.mark.parametrize("opens", ["pathlib.Path.read_bytes", "os.open"])
def test_what_the_system_does_not_allow_is_told(tmp_path, monkeypatch, opens):
    put(tmp_path / "ix", document(TEXT, "1.txt"))

    def denied(*_):
        raise PermissionError(13, "permission denied")

    monkeypatch.setattr(opens, denied)

    with pytest.raises(UnreadableFileError, match="permission denied"):
        Index.open(tmp_path / "ix")


def test_thousands_of_twins_take_no_more_than_their_number(tmp_path):
    folder = tmp_path / "ix"
    put(folder, *(document(TEXT, f"{n}.txt") for n in range(2000)))

    with writing(folder, loose_of) as writer:
        writer.remove([0])

    index = Index.open(folder)
    assert (len(index), int(index.has_text.sum())) == (1999, 1)


def test_an_id_is_found_by_its_first_digits(tmp_path):
    put(tmp_path / "ix", document(TEXT, "a.txt"), document(TEXT * 2, "b.txt"))
    index = Index.open(tmp_path / "ix")

    assert find(index, index.id(1)[:9].upper()) == [1]
    assert find(index, index.id(1)) == [1]
    for name in (index.id(1)[:7], index.id(1)[:8] + "g", index.id(1) + "00"):
        with pytest.raises(NotInIndexError):
            find(index, name)


def test_a_commit_that_is_done_is_not_undone(tmp_path, monkeypatch):
    folder = tmp_path / "ix"
    put(folder, *(document(f"{TEXT}{n}" * 3, f"{n}.txt") for n in range(3)))
    replaced = Path.replace

    def then_interrupted(self, target):
        replaced(self, target)
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", then_interrupted)
        with pytest.raises(KeyboardInterrupt), writing(folder, loose_of) as writer:
            writer.remove([1])

    assert paths(folder) == ["0.txt", "2.txt"]
    assert list(find_damage(folder)) == []
