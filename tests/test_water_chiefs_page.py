"""The pages of the chiefs and of water saving: what the title says, who is ranked, what opens, what is drawn."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analytics import metrics
from analytics.metrics import METRICS, Metric, Result
from data.store import Store
from tests.page_helpers import list_rows, open_app, page_links, page_title, page_words
from ui import formats
from ui.page import PageRequest
from ui.preferences import Reader, reading_as
from ui.water import chiefs, saving

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

DAY = datetime.date(2014, 6, 30)
PAGE = "water/chiefs.py"


def dated_result(store: Store, name: str, **filters: str) -> Result[Metric]:
    with store.read() as con:
        return metrics.compute_metric(con, name, DAY, **filters)


def patrol_result(rows: pd.DataFrame, newest: datetime.date | None = DAY) -> Result[Metric]:
    return Result(METRICS["patrol_completion"], DAY, newest, rows)


@pytest.fixture(scope="module")
def patrols() -> pd.DataFrame:
    """Return two chiefs of whom enough was due, one of whom too little was, and one of whom nothing was."""
    columns = ("post", "river", "patrols_counted", "patrols_due", "rate", "is_enough")
    rows = [("乙", "浊河", 3, 9, 100 / 3, True), ("甲", "清河", 12, 12, 100.0, True)]
    found = pd.DataFrame([*rows, ("丙", "清河", 1, 2, 50.0, False), ("丁", "清河", 0, 0, None, False)], columns=columns)
    return found.sort_values("rate").assign(effective=1, patrols=2, reasons=None, chief_id="C", river_id="R")


@pytest.mark.quick
def test_the_title_sums_counts_and_names_the_lowest(patrols):
    """3 of 9, 12 of 12 and 1 of 2 are 16 of 23, not the mean of the rates; two of three fell short, 乙 furthest."""
    assert (
        chiefs.title_sentence(patrol_result(patrols)).zh
        == "近 3 个月应巡 23 次，计入 16 次（69.6 %）；2 / 3 项包干没有巡足，最低的是乙（浊河 3 / 9 次）"
    )


@pytest.mark.quick
def test_a_title_without_patrols_claims_nothing(patrols):
    """No ledger at all, a ledger without a patrol, and a time in which nothing was due are three things to say."""
    none = patrols.iloc[:0]
    said = [chiefs.title_sentence(patrol_result(rows, newest)).zh for rows, newest in ((none, None), (none, DAY))]
    assert said == ["还没有数据", "没有巡河记录"]
    idle = patrols[patrols["patrols_due"] == 0]
    assert chiefs.title_sentence(patrol_result(idle)).zh == "近 3 个月没有应巡的河道"


@pytest.mark.quick
def test_too_few_to_rank_stand_last_with_their_counts(patrols):
    """乙 and 甲 are ranked, lowest first; 丙 with 1 of 2 stands behind them as 样本不足 without a bar or a rate."""
    with reading_as(Reader()):
        made = chiefs.chief_list(PageRequest(None), patrol_result(patrols))  # type: ignore[arg-type]
    rows = [row.select("td") for row in BeautifulSoup(made.markup, "html.parser").select("tbody tr")]
    assert [cells[0].get_text() for cells in rows] == ["乙", "甲", "丙", "丁"]
    said = [cells[1].get_text().replace(formats.NO_BREAK_SPACE, " ") for cells in rows]
    assert said == ["33.3 %（3 / 9 次）", "100.0 %（12 / 12 次）", "样本不足 1 / 2 次", "没有应巡"]
    assert [bool(cells[1].select(".fl-bullet")) for cells in rows] == [True, True, False, False]


def test_cards_show_counts_that_make_their_percentage(sample_store):
    """Each percentage on a card is what its two counts give, and each card leads to what is behind it."""
    names = ("patrol_completion", "chief_coverage", "signboards")
    with reading_as(Reader()):
        shown = chiefs.chief_cards(
            PageRequest(None),  # type: ignore[arg-type]
            *(dated_result(sample_store, name) for name in names),
        )
    assert len(shown) == 4
    for card in shown:
        done, total = card.below[0].en.split(" ")[:3:2]
        assert card.value.en == formats.format_percent(100 * int(done) / int(total))
        assert "open=" in card.href


def test_the_lowest_chief_stands_first_and_opens() -> None:
    """The first row of the list is the one that the title names; its link opens the chief, its river the river."""
    app = open_app(PAGE)
    first = list_rows(app)[0]
    assert first[1] == "33.3 %（4 / 12 次）"
    assert f"最低的是{first[0]}（{first[3]} 4 / 12 次）" in page_title(app)
    assert "?chief=C-17" in page_links(app)
    assert "water-river?river=SL5" in page_links(app)


def test_a_chief_opens_by_post_with_rivers_patrols_and_issues() -> None:
    """村E's chief: sums over two rivers, whether each patrol counts, the issue overdue by 281 days; and the ways on."""
    app = open_app(PAGE, chief="C-18")
    assert page_title(app) == "示例村E村级河长：近 3 个月应巡 24 次，计入 13 次（54.2 %）"
    rivers, issues, walked = (list_rows(app, place) for place in range(3))
    assert [row[0] for row in rivers] == ["示例四号河", "示例三号河"]
    assert issues == [["生活垃圾", "281", "处置", "示例承办单位E"]]
    assert {row[2] for row in walked} == {"有效", "没有轨迹"}
    assert {"?", "water-river?river=SL4", "water-issues?issue=ISS-009"} <= set(page_links(app))


