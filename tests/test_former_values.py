"""What figures are judged by has a day from which it holds: a change leaves the months before as they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.datasets import DATASETS
from data.errors import NotTracked
from data.ingest import integrity, loader
from data.ingest.checking.error_reasons import REASONS, WARNINGS
from data.ingest.forms import template
from data.ingest.loader import Report
from data.store import Store, open_store
from tests import stores
from tests.metric_helpers import load_without_errors, metric_rows
from tests.property_settings import example_count
from tests.test_versions import WHO, undo_one_batch
from tests.upload_helpers import check_content, ledger_values, load_content, load_parents, loaded_batch

RIVERS = "河道编码,河道名称,河道等级,水体类型\nR1,甲河,街道级,河流\nR2,乙河,街道级,河流\n"
SECTION = "断面编码,断面名称,河道,目标水质\nS1,断面一,{river},{target}\n"
READINGS = "断面,监测时间,监测项目,监测值\n" + "".join(
    f"S1,2014-0{month}-05 09:00,氨氮,{value}\n" for month, value in enumerate((1.2, 1.2, 0.8, 0.8, 1.2, 0.8), 1)
)
MAY = date(2014, 5, 1)
JULY = "2014-07-31"


@pytest.fixture
def judged_store(store: Store) -> Store:
    """A database of one section, Ⅳ on 甲河 at first, with a reading in each of six months."""
    load_without_errors(store, "river", RIVERS)
    load_without_errors(store, "section", SECTION.format(river="R1", target="Ⅳ"))
    load_without_errors(store, "reading", READINGS)
    return store


def change_section(store: Store, river: str, target: str, valid_from: date | None = None) -> Report:
    return load_content(store, "section", SECTION.format(river=river, target=target), valid_from=valid_from)


def months_of(store: Store, as_of: str = JULY) -> list[tuple[str, str, str, bool]]:
    """Return (month, river, target, target met) of the section."""
    rows = metric_rows(store, "section_class", as_of)
    return [(f"{r['month']:%Y-%m}", r["river"], r["target_class"], r["is_met"]) for r in rows]


def warnings_of(report: Report) -> list[str]:
    return [warning.zh for warning in report.warnings]


def disagreements(store: Store) -> list[str]:
    with store.read() as con:
        return [said.zh for said in integrity.integrity_errors(con)]


def test_months_before_the_change_keep_their_river_and_target(judged_store):
    """A section that moves to another river with a stricter target in May is judged by the new ones from May on."""
    before = sorted(months_of(judged_store))
    assert change_section(judged_store, "R2", "Ⅲ", MAY).errors == []
    after = sorted(months_of(judged_store))
    assert after[:4] == before[:4] == [(f"2014-0{m}", "甲河", "Ⅳ", True) for m in (1, 2, 3, 4)]
    assert after[4:] == [("2014-05", "乙河", "Ⅲ", False), ("2014-06", "乙河", "Ⅲ", True)]


@pytest.mark.parametrize("metric", ["target_met", "class_shares", "river_grade", "cwqi", "rebound"])
def test_figures_of_rivers_before_the_change_stay(judged_store, metric):
    """What is told of rivers up to April is the same before and after a section leaves one of them in May."""

    def until_april() -> list[dict[str, Any]]:
        rows = metric_rows(judged_store, metric, JULY)
        shown = [{k: v for k, v in r.items() if v == v} for r in rows if r["month"].date() < MAY]  # no NaN
        return [row for row in shown if row.get("sections") != 0]

    before = until_april()
    change_section(judged_store, "R2", "Ⅲ", MAY)
    met = {(r["river"], f"{r['month']:%m}"): r["met"] for r in metric_rows(judged_store, "target_met", JULY)}
    assert until_april() == before
    assert (met["甲河", "04"], met["乙河", "05"], met["乙河", "06"]) == (1, 0, 1)
    assert ("乙河", "04") not in met


def test_a_change_without_a_day_says_which_months_it_judges_anew(judged_store):
    """Without a day all months go by the new values, and the report says so, with the columns and the months."""
    report = check_content(judged_store, "section", SECTION.format(river="R2", target="Ⅲ"))
    told = WARNINGS["judged_anew"].fill(rows=1, columns="河道、目标水质", first="2014-01", last="2014-06", months=6)
    assert told.zh in warnings_of(report)
    assert report.tracked == 1
    change_section(judged_store, "R2", "Ⅲ")
    assert {row[1:3] for row in months_of(judged_store)} == {("乙河", "Ⅲ")}
    assert ledger_values(judged_store, "section_history", "section_id") == []


def test_only_months_after_the_last_change_are_judged_anew(judged_store):
    """After a change from May on, another without a day corrects May and June, and says so."""
    change_section(judged_store, "R2", "Ⅲ", MAY)
    report = change_section(judged_store, "R2", "Ⅱ")
    told = WARNINGS["judged_anew"].fill(rows=1, columns="目标水质", first="2014-05", last="2014-06", months=2)
    assert told.zh in warnings_of(report)
    assert [row[2] for row in sorted(months_of(judged_store))] == ["Ⅳ"] * 4 + ["Ⅱ"] * 2


def test_what_judges_nothing_is_changed_without_a_word(judged_store):
    """A new name of a section is no change of what it is judged by."""
    report = check_content(judged_store, "section", "断面编码,断面名称,河道,目标水质\nS1,新名,R1,Ⅳ\n")
    assert (report.counts.updated, report.tracked) == (1, 0)
    assert not [said for said in warnings_of(report) if "自哪天起" in said]


def test_a_change_before_the_last_one_is_refused(judged_store):
    """Values that are known to have held until a day are not rewritten by a change from an earlier day."""
    change_section(judged_store, "R2", "Ⅲ", MAY)
    before = months_of(judged_store)
    report = change_section(judged_store, "R1", "Ⅱ", date(2014, 4, 30))
    assert [e.reason.zh for e in report.errors] == [REASONS["changed_since"].fill(other="2014-04-30").zh]
    assert (report.batch, months_of(judged_store)) == (None, before)


def test_a_change_from_the_same_day_corrects_the_last_one(judged_store):
    """The target that held until then stays, the one from then on is another, and there is one former row only."""
    change_section(judged_store, "R2", "Ⅲ", MAY)
    change_section(judged_store, "R2", "Ⅱ", MAY)
    assert [row[2] for row in sorted(months_of(judged_store))] == ["Ⅳ"] * 4 + ["Ⅱ"] * 2
    assert ledger_values(judged_store, "section_history", "valid_to", "target_class") == [(date(2014, 4, 30), "Ⅳ")]


def test_a_month_goes_by_its_first_day_and_a_sample_by_its_own(judged_store):
    """A river that becomes a lake on 4 July: the sample of 6 July is judged as one, the mean of July not yet."""
    load_without_errors(judged_store, "section", "断面编码,断面名称,水体类型\nS1,断面一,河流\n")
    lines = "断面,监测时间,监测项目,监测值\nS1,2014-07-03 09:00,总磷,0.1\nS1,2014-07-06 09:00,总磷,0.1\n"
    load_without_errors(judged_store, "reading", lines)
    kind = "断面编码,断面名称,水体类型\nS1,断面一,湖泊\n"
    load_content(judged_store, "section", kind, valid_from=date(2014, 7, 4))
    samples = {f"{r['sampled_at']:%m-%d}": r["class"] for r in metric_rows(judged_store, "sample_class", JULY)}
    assert (samples["07-03"], samples["07-06"]) == ("Ⅱ", "Ⅳ")
    [july] = [r for r in metric_rows(judged_store, "section_class", JULY) if r["month"].month == 7]
    assert july["class"] == "Ⅱ"


def test_a_river_that_is_assessed_otherwise_from_a_day_on(judged_store):
    """Black odour is told of the months in which the rule held, the register's rule is that of the day asked for."""
    load_without_errors(judged_store, "reading", READINGS.replace("氨氮", "透明度").replace(".2\n", "2\n"))
    ruled = RIVERS.replace("水体类型\n", "水体类型,评价规则\n").replace(",河流\n", ",河流,农村黑臭\n")
    report = load_content(judged_store, "river", ruled, valid_from=MAY)
    assert report.tracked == 2
    assert {f"{r['month']:%m}" for r in metric_rows(judged_store, "black_odour", JULY)} == {"05", "06"}
    assert metric_rows(judged_store, "black_odour", "2014-04-30") == []


