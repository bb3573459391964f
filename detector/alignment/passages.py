"""All passages that a draft shares with a set of sources, or with itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.alignment.chaining import Chain, ChainingOptions, chain_runs
from detector.alignment.extension import ExtensionOptions, Step, extend
from detector.errors import OptionError
from detector.kernels.join import SharedRuns, equal_runs, join_kgrams, sorted_kgrams
from detector.kernels.rolling import kgram_hashes
from detector.model.alignment import Alignment, Run
from detector.text.units import Units


@dataclass(frozen=True, slots=True)
class AlignmentOptions:
    """What counts as a shared passage.

    Attributes
    ----------
    k : int
        Units of the exact seeds. A passage without k equal units in a row is not seen.
    shortest : int
        Equal units that a passage needs, those of set phrases counted by a quarter.
    frequent : int
        Of a seed that occurs more often than this, times the number of sources, only
        the first places are followed.
    """

    k: int = 4
    shortest: int = 18
    frequent: int = 64
    chaining: ChainingOptions = field(default_factory=ChainingOptions)
    extension: ExtensionOptions = field(default_factory=ExtensionOptions)

    def __post_init__(self) -> None:
        for name, least in (("k", 2), ("shortest", 4), ("frequent", 1)):
            if (value := getattr(self, name)) < least:
                raise OptionError(name=name, value=value, allowed=f">= {least}")
        for name, most in (
            ("k", self.shortest),
            ("shortest", 1000),
            ("frequent", 10**6),
        ):
            if (value := getattr(self, name)) > most:
                raise OptionError(name=name, value=value, allowed=f"<= {most}")


SET_PHRASE_EVIDENCE = 0.25
"""What an equal unit of a set phrase says, when one of other wording says 1."""

_PRIVATE, _PRIVATE_SIZE = np.uint64(0xF0000), np.uint64(0x1FFFE)
_BORDER = np.uint64((1 << 64) - 1)  # no unit: keeps k-grams from spanning two sources


def weigh(set_phrases: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return what each unit says if it is shared: less inside of set phrases."""
    return np.where(set_phrases, SET_PHRASE_EVIDENCE, 1.0)


class Seeds(NamedTuple):
    """The k-grams of a set of sources, in order; made once for any number of drafts.

    `ordered` and `places` are as `sorted_kgrams` returns them for all sources laid end
    to end; source i begins at ``starts[i]``.
    """

    starts: NDArray[np.int64]
    ordered: NDArray[np.uint64]
    places: NDArray[np.intp]


def sow(sources: Sequence[Units], options: AlignmentOptions) -> Seeds:
    """Return the seeds of `sources`; takes O(n log n) time for n units in all."""
    starts, codes = _laid_end_to_end(sources)
    return Seeds(starts, *sorted_kgrams(kgram_hashes(codes, options.k)))


def align_sources(
    draft: Units,
    sources: Sequence[Units],
    evidence: NDArray[np.float64],
    options: AlignmentOptions,
    seeds: Seeds | None = None,
) -> list[list[Alignment]]:
    """Return the passages that `draft` shares with each of `sources`.

    Parameters
    ----------
    evidence : float array of shape (len(draft),)
        What each unit says if it is shared, 0–1; see `SET_PHRASE_EVIDENCE`.
    seeds : Seeds, optional
        Of the same sources and options, if they have been made before.

    Returns
    -------
    list, as long as `sources`, of lists of Alignment
        Best first; a place of the draft is in one of each source at the most,
        give or take an overlap of less than half.
    """
    found: list[list[Alignment]] = [[] for _ in sources]
    starts, ordered, places = seeds or sow(sources, options)
    ours = kgram_hashes(draft.codes, options.k)
    most = options.frequent * max(len(sources), 1)
    first, second, _ = join_kgrams(ours, ordered, places, most)
    runs = equal_runs(first, second, options.k)
    owners = np.searchsorted(starts, runs.second, side="right") - 1
    for owner, mine in _grouped(owners):
        shared = SharedRuns(
            runs.first[mine], runs.second[mine] - starts[owner], runs.length[mine]
        )
        found[owner] = _passages(draft, sources[owner], shared, evidence, options)
    return found


