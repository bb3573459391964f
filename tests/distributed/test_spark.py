"""On Spark the same is found as on one machine, whatever is lost on the way."""

import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import warnings
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest

import detector as d
from detector.config import Config
from detector.distributed import indexing, pairs
from detector.errors import (
    ClusterError,
    DamagedFileError,
    EmptyFileError,
    MissingExtraError,
    MissingFileError,
    MissingJavaError,
    NothingToReadError,
    OptionError,
)
from detector.executors import spark as engine
from detector.executors.spark import started
from detector.formats.limits import ReadLimits
from detector.indexing import add
from detector.pairing import find_pairs
from detector.pipeline import open_corpus
from detector.reporters.pairs_json import render_pairs
from detector.reporters.pairs_parquet import render_pairs as render_parquet
from detector.store.index import Index, find_damage
from tests.index.test_search import FORMULA, RARE, invented

DEMO = Path(__file__).parents[2] / "corpora" / "demo"
REQUIRED = os.environ.get("DETECTOR_SPARK") == "required"
needs_spark = pytest.mark.skipif(
    not REQUIRED and not (find_spec("pyspark") and shutil.which("java")),
    reason='needs Java 17 and pip install "detector[spark]"; .ci/run has both',
)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with started("local[2]", str(tmp_path_factory.mktemp("spark"))) as running:
        yield running


def rendered(found, errors):
    return render_pairs(found, errors, "zh")


def here(*paths):
    corpus = open_corpus(list(map(str, paths)))
    return rendered(find_pairs(corpus), corpus.errors)


def there(cluster, *paths):
    found = pairs.find_pairs(cluster, list(map(str, paths)), Config())
    return rendered(found.pairs, found.errors)


@pytest.fixture
def folder(tmp_path):
    """Documents that share something, twins, an empty one, and one that is damaged."""
    made = tmp_path / "文档"
    made.mkdir()
    for n in range(24):
        text = invented(n % 9) + RARE * (n % 3) + FORMULA
        name = f"# {'甲乙丙丁'[n % 4]}山镇{2020 + n % 5}年工作总结\n\n"
        (made / f"{n:02}.md").write_text(name + text, "utf-8")
    (made / "twin.md").write_bytes((made / "03.md").read_bytes())
    (made / "empty.txt").write_text(" \n", "utf-8")
    (made / "broken.docx").write_bytes(b"PK\x03\x04 no more")
    return made


@needs_spark
def test_pairs_are_those_of_one_machine(cluster, folder):
    found = there(cluster, folder)

    assert found == here(folder)
    assert json.loads(found)["pairs"]
    assert [one["code"] for one in json.loads(found)["errors"]] == ["D308", "D303"]


@needs_spark
def test_pairs_of_an_index_and_of_files(cluster, folder, tmp_path):
    index = tmp_path / "some.index"
    add(index, [str(DEMO)])

    assert there(cluster, index, folder) == here(index, folder)


@needs_spark
@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_pairs_of_a_table(cluster, folder, tmp_path, form):
    documents = open_corpus([str(folder)]).documents
    rows = [
        {"path": one.origin.path, "text": one.text, "year": one.origin.year}
        for one in documents
    ]
    table = tmp_path / f"table.{form}"
    lines = [json.dumps(row, ensure_ascii=False) for row in rows[::-1]]
    if form == "jsonl":
        table.write_text("\n".join(lines), "utf-8")
    else:
        frame = cluster.session.createDataFrame(rows[::-1])
        frame.write.parquet(str(table))

    told = [
        d.Document.from_text(
            one.text,
            one.origin.path,
            organisation=one.origin.organisation,
            year=one.origin.year,
            title=one.origin.title,
            genre=one.origin.genre,
        )
        for one in sorted(documents, key=lambda one: one.origin.path)
    ]
    expected = rendered(find_pairs(d.Corpus("table", told)), ())
    assert there(cluster, table) == expected


@needs_spark
def test_pairs_of_files_that_spark_reads(cluster, folder):
    found = json.loads(there(cluster, f"file://{folder}"))
    expected = json.loads(here(folder))

    assert found["pairs"] == expected["pairs"]
    assert found["clusters"] == expected["clusters"]