def test_an_undo_takes_the_change_and_its_history_away(judged_store):
    """Undone, the section is as it was, no former value is left, and the database agrees with itself."""
    before = months_of(judged_store)
    batch = loaded_batch(change_section(judged_store, "R2", "Ⅲ", MAY))
    assert undo_one_batch(judged_store, batch).rows == {"section": 1, "section_history": 1}
    assert (months_of(judged_store), disagreements(judged_store)) == (before, [])
    assert ledger_values(judged_store, "section_history", "section_id") == []


@pytest.mark.parametrize("with_later", [False, True], ids=["later kept", "later undone"])
def test_of_two_changes_the_first_is_undone(judged_store, with_later):
    """The former values go with the row: kept with a row that changed later, which gives them back when it goes."""
    before = sorted(months_of(judged_store))
    first = loaded_batch(change_section(judged_store, "R2", "Ⅲ", MAY))
    second = loaded_batch(change_section(judged_store, "R2", "Ⅱ", date(2014, 6, 1)))
    changed = sorted(months_of(judged_store))
    assert [row[2] for row in changed] == ["Ⅳ"] * 4 + ["Ⅲ", "Ⅱ"]
    undone = undo_one_batch(judged_store, first, with_later)
    assert disagreements(judged_store) == []
    if not with_later:
        assert (undone.kept, sorted(months_of(judged_store))) == ({"section": 1}, changed)
        undo_one_batch(judged_store, second)
    assert (sorted(months_of(judged_store)), disagreements(judged_store)) == (before, [])
    assert ledger_values(judged_store, "section_history", "section_id") == []