def align_within(
    draft: Units, evidence: NDArray[np.float64], options: AlignmentOptions
) -> list[Alignment]:
    """Return the passages of `draft` that stand in it earlier, too; best first.

    The later occurrence is the draft side of an alignment, the earlier the source.
    """
    hashes = kgram_hashes(draft.codes, options.k)
    ordered, places = sorted_kgrams(hashes)
    first, second, _ = join_kgrams(hashes, ordered, places, options.frequent)
    later = first > second
    runs = equal_runs(first[later], second[later], options.k)
    return _passages(draft, draft, runs, evidence, options, within=True)


def _laid_end_to_end(
    sources: Sequence[Units],
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    border = np.array([_BORDER])
    lengths = np.array([len(units) + 1 for units in sources], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    pieces = [piece for units in sources for piece in (units.codes, border)]
    return starts, np.concatenate(pieces) if pieces else border[:0]


def _grouped(owners: NDArray[np.intp]) -> Iterator[tuple[int, NDArray[np.intp]]]:
    order = np.argsort(owners, kind="stable")
    cuts = np.flatnonzero(np.diff(owners[order])) + 1
    for group in np.split(order, cuts):
        if len(group):
            yield int(owners[group[0]]), group


def _passages(  # noqa: PLR0913
    draft: Units,
    source: Units,
    runs: SharedRuns,
    evidence: NDArray[np.float64],
    options: AlignmentOptions,
    *,
    within: bool = False,
) -> list[Alignment]:
    weight = np.concatenate([[0.0], np.cumsum(evidence)])
    draft_text, source_text = _as_texts(draft, source)
    taken = np.zeros(len(draft), dtype=np.bool_)
    found: list[Alignment] = []
    chains = chain_runs(runs, options.chaining)
    if within:
        chains = [part for chain in chains for part in _apart(chain, options)]
    for chain in chains:
        if 3 * sum(length for *_, length in chain) < 2 * options.shortest:
            continue
        limits = _limits(chain, (len(draft), len(source)), within)
        steps = extend(draft_text, source_text, chain, limits, options.extension)
        overlaps = within and steps[-1].b1 > steps[0].a0
        equal = [slice(s.a0, s.a1) for s in steps if s.change == "equal"]
        said = sum(weight[part.stop] - weight[part.start] for part in equal)
        again = sum(taken[part].sum() for part in equal)
        many = sum(part.stop - part.start for part in equal)
        if said < options.shortest or overlaps or 2 * again > many:
            continue
        for part in equal:
            taken[part] = True
        found.append(_alignment(steps, draft, source))
    return found


def _limits(
    chain: Chain, lengths: tuple[int, int], within: bool
) -> tuple[int, int, int, int]:
    if not within:
        return 0, lengths[0], 0, lengths[1]
    # The earlier occurrence may not grow into the later one.
    end_of_source = chain[-1][1] + chain[-1][2]
    middle = max((end_of_source + chain[0][0]) // 2, end_of_source)
    return min(middle, chain[0][0]), lengths[0], 0, middle


def _apart(chain: Chain, options: AlignmentOptions) -> Iterator[Chain]:
    """Cut a chain that repeats itself (A A A) where its source reaches its draft."""
    period = chain[0][0] - chain[0][1]
    if chain[-1][1] + chain[-1][2] <= chain[0][0]:
        yield chain
        return
    if period < options.shortest // 2:
        return
    parts: dict[int, list[tuple[int, int, int]]] = {}
    for first, second, length in chain:
        done = 0
        while done < length:
            at = (first + done - chain[0][0]) // period
            end = min(chain[0][0] + (at + 1) * period - first, length)
            parts.setdefault(at, []).append((first + done, second + done, end - done))
            done = end
    yield from (tuple(parts[at]) for at in sorted(parts))


def _as_texts(draft: Units, source: Units) -> tuple[str, str]:
    """Return both as one character a unit; words become private-use characters."""
    codes = np.concatenate([draft.codes, source.codes])
    words = codes >> np.uint64(63) == 1
    _, numbers = np.unique(codes[words], return_inverse=True)
    codes[words] = _PRIVATE + numbers.astype(np.uint64) % _PRIVATE_SIZE
    text = codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return text[: len(draft)], text[len(draft) :]


def _alignment(steps: Sequence[Step], draft: Units, source: Units) -> Alignment:
    return Alignment(
        tuple(
            Run(
                step.change,
                draft.span(step.a0, step.a1),
                source.span(step.b0, step.b1),
                step.width,
            )
            for step in steps
        )
    )
