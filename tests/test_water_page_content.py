"""What the pages of 五水共治 say and draw: cards, the curve of an item, the file of a river, the news."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analytics import metrics, queries
from analytics.metrics import LISTINGS, METRICS, Result
from data.store import Store
from data.text import Text, untranslated
from tests.metric_helpers import load_without_errors
from ui import cards, phrases
from ui.cards import CardSpec
from ui.overview import map as map_page
from ui.water import overview, quality, river, section
from ui.water import works as works_page
from ui.water.state_title import state_title

pytestmark = pytest.mark.slow

DAY = date(2014, 6, 30)


def river_query_rows(store: Store, query: str, river_id: str, day: str = "2014-06-30") -> list[dict[str, Any]]:
    with store.read() as con:
        return queries.run_query(con, query, river_id=river_id, as_of=metrics.parse_date(day)).to_dict("records")


def computed_metric(store: Store, name: str, **filters: str) -> pd.DataFrame:
    with store.read() as con:
        return metrics.compute_metric(con, name, DAY, **filters).rows


def card_value_and_lines(tile: CardSpec, rows: pd.DataFrame) -> tuple[str, list[str]]:
    card = cards.spec_card(tile, Result(METRICS["source_closure"], DAY, DAY, rows))
    return card.value.zh, [line.zh for line in card.below]


RATE = CardSpec(metric="x", done="closed", total="registered", unit=Text("处", "sources"))


@pytest.mark.quick
def test_a_card_is_a_sum_over_a_sum():
    """1 of 1 and 0 of 3 are 1 of 4, 25 %, never the mean 50 %; both counts and the period stand below."""
    rows = pd.DataFrame({"closed": [1, 0], "registered": [1, 3]})
    assert card_value_and_lines(RATE, rows) == ("25.0 %", ["1 / 4 处", "截至当日累计"])


@pytest.mark.quick
def test_a_card_of_nothing_reported_is_not_0():
    """Of 15,500 m³ nothing was reported: no figure rather than 0 %; with 100 reported beside it the rest counts."""
    dug = CardSpec(metric="x", done="closed", total="registered", unit=untranslated("m³"))
    rows = pd.DataFrame({"closed": [None, None], "registered": [15000, 500]})
    assert card_value_and_lines(dug, rows) == ("–", ["– / 15,500 m³", "截至当日累计"])
    assert card_value_and_lines(dug, rows.assign(closed=[None, 155.0])) == (
        "1.0 %",
        ["155 / 15,500 m³", "截至当日累计"],
    )


def test_a_card_of_months_counts_the_newest():
    """Of May and June only June counts, and the card says so."""
    rows = pd.DataFrame({"month": pd.to_datetime(["2014-05-01", "2014-06-01"]), "closed": [5, 1], "registered": [5, 2]})
    assert card_value_and_lines(RATE, rows) == ("50.0 %", ["1 / 2 处", "2014-06"])


def test_a_card_without_rows_is_a_dash_and_says_so():
    """Nothing registered is no 0 %."""
    assert card_value_and_lines(RATE, pd.DataFrame({"closed": [], "registered": []})) == ("–", ["没有数据"])


def test_a_card_of_zero_of_zero_is_a_dash():
    """No section was judged: both counts are 0 and there is no share."""
    assert card_value_and_lines(RATE, pd.DataFrame({"closed": [0], "registered": [0]}))[0] == "–"


def test_a_card_counts_what_has_no_total():
    """A section that was never sampled stands beside the rate, not in it."""
    tile = CardSpec(
        metric="x",
        done="closed",
        total="registered",
        unit=untranslated("x"),
        missing_total_note=Text("另有 {count} 个", "{count} more"),
    )
    rows = pd.DataFrame({"closed": [9.0, None], "registered": [12.0, None]})
    assert card_value_and_lines(tile, rows) == ("75.0 %", ["9 / 12 x", "另有 1 个", "截至当日累计"])


def test_a_card_of_a_count_tells_what_stands_beside_it():
    """Without a total the figure is the sum; a column beside is told where it is not 0."""
    tile = CardSpec(metric="x", done="registered", unit=Text("处", "sources"), beside=("overdue",))
    rows = pd.DataFrame({"registered": [2, 3], "overdue": [0, 1]})
    assert card_value_and_lines(tile, rows) == ("5 处", ["逾期数 1", "截至当日累计"])


@pytest.mark.parametrize(
    "tile", [*quality.CARD_SPECS, *river.CARD_SPECS, *(t for d in overview.DIMENSIONS for t in d.card_specs)]
)
def test_every_tile_names_columns_of_its_metric(sample_store, tile):
    """The columns and filters of a card exist, and its share is never above 100 %."""
    rows = cards.newest_month_rows(computed_metric(sample_store, tile.metric, **tile.only))
    assert {c for c in (tile.done, tile.total, *tile.beside) if c} <= set(rows.columns)
    if tile.done and tile.total:
        assert 0 <= rows[tile.done].sum() <= rows[tile.total].sum()


def monthly_means(
    *rows: tuple[str, float, float | None], parameter="NH3N", low=None, high=1.5, beyond=None
) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["month", "value", "detection"]).astype({"detection": float})
    return found.assign(
        month=pd.to_datetime(found["month"]), parameter=parameter, section="甲", limit_class="Ⅳ",
        limit_low=pd.Series([low] * len(found), dtype=float), limit_high=pd.Series([high] * len(found), dtype=float),
        beyond=pd.Series([beyond] * len(found), dtype=float), is_over=found["value"].gt(high or float("inf")),
    )  # fmt: skip


def test_a_month_without_a_sample_breaks_the_line():
    """January and March are not joined over February."""
    line = section.means_chart(monthly_means(("2014-01-01", 1, None), ("2014-03-01", 2, None)), "zh").data[0]
    assert [None if pd.isna(y) else y for y in line.y] == [1, None, 2]


def test_what_was_not_detected_is_drawn_open_with_its_limit():
    """A month below detection is an open mark of its own, and its label is the detection limit, not half of it."""
    figure = section.means_chart(monthly_means(("2014-01-01", 1, None), ("2014-02-01", 0.01, 0.02)), "zh")
    _, detected, below_limit = figure.data
    assert (detected.marker.symbol, below_limit.marker.symbol) == ("circle", "circle-open")
    assert (list(detected.text), list(below_limit.text)) == (["1"], ["<0.02"])


def test_a_mean_with_a_value_above_a_range_is_labelled_as_a_bound():
    """The mean of 2.0 of which one value lies above 2.5 is labelled >2."""
    figure = section.means_chart(monthly_means(("2014-01-01", 2, None), beyond=2.5), "zh")
    assert list(figure.data[1].text) == [">2"]


def test_the_curve_shows_every_limit_with_its_class():
    """pH has two limits, ammonia one, turbidity none; the class stands beside the line."""
    both = section.means_chart(monthly_means(("2014-01-01", 7, None), parameter="PH", low=6, high=9), "zh")
    assert [a.text for a in both.layout.annotations] == ["Ⅳ类限值 6", "Ⅳ类限值 9"]
    one = section.means_chart(monthly_means(("2014-01-01", 1, None)), "en")
    assert [a.text for a in one.layout.annotations] == ["limit of Ⅳ: 1.5"]
    assert one.layout.yaxis.title.text == "Ammonia nitrogen (mg/L)"
    none = section.means_chart(monthly_means(("2014-01-01", 1, None), parameter="NTU", high=None), "zh")
    assert not none.layout.annotations


def test_the_alt_sentence_counts_the_months_beyond_the_limit():
    """Of two months one is beyond 1.5."""
    alt = section.means_alt(monthly_means(("2014-01-01", 1, None), ("2014-02-01", 2, None)))
    assert alt.zh == "甲氨氮月均值，2 个月，1 个月超过Ⅳ类限值 1.5"


def test_the_item_that_decides_the_class_is_offered_first():
    """Phosphorus decided, so it stands before ammonia; the temperature has no limit and stands last."""
    rows = pd.DataFrame({"parameter": ["NH3N", "TP", "WT"], "limit_class": ["Ⅲ", "Ⅲ", None]})
    assert section.items_deciding_first(rows, "TP") == ["TP", "NH3N", "WT"]
    assert section.items_deciding_first(rows, None) == ["NH3N", "TP", "WT"]


def section_rows(**values: object) -> pd.DataFrame:
    known = {"section": "甲", "month": pd.Timestamp(2014, 6, 1), "class": "Ⅴ", "target_class": "Ⅳ", "is_met": False}
    return pd.DataFrame([known | {"unjudged": None} | values])


NAMED = pd.Series({"section": "甲"})


def test_a_section_says_what_is_known_of_it_and_no_more():
    """Beyond its target and worse than last month; without target, class or a month to compare with it says so."""
    change = {"month": pd.Timestamp(2014, 6, 1), "compared": ["环比", "同比"], "change": ["有所变差", None]}
    said = section.section_title(NAMED, section_rows(), pd.DataFrame(change))
    assert said.zh == "甲 2014-06：Ⅴ类，未达到目标Ⅳ类，与上月相比有所变差"
    assert said.en == "甲, 2014-06: class Ⅴ, beyond its target Ⅳ, somewhat worse against the month before"
    bare = section_rows(**{"class": None, "target_class": None, "is_met": None})
    nothing = pd.DataFrame(change).head(0)
    assert (
        section.section_title(NAMED, bare, nothing).zh
        == "甲 2014-06：有监测但无法判定类别，没有登记目标水质，没有可比的前期"
    )
    unjudged = section_rows(**{"class": None, "is_met": None})
    assert "，目标Ⅳ类，" in section.section_title(NAMED, unjudged, nothing).zh
    left_out = section.section_title(NAMED, section_rows(unjudged="NH3N,TP"), nothing)
    assert "Ⅴ类（氨氮、总磷无法判定，未参评）" in left_out.zh


def test_flags_stand_beside_their_readings():
    """A reading with two reasons bears both, one without any is empty, and no row is doubled."""
    at = pd.to_datetime(["2014-01-01", "2014-02-01"])
    readings = pd.DataFrame({"sampled_at": at, "parameter": "NH3N", "value": [1.0, 2.0]})
    suspects = pd.DataFrame({"sampled_at": at[[1, 1]], "parameter": "NH3N", "suspicion": ["连续相同", "氨氮大于总氮"]})
    found = section.with_suspicions(readings, suspects, ["sampled_at", "parameter"])
    assert found["suspicion"].fillna("").tolist() == ["", "连续相同,氨氮大于总氮"]
    assert len(section.with_suspicions(readings, suspects.head(0), ["sampled_at"])) == 2


def test_rebounds_are_told_in_words():
    """The newest three are sentences, the rest a number; a section without any says so."""
    row = {"class": "Ⅴ", "target_class": "Ⅳ", "months_met": 2, "worst": "NH3N,DO", "event": "反弹"}
    rows = pd.DataFrame([row | {"month": pd.Timestamp(2014, m, 1)} for m in (6, 5, 4, 3)])
    first, *_, last = [text.zh for text in section.event_sentences(rows)]
    assert first == "2014-06：此前 2 个月达标，本月Ⅴ类，超过目标Ⅳ类（反弹）。"
    assert last.startswith("更早还有 1 次")
    assert section.event_sentences(rows.head(0)) == [section.NO_REBOUND]


def opening_text(store: Store, river_id: str) -> Text:
    with store.read() as con:
        facts = queries.run_query(con, "water.river_facts", as_of=DAY).set_index("river_id").loc[river_id]
        reaches = queries.run_query(con, "water.river_reaches", as_of=DAY, river_id=river_id)
        duties = queries.run_query(con, "water.duties", as_of=DAY)
    parts = [computed_metric(store, name, river=facts["river"]) for name in ("source_closure", "works_progress")]
    sources, works = parts
    return river.opening_paragraph(facts, reaches, duties[duties["river_id"] == river_id], sources, works, DAY)


def test_the_river_of_the_article_reads_like_the_article(sample_store):
    """1.66 km, two villages, nine farms, oil and coal closed, walls and culverts done, 80 % dredged, the chief."""
    assert opening_text(sample_store, "HJXH").zh == (
        "胡家新河全长 1.66 公里，流经胡家村、灵山村，为街道级河流，目标水质Ⅳ类。"
        "河长是街道办事处主任（第一责任人），另有胡家村村级河长、灵山村村级河长。"
        "沿岸 11 处污染源已整治 11 处：畜禽养殖 9 处、废油 1 处、煤炭 1 处。"
        "工程：箱涵、支流挡墙已完成；清淤完成 80.0 %（12,400 / 15,500 m³），落后序时 4.1 个百分点；"
        "休闲公园（计划）计划 2014-09-01 开工。"
    )
    english = opening_text(sample_store, "HJXH").en
    assert "1.66 km long" in english
    assert "Livestock 9, Waste oil 1, Coal trade 1. Works: complete" in english


def test_a_bare_river_says_what_is_not_registered(store):
    """Without length, target, chief, sources and works each is said to be missing, and nothing is 0."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nK,清河,村级,沟渠")
    assert opening_text(store, "K").zh == (
        "清河没有登记长度，为村级沟渠，没有登记目标水质。没有在任的河长。没有登记污染源。没有登记整治工程。"
    )
    empty = [
        computed_metric(store, name, river="清河") for name in ("target_met", "source_closure", "dredging_progress")
    ]
    assert state_title(untranslated("清河"), *empty).zh == "清河：还没有水质、污染源和清淤数据"


