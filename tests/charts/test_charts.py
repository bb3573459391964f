"""Charts show what they are given, in letters that every machine can draw."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from lxml import etree
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from detector import charts
from detector.charts import canvas
from detector.config import Config
from detector.errors import MissingExtraError, OptionError, OutputError
from detector.evaluation.selftest import Plan, selftest
from detector.formats.shipped import shipped_folder
from detector.messages import LANGUAGES
from detector.model.document import Document
from detector.model.ledger import SHOWN
from detector.model.pairs import Basis, Lineage, Pair, Pairs
from detector.model.report import Peers, Standing
from detector.model.template import Slot, Template
from detector.pipeline import open_corpus
from tests.reporters.builders import against_corpus, everywhere

HOSTILE = '<b onload="x">$\\frac{1}{2}$ & \u202e𠮷\U0001f600\n述职\t'
PEERS = Peers("述职", 3, {"originality": 66.0}, {
    "originality": Standing(71.0, (40.0, 55.5, 90.0)),
    "self_repetition": Standing(0.0, (0.0, 0.0, 0.0)),
})  # fmt: skip
REPORT = replace(
    next(one for one in against_corpus().reports if one.matches), peers=PEERS
)


def document(organisation, year, genre="总结", path="一.txt"):
    origin = {"organisation": organisation, "year": year, "genre": genre}
    return Document.from_text("甲", path, **origin)


def pair(one, other, share, first=None, basis=Basis.DATE):
    lineage = Lineage(first, basis if first is not None else Basis.UNKNOWN)
    return Pair(one, other, (9, 9), (share, share / 2), 9, 1, (), lineage)


PAIRS = Pairs(
    documents=(
        document("甲镇", "2022"),
        document("乙局", "2023"),
        document("丙公司", "2023"),
        document("甲镇", "2023"),
    ),
    pairs=(
        pair(0, 3, 0.8, first=3),
        pair(0, 1, 0.3, first=0),
        pair(1, 2, 0.2),
        pair(2, 3, 0.05, first=2),
    ),
    clusters=(),
    organisations=("乙局", "丙公司", "甲镇"),
    matrix=((0.0, 0.1, 0.4), (0.1, 0.0, 0.02), (0.5, 0.02, 0.6)),
)
TEMPLATE = Template(
    "T-001",
    "〔年份〕年，〔单位〕" + "坚持守土有责、守土尽责，" * 8 + "完成〔任意〕。",
    (Slot("year", ("2023", "2024")), Slot("organisation", ("甲镇",)), Slot("any")),
    organisations=4,
    documents=7,
)
NOTHING = Pairs((), (), (), (), ())


@pytest.fixture(scope="module")
def outcome():
    corpus = open_corpus([str(shipped_folder() / "demo")])
    return selftest(corpus, Config(), Plan(pairs=1))


@pytest.fixture(params=[*charts.__all__[1:], "documents", "nothing", "alone"])
def chart(request, outcome):
    """Each chart, as a function of the language."""
    made = {
        "sections": lambda lang: charts.sections(REPORT, lang),
        "distribution": lambda lang: charts.distribution(REPORT, language=lang),
        "similarity": lambda lang: charts.similarity(PAIRS, lang),
        "documents": lambda lang: charts.similarity(PAIRS, lang, of="documents"),
        "lineage": lambda lang: charts.lineage(PAIRS, lang),
        "recall": lambda lang: charts.recall(outcome, lang),
        "template": lambda lang: charts.template(TEMPLATE, lang),
        "nothing": lambda lang: charts.lineage(NOTHING, lang),
        "alone": lambda lang: charts.similarity(NOTHING, lang),
    }
    return made[request.param]


def written(chart):
    return [one.get_text() for one in chart.figure.findobj(Text) if one.get_text()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_letters_are_outlines_of_a_font_that_has_them(chart, language):
    drawn = chart(language)  # a letter that no font has is a warning: an error here
    root = etree.fromstring(drawn.svg())

    assert root.get("role") == "img"
    assert root.get("aria-label") == drawn.alt
    assert not root.findall(".//{*}text")
    assert drawn.png().startswith(b"\x89PNG")
    assert set("".join(written(drawn))) <= set(map(chr, canvas._characters()))


def test_equal_charts_are_equal_bytes(chart):
    assert chart("zh").svg() == chart("zh").svg()
    assert chart("zh").png() == chart("zh").png()


def test_the_font_comes_with_the_extra():
    from matplotlib.font_manager import findfont

    packaged, (name, _) = canvas.fonts()

    assert packaged
    assert "zhplot" in findfont(name)
    assert {ord(char) for char in "履职担当鎮〔龘"} <= canvas._characters()


def test_without_it_a_font_of_the_system_serves_and_else_the_browser(monkeypatch):
    from matplotlib.font_manager import fontManager

    monkeypatch.setattr(canvas, "find_spec", lambda _: None)
    latin = [font for font in fontManager.ttflist if font.name == "DejaVu Sans"]
    monkeypatch.setattr(fontManager, "ttflist", latin)
    canvas.fonts.cache_clear()
    try:
        svg = charts.similarity(PAIRS).svg()
        assert "甲镇</text>" in svg
        assert "Microsoft YaHei" in svg
        canvas.fonts.cache_clear()
        system = replace(latin[0], name="Noto Sans CJK SC")
        monkeypatch.setattr(fontManager, "ttflist", [*latin, system])
        assert canvas.fonts() == (True, ("Noto Sans CJK SC", "DejaVu Sans"))
    finally:
        canvas.fonts.cache_clear()


def test_names_from_outside_are_only_text():
    peers = PEERS._replace(genre=HOSTILE)
    report = replace(everywhere(HOSTILE).reports[0], peers=peers)
    odd = document(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    pairs = replace(PAIRS, documents=(odd,) * 4, organisations=(HOSTILE,) * 3)
    made = [
        charts.sections(report),
        charts.distribution(report),
        charts.similarity(pairs),
        charts.similarity(pairs, of="documents"),
        charts.lineage(pairs),
        charts.template(Template(HOSTILE, HOSTILE, (Slot("any", (HOSTILE,)),))),
    ]

    for one in made:
        root = etree.fromstring(one.svg())
        assert not root.findall(".//{*}b")
        said = "".join(written(one)) + one.alt
        assert not set("\u202e𠮷\n\t") & set(said)
    assert "$\\frac{1}{2}$" in made[0].alt
    assert "[U+202E][U+20BB7]" in made[0].alt


def test_the_bars_of_the_sections_add_up():
    chart = charts.sections(REPORT, level=1)

    bars = chart.figure.axes[0].patches
    assert sum(bar.get_width() for bar in bars) == pytest.approx(REPORT.ledger.counted)
    assert len(bars) == len(SHOWN) * len(
        [one for one in REPORT.sections if one.section.level == 1]
    )


def test_more_sections_than_can_be_told_apart_are_left_out_and_said():
    many = REPORT.sections[:1] * 60
    deep = [one._replace(section=replace(one.section, level=2)) for one in many]
    parts = charts.sections(replace(REPORT, sections=(*many[:1], *deep)), "en")
    assert "60 more sections left out" in parts.alt

    chart = charts.sections(replace(REPORT, sections=many), "en")

    assert len(chart.figure.axes[0].patches) == len(SHOWN) * 40
    assert "20 more sections left out" in chart.alt


def test_the_like_stand_side_by_side():
    axes = charts.similarity(PAIRS).figure.axes[1]
    rows = [label.get_text() for label in axes.get_yticklabels()]

    assert sorted(rows) == sorted(PAIRS.organisations)
    assert abs(rows.index("甲镇") - rows.index("乙局")) == 1
    assert "甲镇 → 乙局 50%" in charts.similarity(PAIRS).alt


def test_long_names_are_cut_where_they_are_alike():
    names = tuple(f"{'很长的单位名称' * 9}{n}" for n in range(3))
    chart = charts.similarity(replace(PAIRS, organisations=names))

    assert len({text for text in written(chart) if "…" in text}) == 3


def test_arrows_lead_from_the_first_one():
    chart = charts.lineage(PAIRS, least=0.1)

    arrows = chart.figure.axes[0].findobj(FancyArrowPatch)
    styles = sorted(type(one.get_arrowstyle()).__name__ for one in arrows)
    assert styles == ["Curve", "CurveFilledB", "CurveFilledB"]
    assert "甲镇 2023 总结 → 甲镇 2022 总结 80%" in chart.alt
    assert "乙局 2023 总结 – 丙公司 2023 总结 20%" in chart.alt


@pytest.mark.parametrize(
    "years", [("",) * 4, ("2022-01", "2022-02", "2022-03", "2023")]
)
def test_each_document_stands_on_the_page_and_under_its_own_name(years):
    documents = tuple(
        document("", year, "", f"{folder}/总结.txt")
        for folder, year in zip("甲乙丙丁", years, strict=True)
    )
    axes = charts.lineage(replace(PAIRS, documents=documents), least=0).figure.axes[0]

    rows = [label.get_text() for label in axes.get_yticklabels()]
    points = axes.collections[0].get_offsets().tolist()
    low, high = sorted(axes.get_ylim())
    assert len(rows) == len(set(rows)) == 4
    assert len(set(map(tuple, points))) == 4
    assert all(low < y < high for _, y in points)


def test_reports_of_one_year_stand_below_each_other():
    documents = tuple(document("甲镇", f"2022-0{n}") for n in range(4))
    axes = charts.lineage(replace(PAIRS, documents=documents), least=0).figure.axes[0]

    points = axes.collections[0].get_offsets().tolist()
    assert sorted(y for _, y in points) == [0, 1, 2, 3]
    assert max(axes.get_ylim()) > 3


def test_of_too_many_it_is_said_how_many_are_drawn():
    documents = tuple(document("甲镇", "2022", path=f"{n}.txt") for n in range(70))
    found = tuple(pair(0, n, 0.5, first=0) for n in range(1, 70))
    many = replace(PAIRS, documents=documents, pairs=found)

    assert "69 对文档" in charts.lineage(many, "zh").alt
    assert "画其中最多的 60" in charts.lineage(many, "zh").alt
    assert "画其中最多的 60" in charts.similarity(many, "zh", of="documents").alt


@pytest.mark.parametrize("years", [(1949, 2023, 2024, 2025), range(1990, 1994)])
def test_years_have_room_for_their_names(years):
    documents = tuple(document("甲镇", f"{year}") for year in years)
    axes = charts.lineage(replace(PAIRS, documents=documents), least=0).figure.axes[0]

    assert [x for x, _ in axes.collections[0].get_offsets().tolist()] == [0, 1, 2, 3]


def test_charts_of_several_threads_are_those_of_one():
    import matplotlib as mpl

    before, alone = dict(mpl.rcParams), charts.sections(REPORT).svg()
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: charts.sections(REPORT).svg(), range(8)))

    assert set(made) == {alone}
    assert dict(mpl.rcParams) == before


def test_without_organisations_it_is_of_documents():
    documents = tuple(document("", "2022", "", f"{n}.txt") for n in range(4))
    alone = replace(PAIRS, documents=documents, organisations=(), matrix=())

    assert "各文档之间" in charts.similarity(alone, "zh").alt
    assert "0.txt → 3.txt 80%" in charts.similarity(alone).alt


def test_a_document_without_a_year_stands_apart():
    undated = replace(PAIRS, documents=(document("甲镇", ""), *PAIRS.documents[1:]))

    assert "年份不详" in written(charts.lineage(undated))


def test_a_distribution_says_where_this_one_is():
    chart = charts.distribution(REPORT)

    assert "本文 71.0，百分位 66" in chart.alt
    assert sum(bar.get_height() for bar in chart.figure.axes[0].patches) == 3


def test_a_distribution_of_equal_figures_has_no_percentile():
    chart = charts.distribution(REPORT, "self_repetition", "en")

    assert chart.alt.endswith("this one 0.0%")


def test_a_template_has_its_slots_in_boxes_and_each_word_once():
    chart = charts.template(TEMPLATE)

    texts = chart.figure.axes[0].texts
    boxes = [one.get_text() for one in texts if one.get_bbox_patch()]
    assert boxes == ["1 年份", "2 单位", "3 任意"]
    said = "".join(one.get_text() for one in texts)
    assert said.count("守土") == 16
    assert "1 年份  2023 · 2024" in said
    assert len({one.get_position()[1] for one in texts}) >= 5


@pytest.mark.parametrize(
    "text",
    ["", "Every 〔year〕 it is written " * 9, "〔任意〕" * 90, "a" * 300],
)
def test_nothing_of_a_template_is_off_the_page(text):
    chart = charts.template(Template("T-2", text))

    page = chart.figure.bbox
    with canvas.drawing():
        chart.figure.draw_without_rendering()
        drawn = [one.get_window_extent() for one in chart.figure.axes[0].texts]
    assert all(one.x0 >= 0 and one.y0 >= 0 for one in drawn)
    assert all(one.x1 <= page.x1 and one.y1 <= page.y1 for one in drawn)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda _: charts.distribution(REPORT, "length"),
        lambda _: charts.distribution(replace(REPORT, peers=None)),
        lambda _: charts.similarity(PAIRS, of="words"),
        lambda _: charts.sections(REPORT, level=0),
        lambda folder: charts.sections(REPORT).save(folder / "chart.gif"),
    ],
)
def test_what_is_not_known_is_refused(wrong, tmp_path):
    with pytest.raises(OptionError):
        wrong(tmp_path)


@pytest.mark.parametrize(
    ("suffix", "head"), [("png", b"\x89PNG"), ("SVG", b"<svg"), ("pdf", b"%PDF")]
)
def test_a_chart_is_saved_as_its_suffix_says(tmp_path, suffix, head):
    path = tmp_path / f"图.{suffix}"
    charts.sections(REPORT).save(path)

    assert path.read_bytes().startswith(head)
    with pytest.raises(OutputError):
        charts.sections(REPORT).save(tmp_path / "none" / "图.svg")


def test_a_notebook_gets_a_picture_and_words():
    data, about = charts.sections(REPORT)._repr_mimebundle_()

    assert data["image/png"].startswith(b"\x89PNG")
    assert data["text/plain"] == repr(charts.sections(REPORT))
    assert about["image/png"]["alt"] == charts.sections(REPORT).alt
    assert about["image/png"]["width"] == 880


def test_without_matplotlib_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    canvas.fonts.cache_clear()  # as in a process that has drawn nothing

    for draw in (charts.sections, charts.distribution):
        with pytest.raises(MissingExtraError) as caught:
            draw(REPORT)
        assert "notebook" in caught.value.in_language("en")


def test_a_fresh_process_without_matplotlib_names_the_extra():
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "import detector as d; from detector import charts\n"
        "report = d.check(d.Document.from_text('一、甲'))\n"
        "try: charts.sections(report)\n"
        "except d.DetectorError as error: print(error.code)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert run.stdout.strip() == b"D207"


def test_what_people_set_matplotlib_to_changes_nothing_and_stays():
    import matplotlib as mpl

    plain = charts.sections(REPORT).svg()
    with mpl.rc_context({"font.size": 30, "axes.grid": True}):
        assert charts.sections(REPORT).svg() == plain
        assert mpl.rcParams["font.size"] == 30
