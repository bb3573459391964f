"""Templates of a corpus: what recurs is fixed, what changes is a slot."""

import random
from itertools import cycle, pairwise

import pytest

from detector.model.document import Document
from detector.prepared import Prepared
from detector.templates.mining import mine as mine_whole
from detector.templates.sentences import Text, sentence_ends, sentences_of

PLACES = ("槐里镇", "青禾县", "霁浦区", "沐川镇", "栖湾县", "岚坪区")
THINGS = ("河道清淤", "渔港整治", "危房改造", "图书下乡", "林木管护", "节水改造")
SIGNS = "甲乙丙丁戊己庚辛"


def text(raw, holder=0):
    ready = Prepared(Document.from_text(raw))
    return Text(raw, ready.units, ready.weighed.stems, holder)


def mine(texts, least):
    return mine_whole([one.with_whole_figures() for one in texts], least)


def own(seed, length=60):
    """Return a sentence that nobody else has."""
    rng = random.Random(seed)
    return "".join(chr(rng.randrange(0x4E00, 0x9FA0)) for _ in range(length)) + "。"


def corpus(sentences):
    return [
        text(f"{own(n)}\n{sentence}\n{own(n + 99)}", n)
        for n, sentence in enumerate(sentences)
    ]


def mined(sentences, least=3):
    found = sorted(mine(corpus(sentences), least), key=lambda one: -one.gain)
    return [(one.text.strip(), one) for one in found]


class TestSentences:
    def cut(self, raw):
        whole = text(raw)
        ends = [0, *sentence_ends(raw, whole.units).tolist()]
        return [whole.units.text[a:b] for a, b in pairwise(ends)]

    def test_they_end_with_their_sign_or_their_line(self):
        assert self.cut("河堤加固。沟渠清理！道路\n绿化；灯光？") == [
            "河堤加固", "沟渠清理", "道路", "绿化", "灯光",
        ]  # fmt: skip

    def test_points_inside_figures_end_nothing(self):
        assert len(self.cut("新修道路12.5公里。The end. Next")) == 3

    @pytest.mark.parametrize("number", ["第三条 ", "（一）", "二、", "3. ", "第12章　"])
    def test_the_number_of_a_line_is_none_of_it(self, number):
        assert self.cut(f"{number}道路绿化")[-1] == "道路绿化"

    def test_a_figure_is_one_unit_in_whatever_numerals(self):
        raw = "处五千元罚款，投资3.5万元，于2023-06-22办结，进一步统一。"

        whole = text(raw).with_whole_figures()

        spans = zip(whole.units.starts, whole.units.ends, strict=True)
        long = [raw[start:end] for start, end in spans if end - start > 1]
        assert long == ["五千", "3.5万", "2023", "06", "22"]
        assert len(text("").with_whole_figures().units) == 0

    def test_short_ones_are_left_out(self):
        found = sentences_of([text("一二三四五。一二三四五六。")])

        assert (found.ends - found.starts).tolist() == [6]

    def test_nothing_has_none(self):
        assert len(sentences_of([]).hashes) == 0
        assert len(sentences_of([text("")]).hashes) == 0


def test_what_recurs_is_fixed_and_what_changes_is_a_slot():
    made = [
        f"{2015 + n}年，{place}围绕{thing}开展自查，全部整改到位，群众反映良好。"
        for n, (place, thing) in enumerate(zip(PLACES, THINGS, strict=True))
    ]

    ((worded, template),) = mined(made)

    assert worded == (
        "〔年份〕年，〔地名〕围绕〔任意〕开展自查，全部整改到位，群众反映良好。"
    )
    assert [slot.kind for slot in template.slots] == ["year", "place", "any"]
    assert set(template.slots[2].fills) == set(THINGS)
    assert template.holders == 6
    assert template.documents == (0, 1, 2, 3, 4, 5)


def test_what_everybody_writes_alike_has_no_slots():
    formula = "违反本办法规定，构成犯罪的，由司法机关依法追究刑事责任。"

    assert [worded for worded, _ in mined([formula] * 3)] == [formula]


