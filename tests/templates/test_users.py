"""Who uses a template is who has a sentence that fits it."""

import numpy as np

from detector.model.template import Template
from detector.templates.users import users
from tests.templates.test_mining import own, text

ONE = "〔单位〕围绕〔任意〕开展自查，全部整改到位，群众反映良好。"
FILLED = "松砚公司围绕库房搬迁开展自查，全部整改到位，群众反映良好。"
SHORTER = "栖湾县围绕河道清淤开展自查，全部整改到位。"
TWO = "乙方应于收到通知后〔数字〕日内交付货物，逾期的甲方有权解除合同。"
SECOND = "乙方应于收到通知后三十日内交付货物，逾期的甲方有权解除合同。"


def found(wordings, raws, phrase=""):
    def mask(of):
        inside = np.zeros(len(of.units), dtype=bool)
        at = of.units.text.find(phrase) if phrase else -1
        inside[at : at + len(phrase)] = at >= 0
        return inside

    templates = [Template(f"T-{n}", one) for n, one in enumerate(wordings)]
    texts = [text(raw, n) for n, raw in enumerate(raws)]
    return [sorted(one) for one in users(templates, texts, mask)]


def test_variants_that_fit_are_counted():
    assert found([ONE], [FILLED, own(1), SHORTER]) == [[0, 2]]


def test_what_fits_another_better_is_not_counted():
    more = "〔单位〕围绕〔任意〕开展自查，全部整改到位，逐条公示结果，听取代表意见。"
    raw = "松砚公司围绕库房搬迁开展自查，全部整改到位，逐条公示结果，听取代表意见。"

    assert found(["〔单位〕围绕〔任意〕开展自查，全部整改到位。", more], [raw]) == [
        [],
        [0],
    ]


def test_of_several_sentences_the_rarest_counts():
    assert found(
        [f"{ONE}\n{TWO}"], [FILLED, SECOND, f"{FILLED}\n{SECOND}", FILLED]
    ) == [[1, 2]]


def test_what_is_mostly_set_phrases_is_used_by_nobody():
    phrase = "开展自查全部整改到位群众反映良好"

    assert found([ONE], [FILLED], phrase) == [[]]
