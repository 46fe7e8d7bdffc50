"""The task sheet of the year: each of its targets against its metric."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analytics.metrics import METRICS
from analytics.status import status_lights
from data.datasets.targets import TARGET_METRICS, TARGET_SHARES
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from tests.upload_helpers import check_content
from ui import formats
from ui.cards import target_goals
from ui.page import PageRequest
from ui.preferences import Reader, reading_as
from ui.water import issues

pytestmark = pytest.mark.slow

TARGETS = "指标,开始日期,截止日期,目标值\n"
TARGET_LABELS = {target.name: target.label for target in TARGET_METRICS}
ISSUES = "问题编码,河道,发现时间,问题来源,问题类别,紧急程度\n"


def target_row(store: Store, name: str, as_of: str) -> dict[str, Any]:
    [found] = [row for row in metric_rows(store, "target_progress", as_of) if row["target_id"] == name]
    return found


def test_every_target_of_the_sample_stands_beside_its_metric(sample_store):
    """Each target of the 示例 task sheet has an actual, and the shares both counts."""
    rows = metric_rows(sample_store, "target_progress")
    found = {row["metric"]: row for row in rows if row["scope_kind"] == "street"}
    with sample_store.read() as con:
        asked = {metric for (metric,) in con.execute("SELECT metric FROM target").fetchall()}
    assert set(found) == asked
    assert [name for name, row in found.items() if pd.isna(row["actual"])] == []
    for target in (target for target in TARGET_SHARES if target.name in found):
        row = found[target.name]
        assert row["actual"] == pytest.approx(100 * row["done"] / row["total"])


def test_a_level_is_due_on_every_day_and_is_never_done(store):
    """2 of 4 villages on 1 July are half of a target of 100 % with half of the year gone; a level has all of it due."""
    load_without_errors(store, "village", "村社编码,村社名称\n" + "".join(f"V{n},{n}村\n" for n in range(4)))
    load_without_errors(store, "plant", "厂站编码,厂站名称,所在村社,设计能力,投运日期\nP,站,V1,10,2014-01-01")
    load_without_errors(store, "plant_daily", "厂站,日期,进水量,运行时数,用电量,运行状态\nP,2014-06-30,6,20,5,正常")
    load_without_errors(
        store,
        "saving_activity",
        "活动编码,活动日期,所在村社,活动类型\nA,2014-02-01,V1,宣传活动\nB,2014-03-01,V2,宣传活动",
    )
    load_without_errors(
        store, "target", TARGETS + "节水活动覆盖率,2014-01-01,2015-01-01,100\n污水处理负荷率,2014-01-01,2015-01-01,60"
    )
    reached = target_row(store, "saving_coverage", "2014-07-02")
    assert (reached["actual"], reached["done"], reached["total"], reached["is_level"]) == (50, 2, 4, False)
    assert reached["elapsed_rate"] == pytest.approx(100 * 182 / 365)
    kept = target_row(store, "plant_load", "2014-07-02")
    assert (kept["actual"], kept["rate"], kept["elapsed_rate"], kept["gap"]) == (60, 100, 100, 0)
    found = metric_result(store, "target_progress", "2014-07-02").rows
    assert dict(zip(found["metric"], status_lights(found, None), strict=True)) == {
        "plant_load": "正常",
        "saving_coverage": "正常",
    }
    assert target_goals(found, status_lights(found, None))["plant_load"].words.zh == "目标 60.0 %：● 正常"


def test_the_gap_of_a_level_is_in_percentage_points(sample_store):
    """69.9 % of the patrols where 90 % are to be kept are 20.1 points too few: 22.3 would be a percentage of the 90."""
    row = target_row(sample_store, "patrol_completion", "2014-06-30")
    assert row["is_level"]
    assert (round(row["actual"], 1), row["target"], round(row["gap"], 1)) == (69.9, 90, -20.1)
    assert row["gap"] == pytest.approx(100 * row["done"] / row["total"] - 90)


@pytest.mark.parametrize("day", ["2014-07-01", "2014-08-01"])
def test_a_target_of_one_day_is_due_on_that_day(store, day):
    """A period that begins and ends on 1 July is over on that day and after it, so that its light can be late."""
    load_without_errors(store, "village", "村社编码,村社名称\nV1,一村\nV2,二村")
    load_without_errors(store, "saving_activity", "活动编码,活动日期,所在村社,活动类型\nA,2014-02-01,V1,宣传活动")
    load_without_errors(store, "target", TARGETS + "节水活动覆盖率,2014-07-01,2014-07-01,100")
    row = target_row(store, "saving_coverage", day)
    assert (row["rate"], row["elapsed_rate"], row["gap"]) == (50, 100, -50)


def test_the_issues_of_a_target_are_those_found_this_year(store):
    """One of the two issues of 2014 is settled, 50 %; the one of 2013 is counted in no rate of 2014."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nR,河,村级,河流")
    found = "".join(
        f"I{n},R,{day},河长巡河,水体,一般\n" for n, day in enumerate(("2013-12-30", "2014-01-02", "2014-02-02"))
    )
    load_without_errors(store, "issue", ISSUES + found)
    load_without_errors(store, "issue_event", "问题编码,时间,环节\nI0,2014-01-05 08:00,销号\nI1,2014-01-05 08:00,销号")
    load_without_errors(store, "target", TARGETS + "问题销号率,2014-01-01,2014-12-31,90")
    closed = target_row(store, "issue_closure", "2014-03-01")
    assert (closed["done"], closed["total"], closed["actual"]) == (1, 2, 50)


