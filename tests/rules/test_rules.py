"""What each rule states, and what keeps it silent."""

from datetime import date

import pytest

import detector as d
from detector.formats import load_bytes
from detector.model.finding import Level
from detector.model.report import IgnoreStatus
from detector.pipeline import Checker
from tests.formats.files import raw_docx

CLOCK = date(2026, 11, 25)


def checked(text, *sources, path="draft.txt", **origin):
    draft = d.Document.from_text(text, path, **origin)
    corpus = d.Corpus("corpus", sources) if sources else None
    return Checker(corpus, today=CLOCK).check(draft)


def stated(report, rule):
    """Return the wording that each finding of a rule is about."""
    text = report.draft.text
    return [f.span.of(text) for f in report.findings if f.rule == rule]


def codes(report, rule):
    return [f.message for f in report.findings if f.rule == rule]


class TestTime:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("青禾镇2024年工作总结\n现将2023年工作情况报告如下。", "period"),
            ("青禾镇2024年工作总结\n一、略\n略。\n二、2024年工作打算\n略。", "plan"),
            (
                "青禾镇2024年工作总结\n略写工作。\n青禾镇人民政府\n2022年1月5日",
                "signed",
            ),
            ("青禾镇2024年工作总结\n深入学习贯彻党的十九大精神。", "meeting"),
            ("青禾镇2024年工作总结\n按照《合同法》规定办理。", "document"),
            ("青禾镇2024年工作总结\n全力推进“十三五”规划任务落地。", "plan_over"),
            ("青禾镇2021年工作总结\n学习党的二十大报告。", "later"),
            ("青禾镇2025年工作总结\n下一步，2024年我们将继续努力。", "plan"),
            ("青禾镇2024年工作总结\n于2月30日验收。", "no_day"),
            ("青禾镇2024年工作总结\n二、2023年工作回顾\n全镇修路3公里。", "period"),
            ("青禾镇二〇二五年工作总结\n现将二〇二三年工作情况报告如下。", "period"),
            ("# Annual Report 2025\n\nThis report covers the year 2023.", "period"),
            ("于2023年2月29日、4月30日验收。", "no_day"),
            ("青禾镇2024年工作总结\n于9月31号、2024-02-28验收。", "no_day"),
            ("青禾镇2025年工作总结\n项目预计到2024年底完工。", "plan"),
            ("东柳街道2025年实施方案\n（一）摸底（2023年3月至4月）。", "period"),
            (
                "青禾社区2024年工作总结及2025年工作计划\n一、略\n略。\n三、2023年工作计划\n略。",
                "plan",
            ),
        ],
    )
    def test_what_is_of_another_time_is_told(self, text, code):
        assert codes(checked(text), "TIME001") == [f"TIME001.{code}"]

    @pytest.mark.parametrize(
        "text",
        [
            "青禾镇2024年工作总结\n党的十八大以来，比2022年增长5%。",
            "青禾镇2024年工作总结\n学习党的二十大和二十届三中全会精神。",
            "青禾镇2024年工作总结\n略写工作。\n青禾镇人民政府\n2025年1月5日",
            "青禾镇2024年工作总结\n一、略\n略。\n二、2025年工作打算\n略。",
            "青禾镇2024年工作总结\n按照《劳动合同法》和2021年印发的办法。",
            "青禾镇2024年工作总结\n原《合同法》同时废止。“十三五”以来，",
            "青禾镇2025年工作计划\n略写打算。\n青禾镇人民政府\n2024年12月5日",
            "青禾镇2024年工作总结\n2024年2月29日至12月31日。下一步，2025年将继续努力。",
            "青禾镇2024年工作总结\n2023年我们将标准提高，今年见效。",
            "青禾镇2024年工作总结\n编好“十五五”发展思路。",
            "青禾镇党委2025年度民主生活会对照检查材料\n一、2024年度民主生活会查摆问题整改落实情况\n"
            "2024年度民主生活会查摆的12个问题，已完成整改11个。",
            "青禾镇2025年工作总结\n与2024年度工作总结相比增长12%。通报了2024年度述职报告。",
            "青禾镇2025年工作总结\n租赁适用签订时有效的《合同法》。《合同法》教材12本。",
            "社区书记述职报告\n全年走访32次。\n三、2025年打算\n略。\n张某\n2025年1月9日",
        ],
    )
    def test_history_and_comparison_are_not(self, text):
        assert codes(checked(text), "TIME001") == []


