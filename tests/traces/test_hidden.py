"""Characters that nobody sees, or that are not what they look like."""

import pytest

from detector.text.lookup import text_of
from detector.text.rules import normalize
from detector.traces.hidden import Trick, find_hidden


@pytest.mark.parametrize(
    ("text", "trick", "count"),
    [
        ("工\u200b作总\u2060结", Trick.ZERO_WIDTH, 2),
        ("工\u00ad作", Trick.ZERO_WIDTH, 1),
        ("the c\u043empany", Trick.LOOK_ALIKE, 1),
        ("\u0391lpha Ltd", Trick.LOOK_ALIKE, 1),
        ("\u2f08民群众", Trick.RADICAL, 1),
        ("abc\u202efed", Trick.BIDI, 1),
        ("the h\u0251rbour b\u0251rge", Trick.LOOK_ALIKE, 2),
        ("the \ua4e7\ua4ee\ua4e3\ua4d0\ua4f3\ua4f4\ua4e3", Trick.LOOK_ALIKE, 1),
        ("the \u029c\u1d00\u0280\u0299\u1d0f\u1d1c\u0280", Trick.LOOK_ALIKE, 1),
        ("工\ufff9作\ufffa枣\ufffb总", Trick.ZERO_WIDTH, 3),
    ],
)
def test_what_hides_is_found(text, trick, count):
    (hidden,) = find_hidden(text)

    assert (hidden.trick, len(hidden.places)) == (trick, count)


@pytest.mark.parametrize(
    ("said", "alphabet"),
    [
        ("h\u0430rbour", "Cyrillic"),
        ("harb\u03bfur", "Greek"),
        ("h\u0251rbour", "IPA"),
        ("harb\u2c9fur", "Coptic"),
        ("\u0570arbour", "Armenian"),
        ("\u13bbARBOUR", "Cherokee"),
        ("\ua4e7ARBOUR", "Lisu"),
        ("harbou\u0280", "small capitals"),
    ],
)
def test_look_alikes_of_every_alphabet_are_told_and_read_as_latin(said, alphabet):
    (hidden,) = find_hidden(f"The old {said} bridge of the lower town was opened.")

    assert hidden.trick is Trick.LOOK_ALIKE
    assert text_of(normalize(said).codes) == "harbour"


@pytest.mark.parametrize(
    "text",
    [
        "👨\u200d👩\u200d👧 和 ❤\ufe0f",
        "co\u00adoperation",
        "Иван Петров",
        "5 μm, ΔT, α-β, x1Ω",
        "text\u200b\n下一行",
        "\ufeff开头",
        "句子。\u200b下一句",
        "שלום \u200fabc",
    ],
)
def test_what_scripts_and_layout_need_is_not(text):
    assert find_hidden(text) == ()


def test_each_paragraph_has_its_own():
    found = find_hidden("工\u200b作\n总\u200b结和\u200b计划")

    assert [len(one.places) for one in found] == [1, 2]


def test_capitals_of_another_alphabet_are_told_unless_it_is_written_there():
    (one,) = find_hidden("尚未录入\u041e\u0410系统")

    assert one.trick is Trick.LOOK_ALIKE
    assert (
        find_hidden(
            "与\u041e\u0410\u041e \u0413\u0430\u0437\u043f\u0440\u043e\u043c签约"
        )
        == ()
    )


def test_many_places_in_many_lines_take_no_time():
    assert len(find_hidden("工\u200b作\n" * 20_000)) == 20_000


ENGLISH = (
    "The har|bour bo|ard has app|roved th|ree of the woo|den pi|ers for re|pair "
    "bef|ore the aut|umn sto|rms"
)
PASSAGE = "老渡口的浮桥改成了双车道，赶集的人不再排队等船，两岸菜农把鲜藕送进县城"