def test_works_not_begun_are_told_from_works_never_reported(store):
    """One is to begin in July; one should have begun in January and never reported."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nK,清河,村级,河流")
    header = "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"
    load_without_errors(
        store,
        "work",
        header + "A,清河清淤,K,清淤,9,m³,2014-01-01,2014-12-31\nB,清河箱涵,K,箱涵,9,m,2014-07-01,2014-12-31",
    )
    assert opening_text(store, "K").zh.endswith("工程：清淤已过计划开工日，从未上报；箱涵计划 2014-07-01 开工。")


def test_sources_partly_closed_keep_both_counts(sample_store):
    """Where some are open every kind has its two counts."""
    assert "沿岸 5 处污染源已整治 1 处" in opening_text(sample_store, "SL2").zh
    assert "废品收购 1 / 1" in opening_text(sample_store, "SL2").zh


def test_the_headline_sums_up():
    """Sections of the newest month, sources of all kinds, dredged over planned of all works."""
    met = pd.DataFrame({"met": [0, 2], "evaluated": [2, 3], "no_target": [0, 0]})
    sources = pd.DataFrame({"closed": [1, 2], "registered": [1, 4]})
    dredging = pd.DataFrame({"done": [50.0, None], "quantity": [100, 100], "quantity_unit": "m³"})
    assert state_title(untranslated("某河"), met, sources, dredging).zh == (
        "某河：2 / 3 个断面达标，污染源整治 3 / 5，清淤 25.0 %"
    )


def test_sections_without_a_target_are_not_no_data():
    """Water that was measured and has no target is said to have none, not to be unmeasured."""
    met = pd.DataFrame({"met": [0], "evaluated": [0], "no_target": [97]})
    none = pd.DataFrame({"closed": [], "registered": [], "done": [], "quantity": [], "quantity_unit": []})
    assert state_title(untranslated("某河"), met, none, none).zh == "某河：97 个断面没有目标水质"


def test_one_verdict_a_work_names_its_section(sample_store):
    """Each work of 胡家新河 that is complete has one sentence; dredging, which goes on, has none."""
    rows = computed_metric(sample_store, "before_after", river="胡家新河")
    said = [sentence.zh for sentence in river.before_after_verdicts(rows)]
    assert len(said) == 2
    assert all(sentence.startswith("胡家新河南断面：") for sentence in said)
    assert not any("清淤" in sentence for sentence in said)


def test_an_outfall_closed_tomorrow_is_open_today(store):
    """Of two outfalls one is closed on 1 March; on 28 February neither is, and the flowing one is told."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nK,清河,村级,河流")
    header = "排口编码,排口名称,河道,排口类型,整治状态,晴天排水,发现日期,完成日期,凭据\n"
    load_without_errors(
        store, "outfall", header + "A,甲,K,生活,已封堵,否,2014-01-01,2014-03-01,单\nB,乙,K,生活,未整治,是,2014-01-01,,"
    )
    [before], [after] = (
        river_query_rows(store, "water.river_outfalls", "K", day) for day in ("2014-02-28", "2014-03-01")
    )
    assert [before[c] for c in ("closed", "registered", "flowing")] == [0, 2, 1]
    assert [after[c] for c in ("closed", "registered", "flowing")] == [1, 2, 1]
    assert river_query_rows(store, "water.river_outfalls", "K", "2013-12-31") == []


