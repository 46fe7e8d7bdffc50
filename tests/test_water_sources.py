"""Sources, outfalls and zero-discharge blocks loaded: what counts as closed, and what is told apart."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analytics import queries
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from ui.cards import Card
from ui.page import PageRequest
from ui.water import sources as page

pytestmark = pytest.mark.slow

SOURCES = "污染源编码,污染源名称,类型,河道,所在村社,整治状态,发现日期,限期,完成日期,验收日期\n"
OUTFALLS = "排口编码,排口名称,河道,所在村社,排口类型,整治状态,晴天排水,发现日期,限期,完成日期,凭据\n"
BLOCKS = "区块编码,区块名称,区块类型,所在村社,建设阶段,应接户数,已接户数,查出问题数,已改问题数,上报日期,验收日期\n"
FOUR = (
    "P-1,甲,煤炭,R,V-1,已验收,2014-01-01,2014-02-01,2014-01-20,2014-02-10\n"
    "P-2,乙,煤炭,R,V-1,反弹,2014-01-01,2014-02-01,2014-01-20,\n"
    "P-3,丙,煤炭,R,V-2,整治中,2014-01-01,2014-02-11,,\n"
    "P-4,丁,煤炭,R,,未启动,2014-01-05,,,\n"
)


@pytest.fixture
def river(store) -> Store:
    """A database of one river and two villages."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nR,一号河,村级,河流")
    load_without_errors(store, "village", "村社编码,村社名称\nV-1,一村\nV-2,二村")
    return store


def test_accepted_and_relapsed_sources_are_counted_apart(river):
    """Of four one is closed and accepted, one relapsed and therefore open: 1 of 4."""
    load_without_errors(river, "source", SOURCES + FOUR)
    [row] = metric_rows(river, "source_closure", "2014-03-01")
    assert (row["closed"], row["registered"], row["accepted"], row["relapsed"]) == (1, 4, 1, 1)
    assert (row["rate"], row["overdue"]) == (25, 2)


@pytest.mark.quick
def test_the_state_is_that_of_the_day(river):
    """Before its acceptance a source is 已完成, before its closing only 尚未完成, and nothing later is shown."""
    load_without_errors(river, "source", SOURCES + FOUR)
    for day, state, closed in (("2014-01-10", "尚未完成", None), ("2014-02-01", "已完成", "2014-01-20")):
        row = next(r for r in metric_rows(river, "source_list", day) if r["source"] == "甲")
        assert (row["state"], pd.isna(row["accepted_on"])) == (state, True)
        assert pd.isna(row["closed_on"]) if closed is None else row["closed_on"] == pd.Timestamp(closed)
    assert [r["state"] for r in metric_rows(river, "source_list", "2014-02-10") if r["source"] == "甲"] == ["已验收"]


@pytest.mark.quick
def test_the_map_knows_no_more_than_its_day(river):
    """A source closed on the 20th and accepted in February is 尚未完成 on the 10th, and has no day of closing then."""
    load_without_errors(river, "source", SOURCES + FOUR)
    with river.read() as con:
        shown = [
            queries.run_query(con, "water.source_map", as_of=date(2014, m, d)).set_index("source").loc["甲"]
            for m, d in ((1, 10), (1, 20), (2, 10))
        ]
    assert [(s["state"], pd.isna(s["closed_on"])) for s in shown] == [
        ("尚未完成", True),
        ("已完成", False),
        ("已验收", False),
    ]


def test_the_worst_source_stands_first(river):
    """28 days overdue before 18, what is not due before what is closed; an open one without a date has no days."""
    load_without_errors(river, "source", SOURCES + FOUR)
    listed = metric_rows(river, "source_list", "2014-03-01")
    assert [r["source"] for r in listed] == ["乙", "丙", "丁", "甲"]
    assert [r["days_overdue"] for r in listed[:2]] == [28, 18]
    assert all(pd.isna(r["days_overdue"]) for r in listed[2:])


def test_a_relapsed_source_without_a_day_is_relapsed(river):
    """A source may be said to have relapsed without the day on which it had been closed."""
    load_without_errors(river, "source", SOURCES + "P,甲,煤炭,R,V-1,反弹,2014-01-01,,,\n")
    assert [r["state"] for r in metric_rows(river, "source_list", "2014-03-01")] == ["反弹"]


def test_villages_add_up_to_the_whole(river):
    """Each source and outfall counts in one village, those without one in a row of their own."""
    load_without_errors(river, "source", SOURCES + FOUR)
    load_without_errors(river, "outfall", OUTFALLS + "O-1,甲,R,V-1,生活,未整治,是,2014-01-01,,,\n")
    villages = metric_rows(river, "source_by_village", "2014-03-01")
    assert {r["village"]: (r["closed"], r["registered"]) for r in villages if not pd.isna(r["village"])} == {
        "一村": (1, 2), "二村": (0, 1),
    }  # fmt: skip
    assert sum(r["registered"] for r in villages) == 4
    [first] = [r for r in villages if r["village"] == "一村"]
    assert (first["outfalls"], first["outfalls_closed"], first["dry"], first["outfall_rate"]) == (1, 0, 1, 0)
    assert villages[0]["village"] == "一村"