@pytest.mark.parametrize(
    ("text", "trick"),
    [
        ("".join(chr(0xE000 + at) for at in range(40)), Trick.PRIVATE_USE),
        ("老\ue001渡\ue002口\ue003的\ue004浮\ue005桥", Trick.PRIVATE_USE),
        (" ".join("The harbour board has approved"), Trick.SET_APART),
        ("\u200a".join("Theharbourboardhasapproved"), Trick.SET_APART),
        (".".join("Theharbourboardhasapproved"), Trick.SET_APART),
        ("枣".join(PASSAGE * 2), Trick.FILLER),
        ("1".join(PASSAGE * 2), Trick.FILLER),
        ("\x1b[m".join(PASSAGE * 2), Trick.FILLER),
        ("".join(map("".join, zip(PASSAGE, "ꓸꓹʼˌˈː" * 6, strict=False))), Trick.FILLER),
        ("".join(map("".join, zip(PASSAGE, "¹²³" * 12, strict=False))), Trick.FILLER),
        ("".join(map("".join, zip(PASSAGE, "①②③" * 12, strict=False))), Trick.FILLER),
        ("ʼ\u200a".join(PASSAGE), Trick.FILLER),
        ("\u0e3a".join(PASSAGE), Trick.FILLER),
        ("\u0e31".join(PASSAGE), Trick.FILLER),
        ("\U0003fff0".join(PASSAGE), Trick.FILLER),
        ("\ua015".join(PASSAGE), Trick.FILLER),
        *[
            (ENGLISH.replace("|", sign), Trick.SET_APART)
            for sign in "\u2005\u2006\u2009\u200a\u202f·˙‧\u2800\u20e3ʹʼˑ´’'＇\u0378"
        ],
        ("h*ar*bour, th*re*e, wo**od**en, p*ie*rs, re*pa*ir " * 2, Trick.SET_APART),
        ("the 🅷🅰🆁🅱🅾🆄🆁", Trick.LOOK_ALIKE),
        ("the 🅗🅐🅡🅑🅞🅤🅡", Trick.LOOK_ALIKE),
        ("🇹🇭🇪 harbour", Trick.LOOK_ALIKE),
        ("TᕼE", Trick.LOOK_ALIKE),
        ("the hαrbour", Trick.LOOK_ALIKE),
        ("h\u180earbour", Trick.ZERO_WIDTH),
        ("\uf0a8".join(PASSAGE), Trick.PRIVATE_USE),
    ],
)
def test_what_draws_words_out_is_told(text, trick):
    (hidden,) = find_hidden(f"一、甲\n{text}\n二、乙")

    assert hidden.trick is trick