class TestAliens:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (
                "青禾镇2024年工作总结\n我镇推进工作。我镇落实任务。我县开展工作。",
                ["我县"],
            ),
            ("青禾中学2024年工作总结\n学校落实任务。公司党委认真学习。", ["公司"]),
            ("青禾镇2024年工作总结\n云溪镇党委坚持学习。青禾镇落实任务。", ["云溪镇"]),
            ("青禾街道2024年工作总结\n同时，云溪镇将继续压实责任。", ["云溪镇"]),
            ("青禾街道党委副书记述职报告\n全年接访214次。我镇增设路口。", ["我镇"]),
            ("青禾县图书馆2024年工作总结\n全年借阅3万册。我乡馆员2名。", ["我乡"]),
            ("青禾县第三中学2024年工作总结\n我校招生320人。我院党委重视。", ["我院"]),
        ],
    )
    def test_who_speaks_as_somebody_else_is_told(self, text, said):
        assert stated(checked(text), "SUBS002") == said

    @pytest.mark.parametrize(
        "text",
        [
            "青禾镇2024年工作总结\n我镇在全县率先完成。县委要求落实。",
            "青禾镇2024年工作总结\n我镇赴云溪镇学习经验，与云溪镇党委结对。",
            "槐漪县水务局2024年工作总结\n我局服务我县大局。",
            "青禾镇2024年工作总结\n发展资本市场，本着实事求是的原则。",
            "青禾镇2024年工作总结\n赴白沙镇学习。白沙镇党委介绍了做法。",
            "青禾集团有限公司2024年工作总结\n我公司营收3亿元。集团党委重视。\n"
            "中共青禾集团有限公司委员会\n2025年1月6日",
            "青禾师范学院2024年工作总结\n我院学生党员1203名，学生党支部36个。",
            "青禾县第一中学2024年工作总结\n我校招生320人。学校党委重视。\n"
            "中共青禾县第一中学委员会\n2024年12月30日",
            "青禾镇2024年工作总结\n镇中心小学教职工党员8名参加。某书记说：“我县政策好”。",
            "青禾社区2024年工作总结\n区局机关下派2名干部，社区受益。",
        ],
    )
    def test_superiors_and_neighbours_are_not(self, text):
        assert stated(checked(text), "SUBS002") == []

    def test_the_name_of_an_organisation_of_the_corpus_is_told(self):
        other = d.Document.from_text("略。", "b.txt", organisation="槐漪县水务局")
        text = "云坞湖新区管委会2024年工作总结\n指标直接挂钩，县水务局每年评估。"

        report = checked(text, other, organisation="云坞湖新区管委会")

        assert stated(report, "SUBS002") == ["县水务局"]

    def test_a_name_of_the_source_that_was_forgotten_is_told(self):
        source = (
            "京山扎实推进项目建设，新开工水利设施十九处。京山持续优化营商环境，压减审批"
            "时限近半。京山着力保障民生，改造老旧管网若干。京山严格落实耕地保护责任。"
        )
        draft = source.replace("京山", "钟祥", 3)
        other = d.Document.from_text(f"一、情况\n{source}", "京山.txt")

        report = checked(f"一、情况\n{draft}", other)

        assert stated(report, "SUBS002") == ["京山"]
        assert codes(report, "SUBS002") == ["SUBS002.left"]


LAST = (
    "一、工作完成情况\n全年接待游客12.7万人次，比上年增长8.1%，新建村级停车场46处。"
    "持续整治圩镇环境，清运陈年垃圾318吨，拆除乱搭乱建棚屋57间，群众反映明显好转。"
    "辖区总面积128.6平方公里。"
)


