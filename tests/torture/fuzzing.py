"""Coverage-guided fuzzing of all that reads what others have written.

    pip install "detector[fuzz]"
    python -m tests.torture.fuzzing TARGET FOLDER --seconds 600

What is found stays in FOLDER, next to the inputs that reached something new, and
belongs into `tests/torture/found` with the fix.
"""

import argparse
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["detector", "markdown_it"]):
    from tests.torture import fuzz


def main() -> None:
    """Fuzz a target for some time."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("target", choices=sorted(fuzz.TARGETS))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args()
    inputs = asked.folder / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    with atheris.instrument_imports(include=["detector", "markdown_it"]):
        for at, seed in enumerate(fuzz.seeds(asked.target)):
            (inputs / f"seed-{at}").write_bytes(seed)
            fuzz.once(asked.target, seed)  # imports what is imported late
    options = [
        f"-max_total_time={asked.seconds}",
        f"-artifact_prefix={asked.folder}/",
        "-timeout=30",
        "-rss_limit_mb=3000",
        "-max_len=65536",
        "-print_final_stats=1",
    ]
    arguments = [sys.argv[0], *options, str(inputs)]
    atheris.Setup(arguments, lambda data: fuzz.once(asked.target, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