def test_a_section_is_undone_with_its_later_change(judged_store):
    """When the batch that registered a section goes with what came later, its former values go, and all agrees."""
    second = "断面编码,断面名称,河道,目标水质\nS2,断面二,R1,{target}\n"
    first = loaded_batch(load_content(judged_store, "section", second.format(target="Ⅳ")))
    load_content(judged_store, "section", second.format(target="Ⅲ"), valid_from=MAY)
    undo_one_batch(judged_store, first, with_later=True)
    assert ledger_values(judged_store, "section_history", "section_id") == []
    assert disagreements(judged_store) == []


def test_former_values_are_a_ledger_that_goes_out_and_in(judged_store, spare_stores):
    """The register and its former values, exported and loaded elsewhere, judge every month as here."""
    change_section(judged_store, "R2", "Ⅲ", MAY)
    with open_store(":memory:") as other:
        for name in ("river", "section", "section_history", "reading"):
            with judged_store.read() as con:
                written = template.export_csv(con, DATASETS[name], "zh")
            assert load_content(other, name, written).errors == []
        assert months_of(other) == months_of(judged_store)


def test_a_ledger_that_tracks_nothing_takes_no_day(judged_store):
    """A day of change for readings is refused with the ledgers that keep former values."""
    with pytest.raises(NotTracked, match="监测断面"):
        check_content(judged_store, "reading", READINGS, valid_from=MAY)


WORK = (
    "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,预算,计划开工,计划完工\n"
    "W1,清淤一,R1,清淤,{quantity},m³,100,2014-01-01,{end}\n"
)
PLAN = "工程,节点日期,累计计划量\n"
REPORTS = "工程,上报日期,累计完成量\nW1,2014-03-31,50\nW1,2014-06-30,80\n"


@pytest.fixture
def work_store(store: Store) -> Store:
    """A database of one work of 100 m³ over the year, with reports in March and in June."""
    load_without_errors(store, "river", RIVERS)
    load_without_errors(store, "work", WORK.format(quantity=100, end="2014-12-31"))
    load_without_errors(store, "work_plan", PLAN + "W1,2014-03-31,40\nW1,2014-12-31,100\n")
    load_without_errors(store, "work_progress", REPORTS)
    return store


