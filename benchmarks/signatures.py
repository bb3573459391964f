"""MinHash signatures and their band tables: ours, datasketch's, rensa's, in turns.

    python benchmarks/signatures.py DATA > benchmarks/results/signatures.txt

DATA holds `zh_laws/docs/`. Paragraphs of 20 characters and more, 128 permutations over
5-grams, 32 bands of 4; datasketch by its fastest call (`MinHash.bulk` with xxh32),
rensa by its own. The peers are given the 5-grams, as sets of strings; ours the texts.
One core, CPU seconds, medians of rounds.
"""

import os

os.environ["RAYON_NUM_THREADS"] = "1"

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from detector.kernels.minhash import band_keys, signatures
from detector.kernels.postings import Postings
from detector.kernels.rolling import kgram_hashes

K, BANDS, ROWS, PARAGRAPHS, ROUNDS = 5, 32, 4, 20_000, 5


def main() -> None:
    lines = paragraphs(Path(sys.argv[1]))
    sets = [
        list({line[at : at + K] for at in range(len(line) - K + 1)}) for line in lines
    ]
    encoded = [[gram.encode() for gram in one] for one in sets]
    methods: dict[str, Callable[[], object]] = {
        "ours": lambda: table(rows_of(lines)),
        "  signatures alone": lambda: rows_of(lines),
        "rensa": lambda: with_rensa(sets),
        "datasketch": lambda: with_datasketch(encoded),
    }
    spent: dict[str, list[float]] = {name: [] for name in methods}
    for _ in range(ROUNDS):
        for name, method in methods.items():
            began = time.process_time()
            method()
            spent[name].append(time.process_time() - began)
    characters = sum(map(len, lines))
    print(f"{len(lines):,} paragraphs, {characters / 1e6:.1f} Mchar\n")
    print(f"{'':24} {'CPU s':>7} {'Mchar/s':>8} {'ratio':>7}")
    for name, seconds in spent.items():
        ratios = [one / ours for one, ours in zip(seconds, spent["ours"], strict=True)]
        middle = statistics.median(seconds)
        rate = characters / 1e6 / middle
        print(f"{name:24} {middle:7.2f} {rate:8.1f} {statistics.median(ratios):7.2f}")


def paragraphs(data: Path) -> list[str]:
    found: list[str] = []
    for path in sorted(data.glob("zh_laws/docs/*")):
        lines = path.read_text("utf-8").split("\n")
        found += [line for line in lines if len(line) >= 20]
        if len(found) >= PARAGRAPHS:
            break
    return found[:PARAGRAPHS]


def rows_of(lines: list[str]) -> np.ndarray:
    codes = np.frombuffer("".join(lines).encode("utf-32-le"), np.uint32)
    hashes = (kgram_hashes(codes, K) >> np.uint64(32)).astype(np.uint32)
    stops = np.cumsum([len(line) for line in lines])
    starts = stops - [len(line) for line in lines]
    return signatures(hashes, starts, stops - (K - 1), BANDS * ROWS)


def table(rows: np.ndarray) -> Postings:
    keys = band_keys(rows, BANDS, ROWS)
    return Postings.of(keys.ravel(), np.repeat(np.arange(len(rows)), BANDS))


def with_rensa(sets: list[list[str]]) -> object:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(0.5, BANDS * ROWS, BANDS)
    index.insert_many(RMinHash.from_token_sets(sets, BANDS * ROWS, 1))
    return index


def with_datasketch(sets: list[list[bytes]]) -> object:
    from datasketch import MinHash, MinHashLSH
    from xxhash import xxh32_intdigest

    index = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS))
    bulk = MinHash.bulk(sets, num_perm=BANDS * ROWS, seed=1, hashfunc=xxh32_intdigest)
    for key, signature in enumerate(bulk):
        index.insert(key, signature, check_duplication=False)
    return index


if __name__ == "__main__":
    main()
