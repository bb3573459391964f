"""All pairs of 2,000 real documents that share a passage: found, and at what cost.

    python benchmarks/all_pairs.py DATA > benchmarks/results/all_pairs.txt

DATA holds `zh_laws/docs/`, `zh_tech/docs/`, `zh_gov_reports/` and `zh_gov_notices/`.
Into every document two passages of another one are planted, edited in a known way: one
as a paragraph of its own, one between two sentences. Each method is a process: CPU
seconds and memory are those of all of it, from the files on; methods take turns, and
what is shown is the median of seven rounds. Found: the method names source and host
together, for a place that meets the planted span. Natural boilerplate: passages whose
12-grams stand in more than three documents on the median; any of their holders could be
named, so that they are counted apart.

Peers: `pip install datasketch xxhash rensa`. Both see paragraphs, as sets of 5-grams,
128 permutations in 32 bands of 4; datasketch by its fastest call, rensa by its own.
"""

import json
import random
import statistics
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from spent import spent

DOCUMENTS, CHARACTERS = 2000, 6000
ROUNDS = 7
KINDS = ("verbatim", "characters_15", "words_10", "words_20", "synonyms_half")
LENGTHS = ((30, 49), (50, 99), (100, 300))
K, BANDS, ROWS = 5, 32, 4
Spans: TypeAlias = Iterator[np.ndarray]
"""Rows of host, source, and from where to where in the host, in characters."""


def main() -> None:
    if len(sys.argv) > 2:
        run(sys.argv[1], Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        characters = plant(Path(sys.argv[1]), folder)
        truth = json.loads((folder / "truth.json").read_text("utf-8"))
        million = f"{characters / 1e6:.1f} Mchar"
        print(f"{DOCUMENTS} documents, {million}, {len(truth)} planted\n")
        rounds = [
            {method: measured(method, folder) for method in METHODS}
            for _ in range(ROUNDS)
        ]
        print(f"{'method':12} {'CPU s':>6} {'ratio':>20} {'MB':>6} {'pairs':>10}")
        for method in METHODS:
            found, _, size, count = rounds[0][method]
            cpu = statistics.median(one[method][1] for one in rounds)
            ratios = sorted(one[method][1] / one["detector"][1] for one in rounds)
            middle = statistics.median(ratios)
            ratio = f"{middle:.1f} ({ratios[0]:.1f} to {ratios[-1]:.1f})"
            print(f"{method:12} {cpu:6.1f} {ratio:>20} {size:6.0f} {count:10,}")
            recall(truth, found)


def measured(
    method: str, folder: Path
) -> tuple[dict[tuple[int, int], list[tuple[int, int]]], float, float, int]:
    (folder / f"{method}.npy").unlink(missing_ok=True)
    cpu, size = spent([sys.executable, __file__, method, str(folder)])
    rows = np.load(folder / f"{method}.npy").tolist()
    found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for host, source, start, end in rows:
        found[host, source].append((start, end))
    return found, cpu, size, len(rows)


def recall(truth: list[dict[str, Any]], found: Mapping[Any, Any]) -> None:
    """Print the share found: by kind and length, then of natural boilerplate."""
    by: dict[str, list[bool]] = defaultdict(list)
    for one in truth:
        places = found.get((one["host"], one["source"]), ())
        hit = any(start < one["end"] and one["start"] < end for start, end in places)
        if one["common"] > 3:
            by["natural boilerplate"].append(hit)
            continue
        by["all others"].append(hit)
        by[one["kind"]].append(hit)
        by["own paragraph" if one["whole"] else "between sentences"].append(hit)
        if one["kind"] == "verbatim":
            by[f"verbatim {one['band']}"].append(hit)
    for name in (
        *("all others", "own paragraph", "between sentences"),
        *KINDS,
        *(f"verbatim {low}-{high}" for low, high in LENGTHS),
        "natural boilerplate",
    ):
        print(f"    {name:20} {statistics.mean(by[name]):6.3f}  of {len(by[name]):,}")
    print(flush=True)


def plant(data: Path, folder: Path) -> int:
    """Write the documents and what was planted; return their characters."""
    texts = sources(data)
    rng = random.Random(5)
    common = Counter(gram for text in texts for gram in set(grams(text)))
    truth, total = [], 0
    for host, before in enumerate(texts):
        text = before
        for whole in (True, False):
            kind, (low, high) = rng.choice(KINDS), rng.choice(LENGTHS)
            made = passage(texts, host, kind, rng.randint(low, high), rng)
            if not made:
                continue
            source, original, changed = made
            # After a sentence, or after a line.
            sign = "\n" if whole else "。"
            places = [at + 1 for at, c in enumerate(text) if c == sign] or [0]
            at = rng.choice(places)
            piece = f"{changed}\n" if whole else changed
            for one in truth:
                if one["host"] == host and one["start"] >= at:
                    one["start"] += len(piece)
                    one["end"] += len(piece)
            text = text[:at] + piece + text[at:]
            truth.append(
                {
                    "host": host,
                    "source": source,
                    "kind": kind,
                    "whole": whole,
                    "start": at,
                    "end": at + len(changed),
                    "band": f"{low}-{high}",
                    "common": statistics.median(common[g] for g in grams(original)),
                }
            )
        (folder / f"{host:04d}.txt").write_text(text, "utf-8")
        total += len(text)
    (folder / "truth.json").write_text(json.dumps(truth), "utf-8")
    return total


def sources(data: Path) -> list[str]:
    """Return documents of four genres, mixed, the same ones every time."""
    found = [
        path
        for pattern in ("zh_laws/docs/*", "zh_tech/docs/*", "zh_gov_*/*/*.txt")
        for path in sorted(data.glob(pattern))
    ]
    random.Random(3).shuffle(found)
    texts = (path.read_text("utf-8") for path in found)
    return [text[:CHARACTERS] for text in texts if len(text) > 400][:DOCUMENTS]


def passage(
    texts: list[str], host: int, kind: str, length: int, rng: random.Random
) -> tuple[int, str, str] | None:
    """Return a source, a passage of it, and the same edited."""
    from detector.evaluation.edits import EDITS
    from detector.evaluation.edits.material import Material

    for _ in range(40):
        source = rng.randrange(len(texts))
        if source == host or len(texts[source]) <= length:
            continue
        start = rng.randrange(len(texts[source]) - length)
        original = texts[source][start : start + length]
        chinese = sum("\u4e00" <= c <= "\u9fff" for c in original)
        if chinese < 0.7 * length or "\n" in original:
            continue
        if kind == "characters_15":
            changed = with_other_characters(original, texts[host], rng)
        else:
            changed = EDITS[kind].change(original, Material(texts[host], True), rng)
        if changed:
            return source, original, changed
    return None


def with_other_characters(text: str, host: str, rng: random.Random) -> str:
    """Return `text` with 15 % of its characters replaced by such of the host."""
    letters = [c for c in host if c.isalnum()]
    signs = list(text)
    at = [n for n, sign in enumerate(signs) if sign.isalnum()]
    for n in rng.sample(at, round(0.15 * len(at))):
        signs[n] = rng.choice(letters)
    return "".join(signs)


def grams(text: str) -> list[str]:
    return [text[at : at + 12] for at in range(len(text) - 11)]


def run(method: str, folder: Path) -> None:
    """Write what a method finds."""
    rows = np.concatenate(list(METHODS[method](folder))).astype(np.int32)
    np.save(folder / f"{method}.npy", rows)


def ours(folder: Path) -> Spans:
    """Seeds of all documents, joined with themselves."""
    from detector.fingerprints.seeds import seeds_of
    from detector.formats import load
    from detector.index.pairs import shared_places
    from detector.prepared import Prepared

    seeds, lengths = [], []
    begins, stops = [], []  # where each unit does, in its document
    for path in sorted(folder.glob("*.txt")):
        ready = Prepared(load(path))
        seeds.append(seeds_of(ready.weighed.loose))
        lengths.append(len(ready.units))
        begins.extend((ready.units.starts, NOTHING))
        stops.extend((ready.units.ends, NOTHING))
    first_of, last_of = np.concatenate(begins), np.concatenate(stops)
    units = np.cumsum([0, *(length + 1 for length in lengths)])
    for found in shared_places(seeds, lengths, FREQUENT):
        moved = units[np.stack([found.later, found.earlier])]
        starts, ends = first_of[found.starts + moved], last_of[found.ends + moved - 1]
        both = found.later, found.earlier
        yield np.stack([*both, starts[0], ends[0]], axis=1)
        yield np.stack([*both[::-1], starts[1], ends[1]], axis=1)


def with_datasketch(folder: Path) -> Spans:
    from datasketch import MinHash, MinHashLSH
    from xxhash import xxh32_intdigest

    places, sets = paragraphs(folder)
    encoded = [[gram.encode() for gram in grams_] for grams_ in sets]
    signatures = MinHash.bulk(
        encoded, num_perm=BANDS * ROWS, seed=1, hashfunc=xxh32_intdigest
    )
    index = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS))
    with index.insertion_session() as session:
        for key, signature in enumerate(signatures):
            session.insert(key, signature, check_duplication=False)
    yield from pairs(places, map(index.query, signatures))


