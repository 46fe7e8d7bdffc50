"""One list of everything that has a plan: what is behind, what waits for a report, and when a light may change."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from analytics.metrics.overview.cockpit import BEHIND, PLAN_LIGHTS, TARGET_PROGRESS
from analytics.status import are_all_on_plan, late_count, light_counts, status_light, status_lights
from data.store import Store
from data.words import LIGHTS
from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from ui import colours, phrases

pytestmark = pytest.mark.slow

WORKS = "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"
PROGRESS = "工程,上报日期,累计完成量\n"
LATE_WORDS = {"滞后", "严重滞后", "已逾期"}
DAYS = [date(2014, 5, 1) + timedelta(days=n) for n in range(61)]


@pytest.fixture
def river(store) -> Store:
    """A database with one river."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nR-1,清河,村级,河流")
    return store


def work_light(store: Store, day: str) -> str:
    [found] = [row["light"] for row in metric_rows(store, "plan_lights", day) if row["kind"] == "工程"]
    return found


@pytest.fixture(scope="module")
def lights_by_day(sample_store) -> dict[date, pd.DataFrame]:
    """Return plan_lights of the 示例 ledgers on each day of May and June 2014."""
    with sample_store.read() as con:
        return {day: PLAN_LIGHTS.compute(con, day).rows for day in DAYS}


def ledger_days(store: Store, statement: str) -> set[date]:
    with store.read() as con:
        return {day for (day,) in con.execute(statement).fetchall()}


def changed_items(before: pd.DataFrame, after: pd.DataFrame) -> set[str]:
    """Return the items whose light is another one on the second day."""
    first, second = (rows.set_index("item_id")["light"].to_dict() for rows in (before, after))
    return {item for item, light in second.items() if first.get(item) != light}


def test_between_two_reports_no_light_of_a_work_changes(sample_store, lights_by_day):
    """On each day of two months a work, and the target of dredging, has the light of the day before, unless some work
    reported, or its own deadline passed."""
    reports = ledger_days(sample_store, "SELECT DISTINCT on_date FROM work_progress")
    with sample_store.read() as con:
        passed = {w: end + timedelta(days=1) for w, end in con.execute("SELECT work_id, end_on FROM work").fetchall()}
    quiet = [(a, b) for a, b in pairwise(DAYS) if b not in reports]
    assert len(quiet) > 50
    for before, after in quiet:
        changed = changed_items(lights_by_day[before], lights_by_day[after])
        assert {item for item in changed & {*passed, "dredging_progress"} if passed.get(item) != after} == set()


def test_the_count_of_late_works_moves_only_with_news(sample_store, lights_by_day):
    """7 works behind on 31 May are 5 on 30 June, and never more in between: nothing was reported."""
    works = {day: rows[rows["kind"] == "工程"] for day, rows in lights_by_day.items()}
    counts = {day: late_count(rows["light"]) for day, rows in works.items()}
    between = {n for day, n in counts.items() if date(2014, 5, 31) <= day < date(2014, 6, 30)}
    assert between == {counts[date(2014, 5, 31)]}
    assert counts[date(2014, 6, 30)] < counts[date(2014, 5, 31)]


def test_a_work_is_held_against_the_plan_of_its_report_by_hand(sample_store):
    """The gap of every open work of the 示例 ledgers, worked out once more with NumPy from the rows of the ledgers."""
    day = date(2014, 6, 15)
    with sample_store.read() as con:
        works = con.execute("SELECT work_id, start_on, end_on, quantity FROM work").df()
        plan = con.execute("SELECT work_id, on_date, planned FROM work_plan").df()
        done = con.execute("SELECT work_id, on_date, done FROM work_progress WHERE on_date <= ?", [day]).df()
    found = {row["work_id"]: row for row in metric_rows(sample_store, "works_progress", day.isoformat())}
    for work in works.itertuples():
        own = done[done["work_id"] == work.work_id].sort_values("on_date")
        if own.empty or own["done"].iloc[-1] >= work.quantity:
            continue
        dates = plan[plan["work_id"] == work.work_id].set_index("on_date")["planned"].to_dict()
        dates |= {} if any(at <= work.start_on for at in dates) else {work.start_on: 0.0}
        dates |= {} if any(at >= work.end_on for at in dates) else {work.end_on: work.quantity}
        line = sorted((pd.Timestamp(at).toordinal(), value) for at, value in dates.items())
        due = np.interp(
            own["on_date"].iloc[-1].toordinal(), [at for at, _ in line], [value for _, value in line], left=0.0
        )
        gap = 100 * (own["done"].iloc[-1] - due) / work.quantity
        assert found[work.work_id]["gap"] == pytest.approx(gap)
        assert found[work.work_id]["judged_on"] == own["on_date"].iloc[-1]


@pytest.mark.quick
def test_a_report_that_does_not_come_is_waited_for(river):
    """Behind as it was for 31 days after its report; then it waits for one, which is not red; a deadline passed is."""
    load_without_errors(river, "work", WORKS + "W-1,甲,R-1,清淤,100,m³,2014-01-01,2014-06-30")
    load_without_errors(river, "work_progress", PROGRESS + "W-1,2014-03-31,20\nW-1,2014-04-30,30")
    days = ("2014-03-31", "2014-05-31", "2014-06-01", "2014-06-30", "2014-07-01")
    lights = [work_light(river, day) for day in days]
    assert lights == ["严重滞后", "严重滞后", "待上报", "待上报", "已逾期"]
    late = [len(metric_rows(river, "behind", day)) for day in days]
    assert late == [1, 1, 0, 0, 1]


