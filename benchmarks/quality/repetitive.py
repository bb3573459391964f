"""Texts that consist of repeats: whether we finish, how long it takes, how much memory.

    python benchmarks/quality/repetitive.py NAME

compares the text of that name with itself, in this process.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Mapping

from detector import Document, compare

PHRASE = "套话"
SENTENCE = "进一步提高认识，加强领导，明确责任，狠抓落实，务求取得实效。"
TEXTS: Mapping[str, str] = {
    "套话 × 1,000,000": PHRASE * 1_000_000,
    "one character × 8,000": "好" * 8_000,
    "one character × 16,000": "好" * 16_000,
    "one character × 100,000": "好" * 100_000,
    "a sentence × 3,000": SENTENCE * 3_000,
}
PATIENCE = 600


def measure(bench: object) -> None:
    """Measure each text in a process of its own, so that memory is that of the text."""
    del bench
    print(f"{'text, against itself':26} {'characters':>10} {'CPU s':>7} {'MB':>7}")
    for name, text in TEXTS.items():
        try:
            done = subprocess.run(
                [sys.executable, __file__, name],
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            said = f"not finished in {PATIENCE} s"
        else:
            lines = (done.stdout or done.stderr or "killed").splitlines()
            said = lines[-1] if done.returncode == 0 else f"failed: {lines[-1]}"
        print(f"{name:24} {len(text):10,} {said}", flush=True)


def main() -> None:
    text = TEXTS[sys.argv[1]]
    draft, source = (
        Document.from_text(text, "draft"),
        Document.from_text(text, "source"),
    )
    began = time.process_time()
    matches = compare(draft, source).matches
    spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{spent:7.2f} {peak:7.0f} {len(matches):5} matches")


if __name__ == "__main__":
    main()
