"""What announces headings and says one of them otherwise.

A preamble that lists the items of a report echoes its headings. Where it has one of
them as it stands, another item that begins and ends like its heading, and differs from
it by a word in between, is a slip on one of both sides. Where it has two of them and
more, an item in the place of another differs from that by a slip at either end, too.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

from detector.model.section import Section
from detector.model.span import Span
from detector.text.sentences import paragraphs

_GRAM = 3
_SHORTEST = 6
"""Characters of a heading that may be echoed."""
_SHORTEST_IN_PLACE = 4
"""The same of one whose neighbours are echoed beside it."""
_MOST_SLIPS = 2
_PER_SLIP = 3
"""Characters of a heading for each slip in an item in its place."""
_FEWEST = 2
"""Headings that a paragraph must echo to announce them."""
_ALIKE = 0.7
_MOST_HEADINGS = 40
"""Headings that a paragraph may announce: of more it is a list of like lines."""
_MOST_CHANGED = 2
"""Characters of either side that may differ: more is another wording, and no slip."""
_EQUAL_ENDS = 2
"""Characters that both sides begin and end with."""
_MOST_BEFORE = 4
"""Characters that one side may have before the other begins."""
_ENDS = re.compile(
    r"(?:[一两三四五六七八九十]?个?等?方面|方面的?问题|的问题|问题|情况|"
    r"工作)?[。：:，,；;]*\Z"
)
_NUMBER = re.compile(
    r"\A\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.、．])\s*"
)
"""Of a Markdown heading, which has a mark of its own besides."""
_SENTENCE = re.compile("[，；。]")
_DELIMITERS = re.compile(r"[，。；：、,;:“”\"‘’「」()（）\s]|[一二三四五六七八九十]是")
_AFTER_LIST = re.compile(r"(?:[两三四五六七八九十]+(?:个|大|项|方面)|等|开展).*")
_SIGNS = re.compile(r"[\W_]+")


class Echo(NamedTuple):
    """An item of a list, and the heading that it announces otherwise.

    Attributes
    ----------
    here, there : str
        What differs, with a character on both sides.
    """

    item: Span
    heading: Span
    here: str
    there: str


class _Heading(NamedTuple):
    """A heading, and the number of the part of which it is one."""

    span: Span
    text: str
    group: int


def find_mismatches(text: str, outline: Sequence[Section]) -> tuple[Echo, ...]:
    r"""Return the items of lists that differ from the headings they announce.

    >>> from detector.text.outline import outline
    >>> text = "对照应对风险挑的经验、发扬斗争精神两方面，检查如下。\n"
    >>> text += "一、应对风险挑战的经验\n略。\n二、发扬斗争精神\n略。"
    >>> [(echo.here, echo.there) for echo in find_mismatches(text, outline(text))]
    [('挑的', '挑战的')]
    """
    headings = list(_headings(outline))
    found: list[Echo] = []
    if len(headings) >= _FEWEST:
        grams = _Grams(headings)
        groups = _groups(headings)
        for paragraph in paragraphs(text):
            likely = grams.shared_with(paragraph.of(text))
            long = [one for one in likely if len(one.text) >= _SHORTEST]
            here = list(_in_paragraph(text, paragraph, long))
            told = {echo.heading for echo in here}
            in_place = _in_place(text, paragraph, likely, groups)
            found += here + [echo for echo in in_place if echo.heading not in told]
    return tuple(sorted(found, key=lambda echo: echo.item))


def _headings(outline: Sequence[Section]) -> Iterator[_Heading]:
    """Yield the headings that may be echoed; those of one part are a group."""
    groups: dict[tuple[int, ...], int] = {}
    above: list[int] = []
    for number, section in enumerate(outline):
        title = _ENDS.sub("", _NUMBER.sub("", section.title))
        del above[section.level - 1 :]
        above += [-1] * (section.level - 1 - len(above))
        parent = tuple(above)
        above.append(number)
        sentence = section.inline and _SENTENCE.search(title)
        if section.heading and len(title) >= _SHORTEST_IN_PLACE and not sentence:
            group = groups.setdefault(parent, len(groups))
            yield _Heading(section.heading, title, group)


def _groups(headings: Sequence[_Heading]) -> Mapping[int, Sequence[_Heading]]:
    groups = defaultdict(list)
    for one in headings:
        groups[one.group].append(one)
    return groups


def _in_place(
    text: str,
    paragraph: Span,
    likely: Sequence[_Heading],
    groups: Mapping[int, Sequence[_Heading]],
) -> Iterator[Echo]:
    """Yield the items beside echoes of headings that differ from the one due there."""
    raw = paragraph.of(text)
    echoed = defaultdict(set)
    for one in likely:
        if one.text in raw and not one.span.overlaps(paragraph):
            echoed[one.group].add(one)
    for group, exact in sorted(echoed.items()):
        announced = paragraph.end <= groups[group][0].span.start
        if len(exact) < _FEWEST or not announced:
            continue
        yield from _out_of_step(paragraph, raw, exact, groups[group])


def _out_of_step(
    paragraph: Span, raw: str, exact: Collection[_Heading], group: Sequence[_Heading]
) -> Iterator[Echo]:
    pieces = _pieces(raw)
    around = zip([None, *group], group, [*group[1:], None], strict=False)
    for before, one, after in around:
        if one.text in raw or one.span.overlaps(paragraph):
            continue
        due = _due(raw, pieces, before, after, exact)
        if due and (slip := _slip(due.of(raw), one.text)):
            said = due.of(raw)[slip[0] : slip[1]]
            if differing := _changes(said, one.text):
                start = paragraph.start + due.start + slip[0]
                yield Echo(Span(start, start + len(said)), one.span, *differing)


def _due(
    raw: str,
    pieces: Sequence[Span],
    before: _Heading | None,
    after: _Heading | None,
    exact: Collection[_Heading],
) -> Span | None:
    """Return the item that follows one echo, or goes before another, and is none."""
    titles = {one.text for one in exact}
    for beside, step in ((before, 1), (after, -1)):
        if beside not in exact or beside is None:
            continue
        for number, piece in enumerate(pieces):
            if beside.text in piece.of(raw) and 0 <= number + step < len(pieces):
                due = pieces[number + step]
                return None if any(one in due.of(raw) for one in titles) else due
    return None


def _slip(item: str, title: str) -> tuple[int, int] | None:
    """Return which end of an item is nearly `title`: all of it, its first or its last.

    A list begins after other words (围绕…) and goes on into others (…三个方面开展工作).
    """
    if _AFTER_LIST.sub("", item) in title:  # shortened
        return None
    size = len(title)
    best: tuple[int, int, int] | None = None
    for length in (size, size + 1, size - 1, size + 2, size - 2):
        for start in {0, max(len(item) - length, 0)}:
            part = item[start : start + length]
            if len(part) == length:
                slips = Levenshtein.distance(part, title)
                if best is None or slips < best[0]:
                    best = slips, start, start + length
    if best is None or not 0 < best[0] <= min(_MOST_SLIPS, size // _PER_SLIP):
        return None
    return best[1:]


def _in_paragraph(
    text: str, paragraph: Span, headings: Sequence[_Heading]
) -> Iterator[Echo]:
    raw = paragraph.of(text)
    outside = [one for one in headings if not one.span.overlaps(paragraph)]
    if len(outside) < _FEWEST:
        return
    items = [(one, item) for one in outside if (item := _item(raw, one.text))]
    places = Counter(item for _, item in items)
    apart = [(one, item) for one, item in items if places[item] == 1]
    if len(apart) < _FEWEST:
        return
    plain = [(_bare(item.of(raw)), _bare(one.text)) for one, item in apart]
    if not any(ours.endswith(theirs) for ours, theirs in plain):
        return
    for (one, item), (ours, theirs) in zip(apart, plain, strict=True):
        if differing := _difference(ours, theirs):
            start = paragraph.start
            span = Span(start + item.start, start + item.end)
            yield Echo(span, one.span, *differing)


def _bare(text: str) -> str:
    """Return a heading or an item without signs and without what its end may be."""
    return _SIGNS.sub("", _ENDS.sub("", text))


class _Grams:
    """The trigrams of headings: which of these a paragraph has half of."""

    def __init__(self, headings: Sequence[_Heading]) -> None:
        self._headings = headings
        self._sizes: list[int] = []
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, heading in enumerate(headings):
            own = _grams(heading.text)
            self._sizes.append(len(own))
            for gram in own:
                self._holders[gram].append(number)
        for gram, holders in self._holders.items():
            if len(holders) > _MOST_HEADINGS:  # 工作方面 tells no heading from others
                for number in holders:
                    self._sizes[number] -= 1
                self._holders[gram] = []

    def shared_with(self, text: str) -> list[_Heading]:
        counts = Counter(
            number for gram in _grams(text) for number in self._holders.get(gram, ())
        )
        likely = [
            self._headings[number]
            for number in sorted(counts)
            if counts[number] * 2 >= self._sizes[number]
        ]
        return likely if len(likely) <= _MOST_HEADINGS else []


def _grams(text: str) -> set[str]:
    bare = _SIGNS.sub("", text)
    return {bare[at : at + _GRAM] for at in range(len(bare) - _GRAM + 1)}


def _pieces(raw: str) -> list[Span]:
    cuts = [0]
    for match in _DELIMITERS.finditer(raw):
        cuts += match.span()
    cuts.append(len(raw))
    return [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if a < b]


def _item(raw: str, title: str) -> Span | None:
    """Return the part of `raw` between two delimiters that is most like `title`."""
    pieces = _pieces(raw)
    plain = _SIGNS.sub("", title)
    best: tuple[float, int, Span] | None = None
    for first in range(len(pieces)):
        for last in range(first, min(first + 6, len(pieces))):
            span = Span(pieces[first].start, pieces[last].end)
            said = _SIGNS.sub("", span.of(raw))
            if len(said) > len(plain) * 1.5:
                break
            alike = Indel.normalized_similarity(said, plain, score_cutoff=_ALIKE)
            if alike and (best is None or (alike, -first) > best[:2]):
                best = alike, -first, span
    return best[2] if best else None


def _difference(ours: str, theirs: str) -> tuple[str, str] | None:
    """Return what differs between equal ends; None if nothing does, or too much."""
    ends = slice(None, _EQUAL_ENDS), slice(-_EQUAL_ENDS, None)
    first = theirs.find(ours[ends[0]]), ours.find(theirs[ends[0]])
    if 0 < max(first) <= _MOST_BEFORE and 0 not in first:
        # One of both begins earlier: 带头深刻感悟… and 深刻感悟….
        ours, theirs = ours[max(first[1], 0) :], theirs[max(first[0], 0) :]
    if ours == theirs or ours[ends[0]] != theirs[ends[0]]:
        return None
    if ours[ends[1]] != theirs[ends[1]]:
        last = len(ours) == len(theirs) and ours[:-1] == theirs[:-1]
        return (ours[-2:], theirs[-2:]) if last else None  # 底钱, 底线
    return _changes(ours, theirs)


def _changes(ours: str, theirs: str) -> tuple[str, str] | None:
    """Return what differs, with a character on both sides; None if that is too much."""
    codes = [code for code in Indel.opcodes(ours, theirs) if code.tag != "equal"]
    a, b = codes[0].src_start, codes[-1].src_end
    c, d = codes[0].dest_start, codes[-1].dest_end
    if max(b - a, d - c) > _MOST_CHANGED:
        return None
    return ours[max(a - 1, 0) : b + 1], theirs[max(c - 1, 0) : d + 1]