def with_rensa(folder: Path) -> Spans:
    from rensa import RMinHash, RMinHashLSH

    places, sets = paragraphs(folder)
    signatures = RMinHash.from_token_sets(sets, BANDS * ROWS, 1)
    index = RMinHashLSH(0.5, BANDS * ROWS, BANDS)
    index.insert_many(signatures)
    yield from pairs(places, index.query_all(signatures))


def paragraphs(folder: Path) -> tuple[list[tuple[int, int, int]], list[list[str]]]:
    """Return host, start and end of each paragraph, and its shingles."""
    places, sets = [], []
    for host, path in enumerate(sorted(folder.glob("*.txt"))):
        start = 0
        for line in path.read_text("utf-8").split("\n"):
            if len(line) >= K:
                places.append((host, start, start + len(line)))
                grams_ = {line[at : at + K] for at in range(len(line) - K + 1)}
                sets.append(list(grams_))
            start += len(line) + 1
    return places, sets


def pairs(
    places: list[tuple[int, int, int]], answers: Iterable[Iterable[int]]
) -> Spans:
    for (host, start, end), answer in zip(places, answers, strict=True):
        sources = {places[key][0] for key in answer} - {host}
        rows = [(host, source, start, end) for source in sources]
        yield np.array(rows, dtype=np.int64).reshape(-1, 4)


FREQUENT = 32
NOTHING = np.zeros(1, dtype=np.int32)
"""Between every two documents there is a unit."""
METHODS: Mapping[str, Callable[[Path], Spans]] = {
    "detector": ours,
    "rensa": with_rensa,
    "datasketch": with_datasketch,
}

if __name__ == "__main__":
    main()