def test_money_that_nobody_reported_is_missing(store):
    """Without a row in the ledgers of stages and receipts the targets of money have no data, rather than 0 万元."""
    load_without_errors(
        store, "target", f"{TARGETS}本期到位资金,2014-01-01,2014-12-31,50\n本期签约投资额,2014-01-01,2014-12-31,90"
    )
    load_without_errors(store, "investment_project", MONEY.format(total=80))
    load_without_errors(store, "stage_event", "项目,阶段,进入日期\nP,正式签约,2014-07-01")

    def lights_on(day):
        found = metric_result(store, "target_progress", day).rows.set_index("metric", drop=False)
        return dict(zip(found["metric"], status_lights(found, None), strict=True))

    assert set(lights_on("2014-06-30").values()) == {"无数据"}
    assert lights_on("2014-07-02") == {"contract_value": "正常", "funds_in_place": "无数据"}


@pytest.mark.quick
def test_a_target_of_which_nothing_is_known_has_no_rate(store):
    """Without any patrol in the months looked at the target has no light, rather than 0 %."""
    load_without_errors(store, "target", TARGETS + "巡河完成率,2014-01-01,2014-12-31,90")
    found = target_row(store, "patrol_completion", "2014-07-02")
    assert pd.isna([found["actual"], found["rate"], found["gap"]]).all()
    assert status_lights(metric_result(store, "target_progress", "2014-07-02").rows, None) == ["无数据"]


@pytest.mark.parametrize("day", ["2013-12-31", "2014-01-31", "2014-06-15", "2014-06-30"])
def test_issue_closure_is_one_figure_on_every_page(sample_store, day):
    """The card of the issues and the target of the cockpit have both counts alike, by hand those found this year."""
    overdue, times = (metric_result(sample_store, name, day) for name in ("overdue_issues", "issue_time"))
    closure = metric_result(sample_store, "issue_closure", day, is_total="True")
    with reading_as(Reader()):
        cards = issues.issue_cards(PageRequest(None), closure, overdue, times)  # type: ignore[arg-type]
    [card] = [each for each in cards if each.label.zh == "问题销号率"]
    with sample_store.read() as con:
        found, closed = con.execute(
            """SELECT count(*), count(*) FILTER ((SELECT arg_max(step, happened_at) FROM issue_event e
            WHERE e.issue_id = i.issue_id AND CAST(happened_at AS DATE) <= $day) = '销号')
            FROM issue i WHERE year(found_at) = year($day) AND CAST(found_at AS DATE) <= $day""",
            {"day": pd.Timestamp(day).date()},
        ).fetchone()
    assert card.below[0].zh == f"{closed} / {found} 件"
    assert card.below[1].zh == "今年发现的问题"
    targets = [row for row in metric_rows(sample_store, "target_progress", day) if row["target_id"] == "issue_closure"]
    assert [(row["done"], row["total"]) for row in targets] == ([(closed, found)] if day > "2014" else [])


