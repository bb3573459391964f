"""All documents against all: what they share, which belong together, who was first."""

import pytest

import detector as d
from detector.model.pairs import Basis
from detector.pairing import find_pairs
from detector.scoring.lineage import lineage
from tests.templates.test_mining import own

ONE = (
    "码头夜间停泊的渔船由三十七艘减至九艘，老船工自发轮班看护灯塔与岸线航标，"
    "沿江网箱全部清退。"
)
TWO = (
    "深入开展入户走访，逐户登记困难群众的实际需求，建立台账并按月销号办结，"
    "绝不让一户掉队。"
)
OWN = (
    "河堤加固三公里，清理沟渠两处，种植柳树四百棵，下游菜农不再担心雨季倒灌。",
    "旧粮仓改成了村史馆，三位退休教师轮流讲解，周末常有外乡人专程来看。",
    "学校食堂换了净水机，家长委员会每周抽查一次菜单，孩子们说汤更鲜了。",
    "铁匠铺的火塘重新点了起来，年轻人跟着老师傅学打船钉，订单排到秋后。",
)


def document(text, name, organisation="", year=""):
    return d.Document.from_text(
        f"一、工作情况\n{text}", f"{name}.txt", organisation=organisation, year=year
    )


def pairs(*documents, **options):
    return find_pairs(d.Corpus("corpus", documents), **options)


def test_documents_that_share_a_passage_are_a_pair():
    found = pairs(
        document(OWN[0] + ONE, "a"), document(OWN[1], "b"), document(ONE + OWN[2], "c")
    )

    (pair,) = found.pairs
    assert (pair.one, pair.other, pair.passages) == (0, 2, 1)
    assert pair.equal[0] == pair.equal[1] == pair.longest > 35
    assert 0.5 < pair.shares[0] < 0.6


def test_nothing_is_found_where_nothing_is_shared():
    found = pairs(*(document(text, str(n)) for n, text in enumerate(OWN)))

    assert (found.pairs, found.clusters, found.matrix) == ((), (), ())
    assert pairs().pairs == ()


def test_twins_and_versions_are_a_cluster_around_the_middle_one():
    versions = [ONE + TWO, ONE + TWO + OWN[0], ONE + OWN[1] + TWO]
    found = pairs(*(document(v, str(n)) for n, v in enumerate([*versions, OWN[2]])))

    (cluster,) = found.clusters
    assert cluster.documents == (0, 1, 2)
    assert cluster.medoid == 0
    assert cluster.least > 0.9


def test_what_hangs_together_in_a_chain_only_is_no_cluster():
    chain = [ONE, ONE + TWO, TWO]  # the first and the last share nothing

    found = pairs(*(document(v, str(n)) for n, v in enumerate(chain)), alike=0.8)

    assert [cluster.documents for cluster in found.clusters] == [(0, 1, 2)]
    assert found.clusters[0].medoid == 1


def test_the_matrix_has_what_share_of_whose_text_others_have():
    found = pairs(
        document(ONE, "a", "甲镇"),
        document(OWN[0], "b", "甲镇"),
        document(ONE, "c", "乙镇"),
        document(ONE, "d"),
    )

    assert found.organisations == ("乙镇", "甲镇")
    (own, there), (here, none) = found.matrix
    assert own == none == 0
    assert there > 0.9
    assert 0.4 < here < 0.6


@pytest.mark.parametrize(
    ("years", "first"), [(("2023", "2024"), 0), (("2024", "2023"), 1)]
)
def test_the_year_says_who_was_first(years, first):
    found = pairs(*(document(ONE, y, f"单位{y}", y) for y in years))

    assert found.pairs[0].lineage[:2] == (first, Basis.DATE)


def test_a_name_that_was_left_in_says_who_was_first():
    ours = (
        "槐川县组织入户走访，槐川县逐户登记困难群众的实际需求，"
        "槐川县建立台账，槐川县按月销号办结。"
    )
    theirs = ours.replace("槐川县", "霁浦县").replace("，霁浦县按月", "，槐川县按月")

    found = pairs(document(ours + OWN[0], "a"), document(theirs + OWN[1], "b"))

    assert found.pairs[0].lineage == (0, Basis.RESIDUE, "槐川")


def test_what_several_write_comes_from_none_of_them():
    found = pairs(*(document(ONE, f"{n}", f"单位{n}", f"202{n}") for n in range(5)))

    assert {pair.lineage.basis for pair in found.pairs} == {Basis.TEMPLATE}
    assert {pair.lineage.first for pair in found.pairs} == {None}