@needs_spark
@pytest.mark.parametrize("name", ["t[1].jsonl", "a b#c%20.jsonl", "表*.jsonl"])
def test_a_table_is_found_whatever_its_name(cluster, tmp_path, name):
    (tmp_path / name).write_text('{"path": "a", "text": "一、工作情况"}\n', "utf-8")

    assert documents_of(there(cluster, tmp_path / name)) == ["a"]
    assert documents_of(there(cluster, f"file:{tmp_path}/*.jsonl")) == ["a"]


def documents_of(found):
    return [one["path"] for one in json.loads(found)["documents"]]


@needs_spark
def test_rows_that_are_no_documents_are_told(cluster, tmp_path):
    table, gone = tmp_path / "table.jsonl", tmp_path / "gone.parquet"
    lines = [
        '{"path": "b", "text": "二、存在问题", "year": 2024}',
        '{"path": "a", "text": "一、工作情况", "genre": null}',
        '{"path": "c", "text": "三、下一步',
        '{"path": "d", "text": null}',
        '{"text": "四、结语"}',
        '"五"',
    ]
    table.write_text("\n".join(lines), "utf-8")

    found = there(cluster, gone, table)

    assert documents_of(found) == ["a", "b"]
    errors = [(one["code"], one["path"]) for one in json.loads(found)["errors"]]
    assert errors[0] == ("D302", str(gone))
    assert sorted(errors[1:]) == [("D303", "d"), *[("D308", str(table))] * 3]


@needs_spark
@pytest.mark.parametrize(
    ("files", "wanted", "error"),
    [
        ({"a.txt": ""}, "{}", EmptyFileError),
        ({"a.json": "{}"}, "file://{}/a.json", NothingToReadError),
        ({"a.txt": ""}, "file://{}", EmptyFileError),
        ({"a.jsonl": ""}, "{}/a.jsonl", DamagedFileError),
        ({}, "{}/a.jsonl", MissingFileError),
        ({}, "file://{}/nowhere", MissingFileError),
    ],
)
def test_nothing_read_is_never_a_pass(cluster, tmp_path, files, wanted, error):
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")

    with pytest.raises(error):
        there(cluster, wanted.format(tmp_path))


@needs_spark
def test_a_stage_that_lost_a_file_is_made_anew(cluster, folder, tmp_path):
    work = replace(cluster, work=f"{tmp_path}/work")
    found = there(work, folder)
    (shared,) = (tmp_path / "work").glob("*/shared")
    max(shared.glob("part-*"), key=lambda one: one.stat().st_size).unlink()
    shutil.rmtree(shared.with_name("weighed"))

    assert there(work, folder) == found


@needs_spark
def test_pairs_are_written_where_they_are(cluster, folder, tmp_path):
    """The rows of one file, in its order, in parts that no machine has all of."""
    import pyarrow.parquet as pq

    paths = [str(DEMO), str(folder)]
    conf = cluster.session.conf
    conf.set("spark.sql.adaptive.coalescePartitions.enabled", "false")
    conf.set("spark.sql.shuffle.partitions", "7")

    try:
        found = pairs.compare(cluster, paths, Config())
        found.write(f"file://{tmp_path}/pairs.parquet")
    finally:
        conf.unset("spark.sql.adaptive.coalescePartitions.enabled")
        conf.unset("spark.sql.shuffle.partitions")

    parts = sorted((tmp_path / "pairs.parquet").glob("part-*"))
    rows = [row for part in parts for row in pq.read_table(part).to_pylist()]
    one_file = render_parquet(find_pairs(open_corpus(paths)))
    assert rows == pq.read_table(io.BytesIO(one_file)).to_pylist()
    assert len(parts) > 1
    assert len(rows) > 200


