"""What `detector mine` finds: hidden templates, known boilerplate, and at what cost.

    python benchmarks/templates.py DATA > benchmarks/results/templates.txt

Recovery: `hidden_templates.py` fills 20 templates that nobody has seen, each fill in a
notice or a report of DATA of its own. A unit of a fill is fixed, or in a slot; the fit
of the mined templates says which. A slot is found if its place is, within two units.
Known boilerplate: the line that closes the articles of `zh_tech`, the articles that
stand in five laws and more in `zh_laws/shared_articles.jsonl`. Found: nine tenths of
its units are the fixed wording of a template. Bills: passages that two bills share,
judged by people; weighed by a model that knows no bill.
"""

import json
import random
import re
import resource
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from background import build
from hidden_templates import TEMPLATES, Fill, fills

from detector.formats import load
from detector.model.document import Document
from detector.model.template import Template
from detector.prepared import Prepared
from detector.templates.fit import Fitter
from detector.templates.mining import Mined, mine
from detector.templates.sentences import Text
from detector.templates.users import users

A_TEMPLATE = (10, 15, 30)
LEAST = 3
DOCUMENTS = 2000
NEAR = 2
PHRASES = (1, 2, 3, 4)
NUMBER = re.compile(r"\W*第\w+条\W*|")
FOUND = 0.9
CLOSING = ("本文由", "荣誉推出")


def main() -> None:
    data = Path(sys.argv[1])
    for count in A_TEMPLATE:
        recovery(data, count)
    trailers(data)
    articles(data)
    bills(data)


def recovery(data: Path, count: int) -> None:
    rng = random.Random(count)
    made = fills(count, rng)
    hosts = [
        path.read_text("utf-8")
        for folder in ("zh_gov_notices/docs", "zh_gov_reports/province_2026")
        for path in sorted((data / folder).glob("*.txt"))
    ]
    texts, places = [], []
    for number, fill in enumerate(made):
        lines = rng.choice(hosts).split("\n")
        at = rng.randrange(max(len(lines) - 9, 1))
        before = "\n".join(lines[at : at + 4])[:1500] + "\n"
        after = "\n" + "\n".join(lines[at + 4 : at + 8])[:1500]
        texts.append(text_of(Document.from_text(before + fill.text + after), number))
        places.append(len(before))
    found = templates(mine([one.with_whole_figures() for one in texts], LEAST))
    fitter = Fitter(found)
    fixed = Tally()
    slots = Tally()
    own: dict[int, set[int]] = {}
    for fill, text, place in zip(made, texts, places, strict=True):
        judge(fill, text, place, fitter, fixed, slots, own)
    named = [len(own.get(n, ())) for n in range(len(TEMPLATES))]
    print(f"{len(made)} fills of {len(TEMPLATES)} templates: {len(found)} mined")
    print(f"  fixed units  precision {fixed.precision:.3f}  recall {fixed.recall:.3f}")
    print(f"  slots        precision {slots.precision:.3f}  recall {slots.recall:.3f}")
    print(f"  templates found {sum(map(bool, named))}, in pieces {sum(named)}\n")


class Tally:
    """How much was said, how much of it is right, and how much there was to say."""

    def __init__(self) -> None:
        self.right = self.said = self.found = self.true = 0

    @property
    def precision(self) -> float:
        """The share of what was said that is right."""
        return self.right / (self.said or 1)

    @property
    def recall(self) -> float:
        """The share of what there was that was said."""
        return self.found / (self.true or 1)


def judge(  # noqa: PLR0913, PLR0917 - what is compared, and where it is counted
    fill: Fill,
    text: Text,
    place: int,
    fitter: Fitter,
    fixed: Tally,
    slots: Tally,
    own: dict[int, set[int]],
) -> None:
    """Compare what a fill is made of with what its fits say."""
    starts = text.units.starts
    first = int(np.searchsorted(starts, place))
    last = int(np.searchsorted(starts, place + len(fill.text)))
    truth = np.array([fill.fixed[at - place] for at in starts[first:last].tolist()])
    said = np.zeros(last - first, dtype=bool)
    inside = np.zeros(last - first, dtype=bool)
    for fit in fitter.fits(text):
        if fit.start >= last or fit.stop <= first:
            continue
        own.setdefault(fill.template, set()).add(fit.template)
        low, high = max(fit.start, first), min(fit.stop, last)
        said[low - first : high - first] = fit.fixed[low - fit.start : high - fit.start]
        inside[low - first : high - first] = True
    fixed.right += int((said & truth).sum())
    fixed.found += int((said & truth).sum())
    fixed.said += int(said.sum())
    fixed.true += int(truth.sum())
    wanted = runs(~truth)
    named = runs(inside & ~said)
    slots.true += len(wanted)
    slots.said += len(named)
    slots.found += sum(any(same(one, other) for other in named) for one in wanted)
    slots.right += sum(any(same(one, other) for other in wanted) for one in named)


def same(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))


