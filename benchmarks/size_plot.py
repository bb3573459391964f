"""Draw what `size.py` measured: cost against the size of the corpus.

    python benchmarks/size_plot.py benchmarks/results/size.txt

Writes `size.svg` beside it. Everything is relative to the smallest corpus, on scales
where what grows like the corpus is the dashed line. Needs matplotlib.
"""

import re
import sys
from pathlib import Path

LINES = {"build": 2, "cold check": 7, "warm check": 10, "add one": 11}
"""Columns of the table."""


def main() -> None:
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "size"  # the same bytes every time
    from matplotlib import pyplot as plt

    table = Path(sys.argv[1])
    ours = table.read_text("utf-8").split("datasketch")[0]
    rows = [
        [float(cell.replace(",", "")) for cell in re.findall(r"[\d.,]+", line)]
        for line in ours.splitlines()
        if re.match(r" *\d", line)
    ]
    sizes = [row[0] for row in rows]
    figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
    grows = [size / sizes[0] for size in sizes]
    axes.plot(sizes, grows, "--", color="grey", label="as the corpus grows")
    for name, column in LINES.items():
        costs = [row[column] / rows[0][column] for row in rows]
        axes.plot(sizes, costs, marker="o", label=name)
    axes.set(xscale="log", yscale="log", xlabel="passages", ylabel="cost, 10,000 = 1")
    axes.legend()
    figure.savefig(table.with_suffix(".svg"), metadata={"Date": None})


if __name__ == "__main__":
    main()
