"""Draw the README's picture: the page of a check of the seed against the demo corpus.

python docs/picture.py
"""

import io
import re
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from detector.pipeline import check_files
from detector.reporters.terminal import write

ROOT = Path(__file__).parents[1]
WIDTH, LINES = 88, 42
FONTS = "ui-monospace, Consolas, 'Noto Sans Mono CJK SC', 'Microsoft YaHei', monospace"


def main() -> None:
    seed = next((ROOT / "seeds").glob("*.txt")).relative_to(ROOT)
    page = io.StringIO()
    batch = check_files([str(seed)], [str(Path("corpora") / "demo")])
    write(batch, page, "zh", width=WIDTH, colour=True)
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    for line in page.getvalue().splitlines()[:LINES]:
        console.print(Text.from_ansi(line), no_wrap=True)
    # Fonts of the reader's machine: the picture loads nothing from anywhere.
    local = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    local = local.replace("Fira Code, monospace", FONTS)
    svg = console.export_svg(title="detector check", code_format=local)
    (ROOT / "docs" / "check.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