def test_a_work_that_never_reported_is_waited_for(river):
    """Until a report is due it has no data, then it waits for one; when its deadline has passed that is news."""
    load_without_errors(river, "work", WORKS + "W-1,甲,R-1,清淤,100,m³,2014-01-01,2014-03-01")
    days = ("2013-12-31", "2014-02-01", "2014-02-02", "2014-03-02")
    lights = [work_light(river, day) for day in days]
    assert lights == ["无数据", "无数据", "待上报", "已逾期"]


def test_a_work_done_ahead_of_time_does_not_hide_another_for_ever(river):
    """Two works of a river: the plan of the one that is done counts as of the newest report, not as of its own."""
    load_without_errors(
        river,
        "work",
        WORKS + "W-1,甲,R-1,清淤,100,m³,2014-01-01,2014-04-11\nW-2,乙,R-1,清淤,100,m³,2014-01-01,2014-04-11",
    )
    reports = ("W-1,2014-01-31,100", "W-2,2014-01-31,0", "W-2,2014-03-31,50")
    load_without_errors(river, "work_progress", PROGRESS + "\n".join(reports))
    [found] = metric_rows(river, "dredging_progress", "2014-04-05")
    assert (found["done"], found["planned"]) == (150, pytest.approx(2 * 89))
    assert found["judged_on"] == pd.Timestamp("2014-03-31")


def test_the_list_the_lights_and_the_count_agree(sample_store, lights_by_day):
    """What is late among the lights of the pages of targets, works and projects is what `behind` lists, each with its
    id and its stream: what is past its deadline first, the longest in front, then the widest gap."""
    day = date(2014, 6, 30)
    with sample_store.read() as con:
        late, targets = BEHIND.compute(con, day), TARGET_PROGRESS.compute(con, day)
    works = metric_result(sample_store, "works_progress", day.isoformat())
    of_pages = [
        *zip(targets.rows["metric"], status_lights(targets.rows, day), strict=True),
        *zip(works.rows["work_id"], status_lights(works.rows, day), strict=True),
    ]
    wanted = {item: light for item, light in of_pages if light in LATE_WORDS}
    found = dict(zip(late.rows["item_id"], late.rows["light"], strict=True))
    assert {item: light for item, light in found.items() if not item.startswith("DEM")} == wanted
    assert len(late.rows) == late_count(lights_by_day[day]["light"])
    over = late.rows["light"] == "已逾期"
    assert list(over) == sorted(over, reverse=True)
    assert late.rows.loc[over, "days_left"].is_monotonic_increasing
    assert late.rows.loc[~over, "gap"].is_monotonic_increasing
    assert set(late.rows["stream"]) <= {"water", "investment", "demolition"}
    assert late.rows[["item_id", "kind", "stream", "light"]].notna().all(axis=None)


def test_a_project_past_its_deadline_is_late_until_all_have_signed(sample_store, lights_by_day):
    """51 of 52 households on 30 June, with the deadline in February; the project with all 86 signed is done."""
    rows = lights_by_day[date(2014, 6, 30)].set_index("item_id")
    assert (rows.at["DEM-S3", "light"], rows.at["DEM-BH", "light"]) == ("已逾期", "已完成")


def test_nothing_is_claimed_of_what_is_not_known():
    """Everything is on plan only where every light is known and green or done."""
    assert are_all_on_plan(["正常", "已完成"])
    for unknown in ("无数据", "待上报", "滞后", "严重滞后", "已逾期"):
        assert not are_all_on_plan(["正常", unknown])
    assert not are_all_on_plan([])
    assert light_counts(["滞后", "滞后", "无数据"]) == {word.value: 0 for word in LIGHTS} | {"滞后": 2, "无数据": 1}


@pytest.mark.parametrize(
    ("known", "light"),
    [
        ({"rate": 100, "gap": 0, "days_left": -1}, "已完成"),
        ({"rate": 99, "gap": 0, "days_left": 0}, "正常"),
        ({"rate": 99, "gap": -1, "days_left": -1}, "已逾期"),
        ({"rate": 99, "gap": -1, "days_left": -1, "is_level": True}, "滞后"),
        ({"rate": 50, "gap": -40, "days_left": 5, "is_waiting": True}, "待上报"),
        ({"rate": None, "gap": None, "days_left": -1, "is_waiting": True}, "已逾期"),
        ({"rate": None, "gap": None, "days_left": -1}, "无数据"),
    ],
)
def test_a_deadline_and_a_missing_report_have_lights_of_their_own(known, light):
    """Done beats all; a level has no deadline; a passed deadline is news, a missing report is none."""
    rate, gap = known.pop("rate"), known.pop("gap")
    assert status_light(rate, gap, None, **known) == light


def test_every_light_has_a_word_a_sign_and_a_colour_of_its_own():
    """No two lights look alike, and each reads in both languages."""
    words = {word.value for word in LIGHTS}
    assert words == set(phrases.STATUS) == set(colours.STATUS_SIGNS) == set(colours.STATUS_COLOURS)
    for looks in (colours.STATUS_SIGNS, colours.STATUS_COLOURS):
        assert len(set(looks.values())) == len(words)
