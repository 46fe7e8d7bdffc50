"""The overview of 三改一拆: what is late, the households at each step, the four steps, and one step with its lists."""

from __future__ import annotations

import re

import pytest

from data.words import STEPS
from tests.metric_helpers import metric_result
from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

FILE = "demolition/overview.py"
DAY = "2014-06-30"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.quick
def test_the_title_counts_what_is_late_and_says_what_is_left_and_what_the_law_says(sample_store) -> None:
    """The latest project with its days and households, the households left in all, the clocks that are broken."""
    rates = metric_result(sample_store, "signing_rate", DAY).rows
    [broken] = metric_result(sample_store, "plan_indicators", DAY, indicator="法定节点违规数").rows["indicator_value"]
    title = page_title(open_app(FILE))
    late = rates[rates["is_overdue"]]
    assert title.startswith(f"{len(late)} 个征迁项目过了截止没签完，最晚的示例征迁项目三已过截止 122 天，还差 1 户")
    assert f"共还差 {rates['households_left'].sum()} 户" in title
    assert title.endswith(f"法定节点违规 {broken:.0f} 处")


@pytest.mark.quick
def test_projects_not_complete_stand_latest_first_with_their_chain(sample_store) -> None:
    """The late one is red and first; behind its name the households at each of six steps, as in status_chain."""
    app = open_app(FILE)
    rows = list_rows(app)
    assert [row[0].split()[-1] for row in rows] == ["示例征迁项目三", "示例征迁项目一", "示例征迁项目二"]
    assert [
        bool(row.select("td")) and "fl-alarm" in (row.get("class") or "") for row in page_html(app).select("tbody tr")
    ] == [
        True,
        False,
        False,
    ]
    chain = metric_result(sample_store, "status_chain", DAY, project_id="DEM-S3").rows.set_index("status")["reached"]
    told = [f"{name} {chain[status]}" for name, status in (("腾空", "已腾空"), ("拆除", "已拆除"), ("交付", "已交付"))]
    assert rows[0][2] == f"总户数 52 入户 {chain['已摸底']} 签约 51 " + " ".join(told)


def test_every_step_has_a_panel_whose_items_lead_on() -> None:
    """谋 宣 疏 拆 with two to four indicators each, every one a link; and no chart."""
    app = open_app(FILE)
    panels = page_html(app).select(".fl-step")
    assert [panel.h2.a.get_text() for panel in panels] == [step.value for step in STEPS]
    assert all(2 <= len(panel.select("li")) <= 4 for panel in panels)
    assert all(item.a is not None for panel in panels for item in panel.select("li"))
    assert not app.get("plotly_chart")


def test_cards_are_four_links(sample_store) -> None:
    """Households left, the latest project, the least likely one, those not visited; each leads to what is behind."""
    app = open_app(FILE)
    cards = page_html(app).select(".fl-cards > *")
    assert [len(card.select("a.fl-behind")) for card in cards] == [1] * 4
    assert [card.select_one(".fl-label").get_text() for card in cards] == [
        *("还差户数", "最晚的项目", "按期签完的可能"),
        "超过 7\u00a0天没走访",
    ]
    assert "已签 160 / 236 户" in page_words(app)


def test_what_needs_attention_is_a_link_each_with_the_worst_first() -> None:
    """First the project that is late, then what has to be 0 and is not, then what is watched."""
    items = page_html(open_app(FILE)).select("ul.fl-list")[-1].select("li")
    assert all(item.a is not None for item in items)
    told = [item.get_text(" ") for item in items]
    assert "示例征迁项目三" in told[0]
    assert "法定节点违规数" in told[1]
    assert "应为" in told[1]
    assert all("关注" in each for each in told[2:])


def test_complete_projects_stand_in_one_line_and_folded() -> None:
    """Five are complete; all eight are in the folded table."""
    assert "已签完 5 个：市北环快速路(前洋立交—世纪大道)项目、" in page_words(open_app(FILE))
    assert "?open=all" in page_links(open_app(FILE))


@pytest.mark.parametrize(
    ("step", "page"),
    [("谋", "demolition-legal"), ("疏", "demolition-difficulties"), ("拆", "demolition-violations")],
)
def test_a_step_shows_all_its_indicators_and_leads_to_their_lists(sample_store, step, page) -> None:
    """The address names a step: every indicator with its counts, and the pages with the lists behind them."""
    app = open_app(FILE, step=step)
    assert page_title(app).startswith(f"{step}：")
    words = page_words(app)
    for row in metric_result(sample_store, "four_steps", DAY, step=step).rows.to_dict("records"):
        assert row["indicator"] in words
    assert page in "".join(page_links(app))
    assert "./" not in page_links(app)


def test_publicity_has_its_lists_here(sample_store) -> None:
    """Projects that are not complete and least reached first; kinds and months add up to the activities."""
    app = open_app(FILE, step="宣")
    assert list_rows(app)[0][0] == "示例征迁项目二"
    months = [int(cell.get_text()) for cell in page_html(app).select(".fl-monthly i")]
    listed = metric_result(sample_store, "publicity_mix", DAY).rows["activities"].sum()
    assert len(months) == 12
    assert sum(months[6:]) == listed
    assert {"?open=activities&step=%E5%AE%A3", "?step=%E5%AE%A3&open=activities"} & set(page_links(app))


def test_a_step_that_there_is_not_is_told() -> None:
    """?step=X says so and shows the overview."""
    app = open_app(FILE, step="X")
    assert "X" in page_words(app)
    assert len(page_html(app).select(".fl-step")) == 4


def test_an_earlier_day_has_its_own_figures() -> None:
    """On 1 February project 三 was still within its period, and the projects of June had not begun."""
    title = page_title(open_app(FILE, as_of="2014-02-01"))
    assert "过了截止" not in title
    assert "示例征迁项目一" not in page_words(open_app(FILE, as_of="2014-02-01"))


def test_before_there_were_projects_the_page_says_that_there_is_nothing() -> None:
    """On a day before all projects there is neither a figure nor a panel."""
    app = open_app(FILE, as_of="2000-01-01")
    assert page_title(app) == "还没有数据"
    assert not page_html(app).select(".fl-step")


def test_the_english_page_has_chinese_only_in_names() -> None:
    """Names of rows and the steps themselves are Chinese; every other word is English."""
    for link in ({}, {"step": "谋"}, {"step": "宣"}, {"step": "疏"}, {"step": "拆"}):
        for line in page_words(open_app(FILE, "en", **link)).splitlines():
            rest = re.sub(r"市北环快速路\(前洋立交—世纪大道\)项目|示例征迁项目.|中文|[谋宣疏拆]", "", line)
            assert not CHINESE.search(rest), line