def test_where_nothing_tells_it_is_not_known():
    same = document(ONE, "a", "甲镇", "2024"), document(ONE, "b", "乙镇", "2024")

    assert pairs(*same).pairs[0].lineage == (None, Basis.UNKNOWN, "")


@pytest.mark.parametrize(
    ("exchanged", "left"),
    [
        (("充分", "深入", 9), {"充分"}),  # no names
        (("农村", "社区", 9), {"农村"}),
        (("槐川县", "霁浦县", 1), {"槐川县"}),  # once is chance
        (("槐川县", "霁浦县", 9), {"槐川县", "霁浦县"}),  # both are left
        (("槐川县", "霁浦县", 9), set()),
        (("槐川镇", "槐川镇人民政府", 9), {"槐川镇"}),  # one name in the other
    ],
)
def test_what_tells_nothing_is_not_taken_for_a_trace(exchanged, left):
    documents = document(exchanged[0], "a"), document(exchanged[1], "b")

    assert lineage(documents, (0, 1), [exchanged], left).basis is Basis.UNKNOWN


def test_a_name_of_ones_superior_elsewhere_in_the_text_tells_nothing():
    ours = "霁浦镇组织入户走访，霁浦镇逐户登记困难群众的实际需求，霁浦镇按月销号办结。"
    theirs = ours.replace("霁浦镇", "槐川县")
    town = document(ours + "以上做法受到槐川县的通报表扬。", "a")

    found = pairs(town, document(theirs + OWN[1], "b"))

    assert found.pairs[0].lineage == (None, Basis.UNKNOWN, "")


@pytest.mark.parametrize(
    ("titles", "genres"),
    [
        (("2025年工作计划", "2024年工作总结"), ("工作计划", "工作总结")),
        (("规划（2021—2025年）", "2023年规划"), ("规划", "规划")),
    ],
)
def test_the_year_that_a_plan_is_about_tells_nothing(titles, genres):
    made = [
        d.Document.from_text(
            f"{title}\n一、情况\n{ONE}", title, title=title, genre=genre, year=year
        )
        for title, genre, year in zip(titles, genres, ("2025", "2024"), strict=True)
    ]

    assert pairs(*made).pairs[0].lineage.basis is Basis.UNKNOWN


def test_twins_are_a_pair_whatever_they_say():
    formula = "坚持以人民为中心的发展思想。"
    twins = document(formula, "a"), document(formula, "b"), document(OWN[0], "c")

    (pair,) = pairs(*twins).pairs

    assert (pair[:2], pair.shares) == ((0, 1), (1.0, 1.0))


def test_many_versions_of_one_document_are_one_cluster():
    versions = [document(f"{ONE}{TWO}{OWN[0]}{n}", str(n)) for n in range(300)]

    (cluster,) = pairs(*versions).clusters

    assert len(cluster.documents) == 300


def test_phrases_that_are_parts_of_each_other_are_one():
    long, short = "沿江岸线整治三年行动", "沿江岸线整治"

    def texts(phrase, numbers):
        return [document(own(n)[:-1] + phrase + own(n + 99), str(n)) for n in numbers]

    often = d.Corpus("corpus", (*texts(long, range(9)), *texts(short, range(9, 12))))
    seldom = d.Corpus("corpus", (*texts(long, range(5)), *texts(short, range(5, 40))))

    assert [one.text for one in often.templates().phrases] == [long]
    assert short in [one.text for one in seldom.templates().phrases]


def test_a_share_that_is_none_is_refused():
    for alike in (0, -1, 1.5, float("nan")):
        with pytest.raises(d.DetectorError):
            pairs(alike=alike)


def test_a_corpus_is_asked_from_a_notebook(tmp_path):
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"一、情况\n{OWN[n]}\n{ONE}", "utf-8")

    corpus = d.Corpus.open(str(tmp_path))

    assert len(corpus.pairs().pairs) == 3
    assert [t.text.strip() for t in corpus.templates().templates] == [ONE]


def test_processes_find_what_one_does():
    texts = [
        OWN[n % 4] + (ONE, TWO, ONE + TWO, "")[n % 4] + OWN[n % 3] for n in range(14)
    ]
    documents = [
        document(text, str(n), "甲乙丙"[n % 3]) for n, text in enumerate(texts)
    ]
    told = []

    found = pairs(*documents, processes=2, progress=lambda *at: told.append(at))

    assert found == pairs(*documents)
    assert found.pairs
    assert told[-1] == (found.looked_at, found.looked_at)