def test_patrols_of_a_chief_add_up_to_the_list(sample_store):
    """The patrols of every chief and river, and those that count, are as many as patrol_completion has."""
    each = dated_result(sample_store, "patrol_verdicts").rows
    effective = each[each["reason"] == "有效"].groupby(["chief_id", "river_id"]).size()
    known = dated_result(sample_store, "patrol_completion").rows.set_index(["chief_id", "river_id"])
    assert each.groupby(["chief_id", "river_id"]).size().to_dict() == known["patrols"].to_dict()
    assert effective.to_dict() == known["effective"].to_dict()
    assert each["start_at"].is_monotonic_decreasing


def test_an_unknown_chief_is_told() -> None:
    """A link to a chief that is none says so above the list of all."""
    app = open_app(PAGE, chief="C-99")
    assert "没有这个河长：C-99。" in page_words(app)
    assert list_rows(app)


def test_no_personal_name_is_asked_for(sample_store):
    """Neither what the page lists of chiefs nor their duties have a column for the name."""
    with sample_store.read() as con:
        duties = metrics.LISTINGS["chief_duties"].compute(con, DAY, chief_id="C-18").rows
    assert "name" not in duties
    assert "name" not in dated_result(sample_store, "patrol_completion").rows


def test_what_is_folded_is_sent_when_it_is_opened() -> None:
    """No table and no reason is sent at first sight; ?open= sends that part alone."""
    app = open_app(PAGE)
    assert not app.dataframe
    assert len(list_rows(app)) == 14
    assert "群众满意度" in page_words(app)
    assert "有效份数" not in page_words(app)
    assert "有效份数" in page_words(open_app(PAGE, open="satisfaction"))
    assert len(open_app(PAGE, open="all").dataframe[0].value) == 14


def test_a_village_without_an_activity_is_drawn_as_nothing(sample_store):
    """Every village has a line of its own, the two without an activity this year first and without a bar."""
    bars = BeautifulSoup(saving.activity_bars(dated_result(sample_store, "saving_coverage").rows), "html.parser")
    assert len(bars.select("li")) == 8
    assert [len(line.select("b")) for line in bars.select("li")] == [0, 0, 1, 1, 1, 1, 1, 1]
    assert "0\xa0次 · 0\xa0人" in bars.li.text


def test_nothing_on_record_is_not_none_found(sample_store):
    """Without a check the title says that no leak is on record, rather than that 0 of 0 were mended."""
    coverage = dated_result(sample_store, "saving_coverage").rows
    empty = dated_result(sample_store, "leak_fix").rows.iloc[:0]
    assert saving.title_sentence(coverage, empty).zh == "今年 6 / 8 个村社开展节水活动；没有漏水设施的记录"
