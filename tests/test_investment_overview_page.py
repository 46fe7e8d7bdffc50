"""The overview of 招商引资: what is stuck and which money counts."""

from __future__ import annotations

import pytest

from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words
from ui import formats
from ui.investment import overview

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

FILE = "investment/overview.py"
PROJECTS = "项目编码,项目名称,项目类别,总投资\n"


@pytest.mark.quick
def test_the_title_counts_what_is_stuck_and_names_the_longest() -> None:
    """Three projects with late land and one suspended are stuck; the first in the list is the one in the title."""
    app = open_app(FILE)
    assert page_title(app) == "4 个项目卡住（3 个过约定动工日期未动工，1 个暂停），最久的示例项目庚已超 754 天"
    rows = list_rows(app)
    assert [row[0] for row in rows[:4]] == ["示例项目庚", "示例项目辛", "示例项目壬", "示例项目酉"]
    assert rows[0][1:] == ["拿地 · 917 天，用地超期 754 天", "10.3 %（1,010 万元 / 9,800 万元）", "经济发展服务中心"]
    alarming = page_html(app).select("tr.fl-alarm")
    assert len(alarming) == 3


def test_projects_in_production_or_ended_are_not_among_those_under_way() -> None:
    """The list leaves out what produces or has ended."""
    listed = [row[0] for row in list_rows(open_app(FILE))]
    assert "示例项目申" not in listed
    assert "示例项目甲" not in listed


def test_every_card_and_row_is_a_link() -> None:
    """Four cards lead to folded parts, rows to their project, and nothing is a chart."""
    app = open_app(FILE)
    cards = page_html(app).select(".fl-card")
    assert [str(card["href"]).split("open=")[1] for card in cards] == ["all", "signed", "funds", "land"]
    assert "investment-project?project=INV-S07" in page_links(app)
    assert not app.get("plotly_chart")


def test_the_funds_of_the_cockpit_are_explained() -> None:
    """2.60 亿元 are the receipts of the target's period that are verified, with what is left out and the last day."""
    said = page_words(open_app(FILE))
    assert "领导驾驶舱的本期到位资金 2.60 亿元：已签约未终止的项目 2014-01-01 至 2014-06-24" in said
    assert "到位并已核实的 15 笔之和，最近一笔 2014-06-21" in said
    assert "待核实的 1.78 亿元、其余已核实的（目标期以前的、未签约或已终止项目的）53.77 亿元 不计" in said


@pytest.mark.parametrize("as_of", ["2013-12-31", "2014-02-28", "2014-06-30", "2015-06-30"])
def test_the_counted_receipts_add_up_to_the_figure_of_the_cockpit(sample_store, as_of) -> None:
    """On any day the receipts that count are the actual of the target of funds."""
    receipts = metric_result(sample_store, "receipts", as_of).rows
    targets = {row["metric"]: row["actual"] for row in metric_rows(sample_store, "target_progress", as_of)}
    counted = receipts[receipts["is_counted"].astype(bool)]["amount"].sum()
    assert counted == targets.get("funds_in_place", 0)


def test_the_signed_projects_add_up_to_the_figure_of_the_cockpit() -> None:
    """The projects behind the card of signed money are worth the 5.22 亿元 that it shows."""
    [table] = open_app(FILE, open="signed").dataframe
    assert formats.format_money(table.value["总投资(万元)"].sum()).zh == "5.22 亿元"
    assert "5.22 亿元" in page_words(open_app(FILE))


def test_a_folded_part_is_sent_only_when_it_is_opened() -> None:
    """No table is sent until it is unfolded; the funds open with their receipts, their rates, and those unknown."""
    assert not open_app(FILE).dataframe
    app = open_app(FILE, open="funds")
    assert len(app.dataframe) == 2
    said = page_words(app)
    assert "59 个签约未终止的项目到位 45.9 %（55.96 亿元 / 121.98 亿元）" in said
    assert "其中 5 个没有到资记录，1 个只有待核实的到资，总投资都计入分母" in said


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
    rows = metric_result(store, "project_list", "2014-03-01").rows
    assert rows[rows["is_stuck"].astype(bool)]["project"].tolist() == ["迟", "暂停"]
    assert rows["project"].iloc[-1] == "终止"


def test_a_target_that_is_behind_is_in_the_title(sample_store) -> None:
    """With nothing stuck, funds behind the time elapsed are still told, with their gap."""
    rows = metric_result(sample_store, "project_list").rows.assign(is_stuck=False)
    goal = {"label": overview.FUNDS, "light": "滞后", "gap": -4.0}
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
    assert overview.counted_funds_sentence(receipts).zh == "没有下达目标"
