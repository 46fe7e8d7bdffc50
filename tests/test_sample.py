"""The 示例 ledgers: the article's facts and nothing more about anybody real."""

import csv
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics import metrics
from analytics.water import signed_rank, trend
from data.datasets import DATASETS
from data.ingest.sample import sample_files
from data.sample import generate
from data.schema import quote_ident
from data.store import Store

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "data" / "sample"
REAL = {"胡家新河", "胡家村", "灵山村", "姚江1号项目", "市北环快速路(前洋立交—世纪大道)项目", "新里都市小区"}
BEIHUAN = "DEM-BH"
every_sampled_ledger = pytest.mark.parametrize("name", sample_files())


def queried_rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    with store.read() as con:
        return con.execute(query).fetchall()


def metric_frame(store: Store, name: str, **filters: str) -> list[dict[str, Any]]:
    with store.read() as con:
        return metrics.compute_metric(con, name, metrics.parse_date("2014-06-30"), **filters).rows.to_dict("records")


def ammonia_by_day(store: Store, section: str) -> pd.Series:
    """Return the ammonia of a section by day."""
    query = f"SELECT sampled_at, value FROM reading WHERE section_id = '{section}' AND parameter = 'NH3N'"
    days, values = zip(*queried_rows(store, query), strict=True)
    return pd.Series(values, index=pd.DatetimeIndex(days))


