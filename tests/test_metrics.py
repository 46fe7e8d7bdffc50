"""The metrics and the queries behind them: figures worked out by hand, and what holds for all of them."""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics import queries
from analytics.metrics import parse_date
from analytics.status import status_light
from data.errors import NotADate, UnknownFilter, UnknownMetric
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_result, metric_rows

ROOT = Path(__file__).parent.parent
SQL = ROOT / "analytics" / "sql"
BLOCKS = [name for folder in sorted(SQL.iterdir()) for name in queries.query_names(folder.name)]


@pytest.fixture
def river(store) -> Store:
    """A database of one river."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nR-1,一号河,村级,河流")
    return store


def test_the_day_is_the_newest_in_the_ledgers_of_the_metric(river):
    """As-of is the newest date of the metric's own ledgers, not of others and not today."""
    load_without_errors(
        river,
        "source",
        "污染源编码,污染源名称,类型,河道,整治状态,发现日期,完成日期\nP,场,煤炭,R-1,已完成,2014-01-01,2014-03-09",
    )
    load_without_errors(river, "saving_activity", "活动编码,活动日期,活动类型\nA,2014-05-01,培训")
    assert metric_result(river, "source_closure").as_of == date(2014, 3, 9)
    assert metric_result(river, "saving_activities").as_of == date(2014, 5, 1)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("sample_class", "items"),
        ("section_class", "samples"),
        ("dredging_progress", "done"),
        ("works_progress", "done"),
        ("source_closure", "closed"),
        ("saving_activities", "activities"),
        ("funds_in_place", "received"),
        ("signing_rate", "signed"),
        ("signing_curve", "signed"),
        ("status_chain", "reached"),
        ("compensation_mix", "signed"),
    ],
)
def test_an_earlier_day_shows_less(sample_store, name, column):
    """What happened after the day asked for is not counted."""
    earlier, now = (metric_result(sample_store, name, d).rows[column].sum() for d in ("2013-12-31", None))
    assert 0 < earlier < now


def test_a_filter_keeps_the_rows_that_say_so(sample_store):
    """Filters keep the rows of one river; two filters keep those of both."""
    assert {r["river"] for r in metric_rows(sample_store, "source_closure", river="胡家新河")} == {"胡家新河"}
    [livestock] = metric_rows(sample_store, "source_closure", river="胡家新河", kind="畜禽养殖")
    assert (livestock["closed"], livestock["registered"], livestock["rate"]) == (9, 9, 100)
    assert metric_rows(sample_store, "source_closure", river="没有的河") == []


def test_unknown_names_are_told_with_the_known_ones(sample_store):
    """A metric, a filter or a day that is not one raises its own error, which lists what there is."""
    with pytest.raises(UnknownMetric, match="signing_rate"):
        metric_result(sample_store, "happiness")
    with pytest.raises(UnknownFilter, match="river"):
        metric_result(sample_store, "source_closure", colour="red")
    for written in ("2014-02-30", "yesterday", "2014/06/30", "", "0001-01-01", "9999-12-31"):
        with pytest.raises(NotADate):
            parse_date(written)


WORKS = "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"


def test_dredging_is_a_sum_over_a_sum(river):
    """Of 100 m³ and 300 m³, 50 and 300 are done: 350 of 400 is 87.5 %, not the mean 75 %; walls do not count."""
    works = ((1, "清淤", 100), (2, "清淤", 300), (3, "挡墙护岸", 999))
    lines = (f"W-{n},{n},R-1,{kind},{quantity},m³,2014-01-01,2014-12-31\n" for n, kind, quantity in works)
    load_without_errors(river, "work", WORKS + "".join(lines))
    load_without_errors(
        river, "work_progress", "工程,上报日期,累计完成量\nW-1,2014-06-30,50\nW-2,2014-05-31,300\nW-3,2014-06-30,999"
    )
    [found] = metric_rows(river, "dredging_progress")
    assert (found["done"], found["quantity"], found["rate"]) == (350, 400, 87.5)


