"""The gate on a repository of 2,000 documents in which a request changes five.

    python benchmarks/gate.py DATA JSCPD [REQUESTS] > benchmarks/results/gate.txt

DATA is the folder of the real documents; JSCPD the command of jscpd 5 (npm install
jscpd jscpd-linux-x64-gnu). The repository: laws, government reports and notices, all of
them as Markdown. Each request plants into four documents a paragraph of 80–300
characters that one other document has, edited in one of the ways of
`detector.evaluation.edits`, and adds a line of its own to a fifth. Found is a planted
paragraph that a new finding about copying is on, with its right source; false is a new
finding that is on none.
"""

import json
import random
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from detector.evaluation.edits import EDITS
from detector.evaluation.edits.material import Material

KINDS = (
    "verbatim",
    "width",
    "traditional",
    "names",
    "words_10",
    "words_20",
    "reordered",
    "heavy",
)
OWN = "本页由编写人于{n}日核对，附表{n}张另存。"
SHINGLE = 16


class Planted(NamedTuple):
    """A copied paragraph: where it is, where from, how edited, in which line."""

    host: str
    source: str
    kind: str
    line: int


Told = list[tuple[str, int, int, set[str]]]
"""Of each finding: document, first and last line, documents it comes from."""


class Tally(NamedTuple):
    """What the tools took and found, by tool."""

    seconds: dict[str, list[float]]
    found: dict[str, Counter[str]]
    false: Counter[str]
    planted: Counter[str]


def main() -> None:
    data, jscpd = Path(sys.argv[1]), sys.argv[2]
    requests = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    print("python benchmarks/gate.py DATA JSCPD [REQUESTS]")
    rng = random.Random(8)
    tools = {
        "detector gate --since main": detector_found,
        "jscpd, 50 tokens and 5 lines (default)": jscpd_of(jscpd),
        "jscpd, 20 tokens and 1 line": jscpd_of(jscpd, "20", "1"),
        "jscpd, 3 tokens and 1 line": jscpd_of(jscpd, "3", "1"),
    }
    tally = Tally(defaultdict(list), defaultdict(Counter), Counter(), Counter())
    with TemporaryDirectory() as made:
        repo = Path(made) / "repository"
        texts = build(repo, data)
        size = sum(map(len, texts.values()))
        print(f"{len(texts):,} documents, {size / 1e6:.1f} million characters")
        unique = unique_paragraphs(texts)
        for number in range(requests):
            git(repo, "checkout", "-q", "-B", "request", "main")
            planted = plant(repo, texts, unique, rng, number)
            git(repo, "commit", "-q", "-a", "-m", f"request {number}")
            tally.planted.update(one.kind for one in planted)
            for name, tool in tools.items():
                one_request(repo, name, tool, planted, tally)
        report(tally)
        whole(repo)


def one_request(
    repo: Path,
    name: str,
    tool: Callable[[Path], Told],
    planted: list[Planted],
    tally: Tally,
) -> None:
    began = time.perf_counter()
    told = tool(repo)
    took = time.perf_counter() - began
    if not tally.seconds[name]:
        print(f"first run, nothing cached: {name}: {took:.1f} s", flush=True)
    tally.seconds[name].append(took)
    met = set()
    for host, line, last, sources in told:
        hits = [
            one
            for one in planted
            if one.host == host and line <= one.line <= last and one.source in sources
        ]
        met.update(hits)
        tally.false[name] += not hits
    tally.found[name].update(one.kind for one in met)


def build(repo: Path, data: Path) -> dict[str, str]:
    """Make the repository; return its texts by path."""
    folder = repo / "docs"
    folder.mkdir(parents=True)
    files = [
        file
        for name in ("zh_laws", "zh_gov_reports", "zh_gov_notices")
        for file in sorted((data / name).rglob("*"))
        if file.suffix in {".md", ".txt"} and file.name.lower() != "readme.txt"
    ]
    texts = {}
    for number, file in enumerate(files):
        text = file.read_text("utf-8", "replace")
        stem = file.stem.encode()[:150].decode("utf-8", "ignore").replace(" ", "")
        path = f"docs/{number:04d}-{stem}.md"
        (repo / path).write_text(text, "utf-8")
        texts[path] = text
    git(repo, "init", "-q", "-b", "main", ".")
    git(repo, "config", "user.name", "benchmark")
    git(repo, "config", "user.email", "benchmark@example.org")
    git(repo, "add", ".")
    git(repo, "commit", "-q", "-m", "base")
    return texts


def unique_paragraphs(texts: dict[str, str]) -> list[tuple[str, str]]:
    """Return paragraphs that no other document has a fifth of."""
    holders: Counter[str] = Counter()
    for text in texts.values():
        holders.update({text[i : i + SHINGLE] for i in range(len(text) - SHINGLE)})
    found = []
    for path, text in texts.items():
        for line in text.splitlines():
            if 80 <= len(line) <= 300 and "\u4e00" <= line[:1] <= "\u9fff":
                parts = [line[i : i + SHINGLE] for i in range(len(line) - SHINGLE)]
                if sum(holders[part] > 1 for part in parts) * 5 <= len(parts):
                    found.append((path, line))
    return found


