"""A threshold holds from its day on: what is added for later changes nothing of an earlier day."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from duckdb import DuckDBPyConnection as Connection
from pandas.testing import assert_frame_equal

from analytics import metrics
from analytics.alerts import FINDERS
from analytics.metrics import METRICS, Result
from analytics.status import status_lights, status_rule_sentence
from data.datasets import DATASETS
from data.datasets.constraint import Constraint
from data.ingest.checking import check_constraints
from data.schema import fill_reference_tables
from data.standards import thresholds
from data.standards.alert_rules import STALE
from data.store import Store
from tests.metric_helpers import load_without_errors
from tests.page_helpers import open_app
from tests.stores import copy_database
from ui import cache, cards
from ui.menu import MenuPage, all_pages
from ui.store import close_shared_store, shared_store
from ui.water import chiefs, issues, overview, plants, quality, river, saving

DAY, LATER, BEFORE = date(2014, 6, 30), "2099-01-01", "2014-06-01"
SOURCE = thresholds.FOLDER
ROOT = SOURCE.parent.parent
FILES = sorted(file.name for file in SOURCE.glob("*.csv"))
NUMBER = r"\d+(\.\d+)?"
KEPT = {"rule", "effective_from", "is_verified"}
WORDS = {
    **{"": "777", "本系统默认": "阿合奇", "CN": "DO", "river": "lake", "lake": "river"},
    **{"at_least": "at_most", "at_most": "at_least", "透明度": "颜色", "溶解氧": "颜色", "氨氮": "颜色"},
    "土地": "违建面积",
}
PAGES = [page for page in all_pages() if page.shows_figures or page.file.endswith("dictionary.py")]
CARD_SPECS = [
    *quality.CARD_SPECS,
    *river.CARD_SPECS,
    *(spec for dimension in overview.DIMENSIONS for spec in dimension.card_specs),
]
SAID_OF = {*(spec.metric for spec in CARD_SPECS), "patrol_completion", "target_progress", "plant_load", "plant_run"}
CONSTRAINTS = {f"{d.name}.{rule.name}": (d, rule) for d in DATASETS.values() for rule in d.constraints}
Rows = list[dict[str, str]]


def absurd_cell(cell: str) -> str:
    """Return another word or number than a cell has, far from any that could be meant."""
    if not re.fullmatch(f"-?{NUMBER}(-{NUMBER})?", cell):
        return WORDS.get(cell, cell)
    return re.sub(NUMBER, lambda number: f"{777 + 1000 * abs(float(number[0])):g}", cell)


def rule_rows(name: str) -> Rows:
    with (SOURCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def absurd_rows(name: str) -> Rows:
    """Return the rows of a file of rules, each cell that can be with another number or word."""
    return [
        row | {column: absurd_cell(cell) for column, cell in row.items() if column not in KEPT}
        for row in rule_rows(name)
    ]


def clear_caches() -> None:
    """Clear what was read of the rules, and what was worked out by them."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("data.standards", "analytics")):
            for cached in (value for value in vars(module).values() if hasattr(value, "cache_clear")):
                cached.cache_clear()
    cache.clear_cache()


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a copy of the folder of the rules, from which they are read for as long as the test runs."""
    copy = tmp_path_factory.mktemp("standards")
    for name in FILES:
        (copy / name).write_bytes((SOURCE / name).read_bytes())
    monkeypatch.setattr(thresholds, "FOLDER", copy)
    clear_caches()
    yield copy
    monkeypatch.undo()
    clear_caches()


def add_version(file: Path, rows: Rows, effective_from: str) -> None:
    """Add rows to a file of rules that take effect on a day."""
    with file.open("a", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]), lineterminator="\n")
        writer.writerows(row | {"effective_from": effective_from} for row in rows)
    clear_caches()


def add_every_version(folder: Path, effective_from: str) -> None:
    """Add another version of every rule to every file, and a rule that is new; in surface_water.csv it is an item."""
    for name in FILES:
        rows = absurd_rows(name)
        add_version(folder / name, [*rows, rows[-1] | {"rule": "TN"}], effective_from)


@pytest.fixture
def con(sample_store: Store) -> Iterator[Connection]:
    """Give a connection to the 示例 ledgers; what a test writes there is taken back."""
    with sample_store.scratch() as opened:
        opened.execute("BEGIN")
        yield opened
        opened.execute("ROLLBACK")


def computed_results(con: Connection, *names: str) -> dict[str, Result]:
    """Return metrics as of the day, by the rules as they stand in their files now."""
    fill_reference_tables(con)
    return {name: metrics.compute_metric(con, name, DAY) for name in names}


def rows_differ(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Tell whether the rows of two results are not the same, but for the last digits of sums."""
    try:
        assert_frame_equal(one, other)
    except AssertionError:
        return True
    return False