def test_a_clause_that_some_leave_out_and_others_move_is_still_fixed():
    one, two, three = "梳理问题清单", "逐条制定措施", "明确专人负责销号"
    made = [f"围绕{thing}，{one}，{two}，{three}。" for thing in THINGS]
    made[1] = f"围绕{THINGS[1]}，{two}，{one}，{three}。"
    made[2] = f"围绕{THINGS[2]}，{one}，{three}。"

    ((worded, _),) = mined(made)

    assert worded == f"围绕〔任意〕，{one}，{two}，{three}。"


def test_what_too_few_organisations_use_is_no_template():
    formula = "逐户登记困难群众的实际需求，建立台账并按月销号办结。"
    texts = corpus([formula] * 4)
    of_one = [one._replace(holder=0) for one in texts]

    assert list(mine(of_one, 2)) == []
    assert len(list(mine(texts, 4))) == 1
    assert list(mine(texts, 5)) == []


def test_short_phrases_are_no_templates():
    assert mined(["高度重视安全。"] * 9) == []


def test_sentences_that_follow_each_other_are_one_template():
    first, second = (
        "乙方应当按期交付全部货物并附合格证明。",
        "逾期交付的按日支付违约金。",
    )
    texts = [text(f"{own(n)}{first}{second}{own(n + 50)}", n) for n in range(4)]
    texts.append(text(f"{own(98)}{second}", 4))

    (template,) = mine(texts, 3)

    assert template.text.strip() == first + second
    assert template.holders == 4  # that have both


def test_sentences_that_mostly_stand_alone_are_apart():
    first, second = (
        "乙方应当按期交付全部货物并附合格证明。",
        "逾期交付的按日支付违约金。",
    )
    texts = [text(f"{first}{second}", n) for n in range(3)]
    texts += [text(f"{own(n)}{second}", n) for n in range(3, 12)]

    assert len(list(mine(texts, 3))) == 2


def test_variants_that_many_use_are_not_mixed_up():
    laws = "违反本条例规定的行为，法律、行政法规已有处罚规定的，从其规定。"
    other = "其他违反本条例规定的行为，由主管部门责令限期改正。"

    found = {worded for worded, _ in mined([laws] * 4 + [other] * 4)}

    assert found == {laws, other}


def test_english_has_templates_too():
    things = cycle(["roofing tiles", "marine paint", "cold storage", "seed drills"])
    made = [
        f"The supplier shall deliver {thing} within {n + 9} days after receiving "
        "the written order of the harbour board."
        for n, thing in zip(range(6), things, strict=False)
    ]

    ((worded, template),) = mined(made)

    assert "The supplier shall deliver 〔any〕 within 〔number〕 days" in worded
    assert [slot.kind for slot in template.slots] == ["any", "number"]


def test_english_that_was_wrapped_in_lines_is_one_line():
    made = [
        f"The supplier shall deliver all roofing tiles within {n + 9} days after\n"
        "    receiving the written order."
        for n in range(6)
    ]

    assert worded(made) == [
        "The supplier shall deliver all roofing tiles within 〔number〕 days after "
        "receiving the written order."
    ]


@pytest.mark.parametrize("texts", [[], ["", "", ""], ["甲。"] * 3])
def test_where_there_is_nothing_to_learn_nothing_is_found(texts):
    assert list(mine([text(raw, n) for n, raw in enumerate(texts)], 2)) == []


def texts_of(raws):
    return [text(raw, n) for n, raw in enumerate(raws)]


def worded(raws, least=3):
    return [one.text for one in mine(texts_of(raws), least)]