def test_an_issue_is_open_until_its_last_step_is_the_settlement(store):
    """Settled on 10 January and taken up again on the 12th: open on the 9th, settled on the 10th, open on the 12th."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nK,清河,村级,河流")
    load_without_errors(
        store,
        "issue",
        "问题编码,河道,发现时间,问题来源,问题类别,办结期限\nI,K,2014-01-05 09:00,群众投诉,水体,2014-01-08",
    )
    steps = (("05 09:00", "发现"), ("06 09:00", "处置"), ("10 09:00", "销号"), ("12 09:00", "重办"))
    load_without_errors(
        store, "issue_event", "问题编码,时间,环节\n" + "".join(f"I,2014-01-{at},{step}\n" for at, step in steps)
    )
    found = {
        day: river_query_rows(store, "water.river_issues", "K", f"2014-01-{day}")
        for day in ("04", "08", "09", "10", "12")
    }
    steps_of = {day: [(r["step"], r["is_overdue"]) for r in rows] for day, rows in found.items()}
    assert steps_of == {"04": [], "08": [("处置", False)], "09": [("处置", True)], "10": [], "12": [("重办", True)]}


def test_the_first_responsible_stands_first(sample_store):
    """Of the duties on 胡家新河 that of the first responsible comes first, whatever the level."""
    with sample_store.read() as con:
        duties = queries.run_query(con, "water.duties", as_of=DAY)
    for _, group in duties.groupby("river_id"):
        assert group["role"].iloc[0] == "第一责任人"


def change_rows(*rows: tuple[str, float | None, int]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["river", "score", "sections"])
    said = {"sentence": found["river"], "sentence_en": found["river"]}
    return found.assign(month=pd.Timestamp("2014-06-01"), is_total=found["river"] == "", **said)


def test_the_news_is_the_river_that_changed_the_most():
    """−60 goes before +50; of two alike the one with more sections; all rivers together are no river."""
    area = ("", 90.0, 9)
    assert (
        overview.change_sentence(change_rows(area, ("甲", 50.0, 2), ("乙", -60.0, 1))).zh
        == "2014-06，2 条河中 2 条可比：乙"
    )
    assert (
        overview.change_sentence(change_rows(area, ("甲", 60.0, 1), ("乙", 60.0, 3))).zh
        == "2014-06，2 条河中 2 条可比：乙"
    )
    assert "无明显变化" in overview.change_sentence(change_rows(area, ("甲", 0.0, 1))).zh
    assert "不能" in overview.change_sentence(change_rows(area, ("甲", None, 1))).zh


def test_the_news_of_water_tells_its_month_and_the_rivers_that_it_is_of():
    """Of three rivers ever measured one can be compared in the newest month; the others are not called unchanged."""
    rows = change_rows(("甲", 0.0, 1), ("乙", None, 1), ("丙", 100.0, 1))
    rows.loc[2, "month"] = pd.Timestamp("2013-05-01")
    assert (
        overview.change_sentence(rows).zh
        == "2014-06，3 条河中 1 条可比：可比的河道水质与上年同期、上月相比都无明显变化。"
    )


def test_news_without_a_name_lead_to_their_pages():
    """Where nothing changed, is behind or overdue, the news lead to the water, the works and the sources as such."""
    rivers = pd.DataFrame({"river": ["甲"], "river_id": ["A"]})
    works = pd.DataFrame({"gap": [0.0], "is_unreported": [False], "work_id": ["W"]})
    closure = pd.DataFrame({"river": ["甲"], "closed": [1], "registered": [2], "overdue": [0]})
    listed = overview.news_list(change_rows(("甲", 0.0, 1)), works, closure, rivers, DAY).markup
    hrefs = [link["href"] for link in BeautifulSoup(listed, "html.parser").select("a")]
    assert hrefs == ["water-quality", "water-works", "water-sources"]
    assert "没有逾期的。（按 2014‑06‑30 计算）" in listed.replace("\u00a0", " ")


def test_the_news_names_what_is_furthest_behind_and_counts_what_never_reported(sample_store):
    """The widest gap is told with both counts; works that are due and silent are counted, not forgotten."""
    works = computed_metric(sample_store, "works_progress")
    assert overview.furthest_behind_sentence(works).zh == (
        "最落后的是示例二号河清淤：47.0 %（8,460 / 18,000 m³），落后序时 43.2 个百分点（2014-06-30 上报）。"
    )
    silent = works.head(1).assign(gap=float("nan"), is_unreported=True)
    assert overview.furthest_behind_sentence(silent).zh == "1 项工程已到开工日而从未上报。"
    on_plan = pd.concat([silent, works.head(1).assign(gap=0.0, is_unreported=False)])
    assert overview.furthest_behind_sentence(on_plan).zh == "上报的工程都达到序时进度。另有 1 项已到开工日而从未上报。"
    assert overview.furthest_behind_sentence(works.head(0)) == overview.NO_WORK


def test_the_title_of_works_names_the_worst_of_all_works(sample_store):
    """Of dredging, culverts and walls alike the widest gap is told; without one, who is silent; else all on plan."""
    works = computed_metric(sample_store, "works_progress")
    worst = works.sort_values("gap").iloc[0]
    assert works_page.title_sentence(works, 5).zh.startswith(f"14 项工程中 5 项落后或逾期，最落后的是{worst['work']} ")
    one = works.head(1)
    assert works_page.title_sentence(one.assign(kind="箱涵", work="甲", rate=47.0, gap=-43.21), 1).zh == (
        "1 项工程中 1 项落后或逾期，最落后的是甲 47.0 %，落后序时 43.2 个百分点"
    )
    silent = one.assign(gap=float("nan"), is_unreported=True)
    assert works_page.title_sentence(silent, 0).zh == "1 项工程已到开工日而从未上报"
    assert works_page.title_sentence(one.assign(gap=0.0), 0) == works_page.WORKS_ON_PLAN


def test_the_map_of_nothing_says_so(store):
    """Without reaches and sources the map has no data, rather than none open."""
    with store.read() as con:
        reaches, sources = (LISTINGS[f"{name}_map"].compute(con, DAY) for name in ("reach", "source"))
    assert map_page.title_sentence(reaches, sources, []) == phrases.NOTHING_YET


def test_the_lists_of_the_map_have_the_worst_first(sample_store):
    """Reaches from the worst class to those without one; sources overdue, then open, then closed."""
    with sample_store.read() as con:
        reaches, sources = (queries.run_query(con, f"water.{name}_map", as_of=DAY) for name in ("reach", "source"))
    ranks = reaches["class_rank"].fillna(0).tolist()
    assert ranks == sorted(ranks, reverse=True)
    order = [(not r.is_overdue, r.is_closed) for r in sources.itertuples()]
    assert order == sorted(order)
    assert len(set(order)) == 3


def test_the_news_counts_open_and_overdue_sources():
    """Three of five are open, two overdue, both at one river."""
    rows = pd.DataFrame(
        {"river": ["甲", "甲", "乙"], "closed": [1, 0, 1], "registered": [2, 1, 2], "overdue": [1, 1, 0]}
    )
    assert overview.overdue_sentence(rows).zh == "3 处污染源未整治，其中逾期 2 处，最多的是甲（2 处）。"
    assert overview.overdue_sentence(rows.assign(overdue=0)).zh == "3 处污染源未整治，没有逾期的。"
    assert overview.overdue_sentence(rows.head(0)) == overview.NO_SOURCE