def threshold_phrases(answers: dict[str, Result]) -> list[Any]:
    """Return what pages say of thresholds beside the rows of metrics, cards and marks of charts included."""
    patrols, targets = answers["patrol_completion"], answers["target_progress"]
    scale = plants.load_scale(answers["plant_load"].rows["load_rate"], DAY)
    bar = plants.load_bar(50.0, "负荷正常", scale, DAY, plants.LOAD)
    notes = [
        status_rule_sentence(DAY),
        plants.load_marks_note(DAY),
        plants.too_few_samples_note(DAY),
        saving.past_check_note(DAY),
        river.no_verdict_note(DAY),
    ]
    chief_texts = [
        *(chiefs.fill_thresholds(said, patrols) for said in (chiefs.SCOREBOARD, chiefs.RANKED_FROM, chiefs.REASONS)),
        issues.fill_issue_months(issues.TIMES, patrols),
    ]
    marks = [[scale], bar, status_lights(targets.rows, DAY)]
    return [*(cards.spec_card(spec, answers[spec.metric]) for spec in CARD_SPECS), *notes, *chief_texts, *marks]


@pytest.mark.parametrize("name", FILES)
def test_every_rule_names_its_standard_and_its_day(name):
    """Each row of each file says which rule it is of, by which standard, and since when it holds."""
    assert rule_rows(name)
    for row in rule_rows(name):
        assert None not in row
        assert row["rule"]
        assert row["standard"]
        assert date.fromisoformat(row["effective_from"])


@pytest.mark.parametrize("name", FILES)
def test_each_rule_can_be_changed_by_the_tests(name):
    """Every rule of every file has a number or a word that the tests below change."""
    pairs = zip(rule_rows(name), absurd_rows(name), strict=True)
    assert {old["rule"] for old, new in pairs if old != new} == {row["rule"] for row in rule_rows(name)}


def test_a_number_is_declared_once():
    """No two rules that are numbers bear one name, in whatever files they stand."""
    names = [rule for name in thresholds.NUMBER_FILES for rule in {row["rule"] for row in rule_rows(name)}]
    assert len(set(names)) == len(names)


