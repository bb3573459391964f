"""Which letters of a PDF page a reader sees."""

import ctypes
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import reduce
from itertools import pairwise
from math import hypot
from operator import attrgetter
from typing import Any, NamedTuple

LINE_BREAKS = frozenset("\r\n")
FIRST_WIDE = "\u2e80"

_OF_A_SCAN = 0.9
"""Share of invisible letters from which they are the text of the page."""
_TINY = 2.0
"""Points of a letter that nobody reads beside others far larger."""
_FAR_SMALLER = 0.3
_SQUEEZED = 0.05
"""Width by height, or height by width, of letters that are lines."""
_OFTEN = 4
"""Unseen parts of a line that are between others by intent."""
_ELSEWHERE = -1
_GAP = 0.35
"""Ems; a word in a cell or circle of its own ground is further from its neighbours."""
_LEVEL = 0.15
"""Ems between the feet of letters that are on one line."""
_UPON = 0.5
"""Share of a letter that is common with the next, if they stand upon each other."""
_INVISIBLE, _CLIPPING = 3, 7
"""Rendering modes of text, neither filled nor drawn: ISO 32000, 9.3.6."""
_STROKED, _FILLED = frozenset({1, 2, 5, 6}), frozenset({0, 2, 4, 6})
_LIGHT, _CLEAR = 242, 13
"""Of 255: from which on a colour is white, and below which it is none."""
_ROW, _HIGH, _BOXES = 24.0, 5_000.0, 200
"""Points of a row of the page and of all, and boxes of a row that are looked at."""
_DEEP = 3
_CLIPS, _SEGMENTS = 8, 8
"""Innermost paths that clip, and segments of one: of a box; others are not asked."""


class Look(Enum):
    """How a letter is seen."""

    SEEN = "seen"
    FAINT = "faint"
    """White, or a hole, which is seen if something is painted there."""
    TINY = "tiny"
    NEVER = "never"
    """Drawn in no colour, or without width."""
    AWAY = "away"
    """Off the page, or clipped away."""


class Glyph(NamedTuple):
    """A character at its place; edges in points."""

    char: str
    left: float
    right: float
    bottom: float
    top: float
    look: Look = Look.SEEN

    @property
    def size(self) -> float:
        """Its height, or of turned text its width: the larger of the two."""
        return max(self.top - self.bottom, self.right - self.left)


Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


class Looks:
    """The looks of the text objects of a page; each is asked for once."""

    def __init__(self, page_box: Box, outermost: frozenset[int]) -> None:
        self._page_box = page_box
        self._outermost = outermost
        """Addresses of the objects that are in no form, whose places are the page's."""
        self._known: dict[int | None, Look] = {None: Look.SEEN}

    def of(self, drawn: Any, box: Box) -> Look:  # noqa: ANN401 - published without types
        """Return the look of a letter in `box`, of the text object `drawn`."""
        left, bottom, right, top = box
        address = ctypes.cast(drawn, ctypes.c_void_p).value
        if address not in self._known:
            is_clipped = address in self._outermost and _is_clipped(drawn)
            self._known[address] = Look.AWAY if is_clipped else _look(drawn)
        look = self._known[address]
        if address and _are_apart(box, self._page_box):
            return Look.AWAY
        is_tiny = 0 < max(top - bottom, right - left) < _TINY
        return Look.TINY if is_tiny and look is Look.SEEN else look


def _are_apart(one: Box, other: Box) -> bool:
    return (
        one[0] > other[2] or one[2] < other[0] or one[1] > other[3] or one[3] < other[1]
    )


def _look(drawn: Any) -> Look:  # noqa: ANN401
    """Return how a text object of PDFium is seen on white paper."""
    from pypdfium2 import raw

    mode = raw.FPDFTextObj_GetTextRenderMode(drawn)
    if mode == _INVISIBLE or _is_squeezed(drawn):
        return Look.NEVER
    if mode == _CLIPPING:
        return Look.FAINT  # what is painted next shows through
    ways = (
        (_FILLED, raw.FPDFPageObj_GetFillColor),
        (_STROKED, raw.FPDFPageObj_GetStrokeColor),
    )
    looks = {_colour(drawn, ask) for modes, ask in ways if mode in modes}
    return next((look for look in Look if look in looks), Look.SEEN)


def _colour(drawn: Any, ask: Any) -> Look:  # noqa: ANN401
    parts = [ctypes.c_uint() for _ in range(4)]
    if not ask(drawn, *map(ctypes.byref, parts)):
        return Look.SEEN
    *colour, alpha = (part.value for part in parts)
    if alpha < _CLEAR:
        return Look.NEVER
    return Look.FAINT if min(colour) >= _LIGHT else Look.SEEN