def test_a_work_that_never_reported_counts_as_not_begun_in_the_sum_but_has_no_rate(river):
    """Its quantity stays in the river's denominator; on its own it has no rate rather than 0 %."""
    load_without_errors(
        river,
        "work",
        WORKS + "W-1,甲,R-1,清淤,100,m³,2014-01-01,2014-12-31\nW-2,乙,R-1,清淤,100,m³,2014-01-01,2014-12-31",
    )
    load_without_errors(river, "work_progress", "工程,上报日期,累计完成量\nW-1,2014-06-30,50")
    assert [r["rate"] for r in metric_rows(river, "dredging_progress")] == [25]
    rates = {r["work"]: r["rate"] for r in metric_rows(river, "works_progress")}
    assert rates["甲"] == 50
    assert pd.isna(rates["乙"])


def test_the_plan_runs_straight_between_its_dates(river):
    """From 0 on the 1st to 20 on the 11th, 80 on the 21st and 100 at the end on the 31st: by hand, day by day."""
    load_without_errors(river, "work", WORKS + "W-1,甲,R-1,清淤,100,m³,2014-01-01,2014-01-31")
    load_without_errors(river, "work_plan", "工程,节点日期,累计计划量\nW-1,2014-01-11,20\nW-1,2014-01-21,80")
    by_hand = {"2013-12-31": 0, "2014-01-01": 0, "2014-01-05": 8, "2014-01-11": 20, "2014-01-16": 50, "2014-01-21": 80}
    by_hand |= {"2014-01-26": 90, "2014-01-31": 100, "2014-03-01": 100}
    assert {d: metric_rows(river, "works_progress", d)[0]["planned_rate"] for d in by_hand} == pytest.approx(by_hand)


def test_the_gap_is_rate_less_plan(river):
    """30 of 100 reported on the day when 50 were due is 20 points behind, and stays so until the next report."""
    load_without_errors(river, "work", WORKS + "W-1,甲,R-1,清淤,100,m³,2014-01-01,2014-01-31")
    load_without_errors(river, "work_progress", "工程,上报日期,累计完成量\nW-1,2014-01-16,30\nW-1,2014-01-25,90")
    for day in ("2014-01-16", "2014-01-24"):
        [found] = metric_rows(river, "works_progress", day)
        assert (found["rate"], found["planned_rate"], found["gap"]) == (30, 50, -20)
        assert found["judged_on"] == pd.Timestamp("2014-01-16")
        assert [(r["item"], r["gap"]) for r in metric_rows(river, "behind", day)] == [("甲", -20)]


def test_a_relapsed_source_counts_as_open(river):
    """Of four sources one is closed, one relapsed, one open and past its date, one found later: 1 of 3."""
    load_without_errors(river, "source", (
        "污染源编码,污染源名称,类型,河道,整治状态,发现日期,限期,完成日期\n"
        "P-1,甲,煤炭,R-1,已完成,2014-01-01,2014-02-01,2014-01-20\n"
        "P-2,乙,煤炭,R-1,反弹,2014-01-01,2014-02-01,2014-01-20\n"
        "P-3,丙,煤炭,R-1,整治中,2014-01-01,2014-02-01,\n"
        "P-4,丁,煤炭,R-1,未启动,2014-06-01,,\n"
    ))  # fmt: skip
    [found] = metric_rows(river, "source_closure", "2014-03-01")
    assert (found["closed"], found["registered"], found["overdue"]) == (1, 3, 2)
    assert found["rate"] == pytest.approx(100 / 3)
    [before] = metric_rows(river, "source_closure", "2014-01-10")
    assert (before["closed"], before["registered"], before["overdue"]) == (0, 3, 0)


def test_the_stages_add_up_to_all_projects(sample_store):
    """Each project counts in one stage, so the stages add up to the projects and to their investment."""
    stages = metric_result(sample_store, "pipeline_stages").rows
    listed = metric_result(sample_store, "stuck_projects").rows
    with sample_store.read() as con:
        [(projects, investment)] = con.execute("SELECT count(*), sum(investment) FROM investment_project").fetchall()
    assert stages["projects"].sum() == len(listed) == projects
    assert stages["investment"].sum() == listed["investment"].sum() == investment