def test_flow_in_dry_weather_is_not_counted_where_nobody_looked(river):
    """Of two outfalls of a village none was looked at: no count, not 0; a village without outfalls has 0."""
    load_without_errors(river, "source", SOURCES + FOUR)
    load_without_errors(
        river, "outfall", OUTFALLS + "".join(f"O-{n},口,R,V-1,生活,未整治,,2014-01-01,,,\n" for n in "12")
    )
    found = {row["village"]: row for row in metric_rows(river, "source_by_village", "2014-03-01")}
    assert (pd.isna(found["一村"]["dry"]), found["一村"]["dry_unknown"], found["二村"]["dry"]) == (True, 2, 0)


THREE = (
    "O-1,甲,R,V-1,生活,已封堵,否,2014-01-01,2014-03-01,2014-02-01,验收单\n"
    "O-2,乙,R,V-1,生活,已纳管,是,2014-01-01,2014-03-01,2014-02-20,\n"
    "O-3,丙,R,V-1,生活,整治中,,2014-01-01,2014-02-01,,\n"
)


def test_an_outfall_closed_without_evidence_is_told(river):
    """Sealed with evidence, connected without, one open: 2 of 3 closed, one flows in dry weather, one is not known."""
    load_without_errors(river, "outfall", OUTFALLS + THREE)
    [row] = metric_rows(river, "outfall_closure", "2014-03-03")
    assert (row["closed"], row["registered"], row["with_evidence"], row["without_evidence"]) == (2, 3, 1, 1)
    assert (row["dry"], row["dry_unknown"], row["overdue"]) == (1, 1, 1)
    [before] = metric_rows(river, "outfall_closure", "2014-02-10")
    assert (before["closed"], before["without_evidence"]) == (1, 0)


def test_the_worst_outfall_stands_first(river):
    """The overdue one first; of the closed ones that which still flows in dry weather."""
    load_without_errors(river, "outfall", OUTFALLS + THREE)
    listed = metric_rows(river, "outfall_list", "2014-03-03")
    assert [(r["outfall"], r["is_closed"]) for r in listed] == [("丙", False), ("乙", True), ("甲", True)]
    assert listed[0]["days_overdue"] == 30


TWO = (
    "B-1,甲,行政村,V-1,验收,100,80,10,9,2014-06-01,2014-05-01\n"
    "B-2,乙,行政村,V-1,施工,300,20,30,1,2014-06-02,\n"
    "B-3,丙,行政村,V-2,排查,,,,,2014-06-02,\n"
)


def test_blocks_accepted_over_registered(river):
    """One of three is accepted; 10 of 40 defects are mended, the block that reports none is left out of them."""
    load_without_errors(river, "zero_discharge", BLOCKS + TWO)
    [row] = metric_rows(river, "zero_discharge")
    assert (row["blocks_accepted"], row["blocks"]) == (1, 3)
    assert (row["defects_fixed"], row["defects_found"], row["defect_rate"]) == (10, 40, 25)
    assert [r["phase"] for r in metric_rows(river, "zero_discharge_list")] == ["排查", "施工", "验收"]


def test_connections_are_sums_and_blocks_and_plants_stay_apart(river):
    """100 of 400 in the blocks of a village is 25 %, not the mean of 80 % and 7 %; the plant's households are not
    added, and a block without numbers is left out and counted."""
    load_without_errors(river, "zero_discharge", BLOCKS + TWO)
    load_without_errors(river, "plant", "厂站编码,厂站名称,所在村社,设计能力,应接户数,已接户数\nT,站,V-1,10,50,50")
    listed = {(r["ledger"], r["village"]): r for r in metric_rows(river, "connection_rate", "2014-06-30")}
    block, plant = listed["零直排区块", "一村"], listed["微型污水处理厂", "一村"]
    assert (block["households_connected"], block["households_design"], block["rate"]) == (100, 400, 25)
    assert plant["rate"] == 100
    other = listed["零直排区块", "二村"]
    assert (other["counted"], other["uncounted"], pd.isna(other["rate"])) == (0, 1, True)


@pytest.mark.parametrize("as_of", ["2013-08-01", "2013-12-31", "2014-03-31", "2014-06-30"])
def test_no_share_of_sources_or_outfalls_passes_100(sample_store, as_of):
    """On any day every share of the sample is between 0 and 100 %, and the sums of villages and rivers agree."""
    for name in ("source_closure", "outfall_closure", "source_by_village"):
        assert metric_result(sample_store, name, as_of).rows["rate"].dropna().between(0, 100).all()
    by_village = metric_result(sample_store, "source_by_village", as_of).rows
    for name, one, all_of in (
        ("source_closure", "closed", "registered"),
        ("outfall_closure", "outfalls_closed", "outfalls"),
    ):
        by_river = metric_result(sample_store, name, as_of).rows
        assert by_village[one].sum() == by_river["closed"].sum()
        assert by_village[all_of].sum() == by_river["registered"].sum()