def progress_of(store: Store, day: str) -> tuple[float, float, float]:
    """Return what is done of the work as of a day: in percent, planned by then, and its quantity."""
    [row] = metric_rows(store, "works_progress", day)
    return round(row["rate"], 6), row["planned"], row["quantity"]


def test_a_work_that_grew_in_may_had_its_old_quantity_in_april(work_store):
    """200 m³ from May on leave the rate of April at 50 of 100; June has 80 of 200."""
    before = progress_of(work_store, "2014-04-30")
    report = load_content(work_store, "work", WORK.format(quantity=200, end="2015-06-30"), valid_from=MAY)
    assert report.tracked == 1
    assert progress_of(work_store, "2014-04-30") == before == (50.0, 40.0, 100.0)
    assert progress_of(work_store, "2014-06-30")[::2] == (40.0, 200.0)
    forecast = {day: metric_rows(work_store, "work_forecast", day)[0] for day in ("2014-04-30", "2014-06-30")}
    assert [str(row["end_on"].date()) for row in forecast.values()] == ["2014-12-31", "2015-06-30"]


def test_a_new_curve_takes_the_place_of_the_whole_former_one(work_store):
    """Nodes that go, come and change from May on: before, the curve is the former one, node by node."""
    curve = PLAN + "W1,2014-06-30,30\nW1,2014-12-31,100\n"
    report = load_content(work_store, "work_plan", curve, mode="replace", valid_from=MAY)
    assert (report.errors, report.tracked) == ([], 1)
    assert progress_of(work_store, "2014-04-30")[1] == 40.0
    assert progress_of(work_store, "2014-06-30")[1] == 30.0
    days = {f"{r['day']:%m-%d}" for r in metric_rows(work_store, "work_curve", "2014-04-30") if r["plan_total"] == 40}
    assert "03-31" in days
    undo_one_batch(work_store, loaded_batch(report))
    assert (progress_of(work_store, "2014-04-30")[1], disagreements(work_store)) == (40.0, [])


# What holds on which day, worked out once more in plain Python.

TARGETS, KINDS = ("Ⅱ", "Ⅲ", "Ⅳ"), ("河流", "湖泊")
PHOSPHORUS = {"河流": (0.02, 0.1, 0.2, 0.3, 0.4), "湖泊": (0.01, 0.025, 0.05, 0.1, 0.2)}  # GB 3838-2002, table 1
ORDER = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ")
VALUES = (0.015, 0.03, 0.07, 0.15, 0.25, 0.35)
Values = tuple[str, ...]
ENTITY = st.one_of(
    st.tuples(
        st.just("S1"), st.sampled_from(["R1", "R2"]), st.sampled_from(["", *KINDS]), st.sampled_from(["", *TARGETS])
    ),
    st.tuples(st.sampled_from(["R1", "R2"]), st.sampled_from(KINDS), st.sampled_from(["", *TARGETS])),
)
CHANGE = st.tuples(ENTITY, st.dates(date(2014, 1, 1), date(2014, 6, 30)))
FIRST: dict[str, Values] = {"S1": ("R1", "", ""), "R1": ("河流", "Ⅲ"), "R2": ("河流", "")}


def ledger_of(entity: str, values: Values) -> tuple[str, str]:
    if entity == "S1":
        return "section", f"断面编码,断面名称,河道,水体类型,目标水质\nS1,断面一,{','.join(values)}\n"
    return "river", f"河道编码,河道名称,河道等级,水体类型,目标水质\n{entity},{entity}河,街道级,{','.join(values)}\n"


Timelines = dict[str, list[tuple[date, Values]]]


def in_force(timeline: list[tuple[date, Values]], day: date) -> Values:
    """Return the values of the newest change up to a day."""
    return [values for since, values in timeline if since <= day][-1]