def test_a_project_is_in_the_stage_that_it_entered_last(store):
    """A project that went on counts in its newest stage by the day; of two on one day the later stage counts."""
    load_without_errors(store, "investment_project", "项目编码,项目名称,项目类别,总投资\nI-1,甲,供地类,1000")
    load_without_errors(
        store, "stage_event", "项目,阶段,进入日期\n甲,洽谈,2014-01-01\n甲,正式签约,2014-02-01\n甲,注册落地,2014-02-01"
    )
    assert [r["stage"] for r in metric_rows(store, "stuck_projects", "2014-01-15")] == ["洽谈"]
    assert [r["stage"] for r in metric_rows(store, "stuck_projects", "2014-02-01")] == ["注册落地"]


def test_funds_in_place_count_verified_money_of_signed_projects(store):
    """600 of 1,000 verified is 60 %; 100 not verified stand apart, and an unsigned project is not in the list."""
    load_without_errors(
        store, "investment_project", "项目编码,项目名称,项目类别,总投资\nI-1,甲,供地类,1000\nI-2,乙,供地类,500"
    )
    load_without_errors(store, "stage_event", "项目,阶段,进入日期\n甲,正式签约,2014-02-01\n乙,洽谈,2014-02-01")
    load_without_errors(store, "funding", (
        "到资编码,项目,到位日期,到位金额,证明材料,已核实\nF-1,甲,2014-03-01,600,进账单,是\n"
        "F-2,甲,2014-03-02,100,发票,否\nF-3,乙,2014-03-02,50,发票,是"
    ))  # fmt: skip
    [found] = metric_rows(store, "funds_in_place")
    assert (found["project"], found["received"], found["unverified"], found["rate"]) == ("甲", 600, 100, 60)


def test_households_left_and_needed_a_day(store):
    """Of 10 households 4 signed, 2 of them in the last week; 6 in 12 days are 0.5 a day."""
    load_without_errors(
        store,
        "demolition_project",
        "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\nD,甲,拆违,10,2014-01-01,2014-01-31",
    )
    load_without_errors(store, "household", "户编号,项目\n" + "".join(f"H-{n},D\n" for n in range(10)))
    signed = zip(range(4), ("02", "05", "18", "19"), strict=True)
    load_without_errors(
        store, "agreement", "户编号,签约日期,补偿方式\n" + "".join(f"H-{n},2014-01-{d},货币补偿\n" for n, d in signed)
    )
    [found] = metric_rows(store, "households_left", "2014-01-19")
    assert (found["households_left"], found["days_left"], found["needed_per_day"]) == (6, 12, 0.5)
    assert found["pace_per_day"] == pytest.approx(2 / 7)
    [rate] = metric_rows(store, "signing_rate", "2014-01-19")
    assert (rate["signed"], rate["households"], rate["rate"], rate["planned_rate"]) == (4, 10, 40, 60)


@pytest.mark.parametrize("as_of", ["2013-09-15", "2013-12-31", "2014-02-28", "2014-06-30", "2015-12-31"])
def test_no_share_of_households_passes_100(sample_store, as_of):
    """On any day the rate, the curve, the chain and the plan of the sample lie between 0 and 100 %."""
    for name in ("signing_rate", "signing_curve", "status_chain"):
        found = metric_result(sample_store, name, as_of).rows
        assert found["rate"].between(0, 100).all()
    assert metric_result(sample_store, "signing_rate", as_of).rows["planned_rate"].between(0, 100).all()


def test_the_curve_ends_at_the_rate(sample_store):
    """The last point of a curve is the signing rate; the one that falls is that of the agreements withdrawn."""
    curve = metric_result(sample_store, "signing_curve").rows
    rises = curve.groupby("project_id")["signed"].apply(lambda s: s.is_monotonic_increasing)
    assert rises[~rises].index.tolist() == ["DEM-S2"]
    rates = metric_result(sample_store, "signing_rate").rows.set_index("project")["rate"]
    assert curve.groupby("project")["rate"].last().to_dict() == rates.to_dict()


def test_the_chain_never_grows(sample_store):
    """No step of the chain holds more households than the step before it, and the step 已签约 is the signing rate."""
    chain = metric_result(sample_store, "status_chain").rows
    assert chain.groupby("project")["reached"].apply(lambda s: s.is_monotonic_decreasing).all()
    signed = chain[chain["status"] == "已签约"].set_index("project")["reached"].to_dict()
    assert signed == metric_result(sample_store, "signing_rate").rows.set_index("project")["signed"].to_dict()


