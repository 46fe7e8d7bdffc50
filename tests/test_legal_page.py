"""The page of legal steps: what its title counts, what is red, the marks of projects and items, one project."""

from __future__ import annotations

import pytest

from tests.metric_helpers import load_without_errors, metric_result
from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words
from tests.test_pages import HAN, NAMES_IN_DATA
from ui.demolition import legal

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

FILE = "demolition/legal.py"


@pytest.mark.quick
def test_the_title_counts_what_is_red_and_names_the_most_pressing() -> None:
    """One breach, two due within 30 days, one without a date, two items overdue; the late publication presses most."""
    app = open_app(FILE)
    assert page_title(app) == (
        "1 处违规，2 处 30 天内到期，1 处缺日期不能判定，2 项签约准备逾期；最急：示例征迁项目一征收土地公告，超 7 天"
    )
    cards = [card.get_text(" ") for card in page_html(app).select(".fl-card")]
    assert len(cards) == 4
    assert not app.get("plotly_chart")
    assert not app.dataframe


def test_the_worst_stands_first_with_its_clause_and_day_in_force() -> None:
    """The breach is red and first, then what is due soon, then what lacks a date; each names its clause."""
    app = open_app(FILE)
    rows = list_rows(app)
    assert rows[0][:4] == ["征收土地公告 示例征迁项目一", "■ 违规", "超 7 天", "2014-03-24"]
    assert "征用土地公告办法（国土资源部令第10号） 第四条" in rows[0][4]
    assert "2002-01-01 起施行" in rows[0][4]
    assert [row[2] for row in rows[1:4]] == ["还剩 7 天", "还剩 18 天", "缺起算日期"]
    alarms = ["fl-alarm" in row.get_attribute_list("class") for row in page_html(app).select(".fl-table tbody tr")]
    assert alarms == [True, *[False] * 4]
    assert {"?project=DEM-S1", "?project=DEM-S2", "?project=DEM-BH", "?open=all"} <= set(page_links(app))


def test_every_mark_of_an_item_is_told_in_words() -> None:
    """Five projects and seven items, each mark with its project, item, state and day; the others are named."""
    app = open_app(FILE)
    grid = page_html(app).select_one(".fl-grid")
    assert grid is not None
    marks = grid.select("[role=img]")
    assert len(marks) == 35
    assert "示例征迁项目一 工作方案：晚于期限完成，2014-03-12 完成" in [mark["aria-label"] for mark in marks]
    assert "3 个项目没有登记任何准备事项" in page_words(app)


def test_one_project_has_its_steps_along_time() -> None:
    """The article's project: all kept, its steps with their clauses, those that had no rule yet, and the way back."""
    app = open_app(FILE, project="DEM-BH")
    assert page_title(app) == "市北环快速路(前洋立交—世纪大道)项目：已判定的 5 个法定节点都合规"
    rows = list_rows(app)
    assert [row[1] for row in rows] == [*["● 合规"] * 5, *["– 当时尚无规定"] * 2]
    assert rows[-1][2] == "规定 2014-10-01 才施行"
    assert len(page_html(app).select(".fl-task")) == 7
    assert "?" in page_links(app)
    assert any(link.startswith("demolition-signing?project=DEM-BH") for link in page_links(app))


def test_a_project_is_judged_as_of_the_day_of_the_reader() -> None:
    """On 25 March 2014 the publication was overdue by one day, not yet late done."""
    said = page_title(open_app(FILE, project="DEM-S1", as_of="2014-03-25"))
    assert said.startswith("示例征迁项目一：1 处已逾期未办")
    assert said.endswith("最急：征收土地公告，超 1 天")


def test_an_unknown_project_is_told() -> None:
    """A dead link shows all projects and says that there is no such project."""
    said = page_words(open_app(FILE, project="NOPE"))
    assert "没有这个征迁项目：NOPE。" in said
    assert "示例征迁项目一" in said


def test_the_rules_are_read_with_their_days() -> None:
    """Unfolded, every version stands with its clause and the days between which it holds; unchecked ones say so."""
    said = page_words(open_app(FILE, open="rules"))
    assert "征收土地公告：“征地批准”起 10 个工作日内" in said
    assert "2002-01-01 至 2021-08-31 · 原文未核对" in said
    assert "浙江省国有土地上房屋征收与补偿条例 · 第14条：作出征收决定后七日内公告 · 2014-10-01 起" in said


@pytest.mark.parametrize("choices", [{}, {"project": "DEM-S2"}, {"open": "rules"}, {"open": "all"}, {"open": "homes"}])
def test_every_part_in_english_is_english(choices) -> None:
    """All projects, one, the rules and the tables hold no Chinese but names in the ledgers."""
    app = open_app(FILE, "en", **choices)
    assert not HAN.findall(NAMES_IN_DATA.sub("", page_words(app)))
    for table in app.dataframe:
        assert not [c for c in table.value.columns if HAN.search(str(c))]


def test_many_households_stay_a_few_lines(store) -> None:
    """Sixty reviews of one project are one chip with its count, and the list says how many more there are."""
    load_without_errors(store, "demolition_project", "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\n"
                        "G,甲,国有土地征收,60,2014-12-01,2015-01-31")  # fmt: skip
    load_without_errors(store, "household", "户编号,项目\n" + "\n".join(f"G-{n},G" for n in range(60)))
    steps = "\n".join(f"L-{n},G,G-{n},评估报告送达,2014-12-01" for n in range(60))
    load_without_errors(store, "legal_step", "节点编码,项目,户编号,法定步骤,完成日期\n" + steps)
    cases = metric_result(store, "legal_clocks", "2014-12-05").rows
    assert len(legal.cases_to_see_to(cases)) == 60
    assert legal.title_sentence(cases, cases.head(0), None).zh.startswith("没有违规，60 处")


def test_a_phone_counts_the_steps_of_a_project_with_nothing_to_see_to() -> None:
    """Seven chips of the project of the article are two counts on a phone; a project with a case keeps its chips."""
    html = page_html(open_app(FILE))
    assert "合规 5" in html.select(".fl-phone-only")[0].text
    assert len(html.select(".fl-wide-only")) == len(html.select(".fl-phone-only")) == 3


def test_before_the_first_step_no_heading_stands_alone() -> None:
    """On a day before all steps only the estates are known, and nothing is headed that has no rows."""
    html = page_html(open_app(FILE, as_of="2010-01-01"))
    assert not html.select("h2:not(.fl-fold)")


def test_nothing_yet_is_said(store) -> None:
    """Without a step or an item there is nothing to count."""
    cases, items = metric_result(store, "legal_clocks").rows, metric_result(store, "preparation_readiness").rows
    assert legal.title_sentence(cases, items, None).zh == "还没有数据"