class TestYears:
    this = LAST.replace("46处", "52处").replace("318吨", "402吨").replace("8.1%", "9%")
    report = checked(
        f"青禾镇2024年工作总结\n{this}",
        d.Document.from_text(
            f"青禾镇2023年工作总结\n{LAST}",
            "2023.txt",
            organisation="青禾镇",
            year="2023",
        ),
        organisation="青禾镇",
        year="2024",
    )

    def test_a_report_carried_over_is_told(self):
        assert stated(self.report, "YEAR001") == [""]

    def test_figures_of_results_that_did_not_move_are_told(self):
        assert stated(self.report, "YEAR002") == ["12.7万人次", "57间"]

    @pytest.mark.parametrize(
        ("place", "signer"), [("青禾镇", "中共青禾镇委员会"), ("丁镇", "丁镇人民政府")]
    )
    def test_a_town_and_its_government_are_one_organisation(self, place, signer):
        before = d.Document.from_text(
            f"{place}2023年工作总结\n{LAST}",
            "2023.txt",
            organisation=place,
            year="2023",
        )

        report = checked(
            f"{place}2024年工作总结\n{self.this}\n{signer}\n2025年1月6日", before
        )

        assert report.draft.origin.organisation == place
        assert stated(report, "YEAR001") == [""]
        levels = {f.level for f in report.findings if f.rule.startswith("COPY")}
        assert levels == {Level.WARNING}

    @pytest.mark.parametrize(
        "constant",
        [
            "全年供水合格率100%",
            "全年受理12345热线来电很多",
            "全年集体收入超20万元",
            "全年举办活动9期",
        ],
    )
    def test_what_need_not_move_is_not(self, constant):
        before = d.Document.from_text(
            f"{LAST}{constant}。", "2023.txt", organisation="青禾镇", year="2023"
        )

        report = checked(
            f"{self.this}{constant}。", before, organisation="青禾镇", year="2024"
        )

        assert stated(report, "YEAR002") == ["12.7万人次", "57间"]


class TestTwins:
    FORM = (
        "本表由填报单位在每季度末的第三个工作日以前送交，逾期的须附书面说明并由经办人签字；"
        "表中数字以台账为准，台账与实物不符的先盘点再填写，不得以估计数代替。"
        "经办人调离的，由接手的人在移交清单上签名后继续填报，缺页或涂改的一律退回重填。"
        "填报单位：{}。"
    )

    def forms(self, names, signed):
        return [
            d.Document.from_text(
                self.FORM.format(f"{n}坡镇"),
                f"{n}.txt",
                organisation=f"{n}坡镇" * signed,
            )
            for n in names
        ]

    def twins(self, names, signed=True):
        report = checked(self.FORM.format("云岭乡"), *self.forms(names, signed))
        return [one for one in report.findings if one.rule == "COPY002"]

    def test_one_is_an_error(self):
        (one,) = self.twins("甲")

        assert (one.level, one.message) == (Level.ERROR, "COPY002")

    def test_one_form_filled_in_by_many_is_a_warning_and_told_once(self):
        (one,) = self.twins("甲乙丙丁戊己庚辛壬癸")

        assert (one.level, one.message) == (Level.WARNING, "COPY002.common")
        assert one.facts["documents"] == 10

    def test_answers_that_are_copied_into_a_form_are_an_error(self):
        answers = (
            "渡口的旧缆绳在四月换成了尼龙绳，绞盘上了两遍油；"
            "摆渡的老周教会了两个后生看水色，端午那天一趟也没有误。"
        )
        text = self.FORM + "说明：{}"
        forms = [
            d.Document.from_text(
                text.format(f"{n}坡镇", own), f"{n}.txt", organisation=f"{n}坡镇"
            )
            for n, own in zip("甲乙丙丁戊己庚辛壬癸", (answers, *"一" * 9), strict=True)
        ]

        report = checked(text.format("云岭乡", answers), *forms, organisation="云岭乡")

        found = [one for one in report.findings if one.rule == "COPY002"]
        assert [one.level for one in found if one.facts["path"] == "甲.txt"] == [
            Level.ERROR
        ]

    def test_versions_of_one_text_that_nobody_signed_are_no_form(self):
        found = self.twins("甲乙丙丁戊己庚辛壬癸", signed=False)

        assert [one.level for one in found] == [Level.ERROR] * 3

    def test_ones_own_do_not_hide_that_of_another(self):
        text = self.FORM.format("云岭乡")
        own = [
            d.Document.from_text(text[n:], f"{n}.txt", organisation="云岭乡")
            for n in range(1, 5)
        ]
        other = d.Document.from_text(text[12:], "他.txt", organisation="河湾镇")

        report = checked(text, *own, other, organisation="云岭乡")

        found = [one for one in report.findings if one.rule == "COPY002"]
        assert [one.facts["path"] for one in found if one.level is Level.ERROR] == [
            "他.txt"
        ]
        assert len(found) == 4

    def test_of_several_each_is_told(self):
        near = d.Document.from_text(self.FORM.format("云岭乡"), "丙.txt")
        far = d.Document.from_text(self.FORM.format("云岭乡")[20:], "甲.txt")

        report = checked(self.FORM.format("云岭乡"), far, near)

        found = [one for one in report.findings if one.rule == "COPY002"]
        assert {one.message for one in found} == {"COPY002.several"}
        assert sorted(one.facts["path"] for one in found) == ["丙.txt", "甲.txt"]


