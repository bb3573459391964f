"""Residue of find and replace: 社区村振兴, where 乡 became 社区 everywhere.

Whoever turns one organisation's report into another's replaces a word, and with it the
same characters inside of other words. What is left is no word; put the word back, and
it is one. Each place is weighed as the language of the genre does it: by how many bits
the neighbours say more about the original than about what stands there now.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.model.span import Span
from detector.text.lexicon import jieba_words
from detector.text.names import find_names
from detector.traces.nonwords import NonWords, Reading, run, run_before
from detector.traces.replaceable import (
    AFTER,
    BEFORE,
    CLASSES,
    DIVISIONS,
    LONGEST_SIDE,
    PEOPLE,
    PLACES,
    words_around,
)

Surprisal = Callable[[str], NDArray[np.float32]]
"""Bits of each character of a text of Chinese characters, after those before it."""

_SCHOOLS = frozenset("大中小")
_FEWEST = 3
"""Places of a word that may have been put in everywhere."""
STRONG, MODERATE, WEAK = 4.5, 3.0, 1.0
"""Bits of a place that is enough by itself, of one that needs another, and of one that
is told of a word that has been put in for sure."""
_TORN, _TORN_SURELY, _TORN_PARTLY = 8.5, 3.3, 6.0
"""Bits of a non-word of the lexicon: of each of two different ones that tell that a
word was replaced; of another one, once that is told; of one with what such words often
have beside them (进社区, where 进村 is a word)."""
_TORN_WHOLLY = 13.0
"""Bits of a non-word beside which another of `_TORN_PARTLY` is enough."""
_PARTLY = 2.5
"""More bits that one needs with what such words often have beside them."""
_UNLISTED = 6.0
"""Bits of what no lexicon has (乡风文明), once the word is known to be replaced."""
_LEFT = 3.0
"""Bits more of one that is torn on its left only: so are abbreviations (文旅公司)."""
_NAME_STRONG, _NAME_MODERATE = 7.0, 6.0
"""The same of a name: any name may stand before any word."""
_FOREIGN, _SHORT = 3.0, 2.0
"""Bits to show besides: of a change from a division to what is none, or back; of one
character, which abbreviations hold, too (部市共建)."""
_COMMON = 20
"""Occurrences from which a word is one that stands there by itself."""
_RARE = 5
"""Occurrences of a word in the lexicon below which it proves nothing."""
_SHOWN = 4
_MOST = 5_000
"""Places of one word that are looked at, the first ones: whoever replaces a word does
so everywhere."""


class Place(NamedTuple):
    """One residue.

    Attributes
    ----------
    said, meant : str
        What stands there, and the word that it probably was.
    bits : float
        How much more its neighbours say about `meant`.
    """

    span: Span
    said: str
    meant: str
    bits: float


class Residue(NamedTuple):
    """A word that was replaced by another one everywhere, with what is left of it."""

    old: str
    new: str
    places: tuple[Place, ...]


def find_residue(
    text: str,
    surprisal: Surprisal,
    names: Sequence[str] = (),
    owners: Sequence[str] = (),
) -> tuple[Residue, ...]:
    """Return the replacements that left non-words behind, in order of the text.

    Parameters
    ----------
    surprisal : callable
        As `detector.background.Background.surprisal`, of a text.
    names : sequence of str
        Names of the text's own organisation and places, as ``清水``.
    owners : sequence of str
        The organisation in full: what is part of it is no residue.
    """
    language = _Language(surprisal)
    search, torn = _Search(text, language), _Torn(text, language)
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    named = _named(text, owners)
    for new in _candidates(text):
        for at in islice(_occurrences(text, new), _MOST):
            if named[at]:
                continue
            torn.add(at, new)
            if best := search.best(at, new):
                found[best[0], new].append(best[1])
    for own in dict.fromkeys(one for one in names if len(one) > 1):
        places = list(islice(_occurrences(text, own), _MOST))
        if len(places) >= _FEWEST and (name := search.best_name(places, own)):
            found[name[0], own] += name[1]
    accepted = _joined(_accepted(found, names), torn)
    return tuple(sorted(accepted, key=lambda one: one.places[0].span))


def _named(text: str, owners: Sequence[str]) -> bytearray:
    """Mark the characters of a text that belong to names."""
    named = bytearray(len(text))
    for owner in filter(None, owners):
        for at in _occurrences(text, owner):
            named[at : at + len(owner)] = b"\1" * len(owner)
    for name in find_names(text):
        named[name.start : name.end] = b"\1" * (name.end - name.start)
    return named


def _candidates(text: str) -> Iterator[str]:
    """Yield the words that may have been put in."""
    for words in CLASSES:
        yield from (new for new in sorted(words) if text.count(new) >= _FEWEST)


def _occurrences(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _accepted(
    found: Mapping[tuple[str, str], Sequence[Place]], names: Sequence[str]
) -> Iterator[Residue]:
    """Yield the replacements with a strong place, or with two.

    A level of government that has been put in for sure has its weaker places told of
    other levels, too: whoever replaces one of them replaces several.
    """
    sure: set[tuple[str, str]] = set()
    for (old, new), places in found.items():
        telling = [place for place in places if place.bits >= MODERATE]
        strong = _NAME_STRONG if new in names else STRONG
        words = Counter(place.meant[:3] for place in telling)
        often = len(words) > 1 or max(words.values(), default=0) >= _FEWEST
        alone = [place for place in telling if not place.said.startswith(new)]
        if (
            often
            or any(place.bits >= strong for place in telling if place not in alone)
            or any(place.bits >= strong + _LEFT for place in alone)
        ):
            sure.add((old, new))
    levels = {new for old, new in sure if {old, new} <= DIVISIONS}
    for (old, new), places in found.items():
        of_level = new in levels and old in DIVISIONS
        if (old, new) in sure or of_level:
            yield Residue(old, new, tuple(sorted(places)))


def _joined(residues: Iterable[Residue], torn: "_Torn") -> Iterator[Residue]:
    """Yield replacements with the places that the lexicon tells, too.

    Each place is told once: of the replacement that has most places.
    """
    known = {(one.old, one.new): list(one.places) for one in residues}
    for pair, more in torn.replaced(known).items():
        places = known.setdefault(pair, [])
        own = _covered(places)
        places += [one for one in more if not _touches(one, own)]

    def most(pair: tuple[str, str]) -> tuple[int, float, tuple[str, str]]:
        return -len(known[pair]), -sum(one.bits for one in known[pair]), pair

    taken: dict[str, set[int]] = defaultdict(set)
    for old, new in sorted(known, key=most):
        left = [one for one in known[old, new] if not _touches(one, taken[new])]
        taken[new] |= _covered(left)
        if left:
            yield Residue(old, new, tuple(sorted(left)))


def _covered(places: Iterable[Place]) -> set[int]:
    return {at for one in places for at in range(one.span.start, one.span.end)}


def _touches(place: Place, covered: set[int]) -> bool:
    return not covered.isdisjoint(range(place.span.start, place.span.end))


class _Torn:
    """Collects what the lexicon says of each place: what was torn out of a word."""

    def __init__(self, text: str, language: "_Language") -> None:
        self._text = text
        self._language = language
        self._nonwords = NonWords(text, jieba_words())
        self._places: dict[str, list[int]] = defaultdict(list)
        self._readings: dict[tuple[str, str], dict[int, Reading]] = defaultdict(dict)

    def add(self, at: int, new: str) -> None:
        """Read one place."""
        self._places[new].append(at)
        for one in self._nonwords.readings(at, new):
            best = self._readings[one.old, new].get(at)
            if best is None or (one.bits, -len(one.span)) > (
                best.bits,
                -len(best.span),
            ):
                self._readings[one.old, new][at] = one

    def replaced(
        self, known: Collection[tuple[str, str]]
    ) -> dict[tuple[str, str], list[Place]]:
        """Return the places of replacements that are known or that two words tell."""
        found = {}
        for old, new in {*self._readings, *known}:
            readings = self._readings.get((old, new), {})
            words: dict[str, float] = {}
            for at, one in readings.items():
                bits = one.bits - _PARTLY * (not one.is_plain)
                word = one.left + one.right
                if bits > words.get(word, _TORN_PARTLY) and self._is_odd(at, one, new):
                    words[word] = bits
            best = sorted(words.values(), reverse=True)[:2]
            enough = len(best) > 1 and (best[1] >= _TORN or best[0] >= _TORN_WHOLLY)
            if (old, new) in known or enough:
                found[old, new] = list(self._of_pair(old, new, readings))
        return {pair: places for pair, places in found.items() if places}

    def _is_odd(self, at: int, one: Reading, new: str) -> bool:
        """Tell whether the genre, too, rather has the original there (科创企业)."""
        before = run_before(self._text, at, LONGEST_SIDE)
        return self._language.gain(before, one.old, new, one.right) >= 0

    def _of_pair(
        self, old: str, new: str, readings: Mapping[int, Reading]
    ) -> Iterator[Place]:
        for at in self._places[new]:
            one = readings.get(at)
            if one and one.bits >= (_TORN_SURELY if one.is_plain else _TORN_PARTLY):
                yield _place(self._text, one.span, one.left, old, one.right, one.bits)
            elif (unlisted := self._unlisted(at, old, new)) is not None:
                yield unlisted

    def _unlisted(self, at: int, old: str, new: str) -> Place | None:
        end = at + len(new)
        right = run(self._text[end : end + LONGEST_SIDE])
        if len(right) < LONGEST_SIDE or not self._nonwords.is_torn(at, new)[1]:
            return None
        gain = self._language.gain("", old, new, right)
        if gain < _UNLISTED:
            return None
        return _place(self._text, Span(at, end + len(right)), "", old, right, gain)


class _Language:
    """What neighbours say about a word, in bits (pointwise mutual information)."""

    def __init__(self, surprisal: Surprisal) -> None:
        self._bits = lru_cache(maxsize=4096)(
            lambda text: tuple(surprisal(text).tolist())
        )

    def binding(self, before: str, word: str, after: str) -> float:
        """Return the bits that `word` shares with what stands right beside it."""
        whole = self._bits(before + word + after)
        alone = self._bits(word)
        at = len(before)
        shared = 0.0
        if before:
            shared = alone[0] - whole[at]
        for place, char in enumerate(after):
            shared += self._bits(char)[0] - whole[at + len(word) + place]
        return shared

    def gain(self, before: str, old: str, new: str, after: str) -> float:
        """Return how many bits more `old` shares with what stands beside it."""
        return self.binding(before, old, after) - self.binding(before, new, after)


class _Search:
    """Asks of each place of a word what may have stood there."""

    def __init__(self, text: str, language: _Language) -> None:
        self._text = text
        self._language = language
        self._words = jieba_words()

    def best(self, at: int, new: str) -> tuple[str, Place] | None:
        """Return the word that `new` at `at` most probably stands for, if any does."""
        if self._is_part(at, new):
            return None
        end = at + len(new)
        before = run_before(self._text, at, 3)
        after = run(self._text[end : end + 4])
        found = self._of_words(at, new, before, after)

        def likely(one: tuple[str, Place]) -> tuple[float, str]:
            return one[1].bits - _FOREIGN * _is_foreign(one[0], new), one[0]

        return max(found, key=likely, default=None)

    def best_name(
        self, places: Sequence[int], new: str
    ) -> tuple[str, list[Place]] | None:
        """Return the name that was `new` before, if one explains several places."""
        best: tuple[float, str, list[Place]] = (0.0, "", [])
        for old in PLACES:
            if old in new or new in old:
                continue
            found = [place for at in places if (place := self._of_name(at, new, old))]
            telling = [place for place in found if place.bits >= _NAME_MODERATE]
            words = {place.meant[: len(old) + 1] for place in telling}
            total = sum(place.bits for place in telling)
            if len(words) > 1 and (total, old) > best[:2]:
                best = total, old, found
        return (best[1], best[2]) if best[1] else None

    def _of_words(
        self, at: int, new: str, before: str, after: str
    ) -> Iterator[tuple[str, Place]]:
        """Yield what makes a word of the neighbours of `new`, where it makes none."""
        known = words_around()
        kind = next(kind for kind in CLASSES if new in kind)
        for i in range(len(before) + 1):
            for j in range(min(len(after), LONGEST_SIDE) + 1):
                left, right = before[len(before) - i :], after[:j]
                olds = [
                    old
                    for old, times in known.get((left, right), ())
                    if times >= _RARE and old in kind
                    if old not in new and new not in old
                ]
                if not olds or left + new + right in self._words:
                    continue
                if self._is_natural(at, new, left, right):
                    continue
                for old in olds:
                    gain = self._gain(left, old, new, right, before)
                    if gain >= (MODERATE if _is_foreign(old, new) else WEAK):
                        span = Span(at - i, at + len(new) + j)
                        yield old, _place(self._text, span, left, old, right, gain)

    def _gain(self, left: str, old: str, new: str, right: str, before: str) -> float:
        if new in PEOPLE and left in _SCHOOLS:
            return MODERATE  # 大学员: what tells 学生 from 学员 is not beside 大
        if left:
            left = before  # a longer context says more
        gain = self._language.gain(left, old, new, right)
        return gain - _FOREIGN * _is_foreign(old, new) - _SHORT * (len(new) == 1)

    def _is_part(self, at: int, new: str) -> bool:
        """Tell whether `new` is the beginning or the end of another word there."""
        end = at + len(new)
        pieces = (
            self._words.get(self._text[at - b : end + a])
            for b in (0, 1, 2)
            for a in (0, 1, 2)
            if (a or b) and at >= b
        )
        return any(piece and piece.times >= _COMMON for piece in pieces)

    def _is_natural(self, at: int, new: str, left: str, right: str) -> bool:
        """Tell whether what stands beside `new` is a word by itself, or part of one."""
        text, end = self._text, at + len(new)
        of_people = new in PEOPLE and left in _SCHOOLS  # 大学员, where 学生 stood
        if len(left) == 1 and not right and left in BEFORE and not of_people:
            return True
        if right and not left and right[0] in AFTER:
            return True
        if new in DIVISIONS and not left and right in _DIVISIONS_BESIDE:
            return True  # 社区镇街联席
        if right:
            longer = self._words.longest_at(text, end)
            if longer > len(right) or longer == len(right) > 1:
                return True
        starts = range(max(at - 4, 0), at - 1) if left else ()
        return any(text[start:at] in self._words for start in starts)

    def _of_name(self, at: int, new: str, old: str) -> Place | None:
        end = at + len(new)
        right = run(self._text[end : end + 2])
        if len(right) < 2 or right[0] in _AFTER_NAMES:  # noqa: PLR2004
            return None
        gain = self._language.gain("", old, new, right)
        if gain < MODERATE:
            return None
        return _place(self._text, Span(at, end + len(right)), "", old, right, gain)


def _place(  # noqa: PLR0913, PLR0917 - a place and what it is made of
    text: str, span: Span, left: str, old: str, right: str, bits: float
) -> Place:
    start, end = span.start, span.end
    more = _goes_on(text, left + old + right, end)
    said = text[start : end + more]
    meant = left + old + text[end - len(right) : end + more]
    return Place(Span(start, end + more), said, meant, bits)


def _goes_on(text: str, word: str, end: int) -> int:
    """Return how many more characters a reader takes for part of the word."""
    after = run(text[end : end + _SHOWN])
    for length in range(len(after), 1, -1):
        if after[:length] in jieba_words():
            return length
    return 0


_DIVISIONS_BESIDE = frozenset("镇街县市区")
_AFTER_NAMES = frozenset("镇乡村县市区省州局厅委办街社党人公集学医银")
"""What goes on the name of a place: 清水镇."""


def _is_foreign(old: str, new: str) -> bool:
    """Tell whether one is a division of the country and the other is none."""
    return (old in DIVISIONS) != (new in DIVISIONS)