def _is_squeezed(drawn: Any) -> bool:  # noqa: ANN401
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix)):
        return False
    sides = sorted((hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d)))
    return sides[0] < _SQUEEZED * sides[1]


def _is_clipped(drawn: Any) -> bool:  # noqa: ANN401
    """Tell whether nothing of a text object is inside of what it is clipped to."""
    from pypdfium2 import raw

    paths = raw.FPDFPageObj_GetClipPath(drawn)
    box = bounds(drawn)
    if not paths or not box:
        return False
    return any(_are_apart(box, clip) for clip in _clip_boxes(paths))


def _clip_boxes(paths: Any) -> Iterator[Box]:  # noqa: ANN401
    from pypdfium2 import raw

    last = raw.FPDFClipPath_CountPaths(paths)
    for at in range(max(0, last - _CLIPS), last):
        count = raw.FPDFClipPath_CountPathSegments(paths, at)
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        for one in range(count if count <= _SEGMENTS else 0):
            segment = raw.FPDFClipPath_GetPathSegment(paths, at, one)
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            points.append((x.value, y.value))
        if points:
            across, up = zip(*points, strict=True)
            yield min(across), min(up), max(across), max(up)


class Grounds:
    """What is painted under the letters of a page, as boxes, the last on top."""

    def __init__(self, objects: Sequence[Any]) -> None:
        self._rows: dict[int, deque[tuple[Box, bool]]] = {}
        for box, is_dark in _painted(objects):
            low, high = (round(max(0.0, min(_HIGH, at)) / _ROW) for at in box[1::2])
            for row in range(low, high + 1):
                here = self._rows.setdefault(row, deque(maxlen=_BOXES))
                here.append((box, is_dark))

    def is_dark(self, glyph: Glyph) -> bool:
        """Tell whether a white letter is seen where it stands."""
        x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
        row = self._rows.get(round(max(0.0, min(_HIGH, y)) / _ROW), ())
        return next(
            (
                dark
                for (left, bottom, right, top), dark in reversed(row)
                if left < x < right and bottom < y < top
            ),
            False,
        )


def _painted(objects: Sequence[Any]) -> Iterator[tuple[Box, bool]]:
    """Yield the boxes of filled paths, and whether white is seen on them."""
    from pypdfium2 import raw

    fill, line = ctypes.c_int(), ctypes.c_int()
    for one, box in placed(objects, raw.FPDF_PAGEOBJ_PATH):
        raw.FPDFPath_GetDrawMode(one, ctypes.byref(fill), ctypes.byref(line))
        look = _colour(one, raw.FPDFPageObj_GetFillColor)
        if fill.value and look is not Look.NEVER:
            yield box, look is Look.SEEN


def placed(
    objects: Iterable[Any], kind: int, deep: int = _DEEP
) -> Iterator[tuple[Any, Box]]:
    """Yield the objects of a kind, also within forms, and what is seen of their boxes.

    Parameters
    ----------
    kind : int
        One of PDFium's ``FPDF_PAGEOBJ_*``.
    deep : int
        Levels of forms that are looked into, the page being one.
    """
    from pypdfium2 import PdfMatrix, raw

    for one in objects:
        what = raw.FPDFPageObj_GetType(one)
        box = _clipped(one) if what == kind else None
        if box:
            yield one, box
        if what == raw.FPDF_PAGEOBJ_FORM and deep > 1:
            matrix = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(one, ctypes.byref(matrix))
            on_page = PdfMatrix.from_raw(matrix).on_rect
            count = max(0, raw.FPDFFormObj_CountObjects(one))
            within = (raw.FPDFFormObj_GetObject(one, at) for at in range(count))
            for inner, inner_box in placed(within, kind, deep - 1):
                yield inner, on_page(*inner_box)


def _clipped(drawn: Any) -> Box | None:  # noqa: ANN401
    """Return what is seen of the box of an object, if anything."""
    from pypdfium2 import raw

    box = bounds(drawn)
    if not box:
        return None
    clips = _clip_boxes(raw.FPDFPageObj_GetClipPath(drawn))
    left, bottom, right, top = box = reduce(common, clips, box)
    return box if left <= right and bottom <= top else None


def bounds(drawn: Any) -> Box | None:  # noqa: ANN401
    """Return the box of an object, if it has one."""
    from pypdfium2 import raw

    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(drawn, *map(ctypes.byref, edges)):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def common(one: Box, other: Box) -> Box:
    """Return what two boxes have in common; its edges are crossed if nothing."""
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    return left, bottom, min(one[2], other[2]), min(one[3], other[3])