def plant(
    repo: Path,
    texts: dict[str, str],
    unique: list[tuple[str, str]],
    rng: random.Random,
    number: int,
) -> list[Planted]:
    hosts = rng.sample(sorted(texts), 5)
    planted = []
    for at, host in enumerate(hosts[:4]):
        kind = KINDS[(number * 4 + at) % len(KINDS)]
        lines = texts[host].splitlines()
        edited = None
        while not edited:
            source, passage = rng.choice(unique)
            if source not in hosts:
                material = Material(texts[host], True)
                edited = EDITS[kind].change(passage, material, rng)
        place = rng.randrange(len(lines) // 2, len(lines) + 1)
        lines[place:place] = ["", edited.replace("\n", ""), ""]
        (repo / host).write_text("\n".join(lines) + "\n", "utf-8")
        planted.append(Planted(host, source, kind, place + 2))
    own = texts[hosts[4]].rstrip("\n") + f"\n\n{OWN.format(n=number + 3)}\n"
    (repo / hosts[4]).write_text(own, "utf-8")
    return planted


def detector_found(repo: Path) -> Told:
    return list(_detector_found(repo))


def _detector_found(repo: Path) -> Iterator[tuple[str, int, int, set[str]]]:
    command = [sys.executable, "-P", "-m", "detector", "gate", "--since", "main"]
    verdict = json.loads(run(repo, *command, "--format", "json"))
    for one in verdict["findings"]:
        copying = one["rule"] in {"COPY001", "COPY002"}
        if one["state"] == "new" and copying and one["level"] != "note":
            text = (repo / one["path"]).read_text("utf-8")
            last = one["line"] + text[one["start"] : one["end"]].count("\n")
            yield (
                one["path"],
                one["line"],
                last,
                {source["path"] for source in one["sources"]},
            )


def jscpd_of(
    command: str, tokens: str = "50", lines: str = "5"
) -> Callable[[Path], Told]:
    def found(repo: Path) -> Iterator[tuple[str, int, int, set[str]]]:
        with TemporaryDirectory() as made:
            run(
                repo,
                command,
                "docs",
                "--baseline-from-ref=main",
                f"--min-tokens={tokens}",
                f"--min-lines={lines}",
                "--max-size=10mb",
                "--format=markdown",
                "--reporters=json",
                f"--output={made}",
                "--silent",
            )
            told = json.loads((Path(made) / "jscpd-report.json").read_bytes())
        for clone in told["duplicates"]:
            if not clone["isNew"]:
                continue
            two = [
                (
                    f"docs/{clone[side]['name'].partition(':')[0]}",
                    clone[side]["start"],
                    clone[side]["end"],
                )
                for side in ("firstFile", "secondFile")
            ]
            changed = set(git(repo, "diff", "--name-only", "-z", "main").split("\0"))
            here, there = two if two[0][0] in changed else two[::-1]
            yield (*here, {there[0]})

    return lambda repo: list(found(repo))


def report(tally: Tally) -> None:
    totals, count = tally.planted, sum(tally.planted.values())
    print(f"\n{count // 4} requests of five changed documents each")
    print("\nseconds a request, index cached (median, least – most); ratio to ours")
    ours = median(next(iter(tally.seconds.values()))[1:])
    for name, each in tally.seconds.items():
        rest = each[1:]
        print(
            f"  {median(rest):6.2f} ({min(rest):.2f} – {max(rest):.2f})"
            f"  {median(rest) / ours:5.2f}  {name}"
        )
    print("\nplanted paragraphs found, by kind of edit; false findings a request")
    print(f"  {'':40}{''.join(f'{kind:>12}' for kind in KINDS)}      all   false")
    for name, kinds in tally.found.items():
        cells = "".join(f"{f'{kinds[k]}/{totals[k]}':>12}" for k in KINDS)
        share = sum(kinds.values()) / count
        print(f"  {name:40}{cells} {share:8.2f} {tally.false[name] / count * 4:7.2f}")


def whole(repo: Path) -> None:
    """Time a run over every document, with the index there and without."""
    git(repo, "checkout", "-q", "main")
    print("\nevery document looked at (detector gate), seconds")
    for said, fresh in (("nothing cached", True), ("index cached", False)):
        if fresh:
            shutil.rmtree(repo / ".git" / "detector", ignore_errors=True)
        began = time.perf_counter()
        command = [sys.executable, "-P", "-m", "detector", "gate", "--quiet"]
        run(repo, *command)
        print(f"  {time.perf_counter() - began:6.0f}  {said}", flush=True)


def median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def git(repo: Path, *arguments: str) -> str:
    return run(repo, "git", *arguments).decode("utf-8", "replace")


def run(folder: Path, *command: str) -> bytes:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode > 1:
        raise SystemExit(done.stderr.decode("utf-8", "replace"))
    return done.stdout


if __name__ == "__main__":
    main()