CHANGES = [
    ("water_rule.csv", "plant_load_low", "value", "95", "plant_load"),
    ("water_rule.csv", "completeness_months", "value", "2", "data_completeness"),
    ("water_rule.csv", "ranked_cases", "value", "99", "leak_fix"),
    ("water_rule.csv", "money_ahead", "value", "0.1", "works_progress"),
    ("water_rule.csv", "forecast_intervals", "value", "99", "work_forecast"),
    ("water_rule.csv", "patrol_months", "value", "1", "patrol_completion"),
    ("investment_rule.csv", "stage_cases", "value", "99", "time_in_stage"),
    ("discharge.csv", "GB18918一级B", "high", "0.001", "plant_pass_rate"),
    ("preset.csv", "patrol", "preset", "阿合奇", "patrol_completion"),
    ("patrol_rule.csv", "本系统默认", "minutes", "500", "patrol_reasons"),
]
MORE_CHANGES = [
    ("land_rule.csv", "land_fee_days", "value", "100", "land_clocks"),
    ("land_rule.csv", "land_built_parts", "value", "9", "land_clocks"),
    ("land_rule.csv", "idle_cases", "value", "99", "idle_resource_summary"),
    ("firm_care.csv", "request_months", "value", "1", "request_summary"),
    ("firm_care.csv", "satisfied_from", "value", "5", "request_summary"),
    ("working_time.csv", "morning_opens", "value", "9", "request_list"),
    ("water_rule.csv", "plant_months", "value", "1", "plant_run"),
    ("water_rule.csv", "issue_months", "value", "1", "issue_time"),
    ("water_rule.csv", "unit_slip", "value", "3", "suspicious_readings"),
    ("water_rule.csv", "seasonal_years", "value", "99", "water_trend"),
    ("water_rule.csv", "spearman_years", "value", "99", "water_trend_years"),
    ("water_rule.csv", "evidence_weak", "value", "0", "before_after"),
    ("water_rule.csv", "river_sections", "value", "1", "river_grade"),
    ("river_grade.csv", "river", "worst_class", "6", "river_grade"),
    ("black_odour.csv", "city", "slight", "0.001", "black_odour"),
    ("surface_water.csv", "NH3N", "class_3", "0.001", "section_class"),
    ("main_pollutant.csv", "first", "parameter", "CODMN", "section_class"),
]


@pytest.mark.parametrize(
    "names",
    [SAID_OF | {change[-1] for change in CHANGES}, pytest.param(METRICS.keys(), marks=pytest.mark.slow)],
    ids=["metrics of phrases and changes", "all metrics"],
)
def test_a_rule_of_later_changes_nothing_of_an_earlier_day(con, folder, names):
    """With another version of every rule from 2099 on, each metric of 2014 has the rows, formula and phrases it had."""
    before = computed_results(con, *names)
    said, formulas = threshold_phrases(before), [before[name].formula for name in names]
    add_every_version(folder, LATER)
    now = computed_results(con, *names)
    assert [name for name in names if rows_differ(before[name].rows, now[name].rows)] == []
    assert [now[name].formula for name in names] == formulas
    assert threshold_phrases(now) == said


@pytest.mark.parametrize(
    ("file", "rule", "column", "value", "metric"),
    [*CHANGES, *(pytest.param(*change, marks=pytest.mark.slow) for change in MORE_CHANGES)],
)
def test_a_rule_that_took_effect_before_the_day_changes_its_metric(con, folder, file, rule, column, value, metric):
    """A version of a rule from 1 June on is the one by which its metric of 30 June is worked out."""
    before = computed_results(con, metric)[metric].rows
    add_version(folder / file, [row | {column: value} for row in rule_rows(file) if row["rule"] == rule], BEFORE)
    assert rows_differ(before, computed_results(con, metric)[metric].rows)


@pytest.mark.parametrize("name", [name for name, metric in METRICS.items() if "{" in metric.formula.zh])
def test_a_formula_prints_the_numbers_of_the_day(folder, name):
    """A formula that names thresholds has those of its day, the former ones the day before."""
    day_before = date(2024, 12, 31)
    now = METRICS[name].formula_on(day_before)
    add_every_version(folder, "2025-01-01")
    assert METRICS[name].formula_on(day_before) == now != METRICS[name].formula_on(date(2025, 1, 1))


@pytest.mark.parametrize("name", METRICS)
def test_no_formula_has_a_blank_left(name):
    """On each day on which some rule changes, every blank of a formula is filled, in both languages."""
    days = {date.fromisoformat(row["effective_from"]) for file in FILES for row in rule_rows(file)}
    for formula in (METRICS[name].formula_on(day) for day in days):
        assert "{" not in formula.zh + formula.en


