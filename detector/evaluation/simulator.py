"""Plants a passage of one real document into another, edited in a known way.

The truth is known to the character, and the rest of the two documents is as hard to
tell apart as documents of that genre are.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from detector.evaluation.edits import EDITS, Edit
from detector.evaluation.edits.material import Material
from detector.evaluation.pieces import excerpt, is_chinese, sentence_starts, window
from detector.evaluation.plagdet import Located
from detector.model.document import Document
from detector.model.span import Span

CLEAN = "clean"
"""The kind of a pair in which nothing is planted."""
KINDS: tuple[str, ...] = (*EDITS, CLEAN)
_LEAST = 120
"""Characters of a document from which it is worth taking a passage."""
_TRIES = 60
_SENTENCE_END = re.compile(r"[。！？…!?.][”’」』）)\"']*$")


@dataclass(frozen=True, slots=True)
class Case:
    """A draft, a source, and what the one has of the other.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    draft, source : Document
        At most some 8,000 characters of a document each.
    truth : Located or None
        The planted passage, its sides named by the ids of the documents. None where
        nothing is planted; whatever the two share then, they share by themselves.
    """

    kind: str
    draft: Document
    source: Document
    truth: Located | None


@dataclass(frozen=True, slots=True)
class Pool:
    """Documents of a genre in one language, among which passages may travel."""

    documents: tuple[Document, ...]
    chinese: bool

    def pair(self, rng: Random) -> tuple[Document, Document]:
        """Return a host and a source, of two organisations where there are two."""
        host = rng.choice(self.documents)
        others = [one for one in self.documents if one.id != host.id]
        foreign = [
            one for one in others if one.origin.organisation != host.origin.organisation
        ]
        return host, rng.choice(foreign or others)


def simulate(
    documents: Sequence[Document],
    *,
    kinds: Sequence[str] = KINDS,
    pairs: int,
    seed: int = 1,
) -> Iterator[Case]:
    """Yield `pairs` cases of each of `kinds`; equal arguments yield equal cases.

    A case depends on its kind, its number and `seed`, not on the other kinds. Kinds
    for Chinese only yield nothing where no two Chinese documents of a genre are.
    """
    pools = pools_of(documents)
    for kind in kinds:
        edit = EDITS.get(kind)
        fit = [pool for pool in pools if pool.chinese or not _chinese_only(edit)]
        weights = [len(pool.documents) for pool in fit]
        for number in range(pairs if fit else 0):
            rng = Random(f"{seed} {kind} {number}")
            pool = rng.choices(fit, weights)[0]
            case = _planted(kind, edit, pool, rng) if edit else _clean(pool, rng)
            if case:
                yield case


def pools_of(documents: Sequence[Document]) -> list[Pool]:
    """Return the documents that can be used, in groups of one genre and language.

    Genres do not count where no genre has two documents of different text.
    """
    usable = [document for document in documents if len(document.text) >= _LEAST]
    tongues = {document.id: is_chinese(document.text) for document in usable}
    for by_genre in (True, False):
        groups: dict[tuple[str, bool], list[Document]] = defaultdict(list)
        for one in usable:
            groups[one.origin.genre if by_genre else "", tongues[one.id]].append(one)
        found = [
            Pool(tuple(group), chinese)
            for (_, chinese), group in groups.items()
            if len({document.id for document in group}) > 1
        ]
        if found:
            break
    return found


def _chinese_only(edit: Edit | None) -> bool:
    return edit is not None and edit.chinese_only


def _windows(pool: Pool, rng: Random) -> tuple[Document, Document]:
    host, source = pool.pair(rng)
    cut = [window(one.text, pool.chinese, rng) for one in (host, source)]
    return Document(cut[0], host.origin), Document(cut[1], source.origin)


def _clean(pool: Pool, rng: Random) -> Case:
    return Case(CLEAN, *_windows(pool, rng), truth=None)


def _planted(kind: str, edit: Edit, pool: Pool, rng: Random) -> Case | None:
    """Return a case, from the first passage that gives a hold for the edit."""
    host, source = _windows(pool, rng)
    material = Material(host.text, pool.chinese)
    found: Span | None = None
    for _ in range(_TRIES):
        span = excerpt(source.text, pool.chinese, rng)
        if span is None:
            continue
        found = span
        if changed := edit.change(span.of(source.text), material, rng):
            return _case(kind, (host, changed), (source, span), pool.chinese, rng)
    if found and edit.last_resort:
        changed = edit.last_resort(found.of(source.text), material, rng)
        if changed:
            return _case(kind, (host, changed), (source, found), pool.chinese, rng)
    return None


def _case(
    kind: str,
    planted: tuple[Document, str],
    copied: tuple[Document, Span],
    chinese: bool,
    rng: Random,
) -> Case:
    """Return the case of a text planted between two sentences of a host."""
    (host, passage), (source, span) = planted, copied
    text = host.text
    at = rng.choice(sentence_starts(text, chinese) or [len(text) // 2])
    glue = "" if _SENTENCE_END.search(passage) else "。" if chinese else "."
    if text[:at].endswith("\n"):
        glue += "\n" if chinese else "\n\n"
    elif not chinese:
        glue += " "
    origin = replace(host.origin, path=f"{host.origin.path} + {source.origin.path}")
    draft = Document(text[:at] + passage + glue + text[at:], origin)
    end = at + len(passage)
    truth = Located(draft.id, at, end, source.id, span.start, span.end)
    return Case(kind, draft, source, truth)