def sample_lines(name: str) -> list[list[str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


@every_sampled_ledger
def test_every_row_of_a_sample_ledger_is_loaded(sample_store, name):
    """The file goes in whole, by the same way as any other, and its batch is marked as 示例."""
    [(rows, samples)] = queried_rows(
        sample_store,
        f"SELECT count(*), count(*) FILTER (b.is_sample) FROM {quote_ident(name)} r "
        "JOIN batch b ON b.batch_id = r.batch_id",
    )
    assert rows == samples == len(sample_lines(name)) > 0


def test_the_river_is_1_66_km_through_two_villages(sample_store):
    """胡家新河 is 1.66 km long, and so are its reaches, one in 胡家村 and one in 灵山村."""
    assert queried_rows(sample_store, "SELECT length FROM river WHERE name = '胡家新河'") == [(1.66,)]
    reaches = queried_rows(
        sample_store,
        "SELECT v.name, r.length FROM reach r JOIN village v ON v.village_id = r.village_id "
        "WHERE r.river_id = 'HJXH' ORDER BY r.sequence",
    )
    assert [village for village, _ in reaches] == ["胡家村", "灵山村"]
    assert round(sum(length for _, length in reaches), 6) == 1.66


def test_the_head_of_the_office_answers_for_the_river(sample_store):
    """The river's first chief is the 街道办事处主任, without a name."""
    query = (
        "SELECT c.post, d.role FROM chief_duty d JOIN chief c USING (chief_id) "
        "WHERE d.river_id = 'HJXH' AND d.reach_id IS NULL"
    )
    assert queried_rows(sample_store, query) == [("街道办事处主任", "第一责任人")]


def test_all_eleven_sources_of_the_river_are_closed(sample_store):
    """Nine livestock farms, one waste-oil trader and one coal trader were registered, and all are closed."""
    found = metric_frame(sample_store, "source_closure", river="胡家新河")
    assert {r["kind"]: (r["closed"], r["registered"]) for r in found} == {
        "畜禽养殖": (9, 9),
        "废油": (1, 1),
        "煤炭": (1, 1),
    }


def test_walls_and_culverts_are_done_and_dredging_is_at_80_percent(sample_store):
    """The article's progress by the end of June 2014; the park is planned only."""
    found = metric_frame(sample_store, "works_progress", river="胡家新河")
    rates = {r["kind"]: r["rate"] for r in found if r["kind"] != "绿化公园"}
    assert rates == {"挡墙护岸": 100, "箱涵": 100, "清淤": 80}
    assert [r["rate"] for r in metric_frame(sample_store, "dredging_progress", river="胡家新河")] == [80]
    assert queried_rows(
        sample_store, "SELECT count(*) FROM work_progress JOIN work USING (work_id) WHERE kind = '绿化公园'"
    ) == [(0,)]


def test_the_water_of_the_river_is_better_after_the_works_than_before(sample_store):
    """Ammonia in the same months after the culverts and the walls is clearly lower, at both sections."""
    for section, work in product(("HJXH-01", "HJXH-02"), ("箱涵", "挡墙护岸")):
        [(began, ended)] = queried_rows(
            sample_store,
            "SELECT w.start_on, min(p.on_date) FROM work w JOIN work_progress p USING (work_id) "
            f"WHERE w.river_id = 'HJXH' AND w.kind = '{work}' AND p.done = w.quantity GROUP BY w.start_on",
        )
        found = signed_rank.hodges_lehmann_shift(
            *signed_rank.values_before_after(ammonia_by_day(sample_store, section), began, ended)
        )
        assert found.months >= 6
        assert found.shift < -1
        assert found.p < 0.05


def test_the_river_was_black_and_odorous_and_is_no_more(sample_store):
    """As the article has it: three tests a month say 黑臭 in July 2013 and 无黑臭 in June 2014, at both sections."""
    found = metric_frame(sample_store, "black_odour", river="胡家新河", samples="3")
    assert {(str(r["month"])[:7], r["section"], r["odour_level"]) for r in found} == {
        ("2013-07", "胡家新河北断面", "黑臭"), ("2013-07", "胡家新河南断面", "黑臭"),
        ("2014-06", "胡家新河北断面", "无黑臭"), ("2014-06", "胡家新河南断面", "无黑臭"),
    }  # fmt: skip


def test_nobody_who_answers_for_the_river_is_said_to_be_late(sample_store):
    """Its three chiefs patrol in every period, their signboards are good, their few issues were settled in time."""
    [(weeks, dekads)] = queried_rows(
        sample_store,
        "SELECT count(DISTINCT date_trunc('week', start_at)) FILTER (chief_id = 'C-11'), "
        "count(*) FILTER (chief_id = 'C-01') FROM patrol WHERE river_id = 'HJXH'",
    )
    assert (weeks, dekads) == (53, 36)
    assert queried_rows(sample_store, "SELECT DISTINCT condition FROM signboard WHERE river_id = 'HJXH'") == [("完好",)]
    late = (
        "SELECT i.issue_id FROM issue i LEFT JOIN issue_event e ON e.issue_id = i.issue_id AND e.step = '销号' "
        "WHERE i.river_id = 'HJXH' AND (e.happened_at IS NULL OR CAST(e.happened_at AS DATE) > i.due_on)"
    )
    assert queried_rows(sample_store, late) == []
    assert queried_rows(sample_store, "SELECT DISTINCT state FROM outfall WHERE river_id = 'HJXH' ORDER BY state") == [
        ("已封堵",), ("已纳管",), ("已规范",),
    ]  # fmt: skip


def test_three_years_of_months_are_enough_for_a_trend(sample_store):
    """Six sections were sampled in at least 36 months; of the made-up ones some improve, one gets worse, one stays."""
    found = {
        s: trend.seasonal_kendall(ammonia_by_day(sample_store, s)) for s in ("SL1-02", "SL2-02", "SL3-02", "SL5-01")
    }
    assert min(t.n for t in found.values()) >= 36
    assert {s: (t.slope > 0, t.p < 0.05) for s, t in found.items()} == {
        "SL1-02": (False, True), "SL2-02": (True, True), "SL3-02": (False, True), "SL5-01": (False, False),
    }  # fmt: skip


def test_what_is_not_detected_says_so(sample_store):
    """Oil at 胡家新河 is below detection since the trader is gone; some effluents of plants are too."""
    assert queried_rows(sample_store, "SELECT DISTINCT parameter, value FROM reading WHERE qualifier = '<'") == [
        ("OIL", 0.01)
    ]
    [(without,)] = queried_rows(
        sample_store, "SELECT count(*) FROM reading WHERE parameter = 'OIL' AND qualifier IS NULL AND value < 0.05"
    )
    [(plants,)] = queried_rows(
        sample_store, "SELECT count(*) FROM plant_sample WHERE qualifier = '<' AND point = '出水'"
    )
    assert (without, plants > 0) == (0, True)


def test_issues_are_settled_late_sent_back_redone_and_open(sample_store):
    """The loop shows what a leader asks for: most are settled, some late, some stuck, some went round twice."""
    states = queried_rows(
        sample_store,
        "SELECT newest = '销号', CAST(newest_at AS DATE) > due_on, due_on < DATE '2014-06-30', back > 0, redone > 0 "
        "FROM issue JOIN (SELECT issue_id, arg_max(step, happened_at) AS newest, max(happened_at) AS newest_at, "
        "count(*) FILTER (step = '退回') AS back, count(*) FILTER (step = '重办') AS redone FROM issue_event "
        "GROUP BY issue_id) AS e USING (issue_id)",
    )
    settled = [s for s in states if s[0]]
    assert len(settled) > 0.8 * len(states)
    assert 0 < sum(late for _, late, *_ in settled) < 0.6 * len(settled)
    assert any(overdue for is_settled, _, overdue, *_ in states if not is_settled)
    assert any(s[3] for s in states)
    assert any(s[4] for s in states)


def test_a_patrol_found_as_many_problems_as_are_registered(sample_store):
    """The problems that a patrol counts stand in the register of issues."""
    query = (
        "SELECT p.patrol_id FROM patrol p LEFT JOIN issue i USING (patrol_id) GROUP BY p.patrol_id, p.findings "
        "HAVING count(i.issue_id) <> p.findings"
    )
    assert queried_rows(sample_store, query) == []


def test_plants_run_stop_and_stand_idle(sample_store):
    """One plant stopped on some days, one stands idle to the end, one is hardly used; a few samples fail."""
    runs = "SELECT plant_id, count(*) FILTER (run_state <> '正常') AS n, arg_max(run_state, on_date) FROM plant_daily"
    found = {plant: (n, last) for plant, n, last in queried_rows(sample_store, f"{runs} GROUP BY plant_id")}
    assert 0 < found["PLANT-1"][0] < 20
    assert found["PLANT-2"][1] == "停运"
    assert queried_rows(sample_store, "SELECT is_running FROM plant WHERE plant_id = 'PLANT-2'") == [(False,)]
    failed = queried_rows(
        sample_store,
        "SELECT s.plant_id FROM plant_sample s WHERE point = '出水' AND "
        "(parameter = 'TP' AND value > 1 OR parameter = 'COD' AND value > 60)",
    )
    assert sorted(failed) == [("PLANT-1",), ("PLANT-2",)]


def test_inspections_and_checks_tell_the_same(sample_store):
    """On the day of a village's inspection as many taps were running as the activity counts, and as many mended."""
    query = (
        "SELECT a.activity_id, a.leaks_found, a.leaks_fixed, count(*), count(c.fixed_on) FROM saving_activity a "
        "JOIN facility f USING (village_id) JOIN facility_check c "
        "ON c.facility_id = f.facility_id AND c.checked_on = a.held_on AND c.finding = '长流水' "
        "WHERE a.kind = '设施巡检' GROUP BY ALL"
    )
    found = queried_rows(sample_store, query)
    assert len(found) == 6
    assert [row for row in found if row[1] != row[3] or row[4] > row[2]] == []
    [(running, mended)] = queried_rows(
        sample_store, "SELECT count(*), count(fixed_on) FROM facility_check WHERE finding = '长流水'"
    )
    assert 0.7 * running < mended < running


@pytest.mark.parametrize(
    "column", ["outfall.state", "zero_discharge.phase", "plant_daily.run_state", "issue_event.step"]
)
def test_every_state_is_shown(sample_store, column):
    """The sample has a row of each state that these ledgers know."""
    ledger, name = column.split(".")
    words = {choice.value for choice in DATASETS[ledger].column(name).choices}
    assert {word for (word,) in queried_rows(sample_store, f"SELECT DISTINCT {name} FROM {ledger}")} == words


def test_one_signboard_is_out_of_date(sample_store):
    """It still names the chief who left half a year before."""
    found = queried_rows(
        sample_store, "SELECT reach_id, info_as_of::VARCHAR FROM signboard WHERE condition = '信息过期'"
    )
    assert found == [("SL2-R1", "2013-07-05")]


def test_the_project_is_worth_a_billion_and_at_its_main_structure(sample_store):
    """姚江1号项目 by 深圳宁波商会: 浙商回归, 10 亿元, 主体施工, nothing beyond."""
    [found] = metric_frame(sample_store, "stuck_projects", project="姚江1号项目")
    assert (found["investor"], found["origin"], found["investment"], found["stage"]) == (
        "深圳宁波商会", "浙商回归", 100_000, "主体施工",
    )  # fmt: skip
    assert queried_rows(sample_store, "SELECT channel FROM investment_project WHERE project_id = 'INV-YJ1'") == [
        ("世界宁波帮大会",)
    ]


def test_its_dates_rise_and_only_the_signing_is_known(sample_store):
    """It was signed on the day of the convention; the later dates are marked 示例, and no money or land is invented."""
    events = queried_rows(
        sample_store,
        "SELECT stage, entered_on::VARCHAR, date_basis FROM stage_event WHERE project_id = 'INV-YJ1' "
        "ORDER BY entered_on",
    )
    assert events[0] == ("正式签约", "2012-04-14", "大会日期")
    assert [(stage, basis) for stage, _, basis in events[1:]] == [("开工", "示例"), ("主体施工", "示例")]
    for ledger in ("funding", "parcel"):
        assert queried_rows(sample_store, f"SELECT count(*) FROM {ledger} WHERE project_id = 'INV-YJ1'") == [(0,)]


def test_it_is_the_first_returning_project_to_start(sample_store):
    """No other 浙商回归 project started construction before it."""
    query = (
        "SELECT project_id FROM stage_event JOIN investment_project USING (project_id) "
        "WHERE stage = '开工' AND origin = '浙商回归' ORDER BY entered_on LIMIT 1"
    )
    assert queried_rows(sample_store, query) == [("INV-YJ1",)]


def cohort_shares(sample_store, months: tuple[int, int]) -> list[float]:
    """Return funds in, starts and productions in percent of the made-up projects signed so many months before."""
    query = """
        WITH reached AS (
            SELECT project_id, e.ordinal, s.entered_on
            FROM stage_event s JOIN enumeration e ON e.dataset = 'stage_event' AND e.value = s.stage
            WHERE e.ordinal <= 11
        ),
        way AS (
            SELECT project_id, min(entered_on) FILTER (ordinal >= 4) AS signed_on, max(ordinal) AS furthest
            FROM reached GROUP BY project_id
        ),
        money AS (SELECT project_id, sum(amount) AS amount FROM funding WHERE is_verified GROUP BY project_id)
        SELECT 100 * sum(m.amount) / sum(p.investment), 100 * avg(CAST(w.furthest >= 7 AS INTEGER)),
            100 * avg(CAST(w.furthest = 11 AS INTEGER))
        FROM way w JOIN investment_project p USING (project_id) LEFT JOIN money m USING (project_id)
        WHERE project_id <> 'INV-YJ1' AND date_diff('day', signed_on, DATE '2014-06-30') / 30.4 BETWEEN {} AND {}
    """
    return list(queried_rows(sample_store, query.format(*months))[0])


@pytest.mark.parametrize(
    ("months", "published"), [((7, 19), (33, 77, 25)), ((19, 32), (45.6, 83, 36.7))], ids=["13 months", "26 months"]
)
def test_cohorts_of_the_sample_lie_near_published_ones(sample_store, months, published):
    """After 13 and 26 months funds, starts and productions are within 13 points of what a real fair reported."""
    shares = cohort_shares(sample_store, months)
    assert [abs(share - figure) < 13 for share, figure in zip(shares, published, strict=True)] == [True] * 3


def test_the_past_of_investment_is_awkward_as_pasts_are(sample_store):
    """Some projects paused or ended and came back, or skipped a stage; one was pushed three times, one signed twice."""
    back = (
        "SELECT count(DISTINCT project_id) FROM stage_event o JOIN stage_event s USING (project_id) "
        "WHERE o.stage IN ('暂停', '终止') AND s.entered_on > o.entered_on"
    )
    skipped = (
        "SELECT count(*) FROM (SELECT project_id FROM stage_event GROUP BY project_id HAVING "
        "count(*) FILTER (stage = '正式签约') > 0 AND count(*) FILTER (stage = '意向签约') = 0)"
    )
    pushed = "SELECT max(pushes) FROM (SELECT count(*) AS pushes FROM project_change GROUP BY project_id)"
    twice = (
        "SELECT investor, count(*) FROM investment_project WHERE investor IS NOT NULL "
        "GROUP BY investor, investment HAVING count(*) > 1"
    )
    assert queried_rows(sample_store, back) == [(4,)]
    assert queried_rows(sample_store, skipped) == [(5,)]
    assert queried_rows(sample_store, pushed) == [(3,)]
    assert queried_rows(sample_store, twice) == [("示例投资方28", 2)]


def test_no_past_project_received_money_within_the_target(sample_store):
    """The history leaves the money of 2014 as it was."""
    late = "SELECT count(*) FROM funding WHERE project_id LIKE 'INV-H%' AND received_on >= DATE '2014-01-01'"
    assert queried_rows(sample_store, late) == [(0,)]


def test_every_household_signed_within_the_period(sample_store):
    """市北环 has a rate of 100 %, every agreement dated within the signing period, of as many households as it says."""
    [found] = metric_frame(sample_store, "signing_rate", project_id=BEIHUAN)
    assert (found["rate"], found["households_left"]) == (100, 0)
    assert (found["kind"], found["level"]) == ("国有土地征收", "市级重点")
    [(late, signed)] = queried_rows(
        sample_store,
        "SELECT count(*) FILTER (a.signed_on NOT BETWEEN p.sign_start AND p.sign_end), count(*) FROM agreement a "
        "JOIN household h USING (household_id) JOIN demolition_project p ON p.project_id = h.project_id "
        f"WHERE h.project_id = '{BEIHUAN}'",
    )
    assert (late, signed) == (0, found["households"])
    assert signed >= 59


def test_the_project_of_the_article_has_no_decision_and_its_numbers_are_marked(sample_store):
    """市北环 has 86 households, no 补偿决定, none sent back, and its note says that the numbers are 示例."""
    found = queried_rows(
        sample_store,
        "SELECT households_total, note LIKE '%户数%示例%', (SELECT count(*) FROM status_event s "
        "JOIN household h USING (household_id) WHERE h.project_id = p.project_id AND s.status IN ('补偿决定', '退回')) "
        f"FROM demolition_project p WHERE project_id = '{BEIHUAN}'",
    )
    assert found == [(86, True, 0)]


def test_signing_of_the_sample_turns_out_in_every_way(sample_store):
    """One household withdrew and signed anew, one withdrew only, the last one of a late project has a decision."""
    withdrawn = (
        "SELECT household_id, count(*) FROM agreement WHERE household_id IN (SELECT household_id FROM agreement "
    )
    assert queried_rows(sample_store, withdrawn + "WHERE withdrawn_on IS NOT NULL) GROUP BY 1 ORDER BY 1") == [
        ("S2-003", 1), ("S2-009", 2),
    ]  # fmt: skip
    decided = "SELECT household_id FROM status_event WHERE status = '补偿决定'"
    assert queried_rows(sample_store, decided) == [("S3-037",)]
    assert queried_rows(sample_store, "SELECT count(DISTINCT project_id) FROM incentive_period") == [(8,)]


def test_59_households_bought_in_the_estate_with_money(sample_store):
    """Exactly 59 households took 货币补偿 with a home in 新里都市小区, all of 市北环."""
    found = metric_frame(sample_store, "compensation_mix", estate="新里都市小区")
    assert [(r["project_id"], r["mode"], r["signed"]) for r in found] == [(BEIHUAN, "货币补偿", 59)]


def test_the_households_of_a_project_are_as_many_as_it_says(sample_store):
    """The total of every project is the number of its registered households."""
    query = (
        "SELECT p.name FROM demolition_project p LEFT JOIN household h USING (project_id) "
        "GROUP BY p.name, p.households_total HAVING count(h.household_id) <> p.households_total"
    )
    assert queried_rows(sample_store, query) == []


@pytest.mark.parametrize(
    "column",
    [
        "village.name", "river.name", "section.name", "reach.name", "source.name", "work.name", "plant.name",
        "outfall.name", "outfall.evidence", "zero_discharge.name", "facility.name", "facility.keeper_unit",
        "plant.om_unit", "signboard.location", "issue.location", "issue.description", "issue_event.photo",
        "work_progress.photo_before",
        "investment_project.name", "investment_project.investor", "demolition_project.name", "housing_source.estate",
        "stage_event.evidence", "target.source_document",
    ],
)  # fmt: skip
def test_what_the_article_does_not_name_is_called_sample(sample_store, column):
    """Every name that the article does not give starts with 示例; names within 胡家新河 start with the river's."""
    ledger, name = column.split(".")
    known = REAL | {"深圳宁波商会", "首届世界宁波帮大会签约"}
    found = [n for (n,) in queried_rows(sample_store, f"SELECT DISTINCT {name} FROM {ledger} WHERE {name} IS NOT NULL")]
    assert found
    assert [n for n in found if n not in known and not n.startswith(("示例", "胡家新河"))] == []


def test_the_only_real_villages_are_those_of_the_article(sample_store):
    """Two villages are real; nothing is said of their people."""
    found = queried_rows(
        sample_store, "SELECT name, population, households FROM village WHERE name NOT LIKE '示例%' ORDER BY name"
    )
    assert found == [("灵山村", None, None), ("胡家村", None, None)]


def test_nothing_bad_is_said_of_a_real_village(sample_store):
    """No source, outfall, issue, plant, activity or household of the sample is put in 胡家村 or 灵山村 by name."""
    ledgers = ("source", "outfall", "zero_discharge", "plant", "saving_activity", "facility", "issue", "satisfaction")
    for ledger in (*ledgers, "household"):
        assert queried_rows(sample_store, f"SELECT count(*) FROM {ledger} WHERE village_id IN ('V-HJ', 'V-LS')") == [
            (0,)
        ]


@pytest.mark.parametrize("column", [(d.name, c.name) for d in DATASETS.values() for c in d.columns if c.personal])
def test_personal_columns_are_empty(sample_store, column):
    """The sample says nothing of a person: what is personal stays empty."""
    ledger, name = column
    assert queried_rows(sample_store, f"SELECT count({quote_ident(name)}) FROM {quote_ident(ledger)}") == [(0,)]


@pytest.mark.parametrize(
    "ledger",
    [
        "reading", "work_progress", "saving_activity", "agreement", "visit", "status_event", "patrol", "issue",
        "issue_event", "plant_daily", "plant_sample", "signboard", "zero_discharge", "satisfaction",
    ],
)  # fmt: skip
def test_the_sample_ends_with_june_2014(sample_store, ledger):
    """Nothing is dated after the day as of which the sample stands."""
    [column] = DATASETS[ledger].dated_by
    assert queried_rows(sample_store, f"SELECT count(*) FROM {ledger} WHERE {column} >= DATE '2014-07-01'") == [(0,)]


def test_the_generator_writes_the_same_bytes_again(tmp_path):
    """Run on a copy of the project, the seeded generator makes every ledger byte for byte as kept."""
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("db", "__pycache__"))
    kept = [tmp_path / f"data/sample/{name}.csv" for name in generate.all_ledgers()]
    for file in kept:
        file.unlink()
    subprocess.run([sys.executable, "-m", "data.sample.generate"], cwd=tmp_path, check=True)
    assert [f.name for f in kept if f.read_bytes() != (ROOT / f.relative_to(tmp_path)).read_bytes()] == []
