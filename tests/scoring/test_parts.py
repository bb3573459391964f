"""A passage in parts: what one other has, and what everybody writes."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector import Config, Corpus, Document, check, compare
from detector.model.match import Label
from detector.scoring.parts import parts_of
from detector.text.rules import normalize
from detector.text.units import count_units

OWN = (
    "老渡口的铁锚锈得只剩半截，船工们凑钱请来邻村的铁匠，守着炉火敲了三个通宵，"
    "才把新锚装上那条修补过七次的木船。"
)
FORMULAS = (
    "各办公室应当在每月第一周核对台账，逐项登记借出与归还的设备，"
    "遇有缺损及时报告分管负责人，并在当月底以前完成补充和更换。"
)
OTHERS = ("海风", "山雾", "河滩", "石阶", "谷仓", "灯塔", "麦垛", "窑洞", "驿站")


def test_formulas_that_come_along_do_not_hide_a_copied_paragraph():
    source = Document.from_text(f"{OWN}\n{FORMULAS}", "源.txt", organisation="源镇")
    others = [
        Document.from_text(
            f"{name}一带入冬以后少有人来。\n{FORMULAS}",
            f"{name}.txt",
            organisation=name,
        )
        for name in OTHERS
    ]
    draft = Document.from_text(f"今年雨水多。\n{OWN}\n{FORMULAS}", organisation="甲镇")

    report = check(draft, Corpus("a", (source, *others)), Config(background="none"))

    labels = [(m.label, m.source.document.id == source.id) for m in report.matches]
    assert (Label.COPIED, True) in labels
    assert (Label.BOILERPLATE, True) in labels
    copied = next(m for m in report.matches if m.label is Label.COPIED)
    assert copied.draft.text.strip() == OWN
    assert "COPY001" in {finding.rule for finding in report.findings}
    assert report.ledger.counted == sum(
        getattr(report.ledger, label.value) for label in Label
    )


def test_a_few_characters_make_no_part():
    draft = Document.from_text(OWN)
    (match,) = compare(draft, Document.from_text(f"从前。{OWN}")).matches
    weight = np.ones(len(units(OWN)))
    weight[10:20] = 0

    assert list(parts_of(match.alignment, units(OWN), weight)) == [match.alignment]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.booleans())
def test_parts_have_all_equal_units_in_order(lengths, first):
    text = OWN + FORMULAS
    found = compare(Document.from_text(text), Document.from_text(f"从前。{text}"))
    (match,) = found.matches
    own = units(text)
    weight = np.resize(
        np.repeat([(n + first) % 2 for n in range(len(lengths))], lengths), len(own)
    ).astype(np.float64)

    parts = list(parts_of(match.alignment, own, weight))

    assert sum(part.equal for part in parts) == match.alignment.equal
    assert all(part.equal >= 24 for part in parts) or len(parts) == 1
    for one, other in pairwise(parts):
        assert one.draft.end <= other.draft.start
        assert one.source.end <= other.source.start


def units(text):
    return count_units(normalize(text))


@pytest.mark.parametrize("title", ["青禾镇2024年工作总结", "关于2024年工作的报告"])
def test_what_is_not_counted_is_no_specific(title):
    text = f"{title}\n\n河堤的缺口已经补上，渔民又能出船了。\n\n青禾镇\n2025年1月8日\n"

    report = check(Document.from_text(text))

    assert report.facts == ()
    assert report.specificity == 0


@given(
    st.lists(
        st.sampled_from([OWN, FORMULAS, "河滩上晒着渔网。"]), min_size=1, max_size=5
    ),
    st.integers(0, 9),
)
def test_another_source_never_raises_the_originality(texts, count):
    draft = Document.from_text("\n".join([*texts, OWN]), organisation="甲镇")
    source = Document.from_text(f"{OWN}\n{FORMULAS}", "源.txt", organisation="源镇")
    others = [
        Document.from_text(f"{name}。{FORMULAS}", f"{name}.txt", organisation=name)
        for name in OTHERS[:count]
    ]
    plain = Config(background="none")

    one = check(draft, Corpus("a", (source,)), plain)
    more = check(draft, Corpus("a", (source, *others)), plain)

    assert more.originality <= one.originality + 1e-9