def test_a_text_of_three_sources_is_told():
    parts = [
        "渡口边的旧粮仓改成了阅览室，志愿者轮流值守，孩子们放学后多了一个去处",
        "灌区管理站给每条支渠编了号，水量按亩到户，往年为争水红脸的事少了许多",
        "新办的冷库租给了合作社，鲜果错开上市时间，社员每斤多卖出好几角钱来",
    ]
    sources = [
        d.Document.from_text(f"一、情况\n{one}。", f"{n}.txt", organisation=f"第{n}镇")
        for n, one in enumerate(parts)
    ]

    report = checked("一、情况\n" + "。\n".join(parts) + "。", *sources)

    assert stated(report, "COPY003") == [""]


def test_a_paragraph_without_a_fact_is_told_and_others_are_not():
    empty = "班子成员抓落实的劲头不足，有时满足于一般性部署，跟踪问效不够及时。" * 3
    with_one = f"{empty}全年只开了3次会。"

    report = checked(f"一、问题\n{empty}\n二、情况\n{with_one}")

    assert stated(report, "VOID001") == [empty]


def test_a_paragraph_that_announces_the_headings_needs_no_fact():
    listed = (
        "按照部署，围绕加强组织建设、推动产业发展、落实民生保障三个方面，班子认真开展了对照检查，深入查摆了"
        "存在的突出问题，深刻剖析了产生问题的根源，明确了今后的努力方向和改进措施，现将有关情况报告如下。"
    )
    text = f"{listed}\n一、加强组织建设\n略。\n二、推动产业发展\n略。"
    text += "\n三、落实民生保障\n略。"

    assert stated(checked(text), "VOID001") == []


class TestHiding:
    def test_text_that_a_file_hides_is_told(self):
        white = '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>看不见</w:t></w:r>'
        gone = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏的字</w:t></w:r>"
        tiny = '<w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t>小字</w:t></w:r>'
        body = f"<w:p><w:r><w:t>正文一段话。</w:t></w:r>{white}{gone}{tiny}</w:p>"
        file = load_bytes(raw_docx(body), "a.docx", ".docx")

        report = Checker(None, today=CLOCK).check(file)

        assert stated(report, "HIDE001") == ["", "看不见", "小字"]
        assert codes(report, "HIDE001") == [
            "HIDE001.hidden",
            "HIDE001.white",
            "HIDE001.tiny",
        ]

    def test_white_on_a_colour_is_read(self):
        shade = '<w:shd w:fill="1F4E79"/><w:color w:val="FFFFFF"/>'
        body = f"<w:p><w:r><w:rPr>{shade}</w:rPr><w:t>白字蓝底</w:t></w:r></w:p>"
        file = load_bytes(raw_docx(body), "a.docx", ".docx")

        assert codes(Checker(None, today=CLOCK).check(file), "HIDE001") == []


