"""What an index costs as it grows: to build, to keep, to ask, to add to.

    python benchmarks/size.py [FOLDER] > benchmarks/results/size.txt

Invented reports (`synthetic.py`), 10^4 to 10^6 passages of 70–300 characters, as text
files under FOLDER (a temporary one without it; a gigabyte). CPU seconds are those of
whole processes. Cold: a `detector check` of the seed report, beside a process that only
imports what the command line needs; they take turns. Warm: the same check again in one
process. Peer: datasketch's MinHashLSH over the same paragraphs (128 permutations over
5-grams, 32 bands of 4), pickled, as its documentation says; a million would take it ten
times the memory and the time of the hundred thousand.
"""

import pickle
import statistics
import sys
import tempfile
import time
from pathlib import Path

import synthetic
from spent import spent

ROOT = Path(__file__).parents[1]
SEED = next((ROOT / "seeds").glob("*.txt"))
SIZES = (500, 5_000, 50_000)
ROUNDS, WARM = 7, 30
PEER_UP_TO = 5_000
BARE = [sys.executable, "-c", "import numpy, typer, rich.console"]


def main() -> None:
    if len(sys.argv) > 2:
        parts = {"warm": warm, "build": build_peer, "ask": ask_peer}
        parts[sys.argv[1]](*sys.argv[2:])
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(name)
        build = f"{'build s':>8} {'Mchar/s':>8} {'MB':>6}"
        room = f"{'bytes a char.':>13} {'texts':>6}"
        asked = f"{'cold s':>7} {'ratio':>6} {'MB':>5} | {'warm ms':>8}"
        size = f"{'passages':>9} {'Mchar':>6}"
        print(f"{size} | {build} | {room} | {asked} | {'add one, s':>10}")
        for documents in SIZES:
            measure(folder / str(documents), documents)
        print("\ndatasketch, pickled")
        print(f"{'passages':>9} | {'build s':>8} {'MB':>6} | {'cold s':>7} {'MB':>6}")
        for documents in SIZES:
            if documents <= PEER_UP_TO:
                measure_peer(folder / str(documents), documents)


def measure(folder: Path, documents: int) -> None:
    texts, index = folder / "texts", folder / "index"
    characters = synthetic.write(texts, documents)
    build, memory = spent(detector("index", "add", index, texts))
    room = dict.fromkeys((".seeds", ".about", ".texts"), 0)
    for path in index.iterdir():
        if path.suffix in room:
            room[path.suffix] += path.stat().st_size
    rounds = []
    check = detector("check", SEED, "--corpus", index, "-q")
    for _ in range(ROUNDS):
        (ours, size), (bare, _) = spent(check), spent(BARE)
        rounds.append((ours, ours / bare, size))
    cold, ratio, mapped = (
        statistics.median(column) for column in zip(*rounds, strict=True)
    )
    said = folder / "warm.txt"
    spent([sys.executable, __file__, "warm", str(index)], into=str(said))
    again = float(said.read_text())
    extra = folder / "one more.txt"
    extra.write_text(next(synthetic.documents(1, seed=99)), "utf-8")
    # Less what any command costs that opens the index.
    one, _ = spent(detector("index", "add", index, extra))
    print(
        f"{documents * synthetic.PASSAGES_A_DOCUMENT:9,} {characters / 1e6:6.1f}"
        f" | {build:8.1f} {characters / 1e6 / build:8.1f} {memory:6.0f}"
        f" | {(room['.seeds'] + room['.about']) / characters:13.2f}"
        f" {room['.texts'] / characters:6.2f}"
        f" | {cold:7.2f} {ratio:6.1f} {mapped:5.0f} | {again:8.1f} | {one:10.2f}",
        flush=True,
    )


def measure_peer(folder: Path, documents: int) -> None:
    store = folder / "peer.pickle"
    script = [sys.executable, __file__]
    build, memory = spent([*script, "build", str(folder / "texts"), str(store)])
    cold, asked = spent([*script, "ask", str(store), str(SEED)])
    passages = documents * synthetic.PASSAGES_A_DOCUMENT
    print(f"{passages:9,} | {build:8.1f} {memory:6.0f} | {cold:7.2f} {asked:6.0f}")


def detector(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "detector", *map(str, arguments)]


def warm(index: str) -> None:
    from detector.formats import load
    from detector.pipeline import Checker, open_sources

    checker, draft = Checker(open_sources([index])), load(SEED)
    times = []
    for _ in range(WARM):
        began = time.process_time()
        checker.check(draft)
        times.append(1000 * (time.process_time() - began))
    print(statistics.median(times))


def build_peer(texts: str, store: str) -> None:
    from datasketch import MinHashLSH

    index = MinHashLSH(num_perm=128, params=(32, 4))
    files = sorted(Path(texts).rglob("*.txt"))
    for number, path in enumerate(files):
        for at, signature in enumerate(signatures(path.read_text("utf-8"))):
            index.insert((number, at), signature, check_duplication=False)
    with Path(store).open("wb") as file:
        pickle.dump(index, file, pickle.HIGHEST_PROTOCOL)


def ask_peer(store: str, draft: str) -> None:
    with Path(store).open("rb") as file:
        index = pickle.load(file)
    for signature in signatures(Path(draft).read_text("utf-8")):
        index.query(signature)


def signatures(text: str) -> list[object]:
    from datasketch import MinHash
    from xxhash import xxh32_intdigest

    lines = [line for line in text.split("\n") if len(line) >= 20]
    grams = [
        [line[at : at + 5].encode() for at in range(len(line) - 4)] for line in lines
    ]
    return MinHash.bulk(grams, num_perm=128, seed=1, hashfunc=xxh32_intdigest)


if __name__ == "__main__":
    main()