def shown(
    glyphs: Sequence[Glyph], objects: Sequence[Any], *, has_pictures: bool
) -> list[Glyph]:
    """Return the characters that a reader of the page sees.

    Invisible letters are the text that was recognised in a picture, if there is one,
    and white ones may be on a dark ground: both are left out only where they stand
    between others, again and again, without a gap, and on nothing that is seen there.
    """
    never = sum(one.look is Look.NEVER for one in glyphs)
    if never and never < _OF_A_SCAN * len(glyphs) and not has_pictures:
        glyphs = [one for one in glyphs if one.look is not Look.NEVER]
    if all(one.look is Look.SEEN for one in glyphs):
        return list(glyphs)
    parts = _parts(glyphs)
    between = _between(parts)
    if max(Counter(between.values()).values(), default=0) < _OFTEN:
        return list(glyphs)
    grounds = Grounds(objects)
    unseen = {at for at in between if not _is_on_dark(parts[at], grounds)}
    return [
        one
        for at, part in enumerate(parts)
        for one in part
        if at not in unseen or one.look is Look.SEEN
    ]


def _is_on_dark(part: Sequence[Glyph], grounds: Grounds) -> bool:
    drawn = [one for one in part if not one.char.isspace()]
    return all(one.look is Look.FAINT and grounds.is_dark(one) for one in drawn)


def _parts(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Divide letters where those that are seen and others meet."""
    parts: list[list[Glyph]] = []
    was_seen = None
    for one in glyphs:
        is_seen = one.look is Look.SEEN
        if one.char.isspace() and parts:
            is_seen = bool(was_seen)
        if is_seen != was_seen:
            parts.append([])
        parts[-1].append(one)
        was_seen = is_seen
    return parts


def _between(parts: Sequence[Sequence[Glyph]]) -> dict[int, int]:
    """Return which parts nobody sees between others that are seen, and their lines.

    Those between letters that are set on to each other have `_ELSEWHERE` for a line:
    where they stand, a reader does not look for them.
    """
    drawn = [[one for one in part if not one.char.isspace()] for part in parts]
    found: dict[int, int] = {}
    line = 0
    for at, part in enumerate(drawn):
        before = drawn[at - 1][-1:] if at else []
        after = [following[0] for following in drawn[at + 1 : at + 2]]
        if part and part[0].look is not Look.SEEN:
            if before and after and _are_close(*before, *after):
                found[at] = _ELSEWHERE
            elif _is_between(
                part,
                [] if _ends_line(parts[at - 1]) else before,
                [] if _ends_line(parts[at]) else after,
            ):
                found[at] = line
        line += sum(one.char in LINE_BREAKS for one in parts[at])
    return found


def _ends_line(part: Sequence[Glyph]) -> bool:
    return part[-1].char in LINE_BREAKS


def _is_between(
    part: Sequence[Glyph], before: Sequence[Glyph], after: Sequence[Glyph]
) -> bool:
    """Tell whether nobody sees a part, by the letters beside it on its line."""
    ends = [(part[0], one) for one in before] + [(part[-1], one) for one in after]
    if not ends or any(one.look is Look.AWAY for one in part):
        return bool(ends)
    if any(one.look is Look.TINY for one in part):
        return all(one.size < _FAR_SMALLER * other.size for one, other in ends)
    return all(_are_close(one, other) for one, other in ends)


def _are_close(one: Glyph, other: Glyph) -> bool:
    across = max(other.left - one.right, one.left - other.right)
    up = max(other.bottom - one.top, one.bottom - other.top)
    return max(across, up) < _GAP * max(one.size, other.size)


def unsure(drawn: Sequence[Glyph]) -> int:
    """Return how many letters of a line a reader of the page may not see.

    Wide ones that stand upon another, and those off the page beside others; not what
    leaves the page aslant, as a watermark does.
    """
    placed = list(pairwise(sorted(drawn, key=attrgetter("left"))))
    upon = sum(_is_upon(one, other) for one, other in placed)
    leaves = any(_leaves_page(one, other) for one, other in placed)
    return upon + leaves * sum(one.look is Look.AWAY for one in drawn)


def _leaves_page(one: Glyph, other: Glyph) -> bool:
    is_level = abs(one.bottom - other.bottom) < _LEVEL * max(one.size, other.size)
    return is_level and (one.look is Look.AWAY) != (other.look is Look.AWAY)


def _is_upon(one: Glyph, other: Glyph) -> bool:
    if one.char == other.char or min(one.char, other.char) < FIRST_WIDE:
        return False
    if not (one.char.isalpha() and other.char.isalpha()):
        return False  # punctuation is set closer
    across = min(one.right, other.right) - max(one.left, other.left)
    up = min(one.top, other.top) - max(one.bottom, other.bottom)
    sizes = (
        min(one.right - one.left, other.right - other.left),
        min(one.top - one.bottom, other.top - other.bottom),
    )
    return across > _UPON * sizes[0] and up > _UPON * sizes[1]