def runs(mask: np.ndarray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def templates(found: Iterable[Mined]) -> list[Template]:
    return [Template(str(n), one.text) for n, one in enumerate(found)]


def text_of(document: Document, holder: int) -> Text:
    ready = Prepared(document)
    return Text(document.text, ready.units, ready.weighed.stems, holder)


def mined_from(paths: Sequence[Path]) -> tuple[list[Template], list[Text]]:
    began = time.process_time()
    texts = [text_of(load(path), number) for number, path in enumerate(paths)]
    whole = [one.with_whole_figures() for one in texts]
    found = templates(mine(whole, LEAST))
    users(found, whole, lambda text: np.zeros(len(text.units), dtype=bool))
    spent = time.process_time() - began
    size = sum(len(text.raw) for text in texts) / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(texts)} documents, {size:.1f} Mchar: {len(found)} templates"
        f" in {spent:.1f} CPU s, {memory:.0f} MB so far"
    )
    return found, texts


def covered(fitter: Fitter, text: Text) -> np.ndarray:
    """Return which units of a text are the fixed wording of a template."""
    mask = np.zeros(len(text.units), dtype=bool)
    for fit in fitter.fits(text):
        mask[fit.start : fit.stop] = fit.fixed
    return mask


def share(text: Text, mask: np.ndarray, start: int, stop: int) -> float:
    low, high = np.searchsorted(text.units.starts, [start, stop])
    return float(mask[low:high].mean()) if high > low else 1.0


def trailers(data: Path) -> None:
    rows = [
        json.loads(line)
        for line in (data / "zh_tech/meta.jsonl").open(encoding="utf-8")
    ]
    rows = [row for row in rows if row.get("trailer_offset") is not None][:DOCUMENTS]
    print("closing block of the articles")
    found, texts = mined_from([data / "zh_tech" / row["path"] for row in rows])
    fitter = Fitter(found)
    hits = []
    for row, text in zip(rows, texts, strict=True):
        start = text.raw.find(CLOSING[0], row["trailer_offset"])
        stop = text.raw.find(CLOSING[1], start) + len(CLOSING[1])
        if start >= 0 and stop > start:
            hits.append(share(text, covered(fitter, text), start, stop) >= FOUND)
    print(f"  found {statistics.mean(hits):.3f} of {len(hits)}\n")


def articles(data: Path) -> None:
    print("articles that stand in five laws and more")
    rows = [
        json.loads(line)
        for line in (data / "zh_laws/shared_articles.jsonl").open(encoding="utf-8")
    ]
    paths = sorted((data / "zh_laws/docs").glob("*"))[:DOCUMENTS]
    found, texts = mined_from(paths)
    fitter = Fitter(found)
    by_path = {
        f"docs/{path.name}": text for path, text in zip(paths, texts, strict=True)
    }
    masks: dict[str, np.ndarray] = {}
    for least, most in ((5, 10), (10, 20), (20, 1000), (5, 1000)):
        hits = []
        for row in rows:
            if not least <= row["df"] < most:
                continue
            where = row["where"][0]
            text = by_path[where["path"]]
            if where["path"] not in masks:
                masks[where["path"]] = covered(fitter, text)
            start, stop = where["offset"], where["offset"] + where["length"]
            start = NUMBER.match(text.raw, start).end()
            hits.append(share(text, masks[where["path"]], start, stop) >= FOUND)
        print(f"  in {least} to {most - 1}: {statistics.mean(hits):.3f} of {len(hits)}")


def bills(data: Path) -> None:
    """Which shared passages of bills people call boilerplate: AUC of what we know."""
    rows = [
        json.loads(line)
        for line in (data / "en_state_bills/alignments.jsonl").open(encoding="utf-8")
    ]
    held: dict[str, set[tuple[int, ...]]] = defaultdict(set)
    for row in rows:
        for side in ("left", "right"):
            held[row[f"{side}_doc"]] |= phrases(words(row[side]))
    for path in sorted((data / "en_state_bills/docs").glob("*")):
        held[path.name] |= phrases(words(path.read_text("utf-8")))
    frequency = Counter(phrase for phrases_ in held.values() for phrase in phrases_)
    model = build(data, lambda path: "en_state_bills" not in path.parts)
    judged = [row for row in rows if row["label"] in {"boilerplate", "substantive"}]
    boilerplate = np.array([row["label"] == "boilerplate" for row in judged])
    columns: dict[str, list[float]] = defaultdict(list)
    for row in judged:
        left, right = words(row["left"]), words(row["right"])
        shared = phrases(left) & phrases(right)
        for size in PHRASES:
            known = [frequency[one] for one in shared if len(one) == size]
            said = float(np.mean(np.log(known))) if known else 0.0
            columns[f"document frequency of {size} words"].append(said)
        bits = model.surprisal(left)[np.isin(left, right)]
        columns["evidence in bits, less is boilerplate"].append(-float(bits.sum()))
    print(f"\n{len(judged)} shared passages of bills that people judged: AUC")
    for name, column in columns.items():
        print(f"  {name:38} {auc(np.array(column), boilerplate):.3f}")


def words(raw: str) -> np.ndarray:
    """Return the stems of the words; lone dashes are those of a margin."""
    document = Document.from_text(raw.replace(" - ", " "))
    return Prepared(document).weighed.stems


def phrases(stems: np.ndarray) -> set[tuple[int, ...]]:
    listed = stems.tolist()
    return {
        tuple(listed[at : at + size])
        for size in PHRASES
        for at in range(len(listed) - size + 1)
    }


def auc(said: np.ndarray, true: np.ndarray) -> float:
    """Return how probably a true one has a higher figure than another one."""
    higher = said[true][:, None] - said[~true][None, :]
    return float((higher > 0).mean() + 0.5 * (higher == 0).mean())


if __name__ == "__main__":
    main()
