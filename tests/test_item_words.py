"""What items are called wherever they stand, and which of them a leader is asked about."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analytics.metrics.overview.cockpit import TARGET_PROGRESS
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from tests.page_helpers import LOOSE, open_app, page_html
from ui.item_words import gap_text, item_text
from ui.overview import cockpit
from ui.overview.alerts import alert_lines
from ui.overview.target_rows import target_history

DAY = "2014-06-30"
LATE_PART = "B,拆违面积,V,2014-01-01,2014-12-31,100"


@pytest.fixture
def village(store) -> Store:
    """A village of which nothing was razed of the 100 m² that it has to raze this year."""
    load_without_errors(store, "village", "村社编码,村社名称\nV,一村")
    load_without_errors(store, "violation", "违建编码,所在村社,违建类型,违建面积,发现日期\nB1,V,存量,300,2014-01-02")
    load_without_errors(store, "target_breakdown", f"分解编码,指标,所在村社,开始日期,截止日期,目标值\n{LATE_PART}")
    return store


def test_a_target_of_a_part_has_the_name_of_the_part_in_every_list(village):
    """Among the lights, the open items and the alerts it is 一村拆违面积, and never bare as the whole's would be."""
    rows = [row for name in ("behind", "open_items", "alerts") for row in metric_rows(village, name, DAY)]
    named = [item_text(row) for row in rows if row["kind"] == "目标"]
    assert {(name.zh, name.en) for name in named} == {("一村拆违面积", "Unlawful floor area razed, 一村")}
    assert len(named) == 3
    with village.read() as con:
        lines = alert_lines(con, metric_result(village, "alerts", DAY))
    assert any(line.startswith("落后序时 · 一村拆违面积 · ") for line in lines.values())


@pytest.mark.slow
def test_a_line_that_leaves_the_house_bears_the_mark_of_sample_rows(sample_store):
    """A group that is sent alerts of 示例 ledgers reads so in each line, and no line has an empty part."""
    with sample_store.read() as con:
        lines = alert_lines(con, metric_result(sample_store, "alerts", DAY)).values()
    assert lines
    assert all(line.startswith("示例数据 · ") for line in lines)
    assert not any(" ·  · " in line for line in lines)


def test_the_target_of_a_village_is_one_of_its_open_items(village):
    """It is on the page of the village, which acts where no unit leads."""
    [item] = [row for row in metric_rows(village, "open_items", DAY) if row["kind"] == "目标"]
    assert (item["village_id"], item["owner"], item["owner_kind"]) == ("V", "一村", "村社")


@pytest.mark.usefixtures("page_database")
def test_the_page_of_a_village_lists_its_targets():
    """The floor area that the breakdown sets for 示例村B stands there among its other items."""
    said = page_html(open_app("overview/owners.py", village="V-B", open="all")).get_text().translate(LOOSE)
    assert "示例村B拆违面积" in said


def test_the_fall_of_a_part_is_told_with_its_name():
    """A village that fell back is named, so that nobody takes its fall for that of the whole."""
    days = pd.to_datetime(["2014-06-23", DAY]).date
    rows = [
        {"target_id": "saving_coverage:village:V", "metric": "saving_coverage", "day": day, "actual": rate,
         "done": rate, "rate": rate, "period_start": pd.Timestamp("2014-01-01")}
        for day, rate in zip(days, (80.0, 60.0), strict=True)
    ]  # fmt: skip
    history = target_history([pd.DataFrame(rows)], *days)
    targets = [{"target_id": "saving_coverage:village:V", "metric": "saving_coverage", "scope_name": "一村"}]
    said = cockpit.week_sentence(history.changes, cockpit.names_of_targets(pd.DataFrame(targets)))
    assert "一村节水活动覆盖率 −20.0 点" in said.zh


def test_every_gap_of_a_target_reads_alike(sample_store):
    """A level falls short of what is to be kept, what grows is behind the time; a work alone has a plan of its own."""
    rows = metric_rows(sample_store, "behind", DAY)
    said = {row["item_id"]: gap_text(row).zh for row in rows}
    assert said["patrol_completion"] == "低于应保持的水平 20.1 个百分点"
    assert said["W-07"] == "落后序时 43.2 个百分点"
    own = TARGET_PROGRESS.name
    whole = {row["target_id"]: gap_text(row).zh for row in metric_rows(sample_store, own, DAY)}
    assert {name: whole[name] for name in said.keys() & whole.keys()} == {
        name: words for name, words in said.items() if name in whole
    }


def open_item(kind: str, days_left: float | None, light: str = "已逾期") -> dict[str, Any]:
    return {"kind": kind, "item_id": f"{kind}{days_left}", "light": light, "days_left": days_left}


@pytest.mark.parametrize(
    ("items", "asked"),
    [
        ([("河道问题", -300), ("征迁项目", -122), ("信访事项", -2)], "信访事项-2"),
        ([("供地地块", -5), ("法定节点", -9)], "法定节点-9"),
        ([("河道问题", -300), ("工程", -30), ("征迁项目", -122)], "征迁项目-122"),
        ([("河道问题", -300), ("污染源", -10)], "河道问题-300"),
        ([("工程", 62, "严重滞后"), ("目标", 20, "严重滞后"), ("目标", None, "严重滞后")], "目标20"),
        ([("信访事项", 3, "正常"), ("工程", 10, "滞后")], None),
    ],
)
def test_a_leader_is_asked_about_the_law_first(items, asked):
    """Deadlines of the law go before those of plans and these before all others, each the longest over first."""
    found = cockpit.item_to_decide(pd.DataFrame([open_item(*item) for item in items]))
    assert (found and found["item_id"]) == asked
