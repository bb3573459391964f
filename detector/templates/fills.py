"""What kind of thing stands in a slot."""

import re
from collections.abc import Mapping

from detector.text.provenance import ORGANISATION
from detector.text.scripts import NUMERAL

_MOSTLY = 0.8
"""Share of the fills that must be of a kind."""
_COUNT = rf"(?:\d[\d.,，]*|[{NUMERAL}两百千万亿]+)"
_KINDS = (
    ("year", re.compile(r"(?:19|20)\d{2}(?:年度?)?|[〇零一二三四五六七八九]{4}年?")),
    (
        "number",
        re.compile(rf"(?:近|约|超)?{_COUNT}(?:余|多)?[^\W\d]{{0,3}}|{_COUNT}[%％‰]"),
    ),
    (
        "place",
        re.compile(
            r"[\u4e00-\u9fff]{1,8}[省市县区州盟旗镇乡村屯]|[\u4e00-\u9fff]{1,8}(?:街道|社区)"
        ),
    ),
    ("organisation", re.compile(rf"[\w（）()]{{1,24}}{ORGANISATION}")),
)


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
