"""What is open and whose it is: worked by hand; every item leads to its page; viewers see no household."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.metrics import METRICS, compute_metric, parse_date
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows
from tests.page_helpers import open_app, page_links, page_title, page_words
from ui.item_links import ITEM_PAGES, item_href, target_page_hrefs
from ui.overview import owners

DAY = "2014-06-30"
RIVERS = "河道编码,河道名称,河道等级,水体类型\nR1,一号河,街道级,河流\n"
CHIEFS = (
    "河长编码,职务,河长级别,任职日期,离任日期\n"
    "C1,甲河长,街道级河长,2013-01-01,\nC2,乙河长,村级河长,2013-01-01,2014-05-31\n"
)
DUTIES = "河长,河道,职责,开始日期\nC1,R1,第一责任人,2013-01-01\n"
VILLAGES = "村社编码,村社名称\nV1,一村\n"
SOURCES = "污染源编码,污染源名称,类型,河道,所在村社,整治状态,发现日期,限期,完成日期\n"
ISSUES = "问题编码,河道,发现时间,问题来源,问题类别,承办单位,责任河长,办结期限\n"


def load_river(store: Store) -> None:
    for ledger, content in (("river", RIVERS), ("chief", CHIEFS), ("chief_duty", DUTIES), ("village", VILLAGES)):
        load_without_errors(store, ledger, content)


def open_row(store: Store, code: str, day: str = DAY) -> dict[str, object]:
    [row] = metric_rows(store, "open_items", day, item_id=code)
    return row


@pytest.mark.quick
def test_what_no_unit_has_is_with_the_chief_of_its_river(store):
    """A source 30 days past its deadline names no unit: its chief acts, and its village is told."""
    load_river(store)
    load_without_errors(store, "source", SOURCES + "S1,一号源,废油,R1,V1,整治中,2014-01-01,2014-05-31,\n")
    row = open_row(store, "S1")
    assert [row[name] for name in ("owner", "owner_kind", "village", "chief")] == ["甲河长", "河长", "一村", "甲河长"]
    assert [row[name] for name in ("light", "days_left", "days")] == ["已逾期", -30, 180]


def test_an_issue_is_with_its_unit_and_a_chief_who_left_is_not_named(store):
    """Its ledger names a chief whose office ended in May: from June on the chief of the river stands there."""
    load_river(store)
    load_without_errors(store, "issue", ISSUES + "I1,R1,2014-05-01 09:00,河长巡河,水体,环保科,C2,2014-07-05\n")
    before, after = (open_row(store, "I1", day) for day in ("2014-05-31", DAY))
    assert [before["chief"], after["chief"]] == ["乙河长", "甲河长"]
    assert [after[name] for name in ("owner", "owner_kind", "light", "days_left")] == ["环保科", "承办单位", "正常", 5]


def test_what_is_done_or_has_not_begun_is_not_open(store):
    """A source is open from the day it was found until the day before it was closed."""
    load_river(store)
    load_without_errors(store, "source", SOURCES + "S1,一号源,废油,R1,V1,已完成,2014-03-01,2014-05-31,2014-04-10\n")
    days = ("2014-02-28", "2014-03-01", "2014-04-09", "2014-04-10")
    assert [len(metric_rows(store, "open_items", day)) for day in days] == [0, 1, 1, 0]


def test_a_level_that_is_kept_is_nothing_to_do(sample_store):
    """The plants are loaded to 61.0 % of the 60 % asked: nobody has to act; 85.9 % of the taps of 95 % is an item."""
    codes = {row["item_id"] for row in metric_rows(sample_store, "open_items", DAY)}
    assert "leak_fix" in codes
    assert "plant_load" not in codes


def test_an_empty_database_has_nothing_open(store):
    """There is no row and no failure."""
    assert metric_rows(store, "open_items", DAY) == []


def test_several_with_as_much_past_its_deadline_are_not_one():
    """Of three units two have two items past their deadline each: the title names one of them as one of two."""
    over = [("甲", -5), ("甲", -9), ("乙", -2), ("乙", -1), ("丙", -20)]
    items = pd.DataFrame([{"owner": owner, "light": "已逾期", "days_left": days} for owner, days in over])
    said = owners.title_sentence(items).zh
    assert said == "未办结 5 项，已逾期 5 项：甲等 2 个并列最多，各 2 项，最久的已过 9 天"
    assert owners.title_sentence(items.iloc[:4].drop(3)).zh.endswith("：甲最多，2 项，最久的已过 9 天")


def test_every_item_of_the_sample_leads_to_its_page(sample_store):
    """No kind is without a page, and no row without an address."""
    rows = metric_rows(sample_store, "open_items", DAY)
    assert {row["kind"] for row in rows} == {*ITEM_PAGES, "目标"}
    pages = target_page_hrefs(METRICS)
    assert [row["item_id"] for row in rows if not item_href(row, pages)] == []


def test_viewers_see_no_item_of_a_household(sample_store):
    """Difficulties and petitions are left out for them, all else is the same."""
    with sample_store.read() as con:
        clerk, viewer = (compute_metric(con, "open_items", parse_date(DAY), role).rows for role in ("clerk", "viewer"))
    hidden = clerk["kind"].isin(["住户难题", "信访事项"])
    assert hidden.any()
    pd.testing.assert_frame_equal(viewer, clerk[~hidden].reset_index(drop=True))


@pytest.mark.usefixtures("page_database")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_a_unit_is_a_follow_up_sheet_on_paper(language):
    """All of the unit is listed twice: on screen with links, on paper with room for an answer; both count alike."""
    app = open_app("overview/owners.py", language, owner="征地拆迁办公室")
    said = page_words(app)
    assert page_title(app).startswith("征地拆迁办公室")
    assert {"zh": "督办单", "en": "Follow-up sheet"}[language] in said
    assert any("demolition-signing" in href and "project=DEM-S3" in href for href in page_links(app))


@pytest.mark.usefixtures("page_database")
@pytest.mark.parametrize("asked", [{"owner": "没有的单位"}, {"village": "V-NONE"}, {"chief": "C-NONE"}])
def test_a_link_to_nobody_says_so(asked):
    """The page shows all instead, and says what it did not find."""
    [code] = asked.values()
    assert code in page_words(open_app("overview/owners.py", **asked))