def expected_month(timelines: Timelines, month: int) -> tuple[str, str, str | None, bool | None]:
    """Return river, class, target and whether it was met, from what held on the first of a month."""
    day = date(2014, month, 1)
    river, own_kind, own_target = in_force(timelines["S1"], day)
    river_kind, river_target = in_force(timelines[river], day)
    rank = sum(VALUES[month - 1] > limit for limit in PHOSPHORUS[own_kind or river_kind])
    target = own_target or river_target or None
    return f"{river}河", ORDER[rank], target, (rank <= ORDER.index(target)) if target else None


def judged_months(store: Store) -> list[tuple[str, str, str | None, bool | None]]:
    rows = sorted(metric_rows(store, "section_class", JULY), key=lambda r: r["month"])
    return [
        (r["river"], r["class"], *(None if pd.isna(r[name]) else r[name] for name in ("target_class", "is_met")))
        for r in rows
    ]


@pytest.fixture(scope="module")
def example_store() -> Iterator[Store]:
    """A database of this file, emptied before each example."""
    with open_store(":memory:") as opened:
        yield opened


def fill_example(store: Store) -> None:
    stores.clear_store(store)
    readings = "".join(f"S1,2014-0{m}-15 09:00,总磷,{value}\n" for m, value in enumerate(VALUES, 1))
    first = [ledger_of(entity, FIRST[entity]) for entity in ("R1", "R2", "S1")]
    for ledger, content in [*first, ("reading", "断面,监测时间,监测项目,监测值\n" + readings)]:
        load_without_errors(store, ledger, content)


@pytest.mark.slow
@example_count(15)
@given(changes=st.lists(CHANGE, min_size=1, max_size=5))
def test_no_change_with_a_day_moves_a_month_before_it(example_store, changes):
    """Each month is judged by what held on its first day, as plain Python has it; a refused change moves nothing.

    Undone, the newest first, the changes give every state back.
    """
    fill_example(example_store)
    timelines: Timelines = {entity: [(date.min, values)] for entity, values in FIRST.items()}
    done: list[tuple[int, Any]] = []
    for (entity, *values), day in changes:
        before, (newest, now) = judged_months(example_store), timelines[entity][-1]
        ledger, content = ledger_of(entity, tuple(values))
        report = load_content(example_store, ledger, content, valid_from=day)
        if now == tuple(values) or day < newest:
            assert (report.batch, judged_months(example_store)) == (None, before)
            assert bool(report.errors) == (now != tuple(values))
            continue
        timelines[entity] = [step for step in timelines[entity] if step[0] != day] + [(day, tuple(values))]
        after = judged_months(example_store)
        assert after == [expected_month(timelines, month) for month in range(1, 7)]
        unmoved = sum(date(2014, month, 1) < day for month in range(1, 7))
        assert after[:unmoved] == before[:unmoved]
        done.append((loaded_batch(report), before))
    for batch, before in reversed(done):
        loader.undo_batch(example_store, batch, WHO)
        assert judged_months(example_store) == before
    assert disagreements(example_store) == []


def test_former_days_part_the_time_without_a_gap(judged_store):
    """Of two changes the first holds from the day after the last of the original until the day before the second."""
    change_section(judged_store, "R2", "Ⅲ", MAY)
    change_section(judged_store, "R1", "Ⅱ", date(2014, 6, 15))
    ends = [row[0] for row in ledger_values(judged_store, "section_history", "valid_to")]
    assert sorted(ends) == [MAY - timedelta(1), date(2014, 6, 14)]


def test_former_values_that_are_loaded_say_what_they_change(store):
    """A row of a ledger of former values warns that figures of the past change; one that changes nothing does not."""
    load_parents(store)
    row = "断面,有效至,河道,目标水质\nS-1,2014-01-31,R-1,Ⅴ"
    warned = load_content(store, "section_history", row).warnings
    assert ["变更前的值" in text.zh and "1 行" in text.zh for text in warned] == [True]
    again = check_content(store, "section_history", row + "\n")
    assert not [text for text in again.warnings if "变更前的值" in text.zh]
