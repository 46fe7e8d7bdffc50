"""The overview of 招商引资: what moved, what is stuck, which money counts, what the targets lack."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words
from ui import formats
from ui.investment import overview, target_money

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

FILE = "investment/overview.py"
DAY = "2014-06-24"
NEWEST = "2014-06-30"  # of the ledgers of 招商引资; those of the projects end two days before
PROJECTS = "项目编码,项目名称,项目类别,总投资\n"
FUNDS = {"label": target_money.money_goals(pd.DataFrame(columns=["metric"]), [])[1]["label"]}


@pytest.mark.quick
def test_the_title_counts_what_is_stuck_and_names_the_longest(sample_store) -> None:
    """The parts of the title add up to what is stuck, and the first of the list is the one that it names."""
    app = open_app(FILE)
    rows = metric_result(sample_store, "stuck_projects", NEWEST).rows
    stuck = rows[rows["is_stuck"]]
    firsts = stuck["reasons"].str.split(",").str[0].value_counts()
    title = page_title(app)
    assert title.startswith(f"{len(stuck)} 个项目卡住（{firsts['用地超期']} 个过约定动工日期未动工，")
    assert sum(map(int, firsts)) == len(stuck)
    worst = stuck.iloc[0]
    assert f"最久的{worst['project']}已 {worst['days_stuck']:.0f} 天" in title
    assert list_rows(app)[0][0] == worst["project"]


def test_all_pages_are_of_one_day(sample_store) -> None:
    """Late land, tasks of a playbook fallen due: each has one figure on the overview, its own page and the card."""
    (late,) = [row for row in metric_rows(sample_store, "land_clocks", NEWEST) if row["parcel_id"] == "LAND-S07"]
    told = f"{late['days_overdue']} 天"
    assert f"用地超期 {told}" in page_words(open_app(FILE))
    assert f"用地超期 {told}" in page_title(open_app("investment/project.py", project="INV-S07"))
    assert f"最久的示例项目庚已过 {told}" in page_title(open_app("investment/land.py"))
    tasks = metric_rows(sample_store, "playbook_punctuality", NEWEST)
    (plan,) = [row for row in tasks if row["project_id"] == "INV-YJ1"]
    assert f"已到期 {plan['due']} 项" in page_words(open_app("investment/project.py", project="INV-YJ1"))
    assert f"/ {plan['due']} 项）" in page_title(open_app("investment/playbook.py", project="INV-YJ1"))


def test_what_had_not_begun_on_a_day_is_not_under_way(sample_store) -> None:
    """Of the 79 projects 3 had a stage on the first day of 2009; the other 76 are counted apart."""
    app = open_app(FILE, as_of="2009-01-01")
    assert page_title(app).startswith("3 个在推进的项目没有卡住的")
    assert {"3 / 79 个", "没有阶段记录 76 个"} <= set(page_words(app).split("\n"))
    assert page_title(open_app(FILE, as_of="2000-01-01")) == "登记的 79 个项目都没有阶段记录"


def test_the_first_list_is_what_is_stuck(sample_store) -> None:
    """Stage and days, why, the difficulty and who leads stand in each row; each leads on.

    Late land and missed days are in red, and nothing else.
    """
    app = open_app(FILE, as_of=DAY)
    rows = {row[0]: row for row in list_rows(app)}
    assert rows["示例项目庚"][1].startswith("拿地 · 917 天")
    assert rows["示例项目庚"][2].startswith("用地超期 754 天")
    assert rows["示例项目庚"][3:5] == ["示例：投资方资金未落实", "经济发展服务中心"]
    assert "示例项目申" not in rows  # has ended
    assert f"investment-project?as_of={DAY}&project=INV-S07" in page_links(app)
    alarming = {str(row.select_one("td").get_text(strip=True)) for row in page_html(app).select("tr.fl-alarm")}
    assert alarming == {name for name, row in rows.items() if "用地超期" in row[2] or "错过" in row[2]} != set(rows)


def test_three_sentences_say_what_moved_what_is_worst_and_what_is_missing(sample_store) -> None:
    """Their figures are those of the metrics: money of the month, the worst project, what the targets lack."""
    lines = [item.get_text() for item in page_html(open_app(FILE)).select("ul.fl-list li")][:3]
    moved, worst, missing = (line.translate({0xA0: " ", 0x2011: "-", 0x2060: ""}) for line in lines)
    months = metric_result(sample_store, "money_by_month", "2014-06-30").rows
    june = months[months["month"] == "2014-06-01"].set_index("metric")["in_month"]
    assert moved.startswith("2014-06 至今：")
    assert formats.format_money(june["contract_value"]).zh in moved
    assert formats.format_money(june["funds_in_place"]).zh in moved
    assert worst.startswith("最久的：")
    assert "本期签约投资额还差 4.78 亿元，在谈" in missing
    assert "本期到位资金还差 2.40 亿元" in missing


def test_every_card_and_row_is_a_link() -> None:
    """Four cards lead to folded parts, and nothing is a chart."""
    app = open_app(FILE)
    cards = page_html(app).select(".fl-card .fl-behind")
    assert [str(card["href"]).split("open=")[1] for card in cards] == ["signed", "funds", "coverage", "all"]
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("part", ["moved", "coverage", "signed", "funds", "slipped", "all"])
def test_a_folded_part_is_sent_only_when_it_is_opened(part) -> None:
    """No table is sent until it is unfolded."""
    assert not open_app(FILE).dataframe
    assert len(open_app(FILE, open=part).dataframe) == (2 if part == "funds" else 1)


def test_the_funds_of_the_cockpit_are_explained() -> None:
    """2.60 亿元 are the receipts of the target's period that are verified, with what is left out and the last day."""
    said = page_words(open_app(FILE, open="funds", as_of=DAY))
    assert "领导驾驶舱的本期到位资金 2.60 亿元：已签约未终止的项目 2014-01-01 至 2014-06-24" in said
    assert "到位并已核实的 15 笔之和，最近一笔 2014-06-21" in said
    assert "待核实的 " in said
    assert "其余已核实的（目标期以前的、未签约或已终止项目的）" in said