def test_funds_are_those_of_signed_projects_that_were_not_ended(store):
    """Target and share of funds count the same projects and date the same ledgers; the target has its period."""
    load_without_errors(
        store,
        "investment_project",
        "项目编码,项目名称,项目类别,总投资(万元)\n" + "".join(f"P{n},项目{n},供地类,{n}00\n" for n in range(1, 5)),
    )
    load_without_errors(
        store,
        "stage_event",
        "项目,阶段,进入日期\nP1,正式签约,2013-03-01\nP2,拿地,2014-02-01\nP3,正式签约,2014-02-01\nP3,终止,2014-03-01\n"
        "P4,洽谈,2014-02-01",
    )
    funds = ("1,P1,2013-04-01,10,进账单,是", "2,P1,2014-04-01,20,进账单,是", "3,P2,2014-04-02,30,进账单,是")
    more = ("4,P3,2014-02-15,40,进账单,是", "5,P4,2014-02-15,50,进账单,是", "6,P1,2014-05-01,60,进账单,否")
    load_without_errors(
        store, "funding", "到资编码,项目,到位日期,到位金额,证明材料,已核实\n" + "\n".join((*funds, *more))
    )
    load_without_errors(
        store, "target", TARGETS + "到位资金,2014-01-01,2014-12-31,100\n协议投资额,2014-01-01,2014-12-31,400"
    )
    share = metric_result(store, "funds_in_place", "2014-06-30")
    assert (share.rows["received"].sum(), set(share.rows["project"])) == (60, {"项目1", "项目2"})
    received, signed = (target_row(store, name, "2014-06-30") for name in ("funds_in_place", "contract_value"))
    assert (received["actual"], signed["actual"]) == (50, 200)
    assert received["newest"] == signed["newest"] == pd.Timestamp(share.newest) == pd.Timestamp("2014-05-01")


def test_the_sums_of_the_two_figures_of_funds_differ_by_the_years_before(sample_store):
    """Of the 示例 ledgers: to date less what came before the target began is what came in its period."""
    share = metric_result(sample_store, "funds_in_place", "2014-06-30")
    before = metric_result(sample_store, "funds_in_place", "2013-12-31").rows["received"].sum()
    received = target_row(sample_store, "funds_in_place", "2014-06-30")
    assert received["actual"] == share.rows["received"].sum() - before
    assert received["newest"] == pd.Timestamp(share.newest)
    assert TARGET_LABELS["funds_in_place"] != share.definition.label


def test_a_level_has_no_days_left(sample_store):
    """What is to be kept on every day ends on none; what grows has the days until its end."""
    for row in metric_rows(sample_store, "target_progress", "2014-06-30"):
        left = (row["period_end"] - pd.Timestamp("2014-06-30")).days
        assert pd.isna(row["days_left"]) if row["is_level"] else row["days_left"] == left


BASIS = "指标,开始日期,截止日期,目标值,时间口径\n"
MONEY = "项目编码,项目名称,项目类别,总投资(万元)\nP,项目,供地类,{total}\n"
BREAKDOWN = "分解编码,指标,所在村社,责任单位,河道,征迁项目,开始日期,截止日期,目标值,时间口径\n"


