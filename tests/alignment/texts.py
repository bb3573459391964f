"""What the tests of alignment share: texts, and how these are made ready."""

from detector.alignment.options import AlignmentOptions
from detector.alignment.passages import align_sources, align_within
from detector.alignment.weighed import Weighed
from detector.formats.background import load_background
from detector.text.rules import normalize
from detector.text.stems import find_stems
from detector.text.units import count_units

PASSAGE = (
    "面对千头万绪的工作，产生了歇一歇的想法，缺乏越是艰难越向前的精气神，"
    "在担当使命上还存在因循守旧、求稳怕乱的思想。"
)
OTHER = "资金拨付及时，项目按期开工，群众反映的用水问题得到解决，河道两岸补种了柳树。"
BEFORE, AFTER = "春天的田野里开满了油菜花，", "夜里下了一场大雨，河水涨了三尺"
AHEAD, BEHIND = "图书馆周末延长开放两个小时，", "学校操场铺上了新的塑胶跑道"


def weighed(text, *, model="shipped"):
    units = count_units(normalize(text))
    stems = find_stems(units, text)
    background = load_background(model)
    return Weighed(units, stems, background and background.surprisal(stems))


def shared(draft, source, **options):
    chosen = AlignmentOptions(**options)
    (found,) = align_sources(weighed(draft), [weighed(source)], chosen)
    return [one.alignment for one in found]


def repeats(text, **options):
    found = align_within(weighed(text), AlignmentOptions(**options))
    return [one.alignment for one in found]
