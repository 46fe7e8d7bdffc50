"""Figures of water that must not sound better, or fuller, than the ledgers are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analytics import queries
from analytics.metrics import LISTINGS
from data.store import Store
from data.text import untranslated
from tests.metric_helpers import load_without_errors, metric_result
from ui import cards
from ui.cards import Card, is_stale
from ui.map.layers import REACHES, SOURCES
from ui.overview import cockpit
from ui.overview import map as map_page
from ui.page import PageRequest
from ui.water import overview, plants, quality, sources, works
from ui.water.state_title import state_title

pytestmark = pytest.mark.slow

DAY = date(2014, 6, 30)
RIVER = "河道编码,河道名称,河道等级,水体类型\nR,一号河,村级,河流"
NOTHING = pd.DataFrame({"met": [], "closed": []})


def card_texts(card: Card) -> tuple[str, list[str]]:
    return card.value.zh, [line.zh for line in card.below]


@pytest.fixture
def dredged_store(store: Store) -> Store:
    """Give two works of dredging: 800 of 4,000 m³ done, and 1 of 2 km."""
    load_without_errors(store, "river", RIVER)
    header = "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"
    days = "2014-01-01,2014-12-31"
    load_without_errors(store, "work", f"{header}A,甲,R,清淤,4000,m³,{days}\nB,乙,R,清淤,2,km,{days}")
    load_without_errors(store, "work_progress", "工程编码,上报日期,累计完成量\nA,2014-06-01,800\nB,2014-06-01,1")
    return store


@pytest.mark.quick
def test_cubic_metres_and_kilometres_are_not_added(dredged_store):
    """800 of 4,000 m³ are 20.0 %; the 1 of 2 km stands beside it, on the river's card and on that of all works."""
    found = metric_result(dredged_store, "dredging_progress", "2014-06-30")
    beside = "另有 1 / 2 km，单位不同，不合计"
    assert card_texts(cards.spec_card(cards.DREDGING, found)) == ("20.0 %", ["800 / 4,000 m³", beside, "截至当日累计"])
    figure, below = card_texts(
        works.work_cards(
            found, metric_result(dredged_store, "works_progress"), metric_result(dredged_store, "work_forecast"), []
        )[0]
    )
    assert (figure, below[:2]) == ("20.0 %", ["800 / 4,000 m³", beside])
    said = state_title(untranslated("一号河"), NOTHING, NOTHING, found.rows)
    assert said.zh == "一号河：清淤 20.0 %（m³）、50.0 %（km）"


@pytest.mark.quick
def test_dredging_in_one_other_unit_is_shown_in_it(dredged_store):
    """Where all that is dredged is counted in km, the card and the title are of km."""
    found = metric_result(dredged_store, "dredging_progress", "2014-06-30", quantity_unit="km")
    assert card_texts(cards.spec_card(cards.DREDGING, found)) == ("50.0 %", ["1 / 2 km", "截至当日累计"])
    assert state_title(untranslated("一号河"), NOTHING, NOTHING, found.rows).zh == "一号河：清淤 50.0 %"


def test_households_that_nobody_counted_are_no_0_percent(store):
    """A plant made for 10 households whose connections are not filled in has no rate, on any page."""
    load_without_errors(store, "village", "村社编码,村社名称\nV,一村")
    header = "厂站编码,厂站名称,所在村社,设计能力,投运日期,应接户数,已接户数\n"
    load_without_errors(store, "plant", f"{header}P,站,V,10,2014-01-01,10,")
    card = plants.connection_card(metric_result(store, "plant_connection"))
    by_ledger = metric_result(store, "connection_rate", "2014-06-30")
    assert card_texts(card) == ("–", ["1 座没有数据，不计入", "截至当日累计"])
    assert card_texts(cards.spec_card(overview.CONNECTION, by_ledger))[0] == "–"


WORK = "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"
LATE = pd.DataFrame(
    {
        "kind": ["目标"],
        "item_id": ["leak_fix"],
        "item": ["漏水设施修复率"],
        "gap": [-2.5],
        "is_level": [True],
        "scope_name": [None],
    }
)


