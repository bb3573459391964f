"""What style sheets and style attributes say of whether letters are seen."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

_STRING = r"""\\.|"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?"""
"""Or an escape, after which a mark of a string is none."""
_COMMENT = re.compile(rf"({_STRING})|/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_TOKEN = re.compile(rf"[{{}}]|{_STRING}", re.DOTALL)
_PART = re.compile(rf"""(?:[^;"'(\\]|{_STRING}|\([^)]*+\)?)++""", re.DOTALL)
_LIST = re.compile(r"(?:[^,(]|\([^)]*+\)?)++")
_ALWAYS = re.compile(r"@(?:layer|supports(?!\s+not)|container|scope)", re.IGNORECASE)
_NO_RULES = re.compile(r"@font-face|@keyframes|@-", re.IGNORECASE)
_MEDIA = re.compile(r"@media\b(.*)", re.IGNORECASE | re.DOTALL)
_OTHER_MEDIA = {"print", "speech", "aural", "handheld", "projection", "tv", "tty"}
_WIDTH = re.compile(r"\(\s*(min|max)-width\s*:\s*(\d{1,9}(?:\.\d{1,9})?)(px|r?em)\s*\)")
_NESTED = re.compile(r"\([^)]*\(")
_EM = 16
_NARROW, _WIDE = 1024, 4000
"""Pixels that every screen is wide at which a report is read, and none is."""
_NUMBER = re.compile(r"(-?(?:\d++(?:\.\d*+)?|\.\d++)(?:e-?\d{1,3})?)(%|[a-z]*+)")
_FONT = re.compile(
    r"(?:^|\s)((?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(?:[a-z]{1,9}|%)?)(?=\s|/)"
)
_STATE = re.compile(
    r"::|:(?:before|after|first-l|hover|focus|active|visited|target|checked)"
)
_WORDS = re.compile(r"#|[.\[:]|[a-zA-Z][\w-]*")

Declarations = Mapping[str, str]
MAYBE = "?"
"""What is said under a condition that is not known here; the property of all that may
hide letters in a way that is not judged."""


class Colour(IntEnum):
    """How letters of a colour stand out from a white page."""

    PLAIN = 0
    WHITE = 1
    CLEAR = 2
    UNKNOWN = 3


class _Holds(IntEnum):
    """Whether what a block of a style sheet says is said of a page on a screen."""

    NO = 0
    PERHAPS = 1
    YES = 2


class Style(NamedTuple):
    """What declarations say; None is nothing.

    Attributes
    ----------
    gone : bool
        Neither the element nor what is in it is shown, whatever is said of that.
    tiny : bool or None
        Letters are too small to be read.
    colour : Colour or None
        Their colour.
    ground : bool or None
        Something is, or may be, behind them.
    odd : bool
        Something is said that may hide them, or not.
    """

    gone: bool = False
    tiny: bool | None = None
    colour: Colour | None = None
    ground: bool | None = None
    odd: bool = False


_HARMLESS = re.compile(
    r"(?:--|mso-|border|margin(?!-left)|padding|text-(?:align|decoration|justify|transform"
    r"|autospace|underline|emphasis|shadow|overflow|rendering|size)"
    r"|font(?!-size-adjust)|line-|white-space|word-|overflow|letter-spacing"
    r"|vertical-align|direction|unicode-bidi|cursor|list-style|page-break|break-|tab-"
    r"|outline|background|color\Z|display|visibility|opacity|position|left|right|top"
    r"|bottom|width|height|min-|max-|float|clear|box-|-ms-text|-webkit-text-s|hyphens"
    r"|layout-grid|lang|orphans|widows|quotes|ruby|text-indent|margin-left|counter"
    r"|fill|flex|align|justify|gap|order|user-select|-webkit-user|-moz-user|transition"
    r"|pointer-events|content\Z|object-|stroke|-webkit-tap|-webkit-font|-moz-osx|table-"
    r"|scroll|-webkit-box|-webkit-overflow|appearance|-webkit-appearance|resize|grid|row"
    r"|column)"
)
_FAINT = 0.051
"""Below this share of its colour nobody sees a letter."""
_LIGHT = 0.955
"""From this share of white on nobody sees it on white."""
_WHITES = {
    "white",
    "whitesmoke",
    "snow",
    "ivory",
    "ghostwhite",
    "floralwhite",
    "mintcream",
    "azure",
    "seashell",
    "canvas",
}
_UNSET = {"", "inherit", "initial", "unset", "revert", "currentcolor", "windowtext"}
_BARE = {"none", "transparent", "white", "0", "0 0", *_UNSET}
_EDGES = ("left", "top", "right")
_SIZES = ("width", "height", "max-width", "max-height")
_LARGE = {"px": 100, "pt": 75, "em": 20, "rem": 20, "vw": 99, "vh": 99, "%": 101}
"""How far to the left or above letters are off the screen."""
_HANGING = 4
"""And how many times as far a first line, which Word has hang out of a margin."""
_LEGIBLE = {"px": 2.01, "pt": 1.51, "em": 0.11, "ex": 0.21, "ch": 0.21, "%": 10}
_LEGIBLE |= {"vw": 0.16, "vh": 0.16, "mm": 0.6, "cm": 0.06, "in": 0.021, "pc": 0.15}
"""Below these letters are too small to be read. Of `rem` none: pages redefine it."""
_NO_SHAPE = re.compile(
    r"inset\(\s*(?:50|100)%|circle\(\s*0|ellipse\(\s*0|polygon\(\s*0[a-z%]*\s+0[a-z%]*\s*\)"
)
_NO_SCALE = re.compile(r"scale(?:3d|x|y)?\(\s*0?\.?0*\s*[,)]")
_LIGHTNESS = {"hsl": 2, "hsla": 2, "lab": 0, "lch": 0, "oklab": 0, "oklch": 0}
"""Which number says how light it is."""
_DEEPEST = 8
"""Blocks in each other that are read."""
_LONGEST_SELECTOR = 2000
_JUDGED = re.compile(
    r"(?:animation(?:-name)?|background(?:-(?:clip|color|image))?|clip(?:-path)?|color"
    r"|content-visibility|direction|display|fill|filter|flex(?:-grow)?|font(?:-size)?"
    r"|height|left|margin-left|max-height|max-width|opacity|overflow|position|right"
    r"|scale|text-indent|text-shadow|top|transform|unicode-bidi|visibility"
    r"|-webkit-background-clip|-webkit-text-fill-color|width|zoom)!?\Z"
)
"""Properties whose value says what is seen; all others may hide, or are harmless."""
_KEPT = ("background", "direction", "unicode-bidi")
"""Beginnings of properties that matter though they hide nothing by themselves, and
whatever the condition under which they are said."""


def declarations(said: str) -> dict[str, str]:
    r"""Return what is declared by property, in small letters.

    What is important has a mark after its name.

    >>> declarations(r"disp\6c ay:/**/NONE; color : red !important")
    {'display': 'none', 'color!': 'red'}
    """
    found: dict[str, str] = {}
    for part in map(unescaped, _PART.findall(_COMMENT.sub(_parted, said))):
        name, _, value = part.partition(":")
        value, mark, _ = value.strip().lower().partition("!")
        found[name.strip().lower() + mark] = value.strip()
    return found


def _parted(found: re.Match[str]) -> str:
    return found[1] or " "


def unescaped(said: str) -> str:
    """Return a text of a style sheet without its escapes."""
    return _ESCAPE.sub(_unescaped, said)


def _unescaped(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2] or ""
    try:
        return chr(int(found[1], 16)).encode().decode()
    except (ValueError, OverflowError):  # no character
        return " "


def judge(said: Declarations) -> Style:
    """Return what `said` means for letters."""
    return _judged(tuple(said.items())) if said else Style()


@lru_cache(maxsize=1024)
def _judged(declared: tuple[tuple[str, str], ...]) -> Style:
    said = dict(declared)
    colours = [
        colour_of(said[name])
        for name in ("color", "-webkit-text-fill-color", "fill")
        if said.get(name, "") not in _UNSET
    ]
    if _is_painted(said):
        colours = [Colour.UNKNOWN]
    faded, flat = _is_faded(said), _is_flat(said)
    gone = (
        _is_gone(said)
        or (faded and not _is_animated(said))
        or (flat and not _is_stretched(said))
    )
    odd = faded or flat or Colour.UNKNOWN in colours
    odd = odd or any(map(_is_odd, said, said.values()))
    colour = max(colours, default=None)
    return Style(gone, _is_tiny(said), colour, _has_ground(said), odd)


def _is_painted(said: Declarations) -> bool:
    """Tell whether letters are seen by what is behind them, whatever their colour."""
    clips = (
        said.get(name, "") for name in ("background-clip", "-webkit-background-clip")
    )
    return "text" in clips or said.get("text-shadow", "none") != "none"


def _is_gone(said: Declarations) -> bool:
    return (
        said.get("display", "").startswith("none")
        or said.get("content-visibility") == "hidden"
        or _is_little(said.get("zoom", ""), _FAINT)
        or said.get("clip", "").replace(" ", "").startswith("rect(0")
        or _is_away(said.get("text-indent", ""), _HANGING)
        or (_is_placed(said) and any(_is_away(said.get(edge, "")) for edge in _EDGES))
    )


def _is_faded(said: Declarations) -> bool:
    """Tell whether nothing is seen, as it is before an animation lets it come."""
    return (
        said.get("visibility", "") in ("hidden", "collapse")
        or _is_little(said.get("opacity", ""), _FAINT)
        or said.get("filter", "").startswith("opacity(0")
        or bool(_NO_SCALE.search(said.get("transform", "")))
        or said.get("scale") == "0"
        or bool(_NO_SHAPE.match(said.get("clip-path", "")))
    )


def _is_animated(said: Declarations) -> bool:
    name = said.get("animation", said.get("animation-name", "none"))
    return not name.startswith("none") and name not in _UNSET


def _is_stretched(said: Declarations) -> bool:
    """Tell whether a box may be larger than its width and height say."""
    grown = said.get("flex", said.get("flex-grow", "none"))
    cell = said.get("display", "").startswith("table-")
    return cell or (grown[:1] not in "0n" and grown not in _UNSET)


def _is_little(value: str, least: float) -> bool:
    found = _NUMBER.fullmatch(value)
    return bool(found) and float(found[1]) / (100 if found[2] else 1) < least  # type: ignore[index]


def _is_away(value: str, times: int = 1) -> bool:
    found = _NUMBER.fullmatch(value)
    if not found:
        return False
    return -float(found[1]) >= times * _LARGE.get(found[2], 100)


def _is_placed(said: Declarations) -> bool:
    return said.get("position", "static") != "static"


def _is_flat(said: Declarations) -> bool:
    """Tell whether what is in a box without width or height is cut off."""
    if not said.get("overflow", "").startswith(("hidden", "clip")):
        return False
    sizes = (_NUMBER.fullmatch(said.get(name, "")) for name in _SIZES)
    return any(size and float(size[1]) <= 1 and size[2] != "%" for size in sizes)


def _is_tiny(said: Declarations) -> bool | None:
    value = said.get("font-size", "")
    shorthand = _FONT.search(said.get("font", ""))
    if not value and shorthand:
        value = shorthand[1]
    found = _NUMBER.fullmatch(value)
    if not found:
        return False if value and value not in _UNSET else None
    size = float(found[1])
    return size == 0 or size < _LEGIBLE.get(found[2], 0)


def _has_ground(said: Declarations) -> bool | None:
    values = [
        value
        for name, value in said.items()
        if name in ("background", "background-color", "background-image")
    ]
    grounds = [
        value
        for value in values
        if value not in _BARE and colour_of(value) in (Colour.PLAIN, Colour.UNKNOWN)
    ]
    placed = said.get("position", "") in ("absolute", "fixed", "sticky")
    return bool(grounds) or placed or None


def _is_odd(name: str, value: str) -> bool:
    """Tell whether a declaration may hide letters in a way that is not judged."""
    if value == MAYBE or "var(" in value or "calc(" in value:
        return True
    moved = name in ("margin-left", "text-indent") and _is_away(value)
    return moved or not _HARMLESS.match(name) or value in ("absolute", "fixed")


def colour_of(value: str) -> Colour:
    """Return how a colour looks on white."""
    if value in _WHITES:
        return Colour.WHITE
    if value == "transparent":
        return Colour.CLEAR
    if value.startswith("#"):
        return _of_hex(value[1:])
    name, bracket, inner = value.partition("(")
    if bracket:
        return _of_function(name, inner)
    return Colour.PLAIN if value.replace("-", "").isalpha() else Colour.UNKNOWN


def _of_hex(digits: str) -> Colour:
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    try:
        values = bytes.fromhex(digits)
    except ValueError:
        return Colour.UNKNOWN
    return _of_parts([part / 255 for part in values[:3]], [v / 255 for v in values[3:]])


def _of_parts(parts: list[float], alpha: list[float]) -> Colour:
    if alpha and alpha[0] < _FAINT:
        return Colour.CLEAR
    return Colour.WHITE if parts and min(parts) >= _LIGHT else Colour.PLAIN


def _of_function(name: str, inner: str) -> Colour:
    """Return the colour that a function gives, by its numbers."""
    numbers = _NUMBER.findall(inner.replace("none", "0"))
    if name == "color":
        inner = inner.partition(" ")[2]
        numbers = _NUMBER.findall(inner)
    whole = {"rgb": 255, "rgba": 255, "lab": 100, "lch": 100}.get(name, 1)
    parts = [float(n) / (100 if unit == "%" else whole) for n, unit in numbers]
    alpha = [float(n) / (100 if unit == "%" else 1) for n, unit in numbers[3:4]]
    if name in _LIGHTNESS:
        place = _LIGHTNESS[name]
        return _of_parts(parts[place : place + 1], alpha)
    if name == "hwb":
        return _of_parts(parts[1:2], alpha)
    known = name in ("rgb", "rgba", "color")
    return _of_parts(parts[:3], alpha) if known else Colour.UNKNOWN


class Rule(NamedTuple):
    """One selector of a rule and what it declares.

    Attributes
    ----------
    weight : tuple of int
        How specific the selector is: ids, classes, elements.
    """

    selector: str
    said: Declarations
    weight: tuple[int, int, int]


def rules(sheets: Iterable[str]) -> list[Rule]:
    """Return the rules that matter to what is seen, those that win last.

    What a sheet leaves open ends with it.
    """
    blocks = [block for one in sheets for block in _blocks(_COMMENT.sub(_parted, one))]
    hiding = {name.rstrip("!") for _, said in blocks if _hides(said) for name in said}
    found = [
        Rule(one, said, _weight(one))
        for selector, said in blocks
        if any(n.startswith(_KEPT) or n.rstrip("!") in hiding for n in said)
        for one in map(str.strip, _LIST.findall(selector))
        if one and not _STATE.search(one)
    ]
    return sorted(found, key=lambda rule: rule.weight)


def _hides(said: Declarations) -> bool:
    style = judge(merged([said]))
    return bool(style.gone or style.tiny or style.colour or style.odd)


def _weight(selector: str) -> tuple[int, int, int]:
    kinds = [word if word in "#.[:" else "" for word in _WORDS.findall(selector)]
    ids, classes = kinds.count("#"), sum(kind in ".[:" and kind != "" for kind in kinds)
    return ids, classes, len(kinds) - ids - classes


def _blocks(sheet: str) -> Iterator[tuple[str, Declarations]]:
    """Yield selector and declarations of each block, nested ones too, in one pass."""
    open_blocks: list[str] = []
    start = 0
    for token in _TOKEN.finditer(sheet):
        if token[0] not in "{}":
            continue
        said = sheet[start : token.start()]
        start = token.end()
        if token[0] == "{":
            said, _, selector = said.rpartition(";")
            yield from _declared(open_blocks, said)
            open_blocks.append(selector.strip().removeprefix("<!--").strip())
        elif open_blocks:
            yield from _declared(open_blocks, said)
            open_blocks.pop()
    yield from _declared(open_blocks, sheet[start:])


def _declared(open_blocks: list[str], said: str) -> Iterator[tuple[str, Declarations]]:
    """Yield what a block declares, under the selector of all blocks that are open."""
    if not open_blocks or len(open_blocks) > _DEEPEST:
        return
    conditions = [block for block in open_blocks if block.startswith("@")]
    holds = min(map(_holds, conditions), default=_Holds.YES)
    declared = _that_matter(declarations(said)) if holds else {}
    if holds is _Holds.PERHAPS:
        declared = {
            name: value if name.startswith(_KEPT) else MAYBE
            for name, value in declared.items()
        }
    selector = ""
    for block in open_blocks if declared else ():
        if not block.startswith("@"):
            nested = block.replace("&", selector)
            selector = nested if "&" in block else f"{selector} {block}".strip()
    if declared and selector and len(selector) <= _LONGEST_SELECTOR:
        yield selector, declared


def _holds(condition: str) -> _Holds:
    media = _MEDIA.match(condition)
    if media:
        return max(map(_query, media[1].lower().split(",")))
    if _NO_RULES.match(condition):
        return _Holds.NO
    return _Holds.YES if _ALWAYS.match(condition) else _Holds.PERHAPS


def _query(query: str) -> _Holds:
    if _NESTED.search(query):
        return _Holds.PERHAPS
    words = query.split()
    is_negated = words[:1] == ["not"]
    said = " ".join(words[is_negated:])
    holds = min(map(_feature, re.split(r"\band\b", said)))
    return _Holds(_Holds.YES - holds) if is_negated else holds


def _feature(said: str) -> _Holds:
    """Tell whether a screen is of that kind, or of that width."""
    said = said.strip().removeprefix("only ").strip()
    if said in ("", "all", "screen"):
        return _Holds.YES
    if said in _OTHER_MEDIA:
        return _Holds.NO
    found = _WIDTH.fullmatch(said)
    if not found:
        return _Holds.PERHAPS
    width = float(found[2]) * (1 if found[3] == "px" else _EM)
    if _NARROW < width < _WIDE:
        return _Holds.PERHAPS
    least = found[1] == "min"
    return _Holds.YES if least == (width <= _NARROW) else _Holds.NO


def _that_matter(said: Declarations) -> dict[str, str]:
    """Return what is judged, and one property for all others that are not harmless."""
    return {
        name if _JUDGED.match(name) else MAYBE: value
        for name, value in said.items()
        if _JUDGED.match(name) or not _HARMLESS.match(name)
    }


def merged(said: Iterable[Declarations]) -> dict[str, str]:
    """Return all of them, later ones over earlier ones, important ones over all."""
    whole: dict[str, str] = {}
    for declared in said:
        whole |= declared
    important = [name for name in whole if name.endswith("!")]
    return whole | {name[:-1]: whole.pop(name) for name in important}