@pytest.mark.parametrize(
    ("done", "target", "day", "rate", "said"),
    [
        (6_290_000, 6_474_000, "2016-10-31", "97.2 %", "快于时间进度 13.8 个百分点"),
        (851, 1_000, "2016-10-31", "85.1 %", "快于时间进度 1.8 个百分点"),
        (3_090, 10_000, "2016-03-31", "30.9 %", "快于时间进度 5.9 个百分点"),
        (432, 1_000, "2016-04-30", "43.2 %", "快于时间进度 9.9 个百分点"),
    ],
)
def test_four_published_figures_come_out_by_month_end(store, done, target, day, rate, said):
    """629.0 of 647.4 after ten months is 13.8 points ahead, as was published: the gap of the rounded 97.2 is 13.9."""
    load_without_errors(store, "investment_project", MONEY.format(total=done))
    load_without_errors(store, "stage_event", "项目,阶段,进入日期\nP,正式签约,2016-01-05")
    load_without_errors(store, "target", f"{BASIS}本期签约投资额,2016-01-01,2016-12-31,{target},按月末")
    row = target_row(store, "contract_value", day)
    assert row["elapsed_rate"] == pytest.approx(100 * int(day[5:7]) / 12)
    assert formats.format_percent(row["rate"], 100.0) == rate
    assert formats.format_gap(row["gap"], formats.GAP_TO_TIME).zh == said


@pytest.mark.parametrize(("done", "day"), [(5, "2016-05-31"), (10, "2016-10-31")])
def test_what_is_exactly_on_plan_is_on_plan(store, done, day):
    """5 of 12 after five months of twelve is no gap, though the two binary fractions are 7e-15 apart."""
    load_without_errors(store, "village", "村社编码,村社名称,类型\nV,甲村,行政村")
    load_without_errors(store, "plant", f"厂站编码,厂站名称,所在村社,设计能力,应接户数,已接户数\nP,甲厂,V,40,12,{done}")
    load_without_errors(store, "target", BASIS + "微型污水处理厂接户率,2016-01-01,2016-12-31,100,按月末")
    found = metric_result(store, "target_progress", day).rows
    assert status_lights(found, None) == ["正常"]
    assert formats.format_gap(found["gap"].item(), formats.GAP_TO_TIME).zh == "与时间进度持平"


@pytest.mark.parametrize(("day", "elapsed"), [("2014-04-29", 25), ("2014-04-30", 100 / 3), ("2014-12-31", 100)])
def test_by_month_end_a_month_counts_once_it_is_over(store, day, elapsed):
    """On 29 April three of twelve months are over, on the 30th four; on the last day of the period all."""
    load_without_errors(store, "target", BASIS + "签约率,2014-01-01,2014-12-31,90,按月末")
    assert target_row(store, "signing_rate", day)["elapsed_rate"] == pytest.approx(elapsed)


@pytest.fixture
def milestones(store) -> Store:
    """A project to be signed by milestones, and a target of the whole by milestones without any."""
    load_without_errors(
        store,
        "demolition_project",
        "项目编码,项目名称,征迁类别,总户数(户),签约开始,签约截止\nD,项目,三改,4,2014-01-01,2014-06-30",
    )
    load_without_errors(
        store, "target", "指标,开始日期,截止日期,目标值,时间口径\n签约率,2014-01-01,2014-12-31,90,按节点"
    )
    load_without_errors(store, "target_breakdown", BREAKDOWN + "T,签约率,,,,D,2014-01-01,2014-06-30,100,按节点")
    load_without_errors(
        store,
        "target_milestone",
        "节点编码,指标,分解编码,节点日期,应完成比例\nM1,签约率,T,2014-03-01,30\nM2,签约率,T,2014-05-01,70",
    )
    return store


@pytest.mark.parametrize(
    ("day", "elapsed"),
    [("2014-02-28", 0), ("2014-03-01", 30), ("2014-04-30", 30), ("2014-05-01", 70), ("2014-06-30", 100)],
)
def test_by_milestones_the_last_one_says_what_is_due(milestones, day, elapsed):
    """Nothing is due before the first milestone, its share from its day on, all of it on the last day."""
    assert target_row(milestones, "signing_rate:project:D", day)["elapsed_rate"] == elapsed