def test_nothing_behind_is_not_all_on_plan():
    """With something unknown, or nothing at all to compare, the cockpit does not say that all is well; a late target is
    named with what it is behind."""
    none = LATE.head(0)
    assert cockpit.title_sentence(none, is_all_on_plan=True, unknown=0, count=3) == cockpit.ON_PLAN
    assert cockpit.title_sentence(none, is_all_on_plan=False, unknown=0, count=0) == cockpit.NO_PLAN
    unknown = cockpit.title_sentence(none, is_all_on_plan=False, unknown=2, count=5).zh
    assert unknown == "已知的事项都没有落后，2 项没有数据或待上报"
    late = cockpit.title_sentence(LATE, is_all_on_plan=False, unknown=0, count=3).zh
    assert late == "3 项中 1 项落后于序时，最落后的是漏水设施修复率（低于应保持的水平 2.5 个百分点）"


def test_works_that_never_reported_are_not_on_plan(store):
    """Before a work begins nothing is known of it; from its beginning on it is silent; neither is on plan."""
    load_without_errors(store, "river", RIVER)
    load_without_errors(store, "work", f"{WORK}A,甲,R,清淤,4000,m³,2014-03-01,2014-12-31")
    before, after = (metric_result(store, "works_progress", day).rows for day in ("2014-02-01", "2014-04-01"))
    assert [works.title_sentence(rows, 0).zh for rows in (before, after)] == [
        "1 项工程都还没有上报进度",
        "1 项工程已到开工日而从未上报",
    ]
    assert [overview.furthest_behind_sentence(rows).zh for rows in (before, after)] == [
        "1 项工程都还没有上报进度。",
        "1 项工程已到开工日而从未上报。",
    ]


def test_no_issue_of_a_ledger_that_is_not_there_is_not_0(store):
    """Without issues on record the card of overdue issues has no figure; with one that is settled it says 0."""
    assert card_texts(
        cards.spec_card(overview.OVERDUE_ISSUES, metric_result(store, "overdue_issues", "2014-06-30"))
    ) == (
        "–",
        ["没有数据"],
    )
    load_without_errors(store, "river", RIVER)
    load_without_errors(
        store, "issue", "问题编码,河道,发现时间,来源,问题类别,限期\nI,R,2014-01-05 08:00,河长巡河,河面,2014-01-08"
    )
    load_without_errors(store, "issue_event", "问题编码,时间,环节\nI,2014-01-05 09:00,发现\nI,2014-01-07 09:00,销号")
    found = metric_result(store, "overdue_issues", "2014-06-30", is_overdue="True")
    assert card_texts(cards.spec_card(overview.OVERDUE_ISSUES, found))[0] == "0 件"


def test_outfalls_that_nobody_registered_do_not_flow(store):
    """The title says whether outfalls are not registered, were never looked at, or flow; a card of none has a dash."""
    load_without_errors(store, "river", RIVER)
    load_without_errors(
        store, "source", "污染源编码,污染源名称,类型,河道,整治状态,发现日期\nP,甲,煤炭,R,未启动,2014-01-01"
    )
    closure = metric_result(store, "source_closure", "2014-06-30")

    def title() -> str:
        return sources.title_sentence(closure, metric_result(store, "outfall_closure", "2014-06-30")).zh

    start = "1 处污染源未整治，0 处逾期，0 处反弹；"
    assert title() == start + "没有登记排口"
    names = ("outfall_closure", "outfall_list", "zero_discharge")
    nothing, listed, blocks = (metric_result(store, name, "2014-06-30") for name in names)
    with store.read() as con:
        empty = sources.source_cards(PageRequest(con), closure, nothing, listed.rows, blocks)
    assert [card_texts(card) for card in empty[1:3]] == [("–", ["没有数据"])] * 2
    header = "排口编码,排口名称,河道,排口类型,整治状态,发现日期,晴天排水\n"
    load_without_errors(store, "outfall", header + "O,排口,R,生活,未整治,2014-01-01,")
    assert title() == start + "排口都没查晴天有没有水"
    load_without_errors(store, "outfall", header + "O,排口,R,生活,未整治,2014-01-01,否")
    assert title() == start + "0 个排口晴天排水"