def test_a_target_is_held_against_what_is_done_and_the_days_gone(river):
    """45 of 100 m³ against a target of 90 % is half done; 20 % were due on the day of the report, the 73rd of 365."""
    load_without_errors(river, "work", WORKS + "W-1,甲,R-1,清淤,100,m³,2014-01-01,2014-12-31")
    load_without_errors(river, "work_progress", "工程,上报日期,累计完成量\nW-1,2014-03-15,45")
    load_without_errors(river, "target", "指标,开始日期,截止日期,目标值\n清淤完成率,2014-01-01,2015-01-01,90")
    [found] = metric_rows(river, "target_progress", "2014-03-31")
    assert (found["actual"], found["target"], found["rate"], found["elapsed_rate"], found["gap"]) == (
        45,
        90,
        50,
        20,
        30,
    )


@pytest.mark.parametrize(
    ("rate", "gap", "light"),
    [
        (100, -50, "已完成"),
        (99.9, 0, "正常"),
        (50, 12, "正常"),
        (50, -0.1, "滞后"),
        (50, -10, "滞后"),
        (50, -10.1, "严重滞后"),
        (0, -100, "严重滞后"),
        (None, 0, "无数据"),
        (float("nan"), 0, "无数据"),
        (50, None, "无数据"),
        (50, float("nan"), "无数据"),
    ],
)
def test_the_light_changes_at_its_thresholds(rate, gap, light):
    """Done at 100 %; on plan from a gap of 0; behind down to ten points; badly behind below; no figure, no light."""
    assert status_light(rate, gap, None) == light


@pytest.mark.parametrize("name", BLOCKS)
def test_every_query_is_used(name):
    """A block of SQL is named by a metric, a page or another block; none lies about."""
    stream, block = name.split(".")
    sources = [
        p.read_text(encoding="utf-8") for room in ("analytics", "pages", "ui") for p in (ROOT / room).rglob("*.py")
    ]
    files = {p: p.read_text(encoding="utf-8") for p in SQL.rglob("*.sql")}
    is_included = any(
        f"-- include: {name}\n" in text or (f"-- include: {block}\n" in text and p.parent.name == stream)
        for p, text in files.items()
    )
    assert is_included or any(f'"{name}"' in s for s in sources)


@pytest.mark.parametrize("word", ["ON CONFLICT", "QUALIFY", "RETURNING", "ENUM", "GROUP BY ALL", "PIVOT", "ASOF"])
def test_the_queries_keep_to_the_portable_subset(word):
    """No query uses a word that the shared engine of a later issue does not know."""
    found = [n for n in BLOCKS if re.search(rf"\b{word}\b", queries.expanded_sql(n), re.IGNORECASE)]
    assert found == []


def test_values_are_bound_never_written_in():
    """A query takes its values by name, as $as_of; none has a place for text to be put in."""
    assert [n for n in BLOCKS if re.search(r"[{}]|%s|\?", queries.expanded_sql(n))] == []
    assert set().union(*(queries.parameters(n) for n in BLOCKS)) >= {"as_of"}


WORK = "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"


def test_a_river_that_never_reported_has_no_dredging_rate(river):
    """Works without a report leave the rate empty and are counted, and stand in the list of what is behind."""
    load_without_errors(river, "work", WORK + "W-1,清淤一,R-1,清淤,100,m³,2014-01-01,2014-03-01")
    found = metric_rows(river, "dredging_progress", "2014-06-30")[0]
    assert pd.isna(found["rate"])
    assert found["unreported"] == 1
    late = metric_rows(river, "behind", "2014-06-30")[0]
    assert (late["item"], late["planned_rate"]) == ("清淤一", 100)
    assert pd.isna(late["gap"])


def test_the_dredging_target_sums_cubic_metres_only(river):
    """Metres are not added to cubic metres."""
    load_without_errors(
        river,
        "work",
        WORK + "W-1,甲,R-1,清淤,100,m³,2014-01-01,2014-12-31\nW-2,乙,R-1,清淤,900,m,2014-01-01,2014-12-31",
    )
    load_without_errors(river, "work_progress", "工程,上报日期,累计完成量\nW-1,2014-06-30,40\nW-2,2014-06-30,900")
    load_without_errors(river, "target", "指标,开始日期,截止日期,目标值\n清淤完成率,2014-01-01,2014-12-31,100")
    assert metric_rows(river, "target_progress")[0]["actual"] == 40


