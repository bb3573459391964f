"""How often the source of a planted passage is among the nominated candidates.

    python benchmarks/nominators.py DATA > benchmarks/results/nominators.txt

DATA holds `zh_laws/docs/`. Passages of one document, edited in a known way, go into
another of the same genre; a nominator may name 20 of 400 documents. By default, a
corpus of this size is aligned whole; nominators serve beyond `retrieval.align_all`.
"""

import random
import sys
import time
from pathlib import Path

from passages import EDITS

from detector.index.nominate import RetrievalOptions, Retriever
from detector.text.rules import normalize
from detector.text.units import count_units

DOCUMENTS, CHARACTERS, MOST, DRAFTS = 400, 3000, 20, 60
LENGTHS = (30, 60, 150)
CHOSEN = ("verbatim", "10 % substituted", "20 % substituted")


def main() -> None:
    files = sorted(Path(sys.argv[1]).glob("zh_laws/docs/*"))[:DOCUMENTS]
    texts = [file.read_text("utf-8")[:CHARACTERS] for file in files]
    sources = [folded(text) for text in texts]
    retrievers = {}
    for name in ("minhash", "tfidf", "minhash tfidf"):
        options = RetrievalOptions(tuple(name.split()), align_all=0, most=MOST)
        began = time.process_time()
        retrievers[name] = Retriever(sources, options)
        retrievers[name].nominate(sources[0])
        spent = time.process_time() - began
        print(f"{name:14} built and asked once in {spent:5.1f} CPU s")
    print(f"\n{len(texts)} documents, {MOST} candidates each, {DRAFTS} drafts a row\n")
    print(f"{'edit':18} {'length':>6}  " + "".join(f"{n:>14}" for n in retrievers))
    for edit in CHOSEN:
        for length in LENGTHS:
            drafts = list(planted(texts, edit, length))
            shares = [recall(r, drafts) for r in retrievers.values()]
            row = "".join(f"{share:14.2f}" for share in shares)
            print(f"{edit:18} {length:6}  {row}", flush=True)


def planted(texts, edit, length):  # noqa: ANN001, ANN201
    rng = random.Random(f"{edit} {length}")
    for _ in range(DRAFTS):
        source, host = rng.sample(range(len(texts)), 2)
        start = rng.randrange(max(len(texts[source]) - length, 1))
        passage = EDITS[edit](texts[source][start : start + length], texts[host], rng)
        yield source, folded(texts[host][:1000] + passage + texts[host][1000:2000])


def recall(retriever, drafts) -> float:  # noqa: ANN001
    hits = sum(
        source in {candidate.source for candidate in retriever.nominate(draft)}
        for source, draft in drafts
    )
    return hits / len(drafts)


def folded(text):  # noqa: ANN001, ANN201
    normalized = normalize(text)
    return normalized, count_units(normalized)


if __name__ == "__main__":
    main()
