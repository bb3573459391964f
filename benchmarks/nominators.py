"""How often the source of a planted passage is among the nominated candidates.

    python benchmarks/nominators.py DATA > benchmarks/results/nominators.txt

DATA holds `zh_laws/docs/`. Passages of one document, edited in a known way, go into
another of the same genre; MinHash and TF-IDF may name 20 of 400 documents each. Exact
seeds name as many as share some densely enough; a corpus in memory of up to
`retrieval.align_all` documents is asked by them, MinHash and TF-IDF serve beyond that.
An index is asked by sampled seeds, for 64 documents at the most; the last column is
what it and the two others name together.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import numpy as np

from detector.alignment.nominees import nominate, sow
from detector.alignment.options import AlignmentOptions
from detector.alignment.weighed import Weighed
from detector.evaluation.edits import EDITS
from detector.evaluation.edits.material import Material
from detector.fingerprints.seeds import seeds_of
from detector.formats.background import load_background
from detector.index.choice import choose
from detector.index.nominate import RetrievalOptions, Retriever
from detector.index.search import share
from detector.index.segment import UNKNOWN, Segment
from detector.text.rules import normalize
from detector.text.stems import find_stems
from detector.text.units import count_units

DOCUMENTS, CHARACTERS, MOST, DRAFTS = 400, 3000, 20, 60
LENGTHS = (30, 60, 150)
CHOSEN = ("verbatim", "words_10", "words_20", "words_40", "synonyms_all")
Nominate: TypeAlias = Callable[[str], set[int]]


def main() -> None:
    files = sorted(Path(sys.argv[1]).glob("zh_laws/docs/*"))[:DOCUMENTS]
    texts = [file.read_text("utf-8")[:CHARACTERS] for file in files]
    methods = {
        "minhash": by_retriever(texts, "minhash"),
        "tfidf": by_retriever(texts, "tfidf"),
        "minhash tfidf": by_retriever(texts, "minhash tfidf"),
        "exact seeds": by_seeds(texts),
        "index": by_index(texts),
    }
    parts = methods["index"], methods["minhash tfidf"]
    methods["index + both"] = lambda draft: parts[0](draft) | parts[1](draft)
    print(f"{len(texts)} documents, {DRAFTS} drafts a row; in brackets: nominated\n")
    print(f"{'edit':14} {'length':>6}  " + "".join(f"{n:>17}" for n in methods))
    for edit in CHOSEN:
        for length in LENGTHS:
            drafts = list(planted(texts, edit, length))
            row = "".join(recall(ask, drafts) for ask in methods.values())
            print(f"{edit:14} {length:6}  {row}", flush=True)


def by_retriever(texts: list[str], names: str) -> Nominate:
    options = RetrievalOptions(tuple(names.split()), align_all=0, most=MOST)
    began = time.process_time()
    retriever = Retriever([folded(text) for text in texts], options)
    retriever.nominate(folded(texts[0]))
    spent = time.process_time() - began
    print(f"{names:14} built and asked once in {spent:5.1f} CPU s")
    return lambda draft: {one.source for one in retriever.nominate(folded(draft))}


def by_seeds(texts: list[str]) -> Nominate:
    background = load_background("shipped")
    began = time.process_time()
    seeds = sow([weighed(text, background) for text in texts])
    spent = time.process_time() - began
    print(f"{'exact seeds':14} built in {spent:5.1f} CPU s")
    options = AlignmentOptions()
    return lambda draft: set(nominate(weighed(draft, background), seeds, options))


def by_index(texts: list[str]) -> Nominate:
    background = load_background("shipped")
    began = time.process_time()
    loose = [weighed(text, background).loose for text in texts]
    seeds = list(map(seeds_of, loose))
    index = [Segment.of(seeds, list(map(len, loose)), [UNKNOWN] * len(texts))]
    spent = time.process_time() - began
    print(f"{'index':14} built in {spent:5.1f} CPU s\n")
    options = RetrievalOptions()

    def ask(draft: str) -> set[int]:
        text = weighed(draft, background)
        says = np.concatenate([[0.0], np.cumsum(text.bits, dtype=np.float64)])
        shared = share(index, seeds_of(text.loose), options.frequent)
        return set(choose(shared, options.most, says))

    return ask


def planted(texts: list[str], edit: str, length: int) -> Iterator[tuple[int, str]]:
    rng = random.Random(f"{edit} {length}")
    count = 0
    while count < DRAFTS:
        source, host = rng.sample(range(len(texts)), 2)
        start = rng.randrange(max(len(texts[source]) - length, 1))
        passage = texts[source][start : start + length]
        changed = EDITS[edit].change(passage, Material(texts[host], chinese=True), rng)
        if changed:
            count += 1
            yield source, texts[host][:1000] + changed + texts[host][1000:2000]


def recall(ask: Nominate, drafts: list[tuple[int, str]]) -> str:
    answers = [(source, ask(draft)) for source, draft in drafts]
    hits = sum(source in found for source, found in answers) / len(answers)
    named = sum(len(found) for _, found in answers) / len(answers)
    return f"{hits:10.2f} ({named:4.0f})"


def folded(text: str) -> tuple[object, object]:
    normalized = normalize(text)
    return normalized, count_units(normalized)


def weighed(text: str, background: object) -> Weighed:
    units = count_units(normalize(text))
    stems = find_stems(units, text)
    return Weighed(units, stems, background.surprisal(stems))


if __name__ == "__main__":
    main()