@needs_spark
def test_a_folder_that_is_there_is_not_written(folder, tmp_path):
    there_ = tmp_path / "pairs.parquet"
    there_.mkdir()
    (there_ / "mine").write_text("mine")
    options = ["--engine", "spark", "-o", f"file://{there_}", "-q", "--lang", "en"]

    done = subprocess.run(
        [*COMMAND, str(folder), *options], check=False, capture_output=True, text=True
    )

    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"detector: D311 cannot write file://{there_}: exists already"
    ]
    assert [one.name for one in there_.iterdir()] == ["mine"]


@needs_spark
def test_what_stands_everywhere_is_not_followed_and_told(cluster, tmp_path):
    rows = [
        {"path": f"{n:04}.txt", "text": invented(n, 60) + "\n" + RARE}
        for n in range(400)
    ]
    table = tmp_path / "table.jsonl"
    table.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    documents = [d.Document.from_text(row["text"], row["path"]) for row in rows]

    found = pairs.find_pairs(cluster, [str(table)], Config())

    assert rendered(found.pairs, ()) == rendered(
        find_pairs(d.Corpus("table", documents)), ()
    )
    assert found.capped.seeds > 5
    assert found.capped.places == 400 * found.capped.seeds


MANY = 600


@pytest.mark.skipif(not REQUIRED, reason="takes minutes; .ci/run does it")
def test_a_paragraph_of_very_many_documents_takes_bounded_memory(tmp_path):
    resource = pytest.importorskip("resource")
    table = tmp_path / "table.jsonl"
    with table.open("w", encoding="utf-8") as file:
        for n in range(MANY):
            text = f"{invented(n, 50)}\n{RARE}"
            file.write(json.dumps({"path": f"{n:05}.txt", "text": text}) + "\n")
    options = ["--engine", "spark", "--master", "local[2]", "-o"]
    command = [*COMMAND, str(table), *options, str(tmp_path / "pairs.parquet"), "-q"]
    command += ["--lang", "en"]

    done = subprocess.run(command, check=False, capture_output=True)

    assert done.returncode == 0, done.stderr
    assert b"was not followed" in done.stderr
    pairs_ = parquet_rows(tmp_path / "pairs.parquet")
    assert MANY < pairs_ <= MANY * 16  # and not 179,700
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert used < 6 << 20, f"{used} KB in one process"


def parquet_rows(path):
    import pyarrow.parquet as pq

    return pq.read_metadata(path).num_rows


