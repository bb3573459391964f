"""Draw the README's picture: the page of a check of the seed against the demo corpus.

    python docs/picture.py

Every run of characters is put where its terminal cells are, so that Chinese characters
are two cells wide in whatever font the reader has; nothing is loaded from anywhere.
"""

import io
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from detector.pipeline import check_files
from detector.reporters.terminal import write

ROOT = Path(__file__).parents[1]
WIDTH, LINES = 88, 44
CELL, ROW, EDGE = 8.4, 21, 18
FONT = "ui-monospace, Consolas, Menlo, 'Noto Sans Mono CJK SC', monospace"
INK, PAPER, DIM = "#d8dee4", "#1c2128", "#8b949e"
# The colours of a terminal by number: red, green, yellow, blue, magenta, cyan.
COLOURS = {1: "#ff7b72", 2: "#7ee787", 3: "#e3b341"}
COLOURS |= {4: "#79c0ff", 5: "#d2a8ff", 6: "#56d4dd"}


def main() -> None:
    seed = next((ROOT / "seeds").glob("*.txt")).relative_to(ROOT)
    page = io.StringIO()
    batch = check_files([str(seed)], [str(Path("corpora") / "demo")])
    write(batch, page, "zh", width=WIDTH, colour=True)
    lines = page.getvalue().splitlines()[:LINES]
    width, height = WIDTH * CELL + 2 * EDGE, len(lines) * ROW + 2 * EDGE
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" '
        f'font-family="{FONT}" font-size="14" xml:space="preserve">',
        f'<rect width="100%" height="100%" rx="8" fill="{PAPER}"/>',
        *(text for at, line in enumerate(lines) for text in draw(line, at)),
        "</svg>",
    ]
    (ROOT / "docs" / "check.svg").write_text("\n".join(drawn) + "\n", "utf-8")


def draw(line: str, at: int) -> Iterator[str]:
    console = Console(file=io.StringIO(), width=WIDTH)
    cells, y = 0, EDGE + at * ROW + 15
    for segment in Text.from_ansi(line).render(console):
        for _, group in groupby(segment.text, key=lambda c: (cell_len(c), c == " ")):
            run = "".join(group)
            size = cell_len(run)
            if run.strip():
                x = f"{EDGE + cells * CELL:.1f}"
                looks = look(segment.style or Style())
                yield (
                    f'<text x="{x}" y="{y}" textLength="{size * CELL:.1f}" '
                    f'lengthAdjust="spacingAndGlyphs" {looks}>{escape(run)}</text>'
                )
            cells += size


def look(style: Style) -> str:
    number = style.color.number if style.color else None
    fill = COLOURS.get((number or 0) % 8, DIM if style.dim else INK)
    lines = [
        word
        for word, drawn in (
            ("underline", style.underline),
            ("line-through", style.strike),
        )
        if drawn
    ]
    bold = ' font-weight="bold"' if style.bold else ""
    decoration = f' text-decoration="{" ".join(lines)}"' if lines else ""
    return f'fill="{fill}"{bold}{decoration}'


if __name__ == "__main__":
    main()