def test_phrases_and_marks_are_those_of_the_day(con, folder):
    """The period on a card, the notes, the lights and the guide lines of a chart go by the rules of the day."""
    before = threshold_phrases(computed_results(con, *SAID_OF))
    numbers = {"plant_months": "9", "patrol_months": "9", "plant_load_high": "99", "paired_months": "9"}
    rows = [row | {"value": numbers[row["rule"]]} for row in rule_rows("water_rule.csv") if row["rule"] in numbers]
    add_version(folder / "water_rule.csv", rows, BEFORE)
    add_version(
        folder / "status_rule.csv", [row | {"lowest_gap": "-inf"} for row in rule_rows("status_rule.csv")], BEFORE
    )
    said = threshold_phrases(computed_results(con, *SAID_OF))
    for words in ("近 9 个月的完整周期", "近 9 个月", "高于 99 % 超负荷", "至少 9 个相同月份"):
        assert words in str(said)
        assert words not in str(before)
    assert set(said[-1]) == {"正常", "已完成"}  # the target of 拆违 is reached, whatever the rule
    assert said[-3] == [pytest.approx(99 * 1.1)]
    assert "left:90.9%" in said[-2]


def test_the_names_of_waters_are_those_of_the_day(store, folder):
    """A section that only its name tells to be a lake is a river from the day on which its word says so."""
    load_without_errors(store, "section", "断面编码,断面名称\nS,城东水库")
    load_without_errors(store, "reading", "断面,监测时间,监测项目,监测值\nS,2014-05-05,TP,0.1\n")
    word = next(row for row in rule_rows("water_name.csv") if row["word"] == "水库")
    add_version(folder / "water_name.csv", [word | {"water": "river", "rank": "1"}], BEFORE)
    with store.scratch() as con:
        con.execute("BEGIN")
        fill_reference_tables(con)
        classes = [
            metrics.compute_metric(con, "sample_class", day).rows["class"].iloc[0] for day in (date(2014, 5, 31), DAY)
        ]
        con.execute("ROLLBACK")
    assert classes == ["Ⅳ", "Ⅱ"]


def constraint_sql(rule: Constraint) -> str:
    """Return all SQL of a constraint without the words in it."""
    computed = {**getattr(rule, "running", {}), **getattr(rule, "totals", {})}.values()
    return re.sub("'.*?'", "", " ".join([rule.breaks, *rule.shown, *computed]))


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_number_of_a_constraint_stands_in_a_file(name):
    """What a constraint holds rows to is a threshold, named in its SQL and its reason alike; no number stands there.

    0 and 1 are none, an hour has 3600 seconds, 100 % is a whole; 1.000001 leaves room for sums of fractions.
    """
    ledger, rule = CONSTRAINTS[name]
    sql, known = constraint_sql(rule), thresholds.thresholds(None).keys()
    assert set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?", sql)) <= {"0", "1", "3600", "100", "1.000001"}
    assert set(re.findall(r"\$(\w+)", sql)) <= known | {"today"}
    assert set(re.findall(r"{(\w+)", rule.reason.zh)) <= known | {column.name for column in ledger.columns}
    assert set(re.findall(r"{(\w+)", rule.reason.zh)) & known <= set(re.findall(r"\$(\w+)", sql))
    assert set(re.findall(r"\d+", re.sub("{.*?}", "", rule.reason.zh + rule.reason.en))) <= {"0", "100"}


def test_a_threshold_bears_the_name_of_no_column():
    """In the reason of a constraint a blank is either a column or a threshold."""
    columns = {column.name for dataset in DATASETS.values() for column in dataset.columns}
    assert thresholds.thresholds(None).keys() & columns == set()


def test_a_constraint_goes_by_the_day_of_the_check(con, folder):
    """A patrol of five hours is doubted from the day on which more than four are, and its reason says four."""
    row = next(row for row in rule_rows("plausibility.csv") if row["rule"] == "patrol_hours")
    add_version(folder / "plausibility.csv", [row | {"value": "4"}], BEFORE)
    con.execute(
        "CREATE TEMP VIEW good AS SELECT 2 AS line, 'PT' AS patrol_id, TIMESTAMP '2014-03-05 09:00' AS start_at, "
        "TIMESTAMP '2014-03-05 14:00' AS end_at, NULL AS reach_id, 'R' AS river_id, 2.0 AS patrol_length"
    )
    found = [
        check_constraints.constraint_violations(con, DATASETS["patrol"], "good", "patrol", day)
        for day in (date(2014, 5, 31), DAY)
    ]
    assert [[reason.zh for *_, reason, _ in doubts] for doubts in found] == [
        [],
        ["“开始时间”到“结束时间”超过 4 小时，请核对"],
    ]


