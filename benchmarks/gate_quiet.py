"""How quiet the gate stays: edits of every document at once that copy nothing.

    python benchmarks/gate_quiet.py FOLDER [DOCUMENTS] > results/gate_quiet.txt

FOLDER has reports, of which at most so many become a repository. Each edit is a request
of its own against the same base; what is new then, above notes, is a false alarm.
"""

import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory


def main() -> None:
    folder = Path(sys.argv[1])
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    files = [f for f in sorted(folder.rglob("*")) if f.suffix in {".md", ".txt"}]
    files = [file for file in files if file.name.lower() != "readme.txt"]
    random.Random(8).shuffle(files)
    texts = {
        f"docs/{file.parent.name}/{file.name}": file.read_text("utf-8", "replace")
        for file in sorted(files[:most])
    }
    with TemporaryDirectory() as made:
        repo = Path(made)
        git(repo, "init", "-q", "-b", "main", ".")
        git(repo, "config", "user.name", "benchmark")
        git(repo, "config", "user.email", "benchmark@example.org")
        write(repo, texts)
        git(repo, "add", ".")
        git(repo, "commit", "-q", "-m", "base")
        known = found(repo)
        print(f"{len(texts)} documents, all of them edited at once")
        print(f"{sum(known.values())} findings in the base: {by_rule(known)}\n")
        for name, edit in EDITS.items():
            write(repo, {p: edit(t, n) for n, (p, t) in enumerate(texts.items())})
            new = found(repo, "--since", "main")
            print(f"{sum(new.values()):4} new  {name:32} {by_rule(new)}", flush=True)
            git(repo, "checkout", "-q", "--", ".")


def found(repo: Path, *asked: str) -> Counter[str]:
    """Return what is new, above notes, by rule."""
    command = [sys.executable, "-P", "-m", "detector", "gate", "--format", "json"]
    done = subprocess.run(
        [*command, *asked], cwd=repo, capture_output=True, check=False
    )
    if done.returncode > 1:
        raise SystemExit(done.stderr.decode("utf-8", "replace"))
    told = json.loads(done.stdout)["findings"]
    return Counter(
        one["rule"] for one in told if one["state"] == "new" and one["level"] != "note"
    )


def by_rule(found: Mapping[str, int]) -> str:
    return ", ".join(f"{rule} {count}" for rule, count in sorted(found.items()))


def sentence_of_its_own(text: str, number: int) -> str:
    """Return a sentence of characters that the document has, as none has them."""
    characters = re.findall("[\u4e00-\u9fff]", text)
    drawn = random.Random(number).sample(characters, min(22, len(characters)))
    return f"{''.join(drawn[:10])}，{''.join(drawn[10:])}。"


def put_in(at: float) -> Callable[[str, int], str]:
    def edit(text: str, number: int) -> str:
        lines = text.split("\n")
        place = int(len(lines) * at)
        lines[place:place] = [sentence_of_its_own(text, number)]
        return "\n".join(lines)

    return edit


def line_out(text: str, number: int) -> str:
    lines = text.split("\n")
    del lines[(number * 7) % len(lines)]
    return "\n".join(lines)


def halves_swapped(text: str, number: int) -> str:
    lines = text.split("\n")
    half = len(lines) // 2
    return "\n".join([lines[0], *lines[half:], *lines[1:half]])


def words_changed(text: str, number: int) -> str:
    """Change figures and some words, as a second version of a draft has them."""
    counted = re.compile(r"\d(?=[人次个项件户名万元亩公里%％])")
    text = counted.sub(lambda m: str((int(m[0]) + number) % 10), text)
    return text.replace("进一步", "再").replace("加强", "做好").replace("、", "和", 3)


EDITS: Mapping[str, Callable[[str, int], str]] = {
    "a sentence at the top": put_in(0.0),
    "a sentence in the middle": put_in(0.5),
    "a sentence at the end": put_in(1.0),
    "a line taken out": line_out,
    "halves swapped": halves_swapped,
    "line ends of Windows": lambda text, _: text.replace("\n", "\r\n"),
    "figures and words changed": words_changed,
}


def write(repo: Path, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        (repo / path).parent.mkdir(parents=True, exist_ok=True)
        (repo / path).write_bytes(text.encode())


def git(repo: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=repo, check=True, capture_output=True)


if __name__ == "__main__":
    main()
