"""Pairs on Spark, on this machine: seconds and shuffled bytes, beside MinHashLSH.

    python benchmarks/scaling.py WORK [PASSAGES ...] > benchmarks/results/scaling.txt

WORK is a folder for tables and event logs. Passages are 30–150 characters of words
drawn by their frequency in jieba's dictionary; one in ten is an earlier one with two
words exchanged, and one in a hundred ends with a sentence that all of these have. Found
is an exchanged passage that is a pair with the one it was made from. The peer is
`pyspark.ml.feature.MinHashLSH` with 8 tables on shingles of five characters, at Jaccard
0.5, on the same machine, one after the other; it is left out where what it shuffles,
which grows with the square, would fill the disk.

The model is a line through what was measured, by least squares of relative errors; the
plan is the model at 10⁹ documents of 1,000 characters.
"""

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import numpy as np

COUNTS = (10_000, 100_000, 1_000_000)
PEER_UP_TO = 100_000
SENTENCE = (
    "以上各项由经办人每月核对一次，数字以台账为准，"
    "不符的先盘点再填报，逾期的附书面说明。"
)
TABLES, DISTANCE, SHINGLE = 8, 0.5, 5
PLANNED, CHARACTERS, PRICE = 10**9, 1000, 0.05
UNITS_OF_PART, MOST_PARTS = 1_000_000, 20_000  # as `detector.distributed` has them


def main() -> None:
    work = Path(sys.argv[1])
    counts = [int(one) for one in sys.argv[2:]] or COUNTS
    print("python benchmarks/scaling.py WORK [PASSAGES ...]")
    print(f"{os.cpu_count()} cores, local[*], driver 6 GB")
    measured: list[Measured] = []
    for count in counts:
        table = work / f"passages-{count}.jsonl"
        if not table.exists():
            make(table, count)
        size = table.stat().st_size
        print(f"\n{count:,} passages, {size / 1e6:,.0f} MB of JSON", flush=True)
        found = run("ours", table, work)
        if found:
            report("detector pairs --engine spark", found, count)
            measured.append(found)
        if count > PEER_UP_TO:
            print("MinHashLSH: left out at this size")
        elif found := run("peer", table, work):
            report("MinHashLSH", found, count)
    if len(measured) > 2:
        plan(measured)


class Measured(NamedTuple):
    """A run: seconds, bytes that were shuffled and that are kept, and what it says."""

    seconds: float
    shuffled: int
    kept: int
    said: dict


def run(name: str, table: Path, work: Path) -> Measured | None:
    """Run one of both in a process of its own."""
    log = work / f"events-{name}-{table.stem}"
    shutil.rmtree(log, ignore_errors=True)
    log.mkdir(parents=True)
    logged = {
        "enabled": "true",
        "dir": log,
        "compress": "false",
        "rolling.enabled": "false",
    }
    conf = " ".join(
        f"--conf spark.eventLog.{key}={value}" for key, value in logged.items()
    )
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, __file__, name, str(table), str(work)],
        env={
            **os.environ,
            "PYSPARK_SUBMIT_ARGS": f"{conf} --driver-memory 6g pyspark-shell",
        },
        capture_output=True,
        check=False,
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        print(f"{name}: failed after {seconds:.0f} s:", done.stderr[-300:])
        return None
    kept = sum(one.stat().st_size for one in (work / name).rglob("part-*"))
    said = json.loads(done.stdout.splitlines()[-1])
    return Measured(seconds, shuffled(log), kept, said)


def plan(measured: list[Measured]) -> None:
    """Print the model of some runs, and what it says of 10⁹ documents."""
    said = measured[-1].said
    passages = np.array([one.said["passages"] for one in measured], dtype=np.float64)
    print("\nmodel: a + b · passages")
    slopes = {}
    for name in ("seconds", "shuffled", "kept"):
        values = np.array([getattr(one, name) for one in measured], dtype=np.float64)
        slope, start = np.polyfit(passages, values, 1, w=1 / values)
        off = np.abs((start + slope * passages) / values - 1).max()
        grown = values[-1] / values[-2] / (passages[-1] / passages[-2])
        print(
            f"    {name}: {start:,.0f} + {slope:.3g} · passages; off by {off:.0%}; "
            f"a passage of the largest to one of the largest but one: {grown:.2f}"
        )
        slopes[name] = slope
    each = said["characters"] / said["passages"]
    as_many = PLANNED * CHARACTERS / each
    parts = min(PLANNED * CHARACTERS / UNITS_OF_PART, MOST_PARTS)
    hours = slopes["seconds"] * as_many * (os.cpu_count() or 1) / 3600
    moved, kept = (slopes[name] * as_many for name in ("shuffled", "kept"))
    print(
        f"\n{PLANNED:.0e} documents of {CHARACTERS:,} characters, as {as_many:.2g} "
        f"passages of {each:.0f}: {parts:,.0f} parts, {hours:,.0f} hours of a core, "
        f"{moved / 1e12:,.0f} TB shuffled ({moved / parts / 1e9:.1f} GB a part), "
        f"{kept / 1e12:,.0f} TB of tables in the work folder, "
        f"{hours * PRICE:,.0f} $ at {PRICE} $ for an hour of a core"
    )