def title_on(store: Store, as_of: str) -> str:
    names = ("source_closure", "outfall_closure", "source_list", "outfall_list")
    closure, outfalls, source_list, outfall_list = (metric_result(store, name, as_of) for name in names)
    places = page.listed_places(source_list.rows, outfall_list.rows, NO_DUTIES)
    return page.sources_title(closure, outfalls, places).zh


NO_DUTIES = pd.DataFrame({"river_id": [], "post": []})


def test_the_title_counts_what_is_open_overdue_and_relapsed(sample_store):
    """The title of the sample: ten open, four overdue, one relapsed, nine outfalls, three overdue, and the longest."""
    assert title_on(sample_store, "2014-06-30") == (
        "10 处污染源未整治，4 处逾期，1 处反弹；9 个排口晴天排水；3 个排口逾期；最久的是示例二号河洗车1号，逾期 122 天"
    )


def test_without_anything_overdue_the_title_names_nothing(river):
    """Before the first due day the title counts what is open and names no source as the longest overdue."""
    load_without_errors(river, "source", SOURCES + FOUR)
    assert title_on(river, "2014-01-10") == "4 处污染源未整治，0 处逾期，0 处反弹；没有登记排口"


def cards_on(store: Store, as_of: str) -> list[Card]:
    """Return the cards of the page, and those of its folded connections."""
    names = ("source_closure", "outfall_closure", "zero_discharge", "connection_rate", "plant_connection")
    closure, outfalls, blocks, connections, plants = (metric_result(store, name, as_of) for name in names)
    listed = metric_result(store, "outfall_list").rows
    with store.read() as con:
        shown = page.source_cards(PageRequest(con), closure, outfalls, listed, blocks)
    return [*shown, *page.connection_cards(connections, blocks, plants)]


def test_the_cards_bear_both_counts(sample_store):
    """Sources, outfalls, dry weather, blocks and connections each say part and whole."""
    cards = cards_on(sample_store, "2014-06-30")
    assert [card.value.zh for card in cards] == ["65.5 %", "60.0 %", "9 / 25 个排口", "33.3 %", "67.2 %", "73.6 %"]
    assert "19 / 29 处" in [line.zh for line in cards[0].below]


def test_a_card_of_nothing_known_is_no_zero(river):
    """Outfalls never looked at in dry weather, blocks without defects: “–” with how many are not known, no 0."""
    load_without_errors(river, "outfall", OUTFALLS + THREE.splitlines()[2])
    load_without_errors(river, "zero_discharge", BLOCKS + TWO.splitlines()[2])
    said = [(card.value.zh, [line.zh for line in card.below]) for card in cards_on(river, "2014-06-30")]
    assert said[0] == ("–", ["没有数据"])
    assert (said[2][0], said[2][1][0]) == ("– / 1 个排口", "1 个没查晴天有没有水")
    assert said[3][1][1:3] == ["问题整改 –（– / –）", "1 个区块没有问题数，不计入整改"]
    assert (said[4][0], said[4][1][:2]) == ("–", ["– / – 户", "1 处缺户数，不计入"])


def test_bars_part_each_kind_by_state(sample_store):
    """The parts of all bars add up to all sources, and a village that is not given has a name."""
    listed = metric_result(sample_store, "source_list", "2014-06-30").rows
    for by in ("kind", "village"):
        counts = page.state_counts(listed, by)
        assert counts["n"].sum() == len(listed)
        assert counts.drop(columns=["open", "n"]).sum(axis=1).equals(counts["n"])
    assert "未登记村社" in counts.index


def test_every_part_of_a_bar_bears_its_sign_and_its_count(sample_store):
    """The part of a state says how many they are with the sign of the legend, so that no colour stands alone."""
    listed = metric_result(sample_store, "source_list", "2014-06-30").rows
    bars = BeautifulSoup(page.state_bars(page.SOURCES, listed, "kind", page.SOURCE_STATES), "html.parser")
    parts = [part.text.split() for part in bars.select(".fl-stack b")]
    assert sum(int(count) for _, count in parts) == len(listed)
    assert {sign for sign, _ in parts} == {mark.text for mark in bars.select(".fl-legend b")}


def test_the_list_joins_sources_and_outfalls_by_their_days_overdue(river):
    """What is 30 days overdue stands before what is 20, be it source or outfall; each has its river's first chief."""
    load_without_errors(river, "source", SOURCES + FOUR)
    load_without_errors(river, "outfall", OUTFALLS + THREE)
    sources, outfalls = (metric_result(river, name, "2014-03-03").rows for name in ("source_list", "outfall_list"))
    duties = pd.DataFrame({"river_id": ["R", "R", "S"], "post": ["街道级河长", "村级河长", "别的河长"]})
    places = page.listed_places(sources, outfalls, duties)
    assert [(r.ledger, r.code) for r in places.itertuples()][:4] == [
        ("source", "P-2"), ("outfall", "O-3"), ("source", "P-3"), ("source", "P-4"),
    ]  # fmt: skip
    assert set(places["chief"]) == {"街道级河长"}
