"""How quickly a document is prepared, beside plain ways to go through its text.

    python benchmarks/preparation.py DATA > benchmarks/results/preparation.txt

DATA holds `zh_laws/docs/` and the other folders named below. Two tables: documents of
5,000 characters, in ms each, and one long text, in Mchar/s. CPU time of a warm process;
the median over documents and rounds, the stages and the peers taking turns. What facts
and numbers share is kept from the first of them, and has a row of its own.
"""

import re
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from detector.classification.citation import find_citations
from detector.classification.set_phrases import SetPhrases
from detector.formats.shipped import shipped_phrases
from detector.text.facts import find_facts, find_numbers
from detector.text.figures import around_figures
from detector.text.furniture import find_furniture
from detector.text.outline import outline
from detector.text.rules import normalize
from detector.text.units import count_units

FOLDERS = ("zh_gov_notices", "zh_laws", "zh_tech", "en_state_bills", "en_licences")
CHARACTERS, DOCUMENTS, ROUNDS = 5000, 20, 9
LONG, LONG_ROUNDS = 1_000_000, 3
PHRASES = SetPhrases(shipped_phrases())
WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20}
WORD = re.compile(r"[\u4e00-\u9fff]|\w+")
Stage = Callable[[], object]


def main() -> None:
    print("python benchmarks/preparation.py DATA\n")
    columns = {folder: texts_of(Path(sys.argv[1]) / folder) for folder in FOLDERS}
    print(f"ms for a document of {CHARACTERS:,} characters")
    short = {
        folder: medians([text[:CHARACTERS] for text in texts[:DOCUMENTS]], ROUNDS)
        for folder, texts in columns.items()
    }
    show(short, lambda seconds: f"{1e3 * seconds:.3f}")
    print("\nMchar/s of up to a million characters")
    whole = {folder: "\n".join(texts)[:LONG] for folder, texts in columns.items()}
    long = {folder: medians([text], LONG_ROUNDS) for folder, text in whole.items()}
    rates = {
        folder: {name: len(whole[folder]) / 1e6 / spent for name, spent in row.items()}
        for folder, row in long.items()
    }
    show(rates, lambda rate: f"{rate:.1f}")


def texts_of(folder: Path) -> list[str]:
    texts = (file.read_text("utf-8") for file in sorted((folder / "docs").iterdir()))
    return [text for text in texts if len(text) >= CHARACTERS]


def stages(text: str) -> dict[str, Stage]:
    normalized = normalize(text)
    spans = [span for _, span in find_furniture(text)]
    units = count_units(normalized, spans)
    prepared: dict[str, Stage] = {
        "normalize": lambda: normalize(text),
        "furniture": lambda: find_furniture(text),
        "count units": lambda: count_units(normalized, spans),
        "outline": lambda: outline(text),
        "citations": lambda: units.mask(find_citations(text)),
        "around figures": lambda: around_figures.__wrapped__(text),
        "facts": lambda: find_facts(text),
        "numbers": lambda: units.mask(find_numbers(text)),
        "set phrases": lambda: PHRASES.mask(units),
    }
    return prepared | {
        "peer: NFKC": lambda: unicodedata.normalize("NFKC", text),
        "peer: str.translate": lambda: text.translate(WIDTH),
        r"peer: re.sub \s": lambda: re.sub(r"\s+", " ", text),
        "peer: re.findall words": lambda: WORD.findall(text),
    }


def medians(texts: list[str], rounds: int) -> dict[str, float]:
    """Return the median CPU seconds of each stage over texts and rounds."""
    spent: dict[str, list[float]] = {}
    for text in texts:
        for number in range(rounds + 1):
            for name, stage in stages(text).items():
                began = time.process_time()
                stage()
                if number:  # the first round meets new characters
                    spent.setdefault(name, []).append(time.process_time() - began)
    return {name: statistics.median(seconds) for name, seconds in spent.items()}


def show(columns: dict[str, dict[str, float]], shown: Callable[[float], str]) -> None:
    print(" " * 24 + "".join(f"{folder:>16}" for folder in columns))
    for name in next(iter(columns.values())):
        row = "".join(f"{shown(column[name]):>16}" for column in columns.values())
        print(f"{name:24}{row}")


if __name__ == "__main__":
    main()