def report(label: str, found: Measured, count: int) -> None:
    said = found.said
    print(
        f"{label}: {found.seconds:.1f} s, {found.seconds / count * 1e6:.0f} µs a "
        f"passage; shuffled {found.shuffled / 1e6:,.0f} MB, "
        f"{found.shuffled / count:,.0f} bytes a passage; "
        f"pairs {said['pairs']:,}; found {said['found']:.3f} of the planted; "
        f"peak of Python {said['memory'] / 1024:,.0f} MB",
        flush=True,
    )
    for stage, took in said.get("stages", {}).items():
        print(f"    {took:8.1f} s  {stage}")


def make(table: Path, count: int) -> None:
    """Write passages; every tenth is an earlier one with two words exchanged."""
    import jieba

    rng = random.Random(9)
    listed = Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines()
    names = [line.split()[0] for line in listed]
    weights = list(accumulate(int(line.split()[1]) for line in listed))
    earlier: list[tuple[int, list[str]]] = []
    table.parent.mkdir(parents=True, exist_ok=True)
    with table.open("w", encoding="utf-8") as file:
        for number in range(count):
            source = -1
            if number % 10 == 9:
                source, chosen = rng.choice(earlier)
                chosen = list(chosen)
                for _ in range(2):
                    chosen[rng.randrange(len(chosen))] = rng.choices(
                        names, cum_weights=weights
                    )[0]
            else:
                chosen = rng.choices(names, cum_weights=weights, k=rng.randint(20, 90))
            if len(earlier) < 10_000:
                earlier.append((number, chosen))
            elif number % 10 != 9:
                earlier[rng.randrange(len(earlier))] = (number, chosen)
            text = "".join(chosen) + "。" + SENTENCE * (number % 100 == 50)
            row = {"path": f"{number:09d}", "text": text, "source": source}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def shuffled(log: Path) -> int:
    """Return how many bytes all tasks have written for others."""
    total = 0
    for path in log.rglob("*"):
        if not path.is_file():
            continue
        with path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                if line.startswith('{"Event":"SparkListenerTaskEnd"'):
                    metrics = json.loads(line).get("Task Metrics") or {}
                    written = metrics.get("Shuffle Write Metrics") or {}
                    total += written.get("Shuffle Bytes Written", 0)
    return total


def ours(table: Path, work: Path) -> dict:
    from detector.config import Config
    from detector.distributed.pairs import find_pairs
    from detector.executors.spark import started

    folder = work / "ours"
    shutil.rmtree(folder, ignore_errors=True)
    began = time.time()
    with started("local[*]", str(folder)) as spark:
        up = time.time()
        found = find_pairs(spark, [str(table)], Config())
    marks = {p.parent.name: p.stat().st_mtime for p in folder.glob("*/*/_SUCCESS")}
    stages, last = {"start of Spark": up - began}, up
    for name, at in sorted(marks.items(), key=lambda item: item[1]):
        stages[name], last = at - last, at
    stages["weighed up"] = time.time() - last
    pairs = {pair[:2] for pair in found.pairs.pairs}
    return facts(table, pairs) | {"stages": stages}


def peer(table: Path, _: Path) -> dict:
    from pyspark.ml import Pipeline
    from pyspark.ml.feature import HashingTF, MinHashLSH, NGram, RegexTokenizer
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master("local[*]").getOrCreate()
    frame = spark.read.json(str(table))
    steps = Pipeline(
        stages=[
            RegexTokenizer(pattern="", inputCol="text", outputCol="characters"),
            NGram(n=SHINGLE, inputCol="characters", outputCol="shingles"),
            HashingTF(inputCol="shingles", outputCol="features", binary=True),
            MinHashLSH(inputCol="features", outputCol="hashes", numHashTables=TABLES),
        ]
    )
    model = steps.fit(frame)
    hashed = model.transform(frame).cache()
    join = model.stages[-1].approxSimilarityJoin(hashed, hashed, DISTANCE)
    near = join.where("datasetA.path < datasetB.path")
    rows = near.selectExpr("datasetA.path as one", "datasetB.path as other").collect()
    pairs = {(int(row["one"]), int(row["other"])) for row in rows}
    spark.stop()
    return facts(table, pairs)


def facts(table: Path, pairs: set[tuple[int, int]]) -> dict:
    with table.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    wanted = {(row["source"], n) for n, row in enumerate(rows) if row["source"] >= 0}
    both = [resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN]
    return {
        "passages": len(rows),
        "characters": sum(len(row["text"]) for row in rows),
        "pairs": len(pairs),
        "found": len(wanted & pairs) / (len(wanted) or 1),
        "memory": max(resource.getrusage(who).ru_maxrss for who in both),
    }


if __name__ == "__main__":
    if sys.argv[1] in {"ours", "peer"}:
        work = defaultdict(lambda: peer, ours=ours)[sys.argv[1]]
        print(json.dumps(work(Path(sys.argv[2]), Path(sys.argv[3]))))
    else:
        main()
