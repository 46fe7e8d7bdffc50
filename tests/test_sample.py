"""The 示例 ledgers: the article's facts and nothing more about anybody real."""

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analytics import metrics
from data.datasets import DATASETS
from data.schema import quoted
from data.store import Store

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "data" / "sample"
REAL = {"胡家新河", "胡家村", "灵山村", "姚江1号项目", "市北环快速路(前洋立交—世纪大道)项目", "新里都市小区"}
BEIHUAN = "DEM-BH"
every_ledger = pytest.mark.parametrize("name", DATASETS)


def ask(store: Store, query: str) -> list[tuple[object, ...]]:
    with store.read() as con:
        return con.execute(query).fetchall()


def metric(store: Store, name: str, **filters: str) -> list[dict[str, object]]:
    with store.read() as con:
        return metrics.compute(con, name, metrics.day("2014-06-30"), **filters).rows.to_dict("records")


def lines(name: str) -> list[list[str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


@every_ledger
def test_every_row_of_a_sample_ledger_is_loaded(sample_store, name):
    """The file goes in whole, through the same door as any other, and its batch is marked as 示例."""
    [(rows, samples)] = ask(
        sample_store,
        f"SELECT count(*), count(*) FILTER (b.is_sample) FROM {quoted(name)} r JOIN batch b ON b.batch_id = r.batch_id",
    )
    assert rows == samples == len(lines(name)) > 0


# ------------------------------------------------------------------------------------------------- 五水共治: 胡家新河


def test_the_river_is_1_66_km_through_two_villages(sample_store):
    """胡家新河 is 1.66 km long, and so are its reaches, one in 胡家村 and one in 灵山村."""
    assert ask(sample_store, "SELECT length FROM river WHERE name = '胡家新河'") == [(1.66,)]
    reaches = ask(
        sample_store,
        "SELECT v.name, r.length FROM reach r JOIN village v ON v.village_id = r.village_id "
        "WHERE r.river_id = 'HJXH' ORDER BY r.sequence",
    )
    assert [village for village, _ in reaches] == ["胡家村", "灵山村"]
    assert round(sum(length for _, length in reaches), 6) == 1.66


def test_the_head_of_the_office_answers_for_the_river(sample_store):
    """The river's first chief is the 街道办事处主任, without a name."""
    query = (
        "SELECT c.post, c.name, d.role FROM chief_duty d JOIN chief c USING (chief_id) "
        "WHERE d.river_id = 'HJXH' AND d.reach_id IS NULL"
    )
    assert ask(sample_store, query) == [("街道办事处主任", None, "第一责任人")]


def test_all_eleven_sources_of_the_river_are_closed(sample_store):
    """Nine livestock farms, one waste-oil trader and one coal trader were registered, and all are closed."""
    found = metric(sample_store, "source_closure", river="胡家新河")
    assert {r["kind"]: (r["closed"], r["registered"]) for r in found} == {
        "畜禽养殖": (9, 9),
        "废油": (1, 1),
        "煤炭": (1, 1),
    }


def test_walls_and_culverts_are_done_and_dredging_is_at_80_percent(sample_store):
    """The article's progress by the end of June 2014; the park is planned only."""
    found = metric(sample_store, "works_progress", river="胡家新河")
    rates = {r["kind"]: r["rate"] for r in found if r["kind"] != "绿化公园"}
    assert rates == {"挡墙护岸": 100, "箱涵": 100, "清淤": 80}
    assert [r["rate"] for r in metric(sample_store, "dredging_progress", river="胡家新河")] == [80]
    assert ask(
        sample_store, "SELECT count(*) FROM work_progress JOIN work USING (work_id) WHERE kind = '绿化公园'"
    ) == [(0,)]


# ------------------------------------------------------------------------------------------------ 招商引资: 姚江1号项目


def test_the_project_is_worth_a_billion_and_at_its_main_structure(sample_store):
    """姚江1号项目 by 深圳宁波商会: 浙商回归, 10 亿元, 主体施工, nothing beyond."""
    [found] = metric(sample_store, "project_list", project="姚江1号项目")
    assert (found["investor"], found["origin"], found["investment"], found["stage"]) == (
        "深圳宁波商会", "浙商回归", 100_000, "主体施工",
    )  # fmt: skip
    assert ask(sample_store, "SELECT channel FROM investment_project WHERE project_id = 'INV-YJ1'") == [
        ("世界宁波帮大会",)
    ]


def test_its_dates_rise_and_only_the_signing_is_known(sample_store):
    """It was signed on the day of the convention; the later dates are marked 示例, and no money or land is invented."""
    events = ask(
        sample_store,
        "SELECT stage, entered_on::VARCHAR, date_basis FROM stage_event WHERE project_id = 'INV-YJ1' "
        "ORDER BY entered_on",
    )
    assert events[0] == ("正式签约", "2012-04-14", "大会日期")
    assert [(stage, basis) for stage, _, basis in events[1:]] == [("开工", "示例"), ("主体施工", "示例")]
    for ledger in ("funding", "parcel"):
        assert ask(sample_store, f"SELECT count(*) FROM {ledger} WHERE project_id = 'INV-YJ1'") == [(0,)]


def test_it_is_the_first_returning_project_to_start(sample_store):
    """No other 浙商回归 project started construction before it."""
    query = (
        "SELECT project_id FROM stage_event JOIN investment_project USING (project_id) "
        "WHERE stage = '开工' AND origin = '浙商回归' ORDER BY entered_on LIMIT 1"
    )
    assert ask(sample_store, query) == [("INV-YJ1",)]


# ---------------------------------------------------------------------------------------------- 三改一拆: 市北环快速路


def test_every_household_signed_within_the_period(sample_store):
    """市北环 has a rate of 100 %, every agreement dated within the signing period, of as many households as it says."""
    [found] = metric(sample_store, "signing_rate", project_id=BEIHUAN)
    assert (found["rate"], found["households_left"]) == (100, 0)
    assert (found["kind"], found["level"]) == ("国有土地征收", "市级重点")
    [(late, signed)] = ask(
        sample_store,
        "SELECT count(*) FILTER (a.signed_on NOT BETWEEN p.sign_start AND p.sign_end), count(*) FROM agreement a "
        "JOIN household h USING (household_id) JOIN demolition_project p USING (project_id) "
        f"WHERE project_id = '{BEIHUAN}'",
    )
    assert (late, signed) == (0, found["households"])
    assert signed >= 59


def test_59_households_bought_in_the_estate_with_money(sample_store):
    """Exactly 59 households took 货币补偿 with a home in 新里都市小区, all of 市北环."""
    found = metric(sample_store, "compensation_mix", estate="新里都市小区")
    assert [(r["project_id"], r["mode"], r["signed"]) for r in found] == [(BEIHUAN, "货币补偿", 59)]


def test_the_households_of_a_project_are_as_many_as_it_says(sample_store):
    """The total of every project is the number of its registered households."""
    query = (
        "SELECT p.name FROM demolition_project p LEFT JOIN household h USING (project_id) "
        "GROUP BY p.name, p.households_total HAVING count(h.household_id) <> p.households_total"
    )
    assert ask(sample_store, query) == []


# -------------------------------------------------------------------------------------------------- nobody else is real


@pytest.mark.parametrize(
    "column",
    [
        "village.name", "river.name", "section.name", "reach.name", "source.name", "work.name", "plant.name",
        "investment_project.name", "investment_project.investor", "demolition_project.name", "housing_source.estate",
        "stage_event.evidence", "target.source_document",
    ],
)  # fmt: skip
def test_what_the_article_does_not_name_is_called_sample(sample_store, column):
    """Every name that the article does not give starts with 示例; names within 胡家新河 start with the river's."""
    ledger, name = column.split(".")
    known = REAL | {"深圳宁波商会", "首届世界宁波帮大会签约"}
    found = [n for (n,) in ask(sample_store, f"SELECT DISTINCT {name} FROM {ledger} WHERE {name} IS NOT NULL")]
    assert found
    assert [n for n in found if n not in known and not n.startswith(("示例", "胡家新河"))] == []


def test_the_only_real_villages_are_those_of_the_article(sample_store):
    """Two villages are real; nothing is said of their people."""
    found = ask(
        sample_store, "SELECT name, population, households FROM village WHERE name NOT LIKE '示例%' ORDER BY name"
    )
    assert found == [("灵山村", None, None), ("胡家村", None, None)]


def test_nothing_bad_is_said_of_a_real_village(sample_store):
    """No source, plant, activity or household of the sample is put in 胡家村 or 灵山村 by name."""
    for ledger in ("source", "plant", "saving_activity", "household"):
        assert ask(sample_store, f"SELECT count(*) FROM {ledger} WHERE village_id IN ('V-HJ', 'V-LS')") == [(0,)]


@pytest.mark.parametrize("column", [(d.name, c.name) for d in DATASETS.values() for c in d.columns if c.personal])
def test_personal_columns_are_empty(sample_store, column):
    """The sample says nothing of a person: what is personal stays empty."""
    ledger, name = column
    assert ask(sample_store, f"SELECT count({quoted(name)}) FROM {quoted(ledger)}") == [(0,)]


@pytest.mark.parametrize(
    "ledger", ["reading", "work_progress", "saving_activity", "agreement", "visit", "status_event"]
)
def test_the_sample_ends_with_june_2014(sample_store, ledger):
    """Nothing is dated after the day as of which the sample stands."""
    [column] = DATASETS[ledger].dated_by
    assert ask(sample_store, f"SELECT count(*) FROM {ledger} WHERE {column} >= DATE '2014-07-01'") == [(0,)]


def test_the_generator_writes_the_same_bytes_again(tmp_path):
    """Run on a copy of the project, the seeded generator makes every ledger and the map byte for byte as kept."""
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("db", "__pycache__"))
    kept = [*(tmp_path / "data" / "sample").glob("*.csv"), tmp_path / "data" / "geo" / "base.geojson"]
    for file in kept:
        file.unlink()
    subprocess.run([sys.executable, "-m", "data.sample.generate"], cwd=tmp_path, check=True)
    assert {f.name for f in (tmp_path / "data" / "sample").glob("*.csv")} == {f"{name}.csv" for name in DATASETS}
    assert [f.name for f in kept if f.read_bytes() != (ROOT / f.relative_to(tmp_path)).read_bytes()] == []