def test_reaches_without_a_course_or_a_class_are_counted(store):
    """Two reaches without a course stand in the list, not on the map; without data none is said to be clean."""
    load_without_errors(store, "river", RIVER)
    load_without_errors(store, "reach", "河段编码,河段名称,河道\nR1,一段,R\nR2,二段,R")
    with store.read() as con:
        reaches, none = (LISTINGS[f"{name}_map"].compute(con, DAY) for name in ("reach", "source"))
    judged = replace(reaches, rows=reaches.rows.assign(class_rank=[6, None]))
    assert reaches.rows["reach"].tolist() == ["一段", "二段"]
    assert map_page.title_sentence(reaches, none, []).zh == "没有登记污染源；2 段河道近来都没有水质数据"
    assert map_page.title_sentence(judged, none, []).zh.endswith("1 段有水质数据的河道中 1 段劣Ⅴ类")
    missing = map_page.undrawn_note([(REACHES, reaches), (SOURCES, none)])
    assert missing is not None
    assert missing.zh.startswith("河段 2")


def test_sections_without_a_target_are_not_0_of_0():
    """A month of which no section has a target says that none can be judged."""
    rows = pd.DataFrame({"month": pd.to_datetime(["2014-06-01"] * 2), "class_rank": [3, 6], "is_met": [None, None]})
    rows = rows.assign(section=["甲", "乙"], section_id=["A", "B"])
    assert quality.title_sentence(rows).zh == "2014-06：1 个断面劣Ⅴ类，没有可判定达标的断面，乙最差"
    judged = rows.assign(is_met=[None, False])
    assert quality.title_sentence(judged).zh == "2014-06：1 个断面劣Ⅴ类，0 / 1 个断面达标，乙最差"


def test_the_worst_section_is_named_only_where_something_is_wrong():
    """A section that keeps its Ⅲ is not called the worst; one beyond its target is, though none is worse than Ⅴ."""
    rows = pd.DataFrame({"month": pd.to_datetime(["2014-06-01"] * 2), "class_rank": [4, 3], "is_met": [True, True]})
    rows = rows.assign(section=["甲", "乙"], section_id=["A", "B"])
    assert quality.title_sentence(rows).zh == "2014-06：0 个断面劣Ⅴ类，2 / 2 个断面达标"
    assert quality.title_sentence(rows.assign(is_met=[True, False])).zh.endswith("1 / 2 个断面达标，乙最差")


def test_the_ledgers_are_listed_as_of_the_day(store):
    """On 3 January one of three checks is known and no repair; on the 5th two and the repair of that day; then all."""
    load_without_errors(store, "facility", "设施编码,设施名称,场所类型\nT,公厕,公厕")
    rows = ("T,2014-01-01,长流水,2014-01-05", "T,2014-01-04,滴漏,", "T,2014-02-01,滴漏,")
    load_without_errors(store, "facility_check", "设施,检查日期,检查结果,修复日期\n" + "\n".join(rows))
    with store.read() as con:
        states = [queries.ledger_state(con, day) for day in (date(2014, 1, 3), date(2014, 1, 5), None)]
    found = [state.set_index("dataset").loc["facility_check", ["rows", "newest"]].tolist() for state in states]
    assert found == [[n, pd.Timestamp(day)] for n, day in ((1, "2014-01-01"), (2, "2014-01-05"), (3, "2014-02-01"))]


def test_data_a_month_older_than_the_day_are_stale():
    """31 days are still fresh, 32 are stale; without data or a day there is nothing to be stale."""
    assert [is_stale(date(2014, 5, d), DAY) for d in (30, 29)] == [False, True]
    assert not is_stale(None, DAY)
    assert not is_stale(DAY, None)