def test_the_cockpit_leads_to_what_its_money_is_made_of() -> None:
    """The two targets of money on the cockpit are links to the part of this page that explains them."""
    links = page_links(open_app("overview/cockpit.py"))
    assert {"investment-overview?open=signed", "investment-overview?open=funds"} <= set(links)


@pytest.mark.parametrize("as_of", ["2013-12-31", "2014-02-28", "2014-06-30", "2015-06-30"])
def test_the_counted_receipts_add_up_to_the_figure_of_the_cockpit(sample_store, as_of) -> None:
    """On any day the receipts that count are the actual of the target of funds."""
    receipts = metric_result(sample_store, "receipts", as_of).rows
    targets = {row["target_id"]: row["actual"] for row in metric_rows(sample_store, "target_progress", as_of)}
    counted = receipts[receipts["is_counted"].astype(bool)]["amount"].sum()
    assert counted == targets.get("funds_in_place", 0)


def test_the_signed_projects_add_up_to_the_figure_of_the_cockpit() -> None:
    """The projects behind the card of signed money are worth the 5.22 亿元 that it shows, and a sentence says so."""
    app = open_app(FILE, open="signed", as_of=DAY)
    [table] = app.dataframe
    assert formats.format_money(table.value["总投资(万元)"].sum()).zh == "5.22 亿元"
    counted = f"首次到过正式签约、当日没有终止的 {len(table.value)} 个"
    assert f"领导驾驶舱的本期签约投资额 5.22 亿元：2014-01-01 至 2014-06-24 {counted}" in page_words(app)


def test_the_months_stand_beside_the_plan() -> None:
    """The months that have begun have their money and the plan, the last of the period its target."""
    bars = page_html(open_app(FILE, as_of=DAY)).select(".fl-months section")
    assert [len(each.select("li")) for each in bars] == [7, 7]
    said = bars[1].select("li")[5].get_text(" ").translate({0xA0: " ", 0x2011: "-", 0x2060: ""})
    assert "2014-06" in said
    assert "2.60 亿元 / 2.39 亿元，当月 6,260 万元" in said


def test_land_with_a_reason_or_of_an_ended_project_does_not_make_it_stuck(store) -> None:
    """Late land counts only without a reason for exemption and while the project goes on; a suspended one is stuck."""
    names = ("迟", "免责", "终止", "暂停", "按期")
    lines = "".join(f"I-{n},{name},供地类,1000\n" for n, name in enumerate(names))
    load_without_errors(store, "investment_project", PROJECTS + lines)
    load_without_errors(
        store, "stage_event", "项目,阶段,进入日期\nI-0,拿地,2014-01-01\nI-1,拿地,2014-01-01\nI-2,终止,2014-01-01\n"
        "I-3,暂停,2014-01-01\nI-4,拿地,2014-01-01"
    )  # fmt: skip
    load_without_errors(
        store, "parcel", "地块编码,项目,用地面积,约定动工日期,免责原因\nL-0,I-0,1,2014-02-01,\n"
        "L-1,I-1,1,2014-02-01,管线\nL-2,I-2,1,2014-02-01,\nL-4,I-4,1,2014-12-01,"
    )  # fmt: skip
    rows = metric_result(store, "stuck_projects", "2014-03-01").rows
    assert rows[rows["is_stuck"].astype(bool)]["project"].tolist() == ["暂停", "迟"]  # for 59 and 28 days
    assert rows["project"].iloc[-1] == "终止"


def test_a_target_that_is_behind_is_in_the_title(sample_store) -> None:
    """With nothing stuck, funds behind the time elapsed are still told, with their gap."""
    rows = metric_result(sample_store, "stuck_projects").rows.assign(is_stuck=False)
    goal = FUNDS | {"light": "滞后", "gap": -4.0}
    assert overview.title_sentence(rows, [goal]).zh.endswith("落后时间进度 4.0 个百分点")
    assert "没有卡住的" in overview.title_sentence(rows, []).zh


def test_money_without_a_target_says_that_none_is_set(store) -> None:
    """Receipts without a target count towards none, and the page says so."""
    load_without_errors(store, "investment_project", PROJECTS + "I-1,甲,供地类,1000")
    load_without_errors(
        store, "funding", "到资编码,项目,到位日期,到位金额,证明材料,已核实\nF-1,甲,2014-03-01,600,进账单,是"
    )
    receipts = metric_result(store, "receipts")
    assert not receipts.rows["is_counted"].any()
    assert target_money.counted_funds_sentence(receipts).zh == "没有下达目标"
    assert target_money.lack_sentence(metric_result(store, "target_coverage").rows).zh == "没有下达目标"


def test_a_target_that_is_reached_is_said_to_be_done(store) -> None:
    """Without anything missing there are no times, only that it is done."""
    load_without_errors(store, "investment_project", PROJECTS + "I-1,甲,供地类,1000")
    load_without_errors(store, "stage_event", "项目,阶段,进入日期\nI-1,正式签约,2014-02-01")
    load_without_errors(store, "target", "指标,开始日期,截止日期,目标值\n本期签约投资额,2014-01-01,2014-12-31,1000")
    coverage = metric_result(store, "target_coverage", "2014-06-30")
    assert target_money.lack_sentence(coverage.rows).zh == "本期签约投资额已完成"
    assert target_money.coverage_card(coverage).value.zh == "已完成"