@pytest.mark.parametrize(
    "text",
    [
        "\uf06c 第一项\n\uf06c 第二项\n\uf0b7 其中\ue5d2字",
        "A. B. C. D. E. 选择题\nU.S.A. and the U.K.",
        "0" * 200 + "1" * 20,
        "000 " * 60,
        "是\t" * 100,
        PASSAGE * 3,
        "a b c d e f g h i j k l m n",
        " ".join("abcdefghijklmnopqrstuvwxyz"),
        ("答案：" + " ".join("ABCDBCADACBDABCCDABDCABCD") + "\n") * 5,
        "序列 " + " ".join("ATGCCGTAATGCTAGCTAGCTAGCTAA"),
        "S O L I C I T A T I O N   O F   O F F E R S   A N D",
        "涉及" + "村、".join(PASSAGE) + "村。",
        "分 ".join("5897689987" * 4),
        "10" * 60,
        "，".join(f"{name}1" for name in PASSAGE * 2),
        "建设性质：\uf0a8新建 \uf0a8改建 \uf0fe扩建 \uf0a8迁建\uf0a8技改 \uf0a8其他",
        "公式：\uf028\uf061\uf02b\uf062\uf029\uf03d\uf067 ，其中参数由实验确定",
        "标题\ue5d2\ue5d2\ue5d2\ue5d2\ue5d2\ue5d2\ue5d2……1",
        "🇨🇳🇺🇸 🅰型 🅱型",
        "L'avis d'un ami n'est qu'un mot, et l'on s'en va qu'il pleuve, qu'elle dorme. "
        * 4,
        "Don't you'll we've it's can't won't I'd he'd, said O'Brien. " * 4,
        "alias: pci:v00008086d00001560sv*sd*bc*sc*i*\n" * 9,
        "ᐃᓄᒃᑎᑐᑦ ᐅᖃᐅᓯᖅ",
        "一站120kW·h，二站80kW·h，三站95kW·h，四站61kW·h，扭矩12N·m、9N·m。\n" * 3,
        "V = a*b*c + d*e*f\n" * 9,
        "、".join(f"{number}米²" for number in "5678934512" * 3),
    ],
)
def test_lists_tables_and_abbreviations_do_not(text):
    assert find_hidden(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "血清中TNFα、IFNγ、NFκB、PPARγ水平升高，IκBα与ERα不变",
        "设cosα=0.5，则sinα与tanγ可求，sinαcosα为其积，ρmax、αeff",
        "读作zhōnɡ ɡuó，上海读作shànɡ hǎi，老师lɑo shī，讲话jiànɡ huà",
        "塔斯社（ТАСС）报道",
        "据报道，СССР时期的档案已移交",
        "葛\U000e0100城市代表团，辻\U000e0100先生",
        "ᠴᠢᠨ\u180eᠠ ᠠᠷ\u180bᠠ ᠬᠣᠶ\u180cᠠᠷ",
        "ภาษา\u200bไทย\u200bครับ",
        "bag [bæɡ] 包，get /ɡet/ 得到，garden 英 [ˈɡɑːdn] 花园，party /ˈpɑːti ˈɡɜːl/",
        "过点𝐴作𝐴𝐵垂直于𝐶𝐷，交𝐶𝐷于𝐸，连接𝐴𝐶与𝐵𝐷交于点𝑂，设𝑎为边𝐴𝐵长，𝑏为高ℎ，取点𝐹使𝐸𝐹平行于𝐵𝐶且与𝐴𝐷交于𝐺",
        "执行 # rpm \u2212\u00adivh，版本shell\u00ad2.4，in\u00adter\u00adnational",
    ],
)
def test_letters_of_formulas_names_and_other_languages_do_not(text):
    assert find_hidden(text) == ()


def test_many_headings_of_spaced_letters_are_told():
    assert find_hidden("\n".join(["S O L I C I T A T I O N O F O F F E R S"] * 4))


def test_markup_is_no_letter_between_others():
    text = "".join(f"<b>{letter}</b>" for letter in PASSAGE * 3)

    assert find_hidden(text, " " * len(text)) == ()


def test_dust_in_a_part_of_a_line_is_told():
    own = "水库大坝除险加固通过验收，下游三个村的灌溉用水得到保障。" * 9
    dusted = "ʼ".join("老渡口的浮桥改成了双车道赶集的人不再排队")

    (hidden,) = find_hidden(f"{own}{dusted}。{own}")

    assert hidden.trick is Trick.FILLER
    assert find_hidden(own + "ʼ".join("老渡口的浮桥改成了双车道")) == ()


FILLED = "的".join("年度总结开展工作推进落实完成目标任务群众满意水平提升经验做法")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", ""])
def test_a_line_with_one_letter_between_all_others_is_told_without_its_break(end):
    line = FILLED * 2
    text = f"第一行{end or chr(10)}{line}{end}{end and '最后一行'}"

    (hidden,) = find_hidden(text)

    assert hidden.trick is Trick.FILLER
    assert [place.of(text) for place in hidden.places] == [line]


@pytest.mark.parametrize(
    ("letters", "length", "told"),
    [(60, 80, True), (59, 80, False), (60, 79, False), (62, 79, False)],
)
def test_a_short_line_is_drawn_out_by_nothing(letters, length, told):
    line = (FILLED * 2)[:letters].ljust(length, "，")

    assert bool(find_hidden(line)) is told


def test_words_that_are_cut_beside_a_joiner_are_told():
    words = ["ha·rbour", "br·idge", "ri·ver", "to·wn", "sq·uare", "ga·rden"] * 3
    text = " ".join(words).replace("·", "\u2060·")

    assert Trick.SET_APART in {hidden.trick for hidden in find_hidden(text)}