@needs_spark
def test_an_index_is_the_one_of_one_machine(cluster, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(indexing, "_UNITS_OF_PART", 900)
    draft = folder / "05.md"
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    ours, theirs = tmp_path / "a" / "ix", tmp_path / "b" / "ix"
    for change in ("begin", "edit", "same"):
        if change == "edit":
            (folder / "03.md").write_text(invented(77), "utf-8")
            (folder / "new.md").write_bytes((folder / "04.md").read_bytes())
        one = indexing.add(cluster, ours, [str(folder)])
        other = add(theirs, [str(folder)])

        if change == "begin":
            assert len(Index.open(ours).parts) > 2
        assert one.counts == other.counts
        assert one.documents == other.documents
        assert sorted(map(str, one.errors)) == sorted(map(str, other.errors))
        assert list(find_damage(ours)) == []
        assert Index.open(ours).manifest.digest == Index.open(theirs).manifest.digest
        reports = [checked(draft, index) for index in (ours, theirs)]
        assert reports[0] == reports[1]
    assert not (tmp_path / "a" / "ix.parts").exists()


@needs_spark
def test_limits_of_reading_hold_in_the_workers(cluster, folder, tmp_path):
    """Elements in elements take a parser the square of their number."""
    (folder / "deep.html").write_bytes(b"<div>" * 10**6)
    (folder / "long.txt").write_text("浮桥改成了双车道。\n" * 3000, "utf-8")
    limits = ReadLimits(max_read_seconds=1.5, max_depth=10**9, max_blocks=2999)

    added = indexing.add(cluster, tmp_path / "some.index", [str(folder)], limits)

    told = [str(error) for error in added.errors if error.code == "D309"]
    assert len(told) == 2
    assert any("deep.html" in one and "max_read_seconds" in one for one in told)
    assert any("long.txt" in one and "max_blocks" in one for one in told)
    assert added.documents


@needs_spark
def test_an_index_is_made_as_often_as_it_is_asked_for(cluster, folder, tmp_path):
    """The tables of a run that was whole are no reason to write nothing."""
    index = tmp_path / "some.index"

    first, *again = [
        indexing.add(cluster, index, [str(folder)]).counts for _ in range(4)
    ]
    shutil.rmtree(index)
    anew = indexing.add(cluster, index, [str(folder)]).counts

    assert all(one == again[0] for one in again)
    assert again[0]["kept"] == 25
    assert anew == first
    assert list(find_damage(index)) == []
    assert [one.name for one in tmp_path.glob("*.parts")] == []


@needs_spark
def test_a_twin_keeps_its_text_when_the_one_it_had_it_of_is_changed(cluster, tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    for name in "ab":
        (docs / f"{name}.txt").write_text(invented(1), "utf-8")
    for engine_ in (indexing.add, None):
        index = tmp_path / f"{engine_ is None}.index"
        add(index, [str(docs)])
    (docs / "a.txt").write_text(invented(2), "utf-8")
    (docs / "c.txt").write_text(invented(1), "utf-8")

    one = indexing.add(cluster, tmp_path / "False.index", [str(docs)])
    other = add(tmp_path / "True.index", [str(docs)])

    assert (one.counts, one.twins) == (other.counts, other.twins)
    assert list(find_damage(tmp_path / "False.index")) == []
    texts = [
        sorted(index.document(n).text for n in range(len(index)))
        for index in map(Index.open, tmp_path.glob("*.index"))
    ]
    assert texts[0] == texts[1] == sorted([invented(1), invented(1), invented(2)])


@needs_spark
def test_a_run_goes_on_only_with_the_layout_it_had(cluster, folder):
    layout = folder / "corpus.toml"
    found = set()
    for name in ("genre", "organisation"):
        layout.write_text(f'layout = "{{{name}}}"', "utf-8")
        found.add(there(cluster, folder))
        assert there(cluster, folder) == here(folder)

    assert len(found) == 2


@needs_spark
@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes there")
def test_what_a_name_says_may_be_no_text(cluster, folder):
    (folder / "corpus.toml").write_text('layout = "{organisation}/{year}"', "utf-8")
    for n, name in enumerate([b"\xff\xfe", "甲县".encode(), b"\xb1\xb1"]):
        made = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
        made.mkdir()
        (made / "2024.txt").write_text(invented(3) + RARE * n, "utf-8")

    assert there(cluster, folder) == here(folder)


@needs_spark
def test_two_texts_of_one_path_are_told_and_the_same_one_is_kept(cluster, tmp_path):
    rows = [{"path": f"{n % 5}.txt", "text": invented(n)} for n in range(10)]
    digests = set()
    for parts in (1, 3):
        table, index = tmp_path / f"{parts}.parquet", tmp_path / f"{parts}.index"
        made = rows[::-1] if parts == 1 else rows
        frame = cluster.session.createDataFrame(made).repartition(parts)
        frame.write.parquet(str(table))

        for added in (5, 0):
            found = indexing.add(cluster, index, [str(table)])
            assert (found.counts["added"], found.documents) == (added, 5)
            told = sorted((one.code, one.facts["path"]) for one in found.errors)
            assert told == [("D308", f"{n}.txt") for n in range(5)]
        digests.add(Index.open(index).manifest.digest)

    assert len(digests) == 1


@needs_spark
def test_an_index_that_was_killed_when_its_parts_were_written(folder, tmp_path):
    """What is there then is the index that was; the next run has little to do."""
    index, work = tmp_path / "some.index", tmp_path / "work"
    add(index, [str(DEMO)])
    before = {path.name: path.read_bytes() for path in index.iterdir()}
    script = """
import os, signal, sys
from detector.store.writer import Writer
Writer.adopt = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from detector.cli import main
sys.argv[0] = "detector"
main()
"""
    options = ["--engine", "spark", "--master", "local[2]", "--work", str(work)]
    arguments = ["index", "add", str(index), str(folder), *options]

    killed = subprocess.run([sys.executable, "-c", script, *arguments], check=False)

    assert killed.returncode == -signal.SIGKILL
    after = {path.name: path.read_bytes() for path in index.iterdir()}
    assert before.items() <= after.items()
    assert list(find_damage(index)) == []
    there_ = stages(work)
    assert "parts" in there_

    again = subprocess.run(
        [sys.executable, "-m", "detector", *arguments], check=False, capture_output=True
    )

    assert b"added: 24" in again.stdout, again.stderr
    assert stages(work) == there_
    assert list(find_damage(index)) == []
    assert not (tmp_path / "some.index.parts").exists()
    theirs = tmp_path / "theirs.index"
    add(theirs, [str(DEMO)])
    add(theirs, [str(folder)])
    assert Index.open(index).manifest.digest == Index.open(theirs).manifest.digest


def checked(draft, index):
    report = d.check(draft, [index])
    return [
        (m.draft.span, m.source.document.origin.path, m.source.span, m.label, m.weight)
        for m in report.matches
    ]


COMMAND = [sys.executable, "-m", "detector", "pairs"]


def stages(work):
    """Return the stages that are whole, and since when; a mark takes time, too."""
    marks = (mark for mark in work.glob("*/*.whole") if _is_written(mark))
    return {mark.stem: mark.stat().st_mtime_ns for mark in marks}


def _is_written(mark):
    sums = mark.with_name(f".{mark.name}.crc")  # closed after it
    return all(file.exists() and file.stat().st_size for file in (mark, sums))


@needs_spark
def test_a_run_that_was_killed_goes_on_where_it_was(folder, tmp_path):
    work = tmp_path / "work"
    options = ["--engine", "spark", "--master", "local[2]", "--work", str(work)]
    command = [*COMMAND, str(folder), *options, "--format", "json", "--lang", "zh"]
    first = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    wait_for(lambda: "seeds" in stages(work))
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    before = stages(work)

    again = subprocess.run(command, check=False, capture_output=True)

    assert {"read", "documents", "seeds"} <= before.keys()
    assert "shared" not in before
    assert before.items() <= stages(work).items()
    assert again.stdout == here(folder)


@needs_spark
def test_a_worker_that_is_lost_costs_its_tasks_only(folder, tmp_path):
    """A master and two workers of their own, of which one is killed amid the work."""
    for n in range(24, 200):
        text = invented(n, 120) + (RARE if n % 7 == 0 else "")
        (folder / f"{n:03}.md").write_text(text, "utf-8")
    work = tmp_path / "work"
    with standalone(tmp_path, workers=2) as (master, workers):
        options = ["--engine", "spark", "--master", master, "--work", str(work)]
        command = [*COMMAND, str(folder), *options, "--format", "json", "--lang", "zh"]
        running = subprocess.Popen(command, stdout=subprocess.PIPE)
        wait_for(lambda: "seeds" in stages(work))
        os.killpg(workers[0].pid, signal.SIGKILL)
        assert "shared" not in stages(work)
        found, _ = running.communicate()

    assert running.returncode == 2  # for the files that cannot be read
    assert found == here(folder)
    assert "ERROR TaskSchedulerImpl: Lost executor" in (work / "spark.log").read_text()


@needs_spark
def test_an_index_is_made_on_a_cluster_wherever_one_stands(folder, tmp_path):
    with standalone(tmp_path, workers=1) as (master, _):
        options = ["--engine", "spark", "--master", master, "--work", str(tmp_path)]
        command = [*COMMAND[:-1], "index", "add", "some.index", folder.name, *options]
        done = subprocess.run(command, check=False, capture_output=True, cwd=tmp_path)

    assert b"added: 24" in done.stdout, done.stderr
    assert list(find_damage(tmp_path / "some.index")) == []


def wait_for(told, seconds=180):
    deadline = time.monotonic() + seconds
    while not told() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert told()


@contextmanager
def standalone(folder, workers):
    """Start a master and workers of Spark on this machine, and stop them."""
    import pyspark

    home = Path(pyspark.__file__).parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    master = f"spark://127.0.0.1:{port}"
    deploy = "org.apache.spark.deploy"
    commands = [
        [f"{deploy}.master.Master", "--port", str(port), "--webui-port", "0"],
        *[
            [f"{deploy}.worker.Worker", "--cores", "1", "--memory", "1g", master]
            for _ in range(workers)
        ],
    ]
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(folder / "workers"),
    }
    started = []
    try:
        for number, command in enumerate(commands):
            with (folder / f"daemon-{number}.log").open("wb") as log:
                started.append(
                    subprocess.Popen(
                        [home / "bin" / "spark-class", *command, "--host", "127.0.0.1"],
                        env=environment,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
                )
        yield master, started[1:]
    finally:
        for one in started:
            with suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGKILL)
            one.wait()


@needs_spark
@pytest.mark.parametrize("when", ["at once", "amid the work"])
def test_ctrl_c_leaves_nothing(folder, tmp_path, when):
    options = ["--engine", "spark", "--master", "local[2]", "--format", "json"]
    running = subprocess.Popen(
        [*COMMAND, str(folder), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        start_new_session=True,
    )
    if when == "at once":
        wait_for(lambda: list(tmp_path.glob("detector-*/spark.log")))
    else:
        wait_for(lambda: list(tmp_path.glob("detector-*/*/read/_SUCCESS")))
    running.send_signal(signal.SIGINT)

    out, told = running.communicate(timeout=60)  # Java has let go of both

    assert (running.returncode, out) == (130, b"")
    assert len(told.splitlines()) <= 1, told.decode()
    assert not list(tmp_path.glob("detector-*"))


def test_spark_that_did_not_hear_is_stopped_again(recwarn):
    pytest.importorskip("pyspark")
    asked = []
    java = SimpleNamespace(stop=lambda: asked.append("again"))

    def stop():
        asked.append("first")
        warnings.warn("Unable to cleanly shutdown", RuntimeWarning, stacklevel=1)

    engine._stop(SimpleNamespace(sparkContext=SimpleNamespace(_jsc=java), stop=stop))

    assert asked == ["first", "again"]
    assert not recwarn.list


def test_a_variable_of_another_run_is_told(monkeypatch):
    pytest.importorskip("pyspark")
    monkeypatch.setattr(engine, "find_java", lambda: None)
    monkeypatch.setenv(engine.SUBMITTED, "1")

    with pytest.raises(ClusterError, match="PYSPARK_GATEWAY_SECRET"), started("", ""):
        pass


@needs_spark
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--work", "{}/file"], "D311 cannot write {}/file: exists already"),
        (["-o", "{}/none/a.json"], "D311 cannot write {}/none/a.json: no such file"),
        (["-o", "file://{}/file/a.parquet"], "D311 cannot write file://{}/file/a"),
        (["-o", "nowhere://a/a.parquet"], 'No FileSystem for scheme "nowhere"'),
    ],
)
def test_what_cannot_be_written_is_told_before_the_work(
    folder, tmp_path, options, said
):
    (tmp_path / "file").write_text("mine")
    options = [one.format(tmp_path) for one in options]
    command = [*COMMAND, str(folder), "--engine", "spark", *options, "--lang", "en"]

    done = subprocess.run(command, check=False, capture_output=True, text=True)

    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert said.format(tmp_path) in line
    assert done.stdout == ""


def test_without_java_it_says_what_is_missing(tmp_path, monkeypatch):
    pytest.importorskip("pyspark")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    with pytest.raises(MissingJavaError, match="Java 17"):
        engine.find_java()


def test_an_old_java_is_told(tmp_path, monkeypatch):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    with pytest.raises(MissingJavaError, match="11"):
        engine.find_java()


def test_without_pyspark_it_says_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)

    with pytest.raises(MissingExtraError, match=r"detector\[spark\]"), started("", ""):
        pass


@needs_spark
def test_a_share_that_is_none_is_refused(cluster):
    with pytest.raises(OptionError):
        pairs.find_pairs(cluster, [str(DEMO)], Config(), 0)
