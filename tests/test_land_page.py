"""The page of land and idle resources: its title, the strip of clocks, the rules, one parcel, one resource."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest

from analytics.metrics import METRICS, Metric, Result
from tests.metric_helpers import load_without_errors, metric_result
from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words
from tests.test_pages import HAN, NAMES_IN_DATA
from ui.investment import land, land_cards, land_clocks
from ui.page import PageRequest
from ui.preferences import Reader, reading_as

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

DAY, FILE = datetime.date(2014, 6, 30), "investment/land.py"
NO_DAY = pd.Timestamp("NaT")


def result_of_rows(name: str, rows: list[dict[str, object]]) -> Result[Metric]:
    columns = [column.name for column in METRICS[name].columns]
    return Result(METRICS[name], DAY, DAY, pd.DataFrame(rows, columns=columns))


def parcel(**known: object) -> dict[str, object]:
    return {"project": "甲", "band": "已动工", "is_idle": False, "area": 1.0} | known


NOTHING_IDLE = result_of_rows("idle_resource_list", [])


@pytest.mark.quick
def test_the_title_counts_what_is_late_and_names_the_longest():
    """Two are late, an exempt one is not counted; one has stopped, one is due soon; each is told with its worst."""
    rows = [
        parcel(band="超期未动工", days_overdue=3),
        parcel(band="可征闲置费", days_overdue=400, project="乙", is_idle=True),
        parcel(band="可无偿收回", days_overdue=900, exempt_reason="规划调整"),
        parcel(band="停工闲置", is_idle=True, stopped_on=pd.Timestamp("2013-05-01"), days_stopped=425),
        parcel(band="临近动工", days_to_start=90),
    ]
    said = land.title_sentence(result_of_rows("land_clocks", rows), NOTHING_IDLE)
    assert said.zh == (
        "2 块地过约定动工日期未动工，最久的乙已过 400 天（可征闲置费）；1 块停工闲置，最久的甲自 2013-05-01 停工；"
        "1 块 90 天内到期"
    )
    assert "乙 longest: 400 days (idle fee may be charged)" in said.en


@pytest.mark.quick
def test_nothing_late_and_nothing_on_record_are_not_the_same():
    """Land that is all started is said to be in time; without any ledger there are no data."""
    started = result_of_rows("land_clocks", [parcel()])
    assert land.title_sentence(started, NOTHING_IDLE).zh == "没有地块过约定动工日期未动工"
    assert land.title_sentence(result_of_rows("land_clocks", []), NOTHING_IDLE).zh == "还没有数据"


@pytest.mark.quick
def test_a_register_without_resources_has_no_rate_of_0(store):
    """The cards of the summary say that nothing is on record, and those of the land that there are no data."""
    load_without_errors(store, "village", "村社编码,村社名称\nV-1,甲村")
    with reading_as(Reader()):
        cards = land_cards.land_cards(
            PageRequest(None),  # type: ignore[arg-type]
            metric_result(store, "land_clocks", "2014-06-30"),
            metric_result(store, "idle_resource_summary", "2014-06-30"),
        )
    assert {(card.value.zh, card.below[0].zh) for card in cards} == {("–", "没有数据"), ("–", "没有闲置资源登记")}


@pytest.mark.quick
@pytest.mark.parametrize(
    ("row", "said"),
    [
        (parcel(days_overdue=1.0), "已过 1 天"),
        (parcel(days_to_start=0.0), "还有 0 天"),
        (parcel(days_stopped=400.0, days_started_late=3.0), "停工 400 天"),
        (parcel(days_started_late=3.0), "晚 3 天动工"),
        (parcel(), "按期动工"),
    ],
)
def test_a_clock_is_told_in_days(row, said):
    """What is over comes before what was late once."""
    [whole] = result_of_rows("land_clocks", [row]).rows.to_dict("records")
    assert land_clocks.days_text(whole).zh == said


def test_the_sample_is_told_in_the_title_and_the_cards() -> None:
    """Three late, two stopped, one due soon, ten resources; four cards that lead to their tables."""
    app = open_app(FILE)
    assert page_title(app) == (
        "3 块地过约定动工日期未动工，最久的示例项目庚已过 760 天（可无偿收回）；"
        "2 块停工闲置，最久的示例项目甲自 2013-04-20 停工；"
        "1 块 90 天内到期；10 处资源闲置（空置 39,500 ㎡），最久的示例闲置土地A自 2009-08-31 起"
    )
    cards = page_html(app).select(".fl-card .fl-behind")
    assert [str(card["href"]).split("open=")[1] for card in cards] == ["parcels", "parcels", "resources", "resources"]
    said = page_words(app)
    for figure in (
        "3 / 13 块",
        "4 块 58.3 亩",
        "28.6 %",
        "4 / 14 处（期初 11 + 新入册 3）",
        "843 天",
        "15 处，其中已盘活 6 处",
    ):
        assert figure in said


def test_the_strip_has_each_band_with_its_days_and_parcels() -> None:
    """Seven bands, each with word, sign and count; the five of the agreed day have the days between which it lies."""
    strip = page_html(open_app(FILE)).select("[role=group]")
    assert [str(cell["aria-label"]).split("：")[0] for cell in strip] == [
        "可无偿收回", "可征闲置费", "超期未动工", "临近动工", "未到期", "停工闲置", "已动工",
    ]  # fmt: skip
    assert sum(int(str(cell.strong.get_text()).split("\u00a0")[0]) for cell in strip if cell.strong) == 13
    assert len({cell.select_one(".fl-mark").get_text() for cell in strip}) == 7
    first = strip[0].get_text(" ").replace("\u2011", "-").replace("\u00a0", " ")
    assert "约定 2012-06-30 及以前" in first
    assert "?parcel=LAND-S07" in [str(each["href"]) for each in strip[0].select("a")]


def test_the_rules_stand_on_the_page_with_their_basis() -> None:
    """Days, shares and the fee with law and article, and that one text was not checked, in both languages."""
    said = page_words(open_app(FILE))
    assert "满 365 天未动工：可征不超过出让金 20 % 的闲置费；满 730 天：可无偿收回" in said
    assert "城市房地产管理法，第26条" in said
    assert "原文没有核对" in said
    assert "the official text was not checked" in page_words(open_app(FILE, "en"))


def test_parcels_and_resources_are_listed_worst_first() -> None:
    """Breaches come first, in red; a parcel opens its clock, its project another page, a resource its own."""
    app = open_app(FILE)
    parcels, resources = list_rows(app), list_rows(app, 1)
    assert [row[0] for row in parcels[:6]] == [
        "LAND-S07",
        "LAND-S08",
        "LAND-S01B",
        "LAND-S02B",
        "LAND-S09",
        "LAND-S05B",
    ]
    assert parcels[2][4] == "建 25.0 %（4,800 / 19,200 ㎡） 投 38.0 %（1,750 万元 / 4,600 万元）"
    assert len(page_html(app).select("tr.fl-alarm")) == 5
    assert resources[0][:4] == ["示例闲置土地A", "闲置土地", "1,764 天（自 2009-08-31）", "已推介，在手册"]
    assert {"?parcel=LAND-S07", "?resource=RES-01", "investment-project?project=INV-S07"} <= set(page_links(app))


def test_a_parcel_opens_with_the_days_of_its_clock() -> None:
    """The title says how far it is; the days of fee and recall are told, and the way to its project and batch."""
    app = open_app(FILE, parcel="LAND-S08")
    assert page_title(app) == "示例项目辛地块 LAND-S08：过约定动工日期 456 天未动工（可征闲置费）"
    said = page_words(app)
    assert "可征闲置费自 2014-03-31（已过 91 天）" in said
    assert "可无偿收回自 2015-03-31（还有 274 天）" in said
    assert "investment-project?project=INV-S08" in page_links(app)
    stopped = open_app(FILE, parcel="LAND-S01B")
    assert page_title(stopped) == "示例项目甲地块 LAND-S01B：停工闲置，自 2013-04-20 停工 436 天"
    assert "停工满一年 2014-04-20（已过 71 天）" in page_words(stopped)
    assert page_title(open_app(FILE, parcel="LAND-S05")).endswith("2014-02-20 动工，按期动工")


def test_a_resource_opens_as_of_the_day() -> None:
    """On the day before its revival it is wanted, on the day it is in use; an idle one says since when."""
    assert (
        page_title(open_app(FILE, resource="RES-01"))
        == "示例闲置土地A（闲置土地）：自 2009-08-31 闲置 1,764 天，已推介"
    )
    before = open_app(FILE, resource="RES-16", as_of="2014-06-15")
    assert page_title(before) == "示例空置楼宇D（空置楼宇）：自 2013-12-31 闲置 166 天，意向"
    assert (
        page_title(open_app(FILE, resource="RES-16")) == "示例空置楼宇D（空置楼宇）：2014-06-16 盘活，此前闲置 167 天"
    )


@pytest.mark.parametrize("address", [{"parcel": "LAND-S01B"}, {"resource": "RES-01"}, {"open": "agents"}])
def test_what_a_link_opens_is_english(address) -> None:
    """One parcel, one resource and the agents hold no Chinese but what the ledgers hold."""
    left = HAN.findall(NAMES_IN_DATA.sub("", page_words(open_app(FILE, "en", **address))))
    assert set(left) <= {"原项目终止"}  # why it is idle, as the clerk wrote it


def test_a_dead_link_is_told() -> None:
    """A parcel and a resource that are none are told above the page."""
    assert "没有这个地块：L-0。" in page_words(open_app(FILE, parcel="L-0"))
    assert "没有这个闲置资源：R-0。" in page_words(open_app(FILE, resource="R-0"))


def test_tables_and_agents_are_sent_when_opened() -> None:
    """No table at first sight; the agents open with their deals, all parcels and resources with all rows."""
    assert not open_app(FILE).dataframe
    app = open_app(FILE, open="agents")
    assert "3 / 4 家上报过，推荐 33 个，成交 7 个，成交率 21.2 %" in page_words(app)
    assert len(app.dataframe[0].value) == 4
    assert len(open_app(FILE, open="parcels").dataframe[0].value) == 13
    assert len(open_app(FILE, open="resources").dataframe[0].value) == 16