@pytest.fixture
def page_store(sample_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Give the store of the pages, with the 示例 ledgers."""
    monkeypatch.setenv("FRONTLINE_DB", str(copy_database(sample_path, tmp_path / "house.duckdb")))
    yield shared_store()
    close_shared_store()


def page_content(page: MenuPage) -> list[str]:
    """Return everything that a page shows as of the day: texts, tables, charts.

    Files to fetch have a random name, and the state that no reader sees has the number of the newest batch.
    """
    app = open_app(page.file, as_of=DAY.isoformat())
    assert not app.exception
    protos = (str(getattr(node, "proto", "")) for node in app.main)
    return [re.sub(r'deferred_file_id: ".*"|data-counter=\S+', "", proto) for proto in protos]


@pytest.mark.slow
@pytest.mark.no_cover
def test_a_rule_of_later_changes_nothing_on_any_page(page_store, folder):
    """With another version of every rule from 2099 on, each page as of 2014 shows what it showed, and no blank."""
    before = {page.file: page_content(page) for page in PAGES}
    add_every_version(folder, LATER)
    with page_store.scratch() as con, page_store.write(con):
        fill_reference_tables(con)
    assert [page.file for page in PAGES if page_content(page) != before[page.file]] == []
    blank = re.compile(rf"\{{({'|'.join(thresholds.thresholds(None))})[:}}]")
    assert [file for file, texts in before.items() if blank.search("".join(texts))] == []


@pytest.mark.slow
def test_a_rule_of_before_changes_its_page(page_store, folder):
    """A lower limit of overload from 1 June on is seen on the page of plants of 30 June."""
    [page] = [page for page in PAGES if page.file == "water/plants.py"]
    before = page_content(page)
    row = next(row for row in rule_rows("water_rule.csv") if row["rule"] == "plant_load_high")
    add_version(folder / "water_rule.csv", [row | {"value": "61"}], BEFORE)
    assert page_content(page) != before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "odour_times,3,value,本系统,soon,1,x",
            "effective_from is “soon”, no day such as 2014-06-30",
        ),
        ("odour_times,3,value,本系统", "the row has not one cell for each heading"),
        ("odour_times,3,value,本系统,2000-01-01,1,x,y", "the row has not one cell for each heading"),
    ],
)
def test_a_row_that_cannot_be_dated_is_told_with_its_line(folder, line, said):
    """A slip in a file of thresholds names the file and the line, before any figure is worked out."""
    (folder / "water_rule.csv").write_text(f"rule,value,unit,standard,effective_from,is_verified,clause\n{line}\n")
    with pytest.raises(ValueError, match=re.escape(f"water_rule.csv:2: {said}")):
        thresholds.every_version("water_rule.csv")


def test_every_number_of_the_rules_is_used():
    """A threshold binds in SQL or a module asks for it by name: one that a formula only prints would lie."""
    files = [
        *ROOT.glob("analytics/**/*.sql"),
        *(f for r in ("analytics", "data", "ui") for f in ROOT.glob(f"{r}/**/*.py")),
    ]
    program = "\n".join(file.read_text(encoding="utf-8") for file in files)
    names = {row["rule"] for file in thresholds.NUMBER_FILES for row in rule_rows(file) if not row.get("alert")}
    unused = {name for name in names if not re.search(rf"[$]{name}\b|[\"']{name}[\"']", program)}
    assert not unused, f"nothing works with {unused}"


def test_every_alert_of_the_rules_is_looked_for():
    """The limit of an alert is asked for by the name of the alert: one of a name that nobody looks for would lie."""
    assert {row["alert"] for row in rule_rows("alert_rule.csv") if row["alert"]} == {*FINDERS, STALE}