def test_a_target_by_milestones_without_any_has_no_plan(milestones):
    """Where no milestone is registered there is no gap and no light, rather than a guess."""
    assert pd.isna(target_row(milestones, "signing_rate", "2014-05-01")["elapsed_rate"])
    found = metric_result(milestones, "target_progress", "2014-05-01").rows
    lights = dict(zip(found["target_id"], status_lights(found, None), strict=True))
    assert lights["signing_rate"] == "无数据"


def test_a_part_counts_its_own_alone(sample_store):
    """91 of the 120 households of one project are its target, 160 of 236 that of the whole."""
    part, whole = (
        target_row(sample_store, name, "2014-06-30") for name in ("signing_rate:project:DEM-S1", "signing_rate")
    )
    assert (part["done"], part["total"], part["scope_name"]) == (91, 120, "示例征迁项目一")
    assert (whole["done"], whole["total"]) == (160, 236)


def test_targets_of_parts_change_nothing_of_the_whole(sample_store):
    """The thirteen targets of the whole read alike with the breakdown and without it."""
    with sample_store.scratch() as con:
        con.execute("BEGIN")
        before = METRICS["target_progress"].compute(con, pd.Timestamp("2014-06-30").date()).rows
        con.execute("DELETE FROM target_breakdown")
        after = METRICS["target_progress"].compute(con, pd.Timestamp("2014-06-30").date()).rows
        con.execute("ROLLBACK")
    whole = before[before["scope_kind"] == "street"].reset_index(drop=True)
    assert (len(whole), len(before)) == (13, 19)
    pd.testing.assert_frame_equal(whole.astype(object).fillna(""), after.astype(object).fillna(""))


def test_the_ledger_may_say_what_is_a_level(store):
    """A rate that is a level by its metric grows where its target says so: half of the year is half of it."""
    heading = "指标,开始日期,截止日期,目标值,一直要保持\n"
    load_without_errors(
        store, "target", heading + "水力负荷率,2014-01-01,2015-01-01,60,否\n签约率,2014-01-01,2014-12-31,90,是"
    )
    grows, kept = (target_row(store, name, "2014-07-02") for name in ("plant_load", "signing_rate"))
    assert (grows["is_level"], grows["elapsed_rate"]) == (False, pytest.approx(100 * 182 / 365))
    assert (kept["is_level"], kept["elapsed_rate"], pd.isna(kept["days_left"])) == (True, 100, True)


@pytest.mark.parametrize(
    ("ledger", "content", "said"),
    [
        ("target", TARGETS + "签约率,2014-01-01,2014-12-31,0.85", "%"),
        ("target", TARGETS + "没有的指标,2014-01-01,2014-12-31,85", "没有的指标"),
        ("target", TARGETS + "签约率,2014-01-01,2014-12-31,85\n签约率,2014-01-01,2014-06-30,80", "一个键只能有一行"),
        ("target_breakdown", BREAKDOWN + "T,签约率,,,,没有的项目,2014-01-01,2014-12-31,85,", "没有的项目"),
        ("target_breakdown", BREAKDOWN + "T,签约率,,没有的单位,,,2014-01-01,2014-12-31,85,", "没有哪项目标"),
        ("target_breakdown", BREAKDOWN + "T,签约率,,,,,2014-01-01,2014-12-31,85,", "只写一个范围"),
    ],
)
def test_a_target_that_cannot_be_is_refused_in_one_sentence(store, ledger, content, said):
    """A fraction, an unknown metric, two for one period, an unknown part or none: each says what is wrong."""
    report = check_content(store, ledger, content)
    assert report.rejected >= 1
    assert any(said in f"{error.value}{error.reason.zh}" for error in report.errors)


def test_a_target_of_nothing_is_told_and_has_no_rate(store):
    """A target of 0 is loaded with a warning, and shows no data instead of a rate."""
    report = check_content(store, "target", TARGETS + "签约率,2014-01-01,2014-12-31,0")
    assert (report.rejected, [note.reason.zh for note in report.notes if "是 0" in note.reason.zh] != []) == (0, True)


