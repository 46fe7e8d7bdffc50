"""The page of signing: which project it opens on, what it says of one, and where it leads."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analytics.metrics import LISTINGS
from analytics.status import status_lights
from tests.metric_helpers import load_without_errors, metric_result
from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words
from ui.demolition import household_squares, signing
from ui.demolition.signing_project import project_sentence
from ui.markup import percent_of_bar

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

FILE = "demolition/signing.py"
PROJECT = "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\n"


def title_of(store, as_of):
    found = metric_result(store, "signing_rate", as_of)
    return signing.title_sentence(found.rows, status_lights(found.rows, found.as_of)).zh


@pytest.mark.quick
def test_the_page_opens_on_the_project_past_its_deadline() -> None:
    """The title names the project past its deadline with its household left, not the lowest one, which is ahead."""
    app = open_app(FILE)
    assert page_title(app) == (
        "1 / 8 个征迁项目落后；最急的示例征迁项目三已过截止 122 天，签约 98.1 %，还差 1 户；"
        "另有 1 个按近 7 天速度签不完"
    )
    assert [row[0].split()[-1] for row in list_rows(app)][:3] == ["示例征迁项目三", "示例征迁项目一", "示例征迁项目二"]
    assert "◆" in list_rows(app)[0][0]
    assert [row.get("class") for row in page_html(app).select("tbody tr")] == [["fl-alarm"], None, None]


def test_a_row_holds_both_counts_households_left_days_and_pace() -> None:
    """91 of 120 signed, 29 left in 31 days are 0.94 a day, 5 in the last 7 days 0.71: too slow; and who leads it."""
    row = list_rows(open_app(FILE))[1]
    assert row[1:] == ["75.8 %（91 / 120 户）", "29", "还剩 31 天", "0.94 / 0.71 按近 7 天速度签不完", "征地拆迁办公室"]


def test_every_card_and_row_of_the_overview_is_a_link() -> None:
    """Four cards lead to folded parts, every row to its project, and none of this is a chart."""
    app = open_app(FILE)
    cards = page_html(app).select(".fl-card .fl-behind")
    assert len(cards) == 4
    assert all("open=" in str(card["href"]) for card in cards)
    links = page_links(app)
    assert all(f"?project={code}" in links for code in ("DEM-S1", "DEM-S2", "DEM-S3"))
    assert "?project=DEM-BH" in page_links(open_app(FILE, open="complete"))
    assert not app.get("plotly_chart")


def test_a_project_of_the_link_has_a_page_of_its_own() -> None:
    """?project=DEM-S1 tells counts, households and days left, draws its curve alone, and leads back."""
    app = open_app(FILE, project="DEM-S1")
    assert page_title(app) == "示例征迁项目一签约 75.8 %（91 / 120 户），还差 29 户，还剩 31 天"
    assert len(app.get("plotly_chart")) == 1
    said = page_words(app)
    assert "已腾空" in said
    assert "17.5 %（21 / 120 户）" in said
    assert "补偿方式：货币补偿 40 户" in said
    assert "产权调换 · 示例安置小区一" in page_words(open_app(FILE, project="DEM-S1", open="mix"))
    assert "?" in page_links(app)


def test_the_project_of_the_article_is_fully_signed() -> None:
    """市北环快速路 reads 100 % with both counts, needs nothing a day, and 59 households took money."""
    app = open_app(FILE, project="DEM-BH")
    assert "货币补偿 59 户" in page_words(app)
    assert "签约 100.0 %（86 / 86 户），已签完" in page_title(app)
    assert "–" in page_words(app)


def test_only_a_past_project_leads_to_its_own_back_test() -> None:
    """What still runs was not forecast again, so its link leads to all back-tests and not to an unknown project."""
    running, past = (
        [href for href in page_links(open_app(FILE, project=code)) if "backtest" in href]
        for code in ("DEM-S1", "DEM-S3")
    )
    assert running
    assert not any("project=" in href for href in running)
    assert any("project=DEM-S3" in href for href in past)


def test_an_unknown_project_in_the_link_is_told() -> None:
    """A dead link shows all projects and says that there is no such project."""
    said = page_words(open_app(FILE, project="NOPE"))
    assert "没有这个征迁项目：NOPE。" in said
    assert "示例征迁项目一" in said


def test_a_folded_table_is_sent_only_when_it_is_opened() -> None:
    """The overview sends no table until one is unfolded."""
    assert not open_app(FILE).dataframe
    [table] = open_app(FILE, open="left").dataframe
    assert "每天需签(户)" in table.value.columns


def test_2499_of_2500_households_are_not_100_percent(store) -> None:
    """99.96 % is told as 99.96 %, and its bar is not full."""
    load_without_errors(store, "demolition_project", PROJECT + "D,甲,拆违,2500,2014-01-01,2014-01-31")
    load_without_errors(store, "household", "户编号,项目\n" + "".join(f"H-{n},D\n" for n in range(2499)))
    load_without_errors(
        store, "agreement", "户编号,签约日期,补偿方式\n" + "".join(f"H-{n},2014-01-05,货币补偿\n" for n in range(2499))
    )
    row = metric_result(store, "signing_rate", "2014-01-20").rows.iloc[0]
    assert project_sentence(row).zh == "甲签约 99.96 %（2,499 / 2,500 户），还差 1 户，还剩 11 天"
    assert percent_of_bar(row["rate"]) < 100


def test_of_two_projects_past_their_deadline_the_longest_over_comes_first(store) -> None:
    """The project that is 30 days over stands before one that is 10 days over and further behind."""
    lines = "A,甲,拆违,10,2014-01-01,2014-02-28\nB,乙,拆违,10,2014-01-01,2014-03-20\nC,丙,拆违,10,2014-03-01,2014-12-31"
    load_without_errors(store, "demolition_project", PROJECT + lines)
    load_without_errors(store, "household", "户编号,项目\nH-1,A\nH-2,C")
    load_without_errors(store, "agreement", "户编号,签约日期,补偿方式\nH-1,2014-01-05,货币补偿")
    found = metric_result(store, "signing_rate", "2014-03-30").rows
    assert found["project"].tolist() == ["甲", "乙", "丙"]
    assert title_of(store, "2014-03-30").startswith("3 / 3 个征迁项目落后；最急的甲已过截止 30 天")


def test_projects_on_plan_are_said_to_be_on_plan(store) -> None:
    """With nobody behind the title says so, on the last day of the period it is due, and without projects nothing."""
    load_without_errors(store, "demolition_project", PROJECT + "A,甲,拆违,2,2014-01-01,2014-01-31")
    load_without_errors(store, "household", "户编号,项目\nH-1,A\nH-2,A")
    load_without_errors(store, "agreement", "户编号,签约日期,补偿方式\nH-1,2014-01-05,货币补偿")
    assert title_of(store, "2014-01-10") == "在签的 1 个征迁项目都达到序时，共还差 1 户"
    assert "今天截止" in title_of(store, "2014-01-31")
    assert signing.title_sentence(pd.DataFrame(), []).zh == "还没有数据"


def squares_of(app) -> list[str]:
    return [square.get_text() for square in page_html(app).select(".fl-squares > *")]


def test_near_the_end_every_household_is_a_square_with_its_letter() -> None:
    """Of 52 households one is left, with a decision: its square comes first, is lettered, and leads to its visits."""
    app = open_app(FILE, project="DEM-S3")
    squares = squares_of(app)
    assert (len(squares), squares[0], squares.count("决")) == (52, "决", 1)
    assert str(page_html(app).select(".fl-squares a")[0]["href"]).endswith("household=S3-037")
    assert page_html(app).select_one(".fl-big").get_text() == "1"
    assert "停在“补偿决定” 1 户" in page_words(app)


def test_the_squares_that_are_not_signed_are_the_households_left() -> None:
    """DEM-S1 has 29 squares before the first that signed, and 120 in all."""
    squares = squares_of(open_app(FILE, project="DEM-S1"))
    signed = [letter in "签审腾拆交" for letter in squares]
    assert (len(squares), signed.index(True), signed.count(False)) == (120, 29, 29)


def test_a_household_that_withdrew_is_among_those_left() -> None:
    """S2-003 withdrew: it is lettered as sent back; S2-009 signed anew and is no longer."""
    assert squares_of(open_app(FILE, project="DEM-S2")).count("退") == 1


def test_the_address_chooses_how_households_are_grouped() -> None:
    """?by=村社 lists the villages of the project, an unknown way is told."""
    rows = list_rows(open_app(FILE, project="DEM-S1", by="村社"))
    assert sorted(row[0] for row in rows) == ["示例村C", "示例社区D"]
    assert sum(int(row[2]) for row in rows) == 29
    assert "没有这个分组方式：NOPE" in page_words(open_app(FILE, project="DEM-S1", by="NOPE"))


def test_a_running_reward_says_who_would_lose_it() -> None:
    """The first reward of DEM-S2 ends in 15 days, and 46 households have not signed."""
    said = page_words(open_app(FILE, project="DEM-S2"))
    assert "还有 15 天" in said
    assert "46 户没签，过了 2014-07-15 就没有这一档" in said


def test_2000_households_are_not_2000_squares(store) -> None:
    """Of a large project only those not signed are squares, the one that is not registered too; the rest is a bar."""
    load_without_errors(store, "demolition_project", PROJECT + "D,甲,拆违,2000,2014-01-01,2014-01-31")
    load_without_errors(store, "household", "户编号,项目\n" + "".join(f"H-{n:04},D\n" for n in range(1999)))
    agreed = "".join(f"H-{n:04},2014-01-05,货币补偿\n" for n in range(1998))
    load_without_errors(store, "agreement", "户编号,签约日期,补偿方式\n" + agreed)
    with store.read() as con:
        steps = LISTINGS["household_steps"].compute(con, datetime.date(2014, 1, 20), project_id="D")
    row = metric_result(store, "signing_rate", "2014-01-20").rows.iloc[0]
    assert household_squares.is_near_end(row, steps.as_of)
    drawn = BeautifulSoup(household_squares.household_squares(row, steps).markup, "html.parser")
    assert [square.get_text() for square in drawn.select(".fl-squares > *")] == ["待", "?"]
    assert drawn.select_one(".fl-big").get_text() == "2"
    assert "签约 99.90" in drawn.get_text()
    assert drawn.select(".fl-stack")