def test_a_missed_target_stays_until_the_next_one(river):
    """The day after its end a target is still shown, with its full plan due."""
    load_without_errors(river, "work", WORK + "W-1,甲,R-1,清淤,100,m³,2014-01-01,2014-03-01")
    load_without_errors(river, "work_progress", "工程,上报日期,累计完成量\nW-1,2014-04-30,40")
    load_without_errors(river, "target", "指标,开始日期,截止日期,目标值\n清淤完成率,2014-01-01,2014-03-31,100")
    found = metric_rows(river, "target_progress")[0]
    assert (found["rate"], found["elapsed_rate"], found["days_left"]) == (40, 100, -30)


def test_more_households_than_declared_never_make_more_than_100_percent(store):
    """The households are the greater of the declared total and the registered codes."""
    load_without_errors(
        store,
        "demolition_project",
        "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\nP,项目,三改,2,2014-01-01,2014-03-01",
    )
    load_without_errors(store, "household", "户编号,项目\nH-1,P\nH-2,P\nH-3,P")
    load_without_errors(
        store,
        "agreement",
        "户编号,签约日期,补偿方式\nH-1,2014-01-05,货币补偿\nH-2,2014-01-06,货币补偿\nH-3,2014-01-07,货币补偿",
    )
    found = metric_rows(store, "signing_rate")[0]
    assert (found["signed"], found["households"], found["rate"], found["households_left"]) == (3, 3, 100, 0)


def test_a_project_that_nobody_signed_reads_zero_of_all(store):
    """A project is shown with 0 signed as soon as its signing has begun."""
    load_without_errors(
        store,
        "demolition_project",
        "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\nP,项目,三改,2,2014-01-01,2014-03-01",
    )
    found = metric_rows(store, "signing_rate", "2014-02-01")[0]
    assert (found["signed"], found["households"]) == (0, 2)


def test_a_project_without_a_stage_is_still_counted(store):
    """The stages sum up to all projects, those without a stage in a bucket of their own."""
    load_without_errors(
        store, "investment_project", "项目编码,项目名称,项目类别,总投资(亿元)\nI-1,甲,供地类,1\nI-2,乙,供地类,3"
    )
    load_without_errors(store, "stage_event", "项目,阶段,进入日期\nI-1,开工,2014-01-01")
    found = metric_rows(store, "pipeline_stages")
    assert sum(r["projects"] for r in found) == 2
    assert (found[-1]["projects"], found[-1]["investment"]) == (1, 30000)
    assert pd.isna(found[-1]["stage"])
    assert [r["project"] for r in metric_rows(store, "funds_in_place")] == ["甲"]


def test_a_huge_value_does_not_break_the_classes(store):
    """A value of 20 million, loaded before the loader refused such, classes as worse than Ⅴ."""
    load_without_errors(store, "section", "断面编码,断面名称\nS-1,断面甲")
    load_without_errors(store, "reading", "断面,监测时间,汞(mg/L)\n断面甲,2021-06-01 08:00,0.1")
    with store.scratch() as con, store.write(con):
        con.execute("UPDATE reading SET value = 20000000")
    assert metric_rows(store, "sample_class")[0]["class"] == "劣Ⅴ"


def test_a_result_says_how_new_its_data_are(river):
    """Asked for a day two years after the last report, a figure says the day of the report beside it."""
    load_without_errors(river, "work", WORK + "W,清淤,R-1,清淤,100,m³,2014-01-01,2014-12-31")
    load_without_errors(river, "work_progress", "工程,上报日期,累计完成量\nW,2014-03-01,10\nW,2014-06-01,40")
    late, early = (
        metric_result(river, "works_progress", "2016-01-01"),
        metric_result(river, "works_progress", "2014-05-01"),
    )
    assert [f"{late.as_of}", f"{late.newest}", f"{early.newest}"] == ["2016-01-01", "2014-06-01", "2014-03-01"]