@pytest.mark.parametrize(
    ("day", "value", "elapsed"),
    [
        ("2014-03-31", 90, 25),
        ("2014-04-01", 30, 0),
        ("2014-06-30", 30, 100),
        ("2014-07-31", 90, 700 / 12),
        ("2015-03-31", 90, 100),
    ],
)
def test_a_target_within_the_period_of_another_counts_while_it_runs(store, day, value, elapsed):
    """A quarter's target within the year's counts from its first day to its last, before and after it the year's."""
    load_without_errors(
        store, "target", BASIS + "签约率,2014-01-01,2014-12-31,90,按月末\n签约率,2014-04-01,2014-06-30,30,按月末"
    )
    row = target_row(store, "signing_rate", day)
    assert (row["target"], row["elapsed_rate"]) == (value, pytest.approx(elapsed))


def test_of_two_targets_that_are_over_the_last_to_end_stays(store):
    """In the year after, a part has the target of the year, and not that of a quarter within it."""
    load_without_errors(store, "village", "村社编码,村社名称\nV,村")
    rows = "Y,拆违面积,V,,,,2014-01-01,2014-12-31,90,\nQ,拆违面积,V,,,,2014-04-01,2014-06-30,30,"
    load_without_errors(store, "target_breakdown", BREAKDOWN + rows)
    found = {day: target_row(store, "razed_area:village:V", day)["target"] for day in ("2014-06-30", "2015-01-31")}
    assert found == {"2014-06-30": 30, "2015-01-31": 90}


MILESTONES = "节点编码,指标,分解编码,节点日期,应完成比例\n"


def test_each_year_has_milestones_of_its_own(store):
    """The second year begins anew: 20 % by March 2015 is no fall from the 90 % of December 2014."""
    load_without_errors(
        store, "target", BASIS + "签约率,2014-01-01,2014-12-31,90,按节点\n签约率,2015-01-01,2015-12-31,95,按节点"
    )
    load_without_errors(
        store,
        "target_milestone",
        MILESTONES + "M1,签约率,,2014-12-01,90\nM2,签约率,,2015-03-01,20\nM3,签约率,,2015-06-01,60",
    )
    due = {
        day: target_row(store, "signing_rate", day)["elapsed_rate"]
        for day in ("2014-12-05", "2015-02-28", "2015-05-31")
    }
    assert due == {"2014-12-05": 90, "2015-02-28": 0, "2015-05-31": 20}
    falling = check_content(store, "target_milestone", MILESTONES + "M4,签约率,,2015-09-01,50")
    assert any("累计数" in error.reason.zh for error in falling.errors)


def test_milestones_within_an_inner_target_are_its_own(store):
    """What the quarter asks for is not held against the year, which goes on with its own milestones afterwards."""
    load_without_errors(
        store, "target", BASIS + "签约率,2014-01-01,2014-12-31,90,按节点\n签约率,2014-04-01,2014-06-30,30,按节点"
    )
    rows = "M1,签约率,,2014-03-01,10\nM2,签约率,,2014-05-01,50\nM3,签约率,,2014-09-01,60"
    load_without_errors(store, "target_milestone", MILESTONES + rows)
    days = ("2014-03-31", "2014-05-31", "2014-07-31", "2014-09-30")
    assert [target_row(store, "signing_rate", day)["elapsed_rate"] for day in days] == [10, 50, 10, 60]


@pytest.mark.parametrize(
    "milestone", ["M,签约率,,2015-02-01,20", "M,签约率,T,2014-07-01,80", "M,拆违面积,,2014-05-01,20"]
)
def test_a_milestone_outside_of_its_target_is_told(milestones, milestone):
    """Beyond the period, or of a target that is counted in another way, it is loaded with one sentence that says so."""
    report = check_content(milestones, "target_milestone", MILESTONES + milestone)
    assert (report.rejected, sum("不起作用" in note.reason.zh for note in report.notes)) == (0, 1)