class TestSilence:
    def remarks(self, comment, text="xx镇党委认真学习。"):
        report = checked(f"{comment}\n{text}")
        return [one.status for one in report.remarks], stated(report, "SLOT001")

    @pytest.mark.parametrize(
        ("comment", "status", "told"),
        [
            ('ignore SLOT001 reason="范本"', IgnoreStatus.USED, []),
            ('ignore SLOT001 reason="范本" until=2026-11', IgnoreStatus.USED, []),
            ("ignore SLOT001 reason=“范本”", IgnoreStatus.USED, []),
            (
                'ignore SLOT001 reason="范本" until=2026-10',
                IgnoreStatus.EXPIRED,
                ["xx"],
            ),
            (
                'ignore SLOT001 reason="范本" until=soon',
                IgnoreStatus.MISWRITTEN,
                ["xx"],
            ),
            ("ignore SLOT001", IgnoreStatus.NO_REASON, ["xx"]),
            ('ignore SLOT009 reason="范本"', IgnoreStatus.UNKNOWN_RULE, ["xx"]),
            ('ignore HIDE001 reason="范本"', IgnoreStatus.UNUSED, ["xx"]),
            ("ignore slot001 reason=范本", IgnoreStatus.USED, []),
            (
                'ignore SLOT001 reason="a" until=2027-13',
                IgnoreStatus.MISWRITTEN,
                ["xx"],
            ),
            (
                'ignore SLOT001 reason="a" until=2027-02-30',
                IgnoreStatus.MISWRITTEN,
                ["xx"],
            ),
            (
                'ignore SLOT001 reason="a" unti=2027-01',
                IgnoreStatus.MISWRITTEN,
                ["xx"],
            ),
            ('ignore reason="a"', IgnoreStatus.UNKNOWN_RULE, ["xx"]),
            ('ignore SLOT01 reason="a"', IgnoreStatus.MISWRITTEN, ["xx"]),
            ('disable SLOT001 reason="a"', IgnoreStatus.MISWRITTEN, ["xx"]),
            ('Ignore SLOT001 Reason="a"', IgnoreStatus.USED, []),
        ],
    )
    def test_a_comment_is_followed_if_it_is_written_well(self, comment, status, told):
        for name in ("detector:", "detector：", "Detector"):
            found = self.remarks(f"<!-- {name} {comment} -->")
            assert found == ([status], told)

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("- {} xx镇党委。\n- xx镇政府。", [(2, "xx")]),
            ("1. {} xx镇党委。\n2. xx镇政府。", [(2, "xx")]),
            (
                "{}\n\n| 甲 | 乙 |\n|--|--|\n| xx镇 | 略 |\n| 略 | xx乡 |\n\nxx村。",
                [(8, "xx")],
            ),
            ("| 甲 | 乙 |\n|--|--|\n| xx镇{} | 略 |\n| 略 | xx乡 |", [(4, "xx")]),
            ("```\n{}\n```\n\nxx镇党委。", [(5, "xx")]),
            ("写作 `{}` 即可：xx镇党委。", [(1, "xx")]),
        ],
    )
    def test_in_markdown_it_is_about_an_item_a_table_or_a_cell(self, text, told):
        comment = '<!-- detector: ignore SLOT001 reason="a" -->'
        file = load_bytes(text.format(comment).encode(), "a.md", ".md")

        report = Checker(None, today=CLOCK).check(file)

        found = [f for f in report.findings if f.rule == "SLOT001"]
        assert [(f.line, f.span.of(report.draft.text)) for f in found] == told

    def test_what_is_silenced_is_told_nowhere(self):
        comment = '<!-- detector: ignore {} reason="a" -->\n'
        text = (
            "青禾镇2025年对照检查材料\n{}从强化理论学习、深化作风建设、推动产业发展三个方面查摆。\n"
            "一、强化理论学习\n学习12次。\n二、深化作风建设\n检查12次。\n三、推进产业发展\n项目12个。"
        )

        assert stated(checked(text.format("")), "SELF002") == ["推动产业发展"]
        report = checked(text.format(comment.format("SELF002")))
        assert stated(report, "SELF002") == []
        assert len(report.silenced) == 1

    def test_what_is_left_of_a_residue_names_what_is_left(self):
        text = (
            "乡党委推进乡村振兴，乡亲们满意。\n"
            '<!-- detector: ignore SUBS001 reason="a" -->\n乡贤理事会6个，记得住乡愁。'
        ).replace("乡", "社区")

        (found,) = (f for f in checked(text).findings if f.rule == "SUBS001")

        assert "社区村振兴" in found.in_language("zh")
        assert "社区贤" not in found.in_language("zh")

    def test_a_comment_of_a_page_before_a_table_is_about_all_of_it(self):
        page = (
            '<p>略。</p><!-- detector: ignore SLOT001 reason="a" --><table><tr>'
            "<td>xx路</td></tr><tr><td>xx桥</td></tr></table>"
        )
        file = load_bytes(page.encode(), "a.html", ".html")

        assert stated(Checker(None, today=CLOCK).check(file), "SLOT001") == []

    def test_no_advice_is_about_what_is_silenced(self):
        empty = "班子成员抓落实的劲头不足，有时满足于一般性部署，跟踪问效不够及时。" * 3
        comment = '<!-- detector: ignore VOID001 reason="a" -->\n'

        assert checked(f"全年3次。\n{empty}").advice
        assert not checked(f"全年3次。\n{comment}{empty}").advice

    def test_what_nobody_closed_takes_no_time_and_silences_nothing(self):
        text = "XX镇" * 20_000 + "<!-- detector: ignore " * 3_000

        assert (
            Checker(None, today=CLOCK).check(d.Document.from_text(text)).remarks == ()
        )

    def test_what_is_silent_is_counted_and_kept(self):
        report = checked('<!-- detector: ignore SLOT001 reason="范本" -->\nxx镇党委。')

        (one,) = report.silenced
        assert (one.finding.rule, one.reason, one.by) == ("SLOT001", "范本", "comment")

    def test_it_is_about_one_paragraph(self):
        text = 'xx镇。<!-- detector: ignore SLOT001 reason="范本" -->\nxx乡党委。'

        assert stated(checked(text), "SLOT001") == ["xx"]

    def test_before_any_text_it_is_about_the_document_too(self):
        twin = d.Document.from_text(LAST, "twin.txt")
        comment = '<!-- detector: ignore COPY002 reason="转发" -->\n'

        report = checked(comment + LAST, twin)

        assert stated(report, "COPY002") == []
        assert [one.finding.rule for one in report.silenced] == ["COPY002"]

    def test_the_comment_itself_is_not_counted(self):
        plain = checked("青禾镇党委认真学习。")
        marked = checked(
            '<!-- detector: ignore SLOT001 reason="a" -->\n青禾镇党委认真学习。'
        )

        assert marked.ledger.counted == plain.ledger.counted

    def test_the_configuration_is_counted_too(self):
        options = d.Config.from_mapping({"rules": {"ignore": ["slot001"]}})

        report = d.check(d.Document.from_text("xx镇党委。"), config=options)

        assert stated(report, "SLOT001") == []
        assert [one.by for one in report.silenced] == ["configuration"]

    def test_a_comment_of_a_page_is_heard(self):
        comment = '<!-- detector: ignore SLOT001 reason="a" -->'
        for page in (
            f"<p>甲。</p>{comment}<p>xx镇党委。</p>",
            f"{comment}<!DOCTYPE html><html><body><p>xx镇党委。</p></body></html>",
        ):
            file = load_bytes(page.encode(), "a.html", ".html")
            assert stated(Checker(None, today=CLOCK).check(file), "SLOT001") == []


def test_a_comparison_has_only_the_rules_of_pairs():
    draft = d.Document.from_text("xx镇党委认真学习。", "a.txt")

    assert d.compare(draft, d.Document.from_text("略。", "b.txt")).findings == ()


class TestWhatToRewrite:
    def test_copies_come_first_with_the_facts_to_verify(self):
        source = d.Document.from_text(
            f"一、情况\n{LAST}", "b.txt", organisation="云溪镇"
        )

        report = checked(f"一、情况\n{LAST}", source, organisation="青禾镇")

        first = report.advice[0]
        assert (first.code, first.source) == ("W101", "b.txt")
        assert "12.7万人次" in [span.of(report.draft.text) for span in first.kept]
        assert "when" in first.lacks

    def test_problems_without_a_measure_are_named(self):
        text = (
            "一、存在问题\n（一）信访积案化解不力\n略。\n（二）渠系养护经费短缺\n略。\n"
            "二、整改措施\n（一）推进信访积案包联\n逐件包联化解信访积案。"
        )

        answers = checked(text).answers

        assert [one.measure is None for one in answers] == [False, True]
