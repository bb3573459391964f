"""Verdicts of people survive the next mining."""

from dataclasses import replace

from detector.model.template import Library, Phrase, PhraseVerdict, Template, Verdict
from detector.templates.review import carried_over, judged_phrases

ONE = Template("T-007", "围绕〔任意〕开展自查，全部整改到位，群众反映良好。", (), 4, 5)
TWO = Template(
    "T-009", "乙方应于收到通知后〔数字〕日内交付货物，并附合格证明。", (), 3, 3
)
ONE, TWO = ONE.as_mined(), TWO.as_mined()
JUDGED = replace(TWO, verdict=Verdict.KEEP, note="合同范本")


def library(*templates, before=()):
    made = [replace(one, id="").as_mined() for one in templates]
    return carried_over(made, Library(before))


def again(*templates, before=()):
    return library(*templates, before=before).templates


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


def test_an_english_template_is_known_by_its_words():
    words = "The contractor shall keep records of all works for 〔number〕 years."
    other = "Payment is due when the goods have been received by the buyer today."
    one, two = (Template(f"T-00{n}", text) for n, text in ((3, words), (4, other)))
    known = [one.as_mined(), two.as_mined()]
    cut = replace(known[0], text=words.removeprefix("The contractor "))

    found = again(one, two, before=(known[1], cut))

    assert [(each.id, each.text) for each in found] == [
        ("T-003", cut.text),
        ("T-004", other),
    ]


def test_no_wording_is_listed_twice():
    longer = replace(TWO, text=TWO.text.replace("货物", "全部货物"))
    edited = replace(TWO, id="T-011", text=longer.text, note="改过")

    found = again(TWO, longer, before=(TWO, edited))

    assert len({one.text for one in found}) == len(found)


def test_a_verdict_is_kept_with_the_wording_it_was_about():
    seen = replace(TWO, text=TWO.text.replace("货物", "〔任意〕"), organisations=12)

    (found,) = again(seen, before=(JUDGED,))

    assert (found.verdict, found.note, found.text) == ("keep", "合同范本", TWO.text)
    assert found.organisations == 12


def test_a_judged_one_that_is_not_found_again_stays_as_it_was():
    unjudged = replace(ONE, id="T-100", text="另外一句话，" * 4).as_mined()

    found = again(ONE, before=(JUDGED, unjudged))

    assert [one.id for one in found] == ["T-101", "T-009"]
    assert found[1] == JUDGED


def test_a_text_that_a_person_edited_or_wrote_is_kept():
    edited = replace(ONE, text=ONE.text.replace("群众", "职工群众"))
    written = Template("T-020", "请示当否，请批复，此请示由〔单位〕负责解释。")

    found = again(ONE, before=(edited, written))

    assert [one.text for one in found] == [edited.text, written.text]
    assert found[0].organisations == ONE.organisations


def test_one_that_a_person_made_shorter_is_the_same():
    longer = replace(
        TWO, text=TWO.text + "逾期未交付的，甲方有权解除合同并要求赔偿全部损失。"
    )

    assert again(longer, before=(JUDGED,)) == (replace(JUDGED, organisations=3),)


def test_a_number_is_never_given_again():
    first = library(ONE, TWO)
    other = replace(
        TWO, text="全年实现营业收入〔数字〕万元，同比增长〔数字〕个百分点。"
    )

    second = library(ONE, before=first.templates)
    third = carried_over([other.as_mined()], replace(second, last=first.last))

    assert [one.id for one in third.templates] == ["T-003"]


def test_verdicts_on_phrases_are_kept():
    judged = Phrase("“两个确立”", 9, 9, PhraseVerdict.SET_PHRASE)
    no, unjudged = Phrase("经济社会", 3, 3, PhraseVerdict.NO), Phrase("有关部门", 4, 4)

    found = judged_phrases([Phrase("两个确立", 12, 15)], (judged, no, unjudged))

    assert found == (Phrase("两个确立", 12, 15, PhraseVerdict.SET_PHRASE), no)


def test_mining_the_same_again_changes_nothing(monkeypatch):
    monkeypatch.setattr("detector.templates.review._FREQUENT", 1)
    alike = [replace(ONE, text=f"{ONE.text}{n}月{n}日") for n in range(9)]
    first = library(*alike)

    assert library(*alike, before=first.templates).templates == first.templates