def test_a_year_of_each_document_is_a_slot_though_each_office_begins_with_the_same():
    raws = [
        f"{year}年我单位围绕中心工作，{own(n * 10 + year)[:9]}，完成全部年度任务。"
        for n in range(4)
        for year in (2021, 2022, 2023)
    ]
    texts = [text(raw, n // 3) for n, raw in enumerate(raws)]

    (template,) = mine(texts, 3)

    assert template.text.startswith("〔年份〕年我单位围绕中心工作")
    assert set(template.slots[0].fills) == {"2021", "2022", "2023"}


def test_sentences_with_something_between_them_are_not_glued():
    first, second = "要深入推进各项重点领域改革任务。", "我们要坚持稳中求进工作总基调。"

    assert worded([f"{first}不搞大开发。{second}"] * 3) == [first, second]
    assert worded([f"{first}\n二、{second}"] * 3) == [first + "\n" + second]


def test_signs_and_spaces_around_a_sentence_are_kept():
    chinese = "“十五五”时期要坚持稳中求进工作总基调。"
    english = (
        "The buyer shall pay without undue delay. The seller shall deliver at once."
    )

    assert worded([f"{own(n)}{chinese}{own(n + 9)}" for n in range(3)]) == [chinese]
    assert worded([english] * 6) == [english]


def test_wrapped_lines_of_words_are_one_sentence():
    raw = "The seller shall deliver the goods\nto the harbour office\nwithout delay."
    again = raw.replace("\n", " ").replace("goods to", "goods\nto")

    (found,) = worded([raw, again, raw])

    assert " ".join(found.split()) == " ".join(raw.split())


def test_what_does_not_pay_for_its_slots_is_no_template():
    # Three long slots around ten fixed characters.
    raws = [
        f"{own(n)[:9]}各项{own(n + 9)[:9]}工作{own(n + 20)[:9]}。" for n in range(9)
    ]

    assert worded(raws) == []


def test_lines_with_an_address_are_no_templates():
    raws = [
        f"Copyright {2000 + n} the authors of the library <a@b.org>" for n in range(5)
    ]

    assert worded(raws) == []


def test_numbers_that_only_signs_part_are_slots_of_their_own():
    made = [
        f"根据县财字〔202{n}〕{n + 31}号文件的要求，各乡镇应当按月报送台账。"
        for n in range(6)
    ]

    assert worded(made) == [
        "根据县财字〔〔年份〕〕〔数字〕号文件的要求，各乡镇应当按月报送台账。"
    ]


def test_figures_written_in_chinese_are_slots():
    fines = ("一万", "五千", "一万五千", "两万", "三千", "八千")
    rates = ("八十五", "九十", "七十二", "六", "十一", "九十九")
    made = [
        f"整改期满仍不合格的，处{fine}元罚款，并在第{quarter}季度内达到百分之{rate}。"
        for fine, rate, quarter in zip(fines, rates, "一二三四一二", strict=True)
    ]

    ((worded, template),) = mined(made)

    assert worded == (
        "整改期满仍不合格的，处〔数字〕元罚款，并在第〔数字〕季度内达到百分之〔数字〕。"
    )
    assert set(template.slots[0].fills) == set(fines)
    assert template.holders == len(fines)


def test_slots_are_filled_with_what_stands_in_them_whatever_the_figures_lengths():
    fines = ("一万", "五百", "一万五千", "两万", "三千", "八百")
    days = ("05-01", "06-22", "11-13", "12-14", "03-25", "02-26")
    made = [
        f"对逾期不改正的单位处{fine}元罚款，并于2023-{day}前追究相关责任。"
        for fine, day in zip(fines, days, strict=True)
    ]

    ((worded, template),) = mined(made)

    assert worded == (
        "对逾期不改正的单位处〔数字〕元罚款，并于2023-〔数字〕-〔数字〕前追究相关责任。"
    )
    months, dates = zip(*(day.split("-") for day in days), strict=True)
    expected = [set(fines), set(months), set(dates)]
    assert [set(slot.fills) for slot in template.slots] == expected


def test_a_doubled_character_of_one_is_not_the_wording_of_all():
    made = [
        f"经县代表大会常务委员会第{n}次会议审议通过，现予公布施行。"
        for n in (3, 5, 8, 9, 12, 14)
    ]
    made[2] = made[2].replace("委员会", "委员会会")

    ((worded, _),) = mined(made)

    assert worded == "经县代表大会常务委员会第〔数字〕次会议审议通过，现予公布施行。"


def test_what_stands_in_a_place_that_is_empty_elsewhere_is_a_slot():
    made = [
        f"各单位要认真组织开展{thing}自查自纠工作，按期报送总结材料。"
        for thing in (*THINGS, "", "")
    ]

    ((worded, template),) = mined(made)

    assert worded == ("各单位要认真组织开展〔任意〕自查自纠工作，按期报送总结材料。")
    assert set(template.slots[0].fills) == set(THINGS)


def test_a_slot_is_filled_by_what_stands_beside_its_own_wording():
    rates = [(f"{n}.1", f"{n}.2", f"{n}.3") for n in range(2, 8)]
    made = [
        f"规上工业增加值增长{a}%，固定资产投资增长{b}%，社会消费品零售额增长{c}%。"
        for a, b, c in rates
    ]
    a, b, c = rates[-1]
    made[-1] = (
        f"固定资产投资增长{b}%，社会消费品零售额增长{c}%，规上工业增加值增长{a}%。"
    )

    ((_, template),) = mined(made)

    seen = list(zip(*rates, strict=True))
    assert [set(slot.fills) <= set(own) for slot, own in zip(
        template.slots, seen, strict=True
    )] == [True] * 3  # fmt: skip


def test_what_was_put_in_leaves_its_signs_with_it():
    made = [f"{place}的合法权益受法律保护，任何人不得侵犯。" for place in PLACES]
    made[0] = made[0].replace("保护，", "保护，任何单位、")
    made[1] = made[1].replace("。", "，违者必究。")

    found = mined(made)

    assert [worded for worded, _ in found] == [
        "〔地名〕的合法权益受法律保护，任何人不得侵犯。"
    ]


def test_it_ends_as_most_end():
    made = [f"{place}构成犯罪的，依法追究其刑事责任。" for place in PLACES]
    made[0] = made[0].replace("。", "：")

    ((worded, _),) = mined(made)

    assert worded.endswith("刑事责任。")


def test_fills_are_those_of_all_its_users():
    made = [f"{n // 50}月办结，各单位要按照要求认真落实整改措施。" for n in range(600)]

    ((_, template),) = mined(made)

    assert len(set(template.slots[0].fills) - {"0", "1", "2", "3"}) > 1


def test_what_is_counted_in_thousands_keeps_its_measure():
    made = [
        f"全年新增光伏装机容量{a}千瓦，全部实现并网发电运行。"
        for a in ("35万", "1.2亿", "120万", "9万")
    ]

    ((worded, _),) = mined(made)

    assert worded == "全年新增光伏装机容量〔数字〕千瓦，全部实现并网发电运行。"


def test_what_one_document_has_is_not_the_wording_of_all():
    begin = "县政府坚持以人民为中心的发展思想，财政投入力度进一步加大，"
    end = "，群众获得感幸福感安全感明显增强。"
    made = [
        f"{begin}{middle}{end}"
        for middle in (
            "实施重点民生项目35个持续提升公共服务水平",
            "实施重点民生项目全部完工不断提升公共服务水平",
            "实施一批民生项目基本建成持续提升公共服务水平",
        )
    ]

    for worded, _ in mined(made):
        assert "35" not in worded


def test_figures_that_never_change_are_no_slots():
    articles = "、".join(f"第十{n}条" for n in "一二三四五六七八九")
    made = [f"违反本法{articles}规定的，由主管部门责令限期改正。"] * 4

    assert [worded for worded, _ in mined(made)] == made[:1]


def test_decimals_in_chinese_are_one_figure():
    made = [
        f"收入{n}点{m}万元，同比增长百分之{m}点{n}，完成了全年任务。"
        for n, m in zip("三四五六七八", "五二九三一六", strict=True)
    ]

    ((worded, _),) = mined(made)

    assert worded == "收入〔数字〕元，同比增长百分之〔数字〕，完成了全年任务。"


def test_a_numeral_that_is_the_same_everywhere_is_wording():
    made = [f"{place}应当在三十日内提出书面申请，进一步统一思想。" for place in PLACES]

    ((worded, _),) = mined(made)

    assert worded == "〔地名〕应当在三十日内提出书面申请，进一步统一思想。"


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (("35万", "1.2万", "400万", "7万"), "〔数字〕万元"),
        (("35万", "1.2亿", "4000", "7万"), "〔数字〕元"),
        (("35万", "1.2万", "4000", "7万"), "〔数字〕元"),
    ],
)
def test_what_an_amount_is_counted_in_is_not_lost(amounts, expected):
    made = [f"全年实际完成投资{amount}元，资金已经全部到位。" for amount in amounts]

    ((worded, template),) = mined(made)

    assert worded == f"全年实际完成投资{expected}，资金已经全部到位。"
    shown = [fill + expected[4:-1] for fill in template.slots[0].fills]
    assert sorted(shown) == sorted(amounts)
