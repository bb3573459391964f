"""Who was first: what tells, and what does not."""

import pytest

from detector.model.document import Document
from detector.model.pairs import Basis
from detector.scoring.lineage import lineage


def first(one, other, exchanged, left, **origin):
    documents = Document.from_text(one, "a", **origin), Document.from_text(other, "b")
    return lineage(documents, (0, 1), [exchanged], left).basis


def test_a_name_that_was_left_tells():
    found = first(
        "京山市建设。京山市", "钟祥市建设。京山", ("京山", "钟祥", 3), {"京山"}
    )

    assert found is Basis.RESIDUE


@pytest.mark.parametrize(
    ("one", "other", "exchanged"),
    [
        ("城市区域管理", "风沙区域治理", ("城市", "风沙", 3)),
        ("荆门市建设。", "京山市建设。荆门市委要求", ("荆门", "京山", 3)),
        ("会同财政、教育、交通", "会同财政、水务、交通", ("教育", "水务", 3)),
        ("京山市建设。", "钟祥市建设。京山", ("京山", "钟祥", 1)),
    ],
)
def test_a_word_or_a_superior_does_not(one, other, exchanged):
    assert first(one, other, exchanged, {exchanged[0]}) is Basis.UNKNOWN


def test_a_report_that_also_plans_is_of_its_year():
    origins = [
        {"title": f"{year}年工作总结及{year + 1}年工作计划", "year": str(year)}
        for year in (2022, 2023)
    ]
    documents = tuple(
        Document.from_text("略", name, genre="工作总结", **origin)
        for name, origin in zip("ab", origins, strict=True)
    )

    found = lineage(documents, (0, 1), [], set())

    assert (found.first, found.basis) == (0, Basis.DATE)
