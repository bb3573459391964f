"""Verdicts of people survive the next mining."""

from dataclasses import replace

from detector.model.template import Library, Template, Verdict
from detector.templates.review import carried_over

ONE = Template("T-007", "围绕〔任意〕开展自查，全部整改到位，群众反映良好。", (), 4, 5)
TWO = Template(
    "T-009", "乙方应于收到通知后〔数字〕日内交付货物，并附合格证明。", (), 3, 3
)
JUDGED = replace(TWO, verdict=Verdict.KEEP, note="合同范本")


def again(*templates, before=()):
    return carried_over([replace(one, id="") for one in templates], Library(before))


def test_new_templates_are_numbered():
    assert [one.id for one in again(ONE, TWO)] == ["T-001", "T-002"]


def test_known_ones_keep_their_number_and_new_ones_get_another():
    more = replace(ONE, text="全年〔任意〕实现营业收入〔数字〕万元，同比增长〔数字〕。")

    found = again(more, ONE, before=(TWO, ONE))

    assert [one.id for one in found] == ["T-010", "T-007"]


def test_one_that_reads_a_little_differently_is_the_same():
    longer = replace(
        ONE, text="〔年份〕年围绕〔任意〕开展自查，全部整改到位，群众反映良好。"
    )

    (found,) = again(longer, before=(ONE,))

    assert (found.id, found.text) == ("T-007", longer.text)


def test_a_verdict_is_kept_with_the_wording_it_was_about():
    seen = replace(TWO, text=TWO.text.replace("货物", "〔任意〕"), organisations=12)

    (found,) = again(seen, before=(JUDGED,))

    assert (found.verdict, found.note, found.text) == ("keep", "合同范本", TWO.text)
    assert found.organisations == 12


def test_a_judged_one_that_is_not_found_again_stays():
    found = again(
        ONE, before=(JUDGED, replace(ONE, id="T-100", text="另外一句话，" * 4))
    )

    assert [one.id for one in found] == ["T-101", "T-009"]
    assert found[1].organisations == 0
    assert found[1].verdict is Verdict.KEEP
