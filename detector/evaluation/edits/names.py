"""Edits that make a passage one's own: names, dates and figures replaced."""

import re
from random import Random

from detector.evaluation.edits.material import Material

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = range(2016, 2027)
_PLACES = (
    "云溪县", "青禾市", "临川", "白石镇", "松江", "栖霞", "望海", "清河县",
    "南屏", "长宁市", "金沙", "双桥镇", "东湖", "丰泽", "永安", "宝山",
)  # fmt: skip
_PEOPLE = ("王建平", "李文华", "赵立新", "周海涛", "陈玉兰", "孙志远")
_ORGANISATIONS = ("县水务局", "市交通局", "区卫健委", "集团公司", "市供销社")
_NAMES = ("Ashford", "Whitmore", "Calder", "Redfield", "Langley", "Norwood", "Halsey")
_SPARE = {"ns": _PLACES, "nr": _PEOPLE, "nt": _ORGANISATIONS, "name": _NAMES}


def renamed(passage: str, material: Material, rng: Random) -> str | None:
    """Replace names by names of the host, and dates and figures by others.

    The same name becomes the same name, and the same figure the same figure. None
    where the passage has neither.
    """
    table: dict[str, str] = {}
    taken = {name for name, _ in material.names(passage)}
    for name, kind in material.names(passage):
        if name not in table:
            table[name] = _other_name(kind, taken, material, rng)
            taken.add(table[name])
    for number in _NUMBER.findall(passage):
        table.setdefault(number, _other_number(number, rng))
    if not table:
        return None
    longest_first = sorted(table, key=lambda known: (-len(known), known))
    known = "|".join(map(re.escape, longest_first))
    # Whole ones only: 12 is no part of 2012, nor Ash of Ashford.
    pattern = re.compile(rf"(?<![0-9A-Za-z.])(?:{known})(?![0-9A-Za-z])")
    return pattern.sub(lambda found: table[found[0]], passage)


def _other_name(kind: str, taken: set[str], material: Material, rng: Random) -> str:
    known = [name for name, of in material.own_names if of == kind]
    free = [name for name in known if name not in taken]
    return rng.choice(free or [n for n in _SPARE[kind] if n not in taken] or known)


def _other_number(number: str, rng: Random) -> str:
    """Return another number of the same shape; a year stays a year."""
    if _YEAR.fullmatch(number):
        return str(rng.choice([year for year in _YEARS if str(year) != number]))
    while True:
        digits = [d if d == "." else str(rng.randrange(10)) for d in number]
        if number[0] != "0" and digits[0] == "0":
            digits[0] = str(rng.randrange(1, 10))
        if (changed := "".join(digits)) != number:
            return changed
