"""What kind of thing stands in a slot."""

import re
from collections import Counter
from collections.abc import Mapping

from detector.text.figures import UNITS
from detector.text.provenance import ORGANISATION
from detector.text.scripts import NUMERAL

_MOSTLY = 0.8
"""Share of the fills that must be of a kind."""
_WRITTEN = f"[{NUMERAL}两百千万亿]+"
_COUNT = rf"(?:\d[\d.,，]*[百千万亿]*|{_WRITTEN}(?:点{_WRITTEN})?)"
_MEASURES = rf"(?:{UNITS}|个|次|年|月|日|天|届|号|倍|成|元|字|人次|期|批|[%％‰])"
# 全市, 本县 and 城市 name no place; 是省 is a verb and a noun.
_NO_PLACE = "(?![全本各该是为我在与和及等]|城市|都市|超市|地区|社区|农村|乡镇|省市)"
_KINDS = (
    ("year", re.compile(r"(?:19|20)\d{2}(?:年度?)?|[〇零一二三四五六七八九]{4}年?")),
    (
        "number",
        re.compile(rf"(?:近|约|超)?(?:{_COUNT}|百分之{_COUNT})[余多]?{_MEASURES}?"),
    ),
    (
        "place",
        re.compile(
            rf"{_NO_PLACE}[\u4e00-\u9fff]{{1,8}}"
            r"(?:[省市县区州盟旗镇乡村屯]|街道|社区)"
        ),
    ),
    ("organisation", re.compile(rf"[\w（）()]{{2,24}}{ORGANISATION}")),
)

_SCALED = re.compile(r"(\d[\d.,，]*+)([百千万亿]++)")


def without_scale(fills: Counter[str]) -> tuple[Counter[str], str]:
    """Return the fills of a slot without what follows the digits of all, and that.

    >>> without_scale(Counter({"35万": 2, "1.2万": 1}))
    (Counter({'35': 2, '1.2': 1}), '万')
    """
    found = {fill: _SCALED.fullmatch(fill) for fill in fills}
    scales = {match[2] if match else "" for match in found.values()}
    if len(scales) != 1 or not (scale := scales.pop()):
        return fills, ""
    return Counter({fill[: -len(scale)]: count for fill, count in fills.items()}), scale


def kind_of(fills: Mapping[str, int]) -> str:
    """Return the kind of a slot that was filled so, and so often.

    >>> kind_of({"2021": 3, "2022": 1}), kind_of({"槐里镇": 2, "青禾县": 1})
    ('year', 'place')
    """
    known = {fill.strip(): count for fill, count in fills.items() if fill.strip()}
    least = _MOSTLY * sum(known.values())
    for kind, pattern in _KINDS:
        told = sum(n for fill, n in known.items() if pattern.fullmatch(fill))
        if told and told >= least:
            return kind
    return "any"
